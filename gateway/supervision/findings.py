"""Sites, findings, figures, as the supervision service sends them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphene import Boolean, Field, Float, Int, List, NonNull, ObjectType, String
from graphql import GraphQLResolveInfo

from gateway.base import (
    DateTime,
    FromRow,
    NodeType,
    connection,
    global_id,
    labelled,
    loaded_by,
    paged,
    reference,
    resolve_page,
)
from gateway.files.types import File, files_of
from gateway.liaison import fields
from gateway.liaison.homes import MapPoint
from gateway.members.organisations import Topical
from gateway.supervision.enums import (
    FindingSeverity,
    SupervisionFindingState,
    SupervisionSiteKind,
)
from gateway.supervision.loaders import SERVICE

Row = dict[str, Any]


class MeasuredValue(ObjectType):
    """监测数值及限值。A measured value and its limit."""

    indicator = String(required=True, description="指标。Indicator.")
    value = Float(required=True, description="数值。Value.")
    unit = String(required=True, description="单位。Unit of measure.")
    limit = Float(description="限值。Limit.")
    exceeded = Boolean(
        resolver=FromRow(lambda row: None if row["limit"] is None else row["value"] > row["limit"]),
        description="是否超限，无限值时为空。Whether beyond its limit.",
    )


def _values() -> List:
    return List(NonNull(MeasuredValue), required=True, description="监测数值。Values.")


class PhotoPair(ObjectType):
    """整改前后照片。A photo before and the one after."""

    no = Int(required=True, description="序号。Number.")
    before = Field(File, description="整改前。Before.")
    after = Field(File, description="整改后。After.")

    @staticmethod
    async def resolve_before(row: Row, info: GraphQLResolveInfo) -> Row | None:
        return await _file(info, row["before"])

    @staticmethod
    async def resolve_after(row: Row, info: GraphQLResolveInfo) -> Row | None:
        return await _file(info, row["after"])


async def _file(info: GraphQLResolveInfo, id: str | None) -> Row | None:
    found = await files_of(info, [id]) if id else None
    return found[0] if found else None


class FindingClaim(ObjectType):
    """单位称已整改。What the unit claims; no verification."""

    no = Int(required=True, description="序号。Number.")
    text = String(required=True, description="说明。Text.")
    values = _values()
    at = DateTime(required=True, description="时间。When.")


class FindingCheck(ObjectType):
    """监督组核实。What the team found."""

    verified = Boolean(required=True, description="是否核实。Whether it is verified.")
    text = String(required=True, description="说明。Text.")
    values = _values()
    at = DateTime(required=True, description="时间。When.")


class SupervisionFinding(NodeType):
    """监督发现的问题。A finding on the spot."""

    text = String(required=True, description="问题描述。What is wrong.")
    year = Int(required=True, description="年度。Year.")
    state, state_label = labelled(SupervisionFindingState, "状态。State.", required=True)
    severity, severity_label = labelled(
        FindingSeverity, "严重程度。Severity.", "severity", required=True
    )
    point = Field(MapPoint, required=True, description="坐标（WGS 84）。Place.")
    found_at = DateTime(required=True, description="发现时间。When found.")
    recorded_at = DateTime(required=True, description="记录时间。When recorded.")
    values = _values()
    photos = List(NonNull(PhotoPair), required=True, description="整改前后照片。Pairs of photos.")
    unit = fields.organisation("unit", "unit_id", "整改单位。Unit that is to rectify it.")
    assigned_at = DateTime(description="交办时间。When assigned.")
    due_at = DateTime(description="整改期限。Due date.")
    overdue = Boolean(required=True, description="是否逾期。Whether overdue.")
    reason = String(description="不予认定的理由。Why it is none.")
    claims = List(NonNull(FindingClaim), required=True, description="单位的报告。Claims.")
    checks = List(NonNull(FindingCheck), required=True, description="监督组的核实。Checks.")
    reopened = Int(required=True, description="重新整改次数。How often reopened.")
    site = reference(
        lambda: SupervisionSite,
        "site",
        key="site_id",
        loader="supervision_sites",
        description="点位。Its site.",
    )
    supervision_id = String(
        resolver=FromRow(lambda row: global_id("Supervision", row["supervision_id"])),
        description="所属专项监督的全局编号。Global id of its supervision.",
    )

    get_node = loaded_by("supervision_findings")


class SupervisionSite(NodeType):
    """监督点位（河道、湖泊等）。A site: a river, a lake."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    kind, kind_label = labelled(SupervisionSiteKind, "种类。Kind.", "kind", required=True)
    name = String(required=True, description="名称。Name.")
    point = Field(MapPoint, required=True, description="坐标（WGS 84）。Place.")
    town = fields.town()
    unit = fields.organisation("unit", "unit_id", "责任单位。Responsible unit.")
    keeper = String(required=True, description="河长、湖长。Who keeps it.")
    note = String(required=True, description="说明。Note.")
    findings = paged(
        connection(SupervisionFinding), "历次发现的问题，新的在前。Its history, latest first."
    )

    get_node = loaded_by("supervision_sites")

    @staticmethod
    def resolve_findings(
        row: Row, info: GraphQLResolveInfo, first: int, after: str | None = None
    ) -> Awaitable[Row]:
        filter = {"site": row["id"]}
        return resolve_page(info, SERVICE, "list_findings", filter=filter, first=first, after=after)


class SupervisionChecklist(Topical, NodeType):
    """监督制度和检查清单。Rules and a checklist of the library."""

    version = Int(required=True, description="版本，修改时作 expectedVersion。Version, to edit by.")
    title = String(required=True, description="标题。Title.")
    rules = String(required=True, description="制度依据。Rules.")
    lines = List(NonNull(String), required=True, description="检查内容。Lines.")
    written_at = DateTime(required=True, description="编写时间。When written.")
    is_active = Boolean(required=True, description="是否启用。Whether in use.")
    organiser = fields.organisation("organiser", "organiser_id", "编写单位。Whose.")

    get_node = loaded_by("supervision_checklists")


class SupervisionFigures(ObjectType):
    """监督成效。Effect of supervision, of a group of findings."""

    key = String(required=True, description="组别代码。Code of the group.")
    unit = fields.organisation("unit", "unit_id", "单位，按单位分组时。The unit.")
    site = reference(
        SupervisionSite,
        "site",
        key="site_id",
        loader="supervision_sites",
        description="点位，按点位分组时。The site.",
    )
    found = Int(required=True, description="发现问题数。Found.")
    assigned = Int(required=True, description="交办数。Assigned.")
    rectified = Int(required=True, description="称已整改数。Claimed to be rectified.")
    verified = Int(required=True, description="核实数。Verified.")
    reopened = Int(required=True, description="曾重新整改数。Reopened at least once.")
    overdue = Int(required=True, description="逾期数。Overdue.")
    rectified_rate = Float(description="整改率（%）。Claimed of assigned, percent.")
    verified_rate = Float(description="核实率（%）。Verified of assigned, percent.")
    average_days = Float(description="交办到核实的平均天数。Days from assignment to proof.")
