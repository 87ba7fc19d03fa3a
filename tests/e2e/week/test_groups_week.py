"""The weeks of special committees, town working committees, parties and organisations."""

from __future__ import annotations

from typing import Any

from gateway.base import local_id
from shared.actor import Actor, Role
from tests.e2e.week.conftest import GU, SHEN, Week
from tests.e2e.week.desk import Desk, org
from tests.e2e.week.given import activity, notice, records, study_plan, todo_list
from tests.e2e.week.screens import ACTIVITY, CASE, DAY, LETTER, MEETING, REPLY, SESSION, TEXT
from tests.stack import Document
from tests.waiting import eventually
from tests.world import OFFICE

COMMITTEE = {"committee": "com-economy"}
ECONOMY = Actor("account-economy", Role.COMMITTEE_STAFF, COMMITTEE)
ECONOMY_HEAD = Actor("account-economy-head", Role.COMMITTEE_DIRECTOR, COMMITTEE)
LILI = Actor("account-lili", Role.TOWN_STAFF, {"town": "town-lili"})
LILI_HEAD = Actor("account-lili-head", Role.TOWN_HEAD, {"town": "town-lili"})
MINJIAN = Actor("account-minjian", Role.ORG_STAFF, {"organisation": "org-minjian"})
MINJIAN_HEAD = Actor("account-minjian-head", Role.ORG_HEAD, {"organisation": "org-minjian"})
HOME = {
    "name": "黎里镇委员之家",
    "address": "黎里镇人民路1号",
    "hours": [{"weekday": 3, "opens": "09:00", "closes": "11:30"}],
    "sign": "政协委员之家",
    "duties": "联系群众，反映社情民意。",
    "process": "接待、登记、转办、反馈。",
    "rules": "委员轮流值班。",
}
PAPER = {
    "title": "关于优化民营企业融资环境的提案",
    "situation": "融资难、融资贵。",
    "analysis": "缺乏抵押物。",
    "suggestions": ["设立风险补偿基金", "扩大信用贷款", "降低担保费率"],
    "category": "ECONOMIC",
    "declared": True,
}
INVITEES = """
  invitees(filter: $answer, first: 50) { edges { node {
    member { id name memberNo } organisation { id name } answerLabel reason reasonKindLabel
  } } }
"""
PEOPLE = """
  members(filter: {states: [ACTIVE], %s: $of}, first: 50) {
    edges { node { id name memberNo workUnit title score { total gradeLabel } } }
  }
  duties(first: 20) { edges { node { dutyLabel on status member { name } meeting { title } } } }
"""


def drafted(week: Week, actor: Actor, kind: str) -> str:
    """A collective proposal whose seal has been asked for."""
    made = week.run(actor, "saveDraft", "proposal { id }", proposerType=kind, **PAPER)["id"]
    week.run(actor, "requestSeal", "proposal { id }", id=made)
    return str(made)


def sealed(desk: Desk, case: str) -> None:
    """Read what waits for one's seal, seal it, hand it in."""
    waiting = records(desk.ask(todo_list("SEAL", f"{CASE} {TEXT} seal {{ requestedAt }}")))
    assert waiting[case]["seal"]["requestedAt"] and waiting[case]["situation"]
    shown = "proposal { seal { sealedAt } problems { field message } }"
    assert desk.press("confirmSeal", shown, id=case)["seal"]["sealedAt"]
    shown = "proposal { stateLabel serialNo reviewDueAt }"
    assert desk.press("submitProposal", shown, id=case)["serialNo"]


def held(week: Week, actor: Actor, organiser: str, kind: str) -> str:
    """A meeting of the organiser's own, from plan to the point where presence is confirmed."""
    given: Document = {
        "organiser": org(organiser),
        "kind": kind,
        "title": "工作会议",
        "heldAt": "2017-02-03T09:00:00+08:00",
        "endsAt": "2017-02-03T11:00:00+08:00",
        "place": "二楼",
        "mandatory": False,
        "invited": {"members": [{"memberId": week.story.gid(GU)}]},
    }
    made = week.run(actor, "planMeeting", "meeting { id }", **given)["id"]
    week.run(actor, "recordPastMeeting", "meeting { id }", meetingId=made, reason="补录")
    return str(made)


