"""The year: draft, appeal, freeze, what comes after it; years pass in seconds here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from services.performance.commands.appeals import decide_appeal, submit_appeal, withdraw_appeal
from services.performance.commands.manual import decide_request
from services.performance.commands.years import (
    decide_late_change,
    freeze_year,
    publish_draft,
    turn_years,
)
from services.performance.domain import errors
from services.performance.domain.ledger import SHANGHAI
from services.performance.domain.years import digest_of
from services.performance.queries.points import frozen_scores
from services.performance.verify import check_year
from shared import keys
from shared.actor import Role, TokenSigner, TokenVerifier
from shared.contracts import sample_event
from shared.errors import Forbidden
from tests.integration.performance.desk import (
    CHAIR,
    FIRST,
    MEMBER,
    SECOND,
    SECRETARY,
    STRANGER,
    SYSTEM,
    Office,
    call,
)
from tests.unit.performance.facts import LU, QIAN, SHEN, day, filed, undone

B1 = f"B1:proposal/p1/filed:{LU}:1"
B2 = f"B2:proposal/p2/filed:{LU}:1"


@pytest.fixture
def office(database, tmp_path) -> Office:
    office = Office(database, tmp_path)
    office.hear(filed("p1"), filed("p2", kind="JOINT", cosigners=(SHEN,), on=day(1)))
    return office


@pytest.fixture
def draft(office) -> Office:
    office.move(2018, 1, 22)
    turn_years(SYSTEM, office.desk)
    return office


@pytest.fixture
def frozen(draft) -> Office:
    draft.move(2018, 2, 1)
    turn_years(SYSTEM, draft.desk)
    return draft


def appeal(office: Office, **changes: Any) -> str:
    given = {"year": 2017, "text": "联名提案应计8分", "entry_ids": [], **changes}
    return submit_appeal(MEMBER, office.desk, **given)


def answer(office: Office, appeal_id: str, **changes: Any) -> str:
    given = {"upheld": True, "reason": "经核实", "credits": [], "strikes": [], **changes}
    return decide_appeal(FIRST, office.desk, appeal_id=appeal_id, **given)


def state(office: Office, year: int = 2017) -> str | None:
    found = office.desk.years.of(year)
    return found.state.value if found else None


def problems(office: Office, year: int = 2017) -> list[str]:
    desk = office.desk
    verifier = TokenVerifier(office.keys_dir / "jwks.json")
    found = desk.years.of(year)
    assert found is not None
    return check_year(found, desk.snapshots.revisions(year), verifier)


def test_a_year_turns_by_itself(office):
    for at, expected in (
        ((2017, 12, 31, 23, 59), None),
        ((2018, 1, 21, 23, 59), None),
        ((2018, 1, 22), "DRAFT"),
        ((2018, 1, 31, 23, 59), "DRAFT"),
        ((2018, 2, 1), "FROZEN"),
        ((2023, 6, 1), "FROZEN"),
    ):
        office.move(*at)
        turn_years(SYSTEM, office.desk)
        turn_years(SYSTEM, office.desk)
        assert state(office) == expected, at
    assert office.told("performance_draft_published") == [
        {
            "occurred_on": "2018-01-22T00:00:00+08:00",
            "year": 2017,
            "appeal_until": "2018-02-01T00:00:00+08:00",
        }
    ]
    [told] = office.told("performance_year_frozen")
    assert (told["year"], told["members"]) == (2017, 3)
    assert office.desk.years.all()[0].year == 2017
    assert len(office.desk.years.all()) == 1


def test_a_draft_comes_after_the_year_and_once(office):
    with pytest.raises(errors.YearNotOver):
        publish_draft(FIRST, office.desk, year=2017)
    office.move(2018, 1, 5)
    publish_draft(FIRST, office.desk, year=2017)
    with pytest.raises(errors.YearStateUnfit):
        publish_draft(FIRST, office.desk, year=2017)


def test_the_last_day_of_a_draft_published_by_hand_is_whole(office):
    office.move(2018, 1, 22, 15)
    publish_draft(FIRST, office.desk, year=2017)
    office.move(2018, 2, 1, 23, 59)
    appeal(office)
    office.move(2018, 2, 2)
    with pytest.raises(errors.AppealClosed):
        appeal(office, text="又一项")


def test_after_an_outage_the_time_for_appeals_is_whole(office):
    office.move(2018, 3, 1)
    turn_years(SYSTEM, office.desk)
    assert state(office) == "DRAFT"
    office.move(2018, 3, 10, 23, 59)
    turn_years(SYSTEM, office.desk)
    assert state(office) == "DRAFT"
    office.move(2018, 3, 11)
    turn_years(SYSTEM, office.desk)
    assert state(office) == "FROZEN"


def test_an_appeal_is_answered_by_someone_else_and_corrected_by_two(draft):
    credit = {
        "rule_code": "E1",
        "variant": "",
        "quantity": 1,
        "out_of": 1,
        "happened_on": datetime(2017, 4, 1, tzinfo=SHANGHAI),
    }
    id = appeal(draft, entry_ids=[B2])
    with pytest.raises(errors.SamePerson):  # who recorded the filing
        recorder = call(Role.OFFICE, "account-1")
        decide_appeal(
            recorder, draft.desk, appeal_id=id, upheld=True, reason="r", credits=[], strikes=[]
        )
    answer(draft, id, credits=[credit], strikes=[B2])
    assert draft.desk.appeals.row(id)["state"] == "UPHELD"
    requests = draft.desk.manual.find({"appeal_id": id}, [("kind", 1)])
    assert [(r.kind, r.state.value) for r in requests] == [
        ("POST", "REQUESTED"),
        ("STRIKE", "REQUESTED"),
    ]
    for request in requests:
        with pytest.raises(errors.SamePerson):
            decide_request(FIRST, draft.desk, request_id=request.id, confirmed=True, reason=None)
        decide_request(SECOND, draft.desk, request_id=request.id, confirmed=True, reason=None)
    draft.hear_own()
    assert draft.total() == 11  # 10 + 1, without the 8


def test_the_freeze_waits_for_appeals_and_their_corrections(draft):
    id = appeal(draft)
    draft.move(2018, 2, 10)
    turn_years(SYSTEM, draft.desk)
    assert state(draft) == "DRAFT"
    with pytest.raises(errors.AppealsOpen):
        freeze_year(FIRST, draft.desk, year=2017)
    answer(draft, id, strikes=[B2])
    turn_years(SYSTEM, draft.desk)
    assert state(draft) == "DRAFT"
    [request] = draft.desk.manual.find({}, [("_id", 1)])
    decide_request(SECOND, draft.desk, request_id=request.id, confirmed=True, reason=None)
    draft.hear_own()
    turn_years(SYSTEM, draft.desk)
    assert (state(draft), draft.total()) == ("FROZEN", 10)


def test_an_appeal_is_for_ones_own_points_of_that_year_and_in_time(draft):
    with pytest.raises(errors.EntryNotFound):
        appeal(draft, entry_ids=[f"B3:proposal/p2/filed:{SHEN}:1"])
    with pytest.raises(errors.AppealClosed):
        appeal(draft, year=2016)
    with pytest.raises(Forbidden):
        submit_appeal(FIRST, draft.desk, year=2017, text="t", entry_ids=[])
    draft.move(2018, 2, 1)
    with pytest.raises(errors.AppealClosed):
        appeal(draft)


def test_withdrawing_and_deciding_twice(draft):
    id = appeal(draft)
    with pytest.raises(errors.AppealNotFound):
        withdraw_appeal(call(Role.MEMBER, "account-shen", SHEN), draft.desk, appeal_id=id)
    withdraw_appeal(MEMBER, draft.desk, appeal_id=id)
    with pytest.raises(errors.AlreadyDecided):
        answer(draft, id)
    with pytest.raises(errors.AppealNotFound):
        answer(draft, "no-such-appeal")


def test_an_answer_corrects_nobody_elses_year(draft):
    id = appeal(draft)
    with pytest.raises(errors.EntryNotFound):
        answer(draft, id, strikes=[f"B3:proposal/p2/filed:{SHEN}:1"])
    assert draft.desk.appeals.row(id)["state"] == "SUBMITTED"
    assert draft.desk.manual.count({}) == 0


def test_the_snapshot_can_be_checked(frozen):
    year = frozen.desk.years.of(2017)
    snapshots = frozen.desk.snapshots.revisions(2017)
    assert [(s.member_id, s.sheet["total"]) for s in snapshots] == [
        (SHEN, "2.0"),
        (LU, "18.0"),
        (QIAN, "0"),
    ]
    assert year.digest == digest_of({s.member_id: s.digest for s in snapshots})
    assert problems(frozen) == []


def test_a_changed_snapshot_is_found_out(frozen, database):
    snapshots = database.collection("snapshots")
    snapshots.update_one({"member_id": LU}, {"$set": {"sheet.total": "99"}})
    assert problems(frozen) == [f"2017:{LU}:0: the content does not match its digest"]
    [forged] = [s for s in frozen.desk.snapshots.revisions(2017) if s.member_id == LU]
    digest = replace(forged, digest="").computed_digest()
    snapshots.update_one({"member_id": LU}, {"$set": {"digest": digest}})
    assert problems(frozen) == ["2017: the members' digests do not make the year's digest"]
    snapshots.delete_one({"member_id": QIAN})
    assert "2017: 2 snapshots, but 3 members were frozen" in problems(frozen)


def test_a_forged_signature_is_found_out(frozen, database):
    database.collection("years").update_one({}, {"$set": {"digest": "0" * 64}})
    assert problems(frozen) == [
        "2017: the members' digests do not make the year's digest",
        "2017: the signature is of another digest",
    ]
    database.collection("years").update_one({}, {"$set": {"signature": "x.y.z"}})
    assert "2017: the signature is not valid" in problems(frozen)


def test_a_signature_outlives_the_rotation_of_keys(frozen):
    for _ in range(3):
        keys.ensure(frozen.keys_dir, ["performance"], rotate="performance")
    assert problems(frozen) == []


def test_another_services_key_signs_nothing_here(frozen, database):
    keys.ensure(frozen.keys_dir, ["proposals"])
    other = TokenSigner.load(frozen.keys_dir, "proposals")
    year = frozen.desk.years.of(2017)
    forged = other.sign_statement({"year": 2017, "digest": year.digest})
    database.collection("years").update_one({}, {"$set": {"signature": forged}})
    assert problems(frozen) == ["2017: the signature is not valid"]


def test_what_comes_after_the_freeze_counts_only_when_approved(frozen):
    signature = frozen.desk.years.of(2017).signature
    frozen.hear(undone("proposal_filing_revoked", "p1", on=day(20)), filed("p3", on=day(30)))
    assert frozen.total() == 18
    turn_years(SYSTEM, frozen.desk)
    turn_years(SYSTEM, frozen.desk)
    late = sorted(row["entry_id"] for row in frozen.told("performance_late_change_listed"))
    b3 = f"B1:proposal/p3/filed:{LU}:1"
    assert late == sorted([f"{B1}:undo", b3])
    decide_late_change(
        CHAIR, frozen.desk, entry_id=f"{B1}:undo", approved=True, reason="撤销立案属实"
    )
    assert frozen.total() == 8
    decide_late_change(CHAIR, frozen.desk, entry_id=b3, approved=False, reason="材料迟报")
    turn_years(SYSTEM, frozen.desk)
    assert frozen.total() == 8
    with pytest.raises(errors.AlreadyDecided):
        decide_late_change(CHAIR, frozen.desk, entry_id=b3, approved=True, reason="r")
    year = frozen.desk.years.of(2017)
    assert year.signature == signature
    assert [a["snapshot"] for a in year.amendments] == [f"2017:{LU}:1"]
    first = [s for s in frozen.desk.snapshots.revisions(2017) if s.id == f"2017:{LU}:0"]
    assert first[0].sheet["total"] == "18.0"
    assert problems(frozen) == []
    asked: dict[str, Any] = {"member_id": LU, "year": 2017}
    signed, amended = frozen_scores(MEMBER, frozen.desk.reading, **asked)
    assert [(s["revision"], s["total"]) for s in (signed, amended)] == [(0, 18.0), (1, 8.0)]
    [lines] = [c["lines"] for c in signed["categories"] if c["code"] == "B"]
    assert {"entry_id": B1, "points": 10.0} in lines
    assert signed["digest"] == first[0].digest
    with pytest.raises(Forbidden):
        frozen_scores(STRANGER, frozen.desk.reading, **asked)
    assert frozen_scores(MEMBER, frozen.desk.reading, **{**asked, "year": 2018}) == []


def test_a_deduction_found_after_the_freeze_is_a_late_change_of_the_filings_year(frozen):
    said = {
        "proposal_id": "p1",
        "first_proposer": LU,
        "proposer_type": "INDIVIDUAL",
        "cosigners": [],
        "filed_on": day(0).isoformat(),
        "occurred_on": "2018-03-01T09:00:00+08:00",
    }
    frozen.hear(sample_event("proposals", "proposal_plagiarism_confirmed", **said))
    frozen.move(2018, 3, 2)
    assert (frozen.total(), frozen.total(year=2018)) == (18, 0)
    turn_years(SYSTEM, frozen.desk)
    listed = {row["entry_id"] for row in frozen.told("performance_late_change_listed")}
    deduction = f"G4:proposal/p1/plagiarism:{LU}:1"
    assert listed == {deduction, f"{B1}:undo"}
    decide_late_change(SECRETARY, frozen.desk, entry_id=deduction, approved=True, reason="属实")
    assert frozen.total() == 8


def test_a_changed_amendment_is_found_out(frozen, database):
    frozen.hear(undone("proposal_filing_revoked", "p1", on=day(20)))
    turn_years(SYSTEM, frozen.desk)
    decide_late_change(CHAIR, frozen.desk, entry_id=f"{B1}:undo", approved=True, reason="r")
    database.collection("snapshots").update_one(
        {"_id": f"2017:{LU}:1"}, {"$set": {"sheet.total": "99"}}
    )
    assert problems(frozen) == [f"2017:{LU}:1: the content does not match its digest"]


def test_a_frozen_year_is_read_as_it_was(frozen, database):
    """A member who is no longer scored was so then."""
    database.collection("members").update_many({}, {"$set": {"not_scored": True}})
    reading = frozen.desk.reading
    [sheet] = reading.sheets(reading.members_of([LU]), 2017)
    assert (float(sheet.total), sheet.not_scored) == (18, False)
    assert {member.member_id for member in reading.compared_in(2017)} == {LU, SHEN, QIAN}


def test_a_replay_leaves_what_people_decided(frozen, database):
    before = frozen.total()
    database.collection("ledger").delete_many({})
    frozen.hear(filed("p2", kind="JOINT", cosigners=(SHEN,), on=day(1)), filed("p1"))
    turn_years(SYSTEM, frozen.desk)
    assert frozen.total() == before
    assert frozen.desk.late_changes.count({}) == 0


def test_two_at_the_freeze_make_one(draft):
    draft.move(2018, 2, 1)
    freeze_year(FIRST, draft.desk, year=2017)
    with pytest.raises(errors.YearStateUnfit):
        freeze_year(SECOND, draft.desk, year=2017)
    assert len(draft.desk.snapshots.revisions(2017)) == 3


@pytest.mark.parametrize("by", [FIRST, MEMBER, call(Role.STANDING_MEMBER)])
def test_the_council_alone_decides_on_late_changes(frozen, by):
    with pytest.raises(Forbidden):
        decide_late_change(by, frozen.desk, entry_id="e", approved=True, reason="r")


@pytest.mark.parametrize("by", [MEMBER, CHAIR, call(Role.INFO_EDITOR)])
def test_others_may_not_turn_the_year(office, by):
    for use_case in (publish_draft, freeze_year):
        with pytest.raises(Forbidden):
            use_case(by, office.desk, year=2017)


def test_a_year_without_a_draft_is_not_frozen(office):
    with pytest.raises(errors.YearNotFound):
        freeze_year(FIRST, office.desk, year=2017)
    with pytest.raises(errors.LateChangeNotFound):
        decide_late_change(CHAIR, office.desk, entry_id="e", approved=True, reason="r")
