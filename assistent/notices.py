"""What must be said about the documents that an answer rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistent.conflicts import prevailing
from assistent.extract import Extract
from assistent.index import Index
from assistent.scope import is_foreign
from assistent.texts_answer import TEXTS, AnswerTexts
from assistent.types import DocumentInfo, Standing


def notices(
    infos: Iterable[DocumentInfo], day: date, *, home: str, language: str = "nb"
) -> tuple[str, ...]:
    """Return what must be said about the documents that an answer rests on.

    Args:
        home: whose rules are our own.
        language: ``nb``, ``nn`` or ``en``.
    """
    shown, words = list(infos), TEXTS[language]
    said = [notice for info in shown for notice in _notices_of(info, day, home, words)]
    summaries = [i.title for i in shown if i.standing_on(day) is Standing.SUMMARY]
    if summaries:
        said.append(words.summaries(summaries))
    return tuple(said)


def _notices_of(info: DocumentInfo, day: date, home: str, words: AnswerTexts) -> Iterator[str]:
    title, standing = words.quotation(info.title), info.standing_on(day)
    if is_foreign(info, home):
        owner, ours = words.name(info.owner), words.name(home)
        yield words.other_owner.format(title=title, owner=owner, home=ours)
    if standing is Standing.EXPIRED and info.valid_to is not None:
        yield words.expired.format(title=title, day=words.day(info.valid_to))
    elif standing is Standing.EXPIRED:
        yield words.expired_undated.format(title=title)
    elif standing is Standing.REPEALED and info.repealed_by:
        yield words.repealed_by.format(title=title, by=info.repealed_by)
    elif standing is Standing.REPEALED:
        yield words.repealed.format(title=title)
    elif standing is Standing.DRAFT:
        yield words.draft.format(title=title)


def conflict_notices(extract: Extract, index: Index, *, language: str = "nb") -> tuple[str, ...]:
    """Say of each pair of documents that disagree which one prevails, and why."""
    said = {}
    for first, second in extract.conflicts:
        order = prevailing(index.documents[first].info, index.documents[second].info)
        said[frozenset((first, second))] = TEXTS[language].disagreement(
            order.first.title, order.second.title, by=order.by
        )
    return tuple(said.values())
