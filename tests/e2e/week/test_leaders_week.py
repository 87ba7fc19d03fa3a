"""The weeks of the Chairpersons' Council and of the secretary-general."""

from __future__ import annotations

from tests.e2e.story import ZJJ
from tests.e2e.week.conftest import GU, LU, SHEN, ZHOU, Week
from tests.e2e.week.desk import org
from tests.e2e.week.given import CHAIR, CHIEF, SECOND_CLERK, records, todo_list
from tests.e2e.week.screens import CASE, DAY, DOCUMENT, LETTER, MEETING, REPLY
from tests.stack import Document
from tests.world import DIRECTOR, OFFICE, STAFF


def todos_of(kind: str, type_name: str, shown: str) -> str:
    return f"""{{ viewer {{ todos(first: 50, kind: {kind}) {{ edges {{ node {{
      id text dueAt link {{ id record {{ ... on {type_name} {{ {shown} }} }} }}
    }} }} }} }} }}"""


def drafted(week: Week, title: str, until: str = "checkDocument") -> str:
    """An outgoing paper as far as a step of the office."""
    given: Document = {"kind": "NOTICE", "title": title, "text": "通知如下。", "main": [ZJJ]}
    made = str(week.run(OFFICE, "draftDocument", "document { id }", **given)["id"])
    week.run(SECOND_CLERK, "checkDocument", "document { id }", documentId=made)
    if until == "countersignDocument":
        week.run(CHIEF, until, "document { id }", documentId=made)
    return made


def received(week: Week, title: str, routed: bool = False) -> str:
    """A paper that came in, registered."""
    given: Document = {"title": title, "sender": org("sup-qwb"), "receivedOn": "2017-02-06"}
    made = str(week.run(OFFICE, "signForDocument", "document { id }", **given)["id"])
    week.run(OFFICE, "registerDocument", "document { id }", documentId=made, kind="NOTICE")
    if routed:
        week.run(CHIEF, "routeDocument", "document { id }", documentId=made, proposed="请阅示")
    return made


def key_case(week: Week) -> str:
    case = week.case("filed")
    week.story.do(STAFF, "nominateKey", id=case, reason="民生关切")
    return case


def escalated(week: Week) -> str:
    """A case whose second reply did not satisfy either."""
    case = week.case("replied")
    week.story.evaluate(LU, case, "DISSATISFIED", reason="没有资金安排")
    week.handle(case, "met", "replied")
    week.story.evaluate(LU, case, "DISSATISFIED", reason="仍没有资金安排")
    return case


def link_plan(week: Week, name: str) -> str:
    pair = {"memberId": week.story.gid(name), "leaderId": week.story.gid(SHEN)}
    return str(week.run(OFFICE, "proposeContactLink", "plan { id }", **pair)["id"])


