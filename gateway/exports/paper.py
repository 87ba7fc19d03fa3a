"""Paper of official documents: A4, margins, fonts and sizes as of GB/T 9704, and docx fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from gateway.exports.wording import lines, plain

Align = WD_ALIGN_PARAGRAPH
PAGE = {"page_width": 210, "page_height": 297}  # mm
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
LINE = 28  # points
SONG, HEI, FANG = "宋体", "黑体", "仿宋"


@dataclass(frozen=True)
class Look:
    """size: points; indent: points of the first line."""

    font: str
    size: float
    bold: bool = False
    align: Align = Align.LEFT
    indent: float = 0


# Two characters of indent are twice the size.
BODY, TITLE, SECTION, RIGHT, CENTRE = "正文文本", "文件标题", "分节", "右齐", "居中"
LOOKS: dict[str, Look] = {
    "Normal": Look(FANG, 16),
    "Heading 1": Look(SONG, 22, bold=True, align=Align.CENTER),
    "Heading 2": Look(SONG, 18, bold=True, align=Align.CENTER),
    TITLE: Look(SONG, 22, bold=True, align=Align.CENTER),
    SECTION: Look(HEI, 16, indent=32),
    BODY: Look(FANG, 16, indent=32, align=Align.JUSTIFY),
    RIGHT: Look(FANG, 16, align=Align.RIGHT),
    CENTRE: Look(FANG, 16, align=Align.CENTER),
    "toc 1": Look(HEI, 14),
    "toc 2": Look(FANG, 14, indent=14),
}


class Paper:
    """A document under way; text is cleaned here, so that any of it can be written."""

    def __init__(self, title: str) -> None:
        self.docx: Docx = Document()
        properties = self.docx.core_properties
        properties.title, properties.author = plain(title)[:255], "智慧政协"
        properties.language, properties.comments = "zh-CN", ""
        section = self.docx.sections[0]
        for name, millimetres in {**PAGE, **MARGINS}.items():
            setattr(section, name, Mm(millimetres))
        self._styles = {name: self._style(name, look) for name, look in LOOKS.items()}

    def add(self, text: str, style: str = "Normal", *, new_page: bool = False) -> Paragraph:
        """One paragraph; line breaks of the text stay within it."""
        paragraph = self.docx.add_paragraph(plain(text), self._styles[style])
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    def body(self, text: str | None) -> None:
        """Each line of the text as a paragraph."""
        for line in lines(text):
            self.add(line, BODY)

    def section(self, heading: str, paragraphs: Iterable[str | None]) -> None:
        """A heading and its text; nothing at all where there is no text."""
        written = [line for text in paragraphs for line in lines(text)]
        if written:
            self.add(heading, SECTION)
            for line in written:
                self.add(line, BODY)

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """A table of label and value; rows without a value are left out."""
        kept = [(label, plain(value)) for label, value in rows if plain(value)]
        table = self.docx.add_table(rows=len(kept), cols=2, style="Table Grid")
        table.autofit = False
        for row, texts in zip(table.rows, kept, strict=True):
            for cell, width, text in zip(row.cells, (Mm(32), Mm(124)), texts, strict=True):
                cell.width = width
                cell.paragraphs[0].add_run(text)

    def _style(self, name: str, look: Look) -> ParagraphStyle:
        styles: Any = self.docx.styles
        known = name in styles
        builtin = name.startswith("toc")
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
        _set_font(style, look.font)
        style.font.size, style.font.bold = Pt(look.size), look.bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.alignment, layout.first_line_indent = look.align, Pt(look.indent)
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        return style


def _set_font(style: ParagraphStyle, name: str) -> None:
    """For Chinese text too; the template's fonts by theme would come before it."""
    properties = style.element.get_or_add_rPr()
    for given in properties.findall(qn("w:rFonts")):
        properties.remove(given)
    style.font.name = name
    properties.find(qn("w:rFonts")).set(qn("w:eastAsia"), name)


# -- a table of contents ---------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A line of a table of contents; level 1 or 2, anchor: the bookmark of its heading."""

    level: int
    text: str
    anchor: str


def bookmark(paragraph: Paragraph, entry: Entry) -> None:
    """Make the paragraph what the entry leads to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = entry.anchor.removeprefix("_Toc")
    for mark in (start, end):
        mark.set(qn("w:id"), number)
    start.set(qn("w:name"), entry.anchor)
    first = paragraph._p.r_lst[0]
    first.addprevious(start)
    first.addnext(end)


def table_of_contents(paper: Paper, entries: Sequence[Entry]) -> None:
    """A field of Word's own, which holds the entries already.

    It shows them in any program; Word puts page numbers to them when it opens the file.
    """
    paragraphs = [_linked(paper, entry) for entry in entries]
    opening = [_field("begin", dirty=True), _instruction(), _field("separate")]
    for run in reversed(opening):
        # After the paragraph's properties, which stand first.
        paragraphs[0]._p.insert(1, run)
    paragraphs[-1]._p.append(_field("end"))


def _linked(paper: Paper, entry: Entry) -> Paragraph:
    paragraph = paper.add("", f"toc {entry.level}")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), entry.anchor)
    link.append(paragraph.add_run(plain(entry.text))._r)
    paragraph._p.append(link)
    return paragraph


def _field(kind: str, *, dirty: bool = False) -> Any:
    run, character = OxmlElement("w:r"), OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    if dirty:
        character.set(qn("w:dirty"), "true")
    run.append(character)
    return run


def _instruction() -> Any:
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = r' TOC \o "1-2" \h \z \u '
    run.append(text)
    return run
