"""What several operations of members are given."""

from __future__ import annotations

from typing import Annotated, Any

from marshmallow import fields, validate

from shared.operations import Answer, about
from shared.schemas import CodeText, Id, Matching, Number, Text

MEMBER = Answer("member", "Member", "委员。The member afterwards.")


class SectorCode(Matching):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"\d{2}", "界别代码应为两位数字", **kwargs)


class MemberNumber(Matching):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"\d{1,2}-\d{4}", "委员证号格式应为 15-0088", **kwargs)


class Texts(fields.List):
    """Some texts, without repetition."""

    def __init__(self, item: fields.Field[Any], most: int, **kwargs: Any) -> None:
        super().__init__(item, validate=validate.Length(max=most, error=f"最多{most}项"), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        return list(dict.fromkeys(super()._deserialize(value, attr, data, **kwargs)))


MemberId = Annotated[str, about(Id("Member"), "委员编号。Id of the member.")]
Reason = Annotated[str, about(Text(2, 200), "原因。Reason.")]
DecisionReason = Annotated[str, about(Text(2, 200), "理由。Reason.")]
DocumentNo = Annotated[str, about(CodeText(2, 80), "文号。Number of the document behind it.")]
TermNo = Annotated[
    int, about(Number(), "届次，默认本届。Number of the term; the current one unless told.")
]