def presence(desk: Desk, meeting: str, organiser: str) -> None:
    """Confirm who came, then write the minutes."""
    row = desk.row(
        f"""query ($of: ID!, $answer: MeetingInviteeFilter) {{
          meetings(filter: {{organiser: $of, state: HELD}}) {{ edges {{ node {{
            {MEETING} mayRun {INVITEES}
          }} }} }}
        }}""",
        meeting,
        of=org(organiser),
    )
    came = [edge["node"]["member"] for edge in row["invitees"]["edges"]]
    assert GU in [member["name"] for member in came]
    rows = [{"memberId": member["id"], "status": "PRESENT"} for member in came]
    shown = "meeting { stateLabel confirmedAt version tally { attendance { statusLabel count } } }"
    after = desk.press("confirmAttendance", shown, meetingId=meeting, rows=rows)
    assert after["confirmedAt"]
    given: Document = {
        "meetingId": meeting,
        "text": "会议听取了通报。",
        "expectedVersion": after["version"],
    }
    assert desk.press("writeMinutes", "meeting { stateLabel minutes { text at } }", **given)


def announced(week: Week, desk: Desk, organiser: str, kind: str, title: str) -> str:
    """Plan a meeting with people of one's own, and announce it."""
    found = desk.rows(
        """query ($text: String!) { members(filter: {text: $text, states: [ACTIVE]}) {
          edges { node { id name memberNo } }
        } }""",
        text=GU,
    )
    given: Document = {
        "organiser": org(organiser),
        "kind": kind,
        "title": title,
        "heldAt": "2017-02-22T14:00:00+08:00",
        "place": "二楼会议室",
        "mandatory": True,
        "invited": {"members": [{"memberId": row["id"]} for row in found if row["name"] == GU]},
    }
    made = desk.press("planMeeting", f"meeting {{ {MEETING} mayRun }}", **given)
    shown = "meeting { stateLabel notices tally { invited answers { stateLabel count } } }"
    assert desk.press("notifyMeeting", shown, meetingId=made["id"])["tally"]["invited"] >= 1
    return str(made["id"])


def applied(desk: Desk, organiser: str, kind: str, **more: Any) -> str:
    given: Document = {
        "kind": kind,
        "title": "走访调研",
        "organisers": [org(organiser)],
        "heldAt": "2017-02-20T14:00:00+08:00",
        "place": "开发区",
        "signUpBy": "2017-02-18T18:00:00+08:00",
        **more,
    }
    row = desk.press("applyActivity", f"activity {{ {ACTIVITY} }}", **given)
    assert (row["stateLabel"], row["mayRun"]) == ("待审核", True)
    return str(row["id"])


def studied(desk: Desk, week: Week, organiser: str, form: str) -> None:
    page = desk.ask(
        """{ studyPlan(year: 2017) { title stateLabel themes { code title required } }
             studyMaterials(filter: {state: ISSUED}) { edges { node { id title } } } }"""
    )
    theme = page["studyPlan"]["themes"][0]["code"]
    given: Document = {
        "organiser": org(organiser),
        "title": "专题学习",
        "themes": [theme],
        "form": form,
        "way": "LECTURE",
        "heldAt": "2017-02-23T14:00:00+08:00",
        "place": "活动室",
        "hours": 2,
        "members": [week.story.gid(GU)],
    }
    row = desk.press("planStudySession", f"session {{ {SESSION} }}", **given)
    assert (row["stateLabel"], row["mayRun"]) == ("已安排", True)


def people(desk: Desk, name: str, of: str) -> None:
    page = desk.ask(f"query ($of: ID!) {{ {PEOPLE % name} }}", of=org(of))
    named = [edge["node"]["name"] for edge in page["members"]["edges"]]
    assert GU in named or SHEN in named


def year_of(desk: Desk, organisation: str) -> None:
    """See the year's plan and norm, and write the plan."""
    query = """query ($of: ID!) { liaisonYear(organisation: $of, year: 2017) {
      plan summary topics mayWrite norm { dutyLabel target done met }
    } }"""
    assert desk.ask(query, of=org(organisation))["liaisonYear"]["mayWrite"] is True
    shown = "workspace { plan summary }"
    assert desk.press("writeLiaisonYear", shown, year=2017, plan="全年四次活动")["plan"]


def home(week: Week) -> str:
    made = week.run(LILI, "writeMembersHome", "home { id }", **HOME, members=[week.story.gid(GU)])
    week.run(LILI, "openMembersHome", "home { id }", homeId=made["id"])
    return str(made["id"])


