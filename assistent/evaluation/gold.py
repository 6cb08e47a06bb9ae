"""Where gold quotes stand in the indexed documents, and whether they were shown.

Quotes are compared in one form: one line, one case, without the marks of lists, headings and
tables, and with words joined that are hyphenated over a line end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistent import texts_evaluation
from assistent.evaluation.question_sets import (
    EvalQuestion,
    Gold,
    QuestionSet,
    raise_faults,
)
from assistent.sections import split_into_sections
from assistent.types import Document, Passage

# A part of a gold quote counts when it is long enough to say something.
MIN_PART_WORDS = 6
# «barn og unge» may stand anywhere: so short an item has to be shown as an item of its own.
MAX_SHORT_ITEM_WORDS = 3

_TABLE_RULE = re.compile(r"(?m)^\|(?:\s*:?-+:?\s*\|)+\s*$")
_LINE_MARK = re.compile(r"(?m)^\s*(?:#+|-)\s+")
_MARKS = re.compile("[•●\uf0b7|]|\\*\\*")
_HYPHENATED = re.compile(r"(\w)-[ \t]*\n\s*(\w)")
# Between two cells the readers put the head of the next column.
_HEAD = r"\.? (?:[^.:]{1,80}: )?"
_CELL = re.compile(r"[|\t\n]")
_ITEM = re.compile("\n(?=\\s*[•●\uf0b7-])")
_EDGES = " .,;:–-"

SectionKey = tuple[str, tuple[str, ...]]
"""A document's path and the headings down to one of its sections."""


def comparable(text: str) -> str:
    """Return a text in the form in which quotes are compared."""
    text = _LINE_MARK.sub(" ", _TABLE_RULE.sub(" ", text))
    text = _HYPHENATED.sub(r"\1\2", _MARKS.sub(" ", text))
    return " ".join(text.split()).casefold()


def stands_in(gold: Gold, text: str) -> bool:
    """Whether a gold quote stands in a comparable text."""
    wanted = comparable(gold.quote)
    if not gold.table:
        return bool(wanted) and wanted in text
    return _cells(wanted).search(text) is not None


def shows(shown: str, gold: Gold) -> bool:
    """Whether a quote as it was shown has a gold quote, or enough of it."""
    text = comparable(shown)
    long_enough = len(text.split()) >= MIN_PART_WORDS
    return stands_in(gold, text) or (long_enough and text in comparable(gold.quote))


def shows_item(shown: str, item: Gold) -> bool:
    """Whether a quote as it was shown has an item of a list.

    A short item has to be the whole quote, or a whole item, line or cell of it.
    """
    wanted = comparable(item.quote)
    if item.table or len(wanted.split()) > MAX_SHORT_ITEM_WORDS:
        return shows(shown, item)
    parts = (shown, *_CELL.split(shown), *_ITEM.split(shown))
    return any(comparable(part).strip(_EDGES) == wanted.strip(_EDGES) for part in parts)


@cache
def _cells(quote: str) -> re.Pattern[str]:
    """Return a pattern for the cells of a row that is read as «Kontrast: 2,4. Vurdering: svak.»."""
    words = (re.escape(word) for word in quote.split())
    return re.compile(rf"(?<!\w){_HEAD.join(words)}(?!\w)")


@dataclass(frozen=True, slots=True)
class _Part:
    text: str  # comparable
    key: str | tuple[str, ...]  # a passage's id or a section's path


class IndexedTexts:
    """The documents of an edition in comparable form: whole, by section and by passage."""

    def __init__(self, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
        self._documents = {document.info.path: document for document in documents}
        self._whole = {path: comparable(d.text) for path, d in self._documents.items()}
        self._sections: dict[str, list[_Part]] = {}
        self._passages: dict[str, list[_Part]] = defaultdict(list)
        for passage in passages:
            text = self._documents[passage.document].text[passage.start : passage.end]
            self._passages[passage.document].append(_Part(comparable(text), passage.id))

    def has(self, document: str) -> bool:
        """Whether a document is in the index."""
        return document in self._documents

    def holds(self, gold: Gold) -> bool:
        """Whether a gold quote stands in its document."""
        return stands_in(gold, self._whole.get(gold.document, ""))

    def sections_with(self, golds: Sequence[Gold]) -> frozenset[SectionKey]:
        """Return the sections in which any of the quotes stands."""
        return frozenset(
            (gold.document, part.key)
            for gold in golds
            for part in self._sections_of(gold.document)
            if isinstance(part.key, tuple) and stands_in(gold, part.text)
        )

    def passages_with(self, golds: Sequence[Gold]) -> frozenset[str]:
        """Return the ids of the passages in which any of the quotes stands."""
        return frozenset(
            part.key
            for gold in golds
            for part in self._passages.get(gold.document, ())
            if isinstance(part.key, str) and stands_in(gold, part.text)
        )

    def _sections_of(self, path: str) -> list[_Part]:
        if path not in self._sections:
            document = self._documents.get(path)
            sections = split_into_sections(document.text, document.blocks) if document else ()
            text = document.text if document else ""
            self._sections[path] = [
                _Part(comparable(text[each.start : each.end]), each.path) for each in sections
            ]
        return self._sections[path]


def fit_to_corpus(questions: QuestionSet, indexed: IndexedTexts) -> tuple[QuestionSet, int]:
    """Leave out what the corpus cannot answer, and prove every quote that is left.

    A question stays as long as one of its gold quotes is of a document in the corpus; questions
    without an answer always stay.

    Returns:
        The set with the questions to ask, and how many were left out.

    Raises:
        AssistantError: a gold quote does not stand in its document.
    """
    faults = [
        (question.line, texts_evaluation.quote_not_in_document(gold.quote, gold.document))
        for question in questions.questions
        for gold in (*question.gold, *question.items)
        if indexed.has(gold.document) and not indexed.holds(gold)
    ]
    raise_faults(questions.file, faults)
    fitted = (_fitted(question, indexed) for question in questions.questions)
    kept = tuple(question for question in fitted if question.gold or not question.answerable)
    return replace(questions, questions=kept), len(questions.questions) - len(kept)


def _fitted(question: EvalQuestion, indexed: IndexedTexts) -> EvalQuestion:
    return replace(
        question,
        gold=tuple(gold for gold in question.gold if indexed.has(gold.document)),
        items=tuple(item for item in question.items if indexed.has(item.document)),
    )
