"""An answer becomes HTML. Every string is escaped, and every link leads to our own pages.

An answer in another language than the page's says so, and what stands in it in Norwegian is marked,
so that a screen reader takes the right voice and a browser translates the right parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from assistent import texts_guard, texts_page
from assistent.languages import asked_language, reply_language
from assistent.offers import offer
from assistent.texts_answer import BOKMAL, TEXTS, AnswerTexts
from assistent.types import Answer, Outcome, Relation, Step
from assistent.web.claims_html import render_claims
from assistent.web.conversation import Exchange
from assistent.web.feedback.form_html import render_feedback
from assistent.web.layout import WIDE, Layout
from assistent.web.sources_html import in_language, paragraphs, render_sources

QUESTION_SHOWN = 600
"""Characters of a question that are repeated above its answer."""

_FOUND = (Outcome.ANSWERED, Outcome.PARTIAL)
_MAY_OFFER = (*_FOUND, Outcome.NOT_IN_SOURCES)


def render_conversation(
    exchanges: Sequence[Exchange],
    *,
    pending: str | None = None,
    pending_number: int = 0,
    step: Step | None = None,
) -> str:
    """Return the whole conversation.

    Args:
        pending: a question that has no answer yet.
        pending_number: its number.
        step: what is being done for the newest question; None when its answer stands.
    """
    if not exchanges and pending is None:
        return ""
    newest = pending_number if pending is not None else exchanges[-1].number
    parts = [render_exchange(each) for each in exchanges[:-1]]
    if pending is None:
        parts.append(render_exchange(exchanges[-1], step=step))
    else:
        parts += [render_exchange(each) for each in exchanges[-1:]]
        said = TEXTS[reply_language(pending)]
        parts.append(
            _article(pending_number, pending, _working(step or Step.SEARCHING, said), said)
        )
    working = pending is not None or step is not None
    status = BOKMAL.steps[step or Step.SEARCHING] if working else texts_page.STATUS_DONE
    # The script announces each status once for the newest exchange.
    return (
        f'<div class="conversation" data-status="{escape(status)}" data-newest="{newest}">'
        f"{''.join(parts)}</div>"
    )


def render_exchange(exchange: Exchange, layout: Layout = WIDE, *, step: Step | None = None) -> str:
    """Return one question with its answer; ``step`` says what is still being done for it."""
    said = TEXTS[exchange.answer.language]
    question = said.question_removed if exchange.withheld else exchange.question
    card = render_answer(exchange.answer, exchange.number, layout, step=step)
    return _article(exchange.number, question, card, said)


def render_answer(
    answer: Answer, number: int, layout: Layout = WIDE, *, step: Step | None = None
) -> str:
    """Return the card of one answer; ``number`` keeps its anchors apart from other answers'."""
    said = TEXTS[answer.language]
    # A doubt about the whole answer comes first; what concerns single sources follows the answer,
    # which on a phone would otherwise begin below the fold.
    first = set(texts_guard.CAUTION.values())
    doubts = [each for each in answer.notices if said.is_doubt(each) or each in first]
    remarks = [notice for notice in answer.notices if notice not in doubts]
    claims = render_claims(answer, number, said, layout)
    parts = [
        f'<h3 class="only-read">{escape(said.answer_heading)}</h3>',
        _searched(answer, said),
        _notices(doubts, said),
        claims if answer.claims else paragraphs(answer.text),
        _working(step, said) if step else "",
        _resend(answer, said),
        _notices(remarks, said),
        _offer(answer, said, layout),
        f'<p class="contact">{escape(answer.contact)}</p>' if answer.contact else "",
        _writer(answer, said),
        render_sources(answer, number, said, layout),
        "" if step else _actions(answer, said),
        "" if step else render_feedback(answer, said, layout),
        "" if step else _suggestions(answer, said),
    ]
    kind = "found" if answer.outcome in _FOUND else "message"
    return f'<div class="answer {kind}">{"".join(parts)}</div>'


def _article(number: int, question: str, body: str, said: AnswerTexts) -> str:
    language = "" if said is BOKMAL else f' lang="{said.language}"'
    return (
        f'<article class="exchange"{language} aria-labelledby="question-{number}">'
        f"{_question(question, number, said)}{body}</article>"
    )


