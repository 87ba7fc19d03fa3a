"""Pages of rows in memory."""

from __future__ import annotations

import pytest

from shared.errors import InvalidInput
from shared.persistence.paging import page_of

ROWS = [{"no": number} for number in range(3)]


def test_pages_follow_each_other() -> None:
    one = page_of(ROWS, "no", 2, None)
    two = page_of(ROWS, "no", 2, one["rows"][-1]["cursor"])
    assert [row["no"] for row in (*one["rows"], *two["rows"])] == [0, 1, 2]
    assert (one["has_next"], two["has_next"]) == (True, False)


def test_a_marker_that_is_not_ours_is_refused() -> None:
    with pytest.raises(InvalidInput):
        page_of(ROWS, "no", 2, "?")
