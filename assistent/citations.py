"""A place in a document becomes a numbered source of an answer."""

from __future__ import annotations

from collections.abc import Mapping

from assistent.types import Document, Source, Standing


def cite(
    number: int,
    document: Document,
    start: int,
    end: int,
    standings: Mapping[str, Standing],
    *,
    section: tuple[str, ...],
    page: int | None,
) -> Source:
    """Return the source whose quote is ``document.text[start:end]``.

    Args:
        standings: each document's standing on the day of the question.
    """
    info = document.info
    return Source(
        number=number,
        document=info.path,
        title=info.title,
        section=section,
        page=page,
        quote=document.text[start:end],
        start=start,
        end=end,
        standing=standings.get(info.path, Standing.IN_FORCE),
        note=info.note,
        url=info.url,
    )
