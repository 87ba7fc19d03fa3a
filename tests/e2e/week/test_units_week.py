"""The weeks of a unit's officer and leader, and of the supervising office."""

from __future__ import annotations

from tests.e2e.story import LEADER, OFFICER, SUPERVISING, ZJJ
from tests.e2e.week.conftest import LU, Week
from tests.e2e.week.given import notice, of_cases, opinion_item, question, records, todo_list
from tests.e2e.week.screens import CASE, DAY, LETTER, MEETING, REPLY, SHARE
from tests.stack import Document
from tests.world import STAFF

SHARES = f"""query ($filter: AssignmentFilter) {{
  assignments(filter: $filter, orderBy: DUE, first: 50) {{ edges {{ node {{ {SHARE} }} }} }}
}}"""


def test_the_week_of_a_unit_officer(week: Week) -> None:
    desk = week.desk(OFFICER)
    new, wrong, later = (week.case("assigned") for _ in range(3))
    met, passed = week.case("received"), week.case("passed")
    extended = week.case("received")
    item, asked = opinion_item(week, "分批改造二次供水", adopted=True), question(week)
    meeting = week.meeting("提案办理推进会", invited={"organisations": [ZJJ]})
    week.todo(OFFICER, "DELIVER", passed)
    week.todo(OFFICER, "RECEIVE", new)
    week.todo(OFFICER, "OUTCOME_PROGRESS", item)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        waiting = {edge["node"]["link"]["id"]: edge["node"] for edge in today["todos"]["edges"]}
        assert waiting[new]["dueAt"] and waiting[new]["kindLabel"] == "签收承办件"

    with desk.task("Sign for the cases that are new"):
        rows = of_cases(desk.rows(SHARES, filter={"states": ["PENDING"]}), new, later)
        assert [row["partLabel"] for row in rows] == ["独办", "独办"]
        assert all(row["signDueAt"] and row["proposal"]["caseNo"] for row in rows)
        shown = "proposal { stateLabel dueAt assignments { stateLabel dueAt } }"
        items = [{"id": row["proposal"]["id"]} for row in rows]
        for result in desk.press_all("receiveAssignments", shown, items):
            assert result["proposal"]["stateLabel"] == "办理中"

    with desk.task("Ask to hand back what is not the unit's"):
        [row] = of_cases(desk.rows(SHARES, filter={"states": ["PENDING"]}), wrong)
        why = "不属本单位职责"
        shown = "proposal { assignments { stateLabel returnRequest { reason decideBy } } }"
        asked_back = desk.press("requestReturn", shown, id=row["proposal"]["id"], reason=why)
        assert asked_back["assignments"][0]["returnRequest"]["decideBy"]

    with desk.task("Ring up a proposer, and write down the contact"):
        rows = desk.rows(
            """{ assignments(filter: {states: [RECEIVED, WORKING]}, first: 50) { edges { node {
              dueAt stateLabel proposal { id caseNo title needsConsult contactPerson contactPhone
                firstProposer { name workUnit }
                contacts { wayLabel heldOn } }
            } } } }"""
        )
        [row] = of_cases(rows, met)
        case = row["proposal"]
        assert (case["contacts"], case["contactPhone"]) == ([], "13812345678")
        shown = "proposal { contacts { no wayLabel heldOn content recordedAt } }"
        said = {"way": "PHONE", "heldOn": "2017-02-06", "people": "孙燕、陆晓芸", "content": "沟通"}
        recorded = desk.press("recordContact", shown, id=met, **said)
        assert [contact["wayLabel"] for contact in recorded["contacts"]] == ["电话"]

    with desk.task("Write a reply, and send it up for signature"):
        [row] = of_cases(
            desk.rows(
                f"""{{ assignments(filter: {{states: [RECEIVED, WORKING]}}, first: 50) {{
                  edges {{ node {{ dueAt proposal {{ {REPLY} }} }} }}
                }} }}"""
            ),
            met,
        )
        assert len(row["proposal"]["suggestions"]) == 3
        written = week.reply()
        shown = "proposal { replies { title docNo resultClassLabel savedAt } }"
        saved = desk.press("saveReply", shown, id=met, **written)
        assert saved["replies"][0]["title"].startswith("关于区政协十五届一次会议")
        shown = "proposal { assignments { stateLabel } replies { signOffRequestedAt } }"
        assert desk.press("requestSignOff", shown, id=met)["replies"][0]["signOffRequestedAt"]

    with desk.task("Ask for more time, within the longest that may be"):
        [row] = of_cases(desk.rows(SHARES, filter={"dueBefore": "2017-06-01T00:00:00+08:00"}), met)
        given: Document = {"id": extended, "until": "2017-07-31", "reason": "需协调资金"}
        shown = "proposal { assignments { extensions { until reason decideBy granted } } }"
        [share] = desk.press("requestExtension", shown, **given)["assignments"]
        assert share["extensions"][0]["granted"] is None and share["extensions"][0]["decideBy"]

    with desk.task("Deliver the replies that have passed the check"):
        waiting = records(desk.ask(todo_list("DELIVER", REPLY)))
        assert waiting[passed]["replies"][0]["checks"][-1]["passed"] is True
        shown = "proposal { stateLabel replies { deliveredAt } evaluateBy }"
        assert desk.press("deliverReply", shown, id=passed)["stateLabel"] == "已答复"

    with desk.task("See what the unit has promised, and how it stands"):
        page = desk.ask(
            """{
              commitments(filter: {dueBefore: "2017-12-31"}, orderBy: DUE) {
                totalCount edges { node {
                no text dueOn statusLabel proposal { id caseNo title }
              } } }
              unitBoard { unit { name } open dueSoon overdue returnAsked extensionAsked urged
                          dissatisfied promisesDue }
            }"""
        )
        [board] = page["unitBoard"]
        assert board["unit"]["name"] == "区住建局" and board["open"] >= 3

    with desk.task("Tell how far an adopted opinion has been carried out"):
        shown = "title text stateLabel dueAt organiser { name } mayReport"
        waiting = records(desk.ask(todo_list("OUTCOME_PROGRESS", shown, "OutcomeItem")))
        assert (waiting[item]["stateLabel"], waiting[item]["mayReport"]) == ("采纳", True)
        told = {"itemId": item, "text": "首批小区已开工", "percent": 30}
        shown = "item { stateLabel entries { kindLabel text percent } }"
        progress = desk.press("reportOutcomeProgress", shown, **told)
        assert progress["stateLabel"] == "落实中"
        assert progress["entries"][-1]["percent"] == 30

    with desk.task("Answer a member's question, and say who comes to a meeting"):
        page = desk.ask(
            f"""{{
              studyQuestions(filter: {{answered: false}}) {{ edges {{ node {{
                id text askedAt member {{ name }} material {{ title }}
              }} }} }}
              meetings(filter: {{invited: true}}) {{ edges {{ node {{ {MEETING} }} }} }}
            }}"""
        )
        [row] = [e["node"] for e in page["studyQuestions"]["edges"] if e["node"]["id"] == asked]
        assert (row["member"]["name"], row["material"]["title"]) == (LU, "住建工作情况通报")
        shown = "question { answer answeredAt }"
        answer = {"questionId": asked, "text": "已完成三成。"}
        assert desk.press("answerStudyQuestion", shown, **answer)["answeredAt"]
        assert meeting in [edge["node"]["id"] for edge in page["meetings"]["edges"]]
        attendees = [{"name": "孙燕", "post": "科长"}]
        named = desk.press(
            "nameMeetingAttendees",
            "meeting { own { stateLabel } }",
            meetingId=meeting,
            attendees=attendees,
        )
        assert named is not None
    desk.end()