def test_the_week_of_a_committees_staff(week: Week) -> None:
    desk = week.desk(ECONOMY)
    study_plan(week)
    case = week.case("reviewed", category="ECONOMIC", title="关于支持小微企业融资的建议")
    week.todo(ECONOMY, "COMMITTEE_COMMENT", case)
    asked = activity(week, "企业走访", published=False)
    help_ = {"activityId": asked, "committee": org("com-economy"), "text": "请派专家"}
    convener = week.actor(SHEN, Role.SECTOR_CONVENER, sector_group="group-22")
    week.run(convener, "askCommitteeHelp", "activity { id }", **help_)
    week.todo(ECONOMY, "ACTIVITY_HELP", asked)
    past = held(week, ECONOMY, "com-economy", "COMMITTEE")

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert case in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Comment on a proposal of the committee's field"):
        waiting = records(
            desk.ask(todo_list("COMMITTEE_COMMENT", f"{CASE} {TEXT} committeeComments {{ text }}"))
        )
        assert waiting[case]["categoryLabel"] == "经济建设"
        shown = "proposal { committeeComments { committee { name } text givenAt } }"
        said = desk.press("commentOnProposal", shown, id=case, text="建议立案办理")
        assert said["committeeComments"][0]["committee"]["name"] == "经济科技委员会"

    with desk.task("Plan a meeting of the committee, and announce it"):
        meeting = announced(week, desk, "com-economy", "COMMITTEE", "专委会工作会议")
    leave = {"reasonKind": "WORK", "reason": "出差"}
    week.run(week.actor(GU), "askMeetingLeave", "meeting { id }", meetingId=meeting, **leave)

    with desk.task("Decide who may stay away from the committee's meeting"):
        row = desk.row(
            f"""query ($of: ID!, $answer: MeetingInviteeFilter) {{
              meetings(filter: {{organiser: $of, state: NOTIFIED}}) {{ edges {{ node {{
                {MEETING} {INVITEES}
              }} }} }}
            }}""",
            meeting,
            of=org("com-economy"),
            answer={"answer": "LEAVE_ASKED"},
        )
        [invitee] = [edge["node"] for edge in row["invitees"]["edges"]]
        assert (invitee["member"]["name"], invitee["reason"]) == (GU, "出差")
        shown = "meeting { tally { answers { stateLabel count } } }"
        given: Document = {"memberId": invitee["member"]["id"], "granted": True}
        assert desk.press("decideMeetingLeave", shown, meetingId=meeting, **given)

    with desk.task("Confirm who came to a meeting, and write its minutes"):
        presence(desk, past, "com-economy")

    with desk.task("Apply for an investigation of the committee"):
        applied(desk, "com-economy", "RESEARCH", topic="民营经济")

    with desk.task("Answer a sector group that asks for help"):
        query = """{ viewer { todos(kind: ACTIVITY_HELP) { edges { node { dueAt link { id record {
          ... on Activity { id title heldAt place organiserList { name }
                            helps { no text askedAt askedCommittee { name } } }
        } } } } } } }"""
        waiting = records(desk.ask(query))
        [one] = waiting[asked]["helps"]
        given = {"activityId": asked, "helpNo": one["no"], "answer": "派两名专家"}
        shown = "activity { helps { answer answeredAt } }"
        assert desk.press("answerCommitteeHelp", shown, **given)["helps"][0]["answeredAt"]

    with desk.task("Write a study material, and send it for review"):
        written = desk.press(
            "writeStudyMaterial",
            "material { id version stateLabel }",
            organiser=org("com-economy"),
            kind="READING",
            title="经济形势读本",
            text="正文",
        )
        sent = desk.press("sendStudyMaterial", "material { stateLabel }", materialId=written["id"])
        assert sent["stateLabel"] == "审核中"

    with desk.task("Open a consultation's outcome, and send an opinion item"):
        source = {"source": "CONSULTATION", "reference": "协商专报 2017年第9期"}
        shown = "outcome { id stateLabel organiser { name } mayKeep }"
        opened = desk.press("openOutcome", shown, title="优化民营企业融资环境", **source)
        assert (opened["organiser"]["name"], opened["mayKeep"]) == ("经济科技委员会", True)
        shown = "item { stateLabel dueAt kindLabel }"
        given = {"outcomeId": opened["id"], "text": "设立风险补偿基金", "kind": "POLICY"}
        assert desk.press("addOutcomeItem", shown, **given)["stateLabel"] == "已报送"

    with desk.task("See the committee's members with their points and duties"):
        people(desk, "committee", "com-economy")
    desk.end()


