"""The demo data hold what the plan of 2017 names: two motions, three consultations, a supervision
with a finding in every state that lasts."""

from __future__ import annotations

import json

from deploy.local.demo_data import people
from deploy.local.options import ROOT

MASTER_DATA = ROOT / "services" / "members" / "master_data"


def test_the_three_consultations_and_two_motions_are_the_plans() -> None:
    source = people.data("consultations")
    assert [row["title"] for row in source["consultations"]] == [
        "精准开展扶贫工作",
        "开发地方特色旅游",
        "建设创新生态体系",
    ]
    assert [row["title"] for row in source["motions"]] == [
        "关于完善企业诚信体系的建议案",
        "关于加强老旧住宅小区二次供水的建议案",
    ]


def test_the_supervision_is_of_rivers_and_lakes_with_findings_in_every_state() -> None:
    source = people.data("supervision")
    assert source["supervision"]["title"] == "河流湖泊生态保护专项民主监督"
    assert sorted(row["until"] for row in source["findings"]) == [
        "ASSIGNED",
        "CLAIMED",
        "OPEN",
        "REOPENED",
        "VERIFIED",
    ]


def test_each_has_its_topics_by_code() -> None:
    """So that whoever looks for one area finds them all (decision 56)."""
    known = {row["id"] for row in json.loads((MASTER_DATA / "topics.json").read_text())}
    source = people.data("consultations")
    rows = [*source["consultations"], *source["motions"], people.data("supervision")["supervision"]]
    for row in rows:
        assert row["topicCodes"]
        assert set(row["topicCodes"]) <= known, row["title"]
