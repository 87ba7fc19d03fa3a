"""What is shipped has an allowed licence, and the page that lists it is true."""

from __future__ import annotations

import re

import pytest

from deploy import licences
from deploy.licences import Part


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR BSD-3-Clause",
        "MPL-2.0 AND (Apache-2.0 OR MIT)",
        "MIT AND PSF-2.0",
        "Apache Software License; BSD License",
        "GPL-3.0 OR MIT",
        "Mozilla Public License 2.0 (MPL 2.0)",
    ],
)
def test_licences_that_let_us_ship(licence: str) -> None:
    assert licences.allowed(licence)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0", "AGPL-3.0-only", "SSPL-1.0", "MIT AND GPL-3.0", "UNKNOWN", "", "MIT; LGPLv3"],
)
def test_others_are_refused(licence: str) -> None:
    assert not licences.allowed(licence)


def test_the_page_lists_each_part_with_its_licence() -> None:
    written = licences.page(
        [Part("pika", "1.4.4", "BSD License")], [Part("react", "18.3.1", "MIT")]
    )
    assert "| pika | 1.4.4 | BSD License |" in written
    assert "| react | 18.3.1 | MIT |" in written


def test_everything_in_the_image_is_listed() -> None:
    shipped = {
        part.name.lower().replace("_", "-").replace(".", "-") for part in licences.python_parts()
    }
    locked = re.findall(r"^([a-z0-9.-]+)==", licences.LOCK.read_text(), re.MULTILINE)
    assert {name.replace("_", "-").replace(".", "-") for name in shipped} == {
        name.replace(".", "-") for name in locked
    }
    assert len(licences.npm_parts()) > 50


def test_the_page_is_up_to_date() -> None:
    assert licences.main(["--check"]) == 0
