"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from services.outcomes.commands.following import follow, give_to_heir
from services.outcomes.commands.ports import Desk
from services.outcomes.domain.nodes import HEARD
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "outcomes"


def note_member(event: Event, desk: Desk) -> None:
    """Keep who is a member; an older state never overwrites a newer one."""
    desk.members.note(event)


def note_organisation(event: Event, desk: Desk) -> None:
    """Keep the directory, by whose sides supervising offices work; a merged unit's items are its
    heir's."""
    desk.directory.note(event)
    unit, heir = event.data["organisation_id"], event.data.get("merged_into")
    if heir and not event.data["is_active"] and replay_target.get() is None:
        give_to_heir(event.call(SERVICE), desk, unit, heir)


def note_topic(event: Event, desk: Desk) -> None:
    """Keep the taxonomy, which files name their topics from."""
    desk.topics.note(event)


def note_link(event: Event, desk: Desk) -> None:
    """A topic that was named by hand is in the list of dossiers, after a replay too."""
    desk.graph.name_topic_of(event.data["from_node"])


def note_matter(event: Event, desk: Desk) -> None:
    """Keep the fact in its dossier, and bring the files of its matter to what all facts say.

    A replay rebuilds dossiers alone: files are the service's own, and tell events.
    """
    node = desk.graph.note(event, HEARD[event.source, event.type])
    if replay_target.get() is None:
        follow(event.call(SERVICE), desk, node)
