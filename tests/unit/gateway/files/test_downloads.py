"""Which bytes the conditions of a request ask for."""

from __future__ import annotations

import pytest

from gateway.files.downloads import Part, part_of

TAG = b'"abc"'


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, Part(200, 0, 100)),
        ({b"if-none-match": b'"abc"'}, Part(304, 0, 0)),
        ({b"if-none-match": b'"x", W/"abc"'}, Part(304, 0, 0)),
        ({b"if-none-match": b"*"}, Part(304, 0, 0)),
        ({b"if-none-match": b'"abcd"'}, Part(200, 0, 100)),
        ({b"range": b"bytes=0-0"}, Part(206, 0, 1)),
        ({b"range": b"bytes=10-19"}, Part(206, 10, 20)),
        ({b"range": b"bytes=90-"}, Part(206, 90, 100)),
        ({b"range": b"bytes=90-500"}, Part(206, 90, 100)),
        ({b"range": b"bytes=-10"}, Part(206, 90, 100)),
        ({b"range": b"bytes=-500"}, Part(206, 0, 100)),
        ({b"range": b"bytes=100-"}, Part(416, 0, 0)),
        ({b"range": b"bytes=-0"}, Part(416, 0, 0)),
        ({b"range": b"bytes=20-10"}, Part(416, 0, 0)),
        ({b"range": b"bytes=-"}, Part(200, 0, 100)),
        ({b"range": b"bytes=0-1,5-6"}, Part(200, 0, 100)),
        ({b"range": b"lines=0-1"}, Part(200, 0, 100)),
        ({b"range": b"bytes=0-9", b"if-range": b'"abc"'}, Part(206, 0, 10)),
        ({b"range": b"bytes=0-9", b"if-range": b'"old"'}, Part(200, 0, 100)),
        ({b"range": b"bytes=0-9", b"if-none-match": b'"abc"'}, Part(304, 0, 0)),
    ],
)
def test_conditions_and_ranges(headers: dict[bytes, bytes], part: Part) -> None:
    assert part_of(headers, TAG, 100) == part
