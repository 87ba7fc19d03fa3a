"""The file of one source: its instructions, its conversions, and whether anything of it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from services.outcomes.domain import errors
from services.outcomes.domain.items import Item
from services.outcomes.domain.kinds import (
    NODE_OF,
    Disclosure,
    FileState,
    Level,
    NodeKind,
    Route,
    Source,
)
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass
class Instruction:
    """批示。A leader's written word; of an SCPO item the opinions service records it."""

    id: str
    level: Level
    leader: str
    text: str
    on: datetime
    revoked_at: datetime | None = None
    revoke_reason: str | None = None


@dataclass
class Conversion:
    """转化途径记录。reference: document number, issue, address or id of what it was."""

    no: int
    route: Route
    title: str
    reference: str
    on: datetime
    by: str
    at: datetime
    withdrawn: str | None = None  # why it counts no more


@dataclass
class OutcomeFile(Aggregate):
    """ref: the source's id in its service, or how people know it; of a promise
    "<proposal>/<number>". organiser: who sends and verifies; organisations: it and the others that
    take part. node: the source in dossiers. units, sides: of all its items. items: how many there
    are; open_items: of these not closed. announced: its opening was told.
    """

    id: str
    term: int
    year: int
    source: Source
    ref: str
    title: str
    organiser: str
    organisations: tuple[str, ...]
    topic_codes: tuple[str, ...]
    authors: tuple[str, ...]
    opened_at: datetime
    node: str
    text: str = ""
    opened_by: str | None = None
    units: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    items: int = 0
    open_items: int = 0
    state: FileState = FileState.OPEN
    instructions: list[Instruction] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    openness: Disclosure = Disclosure.NOT
    announced: bool = False
    closings: int = 0

    def header(self) -> dict[str, Any]:
        return {
            "outcome_id": self.id,
            "source": self.source.value,
            "source_ref": self.ref,
            "title": self.title,
            "organiser": self.organiser,
            "authors": list(self.authors),
        }


def file_id(source: Source, ref: str) -> str:
    """One file for a source, whoever opens it and however often."""
    return str(uuid5(NAMESPACE_URL, f"outcome/{source.value}/{ref}"))


def item_id(outcome_id: str, no: int) -> str:
    return f"{outcome_id}.{no}"


def node_id(kind: NodeKind, ref: str) -> str:
    return f"{kind.value}:{ref}"


def node_of(source: Source, ref: str) -> str:
    """The source in dossiers; a promise is part of its proposal."""
    matter = ref.split("/", 1)[0] if source is Source.COMMITMENT else ref
    return node_id(NODE_OF[source], matter)


def announce(file: OutcomeFile) -> None:
    if not file.announced:
        file.announced = True
        file.tell(names.OUTCOME_OPENED, items=file.items, openness=file.openness.value)


def take_in(file: OutcomeFile, item: Item) -> None:
    """A further item. Raises WrongState for a file whose source was revoked."""
    if file.state is FileState.VOID:
        raise errors.WrongState.of(file.state)
    file.items += 1
    file.open_items += 1
    file.state = FileState.OPEN
    cover(file, item)


def cover(file: OutcomeFile, item: Item) -> None:
    """Units and sides of the item are the file's, too."""
    if item.unit and item.unit not in file.units:
        file.units = (*file.units, item.unit)
    if item.side and item.side not in file.sides:
        file.sides = (*file.sides, item.side)


def count(file: OutcomeFile, before: bool, after: bool) -> None:
    """An item was open `before` and is so `after`: with its last the file closes."""
    file.open_items += after - before
    if before and not after and file.open_items == 0 and file.state is FileState.OPEN:
        file.state = FileState.CLOSED
        file.closings += 1
        file.tell(names.OUTCOME_CLOSED, items=file.items, occurrence_no=file.closings)
    elif after and not before and file.state is FileState.CLOSED:
        file.state = FileState.OPEN


def instruct(file: OutcomeFile, instruction: Instruction, authors: Sequence[str]) -> None:
    """批示 on the whole file, credited once to all whose suggestions it is about (F4)."""
    if file.state is FileState.VOID:
        raise errors.WrongState.of(file.state)
    file.instructions.append(instruction)
    file.tell(names.OUTCOME_INSTRUCTED, **_told(instruction, authors))


def revoke_instruction(
    file: OutcomeFile, instruction_id: str, reason: str, at: datetime, authors: Sequence[str]
) -> bool:
    """Whether another instruction stands all the same. Raises InstructionUnfit."""
    standing = [i for i in file.instructions if i.revoked_at is None]
    found = next((i for i in standing if i.id == instruction_id), None)
    if found is None:
        raise errors.InstructionUnfit(field="instructionId")
    found.revoked_at, found.revoke_reason = at, reason
    told = {**_told(found, authors), "reason": reason}
    file.tell(names.OUTCOME_INSTRUCTION_REVOKED, **told)
    return len(standing) > 1


def _told(instruction: Instruction, authors: Sequence[str]) -> dict[str, Any]:
    return {
        "instruction_id": instruction.id,
        "authors": list(authors),
        "level": instruction.level.value,
        "leader": instruction.leader,
        "occurrence_no": 1,  # another instruction is another fact
    }


def convert(
    file: OutcomeFile, route: Route, title: str, reference: str, on: datetime, at: datetime, by: str
) -> None:
    """转化。Through one of the four routes (9.2). Raises OutcomeUnfit for a day to come."""
    if on > at:
        raise errors.OutcomeUnfit("日期不能晚于今天", field="on")
    no = len(file.conversions) + 1
    file.conversions.append(Conversion(no, route, title, reference, on, by, at))
    file.tell(names.OUTCOME_CONVERTED, conversion_no=no, route=route.value, reference=reference)


def withdraw_conversion(file: OutcomeFile, no: int, reason: str) -> None:
    """Recorded by mistake: it stays, struck. Raises ConversionUnfit."""
    found = next((c for c in file.conversions if c.no == no and c.withdrawn is None), None)
    if found is None:
        raise errors.ConversionUnfit(field="no")
    found.withdrawn = reason


def disclose(file: OutcomeFile, openness: Disclosure) -> None:
    """What the public sees of it. Of a promise the reply's openness decides (decision 52), and
    opinions are protected. Raises StatedElsewhere, OutcomeUnfit."""
    if file.source is Source.COMMITMENT:
        raise errors.StatedElsewhere
    if file.source is Source.SCPO:
        raise errors.OutcomeUnfit("社情民意不对外公开", field="openness")
    file.openness = openness