def test_the_week_of_the_chairpersons_council(week: Week) -> None:
    desk = week.desk(CHAIR)
    key, selected, disputed = key_case(week), key_case(week), escalated(week)
    week.story.do(
        CHAIR, "selectKey", id=selected, docNo="吴政协〔2017〕4号", decidedOn="2017-02-06"
    )
    paper, came = (
        drafted(week, "关于视察的通知", "countersignDocument"),
        received(week, "来文", True),
    )
    plan = link_plan(week, GU)
    for kind, subject in (
        ("KEY_SELECTION", key),
        ("MEDIATION", disputed),
        ("DOCUMENT_SIGN", paper),
        ("DOCUMENT_INSTRUCT", came),
        ("LINKS_DECISION", plan),
    ):
        week.todo(CHAIR, kind, subject)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert paper in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Select a key proposal among those recommended"):
        shown = f"{CASE} key {{ stateLabel nominations {{ reason at roleLabel }} }}"
        waiting = records(desk.ask(todo_list("KEY_SELECTION", shown)))
        assert waiting[key]["key"]["nominations"][0]["roleLabel"] == "提案委工作人员"
        given: Document = {"docNo": "吴政协〔2017〕5号", "decidedOn": "2017-02-06"}
        shown = "proposal { isKey key { stateLabel docNo } }"
        assert desk.press("selectKey", shown, id=key, **given)["isKey"] is True

    with desk.task("Say who leads a key proposal"):
        row = desk.row(
            f"""{{ proposals(filter: {{keyStates: [SELECTED]}}, first: 50) {{
              edges {{ node {{ {CASE} key {{ stateLabel docNo }} }} }} }} }}""",
            selected,
        )
        assert row["key"]["docNo"] == "吴政协〔2017〕4号"
        given = {"name": ZHOU, "rank": "CPPCC_LEADER", "memberId": week.story.gid(ZHOU)}
        shown = "proposal { key { stateLabel leader { name rankLabel member { name } } } }"
        assert desk.press("nameKeyLeader", shown, id=selected, **given)["key"]["leader"]["member"]

    with desk.task("Mediate what was judged dissatisfied twice, and close it"):
        waiting = records(
            desk.ask(
                todo_list("MEDIATION", f"{REPLY} rounds {{ no triggerLabel reason resultClass }}")
            )
        )
        assert len(waiting[disputed]["rounds"]) == 2
        meeting = {"heldOn": "2017-02-06", "leader": ZHOU, "people": "三方", "minutes": "各持己见"}
        shown = "proposal { mediations { heldOn leader minutes } }"
        assert desk.press("recordMediation", shown, id=disputed, **meeting)["mediations"]
        given = {"kind": "WITH_RESERVATION"}
        shown = "proposal { stateLabel closeKindLabel }"
        assert desk.press("closeEscalated", shown, id=disputed, **given)["closeKindLabel"]

    with desk.task("Sign a paper of the office"):
        waiting = records(desk.ask(todos_of("DOCUMENT_SIGN", "OutgoingDocument", LETTER)))
        assert waiting[paper]["main"] == [{"name": "区住建局"}]
        shown = "document { stateLabel trail { note at state } }"
        assert desk.press("signDocument", shown, documentId=paper, note="同意")["stateLabel"]

    with desk.task("Instruct on a paper that came in"):
        waiting = records(desk.ask(todos_of("DOCUMENT_INSTRUCT", "IncomingDocument", DOCUMENT)))
        assert waiting[came]["proposedHandling"] == "请阅示"
        given = {"documentId": came, "instruction": "请提案委阅研"}
        assert desk.press("instructDocument", "document { stateLabel instruction }", **given)

    with desk.task("Approve whom the council's members keep contact with"):
        shown = """id tierLabel byLabel size proposedAt
                   links(first: 50) { edges { node { leader { name } member { name } } } }"""
        waiting = records(desk.ask(todos_of("LINKS_DECISION", "ContactLinkPlan", shown)))
        [edge] = waiting[plan]["links"]["edges"]
        assert edge["node"] == {"leader": {"name": SHEN}, "member": {"name": GU}}
        given = {"planId": plan, "approved": True}
        assert desk.press("decideContactLinks", "plan { stateLabel decidedAt }", **given)

    with desk.task("See how contacts are kept, and who is without"):
        health = desk.ask(
            """{ contactHealth { tierLabel links covered
              orphans { member { name } dueAt overdue } overloaded { member { name } load }
              silentLinks { leader { name } member { name } lastContactOn } } }"""
        )["contactHealth"]
        assert len(health) == 2

    with desk.task("Compare members, sectors and units in the year's figures"):
        page = desk.ask(
            """{
              ranking(first: 20) { edges { node { rank total gradeLabel member { name } } } }
              dutyStatistics(by: SECTOR, year: 2017) { label members attendanceRate
                proposalParticipation silent previous { attendanceRate } }
              proposalStatistics(by: UNIT, term: 15) { label figures { assigned onTimeRate } }
              silentMembers(first: 10) { edges { node { lastDutyOn member { name } } } }
            }"""
        )
        assert all(edge["node"]["member"] for edge in page["ranking"]["edges"])

    with desk.task("Follow the plan of the year, and what meetings are coming"):
        page = desk.ask(
            f"""{{
              workPlans(filter: {{year: 2017}}) {{ edges {{ node {{ title stateLabel
                items {{ code phrase target done dutyLabel }} }} }} }}
              meetings(filter: {{since: "2017-02-06T00:00:00+08:00"}}, latestFirst: false) {{
                edges {{ node {{ {MEETING} }} }}
              }}
            }}"""
        )
        assert page["meetings"] is not None
    desk.end()