def test_the_week_of_a_committees_director(week: Week) -> None:
    desk = week.desk(ECONOMY_HEAD)
    study_plan(week)
    case = drafted(week, ECONOMY, "COMMITTEE")
    week.todo(ECONOMY_HEAD, "SEAL", case)
    filed = week.case("filed")
    field = week.case("reviewed", category="ECONOMIC", title="关于支持小微企业发展的建议")
    given: Document = {"organiser": org("com-economy"), "kind": "READING", "title": "读本"}
    material = week.run(ECONOMY, "writeStudyMaterial", "material { id }", **given, text="正文")[
        "id"
    ]
    week.run(ECONOMY, "sendStudyMaterial", "material { id }", materialId=material)
    week.todo(ECONOMY_HEAD, "MATERIAL_REVIEW", material)
    note = {"kind": "PAPER", "title": "论民营经济", "text": "正文"}
    paper = week.run(week.actor(GU), "submitStudyPaper", "paper { id }", **note)["id"]
    past = held(week, ECONOMY_HEAD, "com-economy", "COMMITTEE")

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert case in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Read and seal a proposal of the committee, and hand it in"):
        sealed(desk, case)

    with desk.task("Comment on a proposal of the committee's field"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [UNDER_REVIEW], category: ECONOMIC}}, first: 50) {{
              edges {{ node {{ {CASE} {TEXT} committeeComments {{ text }} }} }} }} }}""",
            field,
        )
        shown = "proposal { committeeComments { committee { name } text givenAt } }"
        assert row["categoryLabel"] == "经济建设"
        assert desk.press("commentOnProposal", shown, id=field, text="同意立案")

    with desk.task("Recommend a key proposal"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [FILED]}}, orderBy: FILED) {{ edges {{ node {{
              {CASE} key {{ stateLabel }} }} }} }} }}""",
            filed,
        )
        assert row["key"] is None
        shown = "proposal { key { stateLabel nominations { reason } } }"
        assert desk.press("nominateKey", shown, id=filed, reason="关系发展")["key"]

    with desk.task("Review a study material of the committee's staff"):
        query = """{ viewer { todos(kind: MATERIAL_REVIEW) { edges { node { dueAt link { id record {
          ... on StudyMaterial { id title text files { name url } organiser { name } }
        } } } } } } }"""
        assert records(desk.ask(query))[material]["organiser"]["name"] == "经济科技委员会"
        given = {"materialId": material, "passed": True}
        assert desk.press("reviewStudyMaterial", "material { stateLabel issuedAt }", **given)

    with desk.task("Judge a study paper of a member"):
        row = desk.row(
            """{ studyPapers(filter: {state: SUBMITTED}) { edges { node {
              id title kindLabel text authors { name memberNo } files { name url } submittedAt
            } } } }""",
            paper,
        )
        assert row["authors"][0]["name"] == GU
        given = {"paperId": paper, "accepted": True, "opinion": "采用"}
        assert desk.press("decideStudyPaper", "paper { stateLabel hours }", **given)

    with desk.task("Hold a study session of the committee"):
        studied(desk, week, "com-economy", "COMMITTEE")

    with desk.task("Confirm who came to a meeting, and write its minutes"):
        presence(desk, past, "com-economy")

    with desk.task("Enter a visit to another committee"):
        given = {
            "kind": "DELEGATION_OUT",
            "title": "赴昆山考察",
            "on": "2017-02-03T09:00:00+08:00",
            "place": "昆山",
            "organiser": org("com-economy"),
            "counterpart": "昆山市政协",
        }
        shown = "exchange { id kindLabel title on counterpart participantList { name } }"
        wrote = desk.press("writeExchange", shown, **given, participants=[week.story.gid(GU)])
        assert wrote["participantList"] == [{"name": GU}]

    with desk.task("See the committee's people and figures beside those of the others"):
        page = desk.ask(
            f"""query ($of: ID!) {{
              {PEOPLE % "committee"}
              dutyStatistics(by: COMMITTEE, groupId: "com-economy", year: 2017) {{
                label members duties attendanceRate silent }}
            }}""",
            of=org("com-economy"),
        )
        assert page["dutyStatistics"][0]["label"] == "经济科技委员会"
    desk.end()


