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

from assistent import guard, texts_conversation
from assistent.absence import other_municipality, strange_things
from assistent.abstention import load_judge, read_signals
from assistent.channel_status import closed_channels, recommends_closed
from assistent.clock import Clock
from assistent.conversation import MOST_LINES, InContext, plainest
from assistent.current import CurrentEdition, OpenEdition, visible_paths
from assistent.embedding import Embedder
from assistent.evidence import Fit
from assistent.extract import Extract, write_extract
from assistent.guidance import Library
from assistent.index import Index, Vectors
from assistent.languages import asked_language, reply_language
from assistent.presenting import (
    Draft,
    Refused,
    Shown,
    Verdict,
    failure,
    fixed_reply,
    own_words,
    present,
    refusal,
)
from assistent.restricted import visible_documents
from assistent.searching import HITS, Searcher, standings_on
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
# From this probability on, a refusal names the place that comes closest.
_ON_TOPIC = 0.6
# An answer that holds less of the question's words than this is sparse: if the question also names
# a thing that no document does, the answer is given with a doubt.
_SPARSE = 0.45


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
        self._searcher = Searcher(embedder, home)
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
        return self._searcher.vectors(questions)

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
                yield fixed_reply(stopped, self.edition, clock)
                return
            asked = cleaned
            yield Progress(Step.SEARCHING)
            opened = self._current.seen_by(groups)
            index = opened.index
            day = today or self._today()
            context = self._searcher.in_context(asked, history, opened)
            if not context.text:
                yield fixed_reply(_nothing_to_simplify(asked), self.edition, clock)
                return
            draft = self._draft(opened, context, day, clock)
            with clock.step("verify"):
                _require_exact(draft.extract, index)
                verdict = _judge(draft, index, self._home)
                outcome, missing = _outcome(draft, verdict, index)
            if draft.extract is None or outcome is Outcome.NOT_IN_SOURCES:
                refused = Refused(index, asked, draft, verdict, day)
                yield refusal(refused, clock, home=self._home, contact=self._contact)
                return
            extract = draft.extract
            if context.request:
                lines = MOST_LINES + 1 - context.requests
                standings = standings_on(index, day)
                extract = plainest(extract, draft.question, index, standings, lines=lines)
            shown = Shown(index, asked, draft, extract, outcome, verdict.support, day, missing)
            plain = present(shown, clock, home=self._home)
        except Exception:
            _log.exception("answering failed")
            yield failure(asked, self.edition, clock)
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
            context = self._searcher.in_context(asked, guard.safe_history(history), opened)
            asked = context.text
            day = today or self._today()
            if asked:
                found = self._searcher.search(opened, context, day, clock, count=count)
                hits = found.hits
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
        context = self._searcher.in_context(asked, history, opened)
        return self._draft(opened, context, day, Clock()) if context.text else None

    def _opened(self) -> OpenEdition:
        """Return the edition in force as whoever asks sees it."""
        return self._current.seen_by(self._groups())

    def _visible(self) -> dict[str, Document]:
        documents = self._current.opened.index.documents
        return visible_documents(documents, visible_paths(documents, self._groups()))

    # --- Steps -----------------------------------------------------------------------------------

    def _draft(self, opened: OpenEdition, context: InContext, day: date, clock: Clock) -> Draft:
        index = opened.index
        found = self._searcher.search(opened, context, day, clock, count=HITS, whole=True)
        with clock.step("write"):
            standings = standings_on(index, day)
            closed = closed_channels(index.registers.channels, day)
            extract = write_extract(
                found.question,
                found.hits,
                index,
                standings,
                foreign=found.scope.foreign,
                named=found.scope.named,
                unusable=lambda text: recommends_closed(closed, text),
                said=context.said,
            )
        return Draft(found.question, found.scope, found.vector, found.hits, extract, context)

    def _compose(
        self, writer: Writer, plain: Answer, shown: Shown, clock: Clock
    ) -> Iterator[Progress | Answer]:
        """Follow the documents' own sentences by the chat model's, as they are proven."""
        yield replace(plain, provisional=True)
        yield Progress(Step.WRITING)
        final, checking = plain, False
        try:
            for written in self._write(writer, shown, clock):
                if not checking:
                    checking = True
                    yield Progress(Step.CHECKING)
                if written.completeness is None:
                    yield replace(self._written(writer, written, shown, clock), provisional=True)
                elif written.suffices:
                    final = self._written(writer, written, shown, clock)
        except Exception:
            # What has been proven by then is not the whole answer; the extract is.
            _log.exception("composing failed")
        yield final

    def _written(self, writer: Writer, written: Written, shown: Shown, clock: Clock) -> Answer:
        return present(shown, clock, home=self._home, written=written, writer=writer.name)

    def _write(self, writer: Writer, shown: Shown, clock: Clock) -> Iterator[Written]:
        question, index, context = shown.draft.question, shown.index, shown.draft.context
        closed = closed_channels(index.registers.channels, shown.day)
        written = writer.write(
            question.text,
            shown.extract,
            index,
            standings_on(index, shown.day),
            language=asked_language(context.request or question.own, question.own, question.text),
            simpler=bool(context.request),
            before=context.before,
            unusable=lambda text: recommends_closed(closed, text),
        )
        with clock.step("compose"):
            yield from written


def _nothing_to_simplify(asked: str) -> guard.Stop:
    language = reply_language(asked)
    text = texts_conversation.NOTHING_BEFORE[language]
    return guard.Stop(Outcome.UNCLEAR, asked, text, language=language)


def _judge(draft: Draft, index: Index, home: str) -> Verdict:
    other = other_municipality(draft.question.text, home, index.lexical.knows)
    if draft.extract is None or other:
        return Verdict(0.0, on_topic=False, other_municipality=other)
    signals = read_signals(draft.question, draft.hits, draft.extract)
    judge = load_judge()
    return Verdict(judge.support(signals), on_topic=judge.topic.probability(signals) >= _ON_TOPIC)


def _outcome(draft: Draft, verdict: Verdict, index: Index) -> tuple[Outcome, tuple[str, ...]]:
    """Return what becomes of a question, and which things that it names no document does.

    Likeness finds «bestille tolk» for «Hvor bestiller jeg visittkort?», but no document knows of
    business cards. Where the topic is in doubt or what is shown holds little of the question, such
    a thing takes the outcome one step down: from answered to a doubt, from a doubt to a refusal.
    """
    outcome = load_judge().outcome(verdict.support)
    extract = draft.extract
    if extract is None or outcome is Outcome.NOT_IN_SOURCES or extract.fit is Fit.CERTAIN:
        return outcome, ()
    missing = own_words(strange_things(draft.question, index.lexical.knows), draft.context)
    if outcome is Outcome.PARTIAL:
        refused = missing and not verdict.on_topic
        return (Outcome.NOT_IN_SOURCES if refused else outcome), missing
    if missing and (not verdict.on_topic or extract.coverage < _SPARSE):
        return Outcome.PARTIAL, missing
    return outcome, ()


def _require_exact(extract: Extract | None, index: Index) -> None:
    """Prove every quote once more against the stored text before anything is shown."""
    for source in extract.sources if extract else ():
        text = index.documents[source.document].text
        if text[source.start : source.end] != source.quote:
            raise AssertionError(f"quote {source.number} does not stand in {source.document}")
