"""What facts of other services change here. Any order, any number of times: the same result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.opinions.commands.ports import Desk
from services.opinions.domain import instructing, writing
from services.opinions.domain.record import Opinion, Text
from services.opinions.domain.states import Channel, Origin
from shared.clock import SHANGHAI
from shared.contracts import names
from shared.messaging.events import Event
from shared.persistence.database import replay_target

SERVICE = "opinions"
TO_SCPO = "TO_SCPO"
TO_OPINION = "OPINION"
# A collective proposal → the channel of the item that is made of it.
COLLECTIVES = {
    "PARTY": Channel.PARTY,
    "ORGANISATION": Channel.PARTY,
    "SECTOR": Channel.SECTOR,
    "GROUP": Channel.SECTOR,
    "COMMITTEE": Channel.COMMITTEE,
    "TOWN_COMMITTEE": Channel.TOWN,
}
LONGEST_TITLE = 60
FORWARDED = (names.CONTACT_ISSUE_CONVERTED, names.HOME_LEAD_CONVERTED)


def note_member(event: Event, desk: Desk) -> None:
    """Keep state and groups; an older state never overwrites a newer one."""
    desk.members.note(event)


def note_topic(event: Event, desk: Desk) -> None:
    """Keep the taxonomy, which items name their topics from."""
    desk.topics.note(event)


def note_organisation(event: Event, desk: Desk) -> None:
    """Keep the directory; what a unit that is no more was to answer is its heir's (17)."""
    desk.directory.note(event)
    if event.data["is_active"] or replay_target.get():
        return
    call, unit = event.call(SERVICE), event.data["organisation_id"]
    heir = event.data.get("merged_into")
    for listed in desk.opinions.with_referral_to(unit):
        record_id = listed.id

        def once(record_id: str = record_id) -> str:
            at = desk.clock.now()
            opinion = desk.opinions.get(record_id)
            if opinion is not None and instructing.pass_on(opinion, unit, heir, at):
                desk.opinions.save(call, opinion, at)
            return record_id

        desk.opinions.run(call, once)


def take_refusal(event: Event, desk: Desk) -> None:
    """A proposal that was not filed becomes a draft of its proposer's, once for each refusal."""
    data = event.data
    if data["disposition"] != TO_SCPO or replay_target.get():
        return
    first, collective = data["first_proposer"], data.get("organisation")
    channel = COLLECTIVES.get(data["proposer_type"], Channel.MEMBER)
    text = data.get("text") or {}
    suggestions = text.get("suggestions") or []
    numbered = [f"{no}. {words}" for no, words in enumerate(suggestions, 1)]
    _draft(
        event,
        desk,
        f"proposal-{data['proposal_id']}-{data['occurrence_no']}",
        Origin.PROPOSAL,
        data["proposal_id"],
        Text(data["title"][:LONGEST_TITLE], text.get("situation", ""), "\n".join(numbered)),
        channel=channel,
        authors=(first,) if first else (),
        organisation=collective,
        topic_codes=tuple(data.get("topic_codes") or ()),
    )


def take_forwarded(event: Event, desk: Desk) -> None:
    """What a contact or a visitor has raised becomes a draft of whoever forwarded it."""
    data = event.data
    if data["to"] != TO_OPINION or replay_target.get():
        return
    by, town = data["by"], data["town"]
    _draft(
        event,
        desk,
        f"lead-{data['lead_id']}",
        Origin(data["origin"]),
        data["lead_id"],
        Text(data["title"][:LONGEST_TITLE], data["text"]),
        channel=Channel.MEMBER if by else Channel.TOWN,
        authors=(by,) if by else (),
        organisation=None if by else town,
        topic=data["topic"],
    )


def _draft(
    event: Event,
    desk: Desk,
    id: str,
    origin: Origin,
    ref: str,
    text: Text,
    **said: Any,
) -> None:
    """The id follows from the fact, so that it makes one draft however often it comes."""
    at: datetime = event.occurred_on
    opinion = Opinion(
        id=id,
        term=event.term,
        year=at.astimezone(SHANGHAI).year,
        text=text,
        created_at=at,
        origin=origin,
        origin_ref=ref,
        **said,
    )
    writing.draft(opinion)
    desk.opinions.add_once(event.call(SERVICE), opinion, at)


MADE_OF: Mapping[tuple[str, str], Any] = {
    ("proposals", names.PROPOSAL_NOT_FILED): take_refusal,
    **{("liaison", event_type): take_forwarded for event_type in FORWARDED},
}
