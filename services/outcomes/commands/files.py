"""Files opened by hand, what is written into them, instructions, conversions (2.5, 9.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.outcomes.commands import access
from services.outcomes.commands.changing import change_file, found
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import days, errors, files, items
from services.outcomes.domain.files import Instruction, OutcomeFile
from services.outcomes.domain.items import Item
from services.outcomes.schemas import common
from services.outcomes.schemas import files as form
from shared.actor import allow
from shared.call import Call
from shared.errors import Forbidden
from shared.ids import new_id
from shared.operations import command
from shared.operations.arguments import TopicCodes
from shared.persistence.changing import apart, create


@allow(*access.SENDERS)
@command("openOutcome", answers=form.OUTCOME)
def open_outcome(
    call: Call,
    desk: Desk,
    *,
    source: form.SourceKind,
    reference: form.Reference,
    title: common.Title,
    text: form.FileText,
    organisations: form.Organisations,
    topic_codes: TopicCodes,
    authors: common.Authors,
) -> str:
    """建立成果档案（来源系统没有自动建立的）。Open a file by hand, with reference to its source.

    Raises OutcomeExists, StatedElsewhere, OutcomeUnfit, TopicUnfit.
    """
    access.require_by_hand(source)
    organiser = access.stands_for(call.actor)
    if organiser is None:
        raise Forbidden("当前身份未关联组织")
    _require_people(desk, authors)
    for organisation in organisations:
        desk.unit(organisation, "organisations")

    def make(at: datetime) -> OutcomeFile:
        file_id = files.file_id(source, reference)
        if desk.files.get(file_id) is not None:
            raise errors.OutcomeExists(field="reference", details={"outcome": file_id})
        file = OutcomeFile(
            id=file_id,
            term=desk.members.current_term(),
            year=days.year_of(at),
            source=source,
            ref=reference,
            title=title,
            text=text,
            organiser=organiser,
            organisations=tuple(dict.fromkeys([organiser, *organisations])),
            topic_codes=desk.topics.choose(topic_codes, at),
            authors=tuple(dict.fromkeys(authors)),
            opened_at=at,
            opened_by=access.account(call.actor),
            node=files.node_of(source, reference),
        )
        files.announce(file)
        return file

    return create(call, desk, desk.files, make)


@allow(*access.SENDERS)
@command("addOutcomeItem", answers=form.ITEM)
def add_item(
    call: Call,
    desk: Desk,
    *,
    outcome_id: common.OutcomeId,
    text: form.ItemText,
    kind: common.KindOfOutcome | None,
    major: common.Major,
    unit: common.Unit | None,
    authors: common.Authors,
    due_at: common.DueAt | None,
    files: common.Files,
) -> str:
    """登记并报送一条意见，反馈期限60天（设置）。Write an opinion item down and send it.

    Raises WrongState, StatedElsewhere, UnitUnfit, DueDateUnfit.
    """
    _require_people(desk, authors)
    side = desk.unit(unit) if unit else None
    attached = tuple(files)

    def once() -> str:
        at = desk.clock.now()
        file: OutcomeFile = found(desk.files, outcome_id)
        access.require_keeper(call.actor, file)
        access.require_by_hand(file.source)
        due = days.until(due_at) or desk.clocks(at).feedback
        if due <= at:
            raise errors.DueDateUnfit(field="dueAt")
        item = _written(file, text, authors, at)
        item.kind, item.major, item.unit, item.side = kind, major, unit, side
        item.files = attached
        items.send(item, due, at, access.account(call.actor))
        _take_in(call, desk, file, item, at)
        return item.id

    return desk.items.run(call, once)


def _written(file: OutcomeFile, text: str, authors: list[str], at: datetime) -> Item:
    return Item(
        id=files.item_id(file.id, file.items + 1),
        outcome_id=file.id,
        term=file.term,
        year=days.year_of(at),
        source=file.source,
        title=file.title,
        organiser=file.organiser,
        organisations=file.organisations,
        topic_codes=file.topic_codes,
        authors=tuple(dict.fromkeys(authors)) or file.authors,
        text=text,
        sent_at=at,
        openness=file.openness,
    )


def _take_in(call: Call, desk: Desk, file: OutcomeFile, item: Item, at: datetime) -> None:
    files.take_in(file, item)

    def write(session: Any) -> None:
        desk.items.add(call, item, at, session)
        desk.files.save(apart(call), file, at, session)

    desk.items.in_transaction(write)


@allow(*access.RECORDERS)
@command("instructOutcome", answers=form.OUTCOME)
def instruct_outcome(
    call: Call,
    desk: Desk,
    *,
    outcome_id: common.OutcomeId,
    level: form.InstructionLevel,
    leader: form.Leader,
    text: form.InstructionText,
    instructed_on: form.InstructedOn,
) -> str:
    """登记领导批示，计入作者履职。Record a leader's instruction; its authors are credited (F4).

    Raises StatedElsewhere, OutcomeUnfit, WrongState.
    """

    def act(file: OutcomeFile, own: list[Item], at: datetime) -> None:
        if instructed_on > at:
            raise errors.OutcomeUnfit("批示日期不能晚于今天", field="instructedOn")
        authors = _authors(file, own)
        files.instruct(file, Instruction(new_id(), level, leader, text, instructed_on), authors)
        by = access.account(call.actor)
        for item in own:
            items.instruct(item, text, at, by)

    return _all_of(call, desk, outcome_id, act)


@allow(*access.RECORDERS)
@command("revokeOutcomeInstruction", answers=form.OUTCOME)
def revoke_instruction(
    call: Call,
    desk: Desk,
    *,
    outcome_id: common.OutcomeId,
    instruction_id: form.InstructionId,
    reason: common.Reason,
) -> str:
    """撤销登记有误的批示，所计积分随之撤销。Undo an instruction; what it earned is undone.

    Raises StatedElsewhere, InstructionUnfit.
    """

    def act(file: OutcomeFile, own: list[Item], at: datetime) -> None:
        authors = _authors(file, own)
        others = files.revoke_instruction(file, instruction_id, reason, at, authors)
        for item in own:
            items.revoke_instruction(item, others, reason, at, access.account(call.actor))

    return _all_of(call, desk, outcome_id, act)


def _authors(file: OutcomeFile, own: list[Item]) -> list[str]:
    """Whose suggestions the file holds, each once."""
    return list(dict.fromkeys([*file.authors, *(a for item in own for a in item.authors)]))


def _all_of(call: Call, desk: Desk, outcome_id: str, act: Any, *, closed: bool = False) -> str:
    """One step of a file with all of its open items, or `closed` ones, too."""

    def once() -> str:
        at = desk.clock.now()
        file: OutcomeFile = found(desk.files, outcome_id)
        access.require_by_hand(file.source)
        wanted = {"outcome_id": file.id, **({} if closed else {"open": True})}
        own = desk.items.find(wanted, [("sent_at", 1), ("_id", 1)])
        for item in own:
            access.require_side(call.actor, item.side)
        act(file, own, at)

        def write(session: Any) -> None:
            desk.files.save(call, file, at, session)
            for item in own:
                desk.items.save(apart(call), item, at, session)

        desk.files.in_transaction(write)
        return file.id

    return desk.files.run(call, once)


@allow(*access.VERIFIERS)
@command("convertOutcome", answers=form.OUTCOME)
def convert_outcome(
    call: Call,
    desk: Desk,
    *,
    outcome_id: common.OutcomeId,
    route: form.RouteTaken,
    title: common.Title,
    reference: form.ConversionReference,
    on: form.ConvertedOn,
) -> str:
    """登记转化途径：专题报告、协商专报、新闻报道、视察监督。Record a conversion (9.2).

    Raises OutcomeUnfit.
    """
    by = access.account(call.actor)

    def act(file: OutcomeFile, at: datetime) -> None:
        access.require_keeper(call.actor, file)
        files.convert(file, route, title, reference, on, at, by)

    return change_file(call, desk, outcome_id, act)


@allow(*access.VERIFIERS)
@command("withdrawConversion", answers=form.OUTCOME)
def withdraw_conversion(
    call: Call,
    desk: Desk,
    *,
    outcome_id: common.OutcomeId,
    no: form.ConversionNo,
    reason: common.Reason,
) -> str:
    """撤销登记有误的转化记录，记录保留。Strike a conversion that was recorded by mistake.

    Raises ConversionUnfit.
    """

    def act(file: OutcomeFile, _: datetime) -> None:
        access.require_keeper(call.actor, file)
        files.withdraw_conversion(file, no, reason)

    return change_file(call, desk, outcome_id, act)


@allow(access.OFFICE)
@command("discloseOutcome", answers=form.OUTCOME)
def disclose_outcome(
    call: Call, desk: Desk, *, outcome_id: common.OutcomeId, openness: form.Openness
) -> str:
    """决定成果的公开方式；答复承诺以答复的公开方式为准。Decide what the public sees.

    Raises StatedElsewhere, OutcomeUnfit.
    """

    def act(file: OutcomeFile, own: list[Item], _: datetime) -> None:
        files.disclose(file, openness)
        for item in own:
            item.openness = openness

    return _all_of(call, desk, outcome_id, act, closed=True)


def _require_people(desk: Desk, authors: list[str]) -> None:
    if set(authors) - desk.members.known(authors):
        raise errors.OutcomeUnfit("请选择在册委员", field="authors")
