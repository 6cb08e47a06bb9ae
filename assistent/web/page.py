"""The chat itself: Gradio Blocks with a conversation, examples and a composer.

The conversation is our own HTML in one ``gr.HTML`` and not a ``gr.Chatbot``: the chatbot
brings buttons without names, a live region that is rewritten some seventy times per answer, and
rendering of whatever stands in a message. An answer takes two yields, with a chat model some more,
at most four a second.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from html import escape
from typing import Any

import gradio as gr

from assistent import guard, texts_page
from assistent.clock import Watcher, watched_by
from assistent.texts_answer import BOKMAL
from assistent.types import Answer, Outcome, Progress, Step
from assistent.web.answer_html import render_conversation
from assistent.web.answer_streams import AnsweringFailedError, Answers, TooBusyError
from assistent.web.conversation import Exchange, extended, next_number, turns
from assistent.web.kept import NOTHING, Kept
from assistent.web.request_log import KEY, code_line, working_for
from assistent.web.sign_in.person import Person, acting_for, person_of
from assistent.web.tracing import WATCHER

_log = logging.getLogger(__name__)

CONCURRENT_ANSWERS = 40
"""Answers under way at once; most of them wait for a chat model."""

QUEUED_ANSWERS = 200
"""Questions that may wait; the next one is told to try again."""

SESSIONS = 1000
"""Conversations held in memory; the least recently used gives way."""

SESSION_SECONDS = 4 * 3600
"""How long a conversation is held after its last question."""

_NEW_TAB = f'<span class="only-read"> {escape(BOKMAL.new_tab)}</span>'
Conversation = tuple[Exchange, ...]
Update = tuple[Any, ...]
Ask = Callable[..., AsyncIterator[Update]]


def build_page(answers: Answers, *, kept: Kept = NOTHING) -> gr.Blocks:
    """Return the chat page; ``kept`` is what it says is kept."""
    page = gr.Blocks(title=texts_page.PAGE_TITLE, analytics_enabled=False, fill_width=True)
    with page:
        exchanges = gr.State((), time_to_live=SESSION_SECONDS)
        conversation = gr.HTML("", elem_id="conversation", apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="examples") as examples:
            _examples()
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="composer-row"):
                question = gr.Textbox(
                    label=texts_page.QUESTION_LABEL,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    scale=1,
                )
                send = gr.Button(
                    texts_page.SEND, variant="primary", elem_id="send", scale=0, min_width=88
                )
            with gr.Row(elem_id="composer-foot"):
                gr.HTML(
                    f"<p>{escape(texts_page.QUESTION_HELP)} "
                    f'<span class="with-keyboard">'
                    f"{escape(texts_page.QUESTION_HELP_KEYBOARD)}</span><br>{escape(kept.line)} "
                    f'<a href="./om#lagring" target="_blank">{escape(kept.more)}'
                    f"{_NEW_TAB}</a></p>",
                    elem_id="help",
                    apply_default_css=False,
                    js_on_load=None,
                )
                restart = gr.Button(
                    texts_page.NEW_CONVERSATION,
                    elem_id="restart",
                    visible=False,
                    scale=0,
                    min_width=140,
                )

        shown = [conversation, exchanges, question, examples, restart]
        settings: dict[str, Any] = {
            "outputs": shown,
            "show_progress": "hidden",
            "concurrency_limit": CONCURRENT_ANSWERS,
            "api_visibility": "private",
        }
        # The one way to ask, so that a question waits for the answer before it and builds on it.
        # "once" would drop it without a word, also in the moment after an answer stands.
        asked = gr.on(
            [question.submit, send.click],
            _asking(answers),
            inputs=[question, exchanges],
            trigger_mode="always_last",
            **settings,
        )
        restart.click(_restart, cancels=asked, **settings)

    page.queue(max_size=QUEUED_ANSWERS, default_concurrency_limit=CONCURRENT_ANSWERS)
    page.state_session_capacity = SESSIONS
    return page


def _examples() -> None:
    """Lay out the examples; the script puts the chosen one into the field and sends it."""
    gr.HTML(
        f"<h2>{escape(texts_page.EXAMPLES_HEADING)}</h2>", apply_default_css=False, js_on_load=None
    )
    with gr.Row(elem_id="example-groups"):
        for group, questions in texts_page.EXAMPLES:
            with gr.Column(elem_classes="example-group", min_width=220):
                gr.HTML(f"<h3>{escape(group)}</h3>", apply_default_css=False, js_on_load=None)
                for each in questions:
                    gr.Button(each, elem_classes="example")


def _asking(answers: Answers) -> Ask:
    # Gradio gives the request to a plain function whose parameter is declared to be one.
    async def ask(
        question: str, exchanges: Conversation, request: gr.Request
    ) -> AsyncIterator[Update]:
        async for update in _coded(answers, question, exchanges, request):
            yield update

    return ask


async def _coded(
    answers: Answers, question: str, exchanges: Conversation, request: gr.Request
) -> AsyncIterator[Update]:
    """Ask; what breaks that nobody expected is said with the code of the request.

    Gradio would say it in English and print its trace, and with that what was asked.
    """
    identity = _identity(request)
    try:
        person, watcher = _person(request), _watcher(request)
        async for update in _ask(answers, question, exchanges, person, identity, watcher):
            yield update
    except Exception:
        with working_for(identity):
            _log.exception("a conversation cannot go on")
            said = f"{BOKMAL.failed} {code_line()}".rstrip()
        raise gr.Error(said, print_exception=False) from None


def _person(request: gr.Request) -> Person | None:
    """Return who asks. Gradio answers in a task of its own, which knows nothing of the request."""
    return person_of(request.request.scope) if request.request else None


def _identity(request: gr.Request) -> str:
    """Return the id of the request, by which the log is searched."""
    scope = request.request.scope if request.request else {}
    return str(scope.get(KEY, ""))


def _watcher(request: gr.Request) -> Watcher | None:
    """Return who is told of the steps of the answer, for the same reason."""
    scope = request.request.scope if request.request else {}
    watcher: Watcher | None = scope.get(WATCHER)
    return watcher


async def _ask(
    answers: Answers,
    question: str,
    exchanges: Conversation,
    person: Person | None = None,
    identity: str = "",
    watcher: Watcher | None = None,
) -> AsyncIterator[Update]:
    """Show the question at once, then each answer as it comes."""
    question = question or ""
    if not question.strip():  # the script has said so, or what was sent twice is sent already
        yield _unchanged(5)
        return
    shown = guard.presentable(question)
    number = next_number(exchanges)
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    waiting = render_conversation(exchanges, pending=shown, pending_number=number)
    # The script has emptied the field; by now the next question may be half written.
    yield waiting, *_unchanged(2), hidden, visible
    final, step = None, Step.SEARCHING
    async for event in _events(answers, question, exchanges, person, identity, watcher):
        if isinstance(event, Answer) and not event.provisional:
            final = event
        elif isinstance(event, Answer):
            growing = extended(exchanges, number, shown, event)
            yield render_conversation(growing, step=step), *_unchanged(4)
        else:
            step = event.step
    exchanges = extended(exchanges, number, shown, final or _failure(texts_page.SERVICE_BUSY))
    yield render_conversation(exchanges), exchanges, *_unchanged(3)


async def _events(
    answers: Answers,
    question: str,
    exchanges: Conversation,
    person: Person | None,
    identity: str,
    watcher: Watcher | None,
) -> AsyncIterator[Progress | Answer]:
    """Yield what the assistant does; whatever goes wrong ends in a sentence."""
    try:
        with acting_for(person), working_for(identity), watched_by(watcher):
            begun = answers.stream(question, turns(exchanges))
        with begun as stream:
            async for event in stream:
                yield event
    except TooBusyError:
        yield _failure(texts_page.SERVICE_BUSY)
    except AnsweringFailedError:
        # The log has the trace.
        yield _failure(BOKMAL.failed, identity)


def _unchanged(outputs: int) -> Update:
    return tuple(gr.skip() for _ in range(outputs))


def _failure(text: str, identity: str = "") -> Answer:
    """Return what is shown in place of an answer, with the code of the request if one is given."""
    with working_for(identity):
        contact = code_line()
    return Answer(
        question="",
        search_question="",
        language="nb",
        outcome=Outcome.FAILED,
        text=text,
        writer="fixed",
        contact=contact,
    )


def _restart() -> Update:
    return "", (), "", gr.update(visible=True), gr.update(visible=False)
