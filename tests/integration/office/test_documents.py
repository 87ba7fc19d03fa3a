"""Outgoing documents on a real database: numbers, requests, receipts, who sees what (AC-18)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from services.office.commands import outgoing
from services.office.domain import document_errors as errors
from services.office.domain.document_kinds import Kind
from services.office.queries import papers as reads
from shared.actor import Role
from shared.call import Call
from shared.contracts import sample_event
from shared.errors import Forbidden
from tests.integration.office.desk import (
    CHAIR,
    CHIEF,
    CLERK,
    CLERK_TWO,
    ECONOMY,
    LU,
    TOWN,
    UNIT,
    VISITOR,
    Office,
    Row,
    call,
    member,
    sent,
)
from tests.integration.office.papers import (
    WORDING,
    at_once,
    do,
    draft,
    hear,
    issue,
    know_organisations,
    number_of,
    outgoing_row,
    sign,
)

SUPERVISION = call(Role.SUPERVISING_OFFICE, "account-supervision")
PARTY_SIDE = call(Role.SUPERVISING_OFFICE, "account-party-office", side="PARTY")
URBAN = call(Role.COMMITTEE_STAFF, "account-urban", committee="com-urban")


@pytest.fixture(autouse=True)
def directory(office: Office) -> None:
    know_organisations(office)


def motion(motion_id: str, **changes: Any) -> Any:
    return sample_event("consultations", "motion_adopted", motion_id=motion_id, **changes)


def test_ac_18_two_motions_numbered_at_once_get_1_and_2(office: Office) -> None:
    hear(office, motion("motion-1"), motion("motion-2", title="关于加强二次供水的建议案"))
    first, second = sign(office, "motion:motion-1"), sign(office, "motion:motion-2")
    papers = office.desk
    press = partial(outgoing.number_document, desk=papers)
    at_once(
        partial(press, sent(CLERK, "press-1"), document_id=first),
        partial(press, sent(CLERK_TWO, "press-2"), document_id=second),
    )
    numbers = {number_of(office, first), number_of(office, second)}
    assert numbers == {"吴政协建〔2017〕1号", "吴政协建〔2017〕2号"}


def test_ac_18_many_clerks_at_once_leave_no_gap(office: Office) -> None:
    documents = [sign(office, draft(office)) for _ in range(6)]
    press = partial(outgoing.number_document, desk=office.desk)
    acts: list[Callable[[], Any]] = [
        partial(press, sent(CLERK, f"press-{id}"), document_id=id) for id in documents
    ]
    at_once(*acts)
    expected = {f"吴政协〔2017〕{number}号" for number in range(1, 7)}
    assert {number_of(office, id) for id in documents} == expected


def test_two_clerks_on_the_same_document_use_one_number(office: Office) -> None:
    document, other = sign(office, draft(office)), sign(office, draft(office))

    def press(by: Call, command: str) -> str:
        try:
            return outgoing.number_document(sent(by, command), office.desk, document_id=document)
        except errors.WrongDocumentState:
            return "refused"

    results = at_once(partial(press, CLERK, "one"), partial(press, CLERK_TWO, "two"))
    assert sorted(results) == sorted([document, "refused"])
    do(office, outgoing.number_document, CLERK, document_id=other)
    assert (number_of(office, document), number_of(office, other)) == (
        "吴政协〔2017〕1号",
        "吴政协〔2017〕2号",
    )


def test_the_same_command_twice_takes_one_number(office: Office) -> None:
    first, second = sign(office, draft(office)), sign(office, draft(office))
    for _ in range(2):
        outgoing.number_document(sent(CLERK, "same"), office.desk, document_id=first)
    do(office, outgoing.number_document, CLERK, document_id=second)
    assert number_of(office, second) == "吴政协〔2017〕2号"
    assert len(office.told("document_numbered")) == 2


def test_a_refused_number_leaves_no_gap_and_each_year_begins_anew(office: Office) -> None:
    unsigned = draft(office)
    with pytest.raises(errors.WrongDocumentState):
        do(office, outgoing.number_document, CLERK, document_id=unsigned)
    first = sign(office, draft(office))
    do(office, outgoing.number_document, CLERK, document_id=first)
    assert number_of(office, first) == "吴政协〔2017〕1号"
    office.clock.at = office.clock.at.replace(year=2018)
    later = sign(office, draft(office, for_office=True))
    do(office, outgoing.number_document, CLERK, document_id=later)
    assert number_of(office, later) == "吴政协办〔2018〕1号"


def test_the_word_of_a_series_is_a_setting(office: Office) -> None:
    settings, now = office.desk.settings, office.clock.at
    settings.put(
        {
            "_id": "change-1",
            "key": "document_word_general",
            "value": "吴江政协",
            "valid_from": now,
            "recorded_at": now,
        }
    )
    document = sign(office, draft(office))
    do(office, outgoing.number_document, CLERK, document_id=document)
    assert number_of(office, document) == "吴江政协〔2017〕1号"


def test_ac_18_a_motion_is_drafted_once_however_often_it_is_told(office: Office) -> None:
    hear(office, motion("motion-1"), motion("motion-1", id="another-event", version=2))
    assert reads.count_outgoing(CLERK, office.desk, filter={"kind": Kind.MOTION}) == 1
    issue(office, sign(office, "motion:motion-1"))
    hear(office, motion("motion-1"))
    [told] = office.told("document_issued")
    assert {name: told[name] for name in ("number", "kind", "purpose", "main", "copy_to")} == {
        "number": "吴政协建〔2017〕1号",
        "kind": "MOTION",
        "purpose": {"service": "consultations", "id": "motion-1"},
        "main": ["sup-qwb", "sup-qzfb"],
        "copy_to": ["unit-scjgj"],
    }


def test_an_adopted_text_is_not_reworded(office: Office) -> None:
    hear(office, motion("motion-1"))
    with pytest.raises(errors.TextBound):
        do(office, outgoing.redraft_document, CLERK, document_id="motion:motion-1", **WORDING)
    with pytest.raises(errors.TextBound):
        do(office, outgoing.discard_document, CLERK, document_id="motion:motion-1", reason="不发")


def test_recipients_read_what_was_issued_to_them_and_give_a_receipt(office: Office) -> None:
    document = sign(office, draft(office))
    assert outgoing_row(office, UNIT, document) is None
    issue(office, document)
    row = outgoing_row(office, UNIT, document)
    assert row is not None
    assert (row["number"], row["own_receipt_at"], row["trail"]) == ("吴政协〔2017〕1号", None, [])
    do(office, outgoing.give_receipt, UNIT, document_id=document)
    do(office, outgoing.give_receipt, SUPERVISION, document_id=document)
    row = outgoing_row(office, UNIT, document)
    assert row is not None
    assert [receipt["organisation_id"] for receipt in row["receipts"]] == ["unit-slj"]
    shown = outgoing_row(office, CLERK, document)
    assert shown is not None
    assert [receipt["organisation_id"] for receipt in shown["receipts"]] == ["unit-slj", "sup-qzfb"]
    with pytest.raises(errors.NothingToUrge):
        do(office, outgoing.urge_receipts, CLERK, document_id=document)


def test_what_was_not_sent_to_somebody_does_not_exist_for_them(office: Office) -> None:
    document = issue(office, sign(office, draft(office)))
    for stranger in (TOWN, URBAN, PARTY_SIDE, member(LU), VISITOR):
        assert outgoing_row(office, stranger, document) is None
    with pytest.raises(errors.DocumentNotFound):
        do(office, outgoing.give_receipt, TOWN, document_id=document)


def test_a_committee_drafts_for_itself_alone(office: Office) -> None:
    own = draft(office, ECONOMY)
    changed = {**WORDING, "title": "关于召开座谈会的函"}
    do(office, outgoing.redraft_document, ECONOMY, document_id=own, **changed)
    with pytest.raises(errors.DocumentNotFound):
        do(office, outgoing.redraft_document, URBAN, document_id=own, **changed)
    row = outgoing_row(office, ECONOMY, own)
    assert row is not None
    assert (row["title"], row["drafted_for_id"]) == ("关于召开座谈会的函", "com-economy")


def test_whom_documents_may_not_be_sent_to_is_no_recipient(office: Office) -> None:
    said = {"organisation_id": "unit-slj", "may_be_addressed": False}
    hear(office, sample_event("members", "organisation_changed", version=9, **said))
    with pytest.raises(errors.RecipientsUnfit):
        draft(office)


@pytest.mark.parametrize(
    ("main", "copy_to"), [(["unit-none"], []), (["unit-slj"], ["org-none"]), ([], [])]
)
def test_recipients_are_organisations_of_the_directory(
    office: Office, main: list[str], copy_to: list[str]
) -> None:
    with pytest.raises(errors.RecipientsUnfit):
        draft(office, main=main, copy_to=copy_to)


def test_a_dissolved_organisation_receives_nothing(office: Office) -> None:
    gone = {"organisation_id": "unit-slj", "kind": "HANDLING_UNIT", "is_active": False}
    hear(office, sample_event("members", "organisation_changed", version=2, **gone))
    hear(office, sample_event("members", "organisation_changed", **{**gone, "is_active": True}))
    with pytest.raises(errors.RecipientsUnfit):
        draft(office)


def test_what_has_a_number_is_issued_though_a_recipient_is_dissolved_meanwhile(
    office: Office,
) -> None:
    document = sign(office, draft(office))
    do(office, outgoing.number_document, CLERK, document_id=document)
    gone = {"organisation_id": "unit-slj", "kind": "HANDLING_UNIT", "is_active": False}
    hear(office, sample_event("members", "organisation_changed", version=2, **gone))
    do(office, outgoing.issue_document, CLERK, document_id=document, note=None)
    assert [row["number"] for row in office.told("document_issued")] == ["吴政协〔2017〕1号"]


def test_an_unknown_addressee_is_put_right_before_a_number_is_taken(office: Office) -> None:
    hear(office, motion("motion-1", main=["sup-none"]))
    document = sign(office, "motion:motion-1")
    with pytest.raises(errors.RecipientsUnfit):
        do(office, outgoing.number_document, CLERK, document_id=document)
    do(office, outgoing.return_document, CLERK, document_id=document, reason="主送单位有误")
    adopted = office.desk.outgoing.get(document)
    assert adopted is not None
    wording = {**WORDING, "title": adopted.title, "text": adopted.text, "main": ["sup-qwb"]}
    do(office, outgoing.redraft_document, CLERK, document_id=document, **wording)
    sign(office, document)
    do(office, outgoing.number_document, CLERK, document_id=document)
    assert number_of(office, document) == "吴政协建〔2017〕1号"


@pytest.mark.parametrize("changes", [{"classification": "SECRET"}, {"title": "绝密文件"}])
def test_classified_documents_are_refused(office: Office, changes: Row) -> None:
    with pytest.raises(errors.Classified):
        draft(office, **changes)


def test_each_return_is_of_whoever_acts_next(office: Office) -> None:
    document = draft(office)
    do(office, outgoing.check_document, CLERK, document_id=document, note=None)
    for stranger in (CLERK, CHAIR):
        with pytest.raises(Forbidden):
            do(office, outgoing.return_document, stranger, document_id=document, reason="再改")
    do(office, outgoing.return_document, CHIEF, document_id=document, reason="再改")
    assert office.told("document_returned")[0]["reason"] == "再改"


STEPS: list[tuple[Callable[..., str], dict[str, Any], set[Role]]] = [
    (outgoing.check_document, {"note": None}, {Role.OFFICE}),
    (outgoing.countersign_document, {"note": None}, {Role.SECRETARY_GENERAL}),
    (outgoing.sign_document, {"note": None}, {Role.CHAIR_COUNCIL}),
    (outgoing.number_document, {}, {Role.OFFICE}),
    (outgoing.issue_document, {"note": None}, {Role.OFFICE}),
    (outgoing.file_outgoing, {"volume": "2017-1"}, {Role.OFFICE}),
]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_no_other_role_takes_a_step(office: Office, role: Role) -> None:
    document = draft(office)
    for act, given, allowed in STEPS:
        if role not in allowed:
            with pytest.raises(Forbidden):
                act(call(role, "account-x"), office.desk, document_id=document, **given)


def test_a_list_is_paged_and_filtered_for_its_reader(office: Office) -> None:
    documents = [issue(office, sign(office, draft(office))) for _ in range(3)]
    draft(office)
    papers = office.desk
    page = reads.list_outgoing(UNIT, papers, filter={}, first=2, after=None)
    rest = reads.list_outgoing(UNIT, papers, filter={}, first=2, after=page["rows"][-1]["cursor"])
    assert sorted(row["id"] for row in page["rows"] + rest["rows"]) == sorted(documents)
    assert (page["has_next"], rest["has_next"]) == (True, False)
    assert reads.count_outgoing(CLERK, papers, filter={}) == 4
    assert reads.count_outgoing(CLERK, papers, filter={"year": 2017}) == 3


def test_a_file_is_read_by_who_may_see_its_document(office: Office) -> None:
    document = sign(office, draft(office, attachments=["file-1"]))
    may = partial(reads.may_read_paper, desk=office.desk, file_id="file-1")
    assert (may(CLERK, subject=document), may(UNIT, subject=document)) == (True, False)
    issue(office, document)
    seen = [may(by, subject=document) for by in (CLERK, UNIT, TOWN, member(LU), VISITOR)]
    assert seen == [True, True, False, False, False]
    assert may(UNIT, subject="another-document") is False
    assert reads.held_papers(office.desk, ["file-1", "file-2"]) == {"file-1"}
    assert [row["attached"] for row in office.told("document_files_changed")] == [["file-1"]]
