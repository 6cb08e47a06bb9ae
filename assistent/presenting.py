"""From what was found and decided to the answer that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistent import guard, texts_conversation
from assistent.absence import unmentioned, unmentioned_names
from assistent.channel_status import closed_notices
from assistent.clock import Clock
from assistent.conversation import InContext, topical
from assistent.extract import Extract
from assistent.index import Index, Vectors
from assistent.languages import reply_language
from assistent.notices import conflict_notices, notices
from assistent.questions import Question
from assistent.scope import Scope
from assistent.suggestions import suggest
from assistent.texts_answer import TEXTS
from assistent.types import Answer, Hit, Outcome
from assistent.writing import Written


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
class Shown:
    """What an answer is presented from.

    ``missing`` are words of the question that stand in no document.
    """

    index: Index
    asked: str
    draft: Draft
    extract: Extract
    outcome: Outcome
    support: float
    day: date
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely what was found answers, and whether it is at least about what is asked."""

    support: float
    on_topic: bool
    other_municipality: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """What it is said of that the answer is not there."""

    index: Index
    asked: str
    draft: Draft
    verdict: Verdict
    day: date


def present(
    shown: Shown,
    clock: Clock,
    *,
    home: str,
    written: Written | None = None,
    writer: str = "extract",
) -> Answer:
    """Return the answer: the extract, or what a chat model made of it.

    Args:
        shown: what was found and decided.
        clock: knows how long each step took.
        home: whose rules apply where none is named.
        written: what the chat model made of the extract.
        writer: who wrote it.
    """
    index, draft, day = shown.index, shown.draft, shown.day
    content = written or shown.extract
    outcome = shown.outcome
    if written is not None and written.partial:
        outcome = Outcome.PARTIAL
    documents = dict.fromkeys(source.document for source in content.sources)
    infos = [index.documents[path].info for path in documents]
    language = draft.question.language
    names = own_words(unmentioned_names(draft.question, index.lexical.knows), draft.context)
    uncertain = _uncertain(outcome, shown.missing or names, language)
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
            *notices(infos, day, home=home, language=language),
        ),
        edition=index.edition,
        milliseconds=clock.milliseconds(),
        support=shown.support,
        relation=draft.context.relation,
        suggestions=suggest(draft.question.text, draft.vector, content.sources, index),
        dropped=written.dropped if written else 0,
    )


def _uncertain(outcome: Outcome, missing: Sequence[str], language: str) -> tuple[str, ...]:
    """Say that what is shown may not be the answer, and what stands in no document."""
    if outcome is Outcome.PARTIAL:
        return (TEXTS[language].doubt(missing),)
    return (TEXTS[language].nowhere(missing),) if missing else ()


def refusal(refused: Refused, clock: Clock, *, home: str, contact: str) -> Answer:
    """Say that the answer is not there, what was searched, and what comes closest."""
    index, draft, verdict = refused.index, refused.draft, refused.verdict
    language = draft.question.language
    said = TEXTS[language]
    closest = draft.hits[0].passage if verdict.on_topic else None
    title = index.documents[closest.document].info.title if closest else ""
    section = closest.section[-1] if closest and closest.section else ""
    return Answer(
        question=refused.asked,
        search_question=draft.question.text,
        language=language,
        outcome=Outcome.NOT_IN_SOURCES,
        text=said.not_in_sources(
            len(index.documents),
            section=section,
            title=title,
            demand=_only_demand(draft.question),
            unmentioned=own_words(unmentioned(draft.question, index.lexical.knows), draft.context),
            other=verdict.other_municipality,
            home=home,
        ),
        writer="fixed",
        notices=(
            *guard.cautions(refused.asked, language),
            *closed_notices(
                index.registers.channels, (refused.asked,), refused.day, language=language
            ),
        ),
        contact=said.ask(contact),
        edition=index.edition,
        milliseconds=clock.milliseconds(),
        support=verdict.support,
        relation=draft.context.relation,
    )


def fixed_reply(stopped: guard.Stop, edition: str, clock: Clock) -> Answer:
    """Return the fixed reply to a question that goes no further."""
    return Answer(
        question=stopped.question,
        search_question="",
        language=stopped.language,
        outcome=stopped.outcome,
        text=stopped.text,
        writer="fixed",
        contact=stopped.contact,
        edition=edition,
        milliseconds=clock.milliseconds(),
    )


def failure(asked: str, edition: str, clock: Clock) -> Answer:
    """Say that something went wrong."""
    language = reply_language(asked)
    return Answer(
        question=asked,
        search_question=asked,
        language=language,
        outcome=Outcome.FAILED,
        text=TEXTS[language].failed,
        writer="fixed",
        edition=edition,
        milliseconds=clock.milliseconds(),
    )


def own_words(words: Sequence[str], context: InContext) -> tuple[str, ...]:
    """Leave out words of the question before, of which the user was told already."""
    if not context.before or not topical(context.own):
        return tuple(words)
    own = context.own.casefold()
    return tuple(word for word in words if word.casefold() in own)


def _only_demand(question: Question) -> str:
    """Return what a question asks for if that is one thing."""
    demands = [demand.value for demand in question.demands]
    return demands[0] if len(demands) == 1 else ""
