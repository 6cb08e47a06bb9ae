"""What the editors' pages show, gathered for one editor: only what this person may see."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from assistent import editorial
from assistent.answering import Assistant
from assistent.editorial import Ending, Fallen, Group, Leaving
from assistent.embedding import Vectors
from assistent.journal import Feedback, FeedbackBox, Journal, Keeping
from assistent.journal.reading import Asked, JournalReader, Used
from assistent.types import Document
from assistent.web.editors.chart import Day, day_of

HERE = ZoneInfo("Europe/Oslo")
DAYS_SHOWN = 30
_QUESTIONS = 400
_QUOTES = 5000
_FEEDBACK = 500
_VECTORS = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """What feedback is about; empty where no text is kept or the answer is gone.

    ``quotes`` are what the sentence rests on; none where the feedback is about the whole answer.
    """

    question: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """The journal from the editors' side."""

    journal: Journal
    reader: JournalReader
    box: FeedbackBox

    @property
    def has_text(self) -> bool:
        """Whether the text of questions is kept."""
        return self.journal.keeping is Keeping.FULL


def store_of(journal: Journal) -> Store:
    """Return what reads and changes a journal."""
    box = FeedbackBox(journal.database, now=journal.now)
    return Store(journal, JournalReader(journal.database), box)


class EditorsDesk:
    """Gathers what is shown; every method raises DatabaseError where the database does not answer.

    Args:
        assistant: whose documents and channels are looked after.
        store: the journal; None where none is kept.
        now: tells the time in Oslo.
    """

    def __init__(
        self, assistant: Assistant, store: Store | None, *, now: Callable[[], datetime]
    ) -> None:
        self._assistant = assistant
        self.store = store
        self._now = now
        self._vectors = _Remembered(lambda texts: assistant.vectors(texts))

    def documents(self) -> dict[str, Document]:
        """Return the documents that whoever asks may see, by path."""
        return {document.info.path: document for document in self._assistant.documents()}

    def outcomes(self) -> list[Day]:
        """Return the outcomes of the last days."""
        if self.store is None:
            return []
        spans = editorial.days_until(self._now().date(), DAYS_SHOWN, HERE)
        counted = self.store.reader.outcomes(spans)
        return [day_of(begin.date(), each) for (begin, _), each in zip(spans, counted, strict=True)]

    def used(self, groups: Collection[str]) -> list[Used]:
        """Return the parts of documents that were quoted, the most used first."""
        if self.store is None:
            return []
        return editorial.used_parts(self.store.reader.used(self._since()), groups)

    def unmet(self, groups: Collection[str]) -> list[Group]:
        """Return what people asked and did not get, grouped by meaning."""
        if self.store is None:
            return []
        found = self.store.reader.unmet(self._since(), _QUESTIONS)
        return editorial.unmet_groups(editorial.readable_unmet(found, groups), self._vectors)

    def ending(self, within: int) -> list[Ending]:
        """Return the documents that have ended or will within some days."""
        documents = self.documents().values()
        return editorial.ending_documents(documents, self._now().date(), within)

    def leaving(self, within: int) -> list[Leaving]:
        """Return the channels that have closed or will within some days."""
        channels = self._assistant.library().registers.channels
        return editorial.leaving_channels(channels, self._now().date(), within)

    def fallen(self, groups: Collection[str]) -> list[Fallen]:
        """Return the quotes that were shown and stand no more."""
        if self.store is None:
            return []
        quotes = self.store.reader.quotes_before(self._assistant.edition, _QUOTES)
        return editorial.fallen_quotes(quotes, self.documents(), groups)

    def feedback(self, groups: Collection[str]) -> list[Feedback]:
        """Return the newest feedback."""
        if self.store is None:
            return []
        return editorial.readable_feedback(self.store.box.newest(_FEEDBACK), groups)

    def question(self, reference: str, groups: Collection[str]) -> str:
        """Return the text of one question; "" where there is none to be seen."""
        if self.store is None:
            return ""
        found = self.store.reader.asked([reference])
        return _subject(found.get(reference), None, groups).question

    def subjects(self, feedback: Sequence[Feedback], groups: Collection[str]) -> dict[str, Subject]:
        """Return what each piece of feedback is about, by its id."""
        if self.store is None:
            return {}
        asked = self.store.reader.asked([each.given.reference for each in feedback])
        return {
            each.identity: _subject(asked.get(each.given.reference), each.given.claim, groups)
            for each in feedback
        }

    def _since(self) -> datetime:
        assert self.store is not None
        return self._now() - timedelta(days=self.store.journal.days)


def _subject(asked: Asked | None, claim: int | None, groups: Collection[str]) -> Subject:
    """Return what somebody in these groups may see of an answer."""
    if asked is None:
        return Subject()
    question = ""
    if asked.question and all(quote.place.open_to(groups) for quote in asked.quotes):
        question = editorial.in_full(asked.question, asked.searched or asked.question)
    return Subject(
        question=question,
        quotes=tuple(
            quote.text
            for quote in asked.quotes
            if quote.text and claim in quote.claims and quote.place.open_to(groups)
        ),
    )


class _Remembered:
    """Embeds texts, and remembers the vectors of the latest: a page is looked at more than once."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
            if fresh:
                self._known.update(zip(fresh, self._embed(fresh), strict=True))
            vectors: Vectors = np.stack([self._known[text] for text in texts])
            for text in texts:
                self._known.move_to_end(text)
            while len(self._known) > _VECTORS:
                self._known.popitem(last=False)
        return vectors
