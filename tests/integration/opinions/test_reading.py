"""Who sees what of an item: the source is protected (2.7, section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from services.opinions.commands import editing, writing
from services.opinions.domain.figures import Grouping
from services.opinions.domain.states import Adoption, Openness, OpinionState, Origin, Urgency
from services.opinions.queries import opinions as reads
from shared.actor import Role
from shared.call import Call
from shared.errors import Forbidden
from tests.integration.opinions.desk import (
    CHAIR,
    COMMITTEE,
    CONVENER,
    EDITED,
    EDITOR,
    GOVERNMENT,
    LU,
    OFFICE,
    OFFICER,
    OTHER_OFFICER,
    OTHER_UNIT_ID,
    PARTY,
    QIAN,
    SECRETARY,
    SHEN,
    SUPERVISING,
    SUPERVISOR,
    SYSTEM,
    TEXT,
    TOWN,
    VISITOR,
    Bureau,
    call,
    member,
)

ADMIN = call(Role.SYSTEM_ADMIN, "account-admin")
OUTSIDE: list[Call] = [OFFICER, SUPERVISING, CHAIR, SECRETARY]


def whole(bureau: Bureau, **changes: Any) -> str:
    opinion = bureau.delivered(
        photos=["file-photo"],
        voice="file-voice",
        reflectors=[{"name": "王某", "note": "139"}],
        **changes,
    )
    bureau.instruct(opinion)
    bureau.refer(opinion)
    bureau.refer(opinion, OTHER_UNIT_ID)
    return bureau.answer(opinion, files=["file-proof"])


@pytest.mark.parametrize("by", OUTSIDE, ids=lambda by: by.actor.role.value)
def test_neither_unit_nor_leader_learns_who_wrote_it(bureau: Bureau, by: Call) -> None:
    row = bureau.seen(by, whole(bureau))
    assert row is not None
    assert QIAN not in str({k: v for k, v in row.items() if k != "id"})
    assert "王某" not in str(row)
    assert TEXT["facts"] not in str(row)
    assert "file-voice" not in str(row)
    assert (row["author_ids"], row["original"], row["organisation_id"]) == ([], None, None)
    assert (row["title"], row["edited"]["facts"]) == (EDITED["title"], EDITED["facts"])


@pytest.mark.parametrize("by", OUTSIDE, ids=lambda by: by.actor.role.value)
def test_whoever_agreed_is_named(bureau: Bureau, by: Call) -> None:
    row = bureau.seen(by, whole(bureau, named=True))
    assert row is not None
    assert (row["author_ids"], row["original"]) == ([QIAN], None)


def test_authors_and_editors_see_both_texts_and_all_that_came_of_it(bureau: Bureau) -> None:
    opinion = whole(bureau)
    for by in (member(QIAN), EDITOR, OFFICE):
        row = bureau.seen(by, opinion)
        assert row is not None
        assert row["original"] == TEXT
        assert {name: row["edited"][name] for name in EDITED} == EDITED
        assert row["author_ids"] == [QIAN]
        assert row["reflectors"] == [{"name": "王某", "note": "139"}]
        assert (row["voice"], row["photos"], row["proofs"]) == (
            "file-voice",
            ["file-photo"],
            ["file-proof"],
        )
        assert [r["unit"] for r in row["referrals"]] == ["unit-slj", "unit-zjj"]
        assert [i["leader"] for i in row["instructions"]] == ["区委书记"]
        assert "account" not in str(row["instructions"])


def test_a_unit_sees_its_own_referral_alone(bureau: Bureau) -> None:
    opinion = whole(bureau)
    row = bureau.seen(OTHER_OFFICER, opinion)
    assert row is not None
    assert [r["unit"] for r in row["referrals"]] == [OTHER_UNIT_ID]
    assert (row["deliveries"], row["above"], row["history"]) == ([], [], [])
    stranger = call(Role.UNIT_OFFICER, "account-hbj", unit="unit-hbj")
    assert bureau.seen(stranger, opinion) is None


def test_an_office_sees_what_came_to_its_side(bureau: Bureau) -> None:
    opinion = bureau.issued()
    assert bureau.seen(SUPERVISING, opinion) is None
    bureau.deliver(opinion)
    assert bureau.seen(SUPERVISING, opinion) is not None
    assert bureau.seen(GOVERNMENT, opinion) is None
    both = call(Role.SUPERVISING_OFFICE, "account-both")
    assert bureau.seen(both, opinion) is not None


def test_a_draft_is_its_authors_alone(bureau: Bureau) -> None:
    opinion = bureau.write()
    for by in (EDITOR, OFFICE, CHAIR, member(LU), SUPERVISING, OFFICER, VISITOR, ADMIN):
        assert bureau.seen(by, opinion) is None
    assert bureau.seen(member(QIAN), opinion) is not None


def test_other_members_read_what_was_opened_to_them_without_its_source(bureau: Bureau) -> None:
    opened, hidden = bureau.issued(openness=Openness.MEMBERS), bureau.issued()
    row = bureau.seen(member(LU), opened)
    assert row is not None
    assert (row["edited"]["facts"], row["author_ids"], row["channel"], row["deliveries"]) == (
        EDITED["facts"],
        [],
        None,
        [],
    )
    assert bureau.seen(member(LU), hidden) is None
    for by in (VISITOR, ADMIN, PARTY, TOWN, COMMITTEE):
        assert bureau.seen(by, opened) is None


def test_whoever_is_used_in_another_sees_what_came_of_that_one(bureau: Bureau) -> None:
    lead, other = bureau.editing(), bureau.submitted(member(LU))
    bureau.do(editing.combine_opinions, EDITOR, lead, others=[other])
    assert bureau.seen(member(LU), lead) is None
    bureau.deliver(bureau.sign(bureau.sent(lead)))
    row = bureau.seen(member(LU), lead)
    assert row is not None
    assert (row["original"], row["author_ids"], row["is_own"]) == (None, [], False)
    assert [d["leaders"] for d in row["deliveries"]] == ["区委书记"]
    own = bureau.seen(member(LU), other)
    assert own is not None
    assert (own["combined_id"], own["state"]) == (lead, "COMBINED")
    editors = bureau.seen(EDITOR, lead)
    assert editors is not None
    assert (editors["author_ids"], editors["combined_count"]) == ([QIAN, LU], 1)


def test_files_that_tell_who_sent_them_are_for_authors_and_editors(bureau: Bureau) -> None:
    opinion = whole(bureau)

    def may(by: Call, file: str) -> bool:
        return reads.may_read_file(by, bureau.desk, file_id=file, subject=opinion)

    for by in (member(QIAN), EDITOR):
        assert may(by, "file-voice")
        assert may(by, "file-photo")
        assert may(by, "file-proof")
    for by in OUTSIDE:
        assert not may(by, "file-voice")
        assert not may(by, "file-photo")
        assert may(by, "file-proof")
    for by in (member(LU), VISITOR, ADMIN):
        assert not may(by, "file-proof")
    assert not may(EDITOR, "file-other")
    held = reads.held_files(SYSTEM, bureau.desk, ids=["file-voice", "file-other"])
    assert held == ["file-voice"]


@pytest.mark.parametrize("by", OUTSIDE, ids=lambda by: by.actor.role.value)
def test_a_readers_pages_go_on(bureau: Bureau, by: Call) -> None:
    wanted = {whole(bureau) for _ in range(3)}
    asked: Any = {"filter": {}, "first": 2}
    page = reads.list_opinions(by, bureau.desk, **asked, after=None)
    rest = reads.list_opinions(by, bureau.desk, **asked, after=page["rows"][-1]["cursor"])
    assert (page["has_next"], rest["has_next"]) == (True, False)
    assert {row["id"] for row in [*page["rows"], *rest["rows"]]} == wanted


def test_lists_are_narrowed_and_tell_nobody_what_is_hidden(bureau: Bureau) -> None:
    urgent = bureau.submitted(urgency=Urgency.URGENT, topic_codes=["WATER"])
    normal = bureau.issued(member(LU), named=True)
    party = bureau.submitted(PARTY)
    assert bureau.listed(EDITOR) == [party, normal, urgent] or len(bureau.listed(EDITOR)) == 3
    assert bureau.listed(EDITOR, urgency=Urgency.URGENT) == [urgent]
    assert bureau.listed(EDITOR, topic_code="WATER") == [urgent]
    assert bureau.listed(EDITOR, channel="PARTY") == [party]
    assert bureau.listed(EDITOR, organisation="org-minjian") == [party]
    assert bureau.listed(EDITOR, origin=Origin.PROPOSAL) == []
    assert len(bureau.listed(EDITOR, year=2017)) == 3
    assert bureau.listed(EDITOR, states=[OpinionState.ISSUED]) == [normal]
    assert bureau.listed(member(QIAN), own=True) == [urgent]
    assert bureau.listed(CHAIR) == [normal]
    assert bureau.listed(CHAIR, channel="MEMBER") == []
    assert bureau.listed(CHAIR, organisation="org-minjian") == []


def test_figures_count_what_came_and_what_became_of_it(bureau: Bureau) -> None:
    first = bureau.delivered(topic_codes=["WATER"])
    bureau.send_up(first)
    bureau.adopt(first)
    bureau.instruct(first)
    bureau.retain(bureau.submitted(PARTY, coauthors=[LU]))
    lead, other = bureau.editing(TOWN), bureau.submitted(member(LU))
    bureau.do(editing.combine_opinions, EDITOR, lead, others=[other])
    bureau.sign(bureau.sent(lead))
    gone = bureau.submitted(member(SHEN))
    bureau.do(writing.withdraw_opinion, member(SHEN), gone, reason="情况已解决")
    bureau.write(member(SHEN))

    def figures(by: Grouping, who: Call = EDITOR) -> dict[str, Any]:
        rows = reads.opinion_figures(who, bureau.desk, year=2017, by=by)
        return {row["key"]: row for row in rows}

    total = figures(Grouping.TOTAL)["TOTAL"]
    counted = ("submitted", "issued_single", "issued_combined", "retained", "adopted_city")
    assert [total[name] for name in counted] == [4, 1, 2, 1, 1]
    assert (total["instructed"], total["edited_in_time_rate"]) == (1, 100.0)
    by_channel = {k: v["submitted"] for k, v in figures(Grouping.CHANNEL).items()}
    assert by_channel == {"MEMBER": 2, "PARTY": 1, "TOWN": 1}
    by_member = {k: v["submitted"] for k, v in figures(Grouping.MEMBER).items()}
    assert by_member == {QIAN: 1, LU: 2}
    by_unit = {k: v["submitted"] for k, v in figures(Grouping.ORGANISATION).items()}
    assert by_unit == {"org-minjian": 1, "town-lili": 1}
    assert figures(Grouping.TOPIC)["WATER"]["submitted"] == 1
    assert set(figures(Grouping.LEVEL)) == {"DISTRICT", "CITY"}
    assert set(figures(Grouping.ORGANISATION, PARTY)) == {"org-minjian"}
    assert figures(Grouping.TOTAL, CONVENER)["TOTAL"]["submitted"] == 0
    for by in (CHAIR, PARTY):
        with pytest.raises(Forbidden):
            figures(Grouping.MEMBER, by)
    late = bureau.submitted()
    bureau.at(9, 10, 10)
    assert figures(Grouping.TOTAL)["TOTAL"]["delivered_in_time_rate"] < 100
    bureau.retain(late)
    assert bureau.answer(bureau.refer(first), adoption=Adoption.ADOPTED) == first


def test_norms_of_members_and_standing_members(bureau: Bureau) -> None:
    for _ in range(2):
        bureau.submitted(member(SHEN))
    bureau.submitted()
    rows = {
        row["member_id"]: (row["standing"], row["target"], row["submitted"], row["met"])
        for row in reads.opinion_norms(EDITOR, bureau.desk, year=2017)
    }
    assert rows == {
        LU: (False, 1, 0, False),
        SHEN: (True, 3, 2, False),
        QIAN: (False, 1, 1, True),
    }
    [own] = reads.opinion_norms(member(QIAN), bureau.desk, year=2017)
    assert own["member_id"] == QIAN


def test_a_supervisor_without_membership_sees_own_items(bureau: Bureau) -> None:
    opinion = bureau.submitted(SUPERVISOR)
    assert bureau.listed(SUPERVISOR) == [opinion]
    assert bureau.listed(call(Role.SUPERVISOR, "account-other")) == []
    assert bureau.told("opinion_submitted")[0]["account"] == "account-supervisor"
