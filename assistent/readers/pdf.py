"""Read PDF files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.pdf_blocks import find_blocks
from assistent.readers.pdf_body import usual_body
from assistent.readers.pdf_lines import Piece, lines_of
from assistent.readers.pdf_plain import drafts_from_lines
from assistent.readers.pdf_roles import drafts_of, settle_headings
from assistent.readers.pdf_running import without_running_lines
from assistent.readers.pdf_tables import TableFinder, words_outside
from assistent.readers.pdf_words import page_frame, page_words
from assistent.readers.titles import settle
from assistent.types import ParsedText


def read_pdf(path: Path) -> ParsedText:
    """Read a PDF file: headings by type size and weight, paragraphs, lists, tables and pages.

    Columns are read one after the other; headers, footers and page numbers that repeat are left
    out, and so are lines of a table of contents, watermarks and text too small to see. Words
    hyphenated at a line end are mended and paragraphs that cross a page are joined.

    Raises:
        ReadError: the file is damaged, needs a password, has no content, or holds pictures of
            pages without a text layer.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error)
        reason = texts_corpus.file_encrypted if locked else texts_corpus.file_damaged
        raise ReadError(reason(path.name)) from error
    try:
        scan = _scan(document, path)
        metadata = document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError as error:
        raise ReadError(texts_corpus.file_damaged(path.name)) from error
    finally:
        document.close()
    if not any(scan.pages):
        reason = texts_corpus.file_without_text_layer if scan.pictures else texts_corpus.file_empty
        raise ReadError(reason(path.name))
    drafts, title = settle(_drafts(scan), metadata_title=_plausible(metadata))
    return assemble(drafts, title=title)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The lines and tables of every page, the page heights, and whether a page is a picture."""

    pages: list[list[Piece]]
    heights: list[float]
    pictures: bool


def _scan(document: Any, path: Path) -> _Pages:
    finder = TableFinder(path)
    pages: list[list[Piece]] = []
    heights: list[float] = []
    pictures = False
    try:
        for number in range(len(document)):
            page = document[number]
            try:
                frame = page_frame(page)
                words = page_words(page, frame)
                tables = finder.tables(page, number, frame, words) if words else []
                pictures = pictures or (not words and _has_picture(page))
            finally:
                page.close()
            pages.append([*lines_of(words_outside(words, tables)), *tables])
            heights.append(frame.size[1])
    finally:
        finder.close()
    return _Pages(pages, heights, pictures)


def _has_picture(page: Any) -> bool:
    return any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _drafts(scan: _Pages) -> list[DraftBlock]:
    body = usual_body(scan.pages)
    pages = without_running_lines(scan.pages, scan.heights, body.size)
    blocks = settle_headings(find_blocks(pages, body))
    if any(block.kind == "heading" for block in blocks):
        return drafts_of(blocks)
    return drafts_from_lines(pages, body)


def _plausible(title: str) -> str:
    """Programs write file names and their own names as titles."""
    doubtful = title.lower().startswith(("microsoft word", "untitled", "uten navn", "anonymous"))
    return "" if doubtful or title.lower().endswith((".doc", ".docx", ".indd", ".pdf")) else title
