"""A paper as DOCX: real headings, tables with a header row, title and language set."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

from assistent.papers.model import Bullets, Heading, Paper, Paragraph, Table

LANGUAGE = "nb-NO"
_FONT = "Arial"
_INK = RGBColor(0x2A, 0x28, 0x59)
_MARGIN = Emu(720_000)  # 2 cm
_A4 = (Emu(7_560_000), Emu(10_692_000))


def as_word(paper: Paper) -> bytes:
    """Return the paper as a DOCX file."""
    document = docx.Document()
    _set_up(document, paper)
    document.add_heading(paper.title, level=1)
    for block in paper.blocks:
        match block:
            case Heading(level, text):
                document.add_heading(text, level=level)
            case Paragraph(text):
                document.add_paragraph(text)
            case Bullets(items):
                for item in items:
                    document.add_paragraph(item, style="List Bullet")
            case Table():
                _add_table(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = paper.title
    properties.language = LANGUAGE
    properties.author = properties.last_modified_by = paper.maker
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    # The language of all text; Word's spelling and screen readers go by it.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    names = ["Normal", *(f"Heading {level}" for level in range(1, 5))]
    for name in names:
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), _FONT)
        if name != "Normal":
            style.font.color.rgb = _INK


def _add_table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.autofit = False
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), block.name)
    table._tbl.tblPr.append(caption)
    head = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    for cell, text in zip(head.cells, block.header, strict=True):
        _fill(cell, (text,), bold=True)
    for row in block.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, lines in zip(added.cells, row, strict=True):
            _fill(cell, lines)
    room = _A4[0] - 2 * _MARGIN
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = width = Emu(int(room * share / sum(block.shares)))
        for cell in column.cells:
            cell.width = width
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: Any, lines: tuple[str, ...], *, bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(line)
        run.bold = bold or (number == 0 and len(lines) > 1) or None
        run.font.size = Pt(9.5)
