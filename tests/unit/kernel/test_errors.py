from __future__ import annotations

import orjson
import pytest

from shared.errors import (
    AppError,
    Conflict,
    DeadlineExceeded,
    DomainError,
    Forbidden,
    InvalidInput,
    NotFound,
    NotInState,
    Refused,
    Unauthenticated,
    Unavailable,
    from_wire,
)
from shared.labels import Labelled


class TitleTooShort(DomainError):
    code = "TITLE_TOO_SHORT"
    message = "标题过短"


@pytest.mark.parametrize(
    "error",
    [
        AppError(),
        Conflict(),
        DeadlineExceeded(),
        Forbidden(),
        InvalidInput(field="first"),
        NotFound(),
        Unauthenticated(),
        Unavailable(),
    ],
)
def test_an_error_crosses_the_wire_with_its_class_code_field_and_message(error: AppError) -> None:
    arrived = from_wire(orjson.loads(orjson.dumps(error.to_wire())))
    assert type(arrived) is type(error)
    assert (arrived.code, arrived.field, arrived.message) == (
        error.code,
        error.field,
        error.message,
    )


def test_a_services_own_refusal_arrives_as_domain_error_with_its_code() -> None:
    error = TitleTooShort(field="title", details={"minimum": 8})
    arrived = from_wire(error.to_wire())
    assert type(arrived) is DomainError
    assert (arrived.code, arrived.field, arrived.details) == (
        "TITLE_TOO_SHORT",
        "title",
        {"minimum": 8},
    )


def test_several_refusals_travel_together() -> None:
    refused = Refused.of([TitleTooShort(field="title"), DomainError(field="body")])
    assert from_wire(refused.to_wire()).items == [
        {"code": "TITLE_TOO_SHORT", "field": "title", "message": "标题过短"},
        {"code": "REFUSED", "field": "body", "message": "操作不符合规定"},
    ]


def test_an_unknown_kind_becomes_an_internal_error() -> None:
    assert from_wire({"kind": "strange", "code": "X"}).kind == "internal"


class DoorState(Labelled):
    """门的状态。State of a door."""

    SHUT = "SHUT", "已关闭", "Shut"


class WrongDoorState(NotInState):
    code = "DOOR_WRONG_STATE"
    message = "门当前状态不能进行此操作"


def test_a_refusal_for_the_state_names_it() -> None:
    refusal = WrongDoorState.of(DoorState.SHUT)
    assert refusal.message == "门当前状态为“已关闭”，不能进行此操作"
    assert (refusal.code, refusal.details) == ("DOOR_WRONG_STATE", {"state": "SHUT"})


def test_every_refusal_for_a_state_has_a_place_for_it() -> None:
    for kind in NotInState.__subclasses__():
        assert "当前状态不能" in kind.message, kind
