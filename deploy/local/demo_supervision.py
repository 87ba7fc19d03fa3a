"""Demo data of supervision: rivers and lakes with findings in every state (5.2, 5.7 fixtures)."""

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
STEPS = ("OPEN", "CONFIRMED", "ASSIGNED", "CLAIMED", "VERIFIED")


def load(process: Settings, once_heard: Callable[[Act], Row]) -> None:
    """In the names of the committee, the team, the Council and two units; safe to repeat."""
    source = people.data("supervision")
    desks: dict[str, Gateway] = {}

    def desk(who: str) -> Gateway:
        if who not in desks:
            login, role = source["people"][who]
            desks[who] = Gateway(process)
            desks[who].sign_in(login, accounts.password(), role)
        return desks[who]

    committee = desk("committee")
    sites = [_site(committee, once_heard, site) for site in source["sites"]]
    committee.do("writeSupervisionChecklist", source["checklist"], "checklist { id }")
    asked = {
        **source["supervision"],
        "units": [to_global_id("Organisation", id) for id in source["units"]],
        "sites": sites,
        "checklist": source["checklist"]["lines"],
    }
    drafted = once_heard(partial(committee.do, "draftSupervision", asked, "supervision { id }"))
    supervision = {"supervisionId": drafted["supervision"]["id"]}
    committee.do("submitSupervision", supervision)
    desk("chair").do("decideSupervision", {**supervision, "approved": True, "opinion": "同意"})
    supervisor = _supervisor(committee, desk("chair"), once_heard, source["supervisor"])
    leader, member = (_member(source["people"][who][0]) for who in ("leader", "member"))
    team = {**supervision, "leader": leader, "members": [member], "supervisors": [supervisor]}
    once_heard(partial(committee.do, "formSupervisionTeam", team))
    inspection = {**supervision, **source["inspection"], "sites": sites[:2]}
    committee.do("planSupervisionInspection", inspection, "inspection { id }")
    both = {
        **source["debriefing"],
        "units": [to_global_id("Organisation", "unit-slj")],
        "supervisors": [supervisor],
        "members": [leader, member],
    }
    committee.do("planDebriefing", both, "debriefing { id }")
    for finding in source["findings"]:
        _bring(desk, {**supervision, "siteId": sites[finding["site"]]}, finding)


def _site(committee: Gateway, once_heard: Callable[[Act], Row], site: Row) -> str:
    given = {**site, "unit": to_global_id("Organisation", site["unit"])}
    write = partial(committee.do, "writeSupervisionSite", given, "site { id }")
    return str(once_heard(write)["site"]["id"])


def _supervisor(
    committee: Gateway, chair: Gateway, once_heard: Callable[[Act], Row], said: Row
) -> str:
    """Nominated, appointed with a certificate, assigned."""
    asked = {"memberId": _member(said["member"]), "fields": said["fields"]}
    asked["profession"] = said["profession"]
    nominate = partial(committee.do, "nominateSupervisor", asked, "supervisor { id }")
    one = {"supervisorId": once_heard(nominate)["supervisor"]["id"]}
    chair.do("decideSupervisorNomination", {**one, "approved": True, "opinion": "同意聘任"})
    units = [to_global_id("Organisation", "unit-slj")]
    committee.do("assignSupervisor", {**one, "units": units})
    return str(one["supervisorId"])


def _bring(desk: Callable[[str], Gateway], place: Row, finding: Row) -> None:
    """A finding as far as the state that it is to show."""
    by, until = desk(finding["by"]), finding["until"]
    made = by.do("recordFinding", {**place, **finding["said"]}, "finding { id }")
    one = {"findingId": made["finding"]["id"]}
    unit = to_global_id("Organisation", finding["unit"])
    claim = {"text": "已按要求整改。", "values": finding["after"]}
    verified = until != "REOPENED"
    steps: dict[str, tuple[str, str, Row]] = {
        "CONFIRMED": ("committee", "confirmFinding", {"confirmed": True}),
        "ASSIGNED": ("committee", "assignFinding", {"unit": unit}),
        "CLAIMED": (finding["officer"], "claimFinding", claim),
        "VERIFIED": (finding["by"], "verifyFinding", {"verified": verified, "text": "现场查看"}),
    }
    last = STEPS.index("VERIFIED" if until == "REOPENED" else until)
    for step in STEPS[1 : last + 1]:
        who, mutation, said = steps[step]
        desk(who).do(mutation, {**one, **said})


def _member(member_no: str) -> str:
    return str(to_global_id("Member", f"m-{member_no}"))
