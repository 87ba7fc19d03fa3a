"""The calendar feed of a member: one address, which can be revoked."""

from __future__ import annotations

import threading

import pytest

from services.office.commands import feeds, meetings
from services.office.domain.feeds import FeedNotFound
from shared.ids import new_id
from tests.integration.office.desk import CLERK, LU, SHEN, VISITOR, Office, member, sent


def opened(office: Office, id: str = LU) -> str:
    return str(feeds.open_feed(sent(member(id), new_id()), office.desk)["token"])


def shown(office: Office, token: str) -> list[tuple[str, str]]:
    rows = feeds.calendar(VISITOR, office.desk, token=token)
    return [(row["id"], row["state"]) for row in rows]


def test_a_feed_shows_the_announced_meetings_of_its_member(office: Office) -> None:
    token = opened(office)
    office.plan()
    announced, off = office.notified(), office.notified()
    office.do(meetings.cancel_meeting, CLERK, off, reason="取消")
    foreign = {"members": [], "groups": ["TOWN:town-lili"], "organisations": ["unit-slj"]}
    office.notified(invited=foreign)
    assert sorted(shown(office, token)) == sorted([(announced, "NOTIFIED"), (off, "CANCELLED")])


def test_opened_again_it_is_the_same_and_revoked_it_is_gone(office: Office) -> None:
    token = opened(office)
    assert opened(office) == token
    own = feeds.own_feed(member(LU), office.desk)
    assert own is not None and own["token"] == token
    feeds.revoke_feed(sent(member(LU), "revoke"), office.desk)
    assert feeds.own_feed(member(LU), office.desk) is None
    with pytest.raises(FeedNotFound):
        shown(office, token)
    with pytest.raises(FeedNotFound):
        feeds.revoke_feed(sent(member(LU), "again"), office.desk)
    assert opened(office) != token


def test_two_devices_that_open_it_at_once_get_one_address(office: Office) -> None:
    barrier, tokens = threading.Barrier(2), []

    def press() -> None:
        barrier.wait()
        tokens.append(opened(office))

    devices = [threading.Thread(target=press) for _ in range(2)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    assert len(tokens) == 2 and len(set(tokens)) == 1


def test_no_other_address_opens_it(office: Office) -> None:
    opened(office)
    seal = office.desk.seal
    code = seal.sign_statement({"use": "check-in", "meeting": "m", "half_day": 1, "until": 4e9})
    missing = seal.sign_statement({"use": "calendar", "feed": "nobody"})
    for token in ("nonsense", code, missing):
        with pytest.raises(FeedNotFound):
            shown(office, token)


def test_who_has_left_has_no_calendar(office: Office) -> None:
    token = opened(office, SHEN)
    office.appoint(SHEN, "member_resigned", state="RESIGNED", version=2)
    with pytest.raises(FeedNotFound):
        shown(office, token)


def test_a_disabled_account_has_no_calendar_until_it_is_enabled(office: Office) -> None:
    token = opened(office)
    office.hear_account("account_disabled", 3)
    assert not visible(office, token)
    office.hear_account("account_enabled", 5)
    office.hear_account("account_disabled", 4, id=new_id())  # comes late
    assert visible(office, token)
    assert visible(office, opened(office, SHEN))


def test_an_account_without_roles_has_no_calendar(office: Office) -> None:
    token = opened(office)
    for grant, version in (("grant-1", 2), ("grant-2", 3)):
        office.hear_account("account_role_granted", version, grant_id=grant)
    office.hear_account("account_role_revoked", 4, grant_id="grant-1")
    assert visible(office, token)
    office.hear_account("account_role_revoked", 5, grant_id="grant-2")
    assert not visible(office, token)
    office.hear_account("account_role_granted", 6, grant_id="grant-3")
    assert visible(office, token)


def test_accounts_of_staff_are_not_kept(office: Office) -> None:
    office.hear_account("account_disabled", 3, member_id=None)
    assert office.database.collection("account_facts").count_documents({}) == 0


def visible(office: Office, token: str) -> bool:
    try:
        shown(office, token)
    except FeedNotFound:
        return False
    return True
