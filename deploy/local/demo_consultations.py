"""Demo data of consultations: the plan of 2017 with its three topics, and its two motions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql_relay import to_global_id

from deploy.local.demo_data import accounts, people
from deploy.local.demo_data.clients import Gateway
from shared.settings import Settings

Row = dict[str, Any]
Act = Callable[[], Row]


def load(process: Settings, office: Gateway, once_heard: Callable[[Act], Row]) -> None:
    """In the name of the office and the Chairpersons' Council; safe to repeat."""
    source = people.data("consultations")
    chair = Gateway(process)
    chair.sign_in("15-0002", accounts.password(), "CHAIR_COUNCIL")
    topics = [_topic(office, once_heard, row) for row in source["consultations"]]
    _plan(office, chair, source, topics)
    _prepare(office, source, topics[0])
    for row in source["motions"]:
        _motion(office, source, row)


def _topic(office: Gateway, once_heard: Callable[[Act], Row], row: Row) -> str:
    asked = {
        "title": row["title"],
        "background": row["background"],
        "form": row["form"],
        "organisers": _organisations(row["organisers"]),
        "topicCodes": row["topicCodes"],
        "year": 2017,
    }
    propose = partial(office.do, "proposeConsultation", asked, "consultation { id }")
    id = str(once_heard(propose)["consultation"]["id"])
    more = {
        "consultationId": id,
        "departments": _organisations(row["departments"]),
        "leader": row["leader"],
        "month": row["month"],
    }
    office.do("shapeConsultation", {**asked, **more})
    return id


def _plan(office: Gateway, chair: Gateway, source: Row, topics: list[str]) -> None:
    """Decided by the Party committee and published."""
    asked = {**source["plan"], "topics": topics}
    made = office.do("writeConsultationPlan", asked, "plan { id }")
    plan = {"planId": made["plan"]["id"]}
    office.do("sendConsultationPlan", plan)
    chair.do("reviewConsultationPlan", {**plan, "passed": True})
    office.do("decideConsultationPlan", {**plan, "approved": True, **source["decision"]})
    office.do("publishConsultationPlan", plan)


def _prepare(office: Gateway, source: Row, topic: str) -> None:
    """The first: speakers, the meeting in May, the public asked for its views."""
    id = {"consultationId": topic}
    speakers = [{"memberId": _member(no)} for no in source["consultations"][0]["speakers"]]
    office.do("setConsultationSpeakers", {**id, "speakers": speakers})
    office.do("planConsultationMeeting", {**id, **source["meeting"]})
    office.do("askForPublicViews", {**id, "until": source["viewsUntil"]})


def _motion(office: Gateway, source: Row, row: Row) -> None:
    """Researched; with a text it is before the Chairpersons' Council."""
    committee = {"organiser": to_global_id("Organisation", source["committee"])}
    authors = [_member(no) for no in source["authors"]]
    asked = {**committee, **{name: row[name] for name in ("title", "priorities", "topicCodes")}}
    made = office.do("proposeMotion", asked, "motion { id }")
    motion = {"motionId": made["motion"]["id"]}
    project = {**committee, **row["research"], "team": authors, **motion}
    research = office.do("writeResearch", project, "research { id }")
    visit = {"researchId": research["research"]["id"], **source["visit"], "members": authors}
    office.do("recordResearchVisit", visit)
    if "text" not in row:
        return
    text = {
        **motion,
        "title": row["title"],
        "text": row["text"],
        "items": [{"text": text, "authors": authors} for text in row["items"]],
        "mainAuthors": authors,
        "priorities": row["priorities"],
        "topicCodes": row["topicCodes"],
        "main": _organisations(source["main"]),
        "copyTo": _organisations(source["copyTo"]),
    }
    office.do("writeMotion", text)
    office.do("sendMotion", motion)


def _organisations(ids: list[str]) -> list[str]:
    return [str(to_global_id("Organisation", id)) for id in ids]


def _member(member_no: str) -> str:
    return str(to_global_id("Member", f"m-{member_no}"))
