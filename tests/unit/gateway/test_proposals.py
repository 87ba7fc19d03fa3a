"""The proposals part of the schema says what the service says."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from gateway import schema
from gateway.proposals import appraisal as appraisals
from gateway.proposals import enums
from gateway.proposals.codes import ERROR_CODES
from gateway.proposals.mutations import MUTATIONS
from services.proposals import service
from services.proposals.domain import (
    appraisal,
    appraisal_errors,
    ballots,
    errors,
    inspection,
    kinds,
    states,
)
from services.proposals.repository import ORDERS
from shared.errors import DomainError


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        (enums.ProposalState, states.State),
        (enums.ProposerType, kinds.ProposerType),
        (enums.ProposalCategory, states.Category),
        (enums.SessionMark, states.Mark),
        (enums.Openness, states.Openness),
        (enums.CosignatureState, states.SignState),
        (enums.ProposalOrder, ORDERS),
        (appraisals.AppraisalState, appraisal.AppraisalState),
        (appraisals.VoterKind, appraisal.VoterKind),
        (appraisals.RollState, ballots.RollState),
        (appraisals.InspectionState, inspection.InspectionState),
    ],
)
def test_enums_have_the_values_of_the_service(shown: Any, known: Any) -> None:
    assert [value.name for value in shown._meta.enum] == [
        getattr(value, "value", value) for value in known
    ]


def test_every_refusal_is_in_the_schema() -> None:
    raised = {
        error.code
        for error in (*vars(errors).values(), *vars(appraisal_errors).values())
        if isinstance(error, type) and issubclass(error, DomainError) and error is not DomainError
    }
    assert raised == set(ERROR_CODES)


def test_every_mutation_calls_a_method_of_the_service() -> None:
    methods = set(dir(service.ProposalsService))
    called = {mutation.method for mutation in MUTATIONS}
    assert called <= methods
    writes = {
        name
        for name, method in inspect.getmembers(service.ProposalsService)
        if any(
            not getattr(entrypoint, "fast", True)
            for entrypoint in getattr(method, "nameko_entrypoints", ())
        )
    }
    assert writes == called


def test_transitions_have_a_mutation_each_and_no_state_is_set_by_hand() -> None:
    fields = schema.build().schema.mutation_type
    assert fields is not None
    names = set(fields.fields)
    assert {"submitProposal", "startReview", "returnProposal", "fileProposal"} <= names
    assert not {name for name in names if name.startswith(("updateProposal", "setProposal"))}
