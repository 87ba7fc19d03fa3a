"""What events tell of a member's duties, whether or not a rule counts it (section 4, statistics).

A duty is one occurrence of a fact for one member, under the same `source_ref` as its points, so
that the reversals of `facts.py` undo both. Nothing is decided here; rates are in `figures.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.performance.domain import facts
from services.performance.domain.claims import OBSERVER, Payload, occurrence_of, required
from services.performance.domain.ledger import Fact
from shared.contracts import names
from shared.contracts.functions import DutyFunction, function_of, function_of_kind
from shared.labels import Labelled


class Duty(Labelled, name="DutyKind"):
    """履职事项的种类。Kind of duty."""  # `kind` of a record tells the kinds within it apart

    MEETING = "MEETING", "会议", "A meeting, present or not"  # kind: of the meeting
    SPEECH = "SPEECH", "发言", "A speech"  # kind: ORAL, WRITTEN
    PROPOSAL = "PROPOSAL", "提案", "A proposal signed"  # kind: FIRST, COSIGNER, AUTHOR
    OPINION = "OPINION", "社情民意", "An item of public opinion submitted"
    OPINION_ISSUED = "OPINION_ISSUED", "社情民意被采用", "An item issued"
    ACTIVITY = "ACTIVITY", "活动", "An activity"  # kind: of the activity
    SERVICE = "SERVICE", "社会服务", "Social service"
    STUDY = "STUDY", "学习", "A study session"
    CLASS = "CLASS", "轮训班结业", "A rotation class completed"
    PAPER = "PAPER", "学习文章", "A study paper"
    REPORT = "REPORT", "报告", "A report's main author"
    MOTION = "MOTION", "建议案", "A motion's main author"
    HISTORY = "HISTORY", "文史资料", "Historical material"
    # kind: the link, for the member who is led; LEADER for the other end
    CONTACT = "CONTACT", "联系", "A contact"
    RECEPTION = "RECEPTION", "委员之家接待", "A reception in a Members' Home"


@dataclass(frozen=True, slots=True)
class Record:
    """One member's share in one occurrence of a fact.

    status and half-days are of meetings; `required` leaves exempt half-days out.
    """

    source_ref: str
    occurrence_no: int
    member_id: str
    year: int
    term: int
    duty: Duty
    kind: str
    on: datetime
    function: DutyFunction
    status: str = ""
    required: int = 0
    present: int = 0

    @property
    def id(self) -> str:
        return f"{self.source_ref}:{self.member_id}:{self.occurrence_no}"

    @property
    def done(self) -> bool:
        """Whether the member did something; missing a meeting is no duty done."""
        return self.duty is not Duty.MEETING or self.present > 0


Share = tuple[str, int, str, dict[str, Any]]  # member, occurrence, kind, more
Shares = Callable[[Payload], Iterable[Share]]


@dataclass(frozen=True, slots=True)
class Telling:
    duty: Duty
    event_type: str
    source_ref: str
    shares: Shares
    step: int = 0  # 1 in a correction, whose record is the one after that which it replaces


def _people(field: str, kind: str = "", kind_field: str | None = None) -> Shares:
    def shares(data: Payload) -> Iterator[Share]:
        for member in dict.fromkeys(data[field]):
            of_kind = data[kind_field] if kind_field else kind
            yield member, data["occurrence_no"], of_kind or "", {}

    return shares


def _signers(data: Payload) -> Iterator[Share]:
    occurrence = data["occurrence_no"]
    if data["first_proposer"]:
        yield data["first_proposer"], occurrence, "FIRST", {}
    for member in dict.fromkeys(data["cosigners"]):
        yield member, occurrence, "COSIGNER", {}
    for member in dict.fromkeys(data.get("authors") or ()):
        yield member, occurrence, "AUTHOR", {}


def _newly_signed(data: Payload) -> Iterator[Share]:
    yield from () if data["was_filed"] else _signers(data)


def _attended(data: Payload) -> Iterator[Share]:
    """Who was free to stay away and did takes no part in the figures (decision 46)."""
    for row in data["rows"]:
        present, whole = row["half_days_present"], row["status"] == "EXEMPT"
        if not present and not required(data, row):
            continue
        expected = 0 if whole else data["half_days"] - row.get("half_days_exempt", 0)
        more = {
            "status": row["status"],
            # Who only sat in was expected at nothing: what they came to stands on both sides.
            "required": present if row["role"] == OBSERVER else expected,
            "present": present,
        }
        yield row["member_id"], occurrence_of(row), data["kind"], more


def _took_part(data: Payload) -> Iterator[Share]:
    for row in data["rows"]:
        if row.get("took_part", True):
            yield row["member_id"], occurrence_of(row), data.get("kind", ""), {}


def _spoke(data: Payload) -> Iterator[Share]:
    if data["form"] is not None:
        yield from _people("members", kind_field="form")(data)


def _completed(data: Payload) -> Iterator[Share]:
    yield data["member_id"], data["occurrence_no"], "", {}


def _contacted(data: Payload) -> Iterator[Share]:
    yield data["member_id"], 1, data["link_id"], {}
    yield data["leader_id"], 1, "LEADER", {}


def _received(data: Payload) -> Iterator[Share]:
    for member in dict.fromkeys(data["on_duty"]):
        yield member, 1, "", {}


CONTACT = "contact/{contact_id}"
RECEPTION = "reception/{reception_id}"

TELLINGS: tuple[Telling, ...] = (
    Telling(Duty.PROPOSAL, names.PROPOSAL_FILED, facts.FILING, _signers),
    Telling(Duty.PROPOSAL, names.PROPOSAL_MERGED, facts.FILING, _newly_signed),
    Telling(Duty.PROPOSAL, names.PROPOSAL_PLAGIARISM_OVERTURNED, facts.FILING, _signers),
    Telling(Duty.MEETING, names.MEETING_ATTENDANCE_CONFIRMED, facts.ATTENDANCE, _attended),
    Telling(Duty.MEETING, names.MEETING_ATTENDANCE_CORRECTED, facts.ATTENDANCE, _attended, 1),
    Telling(Duty.SPEECH, names.MEETING_SPEECH_RECORDED, facts.SPEECH, _spoke),
    Telling(Duty.SPEECH, names.MEETING_SPEECH_CORRECTED, facts.SPEECH, _spoke, 1),
    Telling(Duty.ACTIVITY, names.ACTIVITY_PARTICIPATION_CONFIRMED, facts.PARTICIPATION, _took_part),
    Telling(
        Duty.ACTIVITY, names.ACTIVITY_PARTICIPATION_CORRECTED, facts.PARTICIPATION, _took_part, 1
    ),
    Telling(Duty.SERVICE, names.ACTIVITY_SERVICE_CONFIRMED, facts.SERVICE, _took_part),
    Telling(Duty.SERVICE, names.ACTIVITY_SERVICE_CORRECTED, facts.SERVICE, _took_part, 1),
    Telling(Duty.REPORT, names.REPORT_ACCEPTED, facts.REPORT, _people("main_authors")),
    Telling(Duty.MOTION, names.MOTION_DELIVERED, facts.MOTION, _people("main_authors")),
    Telling(Duty.OPINION, names.OPINION_SUBMITTED, facts.SUBMITTED, _people("authors")),
    Telling(Duty.OPINION_ISSUED, names.OPINION_ISSUED, facts.ISSUED, _people("authors")),
    Telling(Duty.STUDY, names.STUDY_ATTENDANCE_CONFIRMED, facts.SESSION, _took_part),
    Telling(Duty.STUDY, names.STUDY_ATTENDANCE_CORRECTED, facts.SESSION, _took_part, 1),
    Telling(Duty.CLASS, names.STUDY_CLASS_COMPLETED, facts.CLASS, _completed),
    Telling(Duty.PAPER, names.STUDY_PAPER_ACCEPTED, facts.PAPER, _people("authors")),
    Telling(Duty.HISTORY, names.HISTORY_ACCEPTED, facts.HISTORY, _people("authors")),
    Telling(Duty.CONTACT, names.CONTACT_RECORDED, CONTACT, _contacted),
    Telling(Duty.RECEPTION, names.HOME_RECEPTION_RECORDED, RECEPTION, _received),
)


def function_of_stored(duty: Duty, kind: str) -> DutyFunction:
    """Of a record from before the function was kept with it."""
    if duty is Duty.SPEECH:  # the meeting's kind is not in it; speeches are at the plenary
        return DutyFunction.CONSULTATION
    return function_of_kind(kind if duty in (Duty.MEETING, Duty.ACTIVITY) else None)


LINKS = (names.CONTACT_LINK_STARTED, names.CONTACT_LINK_ENDED)
# Heard for duties alone; what earns points is in `facts.HEARD`.
HEARD: list[tuple[str, str]] = [
    ("liaison", names.CONTACT_RECORDED),
    ("liaison", names.HOME_RECEPTION_RECORDED),
    *(("liaison", event_type) for event_type in LINKS),
]


def records(fact: Fact) -> list[Record]:
    """What the fact tells, one record for each member."""
    happened = facts.happened_on(fact)
    function = function_of("", fact.type, fact.data)
    found = []
    for telling in TELLINGS:
        if telling.event_type != fact.type or function is None:
            continue
        for member, occurrence, kind, more in telling.shares(fact.data):
            ref = telling.source_ref.format_map({**fact.data, "member_id": member})
            found.append(
                Record(
                    source_ref=ref,
                    occurrence_no=occurrence + telling.step,
                    member_id=member,
                    year=happened.year,
                    term=fact.term,
                    duty=telling.duty,
                    kind=kind,
                    on=happened,
                    function=function,
                    **more,
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A contact link begins or ends."""

    link_id: str
    member_id: str
    started_on: datetime | None
    ended_on: datetime | None


def link(fact: Fact) -> LinkFact | None:
    if fact.type not in LINKS:
        return None
    at = facts.happened_on(fact)
    started = fact.type == names.CONTACT_LINK_STARTED
    return LinkFact(
        fact.data["link_id"],
        fact.data["member_id"],
        at if started else None,
        None if started else at,
    )
