"""Who may read a file, and which files a command may name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.files.access import may_read
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.errors import DeadlineExceeded, Forbidden, NotFound, Unavailable
from tests.unit.gateway.sample import MEMBER, FakeRpc

OTHER = Actor("acc-2", Role.MEMBER, token="other")


def row(*holders: tuple[str, str, bool]) -> dict[str, Any]:
    listed = [
        {"key": f"{owner}:{subject}", "owner": owner, "subject": subject, "held": held}
        for owner, subject, held in holders
    ]
    return {"_id": "f-1", "uploader": "acc-1", "holders": listed}


def readable(rpc: FakeRpc, of: dict[str, Any], actor: Actor = MEMBER) -> bool:
    return asyncio.run(may_read(rpc, actor, "c-1", of))


@pytest.mark.parametrize(
    ("actor", "expected"), [(MEMBER, True), (OTHER, False), (PUBLIC_ACTOR, False)]
)
@pytest.mark.parametrize("holders", [(), (("proposals", "p-1", False),)])
def test_what_nobody_holds_is_its_uploaders(
    holders: tuple[Any, ...], actor: Actor, expected: bool
) -> None:
    assert readable(FakeRpc(), row(*holders), actor) is expected


def test_the_holder_decides_on_behalf_of_the_viewer() -> None:
    rpc = FakeRpc({"proposals.may_read_file": lambda file_id, subject: subject == "p-1"})
    assert readable(rpc, row(("proposals", "p-1", True)), OTHER) is True
    assert readable(rpc, row(("proposals", "p-2", True)), MEMBER) is False
    assert rpc.calls[0] == ("proposals.may_read_file", {"file_id": "f-1", "subject": "p-1"})
    assert rpc.sent[0] == {"token": "other", "correlation_id": "c-1"}


@pytest.mark.parametrize("answer", [False, None, 1, "yes", NotFound(), Forbidden()])
def test_anything_but_a_plain_yes_is_a_no(answer: Any) -> None:
    rpc = FakeRpc({"proposals.may_read_file": answer})
    assert readable(rpc, row(("proposals", "p-1", True))) is False


@pytest.mark.parametrize("failure", [Unavailable(), DeadlineExceeded()])
def test_without_an_answer_it_stays_closed(failure: Exception) -> None:
    rpc = FakeRpc({"proposals.may_read_file": failure})
    with pytest.raises(Unavailable):
        readable(rpc, row(("proposals", "p-1", True)))


def test_of_several_holders_one_yes_is_enough() -> None:
    rpc = FakeRpc({"proposals.may_read_file": Unavailable(), "office.may_read_file": True})
    both = (("proposals", "p-1", True), ("office", "d-1", True))
    assert readable(rpc, row(*both)) is True
    rpc.answers["office.may_read_file"] = False
    with pytest.raises(Unavailable):
        readable(rpc, row(*both))
