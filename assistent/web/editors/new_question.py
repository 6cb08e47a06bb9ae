"""The form by which an editor turns what somebody asked into a question for the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistent import guard
from assistent import texts_editors as texts
from assistent.evaluation.appending import append_question
from assistent.languages import reply_language
from assistent.personal_data import find_personal_data, without_personal_data
from assistent.types import Document

_WHY = "Fra redaksjonen"


class FaultyError(Exception):
    """The form cannot be used as it is filled in; ``fault`` says what to mend."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it is filled in; ``document`` and ``quote`` are empty if nothing answers it."""

    question: str = ""
    user: str = "ansatt"
    document: str = ""
    quote: str = ""

    def to_mend(self, documents: Mapping[str, Document]) -> Filled:
        """Return the form as it is shown again: with no personal data but a document's own."""
        document = documents.get(self.document)
        stands = document is not None and _as_it_stands(self.quote.strip(), document.text)
        return replace(
            self,
            question=without_personal_data(self.question),
            quote=self.quote if stands else without_personal_data(self.quote),
        )


def add(filled: Filled, documents: Mapping[str, Document], folder: Path) -> str:
    """Add the question to the editors' set and return its id.

    Raises:
        FaultyError: the form cannot be used.
        AssistantError: the set cannot be read or written.
    """
    question, quote = guard.clean(filled.question), filled.quote.strip()
    fault = _fault(filled, question, quote, documents)
    if fault:
        raise FaultyError(fault)
    if quote:
        quote = _as_it_stands(quote, documents[filled.document].text)
    return append_question(
        folder,
        question,
        language=reply_language(question),
        user=filled.user,
        document=filled.document,
        quote=quote,
        why=_WHY,
    )


def _fault(filled: Filled, question: str, quote: str, documents: Mapping[str, Document]) -> str:
    if not question or filled.user not in texts.TEST_USERS:
        return texts.TEST_NO_QUESTION
    if len(question) > guard.MAX_CHARACTERS:
        return texts.TEST_LONG.format(limit=guard.MAX_CHARACTERS)
    if find_personal_data(question):
        return texts.TEST_PERSONAL
    if not filled.document:
        return texts.TEST_QUOTE_UNUSED if quote else ""
    if filled.document not in documents:
        return texts.TEST_NO_DOCUMENT
    if not quote:
        return texts.TEST_NO_QUOTE
    if not _as_it_stands(quote, documents[filled.document].text):
        return texts.TEST_BAD_QUOTE
    return ""


def _as_it_stands(quote: str, text: str) -> str:
    """Return the quote as the document has it: forms change line breaks; "" if not there."""
    return next((each for each in (quote, quote.replace("\r\n", "\n")) if each in text), "")