def test_the_week_of_a_unit_leader(week: Week) -> None:
    desk = week.desk(LEADER)
    up, again = week.case("up"), week.case("up")
    new, passed = week.case("assigned"), week.case("passed")
    paper = notice(week, "关于召开提案交办会的通知")
    meeting = week.meeting("提案交办会", invited={"organisations": [ZJJ]})
    for case in (up, again):
        week.todo(LEADER, "SIGN_OFF", case)
    week.todo(LEADER, "DOCUMENT_RECEIPT", paper)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert up in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("See how the unit stands, and what is late or due soon"):
        page = desk.ask(
            f"""{{
              unitBoard(days: 30) {{ unit {{ name }} open dueSoon overdue urged dissatisfied
                                     promisesDue }}
              late: assignments(filter: {{late: true}}) {{ edges {{ node {{ {SHARE} }} }} }}
              soon: assignments(filter: {{dueBefore: "2017-06-01T00:00:00+08:00"}}) {{
                totalCount edges {{ node {{ {SHARE} }} }}
              }}
            }}"""
        )
        assert page["soon"]["totalCount"] >= 3

    with desk.task("Read the replies that wait for signature, and sign one"):
        waiting = records(desk.ask(todo_list("SIGN_OFF", REPLY)))
        assert waiting[up]["replies"][0]["signOffRequestedAt"]
        shown = "proposal { replies { signOff { signer signedAt } } assignments { stateLabel } }"
        signed = desk.press("signReply", shown, id=up, signer="赵宏伟")
        assert signed["assignments"][0]["stateLabel"] == "答复送审"

    with desk.task("Send a reply back to the desk with a comment"):
        waiting = records(desk.ask(todo_list("SIGN_OFF", REPLY)))
        assert waiting[again]["replies"][0]["signOffRequestedAt"]
        shown = "proposal { replies { signOffRefusal signOffRequestedAt } }"
        back = desk.press("refuseSignOff", shown, id=again, comment="请补充进度")
        assert back["replies"][0]["signOffRefusal"] == "请补充进度"

    with desk.task("Sign for a case while the officer is away"):
        [row] = of_cases(desk.rows(SHARES, filter={"states": ["PENDING"]}), new)
        shown = "proposal { stateLabel assignments { receivedAt dueAt } }"
        assert desk.press("receiveAssignment", shown, id=new)["assignments"][0]["receivedAt"]
        assert row["signDueAt"]

    with desk.task("Call on a proposer, and write down the visit"):
        [row] = of_cases(
            desk.rows(
                """{ assignments(filter: {states: [RECEIVED, WORKING]}, first: 50) { edges { node {
                  proposal { id title firstProposer { name } contactPerson contactPhone
                             contacts { wayLabel } }
                } } } }"""
            ),
            new,
        )
        assert row["proposal"]["contactPhone"]
        said = {"way": "VISIT", "heldOn": "2017-02-06", "people": "赵宏伟", "content": "上门"}
        shown = "proposal { contacts { wayLabel people } }"
        assert desk.press("recordContact", shown, id=new, **said)["contacts"][0]["people"]

    with desk.task("Deliver a reply that has passed the check"):
        rows = desk.rows(
            f"""{{ assignments(filter: {{states: [REPLY_IN_CHECK]}}, first: 50) {{ edges {{ node {{
              proposal {{ {REPLY} }} }} }} }} }}"""
        )
        [row] = of_cases(rows, passed)
        assert row["proposal"]["replies"][0]["checks"][-1]["passed"] is True
        shown = "proposal { stateLabel evaluateBy }"
        assert desk.press("deliverReply", shown, id=passed)["evaluateBy"]

    with desk.task("See what the unit has promised, by day"):
        promises = desk.ask(
            """{ commitments(orderBy: DUE) { totalCount edges { node {
              no text dueOn statusLabel proposal { id caseNo title }
            } } } }"""
        )
        assert promises["commitments"]["totalCount"] >= 0

    with desk.task("Confirm the receipt of a paper, and say who comes to the meeting"):
        page = desk.ask(
            f"""{{
              outgoingDocuments(filter: {{state: ISSUED, unreceipted: true}}) {{ edges {{ node {{
                {LETTER} issuedAt ownReceiptAt
              }} }} }}
              meetings(filter: {{invited: true}}) {{ edges {{ node {{ {MEETING} }} }} }}
            }}"""
        )
        assert paper in [edge["node"]["id"] for edge in page["outgoingDocuments"]["edges"]]
        shown = "document { ownReceiptAt }"
        assert desk.press("giveReceipt", shown, documentId=paper)["ownReceiptAt"]
        given: Document = {"meetingId": meeting, "attendees": [{"name": "赵宏伟", "post": "局长"}]}
        assert desk.press("nameMeetingAttendees", "meeting { own { stateLabel } }", **given)

    with desk.task("See how one's unit is judged in the year's figures"):
        rows = desk.ask(
            """{ proposalStatistics(by: UNIT, year: 2017) { key label organisation { name }
              figures { assigned replied onTimeRate contactRate resultSatisfiedRate overdue
                        promises promisesMet returns } } }"""
        )["proposalStatistics"]
        assert "区住建局" in [row["label"] for row in rows]
    desk.end()


