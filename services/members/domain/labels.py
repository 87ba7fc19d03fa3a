"""Values that no rule of the domain asks about, with their labels."""

from __future__ import annotations

from shared.labels import Labelled


class MemberOrder(Labelled):
    """委员列表的顺序。Order of the roster."""

    MEMBER_NO = "MEMBER_NO", "委员证号", "By member number"
    MEMBER_NO_DESC = "MEMBER_NO_DESC", "委员证号倒序", "By member number, descending"
    NAME = "NAME", "姓名", "By name"


class Gender(Labelled):
    """性别。Gender."""

    MALE = "MALE", "男", "Male"
    FEMALE = "FEMALE", "女", "Female"


class CarryOutcome(Labelled):
    """结转结果。What became of one member."""

    CREATED = "CREATED", "已结转", "A membership of the new term was made"
    EXISTS = "EXISTS", "本届已有", "The person has one already"
    REFUSED = "REFUSED", "未结转", "Refused; see message"
