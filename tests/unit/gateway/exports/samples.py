"""Rows as the services send them, and the cases that exports make of them."""

from __future__ import annotations

import asyncio
from typing import Any

from gateway.context import Context
from gateway.exports.cases import cases_of
from gateway.members.loaders import LOADERS
from tests.unit.gateway.sample import MEMBER, FakeRpc

Row = dict[str, Any]
NAMES = {"m-15-0088": "陆晓芸", "m-15-0031": "沈建国", "m-15-0140": "钱文娟"}
UNITS = {"unit-zjj": "区住建局", "unit-slj": "区水利局", "party-mj": "民建吴江总支"}


def signature(member: str, state: str = "CONFIRMED") -> Row:
    return {"member_id": member, "state": state}


def reply(**changes: Any) -> Row:
    """A delivered reply of class B."""
    return {
        "unit": "unit-zjj",
        "round": 1,
        "doc_no": "吴住建提复〔2017〕6号",
        "title": "关于区政协十五届一次会议第023号提案的答复",
        "result_class": "B",
        "body": "您提出的建议收悉。\n现答复如下。",
        "measures": "列入年度计划。",
        "answers": [
            {"suggestion": 1, "adoption": "ADOPTED", "note": ""},
            {"suggestion": 2, "adoption": "NOT", "note": "权属未定"},
        ],
        "commitments": [{"text": "完成改造", "due_on": "2017-12-31"}],
        "outcomes": [],
        "reason": "",
        "contact_person": "孙燕",
        "contact_phone": "0512-63000000",
        "sign_off": {"signer": "赵宏伟", "signed_at": "2017-03-05T23:30:00+00:00"},
        "delivered_at": "2017-03-07T09:00:00+08:00",
        **changes,
    }


def row(**changes: Any) -> Row:
    """A joint proposal that one unit has answered."""
    return {
        "id": "p-1",
        "serial_no": "T15-1-0315",
        "case_no": "15-1-023",
        "case_title": "十五届一次会议第023号",
        "title": "关于加强老旧住宅小区二次供水的建议",
        "term": 15,
        "session": 1,
        "proposer_type": "JOINT",
        "session_mark": "PLENARY",
        "category": "URBAN_RURAL",
        "state": "REPLIED",
        "first_proposer": "m-15-0088",
        "organisation": None,
        "cosignatures": [signature("m-15-0031"), signature("m-15-0140", "DECLINED")],
        "assignments": [
            {"unit": "unit-zjj", "part": "MAIN", "state": "DELIVERED"},
            {"unit": "unit-slj", "part": "CO", "state": "CO_OPINION_GIVEN"},
            {"unit": "unit-hygs", "part": "CO", "state": "RETURN_ACCEPTED"},
        ],
        "submitted_at": "2017-02-06T09:00:00+08:00",
        "filed_at": "2017-02-10T16:30:00+00:00",
        "assigned_at": None,
        "due_at": None,
        "replied_at": "2017-03-07T09:00:00+08:00",
        "closed_at": None,
        "result_class": "B",
        "situation": "水箱老旧。",
        "analysis": "产权不清。",
        "suggestions": ["三年内完成改造", "移交供水公司"],
        "review_opinion": "立案。",
        "review_units": ["unit-zjj"],
        "replies": [reply()],
        **changes,
    }


def members_rpc(**more: Any) -> FakeRpc:
    """The members service, which knows NAMES and UNITS."""

    def known(names: dict[str, str]) -> Any:
        return lambda ids: [{"id": id, "name": names[id]} for id in ids if id in names]

    return FakeRpc(
        {"members.members_by_ids": known(NAMES), "members.organisations_by_ids": known(UNITS)}
        | more
    )


def cases(*rows: Row) -> list[Row]:
    async def run() -> list[Row]:
        return await cases_of(Context(members_rpc(), MEMBER, "c-1", LOADERS), list(rows))

    return asyncio.run(run())


def case(**changes: Any) -> Row:
    return cases(row(**changes))[0]
