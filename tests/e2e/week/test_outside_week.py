"""The weeks of a supervisor, of a visitor and of the three administrators."""

from __future__ import annotations

from dataclasses import replace

from gateway.base import global_id
from shared.actor import PUBLIC_ACTOR, Actor, Role
from shared.ids import new_id
from tests.e2e.week.conftest import Week
from tests.e2e.week.desk import Desk, org
from tests.e2e.week.given import appraisal, records
from tests.e2e.week.given_supervision import VALUE, supervised
from tests.e2e.week.screens import CASE, DAY, MEETING, SIGN_INS
from tests.e2e.week.test_groups_week import home
from tests.e2e.week.test_leaders_week import todos_of
from tests.stack import Document
from tests.world import OFFICE, STAFF

SYSTEM_ADMIN = Actor("account-system-admin", Role.SYSTEM_ADMIN)
SECURITY = Actor("account-security", Role.SECURITY_ADMIN)
SECOND_SECURITY = Actor("account-security-2", Role.SECURITY_ADMIN)
AUDITOR = Actor("account-auditor", Role.AUDIT_ADMIN)
ACCOUNT = """
  id login label kindLabel stateLabel createdAt lockedUntil passwordSet
  grants { id roleLabel stateLabel scope { kindLabel name } reason requestedAt }
  reset { reason requestedAt requester { label } }
"""
PROGRESS = f"{CASE} caseTitle closeKindLabel assignments {{ unit {{ name }} partLabel stateLabel }}"


def account(week: Week, role: str = "PROPOSAL_STAFF") -> str:
    """The global id of an account that holds a role."""
    return global_id("Account", week.account("提案委小王", role))


def known(week: Week, actor: Actor) -> Actor:
    """The same under an account that identity knows, and so may sign in."""
    return replace(actor, account_id=week.account(str(actor.role.label), actor.role.value))


def public(desk: Desk, case: str) -> None:
    """What anybody sees of a proposal that is open to the public."""
    row = desk.ask(
        f"query ($id: ID!) {{ proposal(id: $id) {{ {PROGRESS} situation suggestions }} }}", id=case
    )["proposal"]
    assert (row["firstProposer"]["name"], row["assignments"][0]["unit"]["name"]) == (
        "陆晓芸",
        "区住建局",
    )