def test_the_week_of_a_towns_staff(week: Week) -> None:
    desk = week.desk(LILI)
    study_plan(week)
    house = home(week)
    past = held(week, LILI, "town-lili", "TOWN")
    on = {"rows": [{"on": "2017-02-08", "memberId": week.story.gid(GU)}]}
    week.run(LILI, "setHomeRota", "home { id }", homeId=house, **on)
    book = """mutation ($input: BookHomeVisitInput!) {
      bookHomeVisit(input: $input) { code errors { reason } } }"""
    answer = week.story.world.stack.graphql(book, {"input": {"homeId": house, "on": "2017-02-08"}})
    assert answer["data"]["bookHomeVisit"]["errors"] == []
    count = "{ viewer { badges { todos } } }"
    eventually(lambda: week.story.ask(LILI, count)["viewer"]["badges"]["todos"] > 0)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        assert desk.ask(DAY)["viewer"]["badges"]["todos"] >= 1

    with desk.task("Set the rota of the Members' Home"):
        page = desk.ask(
            """query ($town: ID!) {
              membersHomes(filter: {town: $town}) { edges { node {
                id name stateLabel version hours { weekday opens closes } memberList { id name }
              } } }
              homeDuties(filter: {year: 2017, state: PLANNED}, latestFirst: false) { edges { node {
                on home { id name } member { name } } } }
            }""",
            town=org("town-lili"),
        )
        [row] = [e["node"] for e in page["membersHomes"]["edges"] if e["node"]["id"] == house]
        rows = [
            {"on": day, "memberId": row["memberList"][0]["id"]}
            for day in ("2017-02-08", "2017-02-15", "2017-02-22")
        ]
        given: Document = {"homeId": house, "rows": rows, "expectedVersion": row["version"]}
        assert desk.press("setHomeRota", "home { id version }", **given)

    with desk.task("See who has booked a visit"):
        [row] = desk.rows(
            """query ($home: ID!) { visitBookings(filter: {homeId: $home, state: BOOKED}) {
              edges { node { id on startsAt matter visitorName visitorPhone home { name } } }
            } }""",
            home=house,
        )
        assert row["home"]["name"] == HOME["name"]

    with desk.task("Receive a visitor, and answer what is asked"):
        given = {"homeId": house, "matter": "巷口路灯不亮。", "topic": "市政设施"}
        shown = "reception { id stateLabel code home { name } onDutyMembers { name } }"
        reception = desk.press("recordReception", shown, **given)
        shown = "reception { stateLabel answer }"
        given = {"receptionId": reception["id"], "answer": "已请市政所修复。"}
        assert desk.press("answerReception", shown, **given)["stateLabel"] == "已答复"

    with desk.task("Turn a visitor's matter into a lead for proposals"):
        given = {"homeId": house, "matter": "多个小区水箱脏污。", "topic": "二次供水"}
        other = desk.press("recordReception", "reception { id }", **given)
        lead = {"to": "PROPOSAL_LEAD", "title": "水箱清洗", "text": "建议纳入改造。"}
        shown = "reception { stateLabel leadIds }"
        given = {"receptionId": other["id"], **lead}
        assert desk.press("forwardReception", shown, **given)["stateLabel"] == "已转办"
    week.story.world.stack.move_clock(week.story.world.now.replace(day=9))

    with desk.task("Confirm who was on duty"):
        [row] = desk.rows(
            """query ($home: ID!) {
              homeDuties(filter: {homeId: $home, unconfirmed: true}, latestFirst: false) {
                edges { node { id on startsAt stateLabel mayConfirm member { name } } } } }""",
            home=house,
        )
        assert (row["on"], row["member"]["name"], row["mayConfirm"]) == ("2017-02-08", GU, True)
        given = {"dutyId": row["id"], "tookPart": True}
        assert desk.press("confirmHomeDuty", "duty { stateLabel }", **given)
    week.story.world.stack.move_clock(week.story.world.now)

    with desk.task("Apply for an activity of the town"):
        applied(desk, "town-lili", "TOWN_ACTIVITY", town=org("town-lili"))

    with desk.task("Confirm who came to a meeting, and write its minutes"):
        presence(desk, past, "town-lili")

    with desk.task("Hold a study session of the town"):
        studied(desk, week, "town-lili", "TOWN")

    with desk.task("Write the town's plan for the year"):
        year_of(desk, "town-lili")
    desk.end()


