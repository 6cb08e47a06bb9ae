"""What the phone page is sent for an answer: its card, and what the script may keep of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from assistent import guard
from assistent.texts import long_date
from assistent.types import Answer, Outcome, Relation, Step, Turn
from assistent.web.answer_html import render_exchange
from assistent.web.conversation import Exchange
from assistent.web.layout import PHONE
from assistent.web.phone.history import extended, write_history

_KEPT = (Outcome.ANSWERED, Outcome.PARTIAL)
_RESTS_ON_OTHERS = (Relation.FOLLOW_UP, Relation.SIMPLER)
_STAMP = "%Y%m%d"


def card(question: str, answer: Answer, number: int, step: Step | None = None) -> str:
    """Return question and answer as HTML.

    Args:
        question: as it was asked; personal data in it are not shown.
        answer: what is known so far.
        number: keeps the card's anchors apart from other cards'.
        step: what is still being done; None for the answer that stays.
    """
    return render_exchange(Exchange(number, guard.presentable(question), answer), PHONE, step=step)


def facts(answer: Answer, turns: Sequence[Turn]) -> dict[str, str]:
    """Return what the script needs to know of an answer, all of it free of personal data.

    ``sporsmal`` is what may be asked again and shared, empty for nothing; ``lagres`` says whether
    the answer is worth keeping on the device; ``historikk`` is absent from a provisional answer.
    """
    known = {
        "sporsmal": _on_its_own(answer),
        "utgave": answer.edition,
        "utgavedag": edition_day(answer.edition),
    }
    if answer.provisional:
        return {**known, "lagres": ""}
    return {
        **known,
        "lagres": "ja" if answer.outcome in _KEPT else "",
        "historikk": write_history(extended(turns, answer)),
    }


def _on_its_own(answer: Answer) -> str:
    """Return the question as it can be asked without the conversation it was asked in."""
    if answer.outcome is Outcome.PERSONAL_DATA:
        return ""
    if answer.relation in _RESTS_ON_OTHERS:
        return answer.search_question or answer.question
    return answer.question


def edition_day(edition: str) -> str:
    """Return the day an edition was made, as it is written in a sentence; its name if unknown."""
    try:
        return long_date(datetime.strptime(edition[:8], _STAMP).date())
    except ValueError:
        return edition


def as_json(content: dict[str, str]) -> str:
    """Return JSON on one line."""
    return json.dumps(content, ensure_ascii=False)
