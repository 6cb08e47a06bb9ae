"""The part of a document that is shown: a window of its text, or a page with its picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistent import texts_viewer as words
from assistent.pictures.drawing import WIDTHS
from assistent.types import BlockKind, Document, Span
from assistent.web.addresses import ViewerAddress, document_address
from assistent.web.viewer import ShownHeading, headings, headings_above, shown_groups
from assistent.web.viewer_sheet import Sheet
from assistent.web.viewer_window import Window, contents, window_at

PAGE_FIELD = "side"
PLACE_FIELD = "ved"
LARGE_FIELD = "stor"

TEXT_ANCHOR = "tekst"
PAGE_ANCHOR = "ark"
PICTURE_ANCHOR = "bilde"
FRAME_ANCHOR = "ramme"

Values = dict[str, Any]

_WHOLE_NUMBER = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links to other places of a document that keep the quote, if there is one to keep."""

    root: str
    path: str
    address: ViewerAddress | None

    def to(self, anchor: str, **fields: int) -> str:
        """Return a link with further fields."""
        if self.address is not None:
            return f"{self.root}{self.address.to(fields, anchor=anchor)}"
        query = "&".join(f"{name}={value}" for name, value in fields.items())
        return f"{self.root}{document_address(self.path)}?{query}#{anchor}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    level: int
    title: str
    href: str


def number_in(query: Mapping[str, str], name: str) -> int | None:
    """Return a whole number of an address; None if there is none."""
    value = query.get(name, "")
    return int(value) if _WHOLE_NUMBER.fullmatch(value) else None


def text_values(
    document: Document, quote: Span | None, query: Mapping[str, str], links: Links
) -> Values:
    """Return what the template needs for a window of the text."""
    place = number_in(query, PLACE_FIELD)
    if place is None:
        window = window_at(document, quote.start if quote else 0, quote)
    else:
        window = window_at(document, place, None)
    before, after = window.before, window.after
    return {
        **_text(document, quote, window, links, None),
        "sheet": None,
        "before": links.to(TEXT_ANCHOR, **{PLACE_FIELD: before}) if before is not None else "",
        "after": links.to(TEXT_ANCHOR, **{PLACE_FIELD: after}) if after is not None else "",
    }


def sheet_values(
    document: Document, quote: Span | None, sheet: Sheet, query: Mapping[str, str], links: Links
) -> Values:
    """Return what the template needs for a page with its picture; a large one stands alone."""
    large = number_in(query, LARGE_FIELD) == 1
    kept = {LARGE_FIELD: 1} if large else {}
    base = f"{links.root}{document_address(document.info.path, f'/side/{sheet.number}')}"
    version = document.checksum[:12]

    def page(number: int) -> str:
        return links.to(PAGE_ANCHOR, **{PAGE_FIELD: number}, **kept)

    values = {
        **_text(document, quote, Window(sheet.text or Span(0, 0)), links, sheet),
        "sheet": sheet,
        "large": large,
        "resize": links.to(
            PICTURE_ANCHOR if large or not sheet.boxes else FRAME_ANCHOR,
            **{PAGE_FIELD: sheet.number},
            **({} if large else {LARGE_FIELD: 1}),
        ),
        "pictures": [(width, f"{base}?bredde={width}&v={version}") for width in WIDTHS],
        "boxes": [
            tuple(
                round(each, 1)
                for each in (box.left, box.top, box.right - box.left, box.bottom - box.top)
            )
            for box in sheet.boxes
        ],
        "before": page(sheet.number - 1) if sheet.number > 1 else "",
        "after": page(sheet.number + 1) if sheet.number < sheet.pages else "",
        "others": [(other, page(other)) for other in sheet.other_pages],
        "action": f"{links.root}{document_address(document.info.path)}#{PAGE_ANCHOR}",
    }
    if large:  # the text, and with it the mark, stands on the page with the small picture
        values |= {"marked": False, "elsewhere": bool(quote) and not sheet.boxes}
    return values


def _text(
    document: Document, quote: Span | None, window: Window, links: Links, sheet: Sheet | None
) -> Values:
    span = window.span
    shown = headings(document)
    marked = quote is not None and quote.start < span.end and span.start < quote.end
    return {
        "groups": shown_groups(document, quote, span) if span.end else (),
        "above": _above(document, shown, span),
        "marked": marked,
        "elsewhere": quote is not None and not marked,
        **_contents(document, shown, span, links, sheet),
    }


def _above(document: Document, shown: tuple[ShownHeading, ...], span: Span) -> list[ShownHeading]:
    """Return the headings that what is shown first stands under."""
    first = next((block for block in document.blocks if block.end > span.start), None)
    if first is None or span.start == 0:
        return []
    above = headings_above(shown, first.start)
    own = next((each.level for each in shown if each.start == first.start), None)
    return [each for each in above if own is None or each.level < own]


def _contents(
    document: Document,
    shown: tuple[ShownHeading, ...],
    span: Span,
    links: Links,
    sheet: Sheet | None,
) -> Values:
    chosen = contents(shown, span.start)
    pages = {
        block.start: block.page
        for block in document.blocks
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE)
    }

    def href(heading: ShownHeading) -> str:
        anchor = f"del-{heading.start}"
        if span.start <= heading.start < span.end:
            return f"#{anchor}"
        page = pages[heading.start]
        if sheet is not None and page is not None:
            return links.to(anchor, **{PAGE_FIELD: page})
        return links.to(anchor, **{PLACE_FIELD: heading.start})

    total, entries = chosen.total, chosen.entries
    return {
        "contents": [Entry(each.level, each.title, href(each)) for each in entries],
        "contents_note": (
            words.contents_nearest(len(entries), total) if len(entries) < total else ""
        ),
    }
