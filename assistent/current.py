"""The edition in force, opened, as each sees it; a new one is picked up between questions."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistent import texts_index
from assistent.editions import current_edition
from assistent.errors import AssistantError, IndexDamagedError
from assistent.index import Index, open_index
from assistent.restricted import RestrictedIndex
from assistent.types import Document
from assistent.wordbook import WordBook

_log = logging.getLogger(__name__)


_VIEWS = 16


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """An opened edition, or a part of it, with the words that questions to it may use."""

    index: Index
    words: WordBook


class CurrentEdition:
    """Keeps the edition in force open.

    Args:
        folder: where the editions are.
        fingerprint: of the model that embeds questions; an edition of another model is refused.
        chroma: address of the Chroma server that searches the passages; embedded if empty.

    Raises:
        IndexMissingError: nothing has been built.
        IndexDamagedError: the edition cannot be used.
    """

    def __init__(self, folder: Path, fingerprint: str, chroma: str = "") -> None:
        self._folder = folder
        self._chroma = chroma
        self._fingerprint = fingerprint
        self._refused = ""
        self._views: OrderedDict[tuple[str, frozenset[str]], OpenEdition] = OrderedDict()
        self._making = threading.Lock()
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

    def seen_by(self, groups: frozenset[str]) -> OpenEdition:
        """Return the edition in force as somebody in these groups sees it.

        The parts that are seen by different people are kept, the least recently used giving way.
        """
        opened = self.refresh()
        visible = visible_paths(opened.index.documents, groups)
        if len(visible) == len(opened.index.documents):
            return opened
        key = opened.index.edition, visible
        with self._making:
            view = self._views.get(key)
            if view is None:
                # A part keeps its edition open, so that those of former editions go first.
                for other in [each for each in self._views if each[0] != key[0]]:
                    del self._views[other]
                view = _with_words(RestrictedIndex(opened.index, visible))
                self._views[key] = view
            self._views.move_to_end(key)
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return view

    def _open(self, name: str) -> OpenEdition:
        index = open_index(self._folder / name, self._chroma)
        stored = index.fingerprint.model
        if stored != self._fingerprint:
            index.close()
            raise IndexDamagedError(
                texts_index.index_other_model(str(self._folder), stored, self._fingerprint)
            )
        return _with_words(index)


def visible_paths(documents: Mapping[str, Document], groups: frozenset[str]) -> frozenset[str]:
    """Return the paths of the documents that somebody in these groups may see."""
    return frozenset(path for path, each in documents.items() if each.info.open_to(groups))


def _with_words(index: Index) -> OpenEdition:
    return OpenEdition(index, WordBook(index.lexical.words, index.registers.channels))
