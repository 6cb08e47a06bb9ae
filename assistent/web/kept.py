"""What the pages say is kept of what people ask."""

from __future__ import annotations

from dataclasses import dataclass

from assistent import texts_journal
from assistent.journal import Journal, Keeping


@dataclass(frozen=True, slots=True)
class Kept:
    """One line for beside the question field, and the whole of it for «Slik virker den»."""

    line: str
    about: tuple[str, ...]
    more: str = texts_journal.MORE
    title: str = texts_journal.ABOUT_TITLE


def kept_by(journal: Journal | None) -> Kept:
    """Return what is to be said; None where nothing is kept."""
    keeping, days = (journal.keeping, journal.days) if journal else (Keeping.OFF, 0)
    return Kept(texts_journal.kept(keeping, days), texts_journal.about(keeping, days))


NOTHING = kept_by(None)
