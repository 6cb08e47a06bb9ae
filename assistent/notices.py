"""What must be said about the documents that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistent import texts
from assistent.conflicts import prevailing
from assistent.extract import Extract
from assistent.index import Index
from assistent.scope import is_foreign
from assistent.types import DocumentInfo, Standing


def notices(infos: Iterable[DocumentInfo], day: date, *, home: str) -> tuple[str, ...]:
    """Return what must be said about the documents that an answer rests on."""
    shown = list(infos)
    said = [notice for info in shown for notice in _notices_of(info, day, home)]
    summaries = [i.title for i in shown if i.standing_on(day) is Standing.SUMMARY]
    if summaries:
        said.append(texts.summary_notice(summaries))
    return tuple(said)


def _notices_of(info: DocumentInfo, day: date, home: str) -> tuple[str, ...]:
    said = []
    standing = info.standing_on(day)
    if is_foreign(info, home):
        said.append(texts.NOTICE_OTHER_OWNER.format(title=info.title, owner=info.owner, home=home))
    if standing is Standing.EXPIRED and info.valid_to is not None:
        until = texts.long_date(info.valid_to)
        said.append(texts.NOTICE_EXPIRED.format(title=info.title, day=until))
    elif standing is Standing.EXPIRED:
        said.append(texts.NOTICE_EXPIRED_UNDATED.format(title=info.title))
    elif standing is Standing.REPEALED and info.repealed_by:
        said.append(texts.NOTICE_REPEALED_BY.format(title=info.title, by=info.repealed_by))
    elif standing is Standing.REPEALED:
        said.append(texts.NOTICE_REPEALED.format(title=info.title))
    elif standing is Standing.DRAFT:
        said.append(texts.NOTICE_DRAFT.format(title=info.title))
    return tuple(said)


def conflict_notices(extract: Extract, index: Index) -> tuple[str, ...]:
    """Say of each pair of documents that disagree which one prevails, and why."""
    said = {}
    for first, second in extract.conflicts:
        order = prevailing(index.documents[first].info, index.documents[second].info)
        key = frozenset((first, second))
        said[key] = texts.conflict(order.first.title, order.second.title, by=order.by)
    return tuple(said.values())
