"""The type Export; every export belongs to the account that asked for it."""

from __future__ import annotations

from typing import Any

from graphene import Field, Int, String
from graphql import GraphQLResolveInfo

from gateway.base import DateTime, NodeType, connection, labelled, labelled_enum
from gateway.files.types import File, readable_file

Row = dict[str, Any]

ExportKind = labelled_enum(
    "ExportKind",
    {
        "PROPOSAL_DOCX": ("提案及答复", "A proposal with its delivered replies, docx"),
        "COMPILATION_DOCX": ("提案汇编", "Many proposals as one docx, by category"),
        "CASE_LIST_XLSX": ("提案登记表", "A list of cases, xlsx"),
        "RANKING_XLSX": ("履职积分排名", "Ranking of a year with the year before, xlsx"),
        "ROSTER_XLSX": ("委员名册", "The roster as far as its asker sees it, xlsx"),
        "ROSTER_PRIVATE_XLSX": (
            "委员名册（含非公开资料）",
            "The roster with private columns, each look audited, xlsx",
        ),
        "ROSTER_TEMPLATE_XLSX": ("委员名册模板", "An empty roster to be filled and imported, xlsx"),
        "ATTENDANCE_XLSX": ("会议出席", "The people of a meeting, xlsx"),
        "CLASS_XLSX": ("轮训班学员", "Who enrolled in a rotation class, xlsx"),
        "CERTIFICATE_PDF": (
            "结业证书",
            "The own certificate of a class, or all of it for who runs it, pdf",
        ),
        "OUTCOMES_XLSX": ("成果采纳反馈台账", "Opinion items of a year, or all, xlsx"),
        "OUTCOME_DOCX": ("成果采纳反馈档案", "One outcome file with its items, docx"),
        "OUTCOME_SUMMARY_DOCX": ("年度成果采纳落实情况", "Summary of a year's outcomes, docx"),
        "OPINION_DOCX": ("社情民意", "An issue of public opinion in its official form, docx"),
        "OPINION_COLLECTION_DOCX": ("社情民意汇编", "A year's issues as one docx"),
        "CONSULTATION_MINUTES_DOCX": ("协商会议纪要", "The minutes of a consultation, docx"),
        "CONSULTATION_REPORT_DOCX": ("协商专报", "The report of a consultation, docx"),
        "MOTION_DOCX": ("建议案", "A suggestion motion in its official form, docx"),
        "OPINION_LIST_XLSX": ("社情民意一览", "A year's issues as a table, xlsx"),
        "SUPERVISION_OPINION_DOCX": ("监督意见", "An opinion in its official form, docx"),
        "SUPERVISION_REPORT_DOCX": ("监督报告", "A supervision report, docx"),
        "SUPERVISOR_CERTIFICATE_PDF": ("民主监督员聘书", "A supervisor's certificate, pdf"),
        "PROPOSAL_STATISTICS_XLSX": ("提案统计", "Figures of proposals by group, xlsx"),
        "DUTY_STATISTICS_XLSX": ("履职统计", "Figures of duties by group, xlsx"),
    },
    "导出种类。Kind of export.",
)
ExportState = labelled_enum(
    "ExportState",
    {
        "QUEUED": ("排队中", "Waiting for its turn"),
        "RUNNING": ("生成中", "Under way"),
        "READY": ("已完成", "Ready to download"),
        "FAILED": ("未完成", "Failed; see message"),
    },
    "导出状态。State of an export.",
)


class Export(NodeType):
    """导出。A document made of what its requester may see."""

    kind, kind_label = labelled(ExportKind, "种类。Kind.", "kind", required=True)
    state, state_label = labelled(ExportState, "状态。State.", required=True)
    progress = Int(required=True, description="进度，0至100。Progress from 0 to 100.")
    count = Int(required=True, description="件数或行数。Number of proposals or rows.")
    requested_at = DateTime(required=True, description="申请时间。When asked for.")
    finished_at = DateTime(description="完成时间。When it was ready or failed.")
    available_until = DateTime(description="可下载至。Until when it can be downloaded.")
    code = String(description="失败代码。Code of the failure.")
    message = String(description="失败原因。Why it failed, in Chinese.")
    file = Field(
        File,
        description="文件，完成前和到期后为空。The file; null before it is ready and later on.",
    )

    @classmethod
    async def get_node(cls, info: GraphQLResolveInfo, id: str) -> Row:
        return shown(await info.context.exports.find(info.context, id))

    @staticmethod
    async def resolve_file(row: Row, info: GraphQLResolveInfo) -> Row | None:
        file_id = row.get("file_id")
        return await readable_file(info, file_id) if file_id else None


def shown(job: Row) -> Row:
    """The row of a job."""
    return {**job, "id": job["_id"]}


ExportConnection = connection(Export)
TYPES = [Export]
