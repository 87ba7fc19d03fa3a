"""Refusals of exports."""

ERROR_CODES = {
    "EXPORT_EMPTY": "没有可以导出的提案。Nothing to export.",
    "EXPORT_TOO_MANY": "提案过多，请缩小范围。More proposals than one document may hold.",
    "EXPORT_UNFINISHED": "未完成的导出过多。Too many unfinished exports of this account.",
    "EXPORT_BUSY": "导出任务较多，请稍后再试。Too many exports wait at this gateway.",
}
