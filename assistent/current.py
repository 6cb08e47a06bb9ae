"""The edition in force, opened; a new one is picked up between questions."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from assistent import texts_index
from assistent.editions import current_edition
from assistent.errors import AssistantError, IndexDamagedError
from assistent.index import Index, open_index
from assistent.wordbook import WordBook

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """An opened edition with the words that questions to it may use."""

    index: Index
    words: WordBook


class CurrentEdition:
    """Keeps the edition in force open.

    Args:
        folder: where the editions are.
        fingerprint: of the model that embeds questions; an edition of another model is refused.

    Raises:
        IndexMissingError: nothing has been built.
        IndexDamagedError: the edition cannot be used.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._refused = ""
        self.opened = self._open(current_edition(folder))

    def refresh(self) -> OpenEdition:
        """Return the edition in force; the open one is kept if a new one cannot be opened."""
        kept = self.opened.index.edition
        try:
            name = current_edition(self._folder)
        except AssistantError as error:
            _log.warning("kept edition %s: %s", kept, error)
            return self.opened
        if name in {kept, self._refused}:
            return self.opened
        try:
            self.opened = self._open(name)
        except AssistantError as error:
            # Remembered, so that the files are not compared anew with every question.
            self._refused = name
            _log.warning("kept edition %s: %s", kept, error)
        return self.opened

    def _open(self, name: str) -> OpenEdition:
        index = open_index(self._folder / name)
        stored = index.fingerprint.model
        if stored != self._fingerprint:
            index.close()
            raise IndexDamagedError(
                texts_index.index_other_model(str(self._folder), stored, self._fingerprint)
            )
        return OpenEdition(index, WordBook(index.lexical.words, index.registers.channels))
