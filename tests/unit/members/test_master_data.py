"""Section 5's lists, as they are put in."""

from __future__ import annotations

from collections import Counter

from services.members.domain.organisation import Kind
from services.members.repository.master_data import organisation_rows, read

ROWS = organisation_rows()


def names(kind: Kind) -> list[str]:
    return [row["name"] for row in ROWS if row["kind"] == kind]


def test_the_34_sectors() -> None:
    sectors = read("sectors")
    assert [row["code"] for row in sectors] == [f"{number:02d}" for number in range(1, 35)]
    assert sectors[3] == {
        "code": "04",
        "name": "中国民主建国会",
        "short_name": "民建",
        "name_en": "China National Democratic Construction Association",
    }
    assert sectors[21]["name"] == "经济界"
    assert all(row["name_en"] for row in sectors)


def test_ids_are_unique_and_kinds_known() -> None:
    assert [id for id, count in Counter(row["id"] for row in ROWS).items() if count > 1] == []
    assert Counter(Kind(row["kind"]) for row in ROWS) == {
        Kind.PARTY: 8,
        Kind.ORGANISATION: 2,
        Kind.COMMITTEE: 7,
        Kind.CPPCC_OFFICE: 2,
        Kind.TOWN_COMMITTEE: 8,
        Kind.SECTOR_GROUP: 19,
        Kind.HANDLING_UNIT: 29,
        Kind.SUPERVISING_OFFICE: 2,
    }


def test_the_joint_conference() -> None:
    """Eight parties, the federation of industry and commerce, those without a party (5.3)."""
    present = {row["id"]: row["code"] for row in ROWS if row.get("joint_conference")}
    assert present == {
        "org-minge": "02",
        "org-minmeng": "03",
        "org-minjian": "04",
        "org-minjin": "05",
        "org-nonggong": "06",
        "org-zhigong": "07",
        "org-jiusan": "08",
        "org-taimeng": "09",
        "org-gongshanglian": "15",
        "org-wudangpai": "10",
    }


def test_committees_and_offices() -> None:
    assert names(Kind.COMMITTEE) == [
        "提案委员会",
        "经济科技委员会",
        "城乡建设和环境委员会",
        "社会法制和民族宗教委员会",
        "教卫文体委员会",
        "学习文史委员会",
        "港澳台侨和联络委员会",
    ]
    assert names(Kind.CPPCC_OFFICE) == ["办公室", "研究室"]


def test_zones_and_towns_are_pairs() -> None:
    towns = {r["short_name"]: r["zone"] for r in ROWS if r["kind"] == Kind.TOWN_COMMITTEE}
    assert towns == {
        "同里镇": "吴江开发区",
        "黎里镇": "汾湖高新区",
        "盛泽镇": "吴江高新区",
        "松陵镇": "太湖新城",
        "平望镇": None,
        "震泽镇": None,
        "七都镇": None,
        "桃源镇": None,
    }


def test_every_sector_has_one_sector_group() -> None:
    grouped = [code for row in ROWS for code in row.get("sectors", ())]
    assert sorted(grouped) == [f"{number:02d}" for number in range(1, 35)]


def test_the_handling_units() -> None:
    units = [row for row in ROWS if row["kind"] == Kind.HANDLING_UNIT]
    assert Counter(row["unit_type"] for row in units) == {
        "DEPARTMENT": 20,
        "TOWN": 8,
        "PUBLIC_UTILITY": 1,
    }
    by_name = {row["name"]: row["code"] for row in units}
    assert by_name["区水利局"] == "吴水"
    assert by_name["华源供水公司"] == "华源水"
    assert by_name["汾湖高新区（黎里镇）"] == "汾高"
    assert len(set(by_name.values())) == len(units)
    assert names(Kind.SUPERVISING_OFFICE) == ["区委办", "区政府办(督查)"]
