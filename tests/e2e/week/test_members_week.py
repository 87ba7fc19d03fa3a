"""The weeks of a member, a standing member and a convener."""

from __future__ import annotations

from shared.actor import Role
from tests.e2e.week.conftest import GU, LU, SHEN, ZHOU, Week
from tests.e2e.week.desk import org
from tests.e2e.week.given import (
    activity,
    appraisal,
    briefing,
    linked,
    rotation_class,
    study_plan,
)
from tests.e2e.week.screens import ACTIVITY, CASE, DAY, MEETING, POINTS, SESSION, TEXT
from tests.stack import Document
from tests.world import OFFICE


def test_the_week_of_a_member(week: Week) -> None:
    member = week.actor(GU)
    desk = week.desk(member)
    replied = week.case("replied", GU)
    week.todo(member, "EVALUATE", replied)
    meeting, other = week.meeting("专题座谈会"), week.meeting("情况通报会")
    published, pack = activity(week, "界别走访企业"), briefing(week, "水利工作情况通报")
    asked = week.story.draft(LU, title="关于改善河道水质的建议")
    week.story.invite(LU, asked, GU)
    rotation = rotation_class(week, 11)
    week.todo(member, "MEETING_ANSWER", other)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        [todo] = [
            edge["node"]
            for edge in today["todos"]["edges"]
            if edge["node"]["link"]["id"] == replied
        ]
        assert (todo["kindLabel"], todo["link"]["kindLabel"]) == ("评价答复", "提案")
        assert "二次供水" in todo["link"]["name"]
        assert today["badges"]["todos"] == len(today["todos"]["edges"]) > 2

    with desk.task("Draft a proposal with the year's topics, hints and earlier proposals at hand"):
        text = {"title": "关于加强老旧住宅小区二次供水的建议", "situation": "水箱多年未清洗。"}
        hints = desk.ask(
            """query ($text: DraftTextInput!, $like: String!) {
              topicGuide(year: 2017) { topics { title categoryLabel note } }
              topics { code name parent { name } }
              draftingHints(text: $text) { code field message }
              similarProposals(text: $like, first: 5) {
                likeness
                proposal { id caseNo title stateLabel firstProposer { name } }
              }
              organisations(filter: {mayHandle: true}) { id name kindLabel }
            }""",
            text=text,
            like=text["title"],
        )
        assert hints["draftingHints"]
        assert hints["similarProposals"][0]["proposal"]["firstProposer"]["name"]
        assert "区住建局" in [unit["name"] for unit in hints["organisations"]]
        more = {"proposerType": "JOINT", "category": "URBAN_RURAL", "analysis": "产权不清。"}
        shown = "proposal { id version stateLabel problems { field message } updatedAt }"
        draft = desk.press("saveDraft", shown, **text, **more, suggestions=["三年内完成改造"])
        assert draft["stateLabel"] == "草稿"

    with desk.task("Find colleagues and invite several of them to co-sign"):
        found = desk.rows(
            """query ($text: String!) {
              members(filter: {text: $text, states: [ACTIVE]}, first: 50) {
                edges { node { id name memberNo workUnit sector { name } } }
              }
            }""",
            text=SHEN,
        )
        wanted = [row["id"] for row in found[:1]] + [week.story.gid(ZHOU)]
        shown = "proposal { cosignatures { member { id name } stateLabel invitedAt } }"
        items = [{"id": draft["id"], "memberId": id} for id in wanted]
        last = desk.press_all("inviteCosigners", shown, items)[-1]["proposal"]
        assert [row["stateLabel"] for row in last["cosignatures"]] == ["已邀请"] * 2
        assert {row["member"]["id"] for row in last["cosignatures"]} == set(wanted)

    with desk.task("Read what one is asked to co-sign, and confirm"):
        row = desk.row(
            f"""{{ proposals(filter: {{invited: true}}) {{
              edges {{ node {{ {CASE} {TEXT} cosignatures {{ member {{ name }} stateLabel }} }} }}
            }} }}""",
            asked,
        )
        assert (row["firstProposer"]["name"], row["situation"] != "") == (LU, True)
        shown = "proposal { cosignatures { member { name } stateLabel } windowUntil }"
        signed = desk.press("confirmCosignature", shown, id=asked)
        mine = {"member": {"name": GU}, "stateLabel": "已确认"}
        assert mine in signed["cosignatures"]

    with desk.task("Confirm a contact that a unit has recorded"):
        row = desk.row(
            f"""{{ proposals(filter: {{mine: true}}) {{ edges {{ node {{ {CASE}
              contacts {{ no unit {{ name }} wayLabel heldOn people content confirmedAt }}
            }} }} }} }}""",
            replied,
        )
        [contact] = row["contacts"]
        assert (contact["unit"]["name"], contact["confirmedAt"]) == ("区住建局", None)
        shown = "proposal { contacts { no confirmedAt } }"
        after = desk.press("confirmContact", shown, id=replied, no=contact["no"])
        assert after["contacts"][0]["confirmedAt"]

    with desk.task("Read a reply and judge it"):
        row = desk.row(
            f"""{{ proposals(filter: {{awaitingEvaluation: true}}) {{ edges {{ node {{ {CASE}
              evaluateBy suggestions
              replies {{ round docNo title body resultClassLabel deliveredAt unit {{ id name }}
                         answers {{ suggestion adoptionLabel note }}
                         commitments {{ text dueOn }} proof {{ name url }}
                         contactPerson contactPhone signOff {{ signer signedAt }} }}
            }} }} }} }}""",
            replied,
        )
        [reply] = row["replies"]
        assert (reply["contactPerson"], reply["signOff"]["signer"]) == ("孙燕", "赵宏伟")
        line = {"attitude": "SATISFIED", "result": "SATISFIED", "unitId": reply["unit"]["id"]}
        heard = {"heardBy": "VISIT", "visited": True, "pertinence": "YES", "leaderReplied": True}
        shown = "proposal { stateLabel closeKindLabel resultLabel attitudeLabel }"
        judged = desk.press("evaluateReply", shown, id=replied, lines=[line], **heard)
        assert (judged["stateLabel"], judged["closeKindLabel"]) == ("办结", "正常办结")

    with desk.task("Answer the invitation to one meeting, ask for leave from another"):
        rows = desk.rows(
            f"""{{ meetings(filter: {{invited: true, since: "2017-02-06T00:00:00+08:00"}}) {{
              edges {{ node {{ {MEETING} }} }}
            }} }}"""
        )
        listed = {row["id"]: row for row in rows}
        assert listed[meeting]["own"]["stateLabel"] == "未答复"
        shown = "meeting { own { stateLabel } }"
        coming = desk.press("answerMeeting", shown, meetingId=meeting, coming=True)
        assert coming["own"]["stateLabel"] == "参加"
        why = {"reasonKind": "WORK", "reason": "外地出差"}
        leave = desk.press("askMeetingLeave", shown, meetingId=other, **why)
        assert leave["own"]["stateLabel"] == "请假待审批"

    with desk.task("Sign up for an activity and for the rotation class"):
        page = desk.ask(
            f"""{{
              activities(filter: {{state: PUBLISHED}}) {{ edges {{ node {{ {ACTIVITY} }} }} }}
              rotationClasses(filter: {{state: OPEN}}) {{ edges {{ node {{
                id title heldAt place hours halfDays quota enrolledCount enrolBy ownLabel
              }} }} }}
            }}"""
        )
        assert published in [edge["node"]["id"] for edge in page["activities"]["edges"]]
        assert rotation in [edge["node"]["id"] for edge in page["rotationClasses"]["edges"]]
        shown = "activity { ownSignedUp signedUpCount }"
        signed_up = desk.press("signUpForActivity", shown, activityId=published)
        assert signed_up == {"ownSignedUp": True, "signedUpCount": 1}
        shown = "rotationClass { ownLabel enrolledCount }"
        assert desk.press("enrolInClass", shown, classId=rotation)["ownLabel"] == "已录取"

    with desk.task("Read the briefings one has not read, and ask the department"):
        row = desk.row(
            """{ studyMaterials(filter: {state: ISSUED, read: false}) { edges { node {
              id title kindLabel text files { name url } department { name } issuedAt readAt
            } } } }""",
            pack,
        )
        assert (row["department"]["name"], row["readAt"]) == ("区水利局", None)
        shown = "material { readAt readersCount }"
        assert desk.press("confirmMaterialRead", shown, materialId=pack)["readAt"]
        shown = "question { id askedAt material { title department { name } } }"
        question = desk.press("askDepartment", shown, materialId=pack, text="进度如何？")
        assert question["material"]["department"]["name"] == "区水利局"

    with desk.task("See one's points with what earned them, and one's figures"):
        own = desk.ask(POINTS)["viewer"]
        assert own["score"]["gradeLabel"] and own["dutyFigures"] is not None
    desk.end()


