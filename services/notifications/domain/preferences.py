"""What a person wants sent, and when: outlets, muted categories, quiet hours, a daily digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from services.notifications.domain.deliveries import Outlet
from services.notifications.domain.routes import Weight
from services.notifications.domain.templates import Category

DIGEST_AT = time(18, 0)  # Asia/Shanghai, as all hours here
# What comes this near to the digest waits for the next: the one that goes out now is being counted.
DIGEST_CLOSES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Preferences:
    """quiet_from, quiet_until: "HH:MM"; alike: never quiet. Those who said nothing have these."""

    account_id: str
    outlets: tuple[Outlet, ...] = tuple(Outlet)
    muted: tuple[Category, ...] = field(default=())
    quiet_from: str = "22:00"
    quiet_until: str = "07:00"
    digest: bool = False

    def outlets_of(self, weight: Weight, category: Category) -> tuple[Outlet, ...]:
        """By which a message leaves for this person; an outlet that is off stays off."""
        if category in self.muted and not weight.urgent:
            return ()
        return tuple(outlet for outlet in weight.outlets if outlet in self.outlets)

    def gathers(self, outlet: Outlet, weight: Weight) -> bool:
        """WeChat's wait for the digest. A text message is for what cannot wait that long."""
        return self.digest and outlet is Outlet.WECHAT and not weight.urgent

    def sends_at(self, at: datetime) -> datetime:
        """The first moment from `at` on (Asia/Shanghai) that is not quiet."""
        start, end = _clock(self.quiet_from), _clock(self.quiet_until)
        now = at.time().replace(tzinfo=None)
        over_midnight = start > end
        quiet = (now >= start or now < end) if over_midnight else start <= now < end
        if not quiet:
            return at
        ends = at.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
        return ends if ends > at else ends + timedelta(days=1)

    def digest_at(self, at: datetime) -> datetime:
        """When what comes at `at` (Asia/Shanghai) is summed up."""
        on = at.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
        return on if at < on - DIGEST_CLOSES else on + timedelta(days=1)


def _clock(text: str) -> time:
    return time.fromisoformat(text)
