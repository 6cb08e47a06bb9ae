"""What the journal keeps of one answer."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from assistent.types import Answer, Outcome, Source

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks or sounds like another
_LENGTH = 10
_REFERENCE = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
# What the guard let through. A question that it stopped may be about somebody in need.
_LET_THROUGH = (Outcome.ANSWERED, Outcome.PARTIAL, Outcome.NOT_IN_SOURCES, Outcome.FAILED)

Access = tuple[str, ...]
"""The groups that may see a document; empty for everyone."""


class Keeping(StrEnum):
    """How much is kept: nothing, no text, or also the text of questions."""

    OFF = "av"
    MINIMAL = "minimal"
    FULL = "full"


class Entrance(StrEnum):
    """Where a question came in."""

    PAGE = "side"
    PHONE = "m"
    API = "api"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place in a document that an answer quoted.

    ``claims`` are the sentences that rest on it, counted from 1. ``text`` is None where no text is
    kept; ``text_hash`` is its SHA-256.
    """

    number: int
    document: str
    section: tuple[str, ...]
    start: int
    end: int
    text_hash: str
    text: str | None
    claims: tuple[int, ...]
    access: Access = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of one answer; ``question`` and ``searched`` are None where no text is."""

    reference: str
    asked_at: datetime
    entrance: Entrance
    outcome: Outcome
    edition: str
    writer: str
    language: str
    milliseconds: Mapping[str, float]
    question: str | None
    searched: str | None
    quotes: tuple[Quoted, ...]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def new_reference() -> str:
    """Return a random word that can be read out; 49 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_reference(text: str) -> bool:
    """Whether a text has the form of :func:`new_reference`."""
    return _REFERENCE.fullmatch(text) is not None


def hash_of(text: str) -> str:
    """Return the SHA-256 of a quote."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_of(
    answer: Answer,
    entrance: Entrance,
    asked_at: datetime,
    *,
    with_text: bool,
    access: Callable[[str], Access | None],
) -> Entry:
    """Return what is kept of an answer.

    Args:
        answer: the one that stays, with its reference.
        entrance: where the question came in.
        asked_at: when, with a time zone.
        with_text: whether text may be kept; even then only of what the guard let through.
        access: tells which groups may see a document; one that it does not know is left out.
    """
    kept = with_text and answer.outcome in _LET_THROUGH
    return Entry(
        reference=answer.reference,
        asked_at=asked_at,
        entrance=entrance,
        outcome=answer.outcome,
        edition=answer.edition,
        writer=answer.writer,
        language=answer.language,
        milliseconds=dict(answer.milliseconds),
        question=answer.question if kept else None,
        searched=answer.search_question if kept else None,
        quotes=tuple(
            _quoted(source, answer, with_text=with_text, access=groups)
            for source in answer.sources
            if (groups := access(source.document)) is not None
        ),
    )


def _quoted(source: Source, answer: Answer, *, with_text: bool, access: Access) -> Quoted:
    claims = (n for n, claim in enumerate(answer.claims, start=1) if source.number in claim.sources)
    return Quoted(
        number=source.number,
        document=source.document,
        section=source.section,
        start=source.start,
        end=source.end,
        text_hash=hash_of(source.quote),
        text=source.quote if with_text else None,
        claims=tuple(claims),
        access=access,
    )
