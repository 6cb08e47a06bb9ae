"""What the journal tells the editors. Counting is the database's work; nothing here is a person's.

Rows about documents that not everyone may see carry their ``access``; whoever shows them leaves out
what the reader may not see.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from assistent.database import Database
from assistent.journal.entries import Access
from assistent.journal.feedback import Place
from assistent.journal.tables import LINE, answers, feedback, quotes
from assistent.types import Outcome

_UNMET = (Outcome.NOT_IN_SOURCES.value, Outcome.PARTIAL.value)
_AT_ONCE = 400  # values of one statement


@dataclass(frozen=True, slots=True)
class Unmet:
    """A question that was not answered as it should; text is None where none is kept.

    ``disliked`` says that somebody was not content. ``places`` are what the answer rested on.
    """

    reference: str
    asked_at: datetime
    outcome: Outcome
    question: str
    searched: str
    disliked: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """How many answers quoted a part of a document."""

    place: Place
    answers: int


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote that was shown while another edition was in force; ``text`` as in ``Quoted``."""

    place: Place
    start: int
    end: int
    text_hash: str
    text: str | None
    shown: int
    last_shown: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote of an answer; ``claims`` are the sentences that rest on it, counted from 1."""

    place: Place
    claims: tuple[int, ...]
    text: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what its answer quoted; the texts are None where none is kept."""

    question: str | None
    searched: str | None
    quotes: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is kept and since when; ``oldest`` is None where nothing is."""

    answers: int
    feedback: int
    oldest: datetime | None


class JournalReader:
    """Asks the journal; every method raises DatabaseError where the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def contents(self) -> Contents:
        """Return how much is kept."""
        with self._database.reading() as connection:
            count, oldest = connection.execute(
                select(func.count(), func.min(answers.c.asked_at)).select_from(answers)
            ).one()
            said, first = connection.execute(
                select(func.count(), func.min(feedback.c.given_at)).select_from(feedback)
            ).one()
        moments = [each for each in (oldest, first) if each is not None]
        return Contents(count, said, min(moments, default=None))

    def outcomes(self, spans: Sequence[tuple[datetime, datetime]]) -> list[Mapping[Outcome, int]]:
        """Return how often each outcome came in each span of time, the end excluded."""
        counted: list[Mapping[Outcome, int]] = []
        with self._database.reading() as connection:
            for begin, end in spans:
                query = (
                    select(answers.c.outcome, func.count())
                    .where(answers.c.asked_at >= begin, answers.c.asked_at < end)
                    .group_by(answers.c.outcome)
                )
                rows = connection.execute(query).all()
                counted.append({Outcome(outcome): count for outcome, count in rows})
        return counted

    def used(self, since: datetime) -> list[Used]:
        """Return the parts of documents that were quoted, the most used first."""
        times = func.count(quotes.c.reference.distinct())
        columns = (quotes.c.document, quotes.c.section, quotes.c.access)
        query = (
            select(*columns, times.label("times"))
            .join(answers, answers.c.reference == quotes.c.reference)
            .where(answers.c.asked_at >= since)
            .group_by(*columns)
            .order_by(times.desc(), quotes.c.document, quotes.c.section)
        )
        with self._database.reading() as connection:
            return [Used(_place(row), row.times) for row in connection.execute(query)]

    def quotes_before(self, edition: str, count: int) -> list[StoredQuote]:
        """Return the quotes shown by other editions than this one, the most shown first."""
        columns = (
            *(quotes.c.document, quotes.c.section, quotes.c.access),
            *(quotes.c.start, quotes.c.stop, quotes.c.text_hash),
        )
        times = func.count()
        query = (
            select(
                *columns,
                func.max(quotes.c.text).label("text"),
                times.label("times"),
                func.max(answers.c.asked_at).label("last"),
            )
            .join(answers, answers.c.reference == quotes.c.reference)
            .where(answers.c.edition != edition)
            .group_by(*columns)
            .order_by(times.desc(), quotes.c.document, quotes.c.start)
            .limit(count)
        )
        with self._database.reading() as connection:
            return [
                StoredQuote(
                    _place(row), row.start, row.stop, row.text_hash, row.text, row.times, row.last
                )
                for row in connection.execute(query)
            ]

    def unmet(self, since: datetime, count: int) -> list[Unmet]:
        """Return the newest questions with text that were not answered as they should."""
        disliked = select(feedback.c.reference).where(feedback.c.useful.is_(False))
        query = (
            select(answers, answers.c.reference.in_(disliked).label("disliked"))
            .where(answers.c.asked_at >= since, answers.c.question.is_not(None))
            .where(or_(answers.c.outcome.in_(_UNMET), answers.c.reference.in_(disliked)))
            .order_by(answers.c.asked_at.desc(), answers.c.reference)
            .limit(count)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            places: dict[str, list[Place]] = {}
            known = [row.reference for row in rows]
            for at in range(0, len(known), _AT_ONCE):
                part = select(
                    quotes.c.reference, quotes.c.document, quotes.c.section, quotes.c.access
                ).where(quotes.c.reference.in_(known[at : at + _AT_ONCE]))
                for row in connection.execute(part.order_by(quotes.c.number)):
                    places.setdefault(row.reference, []).append(_place(row))
        return [
            Unmet(
                reference=row.reference,
                asked_at=row.asked_at,
                outcome=Outcome(row.outcome),
                question=row.question,
                searched=row.searched or row.question,
                disliked=bool(row.disliked),
                places=tuple(dict.fromkeys(places.get(row.reference, ()))),
            )
            for row in rows
        ]

    def asked(self, references: Collection[str]) -> dict[str, Asked]:
        """Return questions with what was quoted for them; those that are gone are left out."""
        known = sorted(set(references))
        questions: dict[str, tuple[str | None, str | None]] = {}
        quoted: dict[str, list[Shown]] = {}
        with self._database.reading() as connection:
            for at in range(0, len(known), _AT_ONCE):
                part = known[at : at + _AT_ONCE]
                asked = select(answers.c.reference, answers.c.question, answers.c.searched)
                for row in connection.execute(asked.where(answers.c.reference.in_(part))):
                    questions[row.reference] = row.question, row.searched
                shown = select(quotes).where(quotes.c.reference.in_(part)).order_by(quotes.c.number)
                for row in connection.execute(shown):
                    one = Shown(_place(row), tuple(row.claims), row.text)
                    quoted.setdefault(row.reference, []).append(one)
        return {
            reference: Asked(*texts, quotes=tuple(quoted.get(reference, ())))
            for reference, texts in questions.items()
        }


def _place(row: Any) -> Place:
    return Place(row.document, _split(row.section), _split(row.access))


def _split(text: str) -> Access:
    return tuple(text.split(LINE)) if text else ()
