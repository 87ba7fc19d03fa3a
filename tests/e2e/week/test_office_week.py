"""The weeks of the office and of the information editor."""

from __future__ import annotations

from shared.actor import Actor, Role
from tests.e2e.opinions import submitted
from tests.e2e.story import ZJJ
from tests.e2e.week.conftest import GU, SHEN, Week
from tests.e2e.week.desk import org
from tests.e2e.week.given import activity, records
from tests.e2e.week.screens import ACTIVITY, DAY, DOCUMENT, LETTER, MEETING
from tests.e2e.week.test_groups_week import INVITEES, MINJIAN, home
from tests.e2e.week.test_leaders_week import drafted, received, todos_of
from tests.stack import Document
from tests.world import OFFICE

EDITOR = Actor("account-editor", Role.INFO_EDITOR)
SIGNER = Actor("account-zhou", Role.CHAIR_COUNCIL)


def lead(week: Week) -> str:
    """What a visitor of a Members' Home brought, forwarded as public opinion."""
    lili = Actor("account-lili", Role.TOWN_STAFF, {"town": "town-lili"})
    given: Document = {"homeId": home(week), "matter": "公交班次少。", "topic": "出行"}
    reception = week.run(lili, "recordReception", "reception { id }", **given)["id"]
    on = {"to": "OPINION", "title": "增加公交班次", "text": "建议增加。"}
    shown = "reception { leadIds }"
    forwarded = week.run(lili, "forwardReception", shown, receptionId=reception, **on)
    return str(forwarded["leadIds"][0])


def affair(week: Week, office: str) -> str:
    given: Document = {
        "kind": "CAR",
        "title": "视察用车",
        "content": "8人",
        "officeId": org(office),
    }
    return str(week.run(week.clerk(), "raiseAffair", "affair { id }", **given)["id"])


