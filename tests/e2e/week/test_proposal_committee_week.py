"""The weeks of the proposal committee's staff and of its director."""

from __future__ import annotations

from tests.e2e.story import ZJJ
from tests.e2e.week.conftest import LU, SHEN, Week
from tests.e2e.week.given import CHAIR, of_cases, records, todo_list
from tests.e2e.week.screens import CASE, DAY, REPLY, TEXT
from tests.stack import Document
from tests.world import DIRECTOR, STAFF

REVIEWED = f"""
  {CASE} {TEXT} advisedUnits {{ id name }} reviewDueAt ownCategory
  cosignatures {{ member {{ name }} stateLabel }}
  committeeComments {{ committee {{ name }} text }}
  firstReview {{ verdictLabel opinion category units {{ id name }} proposedAt }}
"""
CASES = f"""query ($filter: ProposalFilter, $order: ProposalOrder) {{
  proposals(filter: $filter, orderBy: $order, first: 50) {{
    totalCount edges {{ node {{ {REVIEWED} }} }}
  }}
}}"""


def test_the_week_of_the_proposal_committees_staff(week: Week) -> None:
    desk = week.desk(STAFF)
    new, more = week.case("submitted"), week.case("submitted")
    reviewed, filed = week.case("reviewed"), week.case("filed")
    slow, passed = week.case("received"), week.case("passed")
    closed, delivered, key = week.case("closed"), week.case("replied"), week.case("replied")
    chosen = {"docNo": "吴政协〔2017〕3号", "decidedOn": "2017-02-06"}
    week.story.do(STAFF, "nominateKey", id=key, reason="民生关切")
    week.story.do(CHAIR, "selectKey", id=key, **chosen)
    lead = {"name": "周立新", "rank": "CPPCC_LEADER"}
    week.story.do(STAFF, "nameKeyLeader", id=key, **lead)
    for kind, case in (("FIRST_REVIEW", reviewed), ("ASSIGNMENT_PLAN", filed)):
        week.todo(STAFF, kind, case)
    week.todo(STAFF, "OPENNESS_DECISION", delivered)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert reviewed in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Begin the review of what was submitted, oldest first"):
        given: Document = {"filter": {"states": ["SUBMITTED"]}, "order": "SUBMITTED_ASC"}
        rows = [row for row in desk.rows(CASES, **given) if row["id"] in (new, more)]
        assert [row["id"] for row in rows] == [new, more]
        shown = "proposal { stateLabel reviewDueAt }"
        for result in desk.press_all("startReviews", shown, [{"id": row["id"]} for row in rows]):
            assert result["proposal"]["stateLabel"] == "审查中"

    with desk.task("Leave a first review, with the units that it suggests"):
        page = desk.ask(
            f"""{{
              proposals(filter: {{states: [UNDER_REVIEW]}}, first: 50) {{
                edges {{ node {{ {REVIEWED} }} }}
              }}
              organisations(filter: {{mayHandle: true}}) {{ id name sideLabel }}
            }}"""
        )
        assert reviewed in [edge["node"]["id"] for edge in page["proposals"]["edges"]]
        [unit] = [row["id"] for row in page["organisations"] if row["name"] == "区住建局"]
        given = {"id": reviewed, "verdict": "FILE", "reviewUnits": [unit], "opinion": "建议立案"}
        shown = "proposal { firstReview { verdictLabel units { name } } }"
        assert desk.press("proposeVerdict", shown, **given)["firstReview"]["units"]

    with desk.task("Send a proposal back to its author with a comment"):
        row = desk.row(CASES, more, filter={"states": ["UNDER_REVIEW"]}, order="SUBMITTED_ASC")
        assert row["firstProposer"]["name"] == LU
        shown = "proposal { stateLabel returnComment resubmitBy }"
        back = desk.press("returnProposal", shown, id=more, comment="请补充具体建议")
        assert back["resubmitBy"]

    with desk.task("Propose which units handle what was filed"):
        plans = records(
            desk.ask(todo_list("ASSIGNMENT_PLAN", f"{CASE} reviewUnits {{ id name }} sideLabel"))
        )
        [unit] = plans[filed]["reviewUnits"]
        items = [{"id": filed, "mode": "SOLE", "units": [{"unitId": unit["id"], "part": "SOLE"}]}]
        shown = "proposal { assignmentPlan { modeLabel decideBy units { unit { name } } } }"
        [done] = desk.press_all("proposeAssignments", shown, items)
        assert done["proposal"]["assignmentPlan"]["modeLabel"] == "独办"

    with desk.task("See who is late, and urge them"):
        page = desk.ask(
            """{
              unitBoard { unit { id name } open dueSoon overdue returnAsked extensionAsked urged
                          dissatisfied promisesDue }
              assignments(filter: {dueBefore: "2017-06-01T00:00:00+08:00"}, first: 50) {
                edges { node { unit { id name } dueAt latenessLabel urgings { at wayLabel }
                               proposal { id caseNo title } } }
              }
            }"""
        )
        [row] = of_cases([edge["node"] for edge in page["assignments"]["edges"]], slow)
        given = {"id": slow, "unitId": row["unit"]["id"], "way": "PHONE", "text": "请抓紧"}
        shown = "proposal { assignments { urgings { text at } } }"
        assert desk.press("urgeUnit", shown, **given)["assignments"][0]["urgings"]

    with desk.task("Read a checked reply, and object to it"):
        page = desk.ask(
            f"""{{ assignments(filter: {{states: [REPLY_IN_CHECK]}}, first: 50) {{
              edges {{ node {{ unit {{ id }} proposal {{ {REPLY} }} }} }}
            }} }}"""
        )
        [row] = of_cases([edge["node"] for edge in page["assignments"]["edges"]], passed)
        given = {"about": "REPLY", "unitId": row["unit"]["id"], "reason": "未逐条答复"}
        shown = "proposal { objections { aboutLabel reason decideBy } }"
        assert desk.press("objectToDecision", shown, id=passed, **given)["objections"]

    with desk.task("Decide how much of each reply the public sees"):
        waiting = records(
            desk.ask(
                todo_list(
                    "OPENNESS_DECISION",
                    f"""{CASE} openness
          replies {{ round unit {{ id name }} body opennessLabel opennessReason summary
                     disclosure {{ decideBy }} }}""",
                )
            )
        )
        [reply] = waiting[delivered]["replies"]
        given = {"unitId": reply["unit"]["id"], "round": reply["round"], "openness": "FULL"}
        shown = "proposal { replies { disclosure { opennessLabel decidedAt } } }"
        opened = desk.press("decideReplyOpenness", shown, id=delivered, **given)
        assert opened["replies"][0]["disclosure"]["decidedAt"]

    with desk.task("Plan an appraisal of key cases, and put people on the panel"):
        page = desk.ask(
            f"""{{
              appraisalCandidates(first: 50) {{ edges {{ node {{ {CASE}
                assignments {{ unit {{ id name }} }} }} }} }}
              members(filter: {{post: STANDING_MEMBER, states: [ACTIVE]}}, first: 50) {{
                edges {{ node {{ id name workUnit }} }}
              }}
            }}"""
        )
        assert key in [edge["node"]["id"] for edge in page["appraisalCandidates"]["edges"]]
        [voter] = [
            edge["node"]["id"]
            for edge in page["members"]["edges"]
            if edge["node"]["id"] == week.story.gid(SHEN)
        ]
        given = {"title": "办理评议", "heldAt": "2017-02-20T09:00:00+08:00", "place": "一楼"}
        shown = "appraisal { id stateLabel items subjects { title units { name } } }"
        made = desk.press("planAppraisal", shown, **given, cases=[{"proposalId": key}])
        row = {"kind": "STANDING_MEMBER", "memberId": voter}
        shown = "appraisal { invited panel { no kindLabel member { name } } }"
        assert desk.press("inviteVoters", shown, id=made["id"], voters=[row])["invited"] == 1

    with desk.task("Archive what has ended"):
        ended = desk.rows(CASES, filter={"states": ["CLOSED"]}, order="UPDATED_ASC")
        items = [{"id": case["id"]} for case in ended if case["id"] == closed]
        shown = "proposal { stateLabel }"
        [done] = desk.press_all("archiveProposals", shown, items)
        assert done["proposal"]["stateLabel"] == "归档"
    desk.end()


