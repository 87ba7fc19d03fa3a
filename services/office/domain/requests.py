"""What the service that planned a meeting asks for beside the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Requests:
    """invited: keys of those asked to come; withdrawn: of those who are not any more, for good.

    called_off: why it does not take place; came: who was there, where that was entered by the
    service, and by whom; held_on: when it took place, as was entered with them.
    """

    invited: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    called_off: str | None = None
    came: tuple[str, ...] | None = None
    entered_by: str | None = None
    held_on: datetime | None = None
