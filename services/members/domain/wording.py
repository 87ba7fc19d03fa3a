"""Chinese words of a sheet → codes. The first word of a code is the one that the roster prints."""

from __future__ import annotations

from collections.abc import Mapping

from services.members.domain.labels import Gender
from services.members.domain.membership import JoinedVia
from services.members.domain.placement import Affiliation
from services.members.domain.posts import PostKind

NONE = "无"  # empties a field; an empty cell leaves it as it is
GENDERS: Mapping[str, str] = {gender.label: gender.value for gender in Gender}
YES_NO: Mapping[str, bool] = {"是": True, "否": False}
INSIDE: Mapping[str, bool] = {"体制内": True, "体制外": False, "内": True, "外": False}
JOINED: Mapping[str, str] = {via.label: via.value for via in JoinedVia}
AFFILIATIONS: Mapping[str, str] = {
    **{affiliation.label: affiliation.value for affiliation in Affiliation},
    "中共": Affiliation.CPC.value,
    "九三": Affiliation.JIUSAN.value,
    "无党派": Affiliation.NON_PARTY.value,
}
POSTS: Mapping[str, PostKind] = {kind.label: kind for kind in PostKind}
