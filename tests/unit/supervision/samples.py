"""Records as tests of the rules begin with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.supervision.domain import findings, opining, planning, rectifying
from services.supervision.domain.findings import Finding, Value
from services.supervision.domain.record import Item, Supervision, Team
from services.supervision.domain.rectifying import Said
from services.supervision.domain.sites import Point
from services.supervision.domain.states import Adoption, Form, Severity
from shared.clock import SHANGHAI

NOW = datetime(2017, 5, 8, 9, tzinfo=SHANGHAI)
SOON, DUE, LATER = (NOW + timedelta(days=days) for days in (7, 60, 90))
SLJ, HBJ = "unit-slj", "unit-hbj"
LEADER, MEMBER = "m-15-0012", "m-15-0102"
PHOSPHORUS = Value("总磷", 0.42, "mg/L", 0.3)
Row = dict[str, Any]


def supervision(**changes: Any) -> Supervision:
    said: Row = {
        "id": "supervision-1",
        "term": 15,
        "year": 2017,
        "organiser": "com-urban",
        "title": "河流湖泊生态保护",
        "form": Form.SPECIAL,
        "topic": "河流湖泊生态保护",
        "topic_codes": ("WATER",),
        "units": (SLJ, HBJ),
        "sites": ("site-1",),
        "plan": "分三组检查二十处河湖。",
        "indicators": ("总磷",),
        "checklist": ("河面有无漂浮物",),
        "created_at": NOW,
        "created_by": "account-urban",
    }
    return Supervision(**{**said, **changes})


def with_team(**changes: Any) -> Supervision:
    made = supervision(**changes)
    planning.submit(made, SOON, NOW)
    planning.decide(made, True, "同意", 2, NOW)
    planning.form_team(made, Team(LEADER, (MEMBER,)), NOW)
    planning.begin(made, NOW)
    return made


def items() -> list[Item]:
    said = ("岸坡垃圾", "河道管理条例", "清理岸坡并建立保洁制度")
    return [
        Item(1, *said, SLJ, DUE, authors=(LEADER,)),
        Item(2, *said, HBJ, LATER, authors=(MEMBER,)),
    ]


def issued(**changes: Any) -> Supervision:
    made = with_team(**changes)
    opining.draft(made, "经监督检查，提出以下意见。", items(), ())
    opining.send(made, SOON, NOW)
    opining.sign(made, True, "同意", "account-zhou", NOW)
    assert opining.issue(made, "吴政协监〔2017〕1号", NOW)
    return made


def said(no: int, adoption: Adoption = Adoption.ADOPTED) -> list[Said]:
    return [Said(no, adoption, "已完成", "条件不具备")]


def fed_back(**changes: Any) -> Supervision:
    made = issued(**changes)
    rectifying.feed_back(made, SLJ, "已整改", said(1), (), SOON, NOW)
    rectifying.feed_back(made, HBJ, "已整改", said(2), (), SOON, NOW)
    return made


def check(made: Supervision, verdicts: dict[int, bool], unverified: int = 0) -> None:
    rectifying.recheck(made, verdicts, "现场查看", (), unverified, LATER, SOON, "account-lead", NOW)


def finding(**changes: Any) -> Finding:
    values: Row = {
        "id": "finding-1",
        "term": 15,
        "year": 2017,
        "supervision_id": "supervision-1",
        "title": "河流湖泊生态保护",
        "organiser": "com-urban",
        "site_id": "site-1",
        "point": Point(31.0, 120.7),
        "text": "岸坡堆放建筑垃圾",
        "severity": Severity.SERIOUS,
        "found_at": NOW,
        "recorded_at": NOW,
        "recorded_by": "account-lead",
        "values": (PHOSPHORUS,),
    }
    return Finding(**{**values, **changes})


def assigned() -> Finding:
    made = finding()
    findings.record(made, ["file-1", "file-2"])
    findings.confirm(made, True, None)
    findings.assign(made, SLJ, DUE, NOW)
    return made


def told(record: Any, event_type: str) -> list[Row]:
    return [data for name, data in record.events if name == event_type]