def test_the_week_of_a_towns_head(week: Week) -> None:
    desk = week.desk(LILI_HEAD)
    house = home(week)
    case = drafted(week, LILI, "TOWN_COMMITTEE")
    week.todo(LILI_HEAD, "SEAL", case)
    filed = week.case("filed")
    given: Document = {"homeId": house, "matter": "公交班次少。", "topic": "出行"}
    reception = week.run(LILI, "recordReception", "reception { id }", **given)["id"]
    done = activity(
        week,
        "走访老委员",
        kind="TOWN_ACTIVITY",
        organisers=[org("town-lili")],
        town=org("town-lili"),
    )
    week.run(week.actor(GU), "signUpForActivity", "activity { id }", activityId=done)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert case in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Read and seal a proposal of the town, and hand it in"):
        sealed(desk, case)

    with desk.task("Recommend a key proposal"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [FILED]}}, orderBy: FILED) {{ edges {{ node {{
              {CASE} key {{ stateLabel }} }} }} }} }}""",
            filed,
        )
        assert row["key"] is None
        shown = "proposal { key { stateLabel } }"
        assert desk.press("nominateKey", shown, id=filed, reason="群众关切")["key"]

    with desk.task("Read what visitors have brought, answer and close a matter"):
        row = desk.row(
            """query ($town: ID!) { receptions(filter: {town: $town, state: RECEIVED}) {
              edges { node { id at matter topic channelLabel stateLabel home { name }
                             onDutyMembers { name } mayRun } } } }""",
            reception,
            town=org("town-lili"),
        )
        assert row["mayRun"] is True
        given = {"receptionId": reception, "answer": "已与公交公司协调。"}
        assert desk.press("answerReception", "reception { stateLabel answer }", **given)
        assert desk.press("closeReception", "reception { stateLabel }", receptionId=reception)

    with desk.task("Confirm who came to an activity, and close it with a summary"):
        row = desk.row(
            f"""query ($of: ID!) {{ activities(filter: {{organiser: $of, year: 2017}}) {{
              edges {{ node {{ {ACTIVITY} signedUpMembers {{ id name memberNo }} }} }} }} }}""",
            done,
            of=org("town-lili"),
        )
        came = [member["id"] for member in row["signedUpMembers"]]
        week.story.world.stack.move_clock(week.story.world.now.replace(day=21))
        desk.press("startActivity", "activity { stateLabel }", activityId=done)
        shown = "activity { stateLabel tookPartMembers { name } }"
        assert desk.press("confirmParticipation", shown, activityId=done, members=came)
        given = {"activityId": done, "summary": "走访顺利"}
        assert desk.press("closeActivity", "activity { stateLabel }", **given)
    week.story.world.stack.move_clock(week.story.world.now)

    with desk.task("See the town's members with their points and duties"):
        people(desk, "town", "town-lili")

    with desk.task("Plan a meeting of the town, and announce it"):
        announced(week, desk, "town-lili", "TOWN", "工委会议")

    with desk.task("Pause the Members' Home for repairs"):
        row = desk.row(
            """query ($town: ID!) { membersHomes(filter: {town: $town, state: OPEN}) {
              edges { node { id name address stateLabel } } } }""",
            house,
            town=org("town-lili"),
        )
        given = {"homeId": row["id"], "reason": "房屋维修"}
        assert desk.press("suspendMembersHome", "home { stateLabel reason }", **given)["reason"]

    with desk.task("Write the town's plan for the year"):
        year_of(desk, "town-lili")

    with desk.task("See the town's figures beside those of the others"):
        page = desk.ask(
            """{
              townLiaison(year: 2017) { town { name } homesOpen receptions activities dutiesDone
                                        dutiesMissed weeksWithoutDuty }
              dutyStatistics(by: TOWN, groupId: "town-lili", year: 2017) {
                label members duties attendanceRate silent }
            }"""
        )
        assert page["dutyStatistics"][0]["label"] == "黎里镇工委"
    desk.end()


def conference(week: Week, no: int) -> str:
    given: Document = {
        "no": no,
        "title": f"第{no}次联席会议",
        "organiser": org("office-general"),
        "heldAt": "2017-02-28T09:00:00+08:00",
        "place": "三楼",
        "participants": [org("org-minjian"), org("org-zhigong")],
        "members": [week.story.gid(GU)],
    }
    made = week.run(OFFICE, "planJointConference", "conference { id meetingId }", **given)
    meetings = week.story.world.stack.db("office")["meetings"]
    eventually(lambda: meetings.find_one({"_id": local_id(made["meetingId"], "Meeting")}))
    week.run(OFFICE, "notifyMeeting", "meeting { id }", meetingId=made["meetingId"])
    return str(made["id"])


def answered_item(week: Week, title: str) -> str:
    """An item of the party's that the office has answered."""
    given: Document = {"organisation": org("org-minjian"), "kind": "IMPROVEMENT", "title": title}
    made = week.run(MINJIAN, "raiseConferenceItem", "item { id }", **given, text="建议如下。")["id"]
    due = {"owner": org("office-general"), "dueAt": "2017-06-30T18:00:00+08:00"}
    week.run(OFFICE, "acceptConferenceItem", "item { id }", itemId=made, **due)
    week.run(OFFICE, "answerConferenceItem", "item { id }", itemId=made, answer="已安排。")
    return str(made)


def told(week: Week, title: str) -> str:
    given: Document = {"title": title, "text": "通报如下。", "recipients": [org("org-minjian")]}
    return str(week.run(OFFICE, "sendWorkBriefing", "briefing { id }", **given)["id"])