def test_the_week_of_a_supervisor(week: Week) -> None:
    given = supervised(week)
    desk = week.desk(given.supervisor)
    closed = week.case("closed", openness="OPEN")

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        assert desk.ask(DAY)["viewer"]["badges"] is not None

    with desk.task("Read the proposals that are open to the public, with their replies"):
        rows = desk.rows(
            f"""{{ proposals(filter: {{states: [CLOSED]}}, first: 50) {{
              edges {{ node {{ {PROGRESS} replies {{ title body unit {{ name }} }} }} }} }} }}"""
        )
        assert closed in [row["id"] for row in rows]

    with desk.task("See the meetings one is asked to"):
        assert desk.ask(
            f"{{ meetings(filter: {{invited: true}}) {{ edges {{ node {{ {MEETING} }} }} }} }}"
        )

    with desk.task("See the year's figures"):
        rows = desk.ask(
            """{ proposalStatistics(by: CATEGORY, term: 15) { label figures {
              received filed replied } } }"""
        )["proposalStatistics"]
        assert all(row["label"] for row in rows)

    with desk.task("Look a member up in the public roster"):
        rows = desk.rows(
            """{ members(filter: {text: "陆晓芸"}) { edges { node {
              id name memberNo sector { name } } } } }"""
        )
        assert rows

    with desk.task("Record what is wrong at a site, with photo and values"):
        row = desk.row(
            """{ supervisions { edges { node {
              id title stateLabel sites { id name } checklist indicators } } } }""",
            given.supervision,
        )
        found = desk.press(
            "recordFinding",
            "finding { stateLabel values { exceeded } photos { before { name } } }",
            supervisionId=row["id"],
            siteId=row["sites"][0]["id"],
            text="排口有白色泡沫",
            severity="ORDINARY",
            values=[VALUE],
            photos=[week.story.upload(desk.actor, "现场.pdf")],
        )
        assert found["values"] == [{"exceeded": True}]

    with desk.task("Look again at what a unit says it has rectified"):
        row = desk.row(
            """{ supervisionFindings(filter: {state: RECTIFIED}) { edges { node {
              id text site { name } claims { text values { indicator value exceeded } }
              photos { before { url } after { url } } } } } }""",
            given.claimed,
        )
        assert row["claims"][0]["text"] == "已清理岸坡垃圾"
        judged = {"verified": True, "text": "现场查看，已清理。"}
        seen = desk.press("verifyFinding", "finding { stateLabel }", findingId=row["id"], **judged)
        assert seen == {"stateLabel": "整改已核实"}

    with desk.task("See the map, and what a site has been through"):
        seen = desk.ask(
            """{ supervisionMap supervisionSites { edges { node { id name
              findings(first: 10) { totalCount edges { node { text stateLabel } } } } } } }"""
        )
        assert len(seen["supervisionMap"]["features"]) >= 3

    with desk.task("Report to a debriefing, with what the other side says"):
        row = desk.row(
            """{ debriefings { edges { node { id title reportBy units { name }
              papers { text unit { name } } questions { text answer } } } } }""",
            given.debriefing,
        )
        handed = desk.press(
            "giveDebriefingReport",
            "debriefing { papers { text supervisor { id } } }",
            debriefingId=row["id"],
            text="一年来到现场十二次，记录问题三个。",
        )
        assert len(handed["papers"]) == 1

    with desk.task("Declare a relation to a unit"):
        rows = desk.rows("{ supervisors { edges { node { id own certificateNo endsOn } } } }")
        [own] = [row["id"] for row in rows if row["own"]]
        relation = {"organisation": org("unit-hbj"), "note": "子女任职"}
        told = desk.press(
            "declareRelations",
            "supervisor { relations { note } }",
            supervisorId=own,
            relations=[relation],
        )
        assert told == {"relations": [{"note": "子女任职"}]}
    desk.end()


def test_the_week_of_a_visitor(week: Week) -> None:
    desk = week.desk(PUBLIC_ACTOR)
    case, house = week.case("closed", openness="OPEN"), home(week)
    vote = appraisal(week, "公众评议", week.case("closed"))
    week.story.world.stack.move_clock(week.story.world.now)

    with desk.task("Look for proposals on a matter"):
        rows = desk.rows(
            f"""{{ proposals(filter: {{text: "二次供水"}}, first: 50) {{
              totalCount edges {{ node {{ {PROGRESS} }} }} }} }}"""
        )
        assert case in [row["id"] for row in rows]

    with desk.task("Read a proposal, and who handles it"):
        public(desk, case)

    with desk.task("See which units are late"):
        assert desk.ask(
            """{ proposals(filter: {lateness: [ESCALATED]}) { totalCount edges { node {
              caseNo title dueAt assignments { unit { name } latenessLabel } } } } }"""
        )

    with desk.task("See the year's figures"):
        rows = desk.ask(
            """{ proposalStatistics(by: CATEGORY, term: 15) { label figures {
              received filed replied } } }"""
        )["proposalStatistics"]
        assert all(row["label"] for row in rows)

    with desk.task("Find the Members' Home nearby, and when it is open"):
        homes = desk.ask(
            """{ liaisonMap { town { name } homes { id name address phone
              hours { weekday opens closes } location { latitude longitude } memberList { name }
            } activities { title heldAt place } } }"""
        )["liaisonMap"]
        assert house in [row["id"] for town in homes for row in town["homes"]]

    with desk.task("Book a visit"):
        given: Document = {"homeId": house, "on": "2017-02-15", "matter": "小区路灯"}
        payload = desk.counting.run(PUBLIC_ACTOR, "bookHomeVisit", "code startsAt", **given)
        assert payload["startsAt"] == "2017-02-15T09:00:00+08:00"
        code = payload["code"]

    with desk.task("Leave word without a name"):
        given = {"homeId": house, "matter": "楼顶水箱多年没有清洗"}
        payload = desk.counting.run(PUBLIC_ACTOR, "leaveHomeLead", "code", **given)
        left = payload["code"]

    with desk.task("Ask what became of it, by the code"):
        found = desk.ask(
            """query ($left: String!, $booked: String!) {
              left: visitorMatter(code: $left) { state stateLabel }
              booked: visitorMatter(code: $booked) { state stateLabel }
            }""",
            left=left,
            booked=code,
        )
        assert (found["left"]["stateLabel"], found["booked"]["stateLabel"]) == ("已接待", "已预约")

    with desk.task("Cancel the visit"):
        payload = desk.counting.run(PUBLIC_ACTOR, "cancelHomeVisit", "cancelled", code=code)
        assert payload["cancelled"] is True

    with desk.task("See the members of a sector"):
        rows = desk.rows(
            """{ members(filter: {sector: "22"}, first: 50) { edges { node {
              name memberNo sector { name } } } } }"""
        )
        assert "陆晓芸" in [row["name"] for row in rows]
    assert vote
    desk.end()


