"""Load the demo data: `python -m deploy.local.demo`; `--accounts` lists the demo accounts.

Everything goes the way that people go, through the gateway, except what has no such way: the
clock, and accounts with known passwords. Each step does only what is lacking, and each command
has an id that follows from its content, so that loading again, or after a break, is safe.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from graphql_relay import from_global_id, to_global_id
from pymongo import MongoClient

from deploy.local import demo_consultations, demo_outcomes, demo_supervision
from deploy.local.demo_data import accounts, people
from deploy.local.demo_data.clients import DemoError, Gateway, rpc
from deploy.local.demo_data.people import Person
from shared import settings
from shared.clock import SHANGHAI, Clock
from shared.settings import Settings

STARTS_AT = datetime(2017, 2, 6, 9, tzinfo=SHANGHAI)
SIGNS_IN_AS = ("office", "OFFICE")
AT_ONCE = 8  # people that are put in at the same time
# Seconds on a quiet machine; of a busy one nothing is known but that it goes on.
HASHING_SECONDS = 300.0
FOLLOWING_SECONDS = 300.0


@dataclass
class Demo:
    """What the steps share. `account_ids`: login → id, once the accounts are made."""

    process: Settings
    gateway: Gateway
    account_ids: dict[str, str] = field(default_factory=dict)


def set_clock(demo: Demo) -> None:
    """The demo begins on 6 February 2017, 9:00; a clock that was set before is left alone."""
    client: MongoClient[Any] = MongoClient(demo.process.mongo_uri)
    with client:
        stored = client[f"{demo.process.db_prefix}platform"]["clock"].find_one({"_id": "offset"})
        if stored is None:
            Clock(client, demo.process).move_to(STARTS_AT)


def load_accounts(demo: Demo) -> None:
    """The demo accounts with their password; then the office signs in."""
    wanted = [account.request(accounts.password()) for account in accounts.accounts()]
    made = rpc(demo.process, "identity", "load_demo_accounts", HASHING_SECONDS, accounts=wanted)
    demo.account_ids = {row["login"]: row["id"] for row in made["accounts"]}
    login, role = SIGNS_IN_AS
    demo.gateway.sign_in(login, accounts.password(), role)


def open_term(demo: Demo) -> None:
    """Term 15 with its sectors, and its first session."""
    source = people.data("roster")
    no = source["term"]["no"]
    found = demo.gateway.ask("{ terms { no sessions { no } } }")["terms"]
    sessions = {term["no"]: [session["no"] for session in term["sessions"]] for term in found}
    if no not in sessions:
        demo.gateway.do("openTerm", {**source["term"], "sectorSet": list(source["sectors"])})
    if source["session"]["no"] not in sessions.get(no, ()):
        demo.gateway.do("scheduleSession", {**source["session"], "term": no})


def load_members(demo: Demo) -> None:
    """Nominate, appoint and give posts to every member of the plan that lacks it."""
    term = people.data("roster")["term"]["no"]
    present = _present(demo.gateway, term)
    wanted = people.roster(_sector_groups(demo.gateway))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(
            pool.map(lambda p: _load(demo.gateway, p, term, present.get(p.member_no(term))), wanted)
        )


def await_accounts(demo: Demo) -> None:
    """Members can sign in once identity has heard of their appointments and posts."""
    wanted = {a.login: a.role for a in accounts.accounts()}
    deadline = time.monotonic() + FOLLOWING_SECONDS
    while True:
        rows = rpc(
            demo.process, "identity", "accounts_by_ids", 5.0, ids=list(demo.account_ids.values())
        )
        held = {
            row["login"]: {g["role"] for g in row["grants"] if g["state"] == "GRANTED"}
            for row in rows
        }
        lacking = [login for login, role in wanted.items() if role not in held.get(login, ())]
        if not lacking:
            return
        if time.monotonic() > deadline:
            raise DemoError(f"accounts without their roles: {', '.join(lacking)}")
        time.sleep(0.5)


def set_numbers(demo: Demo) -> None:
    """Decision 12: the first serial number is 0315, the first case number 023."""
    for start in people.data("proposals")["counters"]:
        demo.gateway.do("setCounterStart", start)


def load_drafts(demo: Demo) -> None:
    """Proposals under way: a joint one with open invitations, an individual and a party's."""
    for draft in people.data("proposals")["drafts"]:
        author = Gateway(demo.process)
        author.sign_in(draft["login"], accounts.password(), draft["role"])
        save = partial(author.do, "saveDraft", draft["input"], "proposal { id }")
        saved = _once_heard(save)["proposal"]  # of its topics
        for member_no in draft["cosigners"]:
            invited = to_global_id("Member", f"m-{member_no}")
            author.do("inviteCosigner", {"id": saved["id"], "memberId": invited})


def load_meetings(demo: Demo) -> None:
    """A meeting that its members are asked to answer."""
    for source in people.data("meetings"):
        invited = [{"memberId": to_global_id("Member", f"m-{no}")} for no in source["members"]]
        plan = {key: value for key, value in source.items() if key != "members"}
        plan["organiser"] = to_global_id("Organisation", source["organiser"])
        plan["invited"] = {"members": invited}
        made = _once_heard(partial(demo.gateway.do, "planMeeting", plan, "meeting { id }"))
        demo.gateway.do("notifyMeeting", {"meetingId": made["meeting"]["id"]})


