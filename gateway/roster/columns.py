"""The columns of a roster: what stands in a heading, and what the members service calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KEY_HEADING = "委员证号"


@dataclass(frozen=True)
class Column:
    """key: as the members service takes and names it; None for one that is printed only.

    width: characters; private: shown to those who may see private data; hint: for the template.
    """

    key: str | None
    heading: str
    width: int = 12
    private: bool = False
    hint: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("member_no", KEY_HEADING, 12, hint="必填，如 15-0088，以届次开头"),
    Column("name", "姓名", 12, hint="新委员必填"),
    Column(None, "状态", 10, hint="导出时注明，导入时不看"),
    Column("gender", "性别", 8, hint="男、女；新委员必填"),
    Column("ethnic_group", "民族", 10),
    Column("birth_date", "出生日期", 12, private=True, hint="如 1970-05-01"),
    Column("affiliation", "政治面貌", 14, hint="新委员必填，见可选值"),
    Column("sector", "界别", 18, hint="新委员必填，见可选值"),
    Column("sector_group", "界别活动小组", 24, hint="见可选值"),
    Column("town", "镇街道工委", 16, hint="见可选值"),
    Column("committee_1", "专委会1", 22, hint="见可选值"),
    Column("committee_2", "专委会2", 22, hint="见可选值"),
    Column("posts", "政协职务", 30, hint="以顿号分隔，如 常委、专委会主任（提案委员会）"),
    Column("work_unit", "工作单位", 26),
    Column("title", "单位职务", 16),
    Column("work_unit_id", "所属承办单位", 18, hint="工作单位为承办单位时填写，用于回避"),
    Column("inside_system", "体制内外", 10, hint="体制内、体制外"),
    Column("overseas", "港澳台侨", 10, hint="是、否"),
    Column("skills", "专业特长", 24, hint="以顿号分隔"),
    Column("terms_served", "连任届数", 10, hint="含本届"),
    Column("phone", "手机号码", 14, private=True, hint="11位数字"),
    Column("religion", "宗教信仰", 12, private=True),
    Column("not_scored", "不记分", 10, hint="是、否"),
    Column("joined_via", "产生方式", 10, hint="换届、增补；默认换届"),
    Column("joined_on", "就任日期", 12, hint="增补委员必填"),
    Column("former_member_no", "原委员证号", 12, hint="曾任委员者填写其往届委员证号"),
)
KEYS: Mapping[str, str | None] = {column.heading: column.key for column in COLUMNS}
# Of the members service's field names; two columns make one field.
LABELS: Mapping[str, str] = {
    **{column.key: column.heading for column in COLUMNS if column.key},
    "committees": "专委会",
    "person_id": "原委员证号",
}


def label_of(field: str | None) -> str | None:
    """The heading of a field as refusals name it: "joinedOn", "posts.0.organisation"."""
    if field is None:
        return None
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in field.split(".")[0])
    return LABELS.get(name)
