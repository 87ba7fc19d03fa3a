"""Who is asked to come: members, organisations, accounts, by keys (shared/contracts/recipients)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.labels import Labelled

MEMBER, ORGANISATION = "member", "organisation"  # first words of keys


class AttendanceRole(Labelled):
    """参会身份。As what somebody takes part."""

    PARTICIPANT = "PARTICIPANT", "参加", "Takes part"
    OBSERVER = "OBSERVER", "列席", "Sits in"
    SPEAKER = "SPEAKER", "发言", "Speaks"


@dataclass(frozen=True, slots=True)
class Invitee:
    """key: "member:m-15-0088"; role: of the attendance contract; capacity: 常委, 作者, 主讲人.

    guest: of none of the organiser's own groups, so never required to come (decision 65).
    """

    key: str
    role: str = AttendanceRole.PARTICIPANT.value
    capacity: str | None = None
    guest: bool = False

    @property
    def member_id(self) -> str | None:
        return id_in(self.key, MEMBER)

    @property
    def may_be_required(self) -> bool:
        """Who sits in, and who is a guest, comes of one's own will."""
        return not self.guest and self.role != AttendanceRole.OBSERVER

    @property
    def organisation(self) -> str | None:
        return id_in(self.key, ORGANISATION)


def id_in(key: str, kind: str) -> str | None:
    found, _, id = key.partition(":")
    return id if found == kind else None


def merged(listed: Iterable[Invitee], more: Iterable[Invitee]) -> list[Invitee]:
    """Each key once; what is said last of a key holds."""
    return list({invitee.key: invitee for invitee in [*listed, *more]}.values())