def test_the_week_of_a_standing_member(week: Week) -> None:
    standing = week.actor(SHEN, Role.STANDING_MEMBER)
    desk = week.desk(standing)
    study_plan(week)
    link = linked(week)
    closed, filed = week.case("closed"), week.case("filed")
    vote = appraisal(week, "提案办理评议", closed)
    week.todo(standing, "APPRAISAL_VOTE", vote)
    meeting = week.meeting("常委会议", kind="STANDING_COMMITTEE")
    session = week.run(
        OFFICE,
        "planStudySession",
        "session { id meetingId }",
        organiser=org("office-general"),
        title="常委会议专题学习",
        themes=["T1"],
        form="STANDING_COMMITTEE",
        way="LECTURE",
        heldAt="2017-02-21T09:00:00+08:00",
        place="三楼会议室",
        hours=3,
        members=[week.story.gid(SHEN)],
    )

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert vote in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("See whom one keeps contact with, and write down a contact"):
        row = desk.row(
            """{ contactLinks(filter: {state: ACTIVE}) { edges { node {
              id tierLabel contactsThisYear contactTarget lastContactOn leader { name }
              member { id name workUnit title sector { name } town { name } }
            } } } }""",
            link,
        )
        assert (row["member"]["name"], row["contactsThisYear"]) == (GU, 0)
        said = {"way": "VISIT", "content": "走访企业。", "issues": ["园区照明不足", "公交班次少"]}
        shown = """contact { id on wayLabel issues { no stateLabel text }
                             link { contactsThisYear } }"""
        on = "2017-02-06T08:00:00+08:00"
        contact = desk.press("recordMemberContact", shown, linkId=link, on=on, **said)
        assert contact["link"] == {"contactsThisYear": 1}

    with desk.task("Answer one issue of a contact, turn another into an affair"):
        row = desk.row(
            """{ memberContacts(filter: {year: 2017}) { edges { node {
              id on wayLabel content followUp member { name } issues { no stateLabel text answer }
            } } } }""",
            contact["id"],
        )
        one, two = row["issues"]
        shown = "contact { issues { no stateLabel answer lead { toLabel } } }"
        given: Document = {"contactId": contact["id"]}
        said_back = {"issueNo": one["no"], "answer": "已转告区住建局"}
        desk.press("answerContactIssue", shown, **given, **said_back)
        lead = {"to": "AFFAIR", "title": "公交班次", "text": two["text"], "issueNo": two["no"]}
        turned = desk.press("convertContactIssue", shown, **given, **lead)
        assert [issue["stateLabel"] for issue in turned["issues"]] == ["已答复", "已转办"]

    with desk.task("Read the proposals filed lately, and recommend one as a key proposal"):
        row = desk.row(
            f"""{{ proposals(filter: {{states: [FILED]}}, orderBy: FILED) {{
              edges {{ node {{ {CASE} {TEXT} filedAt key {{ stateLabel }} }} }}
            }} }}""",
            filed,
        )
        assert row["caseNo"] and row["key"] is None
        shown = "proposal { key { stateLabel nominations { reason at } } }"
        nominated = desk.press("nominateKey", shown, id=filed, reason="民生关切")
        assert nominated["key"]["nominations"][0]["reason"] == "民生关切"

    with desk.task("Vote at a democratic appraisal"):
        row = desk.row(
            """{ appraisals(filter: {states: [OPEN]}) { edges { node {
              id title heldAt place items myVote myVoteLabel
              subjects { title units { name } proposal { id caseNo replies { title body } } }
            } } } }""",
            vote,
        )
        [subject] = row["subjects"]
        line = {"proposalId": subject["proposal"]["id"], "grade": "SATISFIED"}
        lines = [{**line, "scores": [90] * len(row["items"])}]
        payload = desk.counting.run(standing, "castBallot", "voted", id=vote, lines=lines)
        assert payload["voted"] is True

    with desk.task("Answer the invitation to the Standing Committee's meeting"):
        row = desk.row(
            f"""{{ meetings(filter: {{invited: true, kind: STANDING_COMMITTEE}}) {{
              edges {{ node {{ {MEETING} }} }}
            }} }}""",
            meeting,
        )
        assert (row["kindLabel"], row["details"]["agenda"]) == ("常委会会议", ["通报工作"])
        shown = "meeting { own { stateLabel } }"
        answered = desk.press("answerMeeting", shown, meetingId=meeting, coming=True)
        assert answered["own"]["stateLabel"] == "参加"

    with desk.task("See the study sessions one is asked to, and hand in a note"):
        row = desk.row(
            f"""{{ studySessions(filter: {{invited: true, year: 2017}}) {{
              edges {{ node {{ {SESSION} ownHours }} }}
            }} }}""",
            session["id"],
        )
        assert row["title"] == "常委会议专题学习"
        shown = "paper { id stateLabel kindLabel submittedAt }"
        note = {"kind": "NOTE", "title": "学习体会", "text": "正文"}
        paper = desk.press("submitStudyPaper", shown, sessionId=session["id"], **note)
        assert paper["kindLabel"] == "学习笔记"

    with desk.task("Compare the figures of the sectors and of the members"):
        figures = desk.ask(
            """{
              ranking(first: 20) { edges { node { rank total gradeLabel previousRank
                                                  member { name memberNo } } } }
              proposalStatistics(by: CATEGORY, term: 15) { key label figures {
                received filed replyRate resultSatisfiedRate } }
            }"""
        )
        assert all(edge["node"]["member"] for edge in figures["ranking"]["edges"])
        assert figures["proposalStatistics"]

    with desk.task("Follow the promises that units have made"):
        promises = desk.ask(
            """{ commitments(orderBy: DUE) { totalCount edges { node {
              no text dueOn statusLabel unit { name } proposal { id caseNo title }
            } } } }"""
        )["commitments"]
        assert promises["totalCount"] >= 0

    with desk.task("See one's points with what earned them, and one's figures"):
        own = desk.ask(POINTS)["viewer"]
        assert own["score"]["gradeLabel"] and own["dutyFigures"] is not None
    desk.end()


