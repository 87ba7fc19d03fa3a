"""Every change of terms, sessions and organisations."""

from __future__ import annotations

from typing import Any

from graphene import ID, Field, Int, List, NonNull, String

from gateway.base import CommandMutation, DateTime
from gateway.members import inputs
from gateway.members.enums import OrganisationKind, UnitType
from gateway.members.loaders import SERVICE
from gateway.members.organisations import Organisation, Term

# -- terms and sessions --------------------------------------------------------------------


class _Term(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "term"

    term = Field(Term, description="届。The term afterwards.")


class OpenTerm(_Term):
    """设立一届（办公室）。Open a term with its sectors."""

    class Input:
        no = Int(required=True, description="届次，如 15。Number of the term.")
        starts_on = DateTime(required=True, description="开始时间。Beginning.")
        sector_set = List(
            NonNull(String), required=True, description="本届界别代码。Codes of its sectors."
        )

    method = "open_term"


class ScheduleSession(_Term):
    """确定会议日程（办公室）。Set or move the dates of a session."""

    class Input(inputs.SessionDates):
        term = Int(description="届次，默认本届。Number of the term; the current one unless told.")
        no = Int(required=True, description="第几次会议。Number of the session.")

    method = "schedule_session"


class CloseTerm(_Term):
    """结束一届（办公室）。Close a term; its memberships end shortly after."""

    class Input:
        no = Int(required=True, description="届次。Number of the term.")

    method = "close_term"


# -- organisations -------------------------------------------------------------------------


class _Organisation(CommandMutation):
    class Meta:
        abstract = True

    service = SERVICE
    result_field = "organisation"
    ids = {"organisation_id": "Organisation", "into": "Organisation"}  # noqa: RUF012

    organisation = Field(Organisation, description="组织机构。The organisation afterwards.")


class _OrganisationInput:
    organisation_id = ID(required=True, description="组织机构编号。Id of the organisation.")


class AddOrganisation(_Organisation):
    """新增组织机构（办公室）。Add an organisation."""

    class Input(inputs.OrganisationFields):
        key = String(
            required=True,
            description="内部编号，如 unit-slj。Id in the master data: small letters and hyphens.",
        )
        kind = OrganisationKind(required=True, description="类别。Kind.")
        name = String(required=True, description="名称。Name in Chinese.")
        unit_type = UnitType(description="承办单位类别。What a handling unit is.")

    method = "add_organisation"

    @classmethod
    def kwargs(cls, **input: Any) -> dict[str, Any]:
        return {"organisation_id": input.pop("key"), **input}


class ChangeOrganisation(_Organisation):
    """变更组织机构（办公室）。Rename an organisation, or change its data."""

    class Input(_OrganisationInput):
        changes = inputs.OrganisationInput(required=True, description="新的资料。New values.")

    method = "change_organisation"


class MergeOrganisation(_Organisation):
    """并入另一组织机构（办公室）。Merge an organisation into another of its kind."""

    class Input(_OrganisationInput):
        into = ID(required=True, description="并入的组织机构编号。Id of the one that takes over.")

    method = "merge_organisation"


class EndOrganisation(_Organisation):
    """撤销组织机构（办公室）。End an organisation."""

    class Input(_OrganisationInput):
        pass

    method = "end_organisation"


MUTATIONS = [
    OpenTerm,
    ScheduleSession,
    CloseTerm,
    AddOrganisation,
    ChangeOrganisation,
    MergeOrganisation,
    EndOrganisation,
]