def test_the_week_of_the_office(week: Week) -> None:
    desk = week.desk(OFFICE)
    member = week.actor(GU)
    signed = drafted(week, "关于视察活动的通知", "countersignDocument")
    week.run(SIGNER, "signDocument", "document { id }", documentId=signed)
    came = received(week, "关于报送工作总结的通知", routed=True)
    week.run(SIGNER, "instructDocument", "document { id }", documentId=came, instruction="传阅")
    asked, applied = affair(week, "office-general"), activity(week, "界别调研", published=False)
    given: Document = {
        "organisation": org("org-minjian"),
        "kind": "IMPROVEMENT",
        "title": "改进会议组织",
    }
    item = week.run(MINJIAN, "raiseConferenceItem", "item { id }", **given, text="建议")["id"]
    changes = {"workUnit": "区第二中学", "title": "副校长"}
    week.run(member, "requestProfileChange", "member { id }", changes=changes)
    for kind, subject in (
        ("AFFAIR", asked),
        ("ACTIVITY_DECISION", applied),
        ("CONFERENCE_ITEM_ACCEPTANCE", item),
        ("PROFILE_CHANGE", week.story.gid(GU)),
        ("DOCUMENT_ISSUE", signed),
    ):
        week.todo(OFFICE, kind, subject)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert today["badges"]["todos"] >= 5

    with desk.task("Sign for a paper, and register it"):
        page = desk.ask("{ organisations { id name kindLabel } }")["organisations"]
        [sender] = [row["id"] for row in page if row["name"] == "区委办"]
        given = {"title": "关于会议的通知", "sender": sender, "receivedOn": "2017-02-06"}
        made = desk.press("signForDocument", "document { id stateLabel }", **given)
        known = {"kind": "NOTICE", "urgency": "URGENT", "dueAt": "2017-02-10T18:00:00+08:00"}
        shown = f"document {{ {DOCUMENT} }}"
        row = desk.press("registerDocument", shown, documentId=made["id"], **known)
        assert row["dueAt"]

    with desk.task("Circulate a paper, and urge who has not read it"):
        page = desk.ask(
            f"""{{
              incomingDocuments(filter: {{state: INSTRUCTED}}, orderBy: DUE) {{ edges {{ node {{
                {DOCUMENT} }} }} }}
              members(filter: {{post: STANDING_MEMBER, states: [ACTIVE]}}, first: 50) {{
                edges {{ node {{ id name }} }} }}
            }}"""
        )
        assert came in [edge["node"]["id"] for edge in page["incomingDocuments"]["edges"]]
        to = [e["node"]["id"] for e in page["members"]["edges"] if e["node"]["name"] == SHEN]
        shown = "document { stateLabel readers { member { name } readAt urged } }"
        desk.press("circulateDocument", shown, documentId=came, members=to)
        urged = desk.press("urgeDocument", shown, documentId=came)
        assert urged["readers"][0]["urged"] == 1

    with desk.task("Number and issue what was signed"):
        waiting = records(desk.ask(todos_of("DOCUMENT_ISSUE", "OutgoingDocument", LETTER)))
        assert waiting[signed]["main"] == [{"name": "区住建局"}]
        shown = "document { number stateLabel }"
        assert desk.press("numberDocument", shown, documentId=signed)["number"]
        shown = "document { stateLabel issuedAt receipts { organisation { name } } }"
        assert desk.press("issueDocument", shown, documentId=signed)["issuedAt"]

    with desk.task("Plan a meeting, announce it, and see who answers"):
        meeting = desk.press(
            "planMeeting",
            f"meeting {{ {MEETING} }}",
            organiser=org("office-general"),
            kind="CHAIR_COUNCIL",
            title="主席会议",
            heldAt="2017-02-24T09:00:00+08:00",
            place="三楼",
            mandatory=True,
            invited={"members": [{"memberId": week.story.gid(GU)}], "organisations": [ZJJ]},
        )
        desk.press("notifyMeeting", "meeting { stateLabel notices }", meetingId=meeting["id"])
        row = desk.row(
            f"""query ($answer: MeetingInviteeFilter, $of: ID!) {{
              meetings(filter: {{organiser: $of, since: "2017-02-06T00:00:00+08:00",
                                 until: "2017-03-06T00:00:00+08:00"}}) {{ edges {{ node {{
                {MEETING} tally {{ invited answers {{ stateLabel count }} }} {INVITEES}
              }} }} }}
            }}""",
            meeting["id"],
            of=org("office-general"),
        )
        assert row["tally"]["invited"] == 2

    with desk.task("Take on what members ask for, and report it done"):
        row = desk.row(
            """{ affairs(filter: {open: true}, orderBy: DUE, first: 50) { edges { node {
              id title kindLabel content people place wantedFrom dueAt stateLabel mayWork
              office { name } raiser { label } } } } }""",
            asked,
        )
        assert (row["office"]["name"], row["raiser"]["label"]) == ("办公室", "镇工委小陈")
        desk.press("acceptAffair", "affair { stateLabel }", affairId=asked)
        shown = "affair { stateLabel result }"
        assert desk.press("finishAffair", shown, affairId=asked, result="已安排")["result"]

    with desk.task("Publish activities that were applied for"):
        waiting = records(desk.ask(todos_of("ACTIVITY_DECISION", "Activity", ACTIVITY)))
        assert waiting[applied]["organiserList"]
        items = [{"activityId": applied, "published": True}]
        [done] = desk.press_all("decideActivities", "activity { stateLabel }", items)
        assert done["activity"]["stateLabel"] == "已发布"

    with desk.task("Give an item of the joint conference to whoever answers it"):
        shown = "id title text kindLabel raisedBy { name } raisedAt"
        waiting = records(desk.ask(todos_of("CONFERENCE_ITEM_ACCEPTANCE", "ConferenceItem", shown)))
        assert waiting[item]["raisedBy"]["name"] == "中国民主建国会"
        due = {"owner": org("office-general"), "dueAt": "2017-06-30T18:00:00+08:00"}
        shown = "item { stateLabel responsible { name } dueAt }"
        assert desk.press("acceptConferenceItem", shown, itemId=item, **due)["dueAt"]

    with desk.task("Confirm what a member asks to have changed in the roster"):
        shown = """id name memberNo workUnit title
                   profileChange { id requestedAt items { label value } }"""
        waiting = records(desk.ask(todos_of("PROFILE_CHANGE", "Member", shown)))
        change = waiting[week.story.gid(GU)]["profileChange"]
        assert {row["value"] for row in change["items"]} == {"区第二中学", "副校长"}
        given = {"memberId": week.story.gid(GU), "changeId": change["id"]}
        after = desk.press("confirmProfileChange", "member { workUnit title }", **given)
        assert after == {"workUnit": "区第二中学", "title": "副校长"}

    with desk.task("Tell parties and groups of the work, and see who has received it"):
        given = {"title": "二月工作通报", "text": "通报如下。", "recipients": [org("org-minjian")]}
        shown = "briefing { id recipientsCount receipts { organisation { name } receivedAt } }"
        sent = desk.press("sendWorkBriefing", shown, **given)
        assert sent["receipts"] == [
            {"organisation": {"name": "中国民主建国会"}, "receivedAt": None}
        ]
    desk.end()


