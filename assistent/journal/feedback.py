"""What people say of an answer or of a sentence of it, and what editors make of that."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from assistent.database import Database
from assistent.database.cleaning import reclaim
from assistent.errors import DatabaseError
from assistent.journal.entries import Access, new_reference, utc_now
from assistent.journal.tables import LINE, feedback, quotes

_log = logging.getLogger(__name__)

MAX_TEXT = 1000
"""Characters of what is written with feedback, and of an editor's note."""

MAX_CONTACT = 254
"""Characters of an e-mail address."""


class Reason(StrEnum):
    """What is wrong with an answer, in words that people choose from."""

    WRONG = "feil"
    OUTDATED = "utdatert"
    NO_SOURCE = "mangler-kilde"
    QUOTE_NOT_FOUND = "finner-ikke-sitatet"
    TOO_LONG = "for-langt"
    UNCLEAR = "uklart"
    LANGUAGE = "feil-språk"
    OTHER = "annet"


class Triage(StrEnum):
    """How far the editors are."""

    NEW = "ny"
    ONGOING = "under arbeid"
    SOLVED = "løst"
    REJECTED = "avvist"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says; ``claim`` is a sentence counted from 1, None for the whole answer.

    ``text`` holds no personal data. ``contact`` is an e-mail address, empty if no reply is wanted.
    """

    reference: str
    useful: bool
    claim: int | None = None
    reasons: tuple[Reason, ...] = ()
    text: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document that an answer rested on."""

    document: str
    section: tuple[str, ...]
    access: Access = ()

    def open_to(self, groups: Collection[str]) -> bool:
        """Whether somebody in these groups may see the document."""
        return not self.access or any(group in groups for group in self.access)


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback as it is kept; ``handled_at`` is None as long as nobody has looked at it."""

    identity: str
    given_at: datetime
    given: Given
    places: tuple[Place, ...]
    triage: Triage
    note: str
    handled_by: str
    handled_at: datetime | None


class FeedbackBox:
    """Keeps feedback; may be used from several threads and processes.

    Every method raises DatabaseError where the database does not answer: whoever was thanked can
    rely on it that what they said is kept.

    Args:
        database: where it is kept.
        now: tells the time.
    """

    def __init__(self, database: Database, *, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def add(self, given: Given) -> str:
        """Keep feedback and return its id, by which it can be erased."""
        identity = new_reference()
        with self._database.writing() as connection:
            rows = connection.execute(
                select(quotes.c.document, quotes.c.section, quotes.c.access, quotes.c.claims)
                .where(quotes.c.reference == given.reference)
                .order_by(quotes.c.number)
            ).all()
            values = {
                "id": identity,
                "given_at": self._now(),
                "reference": given.reference,
                "claim": given.claim,
                "useful": given.useful,
                "reasons": [reason.value for reason in given.reasons],
                "text": given.text[:MAX_TEXT],
                "contact": given.contact[:MAX_CONTACT] or None,
                "places": _places(rows, given.claim),
                "triage": Triage.NEW.value,
                "note": "",
                "handled_by": "",
                "handled_at": None,
            }
            connection.execute(insert(feedback).values(values))
        return identity

    def erase(self, identity: str) -> bool:
        """Erase feedback with everything in it; return whether there was any."""
        with self._database.writing() as connection:
            erased = connection.execute(delete(feedback).where(feedback.c.id == identity)).rowcount
        if erased:
            self._reclaim()
        return bool(erased)

    def handle(
        self, identity: str, triage: Triage, *, note: str, by: str, forget_contact: bool = False
    ) -> bool:
        """Note how far the editors are; return whether there is such feedback.

        Args:
            identity: of the feedback.
            triage: how far they are.
            note: what they write to each other.
            by: the editor's name.
            forget_contact: whether the sender's address has served its purpose.
        """
        values: dict[str, Any] = {
            "triage": triage.value,
            "note": note[:MAX_TEXT],
            "handled_by": by[:255],
            "handled_at": self._now(),
        }
        if forget_contact:
            values["contact"] = None
        changed = update(feedback).where(feedback.c.id == identity).values(values)
        with self._database.writing() as connection:
            known = bool(connection.execute(changed).rowcount)
        if known and forget_contact:
            self._reclaim()
        return known

    def _reclaim(self) -> None:
        """Have the files forget, too; where others are at work just now, the next tidying does."""
        try:
            reclaim(self._database, [feedback.name])
        except DatabaseError as error:
            _log.warning("what was erased may stand in the files until tomorrow: %s", error)

    def find(self, identity: str) -> Feedback | None:
        """Return one piece of feedback."""
        with self._database.reading() as connection:
            query = select(feedback).where(feedback.c.id == identity)
            row = connection.execute(query).one_or_none()
        return _feedback(row) if row else None

    def newest(self, count: int) -> list[Feedback]:
        """Return the newest feedback, newest first."""
        query = select(feedback).order_by(feedback.c.given_at.desc(), feedback.c.id).limit(count)
        with self._database.reading() as connection:
            return [_feedback(row) for row in connection.execute(query)]


def _places(rows: Iterable[Any], claim: int | None) -> list[dict[str, str]]:
    """Return what the sentence rests on, each place once; for the whole answer, all of it."""
    found = [
        {"document": row.document, "section": row.section, "access": row.access}
        for row in rows
        if claim is None or claim in row.claims
    ]
    return [place for at, place in enumerate(found) if place not in found[:at]]


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        identity=row.id,
        given_at=row.given_at,
        given=Given(
            reference=row.reference,
            useful=row.useful,
            claim=row.claim,
            reasons=tuple(Reason(each) for each in row.reasons),
            text=row.text,
            contact=row.contact or "",
        ),
        places=tuple(
            Place(place["document"], _lines(place["section"]), _lines(place["access"]))
            for place in row.places
        ),
        triage=Triage(row.triage),
        note=row.note,
        handled_by=row.handled_by,
        handled_at=row.handled_at,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split(LINE)) if text else ()
