"""The sentences of an answer become HTML, each with the marks of its sources.

A sentence in a chat model's words has the sentences it rests on behind a line of its own; one that
is a quote needs none.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistent.languages import asked_language
from assistent.texts_answer import AnswerTexts
from assistent.types import Answer, Claim, ClaimRole, Standing
from assistent.web.layout import Layout
from assistent.web.sources_html import (
    in_language,
    norwegian,
    quotation,
    standing_badge,
    viewer_link,
)

_WORTH_FOLDING = 2
_AT_LEAST = 2


def render_claims(answer: Answer, number: int, said: AnswerTexts, layout: Layout) -> str:
    """Return the claims; what goes beyond a short answer is folded away."""
    first = _first_claims(answer.claims, layout.claims)
    quoted = said.quoted if answer.verbatim else ""
    lead = f'<p class="lead">{escape(quoted)}</p>' if quoted else ""
    shown = lead + _lines(answer.claims[:first], answer, number, said, layout)
    rest = answer.claims[first:]
    if not rest:
        return shown
    more = escape(said.more(len(rest)))
    folded = _lines(rest, answer, number, said, layout)
    return f'{shown}<details class="more"><summary>{more}</summary>{folded}</details>'


def _first_claims(claims: Sequence[Claim], count: int) -> int:
    """Return how many claims are shown at once: a few of those that answer, but whole lists."""
    answering = sum(not claim.beside for claim in claims)
    end = min(count, max(answering, _AT_LEAST), len(claims))
    while end < len(claims) and claims[end].role is ClaimRole.ITEM:
        end += 1
    if 1 < end < len(claims) and claims[end - 1].role is ClaimRole.LEAD_IN:
        end -= 1
    return len(claims) if len(claims) - end < _WORTH_FOLDING else end


def _lines(
    claims: Sequence[Claim], answer: Answer, number: int, said: AnswerTexts, layout: Layout
) -> str:
    """Return claims as paragraphs, the items of a list as a list."""
    parts = []
    for bulleted, run in groupby(claims, lambda claim: claim.role is ClaimRole.ITEM):
        if bulleted:
            items = "".join(f"<li>{_claim(claim, answer, number, said)}</li>" for claim in run)
            parts.append(f'<ul class="claims">{items}</ul>')
            continue
        for claim in run:
            parts.append(f'<p class="claim">{_claim(claim, answer, number, said)}</p>')
            if not answer.verbatim:
                parts.append(_evidence(claim, answer, said, layout))
    return "".join(parts)


def _claim(claim: Claim, answer: Answer, number: int, said: AnswerTexts) -> str:
    if answer.verbatim:
        text = norwegian(claim.text, said)
    else:
        # A chat model answers in the question's language, also where the rest is in English.
        asked = asked_language(answer.question, answer.search_question)
        text = in_language(claim.text, asked, said)
    return f"{text}{_marks(claim, number, said)}{_reservation(claim, answer, said)}"


def _marks(claim: Claim, number: int, said: AnswerTexts) -> str:
    return "".join(
        f'&nbsp;<a class="mark" href="#source-{number}-{source}" '
        f'aria-label="{escape(said.source_mark.format(number=source))}">{source}</a>'
        for source in claim.sources
    )


def _reservation(claim: Claim, answer: Answer, said: AnswerTexts) -> str:
    """Say beside a sentence if it rests on anything but a rule in force."""
    if claim.role is ClaimRole.LEAD_IN:
        return ""
    standings = dict.fromkeys(
        source.standing for source in answer.sources if source.number in claim.sources
    )
    return "".join(
        f" {standing_badge(standing, said)}"
        for standing in standings
        if standing != Standing.IN_FORCE
    )


def _evidence(claim: Claim, answer: Answer, said: AnswerTexts, layout: Layout) -> str:
    """Return the sentences that a claim rests on, one tap away."""
    resting = "".join(
        f"{quotation(source, said)}{viewer_link(source, answer, said, layout)}"
        for source in answer.sources
        if source.number in claim.sources
    )
    return (
        f'<details class="evidence"><summary>{escape(said.rests_on)}</summary>{resting}</details>'
    )
