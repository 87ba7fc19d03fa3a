"""300 people, 20 facts, outlets that fail half of their calls, and a service that is killed.

Nothing is lost, nothing doubled: each person has each fact once by each outlet.
"""

from __future__ import annotations

import time
from collections import Counter
from functools import partial

import pytest

from shared.contracts import sample_event
from shared.ids import new_id
from tests.integration.outward.world import NOON, OFFICE, World
from tests.waiting import eventually

PEOPLE, FACTS, URGENT = 300, 20, 2
SENT_BY_WECHAT, SENT_BY_SMS = PEOPLE * FACTS, PEOPLE * URGENT
KILLED_AFTER = (0.2, 0.6)  # of all that is to be sent
PATIENCE = 150  # seconds of each wait; the whole takes a minute where nothing else runs


def editors(world: World) -> None:
    """Accounts of the information editors, as identity has and tells them."""
    accounts = [f"campaign-{number:03}" for number in range(PEOPLE)]
    world.stack.db("identity")["accounts"].insert_many(
        {
            "_id": account,
            "login": account,
            "member_id": None,
            "phone": f"137{number:08}",
            "wechat": {"openid": f"openid-{account}", "bound_at": NOON},
        }
        for number, account in enumerate(accounts)
    )
    for account in accounts:
        of = {"account_id": account, "person_id": None, "member_id": None}
        world.stack.publish(
            sample_event(
                "identity",
                "account_role_granted",
                id=new_id(),
                subject=account,
                version=2,
                **of,
                grant_id=f"grant-{account}",
                role="INFO_EDITOR",
                scope={},
            )
        )
    people = world.stack.db("notifications")["people"]
    roles = world.stack.db("notifications")["held_roles"]
    eventually(lambda: people.count_documents({"_id": {"$regex": "^campaign-"}}) == PEOPLE)
    eventually(lambda: roles.count_documents({"role": "INFO_EDITOR"}) == PEOPLE)
    # Being given the role is told, too, and is none of the twenty.
    deliveries = world.stack.db("notifications")["deliveries"]
    eventually(lambda: deliveries.count_documents({"fact": {"$regex": "^account_role"}}) >= PEOPLE)
    eventually(lambda: not deliveries.count_documents({"state": "WAITING"}), timeout=60)
    world.wechat.sent.clear()
    world.wechat.repeated = 0


def facts(world: World) -> None:
    for number in range(FACTS):
        urgent = number < URGENT
        event_type = "opinion_submitted" if urgent else "opinion_withdrawn"
        opinion = f"opinion-campaign-{number}"
        more = {"urgent": True} if urgent else {}
        event = sample_event(
            "opinions",
            event_type,
            id=new_id(),
            subject=opinion,
            opinion_id=opinion,
            version=number + 2,
            **more,
        )
        for _ in range(2):  # and each comes twice
            world.stack.publish(event)


def _sent(world: World, enough: int) -> bool:
    return len(world.wechat.sent) >= enough


@pytest.mark.timeout(600)
def test_nothing_is_lost_and_nothing_doubled(world: World) -> None:
    editors(world)
    started = time.monotonic()
    world.wechat.failing = world.sms.failing = 0.5
    sms_before = len(world.sms.sent)
    facts(world)
    for share in KILLED_AFTER:
        enough = int(SENT_BY_WECHAT * share)
        eventually(partial(_sent, world, enough), timeout=PATIENCE)
        world.stack.kill("notifications")
        world.stack.start("notifications")
    deliveries = world.stack.db("notifications")["deliveries"]
    wanted = {"account_id": {"$regex": "^campaign-"}, "fact": {"$regex": "^opinion"}}
    total = SENT_BY_WECHAT + SENT_BY_SMS
    eventually(partial(_sent, world, SENT_BY_WECHAT), timeout=PATIENCE)
    waiting = {"state": "WAITING", "outlet": {"$in": ["WECHAT", "SMS"]}, **wanted}
    eventually(lambda: deliveries.find_one(waiting) is None, timeout=PATIENCE)
    took = time.monotonic() - started
    assert deliveries.count_documents({**wanted, "state": "SENT"}) == total
    assert deliveries.count_documents(wanted) == total

    chats = [sent for sent in world.wechat.sent if sent.openid.startswith("openid-campaign")]
    of_person = Counter(sent.openid for sent in chats)
    keys = {sent.client_msg_id for sent in chats}
    assert (len(chats), len(keys)) == (SENT_BY_WECHAT, SENT_BY_WECHAT)
    assert set(of_person.values()) == {FACTS}
    texts = [sms for sms in world.sms.sent[sms_before:] if sms.phone.startswith("137")]
    assert len({sms.out_id for sms in texts}) == SENT_BY_SMS
    assert len(texts) == SENT_BY_SMS
    assert set(Counter(sms.phone for sms in texts).values()) == {URGENT}

    tries = sum(row["attempts"] for row in deliveries.find(wanted, {"attempts": 1}))
    said = {
        "people": PEOPLE,
        "facts": FACTS,
        "by WeChat": len(chats),
        "by SMS": len(texts),
        "tries": tries,
        "calls that WeChat knew again": world.wechat.repeated,
        "kills": len(KILLED_AFTER),
        "seconds": round(took, 1),
    }
    print(said)
    assert tries > 1.5 * total
    report = world.stack.call("notifications", "list_broadcasts", OFFICE, first=100)
    rows = [row for row in report["rows"] if row["id"].startswith("opinion_")]
    assert [row["persons"] for row in rows] == [PEOPLE] * FACTS
    assert sum(each["reached"] for row in rows for each in row["outlets"]) == total
