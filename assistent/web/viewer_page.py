"""What the viewer's template needs to show a document at a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from markupsafe import Markup

from assistent import texts_viewer as words
from assistent.originals import Original, OriginalError, OriginalFault, Originals
from assistent.pictures.drawing import PagePictures, PictureError, PictureFault
from assistent.texts import long_date
from assistent.types import Document, DocumentInfo
from assistent.web.addresses import ViewerAddress, document_address, read_address
from assistent.web.quote_bar import quote_bar
from assistent.web.quoted_place import Fate, Located, locate
from assistent.web.sources_html import standing_badge
from assistent.web.viewer_body import (
    PAGE_FIELD,
    Links,
    Values,
    number_in,
    sheet_values,
    text_values,
)
from assistent.web.viewer_sheet import read_sheet

PICTURED = ".pdf"
"""The ending of files whose pages are shown as pictures."""

_FATES = {
    Fate.MOVED: words.QUOTE_MOVED,
    Fate.GONE: words.QUOTE_GONE,
    Fate.DOUBTFUL: words.QUOTE_DOUBTFUL,
    Fate.NOWHERE: words.QUOTE_NOWHERE,
}
_ORIGINAL_FAULTS = {
    OriginalFault.CHANGED: words.ORIGINAL_CHANGED,
    OriginalFault.MISSING: words.ORIGINAL_MISSING,
}


class ViewerPages:
    """Puts the pages of the viewer together."""

    def __init__(self, originals: Originals, pictures: PagePictures) -> None:
        self._originals = originals
        self._pictures = pictures

    def values(
        self,
        document: Document,
        documents: Mapping[str, Document],
        query: Mapping[str, str],
        today: date,
        root: str,
    ) -> Values:
        """Return the template's values.

        Args:
            document: what is shown.
            documents: all of the edition, by path.
            query: the fields of the address, as they came.
            today: the day for which the standing is judged.
            root: the path that the whole app is mounted under.
        """
        address = read_address(document.info.path, query)
        located = _located(document, address, query)
        notices = [_FATES[located.fate]] if located and located.fate in _FATES else []
        original, fault = self._original(document)
        span = located.span if located else None
        links = Links(root, document.info.path, address if span else None)
        body = None
        if original is not None and PurePosixPath(document.info.path).suffix.lower() == PICTURED:
            try:
                wanted = number_in(query, PAGE_FIELD)
                sheet = read_sheet(document, original, self._pictures, span, wanted)
                body = sheet_values(document, span, sheet, query, links)
            except PictureError as error:
                busy = error.fault is PictureFault.BUSY
                notices.append(words.PICTURE_BUSY if busy else words.PICTURE_DAMAGED)
        body = body or text_values(document, span, query, links)
        return {
            **_head(document, documents, today),
            **_file(document, original, fault, root),
            **_quote(address, located, document, documents, root),
            **body,
            "notices": notices,
        }

    def _original(self, document: Document) -> tuple[Original | None, str]:
        try:
            return self._originals.find(document), ""
        except OriginalError as error:
            return None, _ORIGINAL_FAULTS[error.fault]


def facts(info: DocumentInfo, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what the catalogue knows, as pairs of name and value; ``titles`` is by path."""
    rows: tuple[tuple[str, str | date | None], ...] = (
        (words.FACT_OWNER, info.owner),
        (words.FACT_APPLIES_TO, info.applies_to),
        (words.FACT_CASE, info.case_number),
        (words.FACT_ADOPTED, info.adopted),
        (words.FACT_VALID_FROM, info.valid_from),
        (words.FACT_VALID_TO, info.valid_to),
        (words.FACT_REPEALS, ", ".join(titles.get(each, each) for each in info.repeals)),
        (words.FACT_REPEALED_BY, titles.get(info.repealed_by, info.repealed_by)),
        (words.FACT_NOTE, info.note),
    )
    return tuple(
        (name, long_date(value) if isinstance(value, date) else value)
        for name, value in rows
        if value
    )


def _located(
    document: Document, address: ViewerAddress | None, query: Mapping[str, str]
) -> Located | None:
    """Return where the quote stands; None if none is asked for."""
    if address is not None:
        return locate(document.text, address)
    asked = any(query.get(name) for name in ("fra", "til"))
    return Located(Fate.NOWHERE) if asked else None


def _head(document: Document, documents: Mapping[str, Document], today: date) -> Values:
    info = document.info
    titles = {path: each.info.title for path, each in documents.items()}
    standing = info.standing_on(today)
    return {
        "title": info.title,
        "badge": Markup(standing_badge(standing)),
        "meaning": words.standing_meaning(info, standing, titles.get(info.repealed_by, "")),
        "facts": facts(info, titles),
        "public_url": info.url if info.url.startswith(("https://", "http://")) else "",
        "language": info.language or "nb",
    }


def _file(document: Document, original: Original | None, fault: str, root: str) -> Values:
    path = document.info.path
    text = ""
    if original is not None:
        text = words.original_link(PurePosixPath(path).suffix.lower(), original.size)
    return {
        "original": f"{root}{document_address(path, '/original')}",
        "original_text": text,
        "original_fault": fault,
    }


def _quote(
    address: ViewerAddress | None,
    located: Located | None,
    document: Document,
    documents: Mapping[str, Document],
    root: str,
) -> Values:
    span = located.span if located else None
    bar = quote_bar(address, document, span, documents) if address else None
    return {
        "bar": bar if span is not None or (bar and bar.number) else None,
        "to_quote": f"{root}{address.to()}" if address and span else "",
        "fields": address.fields if address and span else {},
    }