def load_work_plan(demo: Demo) -> None:
    """The cover notice of the 2017 plan as an incoming document; the plan, being carried out."""
    source = people.data("work_plan")
    sender = to_global_id("Organisation", source["notice"]["sender"])
    notice = {**source["notice"], "sender": sender}
    signed = _once_heard(partial(demo.gateway.do, "signForDocument", notice, "document { id }"))
    document = signed["document"]["id"]
    demo.gateway.do("registerDocument", {**source["register"], "documentId": document})
    drafted = demo.gateway.do("draftWorkPlan", source["plan"], "plan { id }")
    plan = {"planId": drafted["plan"]["id"]}
    demo.gateway.do("adoptWorkPlan", {**source["adopted"], **plan})
    demo.gateway.do("sendWorkPlan", plan)
    demo.gateway.do("forwardWorkPlan", {**source["forwarded"], **plan, "noticeId": document})
    demo.gateway.do("executeWorkPlan", plan)


def load_study(demo: Demo) -> None:
    """The study plan of the year, a session, a class open for enrolment, an issued material."""
    source, office = (
        people.data("study"),
        {"organiser": to_global_id("Organisation", "office-general")},
    )
    written = _once_heard(partial(demo.gateway.do, "writeStudyPlan", source["plan"], "plan { id }"))
    plan = {"planId": written["plan"]["id"]}
    demo.gateway.do("proposeStudyPlan", plan)
    chair, second = Gateway(demo.process), Gateway(demo.process)
    chair.sign_in("15-0002", accounts.password(), "CHAIR_COUNCIL")
    chair.do("decideStudyPlan", {**plan, "approved": True})
    members = [to_global_id("Member", f"m-{no}") for no in source["session"]["members"]]
    session = {**source["session"], **office, "members": members}
    demo.gateway.do("planStudySession", session)
    demo.gateway.do("openRotationClass", {**source["class"], **office})
    made = demo.gateway.do(
        "writeStudyMaterial", {**source["material"], **office}, "material { id }"
    )
    material = {"materialId": made["material"]["id"]}
    demo.gateway.do("sendStudyMaterial", material)
    second.sign_in("office-second", accounts.password(), "OFFICE")
    second.do("reviewStudyMaterial", {**material, "passed": True})


def load_liaison(demo: Demo) -> None:
    """Contact links of both levels, a Members' Home with its rota, a joint conference."""
    source = people.data("liaison")
    chair, town, party = (Gateway(demo.process) for _ in range(3))
    chair.sign_in("15-0002", accounts.password(), "CHAIR_COUNCIL")
    town.sign_in("town-lili", accounts.password(), "TOWN_STAFF")
    party.sign_in("minjian-staff", accounts.password(), "ORG_STAFF")
    for asked in source["links"]:
        made = _once_heard(partial(demo.gateway.do, "proposeContactLinks", asked, "plan { id }"))
        chair.do("decideContactLinks", {"planId": made["plan"]["id"], "approved": True})
    members = [_member(no) for no in source["members"]]
    home = town.do("writeMembersHome", {**source["home"], "members": members}, "home { id }")
    id = {"homeId": home["home"]["id"]}
    town.do("openMembersHome", id)
    rows = [{"on": row["on"], "memberId": _member(row["member"])} for row in source["rota"]]
    town.do("setHomeRota", {**id, "rows": rows})
    parties = [to_global_id("Organisation", org) for org in source["participants"]]
    conference = {
        **source["conference"],
        "organiser": to_global_id("Organisation", "office-general"),
        "participants": parties,
    }
    planned = demo.gateway.do("planJointConference", conference, "conference { id }")
    item = {
        **source["item"],
        "conferenceId": planned["conference"]["id"],
        "organisation": to_global_id("Organisation", "org-minjian"),
    }
    party.do("raiseConferenceItem", item)
    demo.gateway.do("sendWorkBriefing", {**source["briefing"], "recipients": parties})


def load_opinions(demo: Demo) -> None:
    """Items of public opinion in every state, each brought there by who does it."""
    source = people.data("opinions")
    desks: dict[tuple[str, str], Gateway] = {}

    def desk(login: str, role: str) -> Gateway:
        if (login, role) not in desks:
            desks[login, role] = Gateway(demo.process)
            desks[login, role].sign_in(login, accounts.password(), role)
        return desks[login, role]

    def report(item: dict[str, Any]) -> dict[str, Any]:
        author = desk(item["login"], item["role"])
        write = partial(author.do, "writeOpinion", item["text"], "opinion { id }")
        opinion = {"opinionId": _once_heard(write)["opinion"]["id"]}
        for step in item["steps"]:
            act(author, item, step, opinion)
        return opinion

    def act(author: Gateway, item: dict[str, Any], step: str, opinion: dict[str, Any]) -> None:
        who, mutation, said = source["steps"][step]
        by = desk(*source["people"][who]) if who else author
        if step == "edit":  # the editor's version says the same
            words = {name: item["text"][name] for name in ("title", "facts", "suggestion")}
            by.do("editOpinion", {**opinion, **words})
        by.do(mutation, {**opinion, **_organisations(said)})

    for item in source["items"]:
        report(item)
    lead, *others = (
        report(item) for item in (source["combined"]["lead"], *source["combined"]["others"])
    )
    editor = desk(*source["people"]["editor"])
    ids = [other["opinionId"] for other in others]
    editor.do("combineOpinions", {**lead, "others": ids})


