"""Outgoing documents: every state, every return, receipts (2.10)."""

from __future__ import annotations

import pytest

from services.office.domain import document_errors as errors
from services.office.domain.outgoing import MOVES, Outgoing, OutgoingState, Purpose
from shared.contracts import names
from tests.unit.office.documents import AT, CHAIR, CLERK, DIRECTORY, issued, outgoing, signed


def events(document: Outgoing) -> list[str]:
    return [event for event, _ in document.events]


def test_a_document_goes_all_the_way() -> None:
    document = issued()
    document.file("2017-建议案-1", CLERK, AT)
    assert (document.state, document.number) == (OutgoingState.FILED, "吴政协建〔2017〕1号")
    assert events(document) == [
        names.DOCUMENT_DRAFTED,
        names.DOCUMENT_CHECKED,
        names.DOCUMENT_COUNTERSIGNED,
        names.DOCUMENT_SIGNED,
        names.DOCUMENT_NUMBERED,
        names.DOCUMENT_ISSUED,
        names.DOCUMENT_FILED,
    ]
    assert [(step.state, step.by) for step in document.trail][2] == ("SIGNED", CHAIR)


def test_the_issue_tells_number_addressees_and_copies() -> None:
    [told] = [data for event, data in issued().events if event == names.DOCUMENT_ISSUED]
    assert (told["number"], told["main"], told["copy_to"]) == (
        "吴政协建〔2017〕1号",
        ["sup-qwb"],
        ["unit-scjgj"],
    )
    assert told["recipients"] == [
        {"organisation": "sup-qwb", "kind": "SUPERVISING_OFFICE"},
        {"organisation": "unit-scjgj", "kind": "HANDLING_UNIT"},
    ]


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_each_signature_may_send_it_back_to_the_draft(steps: int) -> None:
    document = outgoing()
    for act in [document.check, document.countersign, document.sign][:steps]:
        act(CLERK, AT, None)
    document.send_back(CHAIR, AT, "措施不够具体")
    assert document.state is OutgoingState.DRAFTED
    document.redraft("关于信用体系的建议案", "新稿", ["sup-qwb"], [], document.urgency, [])
    assert (document.title, document.copy_to) == ("关于信用体系的建议案", ())


def test_what_has_a_number_is_neither_returned_nor_given_up() -> None:
    document = signed()
    document.assign_number("吴政协建", 1, CLERK, AT)
    for act in (document.send_back, document.discard):
        with pytest.raises(errors.WrongDocumentState):
            act(CHAIR, AT, "不发了")
    with pytest.raises(errors.WrongDocumentState):
        document.assign_number("吴政协建", 2, CLERK, AT)
    assert document.number == "吴政协建〔2017〕1号"


def test_no_state_is_skipped() -> None:
    document = outgoing()
    for act in (document.countersign, document.sign):
        with pytest.raises(errors.WrongDocumentState):
            act(CLERK, AT, None)
    with pytest.raises(errors.WrongDocumentState):
        document.assign_number("吴政协建", 1, CLERK, AT)
    with pytest.raises(errors.WrongDocumentState):
        document.issue(DIRECTORY, CLERK, AT, None)


def test_a_checked_text_does_not_change() -> None:
    document = outgoing()
    document.check(CLERK, AT, None)
    with pytest.raises(errors.WrongDocumentState):
        document.redraft("新题", "新稿", ["sup-qwb"], [], document.urgency, [])


def test_every_state_is_reached_and_only_ends_have_no_way_on() -> None:
    reached = {state for after in MOVES.values() for state in after}
    assert set(OutgoingState) - reached == set()
    ends = {state for state, after in MOVES.items() if not after}
    assert ends == {OutgoingState.FILED, OutgoingState.DISCARDED}


def test_a_receipt_is_given_once_for_each_organisation() -> None:
    document = issued()
    document.receive({"unit-scjgj": "HANDLING_UNIT"}, "account-scjgj", AT)
    document.receive({"unit-scjgj": "HANDLING_UNIT"}, "account-scjgj-leader", AT)
    given = [(receipt.organisation, receipt.by) for receipt in document.receipts]
    assert given == [("unit-scjgj", "account-scjgj")]
    assert events(document).count(names.DOCUMENT_RECEIPT_GIVEN) == 1


def test_only_recipients_of_an_issued_document_give_a_receipt() -> None:
    with pytest.raises(errors.NotReader):
        issued().receive({"unit-zjj": "HANDLING_UNIT"}, "account-zjj", AT)
    with pytest.raises(errors.WrongDocumentState):
        signed().receive({"unit-scjgj": "HANDLING_UNIT"}, "account-scjgj", AT)


def test_urging_asks_those_who_gave_no_receipt() -> None:
    document = issued()
    document.receive({"unit-scjgj": "HANDLING_UNIT"}, "account-scjgj", AT)
    with pytest.raises(errors.NothingToUrge):  # who is no more owes no receipt
        document.urge({}, AT, CLERK)
    document.urge(DIRECTORY, AT, CLERK)
    event, told = document.events[-1]
    assert (event, [row["organisation"] for row in told["recipients"]]) == (
        names.DOCUMENT_RECEIPTS_URGED,
        ["sup-qwb"],
    )
    document.receive({"sup-qwb": "HANDLING_UNIT"}, "account-supervision", AT)
    with pytest.raises(errors.NothingToUrge):
        document.urge(DIRECTORY, AT, CLERK)


@pytest.mark.parametrize("title", ["机密：关于某事的报告", "关于秘密级文件的函", "绝密"])
def test_a_classified_title_is_refused(title: str) -> None:
    with pytest.raises(errors.Classified):
        outgoing(title=title)


@pytest.mark.parametrize(
    ("main", "copy_to"), [((), ("sup-qwb",)), (("sup-qwb", "sup-qwb"), ()), (("a",), ("a",))]
)
def test_recipients_are_named_once_and_one_is_addressed(
    main: tuple[str, ...], copy_to: tuple[str, ...]
) -> None:
    with pytest.raises(errors.RecipientsUnfit):
        outgoing(main=main, copy_to=copy_to)


def test_files_are_told_when_they_change() -> None:
    document = outgoing(attachments=("file-1",))
    document.tell_files()
    document.tell_files()
    told = [data for event, data in document.events if event == names.DOCUMENT_FILES_CHANGED]
    assert [(data["attached"], data["detached"]) for data in told] == [(["file-1"], [])]


def test_what_a_meeting_adopted_is_issued_as_it_was_adopted() -> None:
    motion = outgoing(purpose=Purpose("consultations", "motion-1"))
    with pytest.raises(errors.TextBound):
        motion.redraft(motion.title, "另一种写法", ["sup-qwb"], [], motion.urgency, [])
    with pytest.raises(errors.TextBound):
        motion.discard(CLERK, AT, "不发了")
    motion.redraft(motion.title, motion.text, ["sup-qzfb"], [], motion.urgency, [])
    assert motion.main == ("sup-qzfb",)
