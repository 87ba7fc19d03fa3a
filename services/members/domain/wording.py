"""Chinese words of a sheet → codes. The first word of a code is the one that the roster prints."""

from __future__ import annotations

from collections.abc import Mapping

from services.members.domain.membership import JoinedVia
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind

NONE = "无"  # empties a field; an empty cell leaves it as it is
GENDERS: Mapping[str, str] = {"男": "MALE", "女": "FEMALE"}
YES_NO: Mapping[str, bool] = {"是": True, "否": False}
INSIDE: Mapping[str, bool] = {"体制内": True, "体制外": False, "内": True, "外": False}
JOINED: Mapping[str, str] = {
    "换届": JoinedVia.TERM_START.value,
    "增补": JoinedVia.CO_OPTED.value,
}
AFFILIATIONS: Mapping[str, str] = {
    "中共党员": Affiliation.CPC.value,
    "中共": Affiliation.CPC.value,
    "民革": Affiliation.MINGE.value,
    "民盟": Affiliation.MINMENG.value,
    "民建": Affiliation.MINJIAN.value,
    "民进": Affiliation.MINJIN.value,
    "农工党": Affiliation.NONGGONG.value,
    "致公党": Affiliation.ZHIGONG.value,
    "九三学社": Affiliation.JIUSAN.value,
    "九三": Affiliation.JIUSAN.value,
    "台盟": Affiliation.TAIMENG.value,
    "无党派人士": Affiliation.NON_PARTY.value,
    "无党派": Affiliation.NON_PARTY.value,
    "群众": Affiliation.MASSES.value,
}
POSTS: Mapping[str, PostKind] = {
    "主席": PostKind.CHAIR,
    "副主席": PostKind.VICE_CHAIR,
    "秘书长": PostKind.SECRETARY_GENERAL,
    "常委": PostKind.STANDING_MEMBER,
    "专委会主任": PostKind.COMMITTEE_DIRECTOR,
    "专委会副主任": PostKind.COMMITTEE_DEPUTY_DIRECTOR,
    "界别活动小组召集人": PostKind.CONVENER,
    "镇（街道）委员小组组长": PostKind.TOWN_GROUP_HEAD,
    "民主监督员": PostKind.SUPERVISOR,
}
