"""What the rows of a sheet would do to a roster: each row is tried on copies of the aggregates, in
the order of the sheet, so that their own rules decide, and later rows see what earlier ones do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from services.members.domain.errors import (
    AlreadyMember,
    ImportRowRepeated,
    JoinDateUnfit,
    MemberNoUnfit,
    MemberStateUnfit,
    PersonMatches,
    PersonUnfit,
    PostTaken,
    PostUnfit,
)
from services.members.domain.membership import (
    OWN_FIELDS,
    JoinedVia,
    Membership,
    member_id,
    person_id,
)
from services.members.domain.person import FACTS, PUBLIC_FACTS, Person
from services.members.domain.placement import Affiliation, Placement, check_work_unit
from services.members.domain.posts import HELD_IN, Post, PostKind
from services.members.domain.rows import Action, Do, Plan, SheetRow, Step, Values
from services.members.domain.serving import check_may_serve, terms_served
from services.members.domain.snapshot import Snapshot
from shared.errors import AppError, InvalidInput, Item, Refused
from shared.text import same_name

_plain = lru_cache(maxsize=8192)(same_name)  # each row is held against all
PLACED = ("sector", "affiliation", "sector_group", "committees", "town")
PROFILE = (*FACTS, *PLACED, *OWN_FIELDS)
NEEDED = ("sector", "affiliation")  # of any new membership
NEEDED_OF_PERSON = ("name", "gender")  # of a person who is new too


def plan_all(rows: Iterable[SheetRow], roster: Snapshot) -> list[Plan]:
    """A plan for each row, in their order."""
    return [plan(row, roster) for row in rows]


def plan(row: SheetRow, roster: Snapshot) -> Plan:
    """What the row would do; an ERROR row leaves nothing behind."""
    namesakes = [] if _known(row, roster) else _namesakes(row, roster)
    return replace(_plan(row, roster), warnings=tuple(_warnings(row, namesakes)))


def _warnings(row: SheetRow, namesakes: Sequence[Membership]) -> Iterator[Item]:
    if row.hidden:
        yield {"code": "ROW_HIDDEN", "field": None, "message": "该行在表中是隐藏的，请确认是否导入"}
    if namesakes:
        numbers = "、".join(sorted({each.member_no for each in namesakes}))
        said = f"已有同名委员（{numbers}），请确认不是同一人"
        yield {"code": "NAME_KNOWN", "field": "name", "message": said}


def _known(row: SheetRow, roster: Snapshot) -> bool:
    """Whether the row says itself whom it means."""
    numbers = (row.values.get(name) for name in ("member_no", "former_member_no"))
    return any(number and member_id(number) in roster.memberships for number in numbers)


def _namesakes(row: SheetRow, roster: Snapshot) -> list[Membership]:
    """Two people may share a name, and one may have been entered twice."""
    name = _plain(row.values.get("name") or "")
    return [each for each in roster.memberships.values() if name and _plain(each.name) == name]


def _plan(row: SheetRow, roster: Snapshot) -> Plan:
    try:
        if row.problems:
            return Plan.failed([*row.problems, *_repeated(row, roster)])
        if repeated := _repeated(row, roster):
            return Plan.failed(repeated)
        known = roster.memberships.get(member_id(row.values["member_no"]))
        return _change(row.values, known, roster) if known else _new(row.values, roster)
    except AppError as error:
        return Plan.failed(error.items)
    finally:
        roster.planned.add(row.member_no or "")


def typed(values: Mapping[str, Any]) -> Values:
    """The values as the domain has them."""
    made = dict(values)
    if "affiliation" in made:
        made["affiliation"] = Affiliation(made["affiliation"])
    return made


def posts_of(rows: Iterable[Mapping[str, Any]]) -> list[Post]:
    return [Post(PostKind(row["post"]), row.get("organisation")) for row in rows]


def _repeated(row: SheetRow, roster: Snapshot) -> Sequence[Any]:
    if row.member_no is None or row.member_no not in roster.planned:
        return ()
    return ImportRowRepeated(field="memberNo").items


# -- a new membership ----------------------------------------------------------------------


def _new(values: Values, roster: Snapshot) -> Plan:
    roster.term.require_open()
    known = _former_person(values, roster)
    _require(values, NEEDED if known else (*NEEDED_OF_PERSON, *NEEDED))
    if known is None:
        _require_unknown(values, roster)
    person = _person_after(known, values)
    own = {name: values[name] for name in OWN_FIELDS if name in values}
    _check_unit(values, roster)
    served = terms_served(roster.of_person(person.id), roster.term.no)
    membership = Membership.nominate(
        at=roster.at,
        member_no=values["member_no"],
        person_id=person.id,
        term=roster.term.no,
        placement=roster.place(typed(values)),
        **{name: getattr(person, name) for name in PUBLIC_FACTS},
        **{"terms_served": served, **own},
    )
    joined_via, joined_on = _joining(values)
    membership.appoint(roster.term.starts_on, joined_via, joined_on, roster.at)
    posts = _posts(values, membership.placement)
    if posts:
        _hold(membership, posts, roster)
    roster.memberships[membership.id] = membership
    roster.persons[person.id] = person
    steps = _new_steps(values, known, membership, posts)
    return Plan(Action.NEW, membership.id, _named(values), tuple(steps))


def _new_steps(
    values: Values, known: Person | None, membership: Membership, posts: list[Post] | None
) -> list[Step]:
    facts = {name: values[name] for name in FACTS if name in values}
    rest = {name: values[name] for name in (*PLACED, *OWN_FIELDS) if name in values}
    whose = {"person_id": known.id} if known else facts
    term = {"term": membership.term, "member_no": membership.member_no}
    joining: Values = {name: values[name] for name in ("joined_via", "joined_on") if name in values}
    steps = [
        Step(Do.NOMINATE, {**term, **whose, **rest}),
        Step(Do.APPOINT, {"joined_via": JoinedVia.TERM_START.value, **joining}),
    ]
    if known and (changed := {n: v for n, v in facts.items() if getattr(known, n) != v}):
        steps.append(Step(Do.CHANGE_PROFILE, changed))
    if posts:
        steps.append(_posts_step(posts))
    return steps


def _former_person(values: Values, roster: Snapshot) -> Person | None:
    """The person of the former member number. Raises PersonUnfit, PersonDeceased, AlreadyMember."""
    number = values.get("former_member_no")
    if number is None:
        return None
    former = roster.memberships.get(member_id(number))
    if former is None or same_name(values.get("name", former.name)) != same_name(former.name):
        raise PersonUnfit(field="formerMemberNo")
    check_may_serve(roster.of_person(former.person_id), roster.term.no)
    return roster.persons[former.person_id]


def _require_unknown(values: Values, roster: Snapshot) -> None:
    """Two people may share a name, hardly a birth date or a phone too.

    Raises AlreadyMember, PersonMatches.
    """
    alike = [person for person in roster.persons.values() if _alike(person, values)]
    for person in alike:
        if any(m.open and m.term == roster.term.no for m in roster.of_person(person.id)):
            raise AlreadyMember(field="name")
    if alike:
        raise PersonMatches(field="formerMemberNo")


def _alike(person: Person, values: Values) -> bool:
    same = any(
        values.get(name) is not None and getattr(person, name) == values[name]
        for name in ("birth_date", "phone")
    )
    return same and same_name(person.name) == same_name(values["name"])


def _person_after(known: Person | None, values: Values) -> Person:
    if known is None:
        facts = {name: values[name] for name in FACTS if name in values}
        return Person(id=person_id(values["member_no"]), **facts)
    person = replace(known)
    person.change(values)
    return person


def _joining(values: Values) -> tuple[JoinedVia, datetime | None]:
    """Raises JoinDateUnfit for a co-option without its day."""
    via = JoinedVia(values.get("joined_via", JoinedVia.TERM_START))
    given = values.get("joined_on")
    if via is JoinedVia.CO_OPTED and given is None:
        raise JoinDateUnfit("增补委员须填写就任日期", field="joinedOn")
    return via, datetime.fromisoformat(given) if given else None


def _require(values: Values, names: Sequence[str]) -> None:
    """Raises Refused with an InvalidInput for each that is absent."""
    missing = [InvalidInput("此项必填", field=name) for name in names if name not in values]
    if missing:
        raise Refused.of(missing)


# -- a membership that stands --------------------------------------------------------------


def _change(values: Values, known: Membership, roster: Snapshot) -> Plan:
    membership = deepcopy(known)
    person = roster.persons[membership.person_id]
    _check_same(values, membership, roster)
    if not membership.open:
        raise MemberStateUnfit("该委员已离任，不能再导入", field="memberNo")
    changes = {
        name: values[name]
        for name in PROFILE
        if name in values and not _same(_present(membership, person, name), values[name])
    }
    _check_unit(changes, roster)
    steps: list[Step] = []
    placement = roster.place(typed(changes), membership.placement)
    posts = _posts(values, placement)
    if changes:
        steps += _release(membership, posts, placement)
        of_person = person.differs(changes)
        membership.change_profile(typed(changes), placement, of_person)
        steps.append(Step(Do.CHANGE_PROFILE, changes))
    if posts is not None and posts != known.posts:
        if posts != membership.posts:
            _hold(membership, posts, roster)
            steps.append(_posts_step(posts))
        changes = {**changes, "posts": None}
    if not steps:
        return Plan(Action.UNCHANGED, membership.id)
    roster.memberships[membership.id] = membership
    roster.persons[person.id] = _person_after(person, changes)
    return Plan(Action.CHANGED, membership.id, _named(changes), tuple(steps))


def _release(membership: Membership, wanted: list[Post] | None, placement: Placement) -> list[Step]:
    """A post is given up before its group is left; the one in the new group is taken after it."""
    if wanted is None or placement == membership.placement:
        return []
    kept = [post for post in membership.posts if post in wanted]
    if kept == membership.posts:
        return []
    membership.change_posts(kept)
    return [_posts_step(kept)]


def _check_same(values: Values, membership: Membership, roster: Snapshot) -> None:
    """What is fixed once someone is a member. Raises MemberNoUnfit, PersonUnfit, JoinDateUnfit."""
    if membership.term != roster.term.no:
        raise MemberNoUnfit(field="memberNo")
    if number := values.get("former_member_no"):
        former = roster.memberships.get(member_id(number))
        if former is None or former.person_id != membership.person_id:
            raise PersonUnfit(field="formerMemberNo")
    joined_via, joined_on = values.get("joined_via"), values.get("joined_on")
    since = membership.joined_on and membership.joined_on.date()
    if (joined_via and joined_via != membership.joined_via) or (
        joined_on and datetime.fromisoformat(joined_on).date() != since
    ):
        raise JoinDateUnfit("产生方式和就任日期不能通过导入更改", field="joinedOn")


def _present(membership: Membership, person: Person, name: str) -> Any:
    for holder in (person, membership, membership.placement):
        if hasattr(holder, name):
            return getattr(holder, name)
    raise AttributeError(name)


def _same(present: Any, wanted: Any) -> bool:
    return bool((list(present) if isinstance(present, tuple) else present) == wanted)


# -- both ----------------------------------------------------------------------------------


def _posts(values: Values, placement: Placement) -> list[Post] | None:
    """The posts named; one in a group without the group's name is of the member's only one."""
    if "posts" not in values:
        return None
    return [_in_group(post, placement) for post in posts_of(values["posts"])]


def _in_group(post: Post, placement: Placement) -> Post:
    group = HELD_IN.get(post.kind)
    if group is None or post.organisation is not None:
        return post
    own = getattr(placement, group)
    choices = own if isinstance(own, tuple) else [own] if own else []
    if len(choices) != 1:
        raise PostUnfit("请在职务后注明所在组织，如 专委会主任（提案委员会）", field="posts")
    return replace(post, organisation=choices[0])


def _hold(membership: Membership, posts: list[Post], roster: Snapshot) -> None:
    """Raises MemberStateUnfit, PostUnfit, PostTaken."""
    membership.change_posts(posts)
    if roster.seat_taken(membership):
        raise PostTaken(field="posts")


def _check_unit(values: Values, roster: Snapshot) -> None:
    if wanted := values.get("work_unit_id"):
        check_work_unit(roster.organisations.get(wanted))


def _posts_step(posts: Sequence[Post]) -> Step:
    return Step(Do.CHANGE_POSTS, {"posts": [post.as_data() for post in posts]})


def _named(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in (*PROFILE, "posts", "joined_via", "joined_on") if name in values)
