"""Topics of the taxonomy are created, renamed and ended, never deleted; by OFFICE (decision 56)."""

from __future__ import annotations

from datetime import date

from services.members.commands.ports import Roster
from services.members.domain.errors import TopicExists
from services.members.domain.topic import Topic
from services.members.schemas import topics as form
from shared.actor import Role, allow
from shared.call import Call
from shared.clock import SHANGHAI
from shared.operations import command


@allow(Role.OFFICE)
@command("createTopic", answers=form.TOPIC)
def create_topic(
    call: Call,
    desk: Roster,
    *,
    code: form.Code,
    name: form.Name,
    parent: form.Parent | None,
    valid_from: form.ValidFrom | None,
) -> str:
    """新增主题（办公室）。Add a topic, or an area. [Decision 56]

    Raises TopicExists, TopicNotFound for the area, TopicParentUnfit.
    """

    def once() -> str:
        if desk.topics.find(code) is not None:
            raise TopicExists(field="code")
        if desk.topics.named(name):
            raise TopicExists(field="name")
        topic = Topic.create(
            code,
            name,
            desk.topics.get(parent) if parent else None,
            valid_from or today(desk),
            sort_no=desk.topics.last_no() + 1,
            term=desk.current_no(),
        )
        desk.topics.add(call, topic, desk.clock.now())
        return topic.id

    return desk.topics.run(call, once)


@allow(Role.OFFICE)
@command("renameTopic", answers=form.TOPIC)
def rename_topic(call: Call, desk: Roster, *, code: form.Code, name: form.Name) -> str:
    """主题更名（办公室）。Rename a topic. Raises TopicNotFound, TopicExists, NothingToChange."""

    def change(topic: Topic) -> None:
        if name != topic.name and desk.topics.named(name):
            raise TopicExists(field="name")
        topic.rename(name)

    return desk.topics.edit(call, code, desk.clock.now(), change)


@allow(Role.OFFICE)
@command("endTopic", answers=form.TOPIC)
def end_topic(call: Call, desk: Roster, *, code: form.Code, on: form.EndsOn | None) -> str:
    """停用主题（办公室），原有记录不变。End a topic; what has it keeps it.

    Raises TopicNotFound, TopicEnded, TopicInUse while topics below it are valid.
    """
    day = on or today(desk)

    def change(topic: Topic) -> None:
        topic.end(day, in_use=desk.topics.below(code, day))

    return desk.topics.edit(call, code, desk.clock.now(), change)


def today(desk: Roster) -> date:
    return desk.clock.now().astimezone(SHANGHAI).date()
