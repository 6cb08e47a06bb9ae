"""A statement and a question as the selector reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistent.model.unigram import UnigramTokenizer

# Tokens kept of each part; longer ones are cut, so that one pair costs at most so much.
MAX_QUESTION = 32
MAX_CONTEXT = 24
MAX_STATEMENT = 56

_LEANS = re.compile(
    r"(?:Det|Dette|Den|Denne|De|Disse|Slike?|Da|Her|Der|Derfor|Dermed|Han|Hun|Hans|Hennes|Deres|Dei"
    r"|Dette|Desse|Likevel|Samtidig|I tillegg|Også|Unntak\w*|Ellers|It|This|These|They)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as the selector reads it.

    ``heading`` is the heading it stands under, ``before`` what it leans on: the line that leads
    into a list, or the sentence before one that begins with «Dette».
    """

    heading: str
    before: str
    text: str


def leans_on_previous(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    return _LEANS.match(text) is not None


def encode_pair(tokenizer: UnigramTokenizer, question: str, statement: Statement) -> list[int]:
    """Return the token ids of a question and a statement, as the model was trained on them."""
    vocabulary = tokenizer.vocabulary
    context = " ".join(part for part in (statement.heading, statement.before) if part)
    asked = tokenizer.encode(question, limit=MAX_QUESTION)
    around = tokenizer.encode(context, limit=MAX_CONTEXT)
    own = tokenizer.encode(statement.text, limit=MAX_STATEMENT)
    end = vocabulary.end
    return [vocabulary.begin, *asked, end, end, *around, end, *own, end]
