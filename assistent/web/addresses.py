"""Addresses of the source viewer: a quote, and beside it the other quotes of the same answer.

    /kilde/<path>?fra=120&til=206&merke=k3Jdq0&svar=Ab3_xZ.120.86.k3Jdq0~.400.60.Zz01-w#sitat

``fra`` and ``til`` are offsets into the stored text, ``merke`` a check mark of the quoted words, by
which a place is known again after the document has changed. ``svar`` lists the quotes of the
answer, each as document, offset, length and check mark; a document that is the same as the one
before is left out. Everything is in the address, so that a link can be shared and needs no session.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from urllib.parse import quote as percent_encoded
from urllib.parse import urlencode

from assistent.types import Source

LONGEST = 1400
"""Characters of an address; beyond that, quotes far from the one shown are left out."""

QUOTE_ANCHOR = "sitat"

_MOST_QUOTES = 60
_NUMBER = r"[0-9]{1,9}"
_MARK = r"[\w-]{6}"
_ENTRY = re.compile(rf"({_MARK})?\.({_NUMBER})\.({_NUMBER})\.({_MARK})", re.ASCII)
_WHOLE_NUMBER = re.compile(_NUMBER)
_WHOLE_MARK = re.compile(_MARK, re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """A quote as an address names it; ``document`` is the short id of its document."""

    document: str
    start: int
    length: int
    mark: str


@dataclass(frozen=True, slots=True)
class ViewerAddress:
    """Where a reader is: a document, a quote in it, and the quotes of the answer it belongs to.

    ``start`` and ``end`` are as the address gives them and need not fit the document; ``mark`` may
    be empty.
    """

    path: str
    start: int
    end: int
    mark: str = ""
    answer: tuple[Reference, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The address's fields, for a form or another address."""
        fields = {"fra": str(self.start), "til": str(self.end)}
        if self.mark:
            fields["merke"] = self.mark
        if len(self.answer) > 1:
            fields["svar"] = _written(self.answer)
        return fields

    def number(self) -> int | None:
        """Return which quote of the answer this is, from 0; None if it is none of them."""
        here = Reference(document_id(self.path), self.start, self.end - self.start, self.mark)
        return self.answer.index(here) if here in self.answer else None

    def to(self, more: Mapping[str, int] | None = None, *, anchor: str = QUOTE_ANCHOR) -> str:
        """Return the address as a link, with further fields such as a page."""
        query = urlencode({**self.fields, **(more or {})}, safe="~")
        return f"{document_address(self.path)}?{query}#{anchor}"


def document_address(path: str, below: str = "") -> str:
    """Return the address of a document in the viewer, or of what belongs to it."""
    return f"/kilde/{percent_encoded(path)}{below}"


def viewer_address(source: Source, sources: Iterable[Source] = ()) -> str:
    """Return the address of the viewer at a source's quote.

    Args:
        source: what the link leads to.
        sources: all sources of the answer, in its order, for «forrige» and «neste».
    """
    here = _reference(source)
    answer = list(dict.fromkeys(map(_reference, sources)))
    while True:
        place = ViewerAddress(source.document, source.start, source.end, here.mark, tuple(answer))
        address = place.to()
        fits = len(address) <= LONGEST and len(answer) <= _MOST_QUOTES
        if fits or len(answer) < 2 or here not in answer:
            return address
        at = answer.index(here)
        del answer[-1 if len(answer) - 1 - at >= at else 0]


def read_address(path: str, query: Mapping[str, str]) -> ViewerAddress | None:
    """Read where a reader is; None if the fields name no quote."""
    start, end = query.get("fra", ""), query.get("til", "")
    if not (_WHOLE_NUMBER.fullmatch(start) and _WHOLE_NUMBER.fullmatch(end)):
        return None
    mark = query.get("merke", "")
    known = mark if _WHOLE_MARK.fullmatch(mark) else ""
    return ViewerAddress(path, int(start), int(end), known, _read(query.get("svar", "")))


def find_documents(references: Sequence[Reference], paths: Iterable[str]) -> dict[str, str]:
    """Map the short ids of documents to their paths; an id that is none of them is left out."""
    wanted = {reference.document for reference in references}
    if not wanted:
        return {}
    return {identity: path for path in paths if (identity := document_id(path)) in wanted}


def quote_mark(quote: str) -> str:
    """Return the check mark of a quote: six characters that change when its words do."""
    return _short(zlib.crc32(quote.encode("utf-8", "surrogatepass")).to_bytes(4, "big"))


def document_id(path: str) -> str:
    """Return the short id of a document."""
    return _short(blake2s(path.encode("utf-8", "surrogatepass"), digest_size=4).digest())


def _short(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _reference(source: Source) -> Reference:
    length, mark = source.end - source.start, quote_mark(source.quote)
    return Reference(document_id(source.document), source.start, length, mark)


def _written(answer: Sequence[Reference]) -> str:
    before = ""
    entries = []
    for each in answer:
        document = "" if each.document == before else each.document
        entries.append(f"{document}.{each.start}.{each.length}.{each.mark}")
        before = each.document
    return "~".join(entries)


def _read(field: str) -> tuple[Reference, ...]:
    """Read the quotes of an answer; () if anything about them is odd."""
    if not field or len(field) > LONGEST:
        return ()
    answer: list[Reference] = []
    for entry in field.split("~"):
        match = _ENTRY.fullmatch(entry)
        document = match.group(1) or (answer[-1].document if answer else "") if match else ""
        if not match or not document or len(answer) == _MOST_QUOTES:
            return ()
        answer.append(Reference(document, int(match[2]), int(match[3]), match[4]))
    return tuple(dict.fromkeys(answer))