def _question(question: str, number: int, said: AnswerTexts) -> str:
    shown = question.strip() or texts_page.QUESTION_EMPTY
    if len(shown) > QUESTION_SHOWN:
        shown = f"{shown[:QUESTION_SHOWN].rstrip()} …"
    asked = asked_language(shown)
    # What is none of our languages is answered in English; the others follow the conversation.
    language = said.language if asked in TEXTS else asked
    return (
        f'<h2 class="question" id="question-{number}" tabindex="-1">'
        f'<span class="only-read">{escape(said.you_asked)} </span>'
        f"{in_language(shown, language, said)}</h2>"
    )


def _working(step: Step, said: AnswerTexts) -> str:
    return f'<p class="searching">{escape(said.steps[step])}</p>'


def _searched(answer: Answer, said: AnswerTexts) -> str:
    """Show what was searched where that is not what was asked, with a way to change it."""
    if answer.relation is Relation.NEW_TOPIC:
        return f'<p class="searched">{escape(said.new_topic)}</p>'
    searched = answer.search_question
    if not searched or answer.outcome not in _MAY_OFFER or _same(searched, answer.question):
        return ""
    address = f"./m?{urlencode({'skriv': searched})}"
    return (
        f'<p class="searched">{escape(said.searched_for)} {escape(said.quotation(searched))} '
        f'<a class="edit" href="{escape(address)}" data-question="{escape(searched)}">'
        f"{escape(said.edit_search)}</a></p>"
    )


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _notices(notices: Sequence[str], said: AnswerTexts) -> str:
    if not notices:
        return ""
    lines = "".join(f"<p>{escape(notice)}</p>" for notice in notices)
    return (
        '<div class="notice"><p class="heading"><span class="symbol" aria-hidden="true">!</span> '
        f"{escape(said.notice_label)}</p>{lines}</div>"
    )


def _resend(answer: Answer, said: AnswerTexts) -> str:
    """Offer to ask without the personal data that stopped the question."""
    if answer.outcome is not Outcome.PERSONAL_DATA or not answer.question:
        return ""
    return (
        '<form class="resend" method="post" action="./m">'
        f'<input type="hidden" name="sporsmal" value="{escape(answer.question)}">'
        f'<button class="side-button">{escape(said.send_without)}</button></form>'
    )


def _offer(answer: Answer, said: AnswerTexts, layout: Layout) -> str:
    """Lead to a guided tool when the question is of its kind."""
    offered = offer(answer.question) if answer.outcome in _MAY_OFFER else None
    if offered is None:
        return ""
    address = f"./{offered.tool}"
    if offered.answers:
        address = f"{address}?{urlencode(offered.answers)}"
    target, aside = "", ""
    if layout.new_tab:
        target, aside = ' target="_blank" rel="noopener"', f" {escape(said.new_tab)}"
    return (
        f'<p class="offer">{escape(said.offer[offered.tool])} <a href="{escape(address)}"{target}>'
        f"{escape(said.offer_link[offered.tool])}{aside}</a></p>"
    )


def _writer(answer: Answer, said: AnswerTexts) -> str:
    """Say what kind of answer it is, in one small line."""
    if not answer.claims:
        return ""
    lines = [said.by_quotes if answer.verbatim else said.by_model]
    if answer.dropped:
        lines.append(said.left_out(answer.dropped))
    return f'<p class="writer">{escape(" ".join(lines))}</p>'


def _actions(answer: Answer, said: AnswerTexts) -> str:
    """Return the place for what can be done with an answer; the script fills it."""
    if not answer.claims:
        return ""
    return (
        f'<div class="actions" data-copy="{escape(said.copy)}" '
        f'data-copied="{escape(said.copied)}"></div>'
    )


def _suggestions(answer: Answer, said: AnswerTexts) -> str:
    if not answer.suggestions:
        return ""
    language = "" if said is BOKMAL else ' lang="nb"'
    items = "".join(
        f'<li><a class="ask" href="./m?{escape(urlencode({"q": each}))}"{language} '
        f'data-question="{escape(each)}">{escape(each)}</a></li>'
        for each in answer.suggestions
    )
    return f'<h3>{escape(said.ask_next)}</h3><ul class="suggestions" role="list">{items}</ul>'
