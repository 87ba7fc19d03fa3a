"""What others have done before a week's tasks: activities, papers, questions, a vote."""

from __future__ import annotations

from typing import Any

from shared.actor import Actor, Role
from tests.e2e.story import SUPERVISING, ZJJ
from tests.e2e.week.conftest import GU, LU, SHEN, Week
from tests.e2e.week.desk import org
from tests.stack import Document
from tests.world import OFFICE, STAFF

SECOND_CLERK = Actor("account-office-2", Role.OFFICE)
CHIEF = Actor("account-chief", Role.SECRETARY_GENERAL, {}, "p-chief", "m-chief")
CHAIR = Actor("account-chair", Role.CHAIR_COUNCIL, {}, "p-chair", "m-chair")


def activity(week: Week, title: str, published: bool = True, **more: Any) -> str:
    given = {
        "kind": "SECTOR_ACTIVITY",
        "title": title,
        "organisers": [org("group-22")],
        "heldAt": "2017-02-20T14:00:00+08:00",
        "place": "开发区",
        "signUpBy": "2017-02-18T18:00:00+08:00",
        **more,
    }
    made = str(week.run(OFFICE, "applyActivity", "activity { id }", **given)["id"])
    if published:
        decided = {"activityId": made, "published": True}
        week.run(OFFICE, "decideActivity", "activity { id }", **decided)
    return made


def briefing(week: Week, title: str) -> str:
    given = {"kind": "BRIEFING", "title": title, "organiser": org("office-general")}
    unit = {"unit": org("unit-slj"), "text": "情况通报如下。"}
    made = week.run(OFFICE, "writeStudyMaterial", "material { id }", **given, **unit)["id"]
    week.run(OFFICE, "sendStudyMaterial", "material { id }", materialId=made)
    passed = {"materialId": made, "passed": True}
    week.run(SECOND_CLERK, "reviewStudyMaterial", "material { id }", **passed)
    return str(made)


def rotation_class(week: Week, batch: int) -> str:
    given: Document = {
        "organiser": org("office-general"),
        "batch": batch,
        "title": f"委员轮训班第{batch}期",
        "heldAt": "2017-04-20T09:00:00+08:00",
        "place": "区委党校",
        "halfDays": 2,
        "hours": 16,
        "quota": 40,
        "enrolBy": "2017-04-10T18:00:00+08:00",
    }
    return str(week.run(OFFICE, "openRotationClass", "rotationClass { id }", **given)["id"])


def appraisal(week: Week, title: str, case: str) -> str:
    """One whose vote is open, with three of the week's people on the panel."""
    given = {"title": title, "heldAt": "2017-02-08T09:00:00+08:00", "place": "一楼会议室"}
    cases = [{"proposalId": case}]
    made = str(week.run(STAFF, "planAppraisal", "appraisal { id }", **given, cases=cases)["id"])
    panel: list[Document] = [
        {"kind": kind, "memberId": week.story.gid(name)}
        for name, kind in ((SHEN, "STANDING_MEMBER"), (GU, "DISINTERESTED_MEMBER"))
    ]
    panel += [{"kind": "RESIDENT", "label": f"居民代表{number}"} for number in range(1, 6)]
    week.run(STAFF, "inviteVoters", "appraisal { id }", id=made, voters=panel)
    week.run(STAFF, "openVote", "appraisal { id }", id=made)
    return made


def linked(week: Week) -> str:
    """The link by which the standing member contacts the member."""
    pair = {"memberId": week.story.gid(GU), "leaderId": week.story.gid(SHEN)}
    plan = week.run(OFFICE, "proposeContactLink", "plan { id }", **pair)["id"]
    shown = "plan { links(first: 5) { edges { node { id } } } }"
    decided = week.run(CHAIR, "decideContactLinks", shown, planId=plan, approved=True)
    return str(decided["links"]["edges"][0]["node"]["id"])


def todo_list(kind: str, shown: str, of: str = "Proposal") -> str:
    """What waits, with the records it is about."""
    return f"""{{ viewer {{ todos(first: 50, kind: {kind}) {{ edges {{ node {{
      id text dueAt link {{ id record {{ ... on {of} {{ {shown} }} }} }}
    }} }} }} }} }}"""


def records(answer: Document) -> dict[str, Document]:
    edges = answer["viewer"]["todos"]["edges"]
    return {edge["node"]["link"]["id"]: edge["node"]["link"]["record"] for edge in edges}


def opinion_item(week: Week, text: str, adopted: bool = False) -> str:
    """An opinion item of a consultation's outcome: sent, or adopted and the unit's to carry out."""
    source = {"source": "CONSULTATION", "reference": f"协商专报 {text}", "title": "老旧小区改造"}
    outcome = week.run(OFFICE, "openOutcome", "outcome { id }", **source)["id"]
    item = week.run(OFFICE, "addOutcomeItem", "item { id }", outcomeId=outcome, text=text)["id"]
    if adopted:
        week.run(SUPERVISING, "referOutcomeItem", "item { id }", itemId=item, unit=ZJJ)
        answer = {"adoption": "ADOPTED", "result": "列入年度计划"}
        week.run(SUPERVISING, "answerOutcomeItem", "item { id }", itemId=item, **answer)
    return str(item)


def of_cases(rows: list[Document], *cases: str) -> list[Document]:
    return [row for row in rows if row["proposal"]["id"] in cases]


def notice(week: Week, title: str, **more: Any) -> str:
    """A paper issued, to the unit and to the government's office unless told."""
    given = {"kind": "NOTICE", "title": title, "text": "现将有关事项通知如下。"}
    to = {"main": [ZJJ], "copyTo": [org("sup-qzfb")]}
    made = str(
        week.run(OFFICE, "draftDocument", "document { id }", **given, **{**to, **more})["id"]
    )
    for actor, step in (
        (SECOND_CLERK, "checkDocument"),
        (CHIEF, "countersignDocument"),
        (CHAIR, "signDocument"),
        (OFFICE, "numberDocument"),
        (OFFICE, "issueDocument"),
    ):
        week.run(actor, step, "document { id }", documentId=made)
    return made


def question(week: Week) -> str:
    """A member's question to the unit, about its briefing."""
    given = {"kind": "BRIEFING", "title": "住建工作情况通报", "text": "通报如下。"}
    about = {"organiser": org("office-general"), "unit": ZJJ}
    made = week.run(OFFICE, "writeStudyMaterial", "material { id }", **given, **about)["id"]
    week.run(OFFICE, "sendStudyMaterial", "material { id }", materialId=made)
    week.run(SECOND_CLERK, "reviewStudyMaterial", "material { id }", materialId=made, passed=True)
    asked = {"materialId": made, "text": "改造进度如何？"}
    return str(week.run(week.actor(LU), "askDepartment", "question { id }", **asked)["id"])


def study_plan(week: Week) -> None:
    """The year's, approved, whatever other stories have made of it; its theme is T1."""
    found = week.story.ask(OFFICE, "{ studyPlan(year: 2017) { id state } }")["studyPlan"]
    if found and found["state"] != "DRAFT":
        return
    themes = [{"code": "T1", "title": "十八届六中全会精神", "required": True}]
    given = {"year": 2017, "title": "2017年学习计划", "themes": themes}
    plan = week.run(OFFICE, "writeStudyPlan", "plan { id }", **given)["id"]
    week.run(OFFICE, "proposeStudyPlan", "plan { id }", planId=plan)
    week.run(CHAIR, "decideStudyPlan", "plan { id }", planId=plan, approved=True)
