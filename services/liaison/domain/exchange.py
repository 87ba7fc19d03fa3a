"""Visits, condolences, inspections, delegations, the upper levels (12.1, 12.2, 13.5, 13.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.liaison.domain import errors
from services.liaison.domain.files import WithFiles
from shared.contracts import names
from shared.labels import Labelled


class ExchangeKind(Labelled):
    """联谊交往种类。Kind of exchange."""

    CONDOLENCE = "CONDOLENCE", "走访慰问", "Visit and condolence"  # 走访慰问民族宗教界代表人士
    VISIT = "VISIT", "走访", "Visit"
    # of what ethnic and religious circles care about
    INSPECTION = "INSPECTION", "视察", "Inspection"
    DELEGATION_IN = "DELEGATION_IN", "来访代表团", "A delegation that came"
    DELEGATION_OUT = "DELEGATION_OUT", "出访代表团", "A delegation that went"
    # from the city's or the province's committee
    INSTRUCTION = "INSTRUCTION", "上级指导", "Instruction from above"
    REPORT = "REPORT", "向上级汇报", "Report to above"  # to the upper levels


K = ExchangeKind
# A visit to ethnic or religious persons is restricted from the start (12.1).
RESTRICTED = frozenset({K.CONDOLENCE})
LEVELLED = frozenset({K.INSTRUCTION, K.REPORT})


class Level(Labelled, name="ExchangeLevel"):
    """政协层级。Level of a committee."""

    DISTRICT = "DISTRICT", "区", "District"
    CITY = "CITY", "市", "City"
    PROVINCE = "PROVINCE", "省", "Province"
    NATION = "NATION", "全国", "Nation"


@dataclass
class Exchange(WithFiles):
    """counterpart: the other organisation or place, never a person; visited: people's names.

    notes and visited are restricted: for the writer, the members in `named` and the
    Chairpersons' Council alone.
    """

    id: str
    term: int
    year: int
    kind: ExchangeKind
    title: str
    on: datetime
    place: str
    counterpart: str
    level: Level | None
    organiser: str
    leader: str | None  # member id
    participants: tuple[str, ...]
    summary: str
    visited: str
    notes: str
    named: tuple[str, ...]
    writer: str  # account id
    written_at: datetime
    answered: bool = False  # an instruction that was reported on
    reply_to: str | None = None  # the instruction that a report answers
    due_at: datetime | None = None  # by when an instruction is reported on
    reminded: bool = False
    files: tuple[str, ...] = ()
    files_told: tuple[str, ...] = ()

    def write(self, written: Mapping[str, Any] | None = None) -> None:
        """Raises ExchangeUnfit."""
        instruction = self.kind is K.INSTRUCTION
        for name, value in (written or {}).items():
            setattr(self, name, value)
        if written is not None and instruction and self.kind is not K.INSTRUCTION:
            raise errors.ExchangeUnfit("上级指导不能改为其他种类", field="kind")
        if self.due_at is not None and self.kind is not K.INSTRUCTION:
            raise errors.ExchangeUnfit("只有上级指导有汇报期限", field="dueAt")
        if (self.kind in LEVELLED) != (self.level is not None):
            raise errors.ExchangeUnfit("上级指导和汇报须注明层级，其他不填", field="level")
        if self.reply_to is not None and self.kind is not K.REPORT:
            raise errors.ExchangeUnfit("只有汇报可以对应上级指导", field="replyTo")
        if self.kind in RESTRICTED and self.summary.strip():
            raise errors.ExchangeUnfit("走访慰问的内容请写入限阅记录", field="summary")
        if written is None:
            told = {"exchange_id": self.id, "kind": self.kind.value, "organiser": self.organiser}
            level = self.level.value if self.level else None
            self.tell(names.EXCHANGE_RECORDED, **told, level=level)
        if self.kind is K.INSTRUCTION and not self.answered:
            self.reminded = False
            self._tell_instruction(names.INSTRUCTION_RECEIVED)

    def report_on(self) -> None:
        """A report answers it. Raises ExchangeUnfit for what is no instruction."""
        if self.kind is not K.INSTRUCTION:
            raise errors.ExchangeUnfit("只能对应上级指导", field="replyTo")
        self.answered = True
        self._tell_instruction(names.INSTRUCTION_REPORTED)

    def remind(self) -> None:
        """It is soon to be reported on: said once."""
        self.reminded = True
        self._tell_instruction(names.INSTRUCTION_REMINDER_DUE)

    def _tell_instruction(self, event: str) -> None:
        told = {"exchange_id": self.id, "title": self.title, "organiser": self.organiser}
        self.tell(event, **told, due_at=self.due_at)
