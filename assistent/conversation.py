"""Follow-ups: a question that cannot be understood without the one before it.

«Og hva med ansatte?» names no topic of its own. Such a question is searched together with the
previous one; a question that stands on its own is left alone, so a change of topic is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistent.types import Turn
from assistent.words import content_stems

_CONTINUES = re.compile(
    r"^(?:og|men|eller|enn|hva med|ka med|kva med|hva om|kva om|gjelder (?:det|den|de|dette)"
    r"|gjeld (?:det|den|dei)|and|but|what about|how about|does (?:it|that|this))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:det|den|de|dem|dette|disse|denne|dei|it|that|this|they|them|those)\b", re.IGNORECASE
)
# A question with more weighty words than this names its own topic.
_MAX_WEIGHTY = 2


def resolve(question: str, history: Sequence[Turn]) -> str:
    """Return the question to search for.

    Args:
        question: a cleaned question.
        history: the turns before it, oldest first.
    """
    previous = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    if not previous or not _depends(question):
        return question
    return f"{' '.join(previous.split())} {question}"


def _depends(question: str) -> bool:
    if _CONTINUES.match(question):
        return True
    weighty = len(set(content_stems(question)))
    return weighty == 0 or (weighty <= _MAX_WEIGHTY and bool(_POINTS_BACK.search(question)))
