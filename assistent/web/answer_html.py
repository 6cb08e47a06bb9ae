"""An answer becomes HTML. Every string is escaped, and every link leads to our own viewer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote as percent_encoded
from urllib.parse import urlencode

from assistent import texts, texts_guard, texts_tools
from assistent.offers import offer
from assistent.types import Answer, Claim, ClaimRole, Outcome, Source, Standing
from assistent.web.conversation import Exchange

QUESTION_SHOWN = 600
"""Characters of a question that are repeated above its answer."""

CLAIMS_SHOWN = 4
"""Lines of an answer that are shown at once; on the development questions the fourth is where the
share that holds the answer levels off (.77 after three, .81 after four, .89 after all)."""
_WORTH_FOLDING = 2

_MAY_OFFER = (Outcome.ANSWERED, Outcome.PARTIAL, Outcome.NOT_IN_SOURCES)
_SYMBOLS = {
    Standing.IN_FORCE: "✓",
    Standing.EXPIRED: "!",
    Standing.REPEALED: "×",
    Standing.DRAFT: "…",
    Standing.SUMMARY: "≡",
}


def render_conversation(
    exchanges: Sequence[Exchange], *, pending: str | None = None, pending_number: int = 0
) -> str:
    """Return the whole conversation, with ``pending`` as a question that waits for its answer."""
    if not exchanges and pending is None:
        return ""
    status = texts.STATUS_DONE if pending is None else texts.STATUS_SEARCHING
    newest = pending_number if pending is not None else exchanges[-1].number
    parts = [render_exchange(each) for each in exchanges]
    if pending is not None:
        waiting = f'<p class="searching">{escape(texts.SEARCHING)}</p>'
        parts.append(_article(pending_number, _question(pending, pending_number), waiting))
    # The script announces the status once for each newest exchange.
    return (
        f'<div class="conversation" data-status="{escape(status)}" data-newest="{newest}">'
        f"{''.join(parts)}</div>"
    )


def render_exchange(exchange: Exchange) -> str:
    """Return one question with its answer."""
    question = texts.QUESTION_REMOVED if exchange.withheld else exchange.question
    return _article(
        exchange.number,
        _question(question, exchange.number),
        render_answer(exchange.answer, exchange.number),
    )


def render_answer(answer: Answer, number: int) -> str:
    """Return the card of one answer; ``number`` keeps its anchors apart from other answers'."""
    found = answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL)
    # A doubt about the whole answer comes first; what concerns single sources follows the answer,
    # which on a phone would otherwise begin below the fold.
    first = (texts.NOTICE_UNCERTAIN, *texts_guard.CAUTION.values())
    doubts = [notice for notice in answer.notices if notice in first]
    remarks = [notice for notice in answer.notices if notice not in doubts]
    parts = [
        f'<h3 class="only-read">{escape(texts.ANSWER_HEADING)}</h3>',
        _notices(doubts),
        _claims(answer, number) if answer.claims else _paragraphs(answer.text),
        _notices(remarks),
    ]
    parts.append(_offer(answer))
    if answer.contact:
        parts.append(f'<p class="contact">{escape(answer.contact)}</p>')
    if answer.sources:
        sources = "".join(_source(source, number) for source in answer.sources)
        parts.append(f"<h3>{escape(texts.SOURCES_HEADING)}</h3>")
        parts.append(f'<ol class="sources" role="list">{sources}</ol>')
    kind = "found" if found else "message"
    return f'<div class="answer {kind}">{"".join(parts)}</div>'


def viewer_address(source: Source) -> str:
    """Return the address of the viewer at the source's quote."""
    path = percent_encoded(source.document)
    return f"/kilde/{path}?fra={source.start}&til={source.end}#sitat"


def standing_badge(standing: Standing) -> str:
    """Return the standing as a word with a symbol, so that it never rests on colour alone."""
    return (
        f'<span class="badge {standing.name.lower().replace("_", "-")}">'
        f'<span class="only-read">{escape(texts.STANDING_LABEL)} </span>'
        f'<span class="symbol" aria-hidden="true">{_SYMBOLS[standing]}</span> '
        f"{escape(standing.value)}</span>"
    )


def _offer(answer: Answer) -> str:
    """Lead to a guided tool when the question is of its kind."""
    offered = offer(answer.question) if answer.outcome in _MAY_OFFER else None
    if offered is None:
        return ""
    address = f"./{offered.tool}"
    if offered.answers:
        address = f"{address}?{urlencode(offered.answers)}"
    return (
        f'<p class="offer">{escape(texts_tools.OFFER[offered.tool])} '
        f'<a href="{escape(address)}" target="_blank" rel="noopener">'
        f"{escape(texts_tools.OFFER_LINK[offered.tool])} "
        f"{escape(texts_tools.NEW_TAB)}</a></p>"
    )


