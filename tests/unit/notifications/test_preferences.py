"""What leaves for whom and when: weights of messages, outlets, quiet hours, digests."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.notifications.domain import routes
from services.notifications.domain.deliveries import Outlet
from services.notifications.domain.outward import cut
from services.notifications.domain.preferences import Preferences
from services.notifications.domain.templates import Category
from services.notifications.domain.texts import TEMPLATES

BOTH = tuple(Outlet)
USUAL = Preferences("account-1")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2017-02-{text}:00+08:00")


def test_every_template_that_weighs_otherwise_exists() -> None:
    assert set(routes.TEMPLATES) <= set(TEMPLATES)
    assert set(routes.CATEGORIES) == set(Category)


@pytest.mark.parametrize(
    ("template", "outlets", "urgent"),
    [
        ("MEETING_CANCELLED", BOTH, True),
        ("MEETING_NOTIFIED", BOTH, False),
        ("PROPOSAL_FILED", (Outlet.WECHAT,), False),
        ("POINTS_ADDED", (), False),
        ("POINTS_DRAFT_PUBLISHED", (Outlet.WECHAT,), False),
        ("WECHAT_BOUND", (), False),
        # How an account is taken over: its owner hears of it outside the platform, at once.
        ("ACCOUNT_RESET_REQUESTED", BOTH, True),
        ("ACCOUNT_CODE_ISSUED", BOTH, True),
        ("ACCOUNT_PASSWORD_RESET", BOTH, True),
        ("ACCOUNT_SECOND_FACTOR_SET", BOTH, True),
        ("ACCOUNT_SECOND_FACTOR_DROPPED", BOTH, True),
    ],
)
def test_what_leaves_by_which_outlet(
    template: str, outlets: tuple[Outlet, ...], urgent: bool
) -> None:
    weight = routes.weight_of(template, TEMPLATES[template].category)
    assert (weight.outlets, weight.urgent) == (outlets, urgent)


def test_an_outlet_that_is_off_stays_off_and_mute_is_not_for_what_is_urgent() -> None:
    only = Preferences("account-1", outlets=(Outlet.SMS,), muted=(Category.MEETING,))
    assert only.outlets_of(routes.URGENT, Category.MEETING) == (Outlet.SMS,)
    assert only.outlets_of(routes.IMPORTANT, Category.MEETING) == ()
    assert only.outlets_of(routes.IMPORTANT, Category.STUDY) == (Outlet.SMS,)
    assert only.outlets_of(routes.NOTICE, Category.STUDY) == ()
    assert USUAL.outlets_of(routes.IMPORTANT, Category.STUDY) == BOTH


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        ("06T21:59", "06T21:59"),
        ("06T22:00", "07T07:00"),
        ("06T23:30", "07T07:00"),
        ("07T06:59", "07T07:00"),
        ("07T07:00", "07T07:00"),
        ("07T12:00", "07T12:00"),
    ],
)
def test_quiet_over_midnight(now: str, sent: str) -> None:
    assert USUAL.sends_at(at(now)) == at(sent)


def test_quiet_at_noon_and_never() -> None:
    noon = Preferences("account-1", quiet_from="12:00", quiet_until="14:00")
    assert noon.sends_at(at("06T13:30")) == at("06T14:00")
    assert noon.sends_at(at("06T14:00")) == at("06T14:00")
    assert noon.sends_at(at("06T23:00")) == at("06T23:00")
    never = Preferences("account-1", quiet_from="00:00", quiet_until="00:00")
    assert never.sends_at(at("06T03:00")) == at("06T03:00")


def test_a_digest_gathers_wechat_alone_and_nothing_urgent() -> None:
    daily = Preferences("account-1", digest=True)
    assert daily.gathers(Outlet.WECHAT, routes.NOTICE)
    assert not daily.gathers(Outlet.SMS, routes.IMPORTANT)
    assert not daily.gathers(Outlet.WECHAT, routes.URGENT)
    assert not USUAL.gathers(Outlet.WECHAT, routes.NOTICE)


@pytest.mark.parametrize(
    ("now", "summed"),
    [
        ("06T09:00", "06T18:00"),
        ("06T17:54", "06T18:00"),
        ("06T17:55", "07T18:00"),  # this day's is being counted
        ("06T18:00", "07T18:00"),
    ],
)
def test_when_a_message_is_summed_up(now: str, summed: str) -> None:
    assert USUAL.digest_at(at(now)) == at(summed)


def test_what_is_too_long_is_cut() -> None:
    assert cut("二十个字以内", 20) == "二十个字以内"
    assert cut("一二三四五", 4) == "一二三…"
    assert cut("一\n二  三", 5) == "一 二 三"