def test_the_week_of_the_system_administrator(week: Week) -> None:
    desk = week.desk(known(week, SYSTEM_ADMIN))
    held, login = account(week), f"week.{new_id()[:8]}"

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        assert desk.ask(DAY)["viewer"]["badges"] is not None

    with desk.task("Create an account, and ask for its role"):
        units = desk.ask("{ organisations(filter: {mayHandle: true}) { id name } }")
        [unit] = [row for row in units["organisations"] if row["name"] == "区水利局"]
        given: Document = {"kind": "PERSON", "label": "区水利局小李", "login": login}
        made = desk.press("createAccount", f"account {{ {ACCOUNT} }}", **given)
        scope = [{"kind": "UNIT", "id": "unit-slj"}]
        wanted = {"role": "UNIT_OFFICER", "scope": scope, "reason": unit["name"]}
        shown = "account { grants { roleLabel stateLabel scope { name } } }"
        asked = desk.press("requestRoleGrant", shown, accountId=made["id"], **wanted)
        assert asked["grants"][0]["scope"] == [{"name": "区水利局"}]

    with desk.task("Find an account by name, see what it holds"):
        rows = desk.rows(
            f"""query ($text: String!) {{ accounts(filter: {{search: $text}}) {{
              edges {{ node {{ {ACCOUNT} }} }} }} }}""",
            text=login,
        )
        assert [row["id"] for row in rows] == [made["id"]]

    with desk.task("Take a role from who left the post"):
        rows = desk.rows(
            f"""{{ accounts(filter: {{role: PROPOSAL_STAFF}}, first: 100) {{
              edges {{ node {{ {ACCOUNT} }} }} }} }}"""
        )
        [row] = [row for row in rows if row["id"] == held]
        given = {"grantId": row["grants"][0]["id"], "reason": "离岗"}
        shown = "account { grants { roleLabel stateLabel } }"
        assert desk.press("revokeRole", shown, **given)["grants"][0]["stateLabel"] == "已收回"

    with desk.task("Disable an account, and enable it again"):
        given = {"accountId": held, "reason": "调离"}
        shown = "account { stateLabel }"
        assert desk.press("disableAccount", shown, **given)["stateLabel"] == "停用"
        assert desk.press("enableAccount", shown, **given)["stateLabel"] == "正常"

    with desk.task("See which accounts wait for approval"):
        rows = desk.rows(
            f"""{{ accounts(filter: {{awaitsApproval: true}}, first: 100) {{
              edges {{ node {{ {ACCOUNT} }} }} }} }}"""
        )
        assert made["id"] in [row["id"] for row in rows]

    with desk.task("See who signs in, and from which accounts it fails"):
        assert desk.ask(
            """{ signInAudit(filter: {kind: FAILURE}) { totalCount edges { node {
              at kindLabel account { login label } } } } }"""
        )

    with desk.task("See how the platform's time stands"):
        assert desk.ask("{ serverTime { now real offsetSeconds } }")["serverTime"]["now"]

    with desk.task("See where one is signed in"):
        assert desk.ask(SIGN_INS)["mySignIns"] is not None

    with desk.task("See which settings of sign-in hold, and who may change them"):
        rows = desk.ask(
            """{ settings(service: "identity") { key label value default proposers approvers } }"""
        )["settings"]
        assert all(row["label"] and row["approvers"] for row in rows)
    desk.end()