def _organisations(said: dict[str, Any]) -> dict[str, Any]:
    """With global ids where organisations are named."""
    given = dict(said)
    if "to" in given:
        given["to"] = [to_global_id("Organisation", id) for id in given["to"]]
    if "unitId" in given:
        given["unitId"] = to_global_id("Organisation", given["unitId"])
    return given


def load_outcomes(demo: Demo) -> None:
    """A suggestion motion of 2016 whose items stand in every state."""
    demo_outcomes.load(demo.process, demo.gateway, _once_heard)


def load_supervision(demo: Demo) -> None:
    """The rivers and lakes of the plan, with findings in every state."""
    demo_supervision.load(demo.process, _once_heard)


def load_consultations(demo: Demo) -> None:
    """The consultation plan of 2017 with its three topics, and the two motions."""
    demo_consultations.load(demo.process, demo.gateway, _once_heard)


def _member(member_no: str) -> str:
    return str(to_global_id("Member", f"m-{member_no}"))


def _once_heard(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Services hear of members and topics from their events: a moment later than others may."""
    deadline = time.monotonic() + FOLLOWING_SECONDS
    while True:
        try:
            return act()
        except DemoError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


# What `make run` loads, in this order; each step is safe to repeat.
STEPS: list[tuple[str, Callable[[Demo], None]]] = [
    ("clock", set_clock),
    ("accounts", load_accounts),
    ("term 15 and its first session", open_term),
    ("330 members", load_members),
    ("roles of the members' accounts", await_accounts),
    ("numbers of proposals", set_numbers),
    ("proposals under way", load_drafts),
    ("a meeting", load_meetings),
    ("the work plan of 2017 and its cover notice", load_work_plan),
    ("the year of study", load_study),
    ("contacts, a Members' Home, a joint conference", load_liaison),
    ("public opinion in every state", load_opinions),
    ("a motion and what became of its opinions", load_outcomes),
    ("the supervision of rivers and lakes", load_supervision),
    ("the consultation plan and the motions of 2017", load_consultations),
]


def load(process: Settings, say: Callable[[str], None]) -> None:
    """All steps; raises DemoError, in production at once."""
    if process.production:
        raise DemoError("demo data are never loaded in production")
    demo = Demo(process, Gateway(process))
    for label, step in STEPS:
        started = time.monotonic()
        step(demo)
        say(f"      {label}: {time.monotonic() - started:.1f} s")


def _present(gateway: Gateway, term: int) -> dict[str, tuple[str, bool]]:
    """Member number → (state, whether any post is held)."""
    document = """query($term: Int, $after: String) {
        members(filter: {term: $term, states: [NOMINATED, ACTIVE, SUSPENDED, REJECTED, RESIGNED,
            REVOKED, DECEASED, TERM_ENDED]}, first: 100, after: $after) {
            pageInfo { hasNextPage endCursor }
            edges { node { memberNo state posts { post } } } } }"""
    found: dict[str, tuple[str, bool]] = {}
    after = None
    while True:
        page = gateway.ask(document, term=term, after=after)["members"]
        for edge in page["edges"]:
            node = edge["node"]
            found[node["memberNo"]] = (node["state"], bool(node["posts"]))
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def _sector_groups(gateway: Gateway) -> dict[str, str]:
    """Sector → local id of the group that it belongs to."""
    rows = gateway.ask("{ organisations(kind: SECTOR_GROUP) { id sectors { code } } }")
    return {
        sector["code"]: from_global_id(row["id"])[1]
        for row in rows["organisations"]
        for sector in row["sectors"]
    }


def _load(gateway: Gateway, person: Person, term: int, present: tuple[str, bool] | None) -> None:
    state, has_posts = present or (None, False)
    member_id = to_global_id("Member", f"m-{person.member_no(term)}")
    if state is None:
        gateway.do("nominateMember", person.nomination(term))
    if state in (None, "NOMINATED"):
        gateway.do("appointMember", {"memberId": member_id, "joinedVia": "TERM_START"})
    if person.posts and not has_posts and state in (None, "NOMINATED", "ACTIVE"):
        gateway.do("changePost", {"memberId": member_id, "posts": person.held_posts()})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.demo", description=__doc__)
    parser.add_argument("--accounts", action="store_true", help="list the demo accounts")
    if parser.parse_args(arguments).accounts:
        print(accounts.table())
        return 0
    try:
        load(settings.load(), lambda line: print(line, flush=True))
    except DemoError as error:
        print(f"demo data not loaded: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
