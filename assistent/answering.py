"""The read flow: from a question to an answer, one step after the other.

The page, the command line and the evaluation all call :meth:`Assistant.answer`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np

from assistent import guard, texts_conversation
from assistent.absence import other_municipality, unmentioned
from assistent.abstention import load_judge, read_signals
from assistent.channel_status import closed_channels, closed_notices, recommends_closed
from assistent.clock import Clock
from assistent.conversation import (
    MOST_LINES,
    InContext,
    Leaning,
    Pull,
    focused,
    in_context,
    mixed_vector,
    plainest,
    pull_of,
    pull_of_hits,
    topical,
    without_lead,
)
from assistent.current import CurrentEdition, OpenEdition, visible_paths
from assistent.embedding import Embedder
from assistent.extract import Extract, write_extract
from assistent.guidance import Library
from assistent.index import Index, Vectors
from assistent.languages import asked_language, reply_language
from assistent.notices import conflict_notices, notices
from assistent.questions import Question, read_question
from assistent.restricted import visible_documents
from assistent.retrieval import Query, search
from assistent.scope import Scope, read_scope
from assistent.suggestions import suggest
from assistent.texts_answer import TEXTS
from assistent.types import (
    Answer,
    Document,
    Hit,
    Outcome,
    Progress,
    Standing,
    Step,
    Turn,
)
from assistent.writing import Writer, Written

_log = logging.getLogger(__name__)
_HITS = 30
# A question that names one document is answered with all of it in view.
_MAX_NAMED = 2
# How much the question in the documents' words counts beside the question itself.
_WIDENED_SHARE = 0.5
# So many of the places that the earlier question finds draw a follow-up, if none was quoted.
_PULLING_HITS = 2
# A word that no document knows is a thing with so many letters, and a topic of its own; shorter
# ones are what people do in a follow-up («putte», «maser»): tests/experiments/strange_words.py.
_STRANGE_LETTERS = 8
# From this probability on, a refusal names the place that comes closest.
_ON_TOPIC = 0.6


def nobody() -> frozenset[str]:
    """Return no groups: whoever asks sees what is open to everyone."""
    return frozenset()


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
    vector: Vectors
    hits: tuple[Hit, ...]
    extract: Extract | None
    context: InContext


@dataclass(frozen=True, slots=True)
class _Shown:
    """What an answer is presented from."""

    index: Index
    asked: str
    draft: Draft
    extract: Extract
    outcome: Outcome
    support: float
    day: date


class Assistant:
    """Answers questions from the edition in force; picks up a new one between questions.

    Args:
        index_folder: where the editions are.
        embedder: embeds questions.
        home: whose rules apply where none is named.
        contact: whom to ask, as shown to the user.
        today: tells the day.
        writer: writes with a chat model.
        groups: tells which groups whoever asks right now is in; it is called once for each call.
            Documents that are open to none of them do not exist in that call.
        chroma: address of the Chroma server that searches the passages; embedded if empty.
    """

    def __init__(
        self,
        index_folder: Path,
        embedder: Embedder,
        *,
        home: str = "Oslo kommune",
        contact: str = "",
        today: Callable[[], date] = date.today,
        writer: Writer | None = None,
        groups: Callable[[], frozenset[str]] = nobody,
        chroma: str = "",
    ) -> None:
        self._embedder = embedder
        self._home = home
        self._contact = contact
        self._today = today
        self._writer = writer
        self._current = CurrentEdition(index_folder, embedder.fingerprint, chroma)
        self._groups = groups
        self._libraries: WeakKeyDictionary[Index, Library] = WeakKeyDictionary()

    @property
    def edition(self) -> str:
        """The name of the edition that answers now."""
        return self._current.opened.index.edition

    def finds(self) -> bool:
        """Whether the index of the edition that answers now still finds what is in it."""
        return self._current.opened.index.works()

    def chat_faults(self) -> dict[str, int]:
        """Return how often the chat model gave no answer, by the kind of fault."""
        return self._writer.faults() if self._writer else {}

    def documents(self) -> tuple[Document, ...]:
        """Return all documents of the edition that whoever asks may see."""
        return tuple(self._visible().values())

    def document(self, path: str) -> Document | None:
        """Return one document by its path under the corpus folder.

        None both where there is none and where whoever asks may not see it.
        """
        return self._visible().get(path)

    def library(self) -> Library:
        """Return the documents and rules of the edition in force, for the guided tools."""
        index = self._opened().index
        library = self._libraries.get(index)
        if library is None:
            library = self._libraries[index] = Library(
                index.documents,
                index.registers,
                edition=index.edition,
                home=self._home,
                contact=self._contact,
            )
        return library

    def standing(self, document: Document) -> Standing:
        """Return a document's standing today."""
        return document.info.standing_on(self._today())

    def vectors(self, questions: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape (n, dimensions): alike for like meaning."""
        return self._embedder.embed_questions(questions)

    def answer(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Answer:
        """Answer a question; never raises, whatever is asked.

        Args:
            question: as the user wrote it.
            history: the turns before it, oldest first.
            today: the day for which standings are judged.
        """
        *_, last = self.stream(question, history, today=today)
        assert isinstance(last, Answer)
        return last

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Iterator[Progress | Answer]:
        """Answer a question step by step; the arguments are those of :meth:`answer`.

        The documents' own sentences come at once. Where a chat model is set, they are provisional:
        its sentences follow as they are proven. The last event is the answer that stays.
        """
        # Read now: whoever takes the events may do so in another thread.
        return self._steps(question, history, today, self._groups())

    def _steps(
        self,
        question: str,
        history: Sequence[Turn],
        today: date | None,
        groups: frozenset[str],
    ) -> Iterator[Progress | Answer]:
        clock = Clock()
        asked = ""  # until the guard has seen that it holds no personal data
        try:
            with clock.step("guard"):
                cleaned, history = guard.clean(question), guard.safe_history(history)
                stopped = guard.check(cleaned) or guard.route(cleaned, history)
            if stopped is not None:
                yield self._stopped(stopped, clock)
                return
            asked = cleaned
            yield Progress(Step.SEARCHING)
            opened = self._current.seen_by(groups)
            index = opened.index
            day = today or self._today()
            context = self._in_context(asked, history, opened)
            if not context.text:
                yield self._stopped(_nothing_to_simplify(asked), clock)
                return
            draft = self._draft(opened, context, day, clock)
            with clock.step("verify"):
                _require_exact(draft.extract, index)
                verdict = _judge(draft, index, self._home)
                outcome = load_judge().outcome(verdict.support)
            if draft.extract is None or outcome is Outcome.NOT_IN_SOURCES:
                yield self._refuse(index, asked, draft, verdict, day, clock)
                return
            extract = draft.extract
            if context.request:
                lines = MOST_LINES + 1 - context.requests
                standings = _standings(index, day)
                extract = plainest(extract, draft.question, index, standings, lines=lines)
            shown = _Shown(index, asked, draft, extract, outcome, verdict.support, day)
            plain = self._present(shown, clock)
        except Exception:
            _log.exception("answering failed")
            yield self._failed(asked, clock)
            return
        if self._writer is None or draft.extract.conflicts:
            # Documents that disagree are quoted, for there each word counts.
            yield plain
        else:
            yield from self._compose(self._writer, plain, shown, clock)

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
        opened = self._opened()
        hits: tuple[Hit, ...] = ()
        stopped = guard.check(asked)
        if stopped is not None:
            question = asked = stopped.question
        else:
            context = self._in_context(asked, guard.safe_history(history), opened)
            asked = context.text
            day = today or self._today()
            if asked:
                *_, hits = self._search(opened, context, day, clock, count=count)
        return Found(question, asked, opened.index.edition, hits, clock.milliseconds())

    def draft(
        self, question: str, history: Sequence[Turn] = (), *, today: date | None = None
    ) -> Draft | None:
        """Return what an answer would be decided on; None if the guard stops the question."""
        asked, history = guard.clean(question), guard.safe_history(history)
        if guard.check(asked) or guard.route(asked, history):
            return None
        opened = self._opened()
        day = today or self._today()
        context = self._in_context(asked, history, opened)
        return self._draft(opened, context, day, Clock()) if context.text else None

    def _opened(self) -> OpenEdition:
        """Return the edition in force as whoever asks sees it."""
        return self._current.seen_by(self._groups())

    def _visible(self) -> dict[str, Document]:
        documents = self._current.opened.index.documents
        return visible_documents(documents, visible_paths(documents, self._groups()))

    # --- Steps -----------------------------------------------------------------------------------

    def _in_context(self, asked: str, history: Sequence[Turn], opened: OpenEdition) -> InContext:
        """Return the question as it is searched: in context, with typing errors mended."""
        leans = self._leaning(opened)
        return in_context(asked, history, leans=leans, respell=opened.words.respell)

    def _leaning(self, opened: OpenEdition) -> Leaning:
        """Return what judges whether a question leans on the one before it."""
        knows = opened.index.lexical.knows

        def embed(text: str) -> Vectors:
            vector: Vectors = self._embedder.embed_questions([text])[0]
            return vector

        def strange(text: str) -> bool:
            if any(knows(root) for root in topical(text)):
                return False
            missing = unmentioned(read_question(text, words=opened.words), knows)
            return any(len(word) >= _STRANGE_LETTERS for word in missing)

        return Leaning(opened.index, embed, strange=strange)

    def _search(
        self,
        opened: OpenEdition,
        context: InContext,
        day: date,
        clock: Clock,
        *,
        count: int,
        whole: bool = False,
    ) -> tuple[Question, Scope, Vectors, tuple[Hit, ...]]:
        index = opened.index
        with clock.step("guard"):
            infos = [document.info for document in index.documents.values()]
            scope = read_scope(context.text, infos, home=self._home, before=context.before)
            question = read_question(
                context.text, topic=scope.weighty, words=opened.words, own=context.own
            )
            if context.before:
                own = read_scope(context.own, infos, home=self._home).weighty
                question = focused(question, context, topic=own, words=opened.words)
        pull = self._pull(opened, context, day, clock)
        with clock.step("embed"):
            vector = self._embed(scope.topic, question)
            if context.before:
                alone = self._embedder.embed_questions([without_lead(context.own)])[0]
                vector = mixed_vector(vector, alone)
        with clock.step("search"):
            concepts = [concept.alternatives for concept in question.concepts]
            weights = [concept.share for concept in question.concepts]
            query = Query(concepts, vector, pull.over(scope.bonus), weights, pull.passages)
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
        return question, scope, vector, tuple(hits)

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

    def _pull(self, opened: OpenEdition, context: InContext, day: date, clock: Clock) -> Pull:
        """Return where a follow-up is drawn to: what the last answer quotes.

        An answer in a chat model's words quotes nothing; then what the earlier question finds.
        """
        if not context.before:
            return Pull()
        quoted = pull_of(context.said, opened.index)
        if quoted:
            return quoted
        before = InContext(context.before, context.before)
        *_, hits = self._search(opened, before, day, clock, count=_PULLING_HITS)
        return pull_of_hits(hits, opened.index)

    def _draft(self, opened: OpenEdition, context: InContext, day: date, clock: Clock) -> Draft:
        index = opened.index
        question, scope, vector, hits = self._search(
            opened, context, day, clock, count=_HITS, whole=True
        )
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
        return Draft(question, scope, vector, hits, extract, context)

    def _compose(
        self, writer: Writer, plain: Answer, shown: _Shown, clock: Clock
    ) -> Iterator[Progress | Answer]:
        """Follow the documents' own sentences by the chat model's, as they are proven."""
        yield replace(plain, provisional=True)
        yield Progress(Step.WRITING)
        final, checking = plain, False
        try:
            for written in self._written(writer, shown, clock):
                if not checking:
                    checking = True
                    yield Progress(Step.CHECKING)
                if written.completeness is None:
                    growing = self._present(shown, clock, written, writer.name)
                    yield replace(growing, provisional=True)
                elif written.suffices:
                    final = self._present(shown, clock, written, writer.name)
        except Exception:
            # What has been proven by then is not the whole answer; the extract is.
            _log.exception("composing failed")
        yield final

    def _written(self, writer: Writer, shown: _Shown, clock: Clock) -> Iterator[Written]:
        question, index, context = shown.draft.question, shown.index, shown.draft.context
        closed = closed_channels(index.registers.channels, shown.day)
        written = writer.write(
            question.text,
            shown.extract,
            index,
            _standings(index, shown.day),
            language=asked_language(context.request or question.own, question.own, question.text),
            simpler=bool(context.request),
            before=context.before,
            unusable=lambda text: recommends_closed(closed, text),
        )
        with clock.step("compose"):
            yield from written

    def _present(
        self, shown: _Shown, clock: Clock, written: Written | None = None, writer: str = "extract"
    ) -> Answer:
        """Return the answer: the extract, or what a chat model made of it."""
        index, draft, day = shown.index, shown.draft, shown.day
        content = written or shown.extract
        outcome = shown.outcome
        if written is not None and written.partial:
            outcome = Outcome.PARTIAL
        documents = dict.fromkeys(source.document for source in content.sources)
        infos = [index.documents[path].info for path in documents]
        language = draft.question.language
        uncertain = (TEXTS[language].uncertain,) if outcome is Outcome.PARTIAL else ()
        reworded = written is not None or not draft.context.request
        own_sentences = () if reworded else (texts_conversation.OWN_SENTENCES[language],)
        return Answer(
            question=shown.asked,
            search_question=draft.question.text,
            language=language,
            outcome=outcome,
            text=content.text,
            writer=writer,
            claims=content.claims,
            sources=content.sources,
            notices=(
                *guard.cautions(shown.asked, language),
                *uncertain,
                *own_sentences,
                *conflict_notices(shown.extract, index, language=language),
                *closed_notices(
                    index.registers.channels,
                    (shown.asked, content.text),
                    day,
                    language=language,
                ),
                *notices(infos, day, home=self._home, language=language),
            ),
            edition=index.edition,
            milliseconds=clock.milliseconds(),
            support=shown.support,
            relation=draft.context.relation,
            suggestions=suggest(draft.question.text, draft.vector, content.sources, index),
            dropped=written.dropped if written else 0,
        )

    def _refuse(
        self, index: Index, asked: str, draft: Draft, verdict: _Verdict, day: date, clock: Clock
    ) -> Answer:
        """Say that the answer is not there, what was searched, and what comes closest."""
        language = draft.question.language
        said = TEXTS[language]
        closest = draft.hits[0].passage if verdict.on_topic else None
        title = index.documents[closest.document].info.title if closest else ""
        section = closest.section[-1] if closest and closest.section else ""
        return Answer(
            question=asked,
            search_question=draft.question.text,
            language=language,
            outcome=Outcome.NOT_IN_SOURCES,
            text=said.not_in_sources(
                len(index.documents),
                section=section,
                title=title,
                demand=_only_demand(draft.question),
                unmentioned=_own_words(
                    unmentioned(draft.question, index.lexical.knows), draft.context
                ),
                other=verdict.other_municipality,
                home=self._home,
            ),
            writer="fixed",
            notices=(
                *guard.cautions(asked, language),
                *closed_notices(index.registers.channels, (asked,), day, language=language),
            ),
            contact=said.ask(self._contact),
            edition=index.edition,
            milliseconds=clock.milliseconds(),
            support=verdict.support,
            relation=draft.context.relation,
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
        language = reply_language(asked)
        return Answer(
            question=asked,
            search_question=asked,
            language=language,
            outcome=Outcome.FAILED,
            text=TEXTS[language].failed,
            writer="fixed",
            edition=self.edition,
            milliseconds=clock.milliseconds(),
        )


def _nothing_to_simplify(asked: str) -> guard.Stop:
    language = reply_language(asked)
    text = texts_conversation.NOTHING_BEFORE[language]
    return guard.Stop(Outcome.UNCLEAR, asked, text, language=language)


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


def _own_words(words: Sequence[str], context: InContext) -> tuple[str, ...]:
    """Leave out words of the question before, of which the user was told already."""
    if not context.before or not topical(context.own):
        return tuple(words)
    own = context.own.casefold()
    return tuple(word for word in words if word.casefold() in own)


def _only_demand(question: Question) -> str:
    """Return what a question asks for if that is one thing."""
    demands = [demand.value for demand in question.demands]
    return demands[0] if len(demands) == 1 else ""


def _standings(index: Index, day: date) -> dict[str, Standing]:
    return {path: d.info.standing_on(day) for path, d in index.documents.items()}


def _require_exact(extract: Extract | None, index: Index) -> None:
    """Prove every quote once more against the stored text before anything is shown."""
    for source in extract.sources if extract else ():
        text = index.documents[source.document].text
        if text[source.start : source.end] != source.quote:
            raise AssertionError(f"quote {source.number} does not stand in {source.document}")