def test_the_week_of_the_security_administrator(week: Week) -> None:
    desk = week.desk(known(week, SECURITY))
    locked, other = account(week, "OFFICE"), account(week, "OFFICE")
    ask = {"reason": "本人遗失密码"}
    for id in (locked, other):
        week.run(OFFICE, "requestPasswordReset", "account { id }", accountId=id, **ask)
    week.todo(SECURITY, "RESET_APPROVAL", locked)
    given: Document = {
        "service": "identity",
        "key": "login_lock_minutes",
        "value": 16,
        "reason": "加强口令",
    }
    later = {"validFrom": "2017-12-01T00:00:00+08:00"}
    change = week.run(SECOND_SECURITY, "changeSetting", "change { id }", **given, **later)["id"]

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert locked in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Approve a password reset, and hand the code on"):
        waiting = records(desk.ask(todos_of("RESET_APPROVAL", "Account", ACCOUNT)))
        assert waiting[locked]["reset"]["reason"] == "本人遗失密码"
        payload = desk.counting.run(
            desk.actor, "approvePasswordReset", "code expiresAt account { login }", accountId=locked
        )
        assert payload["code"]

    with desk.task("Refuse a password reset with a reason"):
        waiting = records(desk.ask(todos_of("RESET_APPROVAL", "Account", ACCOUNT)))
        given = {"accountId": other, "reason": "未能核实本人"}
        assert other in waiting
        assert desk.press("refusePasswordReset", "account { reset { reason } }", **given) == {
            "reset": None
        }

    with desk.task("Approve the change of a setting"):
        rows = desk.rows(
            """{ settingChanges(service: "identity", filter: {state: WAITING}) { edges { node {
              id key label former value reason validFrom proposer { label } } } } }"""
        )
        assert change in [row["id"] for row in rows]
        given = {"service": "identity", "changeId": change, "approved": False, "reason": "暂缓"}
        assert desk.press("decideSettingChange", "change { stateLabel }", **given)

    with desk.task("Propose the change of a setting"):
        rows = desk.ask(
            """{ settings(service: "identity") { key label value default rule minimum maximum
              proposers approvers } }"""
        )["settings"]
        assert "login_lock_minutes" in [row["key"] for row in rows]
        given = {
            "service": "identity",
            "key": "login_lock_minutes",
            "value": 20,
            "reason": "加强口令",
        }
        shown = "change { id stateLabel former value }"
        assert desk.press("changeSetting", shown, **given, validFrom="2018-01-01T00:00:00+08:00")

    with desk.task("See failures and locks of the day"):
        assert desk.ask(
            """{
              failures: signInAudit(filter: {kind: FAILURE}) { totalCount edges { node {
                at kindLabel code account { login label } details { name value } } } }
              locked: signInAudit(filter: {kind: LOCKED}) { totalCount edges { node {
                at account { login label } } } }
            }"""
        )

    with desk.task("Find an account, see its roles"):
        rows = desk.rows(
            f"""{{ accounts(filter: {{role: OFFICE}}, first: 100) {{
              edges {{ node {{ {ACCOUNT} }} }} }} }}"""
        )
        assert locked in [row["id"] for row in rows]

    with desk.task("See where one is signed in"):
        assert desk.ask(SIGN_INS)["mySignIns"] is not None

    with desk.task("See how the settings of sign-in came to be what they are"):
        assert desk.ask(
            """{ settingChanges(service: "identity") { totalCount edges { node { label former value
              stateLabel reason proposer { label } decider { label } decidedAt } } } }"""
        )

    with desk.task("See which accounts are disabled"):
        assert desk.ask(
            f"""{{ accounts(filter: {{state: DISABLED}}) {{ totalCount edges {{ node {{
              {ACCOUNT} }} }} }} }}"""
        )
    desk.end()


