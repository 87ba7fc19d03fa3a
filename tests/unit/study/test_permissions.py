"""Every operation lets those in whom section 3 names, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.local.manifests import modules
from services.study.commands import classes, materials, papers, plans, sessions
from services.study.queries import library, statistics, study
from shared.actor import MEMBER_ROLES, PUBLIC_ACTOR, Actor, Role
from shared.call import Call
from shared.errors import Forbidden, Unauthenticated
from shared.operations import offered

COMMITTEE = {Role.COMMITTEE_STAFF, Role.COMMITTEE_DIRECTOR}
ORGANISERS = {
    Role.OFFICE,
    *COMMITTEE,
    Role.TOWN_STAFF,
    Role.TOWN_HEAD,
    Role.SECTOR_CONVENER,
    Role.ORG_STAFF,
    Role.ORG_HEAD,
}
DRAFTERS = {Role.OFFICE, *COMMITTEE}
MEMBERS = set(MEMBER_ROLES)
VIEWERS = MEMBERS | ORGANISERS | {Role.INFO_EDITOR}
SEES_ALL = {Role.OFFICE, Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL, Role.INFO_EDITOR}
EVERYONE = set(Role)

ALLOWED: list[tuple[Any, set[Role]]] = [
    (plans.write_plan, DRAFTERS),
    (plans.propose_plan, DRAFTERS),
    (plans.decide_plan, {Role.CHAIR_COUNCIL, Role.SECRETARY_GENERAL}),
    (plans.summarise_plan, DRAFTERS),
    *(
        (command, ORGANISERS)
        for command in (
            sessions.plan_session,
            sessions.set_session_materials,
            sessions.close_session,
            classes.open_class,
            classes.enrol_member,
            classes.close_enrolment,
            classes.cancel_class,
            classes.certify_class,
            materials.write_material,
            materials.send_material,
            materials.review_material,
            materials.recall_material,
            papers.open_quiz,
            papers.close_quiz,
        )
    ),
    *(
        (command, MEMBERS)
        for command in (
            classes.enrol,
            classes.withdraw,
            materials.read_material,
            materials.ask_question,
            papers.submit_paper,
            papers.take_quiz,
        )
    ),
    (materials.answer_question, {Role.UNIT_OFFICER}),
    (papers.decide_paper, DRAFTERS),
    (papers.revoke_paper, DRAFTERS),
    *(
        (query, VIEWERS)
        for query in (
            study.study_plan,
            study.list_sessions,
            study.count_sessions,
            study.list_classes,
            study.count_classes,
            study.list_enrolments,
            study.count_enrolments,
            study.list_attendance,
            study.count_attendance,
            study.certificates_of,
            study.class_certificates,
            library.list_materials,
            library.count_materials,
            library.list_papers,
            library.count_papers,
            library.list_quizzes,
            library.count_quizzes,
            statistics.study_record,
        )
    ),
    (library.list_questions, VIEWERS | {Role.UNIT_OFFICER}),
    (library.count_questions, VIEWERS | {Role.UNIT_OFFICER}),
    (statistics.theme_coverage, SEES_ALL),
    (statistics.training_coverage, SEES_ALL),
    (statistics.organisation_statistics, SEES_ALL | ORGANISERS),
    *(
        (query, EVERYONE)
        for query in (
            study.plans_by_ids,
            study.sessions_by_ids,
            study.classes_by_ids,
            study.certificate,
            library.materials_by_ids,
            library.questions_by_ids,
            library.papers_by_ids,
            library.quizzes_by_ids,
            library.may_read_file,
        )
    ),
    (library.held_files, {Role.SYSTEM}),
]
by_name = pytest.mark.parametrize(
    ("use_case", "roles"), ALLOWED, ids=[use_case.__name__ for use_case, _ in ALLOWED]
)


@by_name
def test_who_may(use_case: Any, roles: set[Role]) -> None:
    assert use_case.allowed_roles == roles


@by_name
def test_nobody_else_gets_in(use_case: Any, roles: set[Role]) -> None:
    for role in EVERYONE - roles - {Role.PUBLIC}:
        with pytest.raises(Forbidden):
            use_case(Call(Actor("account-1", role, {}), "c1"), None)
    if Role.PUBLIC not in roles:
        with pytest.raises(Unauthenticated):
            use_case(Call(PUBLIC_ACTOR, "c1"), None)


HIDDEN = [
    study.plans_by_ids,
    study.sessions_by_ids,
    study.classes_by_ids,
    library.questions_by_ids,
    library.papers_by_ids,
    library.quizzes_by_ids,
]


def test_every_operation_is_in_the_matrix() -> None:
    offered_here = {operation.use_case for operation in offered(modules("study")).values()}
    assert offered_here == {use_case for use_case, *_ in ALLOWED}


@pytest.mark.parametrize("query", HIDDEN, ids=[query.__name__ for query in HIDDEN])
def test_rows_by_ids_are_nothing_to_who_has_no_part_in_study(query: Any) -> None:
    for actor in (PUBLIC_ACTOR, Actor("account-1", Role.SUPERVISING_OFFICE, {})):
        assert query(Call(actor, "c1"), None, ids=["x"]) == []
