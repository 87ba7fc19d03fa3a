"""What each kind of fact gives to whom: the bases that a rule of the scheme can count.

A claim is a member's share in a fact, in the fact's own measure; which points it makes is the
rules' affair (`rules.py`), which event brings it `facts.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Payload = Mapping[str, Any]
FIRST_OCCURRENCE = 1


class Basis(StrEnum):
    """What a rule counts. Each is shown by an event; none is typed in by the member."""

    PLENARY = "PLENARY"
    STANDING_COMMITTEE = "STANDING_COMMITTEE"
    MEETING = "MEETING"
    INDIVIDUAL_PROPOSAL = "INDIVIDUAL_PROPOSAL"
    JOINT_PROPOSAL = "JOINT_PROPOSAL"
    COSIGNATURE = "COSIGNATURE"
    COLLECTIVE_PROPOSAL = "COLLECTIVE_PROPOSAL"
    PROPOSAL_NOT_FILED = "PROPOSAL_NOT_FILED"
    ACTIVITY = "ACTIVITY"
    REPORT = "REPORT"
    OPINION_SUBMITTED = "OPINION_SUBMITTED"
    OPINION_ISSUED = "OPINION_ISSUED"
    STUDY_SESSION = "STUDY_SESSION"
    ROTATION_CLASS = "ROTATION_CLASS"
    STUDY_PAPER = "STUDY_PAPER"
    KEY_PROPOSAL = "KEY_PROPOSAL"
    EXCELLENT_PROPOSAL = "EXCELLENT_PROPOSAL"
    OPINION_ADOPTED = "OPINION_ADOPTED"
    INSTRUCTION = "INSTRUCTION"
    PLENARY_SPEECH = "PLENARY_SPEECH"
    MOTION = "MOTION"
    SUGGESTION_IMPLEMENTED = "SUGGESTION_IMPLEMENTED"
    PUBLICITY = "PUBLICITY"
    SOCIAL_SERVICE = "SOCIAL_SERVICE"
    PLENARY_ABSENCE = "PLENARY_ABSENCE"
    MANDATORY_ABSENCE = "MANDATORY_ABSENCE"
    OPTIONAL_ABSENCE = "OPTIONAL_ABSENCE"
    PLAGIARISM = "PLAGIARISM"


@dataclass(frozen=True, slots=True)
class Claim:
    """A member's share in a fact.

    variant: the kind within the basis, for rules with points by variant; quantity of out_of: the
    part that counts (half-days present of all); occurrence_no: where the fact numbers them for
    each member, else the event's own; remote: was there by video only.
    """

    member_id: str
    variant: str = ""
    quantity: int = 1
    out_of: int = 1
    occurrence_no: int | None = None
    remote: bool = False


Claims = Callable[[Payload], Iterable[Claim]]

# --- proposals ----------------------------------------------------------------------------


def first_proposer_of(proposer_type: str) -> Claims:
    """B1, B2: the first proposer of a proposal of this kind."""
    return lambda data: (
        [Claim(data["first_proposer"])] if data["proposer_type"] == proposer_type else []
    )


def cosigners_of(proposer_type: str) -> Claims:
    """B3: each confirmed co-signer of a proposal of this kind, once."""
    return lambda data: each(data["cosigners"]) if data["proposer_type"] == proposer_type else []


def refused_first_proposer(data: Payload) -> Iterable[Claim]:
    """B5: the first proposer, unless it became a mere letter (decision 32)."""
    first, letter = data["first_proposer"], data["disposition"] == "TO_LETTER"
    return [Claim(first)] if first and not letter else []


def signers(data: Payload) -> Iterable[Claim]:
    """F1, F2: the first proposer and each confirmed co-signer."""
    first = data["first_proposer"]
    return [*([Claim(first, "FIRST")] if first else []), *each(data["cosigners"], "COSIGNER")]


def first_proposer(data: Payload) -> Iterable[Claim]:
    """G4: the first proposer alone (decision 33)."""
    return [Claim(data["first_proposer"])] if data["first_proposer"] else []


def new_by_merging(claims: Claims) -> Claims:
    """B1–B4 for what was merged from review; what was filed before has its points (T7)."""
    return lambda data: [] if data["was_filed"] else claims(data)


# --- people named in a fact ---------------------------------------------------------------


def each(members: Iterable[str], variant: str = "") -> list[Claim]:
    """One claim for each member, however often it is named."""
    return [Claim(member, variant) for member in dict.fromkeys(members)]


def named(field: str, variant_field: str | None = None, variant: str = "") -> Claims:
    """Each member of the list `field`; the variant is `variant` or the value of a field."""
    return lambda data: each(data[field], data[variant_field] if variant_field else variant)


def that_member(data: Payload) -> Iterable[Claim]:
    return [Claim(data["member_id"])]


def took_part(data: Payload) -> Iterable[Claim]:
    """C1, E1, F9: those whom the organiser confirms."""
    return (
        Claim(row["member_id"], occurrence_no=occurrence_of(row))
        for row in data["rows"]
        if row.get("took_part", True)
    )


def occurrence_of(row: Payload) -> int:
    return int(row.get("occurrence_no") or FIRST_OCCURRENCE)


# --- meetings -----------------------------------------------------------------------------

# What a kind of meeting counts as for who was there. Study and training count through the study
# service alone: one meeting earns one rule (decision 32). The Chairpersons' Council and the
# secretary-general's meeting are their members' office and earn nothing.
PRESENCE: dict[str, Basis] = {
    "PLENARY": Basis.PLENARY,
    "STANDING_COMMITTEE": Basis.STANDING_COMMITTEE,
    **dict.fromkeys(
        (
            "COMMITTEE",
            "SECTOR",
            "TOWN",
            "JOINT_CONFERENCE",
            "CONSULTATION",
            "APPRAISAL",
            "DEBRIEFING",
            "OTHER",
        ),
        Basis.MEETING,
    ),
    **dict.fromkeys(("INSPECTION", "RESEARCH", "SUPERVISION", "ACTIVITY"), Basis.ACTIVITY),
}
LEAVE, REFUSED, ABSENT, PRESENT = "LEAVE", "LEAVE_REFUSED", "ABSENT", "PRESENT"
ABSENCES = {LEAVE: "LEAVE", REFUSED: "ABSENT", ABSENT: "ABSENT"}
OBSERVER = "OBSERVER"


def had_to_come(data: Payload, row: Payload) -> bool:
    """Whether the meeting was mandatory for this member; rows from before it was told say less."""
    return bool(row.get("mandatory", data["mandatory"] and row["role"] != OBSERVER))


def required(data: Payload, row: Payload) -> bool:
    """Decision 46: mandatory invitees, and of optional ones who accepted."""
    return had_to_come(data, row) or bool(row.get("accepted"))


def presence(basis: Basis) -> Claims:
    """A1–A3, C1: who was present at a meeting that counts as `basis`; exempt half-days fall out."""

    def claims(data: Payload) -> Iterator[Claim]:
        for row in data["rows"]:
            if row["half_days_present"] and _counts_as(data["kind"], row) is basis:
                yield _present(data, row, basis)

    return claims


def absence(basis: Basis) -> Claims:
    """G1–G3: who was missing from a meeting; a plenary without leave is G1, never with G2."""

    def claims(data: Payload) -> Iterator[Claim]:
        for row in data["rows"]:
            found = _missed(data, row)
            if found is not None and found[0] is basis:
                occurrence = occurrence_of(row)
                yield Claim(row["member_id"], found[1], occurrence_no=occurrence)

    return claims


def plenary_speech(data: Payload) -> Iterable[Claim]:
    """F5; other speeches are the minutes' affair."""
    spoken = data["kind"] == "PLENARY" and data["form"] is not None
    return each(data["members"], data["form"]) if spoken else []


