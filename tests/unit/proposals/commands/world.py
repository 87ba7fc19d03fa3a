"""The proposals service in memory: real use cases and rules at 2017-02-06 09:00, session 15-1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from inspect import signature
from typing import Any

from services.proposals.commands import cosigning, drafting, review
from services.proposals.commands.ports import Desk
from services.proposals.domain.kinds import ProposerType
from services.proposals.domain.record import Proposal
from services.proposals.domain.states import Category
from services.proposals.queries import proposals as queries
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.calendar import WorkCalendar
from shared.call import Call, CommandId
from shared.clock import SHANGHAI, FixedClock
from tests.unit.proposals.commands.appraisal_memory import (
    MemoryAppraisals,
    MemoryGuides,
    MemoryInspections,
)
from tests.unit.proposals.commands.memory import (
    MemoryAudit,
    MemoryDirectory,
    MemoryProposals,
    MemoryTopics,
    MemoryWorklists,
)

START = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
SESSION = {
    "term": 15,
    "no": 1,
    "opens_at": datetime(2016, 11, 7, tzinfo=SHANGHAI),
    "cut_off_at": datetime(2017, 2, 9, 17, tzinfo=SHANGHAI),
    "plenary_from": datetime(2017, 2, 6, 8, tzinfo=SHANGHAI),
    "plenary_to": datetime(2017, 2, 10, 17, tzinfo=SHANGHAI),
}
SETTINGS: dict[str, Any] = {  # V4, V3, DL1, decision 22
    "field_economic": "com-economy",  # decision 53
    "field_social": "com-legal、com-education",
    "field_urban_rural": "com-urban、com-economy",
    "field_cultural": "com-education",
    "field_political_legal": "com-legal",
    "title_least": 8,  # V1
    "title_most": 60,
    "reason_nf11": True,  # V14
    "reason_nf12": True,
    "class_d": False,
    "consult_contacts": 2,  # V16
    "contact_attempts": 2,
    "dissatisfied_rounds": 1,  # T19
    "carry_overs_a_year": 1,
    "body_max": 2000,
    "suggestions_max": 10,
    "drafts_max": 50,
    "review_days": 10,
    "return_window_days": 7,
    "shortfall_days": 3,
    "appeal_days": 15,
    "resubmission_days": 60,  # decision 41
    "resubmission_warning_days": 15,
    "decision_days": 5,
    "sign_days": 10,  # DL3
    "co_opinion_months": 1,  # DL4
    "reply_months": 3,  # DL5
    "evaluation_days": 30,  # DL7
    "evaluation_reminders": [7, 14, 25],
    "assignment_days": 30,  # DL2
    "longest_months": 6,  # DL6
    "second_reply_days": 30,  # DL8
    "report_month": 11,  # DL9
    "report_day": 30,
    "warning_days": [30, 15, 7, 1],  # DL10
    "overdue_every_days": 7,
    "notice_days": 15,
    "escalation_days": 30,
    "appraisal_items": "办理态度、办理措施、办理效果",
    "appraisal_min_ballots": 5,
    "appraisal_report_days": 3,
    "appraisal_report_reminder": 1,
}
TEXT: dict[str, Any] = {
    "title": "关于加强老旧住宅小区二次供水的建议",
    "situation": "全区仍有一批老旧住宅小区使用屋顶水箱，水质难以保证。",
    "analysis": "产权不清，管理责任不明，改造资金没有着落。",
    "suggestions": ["三年内完成改造", "设施移交供水公司统一管理"],
    "category": Category.URBAN_RURAL,
    "declared": True,
}


def member(number: int, role: Role = Role.MEMBER, **scope: str) -> Actor:
    member_id = f"m-15-{number:04d}"
    return Actor(f"account-{member_id}", role, scope, f"p-{member_id}", member_id)


def staff(name: str, role: Role, **scope: str) -> Actor:
    return Actor(f"account-{name}", role, scope)


LU, SHEN, QIAN = member(88), member(31), member(140)  # 陆晓芸、沈建国、钱文娟
CONVENER = member(7, Role.SECTOR_CONVENER, sector="22")
GROUP_CONVENER = member(8, Role.SECTOR_CONVENER, sector_group="group-22")
FORMER = member(88, Role.MEMBER, former="true")
STAFF = staff("proposal-staff", Role.PROPOSAL_STAFF)
OTHER_STAFF = staff("proposal-staff-2", Role.PROPOSAL_STAFF)
DIRECTOR = staff("proposal-director", Role.PROPOSAL_DIRECTOR)
OFFICE = staff("office", Role.OFFICE)
PARTY_STAFF = staff("party", Role.ORG_STAFF, organisation="org-minjian")
PARTY_HEAD = staff("party-head", Role.ORG_HEAD, organisation="org-minjian")
OTHER_PARTY_HEAD = staff("party-head-2", Role.ORG_HEAD, organisation="org-minjin")
FEDERATION_STAFF = staff("federation", Role.ORG_STAFF, organisation="org-gsl")
FEDERATION_HEAD = staff("federation-head", Role.ORG_HEAD, organisation="org-gsl")
COMMITTEE_STAFF = staff("committee", Role.COMMITTEE_STAFF, committee="com-economy")
COMMITTEE_DIRECTOR = staff("committee-director", Role.COMMITTEE_DIRECTOR, committee="com-economy")
TOWN_STAFF = staff("town", Role.TOWN_STAFF, town="town-lili")
TOWN_HEAD = staff("town-head", Role.TOWN_HEAD, town="town-lili")
SUPERVISING = staff("supervising", Role.SUPERVISING_OFFICE)
KINDS = {"org-minjian": "PARTY", "org-minjin": "PARTY", "org-gsl": "ORGANISATION"}
UNITS = ("unit-1", "unit-2", "unit-3")  # in being
OFFICER = staff("officer", Role.UNIT_OFFICER, unit="unit-1")
LEADER = staff("leader", Role.UNIT_LEADER, unit="unit-1")
SECOND_OFFICER = staff("officer-2", Role.UNIT_OFFICER, unit="unit-2")
SECOND_LEADER = staff("leader-2", Role.UNIT_LEADER, unit="unit-2")
OTHER_OFFICER = staff("officer-3", Role.UNIT_OFFICER, unit="unit-3")
OTHER_LEADER = staff("leader-3", Role.UNIT_LEADER, unit="unit-3")
CHAIR = staff("chair", Role.CHAIR_COUNCIL)
SYSTEM = staff("system", Role.SYSTEM)
VISITOR = PUBLIC_ACTOR

# Who writes, and who seals, a proposal of each collective kind (V7, V8).
COLLECTIVE_WRITERS = {
    ProposerType.PARTY: (PARTY_STAFF, PARTY_HEAD),
    ProposerType.ORGANISATION: (FEDERATION_STAFF, FEDERATION_HEAD),
    ProposerType.SECTOR: (CONVENER, CONVENER),
    ProposerType.GROUP: (GROUP_CONVENER, GROUP_CONVENER),
    ProposerType.COMMITTEE: (COMMITTEE_STAFF, COMMITTEE_DIRECTOR),
    ProposerType.TOWN_COMMITTEE: (TOWN_STAFF, TOWN_HEAD),
}


def in_the_next_term(world: World, actor: Actor) -> Actor:
    """The same person, re-elected: only the new membership is active."""
    former = id_of(actor)
    current = former.replace("m-15", "m-16")
    world.active = world.active - {former} | {current}
    return replace(actor, member_id=current, earlier=(former,))


def id_of(actor: Actor) -> str:
    assert actor.member_id is not None
    return actor.member_id


class DefaultSettings:
    def __init__(self) -> None:
        self.changed: dict[str, Any] = {}

    def get(self, key: str, at: datetime) -> Any:
        return {**SETTINGS, **self.changed}[key]


def named(use_case: Callable[..., Any], args: Iterable[Any]) -> dict[str, Any]:
    """Keyword-only arguments, given in their order."""
    parameters = signature(use_case).parameters.values()
    names = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    return dict(zip(names, args, strict=False))


class World:
    """One proposals service with its clock, its store and who is active."""

    def __init__(self) -> None:
        self.clock = FixedClock(START)
        self.topics = MemoryTopics()
        self.topics.known = {"ECOLOGY": (None, True), "WATER": ("ECOLOGY", True)}
        self.proposals = MemoryProposals(self.topics)
        self.evaluations = self.proposals.evaluations
        self.appraisals = MemoryAppraisals(self.proposals)
        self.inspections = MemoryInspections(self.proposals)
        self.guides = MemoryGuides(self.proposals)
        self.employed: dict[str, str] = {}  # recipient key → unit
        self.directory = MemoryDirectory()
        self.directory.note_session("15-1", 1, SESSION)
        for unit in UNITS:
            self.directory.note_unit(unit, 1, {"is_active": True, "merged_into": None})
        for id, kind in KINDS.items():
            self.directory.note_unit(id, 1, {"is_active": True, "kind": kind, "handles": False})
        self.audit = MemoryAudit()
        self.settings = DefaultSettings()
        self.active = {id_of(actor) for actor in (LU, SHEN, QIAN, CONVENER, GROUP_CONVENER)}
        self.asked: list[list[str]] = []  # of the members service
        ports: dict[str, Any] = {
            "proposals": self.proposals,
            "evaluations": self.evaluations,
            "directory": self.directory,
            "active_members": self._active_members,
            "appraisals": self.appraisals,
            "inspections": self.inspections,
            "guides": self.guides,
            "topics": self.topics,
            "conflicts": self._conflicts,
            "settings": self.settings,
            "calendar": WorkCalendar(),
            "clock": self.clock,
            "audit": self.audit,
            "tallies": None,
            "worklists": MemoryWorklists(self.proposals),
        }
        self.desk = Desk(**ports)

    def run(self, use_case: Callable[..., Any], actor: Actor, *args: Any, **kwargs: Any) -> Any:
        """`command` is the client's id of this command, `fingerprint` what it was sent with."""
        command_id = kwargs.pop("command", None)
        fingerprint = kwargs.pop("fingerprint", "same")
        command = CommandId(str(actor.account_id), command_id, fingerprint) if command_id else None
        call = Call(actor, "correlation-1", command=command)
        return use_case(call, self.desk, **named(use_case, args), **kwargs)

    # -- proposals on their way ------------------------------------------------------------

    def draft(self, actor: Actor = LU, **changes: Any) -> str:
        return str(self.run(drafting.save_draft, actor, **{**TEXT, **changes}))

    def collective(self, kind: ProposerType) -> str:
        return self.draft(COLLECTIVE_WRITERS[kind][0], proposer_type=kind)

    def entered(self) -> str:
        data = {**TEXT, "member_id": id_of(LU), "scan": "file-1"}
        return str(self.run(drafting.enter_on_behalf, STAFF, **data))

    def invited(self, *cosigners: Actor) -> str:
        key = self.draft(proposer_type=ProposerType.JOINT)
        for cosigner in cosigners:
            self.run(cosigning.invite_cosigner, LU, key, id_of(cosigner))
        return key

    def joint(self, *cosigners: Actor) -> str:
        """Invited and confirmed."""
        key = self.invited(*cosigners)
        for cosigner in cosigners:
            self.run(cosigning.confirm_cosignature, cosigner, key)
        return key

    def submitted(self, key: str | None = None, actor: Actor = LU) -> str:
        return str(self.run(review.submit_proposal, actor, key or self.draft()))

    def under_review(self, key: str | None = None, actor: Actor = LU) -> str:
        return str(self.run(review.start_review, STAFF, self.submitted(key, actor)))

    def filed(self, key: str | None = None, actor: Actor = LU) -> str:
        where = self.under_review(key, actor)
        return str(self.run(review.file_proposal, DIRECTOR, where, ["unit-1"], None, True))

    def short(self) -> str:
        """A joint proposal whose only co-signer withdrew after the submission."""
        key = self.submitted(self.joint(SHEN))
        return str(self.run(cosigning.withdraw_cosignature, SHEN, key))

    def belongs(self, actor: Actor, **changes: Any) -> None:
        """A member of every organisation that writes here, unless told otherwise."""
        groups = {
            "sector": "22",
            "sector_group": "group-22",
            "committees": ["com-economy"],
            "town": "town-lili",
            "organisations": ["org-gsl", "org-minjian"],
            **changes,
        }
        member_id = id_of(actor)
        self.directory.note_member(member_id, 1, {"state": "ACTIVE", "groups": groups})

    # -- what stands -----------------------------------------------------------------------

    def proposal(self, key: str) -> Proposal:
        return self.proposals.get(key)

    def events(self) -> list[str]:
        return [name for name, _ in self.proposals.events]

    def _conflicts(self, call: Call, keys: Collection[str], units: Collection[str]) -> set[str]:
        return {key for key in keys if self.employed.get(key) in units}

    def _active_members(self, call: Call, ids: Collection[str], at: datetime) -> list[str]:
        self.asked.append(list(ids))
        return [member_id for member_id in ids if member_id in self.active]


def ask(world: World, query: Callable[..., Any], actor: Actor, *args: Any, **kwargs: Any) -> Any:
    """What a read answers."""
    call = Call(actor, "correlation-1")
    return query(call, *handed(world, query), **named(query, args), **kwargs)


def handed(world: World, query: Callable[..., Any]) -> list[Any]:
    """What a read is handed behind `call`, by the names of its parameters."""
    parameters = signature(query).parameters.values()
    names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD][1:]
    return [getattr(world.desk, name, world.desk) for name in names]


def row_of(world: World, key: str, actor: Actor, fields: list[str] | None = None) -> dict[str, Any]:
    [row] = ask(world, queries.proposals_by_ids, actor, [key], fields)
    return dict(row)


def every(viewers: Iterable[str], shown: list[Any]) -> dict[str, list[Any]]:
    """Each of the viewers sees the same."""
    return {name: shown for name in viewers}
