"""What other services turn over becomes one draft, and the answer goes back (AC-05, AC-24)."""

from __future__ import annotations

from typing import Any

import pytest

from services.opinions import reactions
from services.opinions.commands import writing
from services.opinions.domain import errors
from services.opinions.queries import opinions as reads
from shared.contracts import sample_event
from shared.ids import new_id
from shared.persistence.database import replay_target
from tests.integration.opinions.desk import EDITOR, LU, PARTY, QIAN, TOWN, Bureau, member, refused

WORDS = {"situation": "诚信档案不全。", "suggestions": ["建立档案", "公开查询"]}


def test_a_refusal_makes_one_draft_however_often_it_comes(bureau: Bureau) -> None:
    for id in ("event-1", "event-1", "event-2"):
        event = refused(id=id, first_proposer=LU, proposer_type="INDIVIDUAL", text=WORDS)
        reactions.take_refusal(event, bureau.desk)
    [opinion] = bureau.listed(member(LU))
    row = bureau.seen(member(LU), opinion)
    assert row is not None
    assert (row["origin"], row["origin_ref"], row["state"]) == ("PROPOSAL", "proposal-1", "DRAFT")
    assert row["original"]["facts"] == "诚信档案不全。"
    assert row["original"]["suggestion"] == "1. 建立档案\n2. 公开查询"
    [told] = bureau.told("opinion_drafted")
    assert told["origin"] == {"kind": "PROPOSAL", "ref": "proposal-1"}
    [made] = reads.opinions_of_origins(member(LU), bureau.desk, refs=["proposal-1", "x"])
    assert made["made_of"] == "proposal-1"
    assert reads.opinions_of_origins(EDITOR, bureau.desk, refs=["proposal-1"]) == []
    bureau.do(writing.submit_opinion, member(LU), opinion, declared=True)
    assert bureau.told("opinion_submitted")[0]["origin"]["ref"] == "proposal-1"
    assert len(reads.opinions_of_origins(EDITOR, bureau.desk, refs=["proposal-1"])) == 1


@pytest.mark.parametrize("disposition", ["TO_REFERENCE", "TO_LETTER"])
def test_other_dispositions_make_none(bureau: Bureau, disposition: str) -> None:
    reactions.take_refusal(refused(disposition=disposition), bureau.desk)
    assert bureau.desk.opinions.count({}) == 0


def test_a_collective_proposal_becomes_its_organisations_draft(bureau: Bureau) -> None:
    said: dict[str, Any] = {"proposer_type": "PARTY", "first_proposer": None}
    reactions.take_refusal(refused(organisation="org-minjian", **said), bureau.desk)
    [opinion] = bureau.listed(PARTY)
    assert bureau.record(opinion).channel == "PARTY"
    # Older facts say nothing of the text.
    assert bureau.record(opinion).text.title == "关于加强老旧住宅小区二次供水的建议"


def test_too_long_a_text_is_shortened_before_it_is_submitted(bureau: Bureau) -> None:
    words = {"situation": "水" * 900, "suggestions": []}
    event = refused(first_proposer=LU, proposer_type="INDIVIDUAL", text=words)
    reactions.take_refusal(event, bureau.desk)
    [opinion] = bureau.listed(member(LU))
    bureau.write(member(LU), opinion_id=opinion)
    bureau.do(writing.submit_opinion, member(LU), opinion, declared=True)
    other = refused(
        "proposal-2",
        first_proposer=LU,
        proposer_type="INDIVIDUAL",
        text={"situation": "水" * 799, "suggestions": ["查"]},
    )
    reactions.take_refusal(other, bureau.desk)
    [draft] = [o for o in bureau.listed(member(LU)) if o != opinion]
    with pytest.raises(errors.TooLong):
        bureau.do(writing.submit_opinion, member(LU), draft, declared=True)


@pytest.mark.parametrize("event_type", reactions.FORWARDED)
def test_what_is_forwarded_to_opinions_becomes_a_draft_of_who_forwarded_it(
    bureau: Bureau, event_type: str
) -> None:
    origin = "CONTACT" if event_type == "contact_issue_converted" else "RECEPTION"
    for lead, by in (("lead-1", QIAN), ("lead-2", None)):
        event = sample_event(
            "liaison",
            event_type,
            id=new_id(),
            lead_id=lead,
            by=by,
            to="OPINION",
            origin=origin,
            town="town-lili",
        )
        for _ in range(2):
            reactions.take_forwarded(event, bureau.desk)
    [hers] = bureau.listed(member(QIAN))
    [theirs] = bureau.listed(TOWN)
    assert (bureau.record(hers).origin, bureau.record(hers).origin_ref) == (origin, "lead-1")
    assert bureau.record(theirs).channel == "TOWN"
    assert bureau.record(hers).text.facts.startswith("居民反映")
    elsewhere = sample_event("liaison", event_type, lead_id="lead-3", to="AFFAIR", by=QIAN)
    reactions.take_forwarded(elsewhere, bureau.desk)
    assert bureau.desk.opinions.count({}) == 2


def test_on_replay_nothing_is_made(bureau: Bureau) -> None:
    token = replay_target.set("replay-1")
    try:
        reactions.take_refusal(refused(), bureau.desk)
    finally:
        replay_target.reset(token)
    assert bureau.desk.opinions.count({}) == 0