def test_the_week_of_a_convener(week: Week) -> None:
    scope = {"sector_group": "group-22", "sector": "22"}
    convener = week.actor(SHEN, Role.SECTOR_CONVENER, **scope)
    desk = week.desk(convener)
    study_plan(week)
    member = week.actor(GU)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        assert desk.ask(DAY)["viewer"]["badges"] is not None

    with desk.task("See the group's members with their points and duties"):
        page = desk.ask(
            """query ($group: ID!) {
              members(filter: {sectorGroup: $group, states: [ACTIVE]}, first: 50) {
                edges { node { id name memberNo workUnit score { total gradeLabel }
                               privateData { phone } } }
              }
              duties(first: 20) { edges { node { dutyLabel on status member { name }
                                                 meeting { title } } } }
            }""",
            group=org("group-22"),
        )
        rows = [edge["node"] for edge in page["members"]["edges"]]
        [row] = [row for row in rows if row["id"] == week.story.gid(GU)]
        assert (row["name"], row["score"]["gradeLabel"] is not None) == (GU, True)
        assert row["privateData"]["phone"]

    with desk.task("Write the group's plan for the year, and see how its norm stands"):
        year = desk.ask(
            """query ($of: ID!) { liaisonYear(organisation: $of, year: 2017) {
              plan summary topics mayWrite norm { dutyLabel target done met }
            } }""",
            of=org("group-22"),
        )["liaisonYear"]
        assert year is None or len(year["norm"]) == 7
        shown = "workspace { plan norm { duty done met } }"
        written = desk.press("writeLiaisonYear", shown, year=2017, plan="全年开展两次活动")
        done = {row["duty"]: row["met"] for row in written["norm"]}
        assert (done["PLAN"], done["SUMMARY"]) == (True, False)

    with desk.task("Apply for an activity, and ask a committee for help"):
        given: Document = {
            "kind": "SECTOR_ACTIVITY",
            "title": "走访小微企业",
            "organisers": [org("group-22")],
            "heldAt": "2017-02-20T14:00:00+08:00",
            "place": "开发区",
            "signUpBy": "2017-02-18T18:00:00+08:00",
        }
        applied = desk.press("applyActivity", f"activity {{ {ACTIVITY} }}", **given)
        assert (applied["stateLabel"], applied["mayRun"]) == ("待审核", True)
        shown = "activity { helps { no text askedCommittee { name } answeredAt } }"
        ask = {"activityId": applied["id"], "committee": org("com-economy"), "text": "请派人"}
        helped = desk.press("askCommitteeHelp", shown, **ask)
        assert helped["helps"][0]["askedCommittee"]["name"] == "经济科技委员会"
    published = activity(week, "界别座谈")
    week.run(member, "signUpForActivity", "activity { id }", activityId=published)

    with desk.task("Confirm who came to an activity, and close it with a summary"):
        row = desk.row(
            f"""query ($group: ID!) {{
              activities(filter: {{organiser: $group, year: 2017}}) {{ edges {{ node {{ {ACTIVITY}
                signedUpMembers {{ id name memberNo }} confirmed
              }} }} }}
            }}""",
            published,
            group=org("group-22"),
        )
        assert [m["name"] for m in row["signedUpMembers"]] == [GU]
        came = [m["id"] for m in row["signedUpMembers"]]
        week.story.world.stack.move_clock(week.story.world.now.replace(day=21))
        desk.press("startActivity", "activity { stateLabel }", activityId=published)
        shown = "activity { stateLabel confirmed tookPartMembers { name } }"
        confirmed = desk.press("confirmParticipation", shown, activityId=published, members=came)
        assert confirmed["tookPartMembers"] == [{"name": GU}]
        shown = "activity { stateLabel summary }"
        closed = desk.press("closeActivity", shown, activityId=published, summary="交流充分")
        assert closed["stateLabel"] == "已履职关闭"
    week.story.world.stack.move_clock(week.story.world.now)

    with desk.task("Plan a meeting of the group, announce it, see who answers"):
        meeting = desk.press(
            "planMeeting",
            f"meeting {{ {MEETING} mayRun }}",
            organiser=org("group-22"),
            kind="SECTOR",
            title="小组学习会",
            heldAt="2017-02-22T14:00:00+08:00",
            place="活动室",
            mandatory=False,
            invited={"groups": ["SECTOR_GROUP:group-22"]},
        )
        shown = """meeting { stateLabel tally { invited answers { stateLabel count } }
                   invitees(first: 50) { edges { node { member { name } answerLabel } } } }"""
        notified = desk.press("notifyMeeting", shown, meetingId=meeting["id"])
        # Other stories have people in the group whom the roster does not know.
        invited = [edge["node"]["member"] for edge in notified["invitees"]["edges"]]
        assert GU in [member["name"] for member in invited if member]

    with desk.task("Hold a study session of the group"):
        session = desk.press(
            "planStudySession",
            f"session {{ {SESSION} }}",
            organiser=org("group-22"),
            title="小组学习",
            themes=["T1"],
            form="SECTOR_GROUP",
            way="READING_GROUP",
            heldAt="2017-02-23T14:00:00+08:00",
            place="活动室",
            hours=2,
            members=[week.story.gid(GU)],
        )
        assert (session["stateLabel"], session["mayRun"]) == ("已安排", True)

    with desk.task("Propose for the sector, with the seal of the convener"):
        text = {
            "title": "关于支持小微企业融资的提案",
            "situation": "融资难。",
            "analysis": "无抵押。",
        }
        more = {"suggestions": ["设立风险补偿基金"], "category": "ECONOMIC", "declared": True}
        shown = "proposal { id proposerTypeLabel stateLabel problems { field message } }"
        draft = desk.press("saveDraft", shown, proposerType="SECTOR", **text, **more)
        assert draft["proposerTypeLabel"] == "界别"
        shown = "proposal { seal { requestedAt sealedAt } }"
        desk.press("requestSeal", shown, id=draft["id"])
        sealed = desk.press("confirmSeal", shown, id=draft["id"])
        assert sealed["seal"]["sealedAt"]

    with desk.task("See who has done nothing for ninety days, and whom to talk to"):
        page = desk.ask(
            """{
              silentMembers(first: 20) { edges { node { lastDutyOn
                member { name memberNo privateData { phone } } } } }
              performanceTalks(state: DUE) { edges { node {
                id dueAt year inARow member { name } } } }
            }"""
        )
        assert page["performanceTalks"] is not None

    with desk.task("See the group's figures beside those of the others"):
        figures = desk.ask(
            """query ($group: String!) {
              dutyStatistics(by: SECTOR_GROUP, groupId: $group, year: 2017) {
                label members duties attendanceRate proposalParticipation silent
              }
              organisationLiaison(year: 2017) { organisation { name } activities participations }
            }""",
            group="group-22",
        )
        assert figures["dutyStatistics"][0]["label"] == "经济界别活动小组"
    desk.end()