def _counts_as(kind: str, row: Payload) -> Basis | None:
    """A speaker at a consultation earns C1 (decision 32), who sits in nothing.

    The Standing Committee counts for its members alone (A2); rows from before it was told whose
    meeting it was are of them.
    """
    if row["role"] == OBSERVER:
        return None
    if kind == "CONSULTATION" and row["role"] == "SPEAKER":
        return Basis.ACTIVITY
    if kind == "STANDING_COMMITTEE" and not row.get("standing", True):
        return None
    return PRESENCE.get(kind)


def _present(data: Payload, row: Payload, basis: Basis) -> Claim:
    whole = basis is not Basis.PLENARY  # of the plenary alone each half-day counts
    present, exempt = row["half_days_present"], row.get("half_days_exempt", 0)
    return Claim(
        row["member_id"],
        quantity=1 if whole else present,
        out_of=1 if whole else max(present, data["half_days"] - exempt),
        occurrence_no=occurrence_of(row),
        remote=bool(row.get("remote")),
    )


def _missed(data: Payload, row: Payload) -> tuple[Basis, str] | None:
    status = row["status"]
    if row["half_days_present"] or status not in ABSENCES or not required(data, row):
        return None
    if data["kind"] == "PLENARY" and status != LEAVE:
        return Basis.PLENARY_ABSENCE, ""
    if not had_to_come(data, row):
        return (Basis.OPTIONAL_ABSENCE, "") if status == ABSENT else None
    if data["kind"] == "STANDING_COMMITTEE" and status == ABSENT:
        return Basis.MANDATORY_ABSENCE, "STANDING_ABSENT"
    return Basis.MANDATORY_ABSENCE, ABSENCES[status]


# The kinds within a basis, for which a rule gives points each.
VARIANTS: dict[Basis, tuple[str, ...]] = {
    Basis.OPINION_ISSUED: ("SINGLE", "COMBINED"),
    Basis.KEY_PROPOSAL: ("FIRST", "COSIGNER"),
    Basis.EXCELLENT_PROPOSAL: ("FIRST", "COSIGNER"),
    Basis.OPINION_ADOPTED: ("CITY", "PROVINCE", "NATION"),
    Basis.INSTRUCTION: ("DISTRICT", "CITY", "PROVINCE", "NATION"),
    Basis.PLENARY_SPEECH: ("ORAL", "WRITTEN"),
    Basis.PUBLICITY: ("HISTORY", "MODEL"),
    Basis.MANDATORY_ABSENCE: ("LEAVE", "ABSENT", "STANDING_ABSENT"),
}