def test_the_week_of_the_proposal_committees_director(week: Week) -> None:
    desk = week.desk(DIRECTOR)
    first, second, third = (week.case("reviewed") for _ in range(3))
    lead, given_back = week.case("filed"), week.case("filed")
    closed, replied = week.case("closed"), week.case("closed")
    week.story.do(week.story.member(LU), "requestWithdrawal", id=given_back, reason="另行提出")
    told = {"verdict": "FILE", "reviewUnits": [ZJJ], "opinion": "建议立案"}
    for case in (first, second, third):
        week.story.do(STAFF, "proposeVerdict", id=case, **told)
        week.todo(DIRECTOR, "FILING_DECISION", case)
    week.todo(DIRECTOR, "WITHDRAWAL_DECISION", given_back)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert first in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("File what the first review proposes"):
        waiting = records(desk.ask(todo_list("FILING_DECISION", REVIEWED)))
        units = [unit["id"] for unit in waiting[first]["firstReview"]["units"]]
        shown = "proposal { stateLabel caseNo caseTitle filedAt }"
        filed = desk.press("fileProposal", shown, id=first, reviewUnits=units, oneMatter=True)
        assert filed["caseNo"]

    with desk.task("Decide against filing, with a reason and a disposition"):
        waiting = records(desk.ask(todo_list("FILING_DECISION", REVIEWED)))
        assert second in waiting
        given: Document = {"reason": "NF10", "disposition": "TO_LETTER", "comment": "建议过于笼统"}
        shown = "proposal { stateLabel notFiled { reasonLabel dispositionLabel appealBy } }"
        no = desk.press("notFileProposal", shown, id=second, **given, against="内容空泛")
        assert no["notFiled"]["appealBy"]

    with desk.task("Merge a proposal into another of the same matter"):
        page = desk.ask(
            f"""query ($text: String!, $of: ID!) {{
              similarProposals(text: $text, besides: $of, first: 20) {{
                likeness proposal {{ {CASE} }}
              }}
            }}""",
            text="关于加强老旧住宅小区二次供水的建议",
            of=third,
        )
        assert all(row["proposal"]["firstProposer"] for row in page["similarProposals"])
        shown = "proposal { stateLabel merged { caseNo caseTitle } }"
        merged = desk.press(
            "mergeProposal", shown, id=third, leadId=lead, reason="同一事项", against="同一事项"
        )
        assert merged["stateLabel"] == "并案"

    with desk.task("Decide on a request to withdraw"):
        waiting = records(
            desk.ask(
                todo_list(
                    "WITHDRAWAL_DECISION", f"{CASE} withdrawal {{ reason requestedAt decideBy }}"
                )
            )
        )
        assert waiting[given_back]["withdrawal"]["reason"] == "另行提出"
        shown = "proposal { stateLabel }"
        gone = desk.press("decideWithdrawal", shown, id=given_back, agreed=True)
        assert gone["stateLabel"] == "撤案"

    with desk.task("Recognise the class of what was solved"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [CLOSED]}}, first: 50) {{ edges {{ node {{ {REPLY}
              resultClassLabel recognisedClassLabel attitudeLabel resultLabel
            }} }} }} }}""",
            closed,
        )
        assert row["resultLabel"] == "满意"
        shown = "proposal { recognisedClassLabel }"
        recognised = desk.press("recogniseClass", shown, id=closed, resultClass="A")
        assert recognised["recognisedClassLabel"]

    with desk.task("Award an excellent proposal of the year"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [CLOSED]}}, first: 50) {{ edges {{ node {{ {CASE}
              isKey isExcellent resultLabel }} }} }} }}""",
            replied,
        )
        assert row["isExcellent"] is False
        given = {"year": 2017, "docNo": "吴政协〔2017〕9号", "decidedOn": "2017-02-06"}
        shown = "proposal { isExcellent excellent { year docNo decidedOn } }"
        assert desk.press("awardExcellent", shown, id=replied, **given)["isExcellent"]

    with desk.task("Write and publish the year's topic guide"):
        page = desk.ask(
            """{
              topicGuide(year: 2017) { edition publishedAt topics { title } draft { title note } }
              topics { code name parent { name } }
              leads(filter: {to: PROPOSAL_LEAD}) { edges { node { id title text } } }
            }"""
        )
        assert page["topics"]
        topics = [{"category": "URBAN_RURAL", "title": "老旧小区二次供水", "note": "改造与移交"}]
        shown = "guide { edition draft { title } }"
        assert desk.press("saveTopicGuide", shown, year=2017, topics=topics)["draft"]
        assert desk.press("publishTopicGuide", "guide { edition publishedAt }", year=2017)

    with desk.task("See the units' promises, what is claimed and what is not kept"):
        page = desk.ask(
            """{
              claimed: commitments(filter: {claimed: true}) { totalCount edges { node {
                no text dueOn unit { name } proposal { id caseNo title } } } }
              missed: commitments(filter: {status: MISSED}) { totalCount edges { node {
                no text dueOn decideBy unit { name } proposal { id caseNo title } } } }
            }"""
        )
        assert page["claimed"]["totalCount"] == len(page["claimed"]["edges"])

    with desk.task("Report the figures of the year by category and by unit"):
        page = desk.ask(
            """{
              total: proposalStatistics(by: TOTAL, term: 15) { label figures {
                received filed filingRate notFiled merged replied replyRate onTimeRate } }
              category: proposalStatistics(by: CATEGORY, term: 15) { label figures { filed } }
              unit: proposalStatistics(by: UNIT, term: 15) { label organisation { name }
                figures { assigned replied resultSatisfiedRate returnsPerCase } }
            }"""
        )
        assert all(row["label"] for rows in page.values() for row in rows)
    desk.end()
