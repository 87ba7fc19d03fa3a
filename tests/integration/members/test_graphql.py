"""The roster through GraphQL: real gateway, real service."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.contracts import sample_event
from shared.ids import new_id
from tests.integration.members.platform import OFFICE, PUBLIC, SECTORS, People
from tests.stack import Stack
from tests.waiting import eventually

JOINED = "the day of joining"
NOMINATE = """mutation($input: NominateMemberInput!) { nominateMember(input: $input) {
    member { id memberNo name state stateLabel } errors { field code message } } }"""
MEMBER = """query($id: ID!) { member(id: $id) {
    id memberNo name state stateLabel gender genderLabel affiliation affiliationLabel party
    sector { code name shortName nameEn } sectorGroup { name sectors { code } } town { name zone }
    committees { name } organisations { shortName } standing new termsServed workUnit
    posts { post label organisation { name } } joinedVia joinedOn endedOn
    privateData(reveal: true) {
        phone birthDate religion idNumberRecorded history { state reason } } } }"""


@pytest.fixture
def people(stack: Stack) -> People:
    return People(stack)


def organisation(id: str) -> str:
    return global_id("Organisation", id)


def given(people: People, **changes: Any) -> dict[str, Any]:
    return {
        "memberNo": people.member_no,
        "term": people.term,
        "name": "陆晓芸",
        "gender": "FEMALE",
        "sector": "04",
        "affiliation": "MINJIAN",
        "sectorGroup": organisation("group-04"),
        "committees": [organisation("com-economy")],
        "town": organisation("town-lili"),
        "phone": "13812340088",
        "birthDate": "1970-05-01",
        "workUnit": "华源自来水",
        **changes,
    }


def joined_on(people: People) -> str:
    """The day, whatever the clock of the session and the newest term are by now."""
    answer = people.graphql(MEMBER, OFFICE, id=people.global_id)
    return str(answer["data"]["member"]["joinedOn"])[:10]


def starts_on(people: People) -> str:
    [term] = [row for row in people.call("list_terms") if row["no"] == people.term]
    return str(term["starts_on"])


def do(people: People, mutation: str, actor: Actor = OFFICE, **input: Any) -> dict[str, Any]:
    """The payload of `mutation`, which must not be refused."""
    query = f"""mutation($input: {mutation[0].upper()}{mutation[1:]}Input!) {{
        {mutation}(input: $input) {{ member {{ state stateLabel posts {{ post }} }}
        errors {{ field code message }} }} }}"""
    payload: dict[str, Any] = people.ask(query, actor, input=input)[mutation]
    assert payload["errors"] == []
    return payload


def nominated(people: People, **changes: Any) -> dict[str, Any]:
    payload: dict[str, Any] = people.ask(NOMINATE, input=given(people, **changes))
    return dict(payload["nominateMember"])


def test_a_member_from_nomination_to_post(people: People) -> None:
    assert nominated(people) == {
        "member": {
            "id": people.global_id,
            "memberNo": people.member_no,
            "name": "陆晓芸",
            "state": "NOMINATED",
            "stateLabel": "提名",
        },
        "errors": [],
    }
    do(people, "appointMember", memberId=people.global_id, joinedVia="TERM_START")
    posts = [{"post": "CONVENER", "organisation": organisation("group-04")}]
    do(people, "changePost", memberId=people.global_id, posts=posts)
    assert people.ask(MEMBER, id=people.global_id)["member"] == {
        "id": people.global_id,
        "memberNo": people.member_no,
        "name": "陆晓芸",
        "state": "ACTIVE",
        "stateLabel": "在任",
        "gender": "FEMALE",
        "genderLabel": "女",
        "affiliation": "MINJIAN",
        "affiliationLabel": "民建",
        "party": "04",
        "sector": {
            "code": "04",
            "name": "中国民主建国会",
            "shortName": "民建",
            "nameEn": "China National Democratic Construction Association",
        },
        "sectorGroup": {"name": "民建界别活动小组", "sectors": [{"code": "04"}]},
        "town": {"name": "黎里镇工委", "zone": "汾湖高新区"},
        "committees": [{"name": "经济科技委员会"}],
        "organisations": [{"shortName": "民建"}],
        "standing": False,
        "new": True,
        "termsServed": 1,
        "workUnit": "华源自来水",
        "posts": [
            {
                "post": "CONVENER",
                "label": "界别活动小组召集人",
                "organisation": {"name": "民建界别活动小组"},
            }
        ],
        "joinedVia": "TERM_START",
        "joinedOn": starts_on(people),
        "endedOn": None,
        "privateData": {
            "phone": "13812340088",
            "birthDate": "1970-05-01",
            "religion": None,
            "idNumberRecorded": False,
            "history": [
                {"state": "NOMINATED", "reason": None},
                {"state": "ACTIVE", "reason": None},
            ],
        },
    }


def test_what_a_visitor_gets_of_a_member(people: People) -> None:
    people.member()
    found = people.ask(MEMBER, PUBLIC, id=people.global_id)["member"]
    shown = {name: value for name, value in found.items() if value is not None}
    assert shown.keys() == {"id", "name", "sector", "posts"}


def test_private_data_is_masked_until_it_is_revealed(people: People) -> None:
    people.member(birth_date="1970-05-01")
    query = """query($id: ID!, $reveal: Boolean) { member(id: $id) { privateData(reveal: $reveal) {
        phone birthYear birthDate religionRecorded religion wechatOpenid } } }"""
    masked = people.ask(query, OFFICE, id=people.global_id, reveal=False)["member"]["privateData"]
    assert masked == {
        "phone": "138****0088",
        "birthYear": 1970,
        "birthDate": None,
        "religionRecorded": False,
        "religion": None,
        "wechatOpenid": None,
    }
    looks = people.stack.db("members")["audit"]
    look = {"action": "look_at_private_data", "subject": people.id}
    assert looks.count_documents(look) == 0
    full = people.ask(query, OFFICE, id=people.global_id, reveal=True)["member"]["privateData"]
    assert (full["phone"], full["birthDate"]) == ("13812340088", "1970-05-01")
    assert looks.count_documents(look) == 1


def test_a_contact_is_null_for_those_who_may_not_see_it(people: People) -> None:
    people.member(town="town-lili")
    query = "query($id: ID!) { member(id: $id) { privateData(reveal: true) { phone birthDate } } }"

    def seen(role: Role, **scope: str) -> Any:
        actor = Actor("account-1", role, scope, member_id="m-15-9999")
        return people.ask(query, actor, id=people.global_id)["member"]["privateData"]

    assert seen(Role.MEMBER) is None
    assert seen(Role.TOWN_STAFF, town="town-lili") == {"phone": "13812340088", "birthDate": None}
    assert seen(Role.TOWN_STAFF, town="town-tongli") is None


def test_refusals_are_data(people: People) -> None:
    nominated(people)
    again = nominated(people, name="沈建国")
    assert again["member"] is None
    assert [(e["field"], e["code"]) for e in again["errors"]] == [("memberNo", "MEMBER_NO_TAKEN")]
    malformed = nominated(people, memberNo="88")
    assert [(e["field"], e["code"]) for e in malformed["errors"]] == [("memberNo", "INVALID_INPUT")]
    people.number += 10_000 - people.number
    misfit = nominated(people, memberNo=f"{people.term}-9999", town=organisation("com-urban"))
    assert [(e["field"], e["code"]) for e in misfit["errors"]] == [("town", "GROUP_UNFIT")]


def test_only_the_office_may(people: People) -> None:
    for actor, code in ((Actor("a", Role.MEMBER), "FORBIDDEN"), (PUBLIC, "UNAUTHENTICATED")):
        answer = people.graphql(NOMINATE, actor, input=given(people))
        assert answer["data"]["nominateMember"] is None
        assert answer["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    ("mutation", "more", "label"),
    [
        ("suspendMember", {"reason": "因病"}, "暂停履职"),
        ("resignMember", {"reason": "调动", "documentNo": "3号"}, "请辞"),
        ("revokeMember", {"reason": "违纪", "documentNo": "4号"}, "撤销资格"),
        ("recordDeath", {"diedOn": JOINED}, "去世"),
        ("changeProfile", {"changes": {"town": None, "title": "经理"}}, "在任"),
    ],
)
def test_each_change_of_a_member(
    people: People, mutation: str, more: dict[str, Any], label: str
) -> None:
    people.member(town="town-lili")
    joined = {key: joined_on(people) for key, value in more.items() if value == JOINED}
    payload = do(people, mutation, memberId=people.global_id, **{**more, **joined})
    assert payload["member"]["stateLabel"] == label


def test_suspended_and_back_and_a_rejection(people: People) -> None:
    people.nominate()
    people.appoint()
    do(people, "suspendMember", memberId=people.global_id, reason="因病")
    payload = do(people, "reinstateMember", memberId=people.global_id)
    assert payload["member"]["state"] == "ACTIVE"
    other = People(people.stack)
    other.nominate()
    payload = do(other, "rejectNomination", memberId=other.global_id, reason="未获通过")
    assert payload["member"]["state"] == "REJECTED"


def test_a_member_asks_and_the_office_confirms(people: People) -> None:
    people.member()
    own = Actor("account-own", Role.MEMBER, member_id=people.id)
    changes = {"phone": "13912340088", "affiliation": "JIUSAN", "skills": ["水处理", "法律"]}
    do(people, "requestProfileChange", own, changes=changes)
    query = """{ viewer { member { name profileChange {
        id state stateLabel items { field label value } } } } }"""
    change = people.ask(query, own)["viewer"]["member"]["profileChange"]
    change_id = change.pop("id")
    assert change == {
        "state": "PENDING",
        "stateLabel": "待确认",
        "items": [
            {"field": "phone", "label": "手机号", "value": "13912340088"},
            {"field": "affiliation", "label": "政治面貌", "value": "九三学社"},
            {"field": "skills", "label": "专业特长", "value": "水处理、法律"},
        ],
    }
    waiting = """query($term: Int) { members(filter: {term: $term, changePending: true}) {
        edges { node { id } } } }"""
    listed = people.ask(waiting, term=people.term)["members"]["edges"]
    assert {"node": {"id": people.global_id}} in listed
    do(people, "confirmProfileChange", memberId=people.global_id, changeId=change_id)
    found = people.ask(MEMBER, id=people.global_id)["member"]
    assert (found["party"], found["privateData"]["phone"]) == ("08", "13912340088")
    do(people, "requestProfileChange", own, changes={"title": "董事"})
    second = people.ask(query, own)["viewer"]["member"]["profileChange"]["id"]
    do(people, "withdrawProfileChange", own, changeId=second)
    do(people, "requestProfileChange", own, changes={"title": "董事"})
    third = people.ask(query, own)["viewer"]["member"]["profileChange"]["id"]
    do(people, "refuseProfileChange", memberId=people.global_id, changeId=third, reason="请附证明")
    assert people.ask(query, own)["viewer"]["member"]["profileChange"]["state"] == "REFUSED"


def test_a_viewer_without_a_membership(people: People) -> None:
    assert people.ask("{ viewer { member { name } } }")["viewer"]["member"] is None


def test_lists_and_pages(people: People) -> None:
    people.member(name="欧阳雪")
    query = """query($filter: MemberFilter, $order: MemberOrder, $first: Int, $after: String) {
        members(filter: $filter, orderBy: $order, first: $first, after: $after) {
            totalCount pageInfo { hasNextPage endCursor }
            edges { cursor node { id name sector { name } } } } }"""
    found = people.ask(query, filter={"term": people.term, "text": "欧阳雪"}, first=1)["members"]
    assert (
        found["edges"][0]["node"]
        == {
            "id": people.global_id,
            "name": "欧阳雪",
            "sector": {"name": "经济界"},
        }
        or found["totalCount"] > 1
    )
    groups = {"sectorGroup": organisation("group-22"), "town": organisation("town-qidu")}
    none = people.ask(query, filter={"term": people.term, **groups}, order="NAME")["members"]
    assert (none["totalCount"], none["edges"]) == (0, [])
    wrong = people.graphql(query, filter={"town": global_id("Member", "x")})
    assert wrong["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


def test_nodes(people: People) -> None:
    people.member()
    query = """query($id: ID!) { node(id: $id) { id
        ... on Member { name } ... on Organisation { name kindLabel unitTypeLabel }
        ... on Term { no stateLabel sectors { code } } } }"""
    assert people.ask(query, id=people.global_id)["node"]["name"] == "陆晓芸"
    unit = people.ask(query, id=organisation("unit-hygs"))["node"]
    assert (unit["name"], unit["kindLabel"], unit["unitTypeLabel"]) == (
        "华源供水公司",
        "承办单位",
        "公用事业单位",
    )
    term = people.ask(query, id=global_id("Term", f"term-{people.term}"))["node"]
    assert (term["no"], term["stateLabel"]) == (people.term, "进行中")
    assert [row["code"] for row in term["sectors"]] == SECTORS
    assert people.ask(query, id=global_id("Term", "term-99"))["node"] is None
    assert people.ask(query, id=global_id("Organisation", "unit-none"))["node"] is None


def test_master_data_for_everyone(people: People) -> None:
    query = """query($term: Int) {
        organisations(kind: COMMITTEE) { name } sectors(term: $term) { code name }
        terms { no } }"""
    found = people.ask(query, PUBLIC, term=people.term)
    assert found["organisations"][0] == {"name": "提案委员会"}
    assert found["sectors"][21] == {"code": "22", "name": "经济界"}
    assert {"no": people.term} in found["terms"]


def tried(people: People, mutation: str, **given: Any) -> list[str]:
    """The codes of the refusals of a change of topics."""
    kind = mutation[0].upper() + mutation[1:]
    document = f"""mutation($input: {kind}Input!) {{ {mutation}(input: $input) {{
        topic {{ code }} errors {{ code }} }} }}"""
    return [error["code"] for error in people.ask(document, input=given)[mutation]["errors"]]


def test_topics_are_kept_by_the_office(people: People) -> None:
    listed = """query($parent: String, $on: Date) {
        topics(parent: $parent, on: $on) { code name validTo parent { code } } }"""
    water = {"code": "WATER", "name": "水质", "validTo": None, "parent": {"code": "ECOLOGY"}}
    assert water in people.ask(listed, PUBLIC, parent="ECOLOGY")["topics"]
    code = f"NOISE_{people.number}"
    made = tried(people, "createTopic", code=code, name=f"噪声{people.number}", parent="ECOLOGY")
    assert made == []
    renamed = tried(people, "renameTopic", code=code, name=f"噪音{people.number}")
    assert renamed == []
    assert tried(people, "endTopic", code=code) == []
    assert tried(people, "endTopic", code=code) == ["TOPIC_ENDED"]
    assert tried(people, "endTopic", code="ECOLOGY") == ["TOPIC_IN_USE"]
    below = people.ask(listed, PUBLIC, parent="ECOLOGY")["topics"]
    assert code not in [row["code"] for row in below]
    assert [row["code"] for row in below][:3] == ["AIR", "SOIL", "WATER"]
    node = """query($id: ID!) { node(id: $id) { ... on Topic { name validFrom validTo } } }"""
    found = people.ask(node, PUBLIC, id=global_id("Topic", code))["node"]
    assert found["name"] == f"噪音{people.number}"
    assert found["validTo"] == found["validFrom"]


def test_the_directory_is_listed_by_its_uses(people: People) -> None:
    query = """query($filter: OrganisationFilter) { organisations(filter: $filter) {
        id side sideLabel parent { name } mayBeAddressed mayBeSupervised mayHandle } }"""
    below = {"parent": organisation("unit-wjw"), "mayBeSupervised": True, "side": "GOVERNMENT"}
    [first, _] = people.ask(query, PUBLIC, filter=below)["organisations"]
    assert first == {
        "id": organisation("hos-dyrm"),
        "side": "GOVERNMENT",
        "sideLabel": "政府",
        "parent": {"name": "区卫计委"},
        "mayBeAddressed": True,
        "mayBeSupervised": True,
        "mayHandle": False,
    }


def test_organisations_are_reorganised(people: People) -> None:
    keys = [f"unit-t{people.number}", f"unit-u{people.number}"]
    add = """mutation($input: AddOrganisationInput!) { addOrganisation(input: $input) {
        organisation { id code } errors { code } } }"""
    for key in keys:
        made = people.ask(
            add,
            input={
                "key": key,
                "kind": "HANDLING_UNIT",
                "name": f"区{key}局",
                "code": "吴新",
                "unitType": "DEPARTMENT",
            },
        )["addOrganisation"]
        assert made == {"organisation": {"id": organisation(key), "code": "吴新"}, "errors": []}
    change = """mutation($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) {
        organisation { code } errors { code } } }"""
    changed = people.ask(
        change, input={"organisationId": organisation(keys[0]), "changes": {"code": "吴审"}}
    )["changeOrganisation"]
    assert changed == {"organisation": {"code": "吴审"}, "errors": []}
    merge = """mutation($input: MergeOrganisationInput!) { mergeOrganisation(input: $input) {
        organisation { isActive mergedInto { id } } errors { code } } }"""
    both = {"organisationId": organisation(keys[0]), "into": organisation(keys[1])}
    assert people.ask(merge, input=both)["mergeOrganisation"] == {
        "organisation": {"isActive": False, "mergedInto": {"id": organisation(keys[1])}},
        "errors": [],
    }
    again = people.ask(merge, input=both)["mergeOrganisation"]
    assert [error["code"] for error in again["errors"]] == ["ORGANISATION_INACTIVE"]
    end = """mutation($input: EndOrganisationInput!) { endOrganisation(input: $input) {
        organisation { isActive endedOn } errors { code } } }"""
    ended = people.ask(end, input={"organisationId": organisation(keys[1])})["endOrganisation"]
    assert ended["organisation"]["isActive"] is False
    assert ended["organisation"]["endedOn"] is not None


def test_what_terms_and_sessions_refuse(people: People) -> None:
    """Opening, scheduling and closing for real is done with the demo data."""
    opening = """mutation($input: OpenTermInput!) { openTerm(input: $input) {
        term { no } errors { code } } }"""
    early = {"no": 1, "startsOn": "1980-01-01T00:00:00+08:00", "sectorSet": ["22"]}
    refused = people.ask(opening, input=early)["openTerm"]
    assert refused == {"term": None, "errors": [{"code": "TERM_ORDER_UNFIT"}]}
    schedule = """mutation($input: ScheduleSessionInput!) { scheduleSession(input: $input) {
        term { sessions { no plenaryFrom } } errors { code field } } }"""
    dates = {
        "term": people.term,
        "no": 1,
        "opensAt": "2069-10-01T00:00:00+08:00",
        "cutOffAt": "2070-01-05T17:00:00+08:00",
        "plenaryFrom": "2070-01-04T09:00:00+08:00",
        "plenaryTo": "2070-01-03T17:00:00+08:00",
    }
    wrong = people.ask(schedule, input=dates)["scheduleSession"]
    assert wrong == {
        "term": None,
        "errors": [{"code": "SESSION_DATES_UNFIT", "field": "plenaryFrom"}],
    }
    closing = """mutation($input: CloseTermInput!) { closeTerm(input: $input) {
        term { no } errors { code } } }"""
    answer = people.graphql(closing, input={"no": 99})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_who_does_not_go_on_into_a_term_is_told_why(people: People) -> None:
    """Nobody goes on from a term into the same; opening another one is not for this session."""
    people.member()
    query = """mutation($input: CarryOverMembersInput!) { carryOverMembers(input: $input) {
        results { outcomeLabel message fromId member { memberNo } } errors { code } } }"""
    wanted = {"term": people.term, "members": [{"memberId": people.global_id}]}
    payload = people.ask(query, input=wanted)["carryOverMembers"]
    assert payload == {
        "results": [
            {
                "outcomeLabel": "未结转",
                "message": "只能结转上一届及以前的委员",
                "fromId": people.global_id,
                "member": None,
            }
        ],
        "errors": [],
    }
    refused = people.graphql(query, Actor("a-1", Role.MEMBER), input=wanted)
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_a_review_of_absences(people: People) -> None:
    people.member()
    attended = {"member_id": people.id, "status": "ABSENT", "half_days_present": 0}
    for number in (1, 2):
        event = sample_event(
            "office",
            "meeting_attendance_confirmed",
            id=new_id(),
            meeting_id=f"plenary-{people.number}-{number}",
            kind="PLENARY",
            held_on=f"1990-0{number}-05T09:00:00+08:00",
            rows=[{**attended, "role": "PARTICIPANT"}],
        )
        people.stack.publish(event)
    query = """{ removalReviews(state: OPEN, first: 100) { edges { node {
        id groundLabel member { name memberNo } } } } }"""

    def opened() -> Any:
        edges = people.ask(query)["removalReviews"]["edges"]
        nodes = [edge["node"] for edge in edges]
        return next((n for n in nodes if n["member"]["memberNo"] == people.member_no), None)

    review: Any = eventually(opened)
    assert review["groundLabel"] == "一届内多次无故缺席全体会议"
    decide = """mutation($input: DecideRemovalReviewInput!) { decideRemovalReview(input: $input) {
        review { stateLabel reason } errors { code field } } }"""
    decision = {"reviewId": review["id"], "removed": True, "reason": "无故缺席"}
    refused = people.ask(decide, input=decision)["decideRemovalReview"]
    assert refused["errors"] == [{"code": "REMOVAL_DOCUMENT_MISSING", "field": "documentNo"}]
    forbidden = people.graphql(decide, Actor("a-1", Role.CHAIR_COUNCIL), input=decision)
    assert forbidden["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    kept = {**decision, "removed": False}
    assert people.ask(decide, input=kept)["decideRemovalReview"]["review"] == {
        "stateLabel": "不予撤销",
        "reason": "无故缺席",
    }
    assert people.graphql(query, Actor("a-1", Role.MEMBER))["errors"]
