"""Answers find their way into the journal."""

from __future__ import annotations

from assistent.answering import Assistant
from assistent.journal import Entrance, Journal, Keeping, entry_of, new_reference
from assistent.personal_data import find_personal_data
from assistent.types import Answer


class Recorder:
    """Gives answers their references and has them written.

    Args:
        assistant: knows who may see what an answer quotes.
        journal: writes.
    """

    def __init__(self, assistant: Assistant, journal: Journal) -> None:
        self._assistant = assistant
        self._journal = journal

    def reference(self) -> str:
        """Return a reference for an answer that is about to be given."""
        return new_reference()

    def record(self, answer: Answer, entrance: Entrance) -> None:
        """Have an answer written; to be called in the name of whoever asked."""
        keep = self._journal.keeping is Keeping.FULL
        # What was searched joins pieces of a conversation, each of which the guard saw alone.
        joined = f"{answer.question} {answer.search_question}"
        groups = {each.info.path: each.info.access for each in self._assistant.documents()}
        entry = entry_of(
            answer,
            entrance,
            self._journal.now(),
            with_text=keep and not find_personal_data(joined),
            access=groups.get,
        )
        self._journal.record(entry)
