"""Answers for the journal's tests, and a clock that stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistent.journal import Entrance, Entry, entry_of, new_reference
from assistent.types import Answer, Claim, Outcome, Source, Standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DOCUMENT = "strategi/en.md"
SECRET = "lov/hemmelig.md"
GROUPS = {DOCUMENT: (), SECRET: ("ledere",)}


class StoppedClock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = NOW) -> None:
        self.time = now

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


def source(
    number: int = 1,
    *,
    document: str = DOCUMENT,
    quote: str = "Vi skal skrive klart.",
    start: int = 10,
    section: tuple[str, ...] = ("Språk", "Klarspråk"),
) -> Source:
    return Source(
        number=number,
        document=document,
        title="En",
        section=section,
        page=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        standing=Standing.IN_FORCE,
        note="",
        url="",
    )


def given(
    question: str = "Hvordan skal vi skrive?",
    outcome: Outcome = Outcome.ANSWERED,
    *sources: Source,
    searched: str = "",
    edition: str = "utgave-1",
) -> Answer:
    """Return an answer of one sentence per source."""
    return Answer(
        question=question,
        search_question=searched or question,
        language="nb",
        outcome=outcome,
        text=" ".join(each.quote for each in sources),
        writer="extract" if sources else "fixed",
        claims=tuple(Claim(each.quote, (each.number,)) for each in sources),
        sources=sources,
        edition=edition,
        milliseconds={"total": 40.5},
        reference=new_reference(),
    )


def entry(
    answer: Answer, *, at: datetime = NOW, full: bool = False, entrance: Entrance = Entrance.PAGE
) -> Entry:
    return entry_of(answer, entrance, at, with_text=full, access=GROUPS.get)


def fresh() -> Entry:
    """Return an entry of this moment, which no retention removes."""
    return entry(given(), at=datetime.now(UTC))
