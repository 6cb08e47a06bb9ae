"""The chat itself: Gradio Blocks with a conversation, examples and a composer.

The conversation is our own HTML in one ``gr.HTML`` and not a ``gr.Chatbot``: the chatbot
brings buttons without names, a live region that is rewritten some seventy times per answer, and
rendering of whatever stands in a message. Each answer takes two yields.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistent import guard, texts, texts_guard
from assistent.answering import Assistant
from assistent.types import Answer, Outcome
from assistent.web.answer_html import render_conversation
from assistent.web.conversation import Exchange, extended, next_number, turns

log = logging.getLogger(__name__)

CONCURRENT_ANSWERS = 8
"""Answers worked on at once; an answer takes some 50 ms of one core."""

QUEUED_ANSWERS = 200
"""Questions that may wait; the next one is told to try again."""

SESSIONS = 1000
"""Conversations held in memory; the least recently used gives way."""

SESSION_SECONDS = 4 * 3600
"""How long a conversation is held after its last question."""

Conversation = tuple[Exchange, ...]
Update = tuple[Any, ...]


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the chat page for ``assistant``."""
    page = gr.Blocks(title=texts.PAGE_TITLE, analytics_enabled=False, fill_width=True)
    with page:
        exchanges = gr.State((), time_to_live=SESSION_SECONDS)
        conversation = gr.HTML("", elem_id="conversation", apply_default_css=False, js_on_load=None)
        with gr.Column(elem_id="examples") as examples:
            buttons = _examples()
        # Like an example, it goes when it is pressed; the script moves the focus for both.
        resend = gr.Button(
            texts_guard.SEND_WITHOUT, elem_id="resend", elem_classes="example", visible=False
        )
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="composer-row"):
                question = gr.Textbox(
                    label=texts.QUESTION_LABEL,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    scale=1,
                )
                send = gr.Button(
                    texts.SEND, variant="primary", elem_id="send", scale=0, min_width=88
                )
            with gr.Row(elem_id="composer-foot"):
                gr.HTML(
                    f"<p>{escape(texts.QUESTION_HELP)} "
                    f'<span class="with-keyboard">'
                    f"{escape(texts.QUESTION_HELP_KEYBOARD)}</span></p>",
                    elem_id="help",
                    apply_default_css=False,
                    js_on_load=None,
                )
                restart = gr.Button(
                    texts.NEW_CONVERSATION,
                    elem_id="restart",
                    visible=False,
                    scale=0,
                    min_width=140,
                )

        shown = [conversation, exchanges, question, examples, restart, resend]
        settings: dict[str, Any] = {
            "outputs": shown,
            "show_progress": "hidden",
            "concurrency_limit": CONCURRENT_ANSWERS,
            "concurrency_id": "answers",
            "api_visibility": "private",
        }
        ask = partial(_ask, assistant)
        asked = [
            gr.on([question.submit, send.click], ask, inputs=[question, exchanges], **settings)
        ]
        for button, example in buttons:
            asked.append(button.click(partial(ask, example), inputs=[exchanges], **settings))
        asked.append(resend.click(partial(_ask_without, assistant), inputs=[exchanges], **settings))
        restart.click(
            _restart,
            outputs=shown,
            show_progress="hidden",
            cancels=asked,
            concurrency_limit=CONCURRENT_ANSWERS,
            api_visibility="private",
        )

    page.queue(max_size=QUEUED_ANSWERS, default_concurrency_limit=CONCURRENT_ANSWERS)
    page.state_session_capacity = SESSIONS
    return page


def _examples() -> list[tuple[gr.Button, str]]:
    buttons = []
    gr.HTML(f"<h2>{escape(texts.EXAMPLES_HEADING)}</h2>", apply_default_css=False, js_on_load=None)
    with gr.Row(elem_id="example-groups"):
        for group, questions in texts.EXAMPLES:
            with gr.Column(elem_classes="example-group", min_width=220):
                gr.HTML(f"<h3>{escape(group)}</h3>", apply_default_css=False, js_on_load=None)
                buttons += [(gr.Button(each, elem_classes="example"), each) for each in questions]
    return buttons


def _ask(assistant: Assistant, question: str, exchanges: Conversation) -> Iterator[Update]:
    """Show the question at once, then the answer."""
    question = question or ""
    shown = guard.presentable(question)
    number = next_number(exchanges)
    waiting = render_conversation(exchanges, pending=shown, pending_number=number)
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    yield waiting, gr.skip(), "", hidden, visible, hidden
    answer = _answered(assistant, question, exchanges)
    exchanges = extended(exchanges, number, shown, answer)
    offered = gr.update(visible=bool(exchanges[-1].left))
    # The question field is left alone: the next question may already be half written.
    yield render_conversation(exchanges), exchanges, gr.skip(), gr.skip(), gr.skip(), offered


def _ask_without(assistant: Assistant, exchanges: Conversation) -> Iterator[Update]:
    """Ask the latest question again without the personal data that stopped it."""
    left = exchanges[-1].left if exchanges else ""
    if left:
        yield from _ask(assistant, left, exchanges)


def _answered(assistant: Assistant, question: str, exchanges: Conversation) -> Answer:
    try:
        return assistant.answer(question, turns(exchanges))
    except Exception:
        # The last line of defence: the person gets a sentence, the log gets the trace.
        log.exception("answering failed")
        return Answer(
            question="",
            search_question="",
            language="nb",
            outcome=Outcome.FAILED,
            text=texts.FAILED,
            writer="fixed",
        )


def _restart() -> Update:
    hidden = gr.update(visible=False)
    return "", (), "", gr.update(visible=True), hidden, hidden
