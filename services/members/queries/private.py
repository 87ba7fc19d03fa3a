"""Private data of members: phone, birth date, religion, the file; each look is audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.members.commands.ports import Roster
from services.members.queries.views import CONTACT_FIELDS, CONTACT_VIEWERS, View, view_of
from shared.actor import Role, allow
from shared.call import Call
from shared.operations import query
from shared.operations.arguments import Ids
from shared.persistence.audit import AuditKind

Row = dict[str, Any]

# Field of a row → field of the person's document that it is read from.
OF_PERSON = {
    "phone": "phone",
    "birth_date": "birth_date",
    "religion": "religion",
    "wechat_openid": "wechat_openid",
    "id_number_recorded": "id_number_digest",
}


@allow(*Role)
@query()
def private_data_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """What the viewer may see of each member's private data (section 3); others are absent.

    A field that the viewer may not see is absent from its row. The identity number is not among
    them, only whether one is recorded.
    """
    view = view_of(call.actor)
    rows = []
    for row, person, seen in _looked_up(desk, view, ids):
        values = {name: person[field] for name, field in OF_PERSON.items() if name in seen}
        if "id_number_recorded" in seen:
            values["id_number_recorded"] = values["id_number_recorded"] is not None
        if "history" in seen:
            values["history"] = row["history"]
        desk.audit.record(
            call,
            "look_at_private_data",
            row["id"],
            AuditKind.LOOK,
            of="Member",
            details={"fields": sorted(values)},
        )
        rows.append({"id": row["id"], **values})
    return rows


@allow(*Role)
@query()
def masked_data_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """What the viewer may see, masked: enough to recognise, not enough to use. No look.

    Same members and fields as `private_data_by_ids`; `birth_year` in the place of the day,
    `religion_recorded` in the place of the religion, no openid.
    """
    rows = []
    for row, person, seen in _looked_up(desk, view_of(call.actor), ids):
        masked = {name: mask(person) for name, (field, mask) in MASKS.items() if field in seen}
        if "history" in seen:
            masked["history"] = row["history"]
        rows.append({"id": row["id"], **masked})
    return rows


def masked_phone(phone: str | None) -> str | None:
    """13812341234 → 138****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if phone else None


# Field of a masked row → the private field that it stands for, and how it is made of the person.
MASKS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "phone": ("phone", lambda person: masked_phone(person["phone"])),
    "birth_year": ("birth_date", lambda p: int(p["birth_date"][:4]) if p["birth_date"] else None),
    "religion_recorded": ("religion", lambda person: person["religion"] is not None),
    "id_number_recorded": (
        "id_number_recorded",
        lambda person: person["id_number_digest"] is not None,
    ),
}


@allow(*CONTACT_VIEWERS)
@query(callers=("identity", "notifications"))
def contacts_by_ids(call: Call, desk: Roster, *, ids: Ids) -> list[Row]:
    """{"id", "name", "phone"} of members, for display, export or sending (decision 9); services
    get "wechat_openid" too. Those whose contact the viewer may not see are absent.

    A handling unit gets the contact of its own cases from the service that owns the case.
    """
    fields = [*CONTACT_FIELDS, *(["wechat_openid"] if call.actor.role is Role.SYSTEM else [])]
    rows = []
    for row, person, seen in _looked_up(desk, view_of(call.actor), ids):
        if seen >= CONTACT_FIELDS:
            desk.audit.record(call, "look_at_contact", row["id"], AuditKind.LOOK, of="Member")
            values = {name: person[name] for name in fields}
            rows.append({"id": row["id"], "name": row["name"], **values})
    return rows


def _looked_up(desk: Roster, view: View, ids: Ids) -> list[tuple[Row, Row, frozenset[str]]]:
    """(membership, person, private fields seen) of the members of whom any field is seen."""
    found = desk.memberships.rows(ids, view.states, {"name", "person_id", "scopes", "history"})
    seen = [(row, fields) for row in found if (fields := view.private_fields_of(row))]
    persons = desk.memberships.private_facts(
        [row["person_id"] for row, _ in seen], OF_PERSON.values()
    )
    return [(row, persons[row["person_id"]], fields) for row, fields in seen]