def test_the_week_of_the_audit_administrator(week: Week) -> None:
    desk = week.desk(known(week, AUDITOR))
    case = week.case("filed")
    entry = """at service kindLabel action actionLabel outcomeLabel code roleLabel subject
               account { login label }"""

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        assert desk.ask(DAY)["viewer"]["badges"] is not None

    with desk.task("Read what was refused lately"):
        rows = desk.rows(
            f"""{{ audit(filter: {{outcome: REFUSED}}, first: 20) {{
              edges {{ node {{ {entry} }} }} }} }}"""
        )
        assert all(row["actionLabel"] for row in rows)

    with desk.task("Follow who did what to one record"):
        rows = desk.rows(
            f"""query ($of: ID!) {{ audit(filter: {{subject: $of}}, first: 50) {{
              edges {{ node {{ {entry} }} }} }} }}""",
            of=case,
        )
        assert "file_proposal" in [row["action"] for row in rows]

    with desk.task("Follow what one account did"):
        rows = desk.rows(
            f"""query ($of: ID!) {{ audit(filter: {{accountId: $of}}, first: 20) {{
              edges {{ node {{ {entry} }} }} }} }}""",
            of=global_id("Account", str(STAFF.account_id)),
        )
        assert rows

    with desk.task("See who looked at private data, and who took files or lists away"):
        assert desk.ask(
            f"""{{
              looks: audit(filter: {{kind: LOOK}}) {{ edges {{ node {{ {entry} }} }} }}
              exports: audit(filter: {{kind: EXPORT}}) {{ edges {{ node {{ {entry} }} }} }}
              downloads: audit(filter: {{kind: DOWNLOAD}}) {{ edges {{ node {{ {entry} }} }} }}
            }}"""
        )

    with desk.task("See who signed in, who failed, which roles were switched"):
        assert desk.ask(
            """{ signInAudit(first: 20) { totalCount edges { node {
              at kindLabel code role roleLabel account { login label } byAccount { label }
              details { name value } } } } }"""
        )

    with desk.task("See which settings were changed, by whom"):
        assert desk.ask(
            """{
              proposals: settingChanges(service: "proposals") { edges { node {
                key label former value stateLabel reason proposer { label } decider { label } } } }
              identity: settingChanges(service: "identity") { edges { node {
                key label former value stateLabel reason proposer { label } } } }
            }"""
        )

    with desk.task("Find an account, see its roles"):
        assert desk.ask(
            f"""{{ accounts(first: 20) {{ totalCount edges {{ node {{ {ACCOUNT} }} }} }} }}"""
        )

    with desk.task("See where one is signed in"):
        assert desk.ask(SIGN_INS)["mySignIns"] is not None

    with desk.task("See what one service refused, and by which code"):
        rows = desk.rows(
            f"""{{ audit(filter: {{service: "proposals", kind: REFUSAL}}, first: 20) {{
              edges {{ node {{ {entry} }} }} }} }}"""
        )
        assert all(row["code"] for row in rows)
    desk.end()
