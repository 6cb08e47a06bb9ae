"""The line that stays above the text: which document, which place, and the quotes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistent import texts_viewer
from assistent.sections import split_into_sections
from assistent.types import Document, Span
from assistent.web.addresses import Reference, ViewerAddress, find_documents


@dataclass(frozen=True, slots=True)
class QuoteLink:
    """A link to another quote; ``title`` names its document if that is another one."""

    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class QuoteBar:
    """Where a quote stands, and the quotes before and after it in the answer."""

    section: str
    number: str = ""
    previous: QuoteLink | None = None
    next: QuoteLink | None = None


def quote_bar(
    address: ViewerAddress,
    document: Document,
    span: Span | None,
    documents: Mapping[str, Document],
) -> QuoteBar:
    """Return the line for the quote of an address.

    Args:
        address: where the reader is.
        document: the document that is shown.
        span: where the quote stands in it, None if it is not there any more.
        documents: those of the edition, by path; quotes in others are left out.
    """
    section = " › ".join(section_path(document, span.start)) if span else ""
    paths = find_documents(address.answer, documents)
    quotes = [quote for quote in address.answer if quote.document in paths]
    number = address.number()
    if number is None or len(quotes) < 2:
        return QuoteBar(section)
    at = quotes.index(address.answer[number])

    def link(quote: Reference) -> QuoteLink:
        path = paths[quote.document]
        end = quote.start + quote.length
        there = ViewerAddress(path, quote.start, end, quote.mark, address.answer)
        title = "" if path == address.path else documents[path].info.title
        return QuoteLink(there.to(), title)

    return QuoteBar(
        section,
        texts_viewer.quote_number(at + 1, len(quotes)),
        link(quotes[at - 1]) if at > 0 else None,
        link(quotes[at + 1]) if at + 1 < len(quotes) else None,
    )


def section_path(document: Document, place: int) -> tuple[str, ...]:
    """Return the headings that a place in the stored text stands under."""
    sections = split_into_sections(document.text, document.blocks)
    return next((each.path for each in sections if each.start <= place < each.end), ())