def test_the_week_of_a_partys_staff(week: Week) -> None:
    desk = week.desk(MINJIAN)
    study_plan(week)
    conference(week, 21)
    item = answered_item(week, "提前送达协商材料")
    briefing = told(week, "一季度工作通报")
    meeting = week.meeting("情况通报会", invited={"organisations": [org("org-minjian")]})
    paper = outgoing(week, "关于征求意见的通知")
    week.todo(MINJIAN, "CONFERENCE_ITEM_CLOSING", item)
    week.todo(MINJIAN, "BRIEFING_RECEIPT", briefing)
    week.todo(MINJIAN, "DOCUMENT_RECEIPT", paper)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert item in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Draft a proposal of the party, and ask its head for the seal"):
        page = desk.ask(
            """{ topicGuide(year: 2017) { topics { title } }
                 organisations(filter: {mayHandle: true}) { id name } }"""
        )
        units = [unit["id"] for unit in page["organisations"][:1]]
        shown = "proposal { id version problems { field message } organisation { name } }"
        made = desk.press("saveDraft", shown, proposerType="PARTY", **PAPER, advisedUnits=units)
        assert made["organisation"]["name"] == "中国民主建国会"
        shown = "proposal { seal { requestedAt } }"
        assert desk.press("requestSeal", shown, id=made["id"])["seal"]["requestedAt"]

    with desk.task("Raise an item for the joint conference"):
        [row] = desk.rows(
            """{ jointConferences(filter: {state: NOTIFIED}) { edges { node {
              id title heldAt place agenda participantList { name } } } } }"""
        )[:1]
        given: Document = {
            "organisation": org("org-minjian"),
            "kind": "ITEM",
            "title": "开放实验室",
        }
        shown = "item { id stateLabel raisedAt }"
        text = {"conferenceId": row["id"], "text": "建议开放共享。"}
        assert desk.press("raiseConferenceItem", shown, **given, **text)["raisedAt"]

    with desk.task("Judge the answer to an item, and close it"):
        row = desk.row(
            """query ($of: ID!) {
              conferenceItems(filter: {organisation: $of, state: ANSWERED}) { edges { node {
                id title text answer answeredAt dueAt responsible { name } mayClose } } } }""",
            item,
            of=org("org-minjian"),
        )
        assert (row["mayClose"], row["responsible"]["name"]) == (True, "办公室")
        given = {"itemId": item, "satisfied": True}
        assert desk.press("closeConferenceItem", "item { stateLabel closedAt }", **given)

    with desk.task("Read a work briefing, and confirm it"):
        row = desk.row(
            """query ($to: ID!) { workBriefings(filter: {recipient: $to, unconfirmed: true}) {
              edges { node { id title text sentAt files { name url } receivedAt } } } }""",
            briefing,
            to=org("org-minjian"),
        )
        assert row["receivedAt"] is None
        assert desk.press("confirmWorkBriefing", "briefing { receivedAt }", briefingId=briefing)

    with desk.task("Confirm the receipt of a paper"):
        row = desk.row(
            f"""{{ outgoingDocuments(filter: {{unreceipted: true}}) {{ edges {{ node {{
              {LETTER} issuedAt ownReceiptAt }} }} }} }}""",
            paper,
        )
        assert row["ownReceiptAt"] is None
        assert desk.press("giveReceipt", "document { ownReceiptAt }", documentId=paper)

    with desk.task("Say who comes to a meeting"):
        row = desk.row(
            f"""{{ meetings(filter: {{invited: true}}) {{ edges {{ node {{ {MEETING} }} }} }} }}""",
            meeting,
        )
        given = {"meetingId": row["id"], "attendees": [{"name": "韩知秋", "post": "秘书长"}]}
        assert desk.press("nameMeetingAttendees", "meeting { own { stateLabel } }", **given)

    with desk.task("Apply for a sector consultation together with another party"):
        both = [org("org-minjian"), org("org-zhigong")]
        applied(desk, "org-minjian", "CONSULTATION", organisers=both)

    with desk.task("Write a study material, and send it for review"):
        given = {"organiser": org("org-minjian"), "kind": "READING", "title": "会史读本"}
        shown = "material { id version stateLabel organiser { name } }"
        written = desk.press("writeStudyMaterial", shown, **given, text="正文")
        sent = desk.press("sendStudyMaterial", "material { stateLabel }", materialId=written["id"])
        assert sent["stateLabel"] == "审核中"

    with desk.task("See what the party's people did, and its share in liaison"):
        page = desk.ask(
            """{
              duties(first: 20) { edges { node { dutyLabel on status member { name } } } }
              organisationLiaison(year: 2017) { organisation { name } activities itemsRaised
                                                itemsAnswered itemsOverdue }
              proposals(filter: {mine: true}) { edges { node { caseNo title stateLabel dueAt } } }
            }"""
        )
        assert page["organisationLiaison"] is not None
    desk.end()


def outgoing(week: Week, title: str) -> str:
    """A paper issued to the party."""
    return notice(week, title, main=[org("org-minjian")])


def replied_party_case(week: Week) -> str:
    """A proposal of the party's whose reply has come."""
    case = drafted(week, MINJIAN, "PARTY")
    week.run(MINJIAN_HEAD, "confirmSeal", "proposal { id }", id=case)
    week.run(MINJIAN_HEAD, "submitProposal", "proposal { id }", id=case)
    week.handle(case, "reviewed", "replied")
    return case


