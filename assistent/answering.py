"""The read flow: from a question to an answer, one step after the other.

The page, the command line and the evaluation all call :meth:`Assistant.answer`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from assistent import guard, texts
from assistent.absence import other_municipality, unmentioned
from assistent.abstention import load_judge, read_signals
from assistent.channel_status import closed_channels, closed_notices, recommends_closed
from assistent.clock import Clock
from assistent.conversation import InContext, in_context, quoted_documents
from assistent.current import CurrentEdition, OpenEdition
from assistent.embedding import Embedder
from assistent.extract import Extract, write_extract
from assistent.guidance import Library
from assistent.index import Index, Vectors
from assistent.notices import conflict_notices, notices
from assistent.questions import Question, read_question
from assistent.retrieval import Query, search
from assistent.scope import Scope, read_scope
from assistent.types import (
    Answer,
    Document,
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
# How much a follow-up is drawn towards the question before it, and to the documents quoted there.
_DRAWN_SHARE = 0.5
_OWN_SHARE = 0.5
_QUOTED_BONUS = 0.04
# From this probability on, a refusal names the place that comes closest.
_ON_TOPIC = 0.6


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
        self._embedder = embedder
        self._home = home
        self._contact = contact
        self._today = today
        self._current = CurrentEdition(index_folder, embedder.fingerprint)
        self._library: Library | None = None

    @property
    def edition(self) -> str:
        """The name of the edition that answers now."""
        return self._current.opened.index.edition

    def documents(self) -> tuple[Document, ...]:
        """Return all documents of the edition."""
        return tuple(self._current.opened.index.documents.values())

    def document(self, path: str) -> Document | None:
        """Return one document by its path under the corpus folder."""
        return self._current.opened.index.documents.get(path)

    def library(self) -> Library:
        """Return the documents and rules of the edition in force, for the guided tools."""
        index = self._current.refresh().index
        if self._library is None or self._library.edition != index.edition:
            self._library = Library(
                index.documents,
                index.registers,
                edition=index.edition,
                home=self._home,
                contact=self._contact,
            )
        return self._library

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
        clock = Clock()
        asked = ""  # until the guard has seen that it holds no personal data
        try:
            with clock.step("guard"):
                cleaned, history = guard.clean(question), guard.safe_history(history)
                stopped = guard.check(cleaned) or guard.route(cleaned, history)
            if stopped is not None:
                return self._stopped(stopped, clock)
            asked = cleaned
            opened = self._current.refresh()
            index = opened.index
            day = today or self._today()
            draft = self._draft(opened, _to_search(asked, history, opened), day, clock)
            with clock.step("verify"):
                _require_exact(draft.extract, index)
                verdict = _judge(draft, index, self._home)
                outcome = load_judge().outcome(verdict.support)
            if draft.extract is None or outcome is Outcome.NOT_IN_SOURCES:
                return self._refuse(index, asked, draft, verdict, day, clock)
            return self._present(
                index, asked, draft, draft.extract, outcome, verdict.support, day, clock
            )
        except Exception:
            _log.exception("answering failed")
            return self._failed(asked, clock)

    def find(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        count: int = 10,
        today: date | None = None,
    ) -> Found:
        """Search without answering; follow-ups are understood as :meth:`answer` does it."""
        clock = Clock()
        asked = guard.clean(question)
        opened = self._current.refresh()
        hits: tuple[Hit, ...] = ()
        stopped = guard.check(asked)
        if stopped is not None:
            question = asked = stopped.question
        else:
            context = _to_search(asked, guard.safe_history(history), opened)
            asked = context.text
            _, _, hits = self._search(opened, context, today or self._today(), clock, count=count)
        return Found(question, asked, opened.index.edition, hits, clock.milliseconds())

    def draft(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Draft | None:
        """Return what an answer would be decided on; None if the guard stops the question."""
        asked, history = guard.clean(question), guard.safe_history(history)
        if guard.check(asked) or guard.route(asked, history):
            return None
        opened = self._current.refresh()
        day = today or self._today()
        return self._draft(opened, _to_search(asked, history, opened), day, Clock())

    # --- Steps -----------------------------------------------------------------------------------

    def _search(
        self,
        opened: OpenEdition,
        context: InContext,
        day: date,
        clock: Clock,
        *,
        count: int,
        whole: bool = False,
    ) -> tuple[Question, Scope, tuple[Hit, ...]]:
        index = opened.index
        with clock.step("guard"):
            infos = (document.info for document in index.documents.values())
            scope = read_scope(context.text, infos, home=self._home, before=context.drawn_to)
            question = read_question(
                context.text, topic=scope.weighty, words=opened.words, own=context.own
            )
        with clock.step("embed"):
            vector = self._embed(scope.topic, question)
            bonus = scope.bonus
            if context.drawn_to:
                vector, bonus = self._drawn(vector, bonus, context, index)
        with clock.step("search"):
            concepts = [concept.alternatives for concept in question.concepts]
            query = Query(concepts, vector, bonus)
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

    def _drawn(
        self, vector: Vectors, bonus: Mapping[str, float], context: InContext, index: Index
    ) -> tuple[Vectors, Mapping[str, float]]:
        """Draw a follow-up towards the earlier question and the documents that answered it."""
        whole = context.text != context.own
        other = context.own if whole else f"{context.drawn_to} {context.text}"
        further: Vectors = self._embedder.embed_questions([other])[0]
        mixed: Vectors = vector + np.float32(_OWN_SHARE if whole else _DRAWN_SHARE) * further
        quoted = quoted_documents(context.said, index.documents.values())
        raised = {path: bonus.get(path, 0.0) + _QUOTED_BONUS for path in quoted}
        return mixed / np.float32(np.linalg.norm(mixed)), {**bonus, **raised}

    def _draft(self, opened: OpenEdition, context: InContext, day: date, clock: Clock) -> Draft:
        index = opened.index
        question, scope, hits = self._search(opened, context, day, clock, count=_HITS, whole=True)
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
                said=context.said,
            )
        return Draft(question, scope, hits, extract)

    def _present(
        self,
        index: Index,
        asked: str,
        draft: Draft,
        extract: Extract,
        outcome: Outcome,
        support: float,
        day: date,
        clock: Clock,
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
                *guard.cautions(asked),
                *uncertain,
                *conflict_notices(extract, index),
                *closed_notices(index.registers.channels, (asked, extract.text), day),
                *notices(infos, day, home=self._home),
            ),
            edition=index.edition,
            milliseconds=clock.milliseconds(),
            support=support,
        )

    def _refuse(
        self, index: Index, asked: str, draft: Draft, verdict: _Verdict, day: date, clock: Clock
    ) -> Answer:
        """Say that the answer is not there, what was searched, and what comes closest."""
        closest = draft.hits[0].passage if verdict.on_topic else None
        title = index.documents[closest.document].info.title if closest else ""
        section = closest.section[-1] if closest and closest.section else ""
        return Answer(
            question=asked,
            search_question=draft.question.text,
            language=draft.question.language,
            outcome=Outcome.NOT_IN_SOURCES,
            text=texts.not_in_sources(
                len(index.documents),
                section=section,
                title=title,
                thing=_thing_asked(draft.question),
                unmentioned=unmentioned(draft.question, index.lexical.knows),
                other=verdict.other_municipality,
                home=self._home,
            ),
            writer="fixed",
            notices=(
                *guard.cautions(asked),
                *closed_notices(index.registers.channels, (asked,), day),
            ),
            contact=texts.CONTACT.format(contact=self._contact) if self._contact else "",
            edition=index.edition,
            milliseconds=clock.milliseconds(),
            support=verdict.support,
        )

    def _stopped(self, stopped: guard.Stop, clock: Clock) -> Answer:
        return Answer(
            question=stopped.question,
            search_question="",
            language=stopped.language,
            outcome=stopped.outcome,
            text=stopped.text,
            writer="fixed",
            contact=stopped.contact,
            edition=self.edition,
            milliseconds=clock.milliseconds(),
        )

    def _failed(self, asked: str, clock: Clock) -> Answer:
        return Answer(
            question=asked,
            search_question=asked,
            language="nb",
            outcome=Outcome.FAILED,
            text=texts.FAILED,
            writer="fixed",
            edition=self.edition,
            milliseconds=clock.milliseconds(),
        )


def _to_search(asked: str, history: Sequence[Turn], opened: OpenEdition) -> InContext:
    """Return the question as it is searched: in context, with typing errors mended."""
    context = in_context(asked, history)
    respell = opened.words.respell
    return replace(context, text=respell(context.text), own=respell(context.own))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How likely what was found answers, and whether it is at least about what is asked."""

    support: float
    on_topic: bool
    other_municipality: str = ""


def _judge(draft: Draft, index: Index, home: str) -> _Verdict:
    other = other_municipality(draft.question.text, home, index.lexical.knows)
    if draft.extract is None or other:
        return _Verdict(0.0, on_topic=False, other_municipality=other)
    signals = read_signals(draft.question, draft.hits, draft.extract)
    judge = load_judge()
    return _Verdict(judge.support(signals), on_topic=judge.topic.probability(signals) >= _ON_TOPIC)


def _thing_asked(question: Question) -> str:
    """Return what a question with one demand asks for, in words."""
    demands = [demand.value for demand in question.demands]
    return texts.THING_ASKED[demands[0]] if len(demands) == 1 else ""


def _standings(index: Index, day: date) -> dict[str, Standing]:
    return {path: d.info.standing_on(day) for path, d in index.documents.items()}


def _require_exact(extract: Extract | None, index: Index) -> None:
    """Prove every quote once more against the stored text before anything is shown."""
    for source in extract.sources if extract else ():
        text = index.documents[source.document].text
        if text[source.start : source.end] != source.quote:
            raise AssertionError(f"quote {source.number} does not stand in {source.document}")
