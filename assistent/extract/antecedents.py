"""Which sentence a sentence points back to («Dette …», «Derfor …»)."""

from __future__ import annotations

import re

from assistent.evidence import Candidate
from assistent.types import Passage, Statement

# A sentence that points back to the one before it, by its first word or by a bare pronoun.
_POINTS_BACK = re.compile(
    r"^(?:Dette|Disse|Den|De|Det gir|Det betyr|Derfor|Dermed|Slike?|Samtidig|Videre|I tillegg|Denne"
    r"|Her|Også|Likevel|Men)\b"
    r"|^(?:\S+ ){1,3}(?:disse|dette|denne|dem) (?:bør|skal|må|kan|er|har|vil|blir|gir|gjør|kan)\b"
)


def antecedent(candidate: Candidate) -> Statement | None:
    """Return the sentence that a statement points back to; None if it stands alone."""
    if not candidate.statement.follows or not _POINTS_BACK.match(candidate.text):
        return None
    return _previous(candidate.passage, candidate.statement)


def _previous(passage: Passage, statement: Statement) -> Statement | None:
    position = passage.statements.index(statement)
    return passage.statements[position - 1] if position else None
