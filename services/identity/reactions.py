"""What the roster of members changes on accounts (decisions 14, 17 and 18)."""

from __future__ import annotations

from services.identity.commands.ports import Identity
from services.identity.domain.account import Account
from services.identity.domain.errors import LoginTaken
from services.identity.domain.memberships import FOLLOWED, Membership
from services.identity.domain.roles import roles_of
from shared.call import Call
from shared.contracts import names
from shared.ids import new_id
from shared.messaging.events import Event

HEARD = (
    names.MEMBER_APPOINTED,
    names.MEMBER_PROFILE_CHANGED,
    names.MEMBER_POST_CHANGED,
    names.MEMBER_SUSPENDED,
    names.MEMBER_REINSTATED,
    names.MEMBER_RESIGNED,
    names.MEMBER_REVOKED,
    names.MEMBER_DECEASED,
    names.MEMBER_TERM_ENDED,
)


def follow(event: Event, identity: Identity) -> None:
    follow_member(event.call("identity"), identity, event)


def follow_member(call: Call, identity: Identity, event: Event) -> None:
    """Bring the person's account in line with the membership's newest known state.

    One reaction for every member event: each carries the whole state with the version of the
    member's aggregate, so duplicates and older states change nothing. Sessions in lost roles are
    ended each time: the step repeats if a first try broke off after the account's write. Raises
    LoginTaken if another person's account has the member number.
    """
    if event.data["state"] not in FOLLOWED:
        return
    heard = _membership(event)
    contact = identity.contacts(call, heard.member_id) if heard.state == "ACTIVE" else None
    at = event.occurred_on
    person_id = event.data["person_id"]

    def open_once() -> str:
        present = _find(identity, person_id, heard)
        if present is not None:
            return present.id
        account = Account.open(
            id=new_id(),
            login=heard.member_no.casefold(),
            label=heard.member_no,
            kind="PERSON",
            person_id=person_id,
            member_id=heard.member_id,
            created_at=at,
        )
        account.follow(heard, person_id, contact, at)
        identity.accounts.add(call, account, at)
        return account.id

    account = identity.accounts.once(call, open_once)
    account = identity.accounts.edit(
        call, account.id, at, lambda current: current.follow(heard, person_id, contact, at)
    )
    held = [] if account.disabled_by else [grant.id for grant in account.active_grants]
    identity.sessions.end_outside(call, account.id, held, heard.state, identity.clock.real())


def _membership(event: Event) -> Membership:
    data = event.data
    return Membership(
        member_id=data["member_id"],
        member_no=data["member_no"],
        term=event.term,
        state=data["state"],
        version=event.version,
        roles=tuple(roles_of(data["posts"], data["groups"])),
    )


def _find(identity: Identity, person_id: str, heard: Membership) -> Account | None:
    account = identity.accounts.by_person(person_id) or identity.accounts.by_login(heard.member_no)
    if account is not None and account.person_id not in (None, person_id):
        raise LoginTaken
    return account
