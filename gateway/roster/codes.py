"""Refusals of files that are to be a roster."""

ERROR_CODES = {
    "SHEET_UNREADABLE": "不是可读取的表格。No readable xlsx or CSV.",
    "SHEET_WITHOUT_HEADINGS": "未找到标题行。No heading row.",
    "SHEET_HEADING_UNFIT": "标题行中有不认识、重复或空缺的列。A heading does not fit.",
    "SHEET_TOO_LARGE": "表格过大。The sheet is too large.",
    "SHEET_WITH_FORMULA": "表格中有公式。A cell holds a formula.",
    "SHEET_EMPTY": "标题行下没有内容。Nothing below the headings.",
    "SHEETS_BUSY": "正在读取其他表格。Other sheets are being read.",
}
