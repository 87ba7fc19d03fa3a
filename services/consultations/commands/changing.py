"""Changes of matters that the actor sees; names are looked up before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from services.consultations.commands import access
from services.consultations.commands.ports import Desk
from services.consultations.domain import errors
from services.consultations.domain.motions import Motion
from services.consultations.domain.record import Consultation, OpinionItem
from services.consultations.domain.research import Research
from shared.call import Call
from shared.persistence import changing
from shared.persistence.changing import Act


def found(call: Call, desk: Desk, consultation_id: str) -> Consultation:
    """Raises MatterNotFound, also for what the actor may not see."""
    seen = access.visible(call.actor)
    return changing.found(desk.consultations, consultation_id, errors.MatterNotFound, seen)


def change(call: Call, desk: Desk, consultation_id: str, act: Act[Consultation]) -> str:
    load = lambda: found(call, desk, consultation_id)  # noqa: E731
    return changing.change(call, desk, desk.consultations, load, act)


def organise(call: Call, desk: Desk, consultation_id: str, act: Act[Consultation]) -> str:
    """One step of what the actor organises. Raises Forbidden."""

    def step(consultation: Consultation, at: Any) -> None:
        access.require_organiser(call.actor, consultation)
        act(consultation, at)

    return change(call, desk, consultation_id, step)


def change_motion(
    call: Call, desk: Desk, motion_id: str, act: Act[Motion], *, own: bool = False
) -> str:
    """own: of the actor's committee only."""

    def step(motion: Motion, at: Any) -> None:
        if own:
            access.require_drafter(call.actor, motion)
        act(motion, at)

    seen = access.visible_motions(call.actor)
    load = changing.loading(desk.motions, motion_id, errors.MatterNotFound, seen)
    return changing.change(call, desk, desk.motions, load, step)


def change_project(
    call: Call, desk: Desk, research_id: str, act: Act[Research], *, own: bool = True
) -> str:
    def step(research: Research, at: Any) -> None:
        if own:
            access.require_drafter(call.actor, research)
        act(research, at)

    seen = access.visible_projects(call.actor)
    load = changing.loading(desk.projects, research_id, errors.MatterNotFound, seen)
    return changing.change(call, desk, desk.projects, load, step)


def require_members(
    desk: Desk, ids: Collection[str], field: str, kept: Collection[str] = ()
) -> None:
    """Members in office; those that stood there before may stay. Raises Unfit."""
    if set(ids) - set(kept) - desk.members.in_office(ids):
        raise errors.Unfit("只能选择在任委员", field=field)


def require_known(desk: Desk, ids: Collection[str], field: str) -> None:
    """Organisations that are in being. Raises Unfit."""
    if set(ids) - set(desk.directory.kinds(ids)):
        raise errors.Unfit("单位不存在或已撤销", field=field)


def opinion_items(desk: Desk, rows: Sequence[Any]) -> list[OpinionItem]:
    """In their order. Raises Unfit for authors or units that there are not."""
    authors = {id for row in rows for id in row["authors"]}
    if authors - desk.members.known(authors):
        raise errors.Unfit("提出人应为委员", field="items")
    require_known(desk, {row["unit"] for row in rows if row.get("unit")}, "items")
    return [
        OpinionItem(no, row["text"], row.get("kind"), row.get("unit"), tuple(row["authors"]))
        for no, row in enumerate(rows, 1)
    ]
