"""Builders of the facts and entries that the tests of the ledger start from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.performance.domain.ledger import SHANGHAI, Entry
from services.performance.domain.members import Group, GroupKind, Member
from services.performance.repository import rule_book
from shared.contracts import sample_event
from shared.messaging.events import Event

BOOK = rule_book()
LU = "m-15-0088"  # 陆晓芸
SHEN = "m-15-0031"  # 沈建国
QIAN = "m-15-0140"  # 钱文娟
MEMBER = Member(LU, (Group(GroupKind.SECTOR, "22"),))
FIRST_DAY = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)


def day(number: int) -> datetime:
    return FIRST_DAY + timedelta(days=number)


def filed(
    proposal: str,
    *,
    kind: str = "INDIVIDUAL",
    first: str | None = LU,
    cosigners: tuple[str, ...] = (),
    occurrence: int = 1,
    on: datetime = FIRST_DAY,
    event_id: str | None = None,
    **changes: Any,
) -> Event:
    return sample_event(
        "proposals",
        "proposal_filed",
        id=event_id or f"filed-{proposal}-{occurrence}",
        subject=proposal,
        proposal_id=proposal,
        proposer_type=kind,
        first_proposer=first,
        cosigners=list(cosigners),
        occurrence_no=occurrence,
        occurred_on=on.isoformat(),
        **changes,
    )


def undone(
    event_type: str,
    proposal: str,
    *,
    occurrence: int = 1,
    on: datetime = FIRST_DAY,
    event_id: str | None = None,
    **changes: Any,
) -> Event:
    """`proposal_withdrawn` or `proposal_filing_revoked`."""
    return sample_event(
        "proposals",
        event_type,
        id=event_id or f"{event_type}-{proposal}-{occurrence}",
        subject=proposal,
        proposal_id=proposal,
        occurrence_no=occurrence,
        occurred_on=on.isoformat(),
        **changes,
    )


def entry(
    rule_code: str,
    number: int = 1,
    *,
    variant: str = "",
    quantity: int = 1,
    out_of: int = 1,
    source_ref: str | None = None,
    occurrence: int = 1,
    member_id: str = LU,
    on: datetime | None = None,
) -> Entry:
    """An entry of any rule; `number` tells the facts of one rule apart and orders them."""
    at = on or day(number)
    source_ref = source_ref or f"fact/{rule_code}/{number}"
    return Entry(
        entry_id=f"{rule_code}:{source_ref}:{member_id}:{occurrence}",
        member_id=member_id,
        term=15,
        year=at.year,
        rule_code=rule_code,
        rule_version=1,
        variant=variant,
        quantity=quantity,
        out_of=out_of,
        source_ref=source_ref,
        occurrence_no=occurrence,
        source_event_id=f"event-{rule_code}-{number}",
        event_type="fact_established",
        occurred_on=at,
        posted_at=at,
        actor={"account": "account-1", "role": "SYSTEM"},
    )
