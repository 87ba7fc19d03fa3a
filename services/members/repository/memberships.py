"""Memberships and persons in MongoDB."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from services.members.domain.errors import MemberNotFound
from services.members.domain.labels import MemberOrder
from services.members.domain.membership import Membership, Stage
from services.members.domain.person import PUBLIC_FACTS, Person
from services.members.domain.states import State
from services.members.repository.documents import (
    Document,
    membership_document,
    membership_of,
    person_document,
    person_of,
    stage_of,
)
from services.members.repository.lists import MEMBERS, ORDERS, PERSONS, query
from services.members.repository.sealed import Cipher
from services.members.repository.sectors import Sectors
from shared.call import Call
from shared.errors import Conflict
from shared.persistence import Aggregates, Database, execute, page

GROUP_KINDS = ("sector_group", "committee", "town")


class Memberships:
    """The memberships of one database, and the persons behind them."""

    def __init__(self, database: Database, sectors: Sectors, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher
        self._aggregates = Aggregates(database, MEMBERS)
        self._persons = database.collection(PERSONS)
        self._sectors = sectors

    # -- one -------------------------------------------------------------------------------

    def get(self, member_id: str) -> Membership:
        """Raises MemberNotFound."""
        doc = self._aggregates.get(member_id)
        if doc is None:
            raise MemberNotFound
        return self._membership(doc)

    def exists(self, member_id: str) -> bool:
        return self._aggregates.collection.find_one({"_id": member_id}, {"_id": 1}) is not None

    def numbers_of(self, term: int) -> set[str]:
        """The member numbers of a term, also of those that have ended."""
        found = self._aggregates.collection.find({"term": term}, {"member_no": 1})
        return {doc["member_no"] for doc in found}

    def of_person(self, person_id: str) -> list[Membership]:
        return self._found({"person_id": person_id})

    def many(self, ids: Iterable[str]) -> list[Membership]:
        """Those of `ids` that exist."""
        return self._found({"_id": {"$in": list(ids)}})

    def of_persons(self, person_ids: Iterable[str]) -> list[Membership]:
        return self._found({"person_id": {"$in": list(person_ids)}})

    def seated(self, term: int) -> list[Membership]:
        """The holders of posts that only one may hold."""
        return self._found({"term": term, "seats.0": {"$exists": True}})

    def persons(self, ids: Iterable[str]) -> list[Person]:
        """Those of `ids` that exist."""
        return [self._person(doc) for doc in self._persons.find({"_id": {"$in": list(ids)}})]

    def persons_named(self, names: Iterable[str]) -> list[Person]:
        return [self._person(doc) for doc in self._persons.find({"name": {"$in": list(names)}})]

    def person(self, person_id: str) -> Person:
        """Raises MemberNotFound."""
        doc = self._persons.find_one({"_id": person_id})
        if doc is None:
            raise MemberNotFound
        return self._person(doc)

    def person_with(self, id_number_digests: Sequence[str]) -> Person | None:
        """digests: of one number, by each key under which it may stand."""
        doc = self._persons.find_one({"id_number_digest": {"$in": list(id_number_digests)}})
        return self._person(doc) if doc else None

    def seats_taken(self, membership: Membership) -> bool:
        """Whether another membership of the term holds a post that only one may hold."""
        wanted = {
            "term": membership.term,
            "seats": {"$in": membership.seats},
            "_id": {"$ne": membership.id},
        }
        return self._aggregates.collection.find_one(wanted, {"_id": 1}) is not None

    def in_group(self, organisation_id: str) -> bool:
        """Whether an open membership belongs to this committee, town or sector group."""
        scopes = [f"{kind}:{organisation_id}" for kind in GROUP_KINDS]
        wanted = {"scopes": {"$in": scopes}, "open": True}
        return self._aggregates.collection.find_one(wanted, {"_id": 1}) is not None

    def ids_in(self, term: int, states: Iterable[State]) -> list[str]:
        """The ids of a term's memberships in `states`."""
        wanted = {"term": term, "state": {"$in": [state.value for state in states]}}
        return [doc["_id"] for doc in self._aggregates.collection.find(wanted, {"_id": 1})]

    # -- writing ---------------------------------------------------------------------------

    def run(self, call: Call, use_case: Callable[[], str]) -> str:
        """Run a use case that writes one membership; again if it lost a race (decision 7)."""
        return execute(call, self._aggregates, use_case)

    def edit(
        self, call: Call, member_id: str, at: datetime, change: Callable[[Membership], object]
    ) -> str:
        """Load, `change` and save; not saved if the change returns False. Its id."""

        def once() -> str:
            membership = self.get(member_id)
            if change(membership) is not False:
                self.save(call, membership, at)
            return member_id

        return self.run(call, once)

    def add(self, call: Call, membership: Membership, at: datetime, person: Person | None) -> None:
        """Store a new membership and, if given, its new person, both or neither."""
        doc = self._document(membership)

        def write(session: ClientSession | None) -> None:
            if person is not None:
                self._put_person(person, session)
            self._aggregates.insert(call, doc, membership.events, at, session)

        self._write(write, together=person is not None)

    def save(
        self, call: Call, membership: Membership, at: datetime, person: Person | None = None
    ) -> None:
        """Store a changed membership and, if given, the changed person with the copies of its
        public facts in the person's other open memberships."""

        def write(session: ClientSession | None) -> None:
            if person is not None:
                self._put_person(person, session)
                self._copy_facts(call, person, membership.id, at, session)
            self._aggregates.save(
                call, self._document(membership), membership.version, membership.events, at, session
            )

        self._write(write, together=person is not None)

    def save_person(self, person: Person) -> None:
        self._put_person(person, None)

    def _write(self, write: Callable[[ClientSession | None], None], *, together: bool) -> None:
        if together:
            self._database.run_in_transaction(write)
        else:
            write(None)

    def _put_person(self, person: Person, session: ClientSession | None) -> None:
        """Insert or replace over the version read; Conflict if another write came in between."""
        facts = self._cipher.seal_within(person_document(person))
        doc = {**facts, "version": person.version + 1}
        try:
            done = self._persons.replace_one(
                {"_id": person.id, "version": person.version},
                doc,
                upsert=not person.version,
                session=session,
            )
        except DuplicateKeyError as error:
            raise Conflict from error
        if not done.matched_count and done.upserted_id is None:
            raise Conflict

    def _copy_facts(
        self, call: Call, person: Person, but: str, at: datetime, session: ClientSession | None
    ) -> None:
        for other in self.of_person(person.id):
            if other.open and other.id != but:
                for name in PUBLIC_FACTS:
                    setattr(other, name, getattr(person, name))
                doc = self._document(other)
                self._aggregates.save(
                    replace(call, command=None), doc, other.version, [], at, session
                )

    def _found(self, query: Document) -> list[Membership]:
        return [self._membership(doc) for doc in self._aggregates.collection.find(query)]

    def _membership(self, doc: Document) -> Membership:
        change = self._cipher.open_within(doc["profile_change"])
        return membership_of({**doc, "profile_change": change})

    def _person(self, doc: Document) -> Person:
        return person_of(self._cipher.open_within(doc))

    def _document(self, membership: Membership) -> Document:
        doc = membership_document(membership, self._sectors.row(membership.placement.sector))
        return {**doc, "profile_change": self._cipher.seal_within(doc["profile_change"])}

    # -- lists -----------------------------------------------------------------------------

    def listed(
        self,
        wanted: Mapping[str, Any],
        order_by: MemberOrder,
        first: int,
        after: str | None,
        fields: Collection[str],
    ) -> Document:
        """{"rows", "has_next"}; wanted as for `query`."""
        projection = dict.fromkeys(fields, 1)
        return page(
            self._aggregates.collection, query(wanted), ORDERS[order_by], first, after, projection
        )

    def count(self, wanted: Mapping[str, Any]) -> int:
        return self._aggregates.collection.count_documents(query(wanted))

    def rows(
        self, ids: Sequence[str], states: Collection[str], fields: Collection[str]
    ) -> list[Document]:
        """The rows of `ids` in `states`, as they are found."""
        found = self._aggregates.collection.find(
            {"_id": {"$in": ids}, "state": {"$in": list(states)}}, dict.fromkeys(fields, 1)
        )
        rows = list(found)
        for row in rows:
            row["id"] = row.pop("_id")
            if row.get("profile_change"):
                row["profile_change"] = self._cipher.open_within(row["profile_change"])
        return rows

    def private_facts(
        self, person_ids: Iterable[str], fields: Collection[str]
    ) -> dict[str, Document]:
        """Facts of persons by person id."""
        found = self._persons.find(
            {"_id": {"$in": list(person_ids)}}, {**dict.fromkeys(fields, 1), "_id": 1}
        )
        return {doc["_id"]: self._cipher.open_within(doc) for doc in found}

    def histories(self, ids: Sequence[str], term: int) -> dict[str, list[Stage]]:
        """The states that memberships of `term` went through, by member id."""
        found = self._aggregates.collection.find(
            {"_id": {"$in": list(ids)}, "term": term}, {"history": 1}
        )
        return {doc["_id"]: [stage_of(row) for row in doc["history"]] for doc in found}
