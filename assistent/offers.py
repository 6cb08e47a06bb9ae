"""Which guided tool a question is of the kind for, with the answers that are plain to see in it.

Patterns for how employees ask, kept modest: where two audiences or two kinds of message are named,
nothing is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistent import forms
from assistent.words import normalise


class Tool(StrEnum):
    """The guided tools, by their addresses."""

    CHANNEL = "kanal"
    DECISION = "beslutning"


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool, and what is filled in beforehand."""

    tool: Tool
    answers: Mapping[str, str] = field(default_factory=dict)


_WE = r"(?:jeg|vi|eg|me|man|en)"
_DECIDE = r"(?:vedta|vedtek|beslut|bestem|avgjør|avgjer|decid|decisi|adopt)\w*"
_CHANNEL = re.compile(
    r"\b(?:hvilke[nt]?|hva slags|kva|ka|kilken|what|which) (?:\w+ )?(?:kanal|channel)\w*"
    r"|\bkanalvelger\w*|\b(?:velge|bruke) (?:riktig |rett )?kanal\w*"
    rf"|\b(?:hvor|kor|kvar) (?:bør|skal|kan|må) {_WE} (?:publisere|legge ut|dele|varsle|informere)"
    rf"|\b(?:hvordan|korleis) (?:når|informerer|varsler|varslar) {_WE}\b"
    rf"|\b(?:hvordan|korleis) (?:bør|skal|kan|må) {_WE} (?:nå|informere|varsle)\b"
    r"|\bhow (?:do|should|can|must) (?:i|we) (?:reach|inform|notify)\b"
    r"|\bwhere (?:do|should|can|must) (?:i|we) (?:publish|post|announce)\b"
)
_DECISION = re.compile(
    r"\b(?:hva|kva|ka)\b.*\b(?:huske|hugse|gjøre|gjere|sjekke|tenke på|avklare|på plass)\b.*"
    rf"\b(?:før|ved|når|etter|innen|innan)\b.*\b{_DECIDE}"
    rf"|\bwhat (?:must|should|do) (?:i|we)\b.*\b(?:before|when|after)\b.*\b{_DECIDE}"
    r"|\b(?:før|når) (?:\w+ ){1,3}(?:vedtar|beslutter|bestemmer|avgjør)\b.*\b(?:hva|huske|må)\b"
    r"|\b(?:sjekkliste|huskeliste|hugseliste|beslutningssjekk|checklist)\w*"
    r"|\b(?:hvilke|kva for) (?:\w+ )?plikter\b.*\b(?:beslut|vedta)\w*"
)
_AUDIENCES = {
    "ansatte uten kontor": r"ut[ea]n (?:kontor|pc|e[gi]en pc)|ute i felt|i felten|på gulvet"
    r"|without (?:an? )?(?:desk|office|pc|computer)",
    "ansatte": r"ansatte?\w*|medarbeider\w*|kolleg\w*|tilsette?|staff|employees|colleagues",
    "innbyggere": r"innbygg[ej]\w*|beboer\w*|befolkning\w*|folk i byen|residents|citizens",
    "ledere": r"leder(?:e|ne)|leiara(?:r|ne)|managers",
    "media": r"media|press(?:en?|a)?|journalist\w*",
    "samarbeidspartnere": r"samarbeidspartner\w*|leverandør\w*|næringsliv\w*",
}
_MESSAGES = {
    forms.PERSONAL: r"enkeltvedtak\w*|vedtak til \w+|vedtaksbrev\w*",
    "driftsmelding": r"driftsmelding\w*|driftsstans\w*|stengt|vannet er borte",
    "nyhet": r"nyhet(?:en|er|sak\w*)?|news",
    "invitasjon": r"invitasjon\w*|invitere\w*",
    "dialog og medvirkning": r"medvirkning\w*|høring\w*|innspill\w*",
    "intern endring": r"omorganisering\w*|interne? endring\w*|ny vaktplan|nye rutiner|ny rutine",
}


def offer(question: str) -> Offer | None:
    """Return the tool that a question is of the kind for; None for most questions."""
    plain = normalise(question)
    if _DECISION.search(plain):
        return Offer(Tool.DECISION)
    if not _CHANNEL.search(plain):
        return None
    answers = {
        forms.AUDIENCE: _only(_AUDIENCES, plain),
        forms.MESSAGE: _only(_MESSAGES, plain),
    }
    return Offer(Tool.CHANNEL, {name: answer for name, answer in answers.items() if answer})


def _only(patterns: Mapping[str, str], text: str) -> str:
    """Return the one answer that a text names; "" if it names none or several."""
    found = [
        answer for answer, pattern in patterns.items() if re.search(rf"\b(?:{pattern})\b", text)
    ]
    if found == ["ansatte uten kontor", "ansatte"]:
        return found[0]
    return found[0] if len(found) == 1 else ""