def _article(number: int, question: str, body: str) -> str:
    return (
        f'<article class="exchange" aria-labelledby="question-{number}">{question}{body}</article>'
    )


def _question(question: str, number: int) -> str:
    shown = question.strip() or texts.QUESTION_EMPTY
    if len(shown) > QUESTION_SHOWN:
        shown = f"{shown[:QUESTION_SHOWN].rstrip()} …"
    return (
        f'<h2 class="question" id="question-{number}" tabindex="-1">'
        f'<span class="only-read">{escape(texts.YOU_ASKED)} </span>{escape(shown)}</h2>'
    )


def _notices(notices: Sequence[str]) -> str:
    if not notices:
        return ""
    lines = "".join(f"<p>{escape(notice)}</p>" for notice in notices)
    return (
        '<div class="notice"><p class="heading"><span class="symbol" aria-hidden="true">!</span> '
        f"{escape(texts.NOTICE_LABEL)}</p>{lines}</div>"
    )


def _paragraphs(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _claims(answer: Answer, number: int) -> str:
    """Return the claims; what goes beyond a short answer is folded away."""
    first = _first_claims(answer.claims)
    shown = _lines(answer.claims[:first], answer, number)
    rest = answer.claims[first:]
    if not rest:
        return shown
    more = escape(texts.more_lines(len(rest)))
    folded = _lines(rest, answer, number)
    return f'{shown}<details class="more"><summary>{more}</summary>{folded}</details>'


def _first_claims(claims: Sequence[Claim]) -> int:
    """Return how many claims are shown at once: a few, but never a part of a list."""
    end = min(CLAIMS_SHOWN, len(claims))
    while end < len(claims) and claims[end].role is ClaimRole.ITEM:
        end += 1
    if 1 < end < len(claims) and claims[end - 1].role is ClaimRole.LEAD_IN:
        end -= 1
    return len(claims) if len(claims) - end < _WORTH_FOLDING else end


def _lines(claims: Sequence[Claim], answer: Answer, number: int) -> str:
    """Return claims as paragraphs, the items of a list as a list."""
    parts = []
    for bulleted, run in groupby(claims, lambda claim: claim.role is ClaimRole.ITEM):
        lines = [_claim(claim, answer, number) for claim in run]
        if bulleted:
            items = "".join(f"<li>{line}</li>" for line in lines)
            parts.append(f'<ul class="claims">{items}</ul>')
        else:
            parts += [f'<p class="claim">{line}</p>' for line in lines]
    return "".join(parts)


def _claim(claim: Claim, answer: Answer, number: int) -> str:
    return f"{escape(claim.text)}{_marks(claim, number)}{_reservation(claim, answer)}"


def _marks(claim: Claim, number: int) -> str:
    return "".join(
        f'&nbsp;<a class="mark" href="#source-{number}-{source}" '
        f'aria-label="{escape(texts.CLAIM_MARK.format(number=source))}">{source}</a>'
        for source in claim.sources
    )


def _reservation(claim: Claim, answer: Answer) -> str:
    """Say beside a sentence if it rests on anything but a rule in force."""
    if claim.role is ClaimRole.LEAD_IN:
        return ""
    standings = dict.fromkeys(
        source.standing for source in answer.sources if source.number in claim.sources
    )
    return "".join(
        f" {standing_badge(standing)}" for standing in standings if standing != Standing.IN_FORCE
    )


def _source(source: Source, number: int) -> str:
    section = " › ".join(source.section)
    place = f'<p class="place">{escape(section)}</p>' if section else ""
    page = (
        f'<p class="place">{escape(texts.PAGE_NUMBER.format(page=source.page))}</p>'
        if source.page is not None
        else ""
    )
    note = f'<p class="note">{escape(source.note)}</p>' if source.note else ""
    return (
        f'<li class="source" id="source-{number}-{source.number}" tabindex="-1">'
        f'<span class="number" aria-hidden="true">{source.number}</span>'
        f'<p class="title"><span class="only-read">'
        f"{escape(texts.CLAIM_MARK.format(number=source.number))}: </span>"
        f"{escape(source.title)} {standing_badge(source.standing)}</p>"
        f"{place}{page}"
        f"<blockquote>{_paragraphs(source.quote)}</blockquote>{note}"
        f'<a class="open" href="{escape(viewer_address(source))}" target="_blank" rel="noopener">'
        f"{escape(texts.SHOW_IN_DOCUMENT)} "
        f'<span class="aside">{escape(texts.OPENS_IN_NEW_TAB)}</span></a></li>'
    )