def test_the_week_of_the_information_editor(week: Week) -> None:
    desk = week.desk(EDITOR)
    item = submitted(week.story, week.actor(GU))
    week.todo(EDITOR, "OPINION_EDIT", item)
    brought, asked = lead(week), affair(week, "office-research")
    paper = received(week, "关于信息报送的通知", routed=True)
    week.run(SIGNER, "instructDocument", "document { id }", documentId=paper, instruction="请办理")
    research: Document = {"documentId": paper, "handlerId": org("office-research")}
    week.run(OFFICE, "handDocument", "document { id }", **research)
    week.todo(EDITOR, "LEAD_ANSWER", brought)
    week.todo(EDITOR, "AFFAIR", asked)

    with desk.task("Open the day: to-dos with their days, messages, what is due"):
        today = desk.ask(DAY)["viewer"]
        assert brought in [edge["node"]["link"]["id"] for edge in today["todos"]["edges"]]

    with desk.task("Read a lead from a Members' Home, and answer it"):
        shown = "id title text topic originLabel home { name } town { name } forwardedAt dueAt"
        waiting = records(desk.ask(todos_of("LEAD_ANSWER", "Lead", shown)))
        assert waiting[brought]["town"]["name"] == "黎里镇工委"
        given: Document = {"leadId": brought, "answer": "已编报区委。"}
        assert desk.press("answerLead", "lead { stateLabel answeredAt }", **given)["answeredAt"]

    with desk.task("Edit what was handed in, and send it up for signature"):
        shown = """id title urgencyLabel channelLabel submittedAt authors { name memberNo }
                   original { facts suggestion } clocks { aboutLabel dueAt }"""
        waiting = records(desk.ask(todos_of("OPINION_EDIT", "Opinion", shown)))
        assert waiting[item]["authors"][0]["name"] == GU and waiting[item]["clocks"]
        one = {"opinionId": item}
        desk.press("startOpinionEditing", "opinion { stateLabel }", **one)
        text = {
            "title": "关于立即排查取水口水质的建议",
            "facts": "水面有油膜。",
            "suggestion": "排查。",
        }
        desk.press("editOpinion", "opinion { edited { title } version }", **one, **text)
        sent = desk.press("sendOpinionForSignature", "opinion { edited { sentAt } }", **one)
        assert sent["edited"]["sentAt"]

    with desk.task("Look for leads on a topic, of all towns"):
        rows = desk.rows(
            """{ leads(filter: {topic: "出行", to: OPINION}) { edges { node {
              id title text stateLabel answer home { name } town { name } } } } }"""
        )
        assert brought in [row["id"] for row in rows]

    with desk.task("Take on what is asked of the research office, and report it done"):
        row = desk.row(
            """query ($of: ID!) { affairs(filter: {office: $of, open: true}, orderBy: DUE) {
              edges { node { id title kindLabel content dueAt stateLabel mayWork
                             raiser { label } } } } }""",
            asked,
            of=org("office-research"),
        )
        assert row["mayWork"] is True
        desk.press("acceptAffair", "affair { stateLabel }", affairId=asked)
        assert desk.press("finishAffair", "affair { result }", affairId=asked, result="已办")

    with desk.task("Work off a paper that was handed to the research office"):
        row = desk.row(
            f"""query ($of: ID!) {{
              incomingDocuments(filter: {{handler: $of, open: true}}, orderBy: DUE) {{
                edges {{ node {{ {DOCUMENT} }} }} }} }}""",
            paper,
            of=org("office-research"),
        )
        assert row["handler"] == {"name": "研究室"}
        given = {"documentId": paper, "result": "已报送"}
        assert desk.press("noteDocument", "document { stateLabel result }", **given)["result"]

    with desk.task("See what visitors of the homes brought, by topic"):
        rows = desk.rows(
            """{ receptions(filter: {year: 2017}) { edges { node {
              id at matter topic stateLabel channelLabel home { name } town { name } } } } }"""
        )
        assert rows

    with desk.task("Read the material and the papers of study"):
        page = desk.ask(
            """{
              studyMaterials(filter: {state: ISSUED}) {
                edges { node { title kindLabel issuedAt } } }
              studyPapers(filter: {state: ACCEPTED}) { edges { node { title authors { name } } } }
            }"""
        )
        assert page["studyMaterials"] is not None

    with desk.task("See members' points and figures for a report"):
        page = desk.ask(
            """{
              ranking(first: 20) { edges { node { rank total member { name } } } }
              dutyStatistics(by: ALL, year: 2017) { label members duties opinions }
            }"""
        )
        assert page["dutyStatistics"]

    with desk.task("See the proposals of a topic, and what came of them"):
        page = desk.ask(
            """{ proposals(filter: {text: "二次供水"}, first: 20) { edges { node {
              id caseNo title stateLabel resultClassLabel firstProposer { name } } } } }"""
        )
        assert page["proposals"] is not None
    desk.end()
