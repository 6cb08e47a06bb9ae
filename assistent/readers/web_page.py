"""Read web pages that were saved as HTML: trafilatura finds the main content."""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import etree, html

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.characters import one_line, without_control
from assistent.readers.plain_text import decode, read_bytes
from assistent.readers.tables import table_drafts
from assistent.readers.titles import settle
from assistent.readers.web_cleaning import GUARD, as_content, content_page, drop_hidden
from assistent.types import BlockKind, ParsedText

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]+$")
_WRITTEN_NUMBER = re.compile(r"^\d+\. ")
_MIN_KEPT = 0.5  # of the characters of the page
_LEVELS = {f"h{number}": number for number in range(1, 7)}


def read_web_page(path: Path) -> ParsedText:
    """Read an HTML file: headings, paragraphs, lists and tables of its main content.

    Raises:
        ReadError: the file cannot be opened, is not text, or has no content.
    """
    root = _parse(decode_html(read_bytes(path), name=path.name))
    if root is None:
        raise ReadError(texts_corpus.file_empty(path.name))
    page_title = one_line(root.findtext(".//title") or "")
    drop_hidden(root)
    body = _main_content(content_page(root))
    drafts = list(_drafts(body)) if body is not None else []
    drafts, title = settle(drafts, metadata_title=_SITE_NAME.sub("", page_title))
    parsed = assemble(drafts, title=title)
    if not parsed.text:
        raise ReadError(texts_corpus.file_empty(path.name))
    return parsed


def decode_html(data: bytes, *, name: str) -> str:
    """Decode the bytes of a page: byte order mark, declared encoding, then as plain text.

    A page that says Latin-1 is read as Windows-1252, as browsers do. A declaration that the bytes
    do not fit is ignored.

    Raises:
        ReadError: the bytes are not text.
    """
    match = _CHARSET.search(data[:4096])
    if match and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        declared = match.group(1).decode("ascii", errors="replace").lower()
        if declared in {"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}:
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                return data.decode("cp1252", errors="replace")
    return decode(data, name=name)


def _parse(text: str) -> html.HtmlElement | None:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", without_control(text))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, ValueError):
        return None


def _main_content(page: html.HtmlElement) -> etree._Element | None:
    """Let trafilatura pick the content; where it loses most of the page, take all of it.

    The page has no menus, footers or hidden text any more, so that little can go wrong then.
    """
    offered = len("".join(page.text_content().split()))
    result = trafilatura.bare_extraction(
        copy.deepcopy(page),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    body = getattr(result, "body", None)
    kept = 0 if body is None else len("".join("".join(body.itertext()).split()))
    return as_content(page) if kept < _MIN_KEPT * offered else body


def _drafts(body: etree._Element) -> Iterator[DraftBlock]:
    for element in body:
        yield from _element_drafts(element)


def _element_drafts(element: etree._Element) -> Iterator[DraftBlock]:
    """Emit the blocks of one element of trafilatura's tree."""
    level = _LEVELS.get(element.get("rend") or "")
    if element.tag == "head" and level:
        yield DraftBlock(BlockKind.HEADING, _text(element), level=level)
    elif element.tag == "list":
        yield from _list_drafts(element, 1)
    elif element.tag == "table":
        yield from _table(element)
    elif any(child.tag in {"p", "list", "table", "head", "quote"} for child in element):
        yield DraftBlock(BlockKind.PARAGRAPH, _plain(element.text or ""))
        for child in element:
            yield from _element_drafts(child)
            yield DraftBlock(BlockKind.PARAGRAPH, _plain(child.tail or ""))
    else:
        yield DraftBlock(BlockKind.PARAGRAPH, _text(element))


def _list_drafts(element: etree._Element, level: int) -> Iterator[DraftBlock]:
    """Emit the items of a list, those of inner lists after the item they stand in."""
    numbered, term = element.get("rend") == "ol", ""
    for item in element:
        if item.tag == "list":
            yield from _list_drafts(item, level + 1)
            continue
        inner = [child for child in item if child.tag == "list"]
        text = _text(item)
        if (item.get("rend") or "").startswith("dt"):
            term = text.rstrip(":")
            continue
        if term:
            text, term = f"{term}: {text}", ""
        number = _WRITTEN_NUMBER.match(text) if numbered else None
        marker = number.group() if number else "• "
        words = text[number.end() :] if number else text
        yield DraftBlock(BlockKind.LIST_ITEM, words, marker, level)
        for child in inner:
            yield from _list_drafts(child, level + 1)


def _table(element: etree._Element) -> list[DraftBlock]:
    rows = [[cell for cell in row if cell.tag == "cell"] for row in element.iter("row")]
    cells = [[_text(cell) for cell in row] for row in rows]
    marked = bool(rows) and bool(rows[0]) and all(c.get("role") == "head" for c in rows[0])
    if max(map(len, cells), default=0) == 1:  # a box, not a table
        return [DraftBlock(BlockKind.PARAGRAPH, row[0]) for row in cells if row]
    return table_drafts(cells, has_head=True if marked else None)


def _text(element: etree._Element) -> str:
    """Return the words of an element without those of the lists inside it."""
    return _plain("".join(_words(element)))


def _plain(text: str) -> str:
    return one_line(text.replace(GUARD, ""))


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "p":
            yield f" {''.join(_words(child))} "
        elif child.tag == "lb":
            yield " "
        elif child.tag != "list":
            yield from _words(child)
        yield child.tail or ""
