"""Why an export is refused, and why one that was begun has failed."""

from __future__ import annotations

from shared.errors import AppError, DomainError


class ExportEmpty(DomainError):
    code = "EXPORT_EMPTY"
    message = "没有可以导出的提案"


class ExportTooMany(DomainError):
    code = "EXPORT_TOO_MANY"
    message = "提案过多，请缩小范围"

    @classmethod
    def over(cls, most: int, found: int, field: str) -> ExportTooMany:
        return cls(
            f"一次最多导出{most}件提案，现有{found}件，请缩小范围",
            field=field,
            details={"limit": most, "found": found},
        )


class ExportUnfinished(DomainError):
    code = "EXPORT_UNFINISHED"
    message = "未完成的导出过多，请等待其完成"


class ExportBusy(DomainError):
    code = "EXPORT_BUSY"
    message = "导出任务较多，请稍后再试"


class ExportInterrupted(AppError):
    """The gateway that was at work has gone away."""

    code = "EXPORT_INTERRUPTED"
    message = "导出中断，请重新申请"


class ExportFailed(AppError):
    """The document could not be laid out; the reason is in the log."""

    code = "EXPORT_FAILED"
    message = "生成文件失败，请稍后再试"


class ExportGlyphMissing(ExportFailed):
    """The font has no glyph for a character: it would be an empty box."""

    code = "EXPORT_GLYPH_MISSING"
    message = "字库中没有某些字，无法生成文件"