def test_the_week_of_the_supervising_office(week: Week) -> None:
    desk = week.desk(SUPERVISING)
    planned, refused = week.case("planned"), week.case("planned")
    wrong, slow = week.case("assigned"), week.case("received")
    checked, redo = week.case("signed"), week.case("signed")
    objected, late = week.case("passed"), week.case("assigned")
    week.story.do(OFFICER, "requestReturn", id=wrong, reason="不属本单位职责")
    more = {"until": "2017-07-31", "reason": "需协调资金"}
    week.story.do(OFFICER, "requestExtension", id=slow, **more)
    why = {"about": "REPLY", "reason": "未逐条答复", "unitId": ZJJ}
    week.story.do(STAFF, "objectToDecision", id=objected, **why)
    for kind, case in (
        ("ASSIGNMENT_DECISION", planned),
        ("ASSIGNMENT_DECISION", refused),
        ("REPLY_CHECK", checked),
        ("REPLY_CHECK", redo),
        ("OBJECTION_DECISION", objected),
    ):
        week.todo(SUPERVISING, kind, case)
    item = opinion_item(week, "建立供水联席会议")
    week.todo(SUPERVISING, "OUTCOME_REFERRAL", item)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        waiting = {edge["node"]["link"]["id"]: edge["node"] for edge in today["todos"]["edges"]}
        assert waiting[checked]["dueAt"]

    with desk.task("Assign at the meeting what the committee proposes"):
        plans = records(
            desk.ask(
                todo_list(
                    "ASSIGNMENT_DECISION",
                    f"""{CASE} sideLabel advisedUnits {{ name }} reviewUnits {{ name }}
                    assignmentPlan {{ modeLabel note decideBy units {{ partLabel unit {{
                      id name }} }} }}""",
                )
            )
        )
        [unit] = plans[planned]["assignmentPlan"]["units"]
        assert (unit["unit"]["name"], unit["partLabel"]) == ("区住建局", "独办")
        shown = "proposal { stateLabel dueAt assignments { unit { name } signDueAt } }"
        [done] = desk.press_all("assignProposals", shown, [{"id": planned}])
        assert done["proposal"]["stateLabel"] == "已交办"

    with desk.task("Send a plan back to the committee with a reason"):
        plans = records(
            desk.ask(
                todo_list(
                    "ASSIGNMENT_DECISION",
                    f"{CASE} assignmentPlan {{ modeLabel units {{ unit {{ name }} }} }}",
                )
            )
        )
        assert plans[refused]["assignmentPlan"]["modeLabel"] == "独办"
        shown = "proposal { stateLabel assignmentPlan { refusal } }"
        back = desk.press("refuseAssignment", shown, id=refused, reason="应增加会办单位")
        assert back["assignmentPlan"]["refusal"] == "应增加会办单位"

    with desk.task("Decide on a request to hand a case back"):
        page = desk.ask(
            f"""{{
              assignments(filter: {{returnOpen: true}}) {{ edges {{ node {{ {SHARE} }} }} }}
              organisations(filter: {{mayHandle: true}}) {{ id name }}
            }}"""
        )
        rows = of_cases([edge["node"] for edge in page["assignments"]["edges"]], wrong)
        assert rows[0]["returnRequest"]["reason"] == "不属本单位职责"
        [other] = [unit["id"] for unit in page["organisations"] if unit["name"] == "区水利局"]
        given: Document = {"id": wrong, "unitId": rows[0]["unit"]["id"], "newUnitId": other}
        shown = "proposal { assignments { unit { name } stateLabel } }"
        decided = desk.press("decideReturn", shown, **given, accepted=True, reason="职责调整")
        assert decided["assignments"][-1]["unit"]["name"] == "区水利局"

    with desk.task("Decide on a request for more time"):
        [row] = of_cases(desk.rows(SHARES, filter={"extensionOpen": True}), slow)
        assert row["extensions"][0]["until"].startswith("2017-07-31")
        given = {"id": slow, "unitId": row["unit"]["id"], "granted": True}
        shown = "proposal { dueAt assignments { dueAt extensions { granted decidedAt } } }"
        assert desk.press("decideExtension", shown, **given)["dueAt"].startswith("2017-07-31")

    with desk.task("Check the replies that were signed, pass one and send one back"):
        waiting = records(desk.ask(todo_list("REPLY_CHECK", REPLY)))
        assert waiting[checked]["contacts"] and waiting[checked]["replies"][0]["body"]
        shown = "proposal { assignments { stateLabel } replies { checks { passed comment } } }"
        given = {"unitId": waiting[checked]["replies"][0]["unit"]["id"]}
        good = desk.press("checkReply", shown, id=checked, **given, passed=True)
        assert good["replies"][0]["checks"][-1]["passed"] is True
        bad = {"passed": False, "comment": "未答复第三条建议"}
        sent = desk.press("checkReply", shown, id=redo, **given, **bad)
        assert sent["assignments"][0]["stateLabel"] == "退回重拟"

    with desk.task("Answer an objection of the proposal committee"):
        waiting = records(
            desk.ask(
                todo_list(
                    "OBJECTION_DECISION",
                    f"""{REPLY} objections {{ no about aboutLabel reason decideBy
                        unit {{ id name }} }}""",
                )
            )
        )
        [objection] = waiting[objected]["objections"]
        given = {"about": objection["about"], "unitId": objection["unit"]["id"]}
        shown = "proposal { objections { upheld answer answeredAt } }"
        said = {"upheld": False, "reason": "已逐条答复"}
        answered = desk.press("answerObjection", shown, id=objected, **given, **said)
        assert answered["objections"][0]["answeredAt"]

    with desk.task("Urge the units that are slow"):
        page = desk.ask(
            f"""{{
              unitBoard {{ unit {{ id name }} open dueSoon overdue urged promisesDue }}
              assignments(filter: {{dueBefore: "2017-06-01T00:00:00+08:00"}}, first: 50) {{
                edges {{ node {{ {SHARE} }} }}
              }}
            }}"""
        )
        rows = of_cases([edge["node"] for edge in page["assignments"]["edges"]], late)
        urged = [
            {
                "id": row["proposal"]["id"],
                "unitId": row["unit"]["id"],
                "way": "PHONE",
                "text": "请抓紧",
            }
            for row in rows
        ]
        shown = "proposal { assignments { urgings { wayLabel text at } } }"
        [result] = desk.press_all("urgeUnits", shown, urged)
        assert result["proposal"]["assignments"][0]["urgings"][0]["wayLabel"] == "电话"

    with desk.task("Follow promises and figures of all units"):
        page = desk.ask(
            """{
              commitments(filter: {dueBefore: "2017-12-31"}) { totalCount edges { node {
                no text dueOn statusLabel unit { name } proposal { id caseNo title } } } }
              proposalStatistics(by: UNIT, year: 2017) { label figures {
                assigned replied onTimeRate overdue resultSatisfiedRate promisesKeptRate } }
            }"""
        )
        assert all(row["label"] for row in page["proposalStatistics"])

    with desk.task("Refer an opinion item to the unit that can carry it out"):
        shown = "title text stateLabel dueAt organiser { name } sourceLabel"
        waiting = records(desk.ask(todo_list("OUTCOME_REFERRAL", shown, "OutcomeItem")))
        assert (waiting[item]["stateLabel"], waiting[item]["sourceLabel"]) == ("已报送", "协商")
        shown = "item { stateLabel dueAt unit { name } }"
        done = desk.press("referOutcomeItem", shown, itemId=item, unit=ZJJ)
        assert (done["stateLabel"], done["unit"]["name"]) == ("已转办", "区住建局")
    desk.end()