def test_the_week_of_the_secretary_general(week: Week) -> None:
    desk = week.desk(CHIEF)
    paper, came = drafted(week, "关于会议的通知"), received(week, "关于报送材料的通知")
    meeting = week.meeting("常委会会议", kind="STANDING_COMMITTEE")
    leave = {"meetingId": meeting, "reasonKind": "WORK", "reason": "外地出差"}
    week.run(week.actor(SHEN), "askMeetingLeave", "meeting { id }", **leave)
    setting = {"service": "proposals", "key": "body_max", "value": 2100, "reason": "需要"}
    later = {"validFrom": "2017-12-01T00:00:00+08:00"}
    change = week.run(DIRECTOR, "changeSetting", "change { id }", **setting, **later)["id"]
    key = key_case(week)
    for kind, subject in (
        ("DOCUMENT_COUNTERSIGN", paper),
        ("DOCUMENT_ROUTE", came),
        ("LEAVE_DECISION", meeting),
        ("SETTING_APPROVAL", change),
        ("KEY_SELECTION", key),
    ):
        week.todo(CHIEF, kind, subject)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert came in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Countersign a paper of the office"):
        waiting = records(desk.ask(todos_of("DOCUMENT_COUNTERSIGN", "OutgoingDocument", LETTER)))
        assert waiting[paper]["text"]
        given: Document = {"documentId": paper, "note": "同意"}
        assert desk.press("countersignDocument", "document { stateLabel }", **given)

    with desk.task("Propose how a paper that came in is handled"):
        waiting = records(desk.ask(todos_of("DOCUMENT_ROUTE", "IncomingDocument", DOCUMENT)))
        assert waiting[came]["sender"] == {"name": "区委办"}
        given = {"documentId": came, "proposed": "请办公室办理"}
        assert desk.press("routeDocument", "document { stateLabel proposedHandling }", **given)

    with desk.task("Decide on leave from a meeting of the Standing Committee"):
        shown = f"""{MEETING} invitees(filter: {{answer: LEAVE_ASKED}}) {{ edges {{ node {{
          member {{ id name }} reason reasonKindLabel }} }} }}"""
        waiting = records(desk.ask(todos_of("LEAVE_DECISION", "Meeting", shown)))
        [edge] = waiting[meeting]["invitees"]["edges"]
        assert edge["node"]["member"]["name"] == SHEN
        given = {"memberId": edge["node"]["member"]["id"], "granted": True}
        shown = "meeting { tally { answers { stateLabel count } } }"
        assert desk.press("decideMeetingLeave", shown, meetingId=meeting, **given)

    with desk.task("Approve the change of a setting"):
        shown = "id key label former value reason validFrom proposedRole proposer { label }"
        waiting = records(desk.ask(todos_of("SETTING_APPROVAL", "SettingChange", shown)))
        assert (waiting[change]["former"], waiting[change]["value"]) == (2000, 2100)
        given = {"service": "proposals", "changeId": change, "approved": False, "reason": "暂缓"}
        assert desk.press("decideSettingChange", "change { stateLabel decidedAt }", **given)

    with desk.task("Select a key proposal among those recommended"):
        shown = f"{CASE} key {{ stateLabel nominations {{ reason at roleLabel }} }}"
        waiting = records(desk.ask(todo_list("KEY_SELECTION", shown)))
        given = {"docNo": "吴政协〔2017〕6号", "decidedOn": "2017-02-06"}
        shown = "proposal { isKey key { stateLabel docNo } }"
        assert key in waiting
        assert desk.press("selectKey", shown, id=key, **given)["isKey"] is True

    with desk.task("See which papers are late, and where they lie"):
        rows = desk.rows(
            f"""{{ incomingDocuments(filter: {{open: true}}, orderBy: DUE, first: 50) {{
              edges {{ node {{ {DOCUMENT} urged readers {{ member {{ name }} readAt }} }} }}
            }} }}"""
        )
        assert came in [row["id"] for row in rows]

    with desk.task("See the meetings to come, and who answers"):
        row = desk.row(
            f"""{{ meetings(filter: {{since: "2017-02-06T00:00:00+08:00"}}, latestFirst: false,
                          first: 50) {{
              edges {{ node {{ {MEETING} tally {{ invited answers {{ stateLabel count }} }} }} }}
            }} }}""",
            meeting,
        )
        assert row["tally"]["invited"] == 3

    with desk.task("Follow the plan of the year"):
        page = desk.ask(
            """{ workPlans(filter: {year: 2017}) { totalCount edges { node { title stateLabel
              themes items { code phrase target done dutyLabel } } } } }"""
        )
        assert page["workPlans"]["totalCount"] >= 0

    with desk.task("See how contacts, study and training stand"):
        page = desk.ask(
            """{
              contactHealth { tierLabel links covered orphans { member { name } dueAt } }
              trainingCoverage { members trained lacking { name } late { name } }
              themeCoverage(year: 2017) { title required covered members lacking { name } }
            }"""
        )
        assert page["trainingCoverage"]["members"] >= 3
    desk.end()
