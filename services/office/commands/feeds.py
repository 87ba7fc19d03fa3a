"""The calendar feed of a member: open, revoke, and what stands in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.office.commands.ports import Desk
from services.office.domain.feeds import USE, Feed, FeedNotFound, feed_named
from services.office.schemas import feeds as form
from shared.actor import MEMBER_ROLES, Role, allow
from shared.call import Call
from shared.contracts.recipients import member_key
from shared.errors import Unauthenticated
from shared.ids import new_id
from shared.operations import command, query

Row = dict[str, Any]
BACK = timedelta(days=90)
MOST_EVENTS = 500


@allow(*MEMBER_ROLES)
@command("openCalendarFeed", answers=form.FEED)
def open_feed(call: Call, desk: Desk) -> Row:
    """开通日历订阅（委员本人）。Open one's calendar feed, or get the one there is."""
    member_id = call.actor.acting_member()

    def once() -> str:
        standing = desk.feeds.current(call.actor.memberships)
        if standing is not None:
            return standing.id
        at = desk.clock.now()
        feed = Feed(new_id(), member_id, desk.members.current_term(), at)
        desk.feeds.add(call, feed, at)
        return feed.id

    return _row(desk, desk.feeds.run(call, once))


@allow(*MEMBER_ROLES)
@command("revokeCalendarFeed", answers=form.FEED)
def revoke_feed(call: Call, desk: Desk) -> Row:
    """停用日历订阅，地址立即失效。Revoke it: the address shows nothing from now on.

    Raises FeedNotFound when there is none.
    """

    def once() -> str:
        feed = desk.feeds.current(call.actor.memberships)
        if feed is None:
            raise FeedNotFound
        at = desk.clock.now()
        feed.revoke(at)
        desk.feeds.save(call, feed, at)
        return feed.id

    return _row(desk, desk.feeds.run(call, once))


@allow(*MEMBER_ROLES)
@query()
def own_feed(call: Call, desk: Desk) -> Row | None:
    """{created_at, token} of the member's feed; none where none is open."""
    feed = desk.feeds.current(call.actor.memberships)
    return _row(desk, feed.id) if feed else None


@allow(*Role)
@query()
def calendar(_call: Call, desk: Desk, *, token: form.Token) -> list[Row]:
    """The meetings of a feed, for whoever has its address: the calendar has no account.

    It is the person's: it goes on in the next term, with the meetings of all terms. Raises
    FeedNotFound for an address that is not ours, revoked, of who left, or of an account that is
    disabled or holds no role: that one shows them again when the account is back.
    """
    since = desk.clock.now() - BACK
    owners = list(map(member_key, _owners(desk, token)))
    return desk.meetings.of_calendar(owners, since, MOST_EVENTS)


@allow(Role.SYSTEM)
@query(callers=("gateway",))
def feed_owners(_call: Call, desk: Desk, *, token: form.Token) -> list[str]:
    """Whose feed it is, all memberships of the person, so that what stands elsewhere joins it.
    Raises FeedNotFound."""
    return _owners(desk, token)


def _owners(desk: Desk, token: str) -> list[str]:
    try:
        feed = desk.feeds.get(feed_named(desk.read_statement(token)))
    except Unauthenticated:
        raise FeedNotFound from None
    if feed is None or feed.revoked_at:
        raise FeedNotFound
    memberships = list(desk.members.of_persons([feed.member_id]))
    if not desk.members.in_office(memberships) or not desk.accounts.may_act(memberships):
        raise FeedNotFound
    return memberships


def _row(desk: Desk, feed_id: str) -> Row:
    row = desk.feeds.row(feed_id)
    revoked = row["revoked_at"] is not None
    token = None if revoked else desk.seal.sign_statement({"use": USE, "feed": feed_id})
    return {"created_at": row["created_at"], "revoked_at": row["revoked_at"], "token": token}
