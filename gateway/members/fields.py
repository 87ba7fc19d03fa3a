"""Which fields of a row a selection needs, so that a service is asked for no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

# Attribute of Member → fields of its row; an attribute of another package's needs the id only.
NEEDS: Mapping[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            "name",
            "sector",
            "posts",
            "member_no",
            "person_id",
            "term",
            "gender",
            "ethnic_group",
            "affiliation",
            "party",
            "sector_group",
            "committees",
            "town",
            "organisations",
            "standing",
            "state",
            "work_unit",
            "title",
            "inside_system",
            "overseas",
            "skills",
            "terms_served",
            "new",
            "not_scored",
            "joined_via",
            "joined_on",
            "ended_on",
        )
    },
    "work_unit_organisation": ("work_unit_id",),
    "state_label": ("state",),
    "gender_label": ("gender",),
    "affiliation_label": ("affiliation",),
    "joined_via_label": ("joined_via",),
}


def row_fields(attributes: Collection[str]) -> list[str]:
    """The `fields` of `members_by_ids` and `list_members` for the attributes of Member asked for;
    of the other fields, and of none at all, the name comes along."""
    needed = {field for attribute in attributes for field in NEEDS.get(attribute, ())}
    return sorted(needed | {"name"})
