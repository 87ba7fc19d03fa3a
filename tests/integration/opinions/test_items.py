"""An item from its author to its end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest

from services.opinions.commands import circulating, editing, writing
from services.opinions.domain import errors
from services.opinions.domain.states import (
    Adoption,
    Level,
    Urgency,
)
from shared.errors import Forbidden, StaleVersion, TopicUnfit
from tests.integration.opinions.desk import (
    CHAIR,
    COMMITTEE,
    CONVENER,
    EDITED,
    EDITOR,
    GOVERNMENT,
    GOVERNMENT_OFFICE,
    LU,
    PARTY,
    PARTY_OFFICE,
    QIAN,
    SECRETARY,
    SHEN,
    SUPERVISING,
    SUPERVISOR,
    TEXT,
    TOWN,
    UNIT_ID,
    Bureau,
    member,
    sent,
)


def test_from_a_phone_to_the_result(bureau: Bureau) -> None:
    opinion = bureau.submitted(urgency=Urgency.URGENT, voice="file-voice", facts="")
    [told] = bureau.told("opinion_submitted")
    assert (told["authors"], told["occurrence_no"], told["urgent"]) == ([QIAN], 1, True)
    assert told["edit_due_at"] == "2017-02-06T13:10:00+08:00"
    bureau.at(9, 40)
    bureau.do(editing.start_editing, EDITOR, opinion)
    bureau.at(10, 5)
    bureau.sent(opinion)
    bureau.at(10, 20)
    bureau.sign(opinion)
    [issued] = bureau.told("opinion_issued")
    assert issued["issue_no"] == "社情民意 2017年第1期"
    assert (issued["form"], issued["authors"], issued["occurrence_no"]) == ("SINGLE", [QIAN], 1)
    bureau.at(10, 21)
    bureau.deliver(opinion, PARTY_OFFICE, GOVERNMENT_OFFICE)
    [delivered] = bureau.told("opinion_delivered")
    assert (delivered["to"], delivered["title"]) == (
        [PARTY_OFFICE, GOVERNMENT_OFFICE],
        EDITED["title"],
    )
    bureau.do(circulating.receive_opinion, SUPERVISING, opinion)
    with pytest.raises(errors.Repeated):
        bureau.do(circulating.receive_opinion, SUPERVISING, opinion)
    bureau.do(circulating.receive_opinion, GOVERNMENT, opinion)
    bureau.at(11)
    bureau.instruct(opinion, unit_id=UNIT_ID)
    assert bureau.state(opinion) == "INSTRUCTED"
    [instructed] = bureau.told("opinion_instructed")
    assert (instructed["level"], instructed["unit"]) == ("DISTRICT", UNIT_ID)
    assert instructed["instructed_on"] == "2017-02-06T11:00:00+08:00"
    bureau.send_up(opinion)
    assert bureau.state(opinion) == "INSTRUCTED"  # what is further stays
    bureau.adopt(opinion)
    bureau.refer(opinion)
    assert bureau.state(opinion) == "REFERRED"
    with pytest.raises(errors.ReferralOpen):
        bureau.close(opinion)
    with pytest.raises(errors.ReasonMissing):
        bureau.answer(opinion, adoption=Adoption.NOT_ADOPTED)
    bureau.answer(opinion)
    assert bureau.state(opinion) == "RESULT_GIVEN"
    [result] = bureau.told("opinion_result_given")
    assert (result["unit"], result["adoption"], result["complete"]) == (UNIT_ID, "ADOPTED", True)
    bureau.close(opinion)
    [closed] = bureau.told("opinion_closed")
    assert (closed["end"], closed["occurrence_no"]) == ("RESULT_GIVEN", 1)
    record = bureau.record(opinion)
    assert [step["state"] for step in record.history] == [
        "SUBMITTED",
        "EDITING",
        "ISSUED",
        "DELIVERED",
        "INSTRUCTED",
        "REFERRED",
        "RESULT_GIVEN",
        "CLOSED",
    ]
    assert [c.kept(bureau.clock.at) for c in record.clocks] == [True] * 6
    # The city says that it was another item: after the end, too.
    said = {"level": Level.CITY, "reason": "市政协来函更正"}
    bureau.do(circulating.revoke_adoption, EDITOR, opinion, **said)
    [revoked] = bureau.told("opinion_adoption_revoked")
    assert (revoked["level"], revoked["occurrence_no"]) == ("CITY", 1)
    bureau.adopt(opinion)
    assert bureau.told("opinion_adopted")[-1]["occurrence_no"] == 2
    assert bureau.state(opinion) == "CLOSED"


def test_each_channel_reports_and_owns_what_it_reports(bureau: Bureau) -> None:
    for by, channel, organisation, authors in (
        (member(LU), "MEMBER", None, (LU,)),
        (COMMITTEE, "COMMITTEE", "com-urban", ()),
        (TOWN, "TOWN", "town-lili", (LU,)),
        (CONVENER, "SECTOR", "group-2", (SHEN,)),
        (PARTY, "PARTY", "org-minjian", ()),
        (SUPERVISOR, "SUPERVISOR", None, ()),
    ):
        named = [LU] if by is TOWN else []
        opinion = bureau.submitted(by, coauthors=named)
        record = bureau.record(opinion)
        assert (record.channel, record.organisation) == (channel, organisation)
        assert record.authors == authors
        row = bureau.seen(by, opinion)
        assert row is not None
        assert row["original"]["facts"] == TEXT["facts"]
        assert bureau.listed(by, own=True) == [opinion] if by is not TOWN else True
    assert len(bureau.told("opinion_submitted")) == 6


def test_the_short_form_has_its_bounds(bureau: Bureau) -> None:
    with pytest.raises(errors.TooLong) as refused:
        bureau.write(facts="水" * 700, suggestion="查" * 101)
    assert refused.value.details == {"limit": 800, "length": 801}
    bureau.write(facts="水" * 700, suggestion="查" * 100)
    opinion = bureau.write(facts="")
    with pytest.raises(errors.Incomplete):
        bureau.do(writing.submit_opinion, member(QIAN), opinion, declared=True)
    bureau.write(opinion_id=opinion, suggestion="")
    with pytest.raises(errors.Incomplete):
        bureau.do(writing.submit_opinion, member(QIAN), opinion, declared=True)
    bureau.write(opinion_id=opinion)
    with pytest.raises(errors.NotDeclared):
        bureau.do(writing.submit_opinion, member(QIAN), opinion, declared=False)
    with pytest.raises(errors.Unfit):
        bureau.write(coauthors=["m-15-9999"])
    bureau.appoint("m-15-0200")
    with pytest.raises(errors.Unfit):
        bureau.write(coauthors=[LU, SHEN, "m-15-0200"])
    with pytest.raises(TopicUnfit):
        bureau.write(topic_codes=["NOTHING"])
    with pytest.raises(StaleVersion):
        bureau.write(opinion_id=opinion, expected_version=1)
    with pytest.raises(errors.OpinionNotFound):
        bureau.write(member(LU), opinion_id=opinion)


def test_a_command_sent_twice_is_carried_out_once(bureau: Bureau) -> None:
    opinion = bureau.sent(bureau.editing())
    by = sent(SECRETARY, "one-and-the-same")
    for _ in range(2):
        said: Any = {"opinion_id": opinion, "signer": "李建平"}
        assert editing.sign_opinion(by, bureau.desk, **said) == opinion
    assert len(bureau.told("opinion_issued")) == 1


def test_numbers_have_no_gap_when_two_sign_at_once(bureau: Bureau) -> None:
    waiting = [bureau.sent(bureau.editing()) for _ in range(6)]
    broken: list[Exception] = []

    def press(opinion: str) -> None:
        try:
            bureau.sign(opinion, CHAIR if int(opinion[-1], 16) % 2 else SECRETARY)
        except Exception as error:
            broken.append(error)

    threads = [Thread(target=press, args=(opinion,)) for opinion in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    numbers = sorted(bureau.record(o).issue.no for o in waiting)  # type: ignore[union-attr]
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_an_issue_is_taken_back_and_keeps_its_number(bureau: Bureau) -> None:
    opinion = bureau.issued()
    said = {"reason": "地名有误"}
    bureau.do(editing.revoke_issue, SECRETARY, opinion, **said)
    [revoked] = bureau.told("opinion_issue_revoked")
    assert (revoked["occurrence_no"], revoked["form"]) == (1, "SINGLE")
    assert bureau.state(opinion) == "EDITING"
    other = bureau.issued()
    bureau.sent(opinion)
    bureau.sign(opinion)
    assert bureau.told("opinion_issued")[-1]["occurrence_no"] in (1, 2)
    assert [i["issue_no"] for i in bureau.told("opinion_issued") if i["opinion_id"] == opinion] == [
        "社情民意 2017年第1期"
    ] * 2
    assert bureau.record(other).issue.no == 2  # type: ignore[union-attr]
    bureau.deliver(opinion)
    with pytest.raises(errors.WrongState):
        bureau.do(editing.revoke_issue, SECRETARY, opinion, **said)


def test_nobody_signs_an_item_of_ones_own(bureau: Bureau) -> None:
    bureau.appoint("m-15-0002")
    opinion = bureau.sent(bureau.editing(CHAIR))
    with pytest.raises(errors.SignerIsAuthor):
        bureau.sign(opinion, CHAIR)
    bureau.sign(opinion)


def test_the_signer_sends_it_back_to_the_editor(bureau: Bureau) -> None:
    opinion = bureau.editing()
    with pytest.raises(errors.NotEdited):
        bureau.do(editing.send_for_signature, EDITOR, opinion)
    bureau.sent(opinion)
    with pytest.raises(errors.NotEdited):
        bureau.edit(opinion)
    bureau.do(editing.return_edition, CHAIR, opinion, reason="请核实水厂名称")
    with pytest.raises(errors.NotEdited):
        bureau.sign(opinion)
    bureau.sent(opinion)
    assert bureau.state(bureau.sign(opinion)) == "ISSUED"


def test_returned_revised_and_submitted_again_is_credited_once(bureau: Bureau) -> None:
    opinion = bureau.submitted()
    bureau.do(editing.return_opinion, EDITOR, opinion, reason="请写明地点")
    [returned] = bureau.told("opinion_returned")
    assert (returned["reason"], returned["resubmit_by"][:10]) == ("请写明地点", "2017-02-20")
    bureau.write(opinion_id=opinion, facts="庙港取水口")
    with pytest.raises(errors.Unfit):
        bureau.write(opinion_id=opinion, coauthors=[LU])
    bureau.do(writing.submit_opinion, member(QIAN), opinion, declared=True)
    assert [e["occurrence_no"] for e in bureau.told("opinion_submitted")] == [1, 1]


def test_retained_with_a_reason_and_used_later(bureau: Bureau) -> None:
    opinion = bureau.retain(bureau.submitted())
    [retained] = bureau.told("opinion_retained")
    assert (retained["reason"], retained["retention"]) == ("情况已掌握", "KNOWN")
    assert retained["authors"] == [QIAN]
    row = bureau.seen(member(QIAN), opinion)
    assert row is not None
    assert (row["state"], row["reason"]) == ("RETAINED", "情况已掌握")
    bureau.do(editing.start_editing, EDITOR, opinion)
    assert bureau.state(bureau.sign(bureau.sent(opinion))) == "ISSUED"


def test_taken_back_by_its_author_until_it_is_issued(bureau: Bureau) -> None:
    draft = bureau.write()
    bureau.do(writing.discard_opinion, member(QIAN), draft)
    assert bureau.told("opinion_withdrawn") == []
    assert len(bureau.told("opinion_discarded")) == 1
    opinion = bureau.sent(bureau.editing())
    with pytest.raises(Forbidden):
        bureau.do(writing.withdraw_opinion, CHAIR, opinion, reason="重复")
    bureau.do(writing.withdraw_opinion, member(QIAN), opinion, reason="情况已解决")
    [withdrawn] = bureau.told("opinion_withdrawn")
    assert (withdrawn["authors"], withdrawn["occurrence_no"]) == ([QIAN], 1)
    with pytest.raises(errors.WrongState):
        bureau.do(writing.withdraw_opinion, member(QIAN), bureau.issued(), reason="重复")


def test_of_several_authors_the_first_changes_it_and_takes_it_back(bureau: Bureau) -> None:
    opinion = bureau.write(coauthors=[LU])
    for act in (
        lambda: bureau.write(member(LU), opinion_id=opinion),
        lambda: bureau.do(writing.submit_opinion, member(LU), opinion, declared=True),
        lambda: bureau.do(writing.discard_opinion, member(LU), opinion),
    ):
        with pytest.raises(Forbidden):
            act()
    bureau.do(writing.submit_opinion, member(QIAN), opinion, declared=True)
    with pytest.raises(Forbidden):
        bureau.do(writing.withdraw_opinion, member(LU), opinion, reason="重复")
    assert bureau.told("opinion_submitted")[0]["authors"] == [QIAN, LU]
    assert bureau.listed(member(LU)) == [opinion]
    theirs = bureau.submitted(TOWN, coauthors=[LU])
    with pytest.raises(Forbidden):
        bureau.do(writing.withdraw_opinion, member(LU), theirs, reason="重复")


def test_several_in_one_issue_with_all_authors_credited(bureau: Bureau) -> None:
    lead, second = bureau.editing(), bureau.submitted(member(LU), named=True)
    third, fourth = bureau.submitted(TOWN), bureau.submitted(member(SHEN))
    said = {"others": [second, third, fourth]}
    bureau.do(editing.combine_opinions, EDITOR, lead, **said)
    assert {bureau.state(o) for o in (second, third, fourth)} == {"COMBINED"}
    assert {e["into"] for e in bureau.told("opinion_combined")} == {lead}
    with pytest.raises(errors.Unfit):
        bureau.do(editing.combine_opinions, EDITOR, lead, others=[lead])
    bureau.do(editing.separate_opinion, EDITOR, fourth)
    assert bureau.state(fourth) == "EDITING"
    bureau.sign(bureau.sent(lead))
    issued = {e["opinion_id"]: e for e in bureau.told("opinion_issued")}
    assert {id: (e["form"], e["authors"]) for id, e in issued.items()} == {
        lead: ("COMBINED", [QIAN]),
        second: ("COMBINED", [LU]),
        third: ("COMBINED", []),
    }
    assert issued[third]["organisations"] == ["town-lili"]
    bureau.deliver(lead)
    [delivered] = bureau.told("opinion_delivered")
    assert (delivered["authors"], delivered["organisations"]) == ([QIAN, LU], ["town-lili"])
    bureau.instruct(lead)
    assert bureau.told("opinion_instructed")[0]["authors"] == [QIAN, LU]
    for opinion in (lead, second, third):  # delivered in time, all of them
        kept = {c.about.value: c.kept(bureau.clock.at) for c in bureau.record(opinion).clocks}
        assert kept["DELIVER"] is True
    with pytest.raises(errors.WrongState):
        bureau.do(writing.withdraw_opinion, member(LU), second, reason="重复")


def test_what_is_used_in_another_is_free_when_that_one_ends(bureau: Bureau) -> None:
    again: dict[str, Callable[[str], str]] = {
        "opinion_withdrawn": lambda o: bureau.do(
            writing.withdraw_opinion, member(QIAN), o, reason="重复"
        ),
        "opinion_returned": lambda o: bureau.do(editing.return_opinion, EDITOR, o, reason="请补充"),
        "opinion_retained": bureau.retain,
    }
    for fact, end in again.items():
        lead, other = bureau.editing(), bureau.submitted(member(LU))
        bureau.do(editing.combine_opinions, EDITOR, lead, others=[other])
        end(lead)
        assert bureau.told(fact)[-1]["authors"] == [QIAN]  # the other is told apart
        assert bureau.state(other) == "EDITING"
        assert bureau.record(lead).followers == []
    lead, other = bureau.editing(), bureau.submitted(member(LU))
    bureau.do(editing.combine_opinions, EDITOR, lead, others=[other])
    bureau.do(writing.withdraw_opinion, member(LU), other, reason="重复")
    assert bureau.record(lead).followers == []
    bureau.sign(bureau.sent(lead))
    assert bureau.told("opinion_issued")[-1]["form"] == "SINGLE"


def test_a_combined_issue_is_taken_back_for_all(bureau: Bureau) -> None:
    lead, other = bureau.editing(), bureau.submitted(member(LU))
    bureau.do(editing.combine_opinions, EDITOR, lead, others=[other])
    bureau.sign(bureau.sent(lead))
    bureau.do(editing.revoke_issue, SECRETARY, lead, reason="内容有误")
    revoked = {e["opinion_id"]: e["authors"] for e in bureau.told("opinion_issue_revoked")}
    assert revoked == {lead: [QIAN], other: [LU]}