def test_the_week_of_a_partys_head(week: Week) -> None:
    desk = week.desk(MINJIAN_HEAD)
    case = drafted(week, MINJIAN, "PARTY")
    week.todo(MINJIAN_HEAD, "SEAL", case)
    replied, filed = replied_party_case(week), week.case("filed")
    week.todo(MINJIAN_HEAD, "EVALUATE", replied)
    item = answered_item(week, "联合开展调研")
    briefing = told(week, "二季度工作通报")
    paper = outgoing(week, "关于召开会议的通知")
    meeting = week.meeting("协商座谈会", invited={"organisations": [org("org-minjian")]})

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert replied in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Read and seal a proposal of the party, and hand it in"):
        sealed(desk, case)

    with desk.task("Confirm a contact that a unit has recorded"):
        row = desk.row(
            f"""{{ proposals(filter: {{mine: true}}) {{ edges {{ node {{ {CASE}
              contacts {{ no unit {{ name }} wayLabel heldOn people content confirmedAt }} }} }}
            }} }}""",
            replied,
        )
        [contact] = row["contacts"]
        shown = "proposal { contacts { no confirmedAt } }"
        assert desk.press("confirmContact", shown, id=replied, no=contact["no"])

    with desk.task("Judge the reply to the party's proposal"):
        waiting = records(desk.ask(todo_list("EVALUATE", f"{REPLY} evaluateBy")))
        [reply] = waiting[replied]["replies"]
        line = {"attitude": "SATISFIED", "result": "SATISFIED", "unitId": reply["unit"]["id"]}
        heard = {"heardBy": "VISIT", "visited": True, "pertinence": "YES", "leaderReplied": True}
        shown = "proposal { stateLabel closeKindLabel }"
        judged = desk.press("evaluateReply", shown, id=replied, lines=[line], **heard)
        assert judged["stateLabel"] == "办结"

    with desk.task("Recommend a key proposal"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [FILED]}}, orderBy: FILED) {{ edges {{ node {{
              {CASE} key {{ stateLabel }} }} }} }} }}""",
            filed,
        )
        assert row["title"]
        shown = "proposal { key { stateLabel } }"
        assert desk.press("nominateKey", shown, id=filed, reason="关系发展")["key"]

    with desk.task("Judge the answer to an item, and close it"):
        row = desk.row(
            """query ($of: ID!) {
              conferenceItems(filter: {organisation: $of, state: ANSWERED}) { edges { node {
                id title text answer answeredAt responsible { name } mayClose } } } }""",
            item,
            of=org("org-minjian"),
        )
        given: Document = {"itemId": row["id"], "satisfied": False, "comment": "请说明时间"}
        assert desk.press("closeConferenceItem", "item { stateLabel comment }", **given)

    with desk.task("Read a work briefing, and confirm it"):
        row = desk.row(
            """query ($to: ID!) { workBriefings(filter: {recipient: $to, unconfirmed: true}) {
              edges { node { id title text sentAt files { name url } receivedAt } } } }""",
            briefing,
            to=org("org-minjian"),
        )
        assert row["text"]
        assert desk.press("confirmWorkBriefing", "briefing { receivedAt }", briefingId=briefing)

    with desk.task("Confirm the receipt of a paper, and say who comes to a meeting"):
        page = desk.ask(
            f"""{{
              outgoingDocuments(filter: {{unreceipted: true}}) {{ edges {{ node {{ {LETTER} }} }} }}
              meetings(filter: {{invited: true}}) {{ edges {{ node {{ {MEETING} }} }} }}
            }}"""
        )
        assert meeting in [edge["node"]["id"] for edge in page["meetings"]["edges"]]
        assert desk.press("giveReceipt", "document { ownReceiptAt }", documentId=paper)
        given = {"meetingId": meeting, "attendees": [{"name": "韩知秋", "post": "主委"}]}
        assert desk.press("nameMeetingAttendees", "meeting { own { stateLabel } }", **given)

    with desk.task("Follow the party's proposals, and what was promised on them"):
        rows = desk.rows(
            """{ proposals(filter: {mine: true}) { edges { node {
              id caseNo title stateLabel dueAt resultClassLabel
              commitments { text dueOn statusLabel unit { name } } } } } }"""
        )
        assert replied in [row["id"] for row in rows]

    with desk.task("See the party's share in proposals and liaison"):
        page = desk.ask(
            """{
              organisationLiaison(year: 2017) { organisation { name } activities itemsRaised }
              proposalStatistics(by: CATEGORY, term: 15) { label figures { received filed } }
            }"""
        )
        assert all(row["label"] for row in page["proposalStatistics"])
    desk.end()
