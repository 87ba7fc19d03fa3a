"""Why a file is no roster; the child process tells them by their code."""

from __future__ import annotations

from collections.abc import Mapping

from shared.errors import DomainError


class SheetUnreadable(DomainError):
    code = "SHEET_UNREADABLE"
    message = "不是可读取的表格，请上传 xlsx，或 UTF-8、GBK 编码的 CSV"


class SheetWithoutHeadings(DomainError):
    code = "SHEET_WITHOUT_HEADINGS"
    message = "未找到标题行：前10行中应有“委员证号”一列，可下载模板填写"


class SheetHeadingUnfit(DomainError):
    code = "SHEET_HEADING_UNFIT"
    message = "标题行中有不认识、重复或空缺的列"


class SheetTooLarge(DomainError):
    code = "SHEET_TOO_LARGE"
    message = "表格过大"


class SheetWithFormula(DomainError):
    code = "SHEET_WITH_FORMULA"
    message = "表格中有公式，请粘贴为数值后再上传"


class SheetEmpty(DomainError):
    code = "SHEET_EMPTY"
    message = "标题行下没有内容"


class SheetsBusy(DomainError):
    code = "SHEETS_BUSY"
    message = "正在读取其他表格，请稍后再试"


BY_CODE: Mapping[str, type[DomainError]] = {
    error.code: error
    for error in (
        SheetUnreadable,
        SheetWithoutHeadings,
        SheetHeadingUnfit,
        SheetTooLarge,
        SheetWithFormula,
        SheetEmpty,
    )
}
