"""Affairs: a shared list, hand-over between offices, rating (2.10, 15.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.office.domain import document_errors as errors
from services.office.domain.affairs import Affair, AffairKind, AffairState
from shared.contracts import names
from tests.unit.office.documents import AT, CLERK


def affair(**changes: Any) -> Affair:
    given: dict[str, Any] = {
        "id": "affair-1",
        "term": 15,
        "kind": AffairKind.CAR,
        "title": "视察用车",
        "content": "8人",
        "office": "com-economy",
        "office_kind": "COMMITTEE",
        "raised_by": "account-lu",
        "raised_key": "member:m-15-0088",
        "raised_at": AT,
    }
    raised = Affair(**{**given, **changes})
    raised.raise_()
    return raised


def test_an_affair_is_accepted_done_and_rated() -> None:
    one = affair()
    one.accept(CLERK, AT)
    one.start(CLERK, AT)
    one.finish("已安排一辆中巴", CLERK, AT)
    one.rate(5, "准时", "account-lu", AT)
    assert one.state is AffairState.RATED
    assert one.rating is not None and one.rating.stars == 5
    assert [event for event, _ in one.events] == [
        names.AFFAIR_RAISED,
        names.AFFAIR_ACCEPTED,
        names.AFFAIR_STARTED,
        names.AFFAIR_DONE,
        names.AFFAIR_RATED,
    ]


def test_a_hand_over_waits_in_the_other_office_with_reason_and_history() -> None:
    one = affair()
    one.accept(CLERK, AT)
    one.hand_over("office-general", "CPPCC_OFFICE", "属办公室职责", CLERK, AT)
    assert (one.state, one.office, one.handled_by) == (AffairState.RAISED, "office-general", None)
    last = one.trail[-1]
    assert (last.from_office, last.office, last.note) == (
        "com-economy",
        "office-general",
        "属办公室职责",
    )
    one.accept("account-office-second", AT)
    assert one.handled_by == "account-office-second"


def test_a_hand_over_goes_to_another_office() -> None:
    with pytest.raises(errors.HandOverUnfit):
        affair().hand_over("com-economy", "COMMITTEE", "无", CLERK, AT)


def test_a_rejected_affair_ends_with_its_reason() -> None:
    one = affair()
    one.reject("车辆已全部派出", CLERK, AT)
    with pytest.raises(errors.WrongAffairState):
        one.accept(CLERK, AT)
    assert one.events[-1][1]["reason"] == "车辆已全部派出"


def test_it_is_rated_once_and_only_when_done() -> None:
    one = affair()
    with pytest.raises(errors.WrongAffairState):
        one.rate(5, None, "account-lu", AT)
    one.accept(CLERK, AT)
    one.finish("已办", CLERK, AT)
    one.rate(4, None, "account-lu", AT)
    with pytest.raises(errors.WrongAffairState):
        one.rate(5, None, "account-lu", AT)


def test_it_ends_after_it_begins() -> None:
    with pytest.raises(errors.WrongAffairState):
        affair(wanted_from=AT, wanted_until=AT - timedelta(hours=1))
