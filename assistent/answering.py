"""The read flow: from a question to an answer, one step after the other.

The page, the command line and the evaluation all call :meth:`Assistant.answer`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assistent import guard, texts
from assistent.abstention import judge
from assistent.channel_status import closed_channels, closed_notices, recommends_closed
from assistent.conflicts import prevailing
from assistent.conversation import resolve
from assistent.editions import current_edition
from assistent.embedding import Embedder
from assistent.errors import AssistantError, IndexDamagedError
from assistent.extract import Extract, write_extract
from assistent.index import Index, Vectors, open_index
from assistent.questions import Question, read_question
from assistent.retrieval import Query, search
from assistent.scope import Scope, is_foreign, read_scope
from assistent.types import (
    Answer,
    Document,
    DocumentInfo,
    Hit,
    Outcome,
    Standing,
    Turn,
)

_log = logging.getLogger(__name__)
_HITS = 30
# A question that names one document is answered with all of it in view.
_MAX_NAMED = 2
# How much the question in the documents' words counts beside the question itself.
_WIDENED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What a search alone returns: ``finn`` prints it."""

    question: str
    search_question: str
    edition: str
    hits: tuple[Hit, ...]
    milliseconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that decides what is shown for a question."""

    question: Question
    scope: Scope
    hits: tuple[Hit, ...]
    extract: Extract | None


class Assistant:
    """Answers questions from the edition in force; picks up a new one between questions."""

    def __init__(
        self,
        index_folder: Path,
        embedder: Embedder,
        *,
        home: str = "Oslo kommune",
        contact: str = "",
        today: Callable[[], date] = date.today,
    ) -> None:
        self._folder = index_folder
        self._embedder = embedder
        self._home = home
        self._contact = contact
        self._today = today
        self._refused = ""
        self._index = self._open(current_edition(index_folder))

    @property
    def edition(self) -> str:
        """The name of the edition that answers now."""
        return self._index.edition

    def documents(self) -> tuple[Document, ...]:
        """Return all documents of the edition."""
        return tuple(self._index.documents.values())

    def document(self, path: str) -> Document | None:
        """Return one document by its path under the corpus folder."""
        return self._index.documents.get(path)

    def standing(self, document: Document) -> Standing:
        """Return a document's standing today."""
        return document.info.standing_on(self._today())

    def answer(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Answer:
        """Answer a question; never raises, whatever is asked.

        Args:
            question: as the user wrote it.
            history: the turns before it, oldest first.
            today: the day for which standings are judged.
        """
        clock = _Clock()
        asked = guard.clean(question)
        try:
            with clock.step("guard"):
                stopped = guard.check(asked)
            if stopped is not None:
                return self._fixed(asked, stopped, clock)
            index = self._current()
            day = today or self._today()
            search_question = resolve(asked, history)
            draft = self._draft(index, search_question, day, clock)
            with clock.step("verify"):
                _require_exact(draft.extract, index)
                outcome = _judge(draft)
            if draft.extract is None or outcome is Outcome.NOT_IN_SOURCES:
                return self._refuse(index, asked, draft, day, clock)
            return self._present(index, asked, draft, draft.extract, outcome, day, clock)
        except Exception:
            _log.exception("answering failed")
            return self._fixed(asked, Outcome.FAILED, clock)

    def find(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        count: int = 10,
        today: date | None = None,
    ) -> Found:
        """Search without answering; follow-ups are understood as :meth:`answer` does it."""
        clock = _Clock()
        asked = guard.clean(question)
        index = self._current()
        hits: tuple[Hit, ...] = ()
        if guard.check(asked) is None:
            asked = resolve(asked, history)
            _, _, hits = self._search(index, asked, today or self._today(), clock, count=count)
        return Found(question, asked, index.edition, hits, clock.milliseconds())

    def draft(self, question: str, *, today: date | None = None) -> Draft | None:
        """Return what an answer would be decided on; None if the guard stops the question."""
        asked = guard.clean(question)
        if guard.check(asked) is not None:
            return None
        return self._draft(self._current(), asked, today or self._today(), _Clock())

    # --- Steps -----------------------------------------------------------------------------------

    def _search(
        self,
        index: Index,
        asked: str,
        day: date,
        clock: _Clock,
        *,
        count: int,
        whole: bool = False,
    ) -> tuple[Question, Scope, tuple[Hit, ...]]:
        with clock.step("guard"):
            infos = (document.info for document in index.documents.values())
            scope = read_scope(asked, infos, home=self._home)
            question = read_question(asked, topic=scope.weighty)
        with clock.step("embed"):
            vector = self._embed(scope.topic, question)
        with clock.step("search"):
            concepts = [concept.alternatives for concept in question.concepts]
            query = Query(concepts, vector, scope.bonus)
            named = scope.named if whole and len(scope.named) <= _MAX_NAMED else frozenset()
            standings = _standings(index, day)
            hits = search(
                index,
                query,
                count=count,
                in_force_count=_HITS if whole else 0,
                named=named,
                standings=standings,
            )
        return question, scope, tuple(hits)

    def _embed(self, topic: str, question: Question) -> Vectors:
        """Return the question's vector mixed with that of the question in the documents' words.

        Everyday words alone miss («sjefen», «nettsida»), the documents' words alone mislead.
        Mixed in equal parts, recall@10 rose on the development questions from .84 to .90
        (strategies) and from .89 to .93; half a part keeps most of it and shows better sentences.
        """
        terms = dict.fromkeys(concept.term for concept in question.concepts if concept.term)
        own: Vectors = self._embedder.embed_questions([topic])[0]
        if not terms:
            return own
        widened = f"{topic.rstrip(' ?')} ({', '.join(terms)})"
        wider: Vectors = self._embedder.embed_questions([widened])[0]
        mixed: Vectors = own + np.float32(_WIDENED_SHARE) * wider
        return mixed / np.float32(np.linalg.norm(mixed))

    def _draft(self, index: Index, asked: str, day: date, clock: _Clock) -> Draft:
        question, scope, hits = self._search(index, asked, day, clock, count=_HITS, whole=True)
        with clock.step("write"):
            standings = _standings(index, day)
            closed = closed_channels(index.registers.channels, day)
            extract = write_extract(
                question,
                hits,
                index,
                standings,
                foreign=scope.foreign,
                named=scope.named,
                unusable=lambda text: recommends_closed(closed, text),
            )
        return Draft(question, scope, hits, extract)

    def _present(
        self,
        index: Index,
        asked: str,
        draft: Draft,
        extract: Extract,
        outcome: Outcome,
        day: date,
        clock: _Clock,
    ) -> Answer:
        shown = dict.fromkeys(source.document for source in extract.sources)
        infos = [index.documents[path].info for path in shown]
        uncertain = (texts.NOTICE_UNCERTAIN,) if outcome is Outcome.PARTIAL else ()
        return Answer(
            question=asked,
            search_question=draft.question.text,
            language=draft.question.language,
            outcome=outcome,
            text=extract.text,
            writer="extract",
            claims=extract.claims,
            sources=extract.sources,
            notices=(
                *uncertain,
                *_conflict_notices(extract, index),
                *closed_notices(index.registers.channels, (asked, extract.text), day),
                *notices(infos, day, home=self._home),
            ),
            edition=index.edition,
            milliseconds=clock.milliseconds(),
        )

    def _refuse(self, index: Index, asked: str, draft: Draft, day: date, clock: _Clock) -> Answer:
        """Say that the answer is not there, what was searched, and what comes closest."""
        closest = draft.hits[0].passage if draft.hits else None
        title = index.documents[closest.document].info.title if closest else ""
        section = closest.section[-1] if closest and closest.section else ""
        return Answer(
            question=asked,
            search_question=draft.question.text,
            language=draft.question.language,
            outcome=Outcome.NOT_IN_SOURCES,
            text=texts.not_in_sources(len(index.documents), section=section, title=title),
            writer="fixed",
            notices=closed_notices(index.registers.channels, (asked,), day),
            contact=texts.CONTACT.format(contact=self._contact) if self._contact else "",
            edition=index.edition,
            milliseconds=clock.milliseconds(),
        )

    def _fixed(self, asked: str, outcome: Outcome, clock: _Clock) -> Answer:
        fixed = {
            Outcome.UNCLEAR: texts.UNCLEAR if asked else texts.EMPTY_QUESTION,
            Outcome.TOO_LONG: texts.too_long(len(asked), guard.MAX_CHARACTERS),
            Outcome.FAILED: texts.FAILED,
        }
        return Answer(
            question=asked,
            search_question=asked,
            language="nb",
            outcome=outcome,
            text=fixed[outcome],
            writer="fixed",
            edition=self.edition,
            milliseconds=clock.milliseconds(),
        )

    # --- Editions --------------------------------------------------------------------------------

    def _current(self) -> Index:
        """Return the edition in force; keep the open one if a new one cannot be opened."""
        try:
            name = current_edition(self._folder)
        except AssistantError as error:
            _log.warning("kept edition %s: %s", self._index.edition, error)
            return self._index
        if name in {self._index.edition, self._refused}:
            return self._index
        try:
            self._index = self._open(name)
        except AssistantError as error:
            # Remembered, so that the files are not compared anew with every question.
            self._refused = name
            _log.warning("kept edition %s: %s", self._index.edition, error)
        return self._index

    def _open(self, name: str) -> Index:
        index = open_index(self._folder / name)
        stored = index.fingerprint.model
        if stored != self._embedder.fingerprint:
            index.close()
            raise IndexDamagedError(
                texts.index_other_model(str(self._folder), stored, self._embedder.fingerprint)
            )
        return index


def _judge(draft: Draft) -> Outcome:
    if draft.extract is None:
        return Outcome.NOT_IN_SOURCES
    return judge(draft.question, draft.hits, draft.extract)


def _standings(index: Index, day: date) -> dict[str, Standing]:
    return {path: d.info.standing_on(day) for path, d in index.documents.items()}


def notices(infos: Iterable[DocumentInfo], day: date, *, home: str) -> tuple[str, ...]:
    """Return what must be said about the documents that an answer rests on."""
    shown = list(infos)
    said = [notice for info in shown for notice in _notices_of(info, day, home)]
    summaries = [i.title for i in shown if i.standing_on(day) is Standing.SUMMARY]
    if summaries:
        said.append(texts.summary_notice(summaries))
    return tuple(said)


def _notices_of(info: DocumentInfo, day: date, home: str) -> tuple[str, ...]:
    said = []
    standing = info.standing_on(day)
    if is_foreign(info, home):
        said.append(texts.NOTICE_OTHER_OWNER.format(title=info.title, owner=info.owner, home=home))
    if standing is Standing.EXPIRED and info.valid_to is not None:
        until = texts.long_date(info.valid_to)
        said.append(texts.NOTICE_EXPIRED.format(title=info.title, day=until))
    elif standing is Standing.EXPIRED:
        said.append(texts.NOTICE_EXPIRED_UNDATED.format(title=info.title))
    elif standing is Standing.REPEALED and info.repealed_by:
        said.append(texts.NOTICE_REPEALED_BY.format(title=info.title, by=info.repealed_by))
    elif standing is Standing.REPEALED:
        said.append(texts.NOTICE_REPEALED.format(title=info.title))
    elif standing is Standing.DRAFT:
        said.append(texts.NOTICE_DRAFT.format(title=info.title))
    return tuple(said)


def _conflict_notices(extract: Extract, index: Index) -> tuple[str, ...]:
    """Say of each pair of documents that disagree which one prevails, and why."""
    said = {}
    for first, second in extract.conflicts:
        order = prevailing(index.documents[first].info, index.documents[second].info)
        key = frozenset((first, second))
        said[key] = texts.conflict(order.first.title, order.second.title, by=order.by)
    return tuple(said.values())


def _require_exact(extract: Extract | None, index: Index) -> None:
    """Prove every quote once more against the stored text before anything is shown."""
    for source in extract.sources if extract else ():
        text = index.documents[source.document].text
        if text[source.start : source.end] != source.quote:
            raise AssertionError(f"quote {source.number} does not stand in {source.document}")


class _Clock:
    """Times the steps of one question."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a step."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._steps[name] = self._steps.get(name, 0.0) + time.perf_counter() - started

    def milliseconds(self) -> dict[str, float]:
        """Return the time per step and in total, in milliseconds."""
        total = time.perf_counter() - self._started
        return {name: round(1000 * s, 2) for name, s in {**self._steps, "total": total}.items()}
