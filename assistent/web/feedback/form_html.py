"""The form for feedback under an answer: one tap for «useful», the rest folded away.

It works as a plain form; the pages' script only saves leaving the answer for it. Labels hold their
fields, so that no ids are needed and the form may stand on a page any number of times.
"""

from __future__ import annotations

from html import escape

from assistent import texts_feedback as texts
from assistent import texts_journal
from assistent.journal.feedback import MAX_CONTACT, MAX_TEXT
from assistent.texts_answer import BOKMAL, AnswerTexts
from assistent.types import Answer, Outcome
from assistent.web.layout import Layout

ADDRESS = "tilbakemelding"
_SHOWN = 60  # characters of a sentence in the list of sentences
_ASKED_ABOUT = (
    *(Outcome.ANSWERED, Outcome.PARTIAL, Outcome.NOT_IN_SOURCES),
    *(Outcome.OUT_OF_SCOPE, Outcome.UNCLEAR),
)


def render_feedback(answer: Answer, said: AnswerTexts, layout: Layout) -> str:
    """Return the forms; empty where feedback cannot be taken."""
    if not answer.reference or answer.outcome not in _ASKED_ABOUT:
        return ""
    language = "" if said is BOKMAL else f' lang="{BOKMAL.language}"'
    return (
        f'<div class="feedback"{language} data-failed="{escape(texts.NO_CONTACT)}">'
        f"{_thumb(answer, layout)}"
        f'<details class="opinion"><summary>{escape(texts.OPEN)}</summary>'
        f"{_form(answer, layout)}</details></div>"
    )


def _opened(css: str, answer: Answer, layout: Layout) -> str:
    target = ' target="_blank"' if layout.new_tab else ""
    return (
        f'<form class="{css}" method="post" action="./{ADDRESS}"{target}>'
        f'<input type="hidden" name="svar" value="{escape(answer.reference)}">'
    )


def _thumb(answer: Answer, layout: Layout) -> str:
    return (
        f"{_opened('thumb', answer, layout)}"
        '<input type="hidden" name="nyttig" value="ja">'
        f'<button class="plain-button">{escape(texts.THUMB)}</button></form>'
    )


def _form(answer: Answer, layout: Layout) -> str:
    sentences = "".join(
        f'<option value="{number}">'
        f"{escape(texts.SENTENCE.format(number=number, text=_short(claim.text)))}</option>"
        for number, claim in enumerate(answer.claims, start=1)
    )
    about = (
        f"<label>{escape(texts.ABOUT_WHAT)} "
        f'<select name="setning"><option value="">{escape(texts.WHOLE)}</option>{sentences}'
        "</select></label>"
        if sentences
        else ""
    )
    verdicts = (
        f'<label><input type="radio" name="nyttig" value="ja"> {escape(texts.USEFUL)}</label>'
        '<label><input type="radio" name="nyttig" value="nei" checked> '
        f"{escape(texts.NOT_USEFUL)}</label>"
    )
    reasons = "".join(
        f'<label><input type="checkbox" name="arsak" value="{escape(code)}"> '
        f"{escape(label)}</label>"
        for code, label in texts.REASONS.items()
    )
    return (
        f"{_opened('opinion', answer, layout)}{about}"
        f"<fieldset><legend>{escape(texts.VERDICT)}</legend>{verdicts}</fieldset>"
        f"<fieldset><legend>{escape(texts.WHAT_IS_WRONG)}</legend>{reasons}</fieldset>"
        f"<label>{escape(texts.COMMENT)} "
        f'<span class="muted">{escape(texts.COMMENT_HELP)}</span>'
        f'<textarea name="tekst" rows="3" maxlength="{MAX_TEXT}"></textarea></label>'
        f"<label>{escape(texts.REPLY)} "
        f'<input type="email" name="epost" maxlength="{MAX_CONTACT}" autocomplete="email"></label>'
        f'<p class="muted">{escape(texts.KEPT)} '
        f'<a href="./om#lagring">{escape(texts_journal.MORE)}</a></p>'
        f'<button class="plain-button">{escape(texts.SEND)}</button> '
        f'<span class="muted">{escape(texts.REFERENCE)} {escape(answer.reference)}</span></form>'
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()} …"
