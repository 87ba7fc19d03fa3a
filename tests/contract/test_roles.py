"""A role has one Chinese name, whoever shows it; the secretary-general has the chairs' rights."""

from __future__ import annotations

from collections import defaultdict

from gateway.base import labels_of
from gateway.identity.types import Role as ShownRole
from gateway.manifests import manifests
from services.notifications.domain.table import REACTIONS
from services.notifications.domain.todos import TodoKind
from services.notifications.domain.wording import role_label
from shared.actor import Role
from shared.contracts import SAMPLES
from shared.contracts.base import load_all
from shared.contracts.recipients import role_key

LABELS = {role.value: role.label for role in Role}


def test_each_name_is_of_one_role() -> None:
    assert all(LABELS.values())
    assert len(set(LABELS.values())) == len(Role)


def test_the_gateway_and_messages_say_the_same() -> None:
    assert labels_of(ShownRole) == LABELS
    assert {role.value: role_label(role.value) for role in Role} == LABELS


# Where a chair is meant: what the secretary-general has countersigned or proposed goes to another.
CHAIR_MEANT = {
    "sign_document": "signed by a chair after the secretary-general's countersignature",
    "instruct_document": "a chair instructs on what the secretary-general proposed",
    "return_routing": "a chair gives the secretary-general's proposal back",
}
CHAIR_MEANT_TODOS = {TodoKind.DOCUMENT_SIGN, TodoKind.DOCUMENT_INSTRUCT}
CHAIR, SECRETARY = Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL


def test_the_secretary_general_has_every_right_of_the_chairpersons_council() -> None:
    chairs_alone = {
        name
        for made in manifests().values()
        for name, said in made["operations"].items()
        if CHAIR in said["roles"] and SECRETARY not in said["roles"]
    }
    assert chairs_alone == set(CHAIR_MEANT)


def told_of(key: tuple[str, str]) -> dict[str, set[str]]:
    """Template or kind of to-do → whom a fact reaches with it, but where a chair is meant."""
    found: dict[str, set[str]] = defaultdict(set)
    for tell in REACTIONS[key].tells:
        found[tell.template] |= set(tell.to(SAMPLES[key]))
    for opened in REACTIONS[key].opens:
        if opened.kind not in CHAIR_MEANT_TODOS:
            found[opened.kind] |= set(opened.to(SAMPLES[key]))
    return found


def test_whatever_reaches_the_chairs_reaches_the_secretary_general() -> None:
    load_all()
    chairs_alone = [
        (key, name)
        for key in REACTIONS
        for name, told in told_of(key).items()
        if role_key(CHAIR, {}) in told and role_key(SECRETARY, {}) not in told
    ]
    assert chairs_alone == []


def test_the_to_dos_that_mean_a_chair_are_the_chairs() -> None:
    load_all()
    alone = {
        opened.kind
        for key, reaction in REACTIONS.items()
        for opened in reaction.opens
        if role_key(SECRETARY, {}) not in (told := opened.to(SAMPLES[key]))
        and role_key(CHAIR, {}) in told
    }
    assert alone == CHAIR_MEANT_TODOS
