"""Questions that are not our business: a closed list of routes, read from the wording.

The patterns stand in ``data/ruter.toml``. Precision comes first, since a question that is routed
gets no answer from the documents: a word about communicating («informere», «nettside») makes it
ours, save on the routes where writing is the very thing asked for or where a person needs help.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from assistent.person_names import find_persons
from assistent.words import normalise


class Route(StrEnum):
    """Where a question belongs instead."""

    CRISIS = "crisis"
    DISTRESS = "distress"
    VIOLENCE = "violence"
    WHISTLEBLOWING = "whistleblowing"
    OWN_CASE = "own_case"
    PERSONNEL = "personnel"
    LEGAL = "legal"
    IT_SUPPORT = "it_support"
    OTHER_MUNICIPALITY = "other_municipality"
    POLITICS = "politics"
    PRESS_QUOTE = "press_quote"
    GREETING = "greeting"
    THANKS = "thanks"
    WHO_ARE_YOU = "who_are_you"
    INSULT = "insult"
    UNCLEAR = "unclear"


_NAME = "\x00"  # stands for a person's name while patterns are tried
_EDGES = " .,!?…:;-–\"'«»()"
_MOST_INSULTING = 9
_PARAGRAPH = re.compile(
    r"(?:[^\W\d_]*(?:loven|lova|lov)(?: av \d{4})?[ ,]+)?"
    r"(?:§§? ?\d+(?:[-–]\d+)?|paragraf \d+(?:[-–]\d+)?)(?: (?:i|of) [^\W\d_]*lov\w*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Way:
    """One entry of the list; ``always`` holds beside words of communicating too."""

    route: Route
    pattern: re.Pattern[str]
    always: bool


@dataclass(frozen=True, slots=True)
class _Ways:
    """What ``data/ruter.toml`` holds, ready to be tried on a normalised question."""

    ways: tuple[_Way, ...]
    ours: re.Pattern[str]
    supposed: re.Pattern[str]
    at_home: re.Pattern[str]
    insult: re.Pattern[str]
    you: re.Pattern[str]
    unclear: re.Pattern[str]
    named_case: re.Pattern[str]
    elsewhere: re.Pattern[str]

    def crisis(self, plain: str) -> bool:
        """Tell whether someone is in danger now."""
        crises = [way.pattern for way in self.ways if way.route is Route.CRISIS]
        return any(each.search(plain) for each in crises) and not self.supposed.search(plain)


def read_route(question: str, *, follows: bool = False) -> Route | None:
    """Return where a cleaned question belongs, None if it is ours to search for.

    Args:
        question: the question.
        follows: whether turns stand before it; «hvorfor?» is then no unclear question.
    """
    known = _ways()
    plain = normalise(question).strip(_EDGES)
    for way in known.ways:
        if way.always and way.pattern.search(plain):
            return way.route
    if known.unclear.search(plain):
        return None if follows else Route.UNCLEAR
    if known.elsewhere.search(plain) and not known.at_home.search(plain):
        return Route.OTHER_MUNICIPALITY
    if known.ours.search(plain):
        return None
    for way in known.ways:
        if way.route is Route.CRISIS and known.supposed.search(plain):
            continue
        if way.pattern.search(plain):
            return way.route
    if _is_named_case(question, known):
        return Route.OWN_CASE
    return Route.INSULT if _is_insult(plain, known) else None


def sounds_dangerous(question: str) -> bool:
    """Tell whether someone may be in danger now, whatever else is asked about."""
    return _ways().crisis(normalise(question).strip(_EDGES))


def named_paragraph(question: str) -> str:
    """Return the paragraph that a question names, empty if none."""
    found = _PARAGRAPH.search(question)
    return found.group().strip(" ,") if found else ""


def _is_insult(plain: str, known: _Ways) -> bool:
    words = plain.split()
    return (
        len(words) <= _MOST_INSULTING
        and bool(known.insult.search(plain))
        and (len(words) <= 2 or bool(known.you.search(plain)))
    )


def _is_named_case(question: str, known: _Ways) -> bool:
    """Tell whether the case of a person with a name is asked about."""
    text = question
    for person in reversed(list(find_persons(question))):
        if person.known or " " in question[person.span.start : person.span.end]:
            text = f"{text[: person.span.start]}{_NAME}{text[person.span.end :]}"
    return _NAME in text and bool(known.named_case.search(normalise(text)))


@functools.cache
def _ways() -> _Ways:
    source = files("assistent").joinpath("data/ruter.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    words: Mapping[str, Sequence[str]] = data["ord"]

    def compiled(patterns: Sequence[str], whole: Sequence[str] = ()) -> re.Pattern[str]:
        parts = [*patterns, *([f"^{_any(whole)}$"] if whole else [])]
        text = "|".join(parts).replace("@navn@", _NAME)
        return re.compile(re.sub(r"@(\w+)@", lambda found: _any(words[found.group(1)]), text))

    def some_word(name: str) -> re.Pattern[str]:
        return compiled([rf"\b{_any(words[name])}\b"])

    return _Ways(
        ways=tuple(
            _Way(
                Route(entry["id"]),
                compiled(entry.get("monster", ()), entry.get("helt", ())),
                entry.get("alltid", False),
            )
            for entry in data["rute"]
        ),
        ours=some_word("vaart"),
        supposed=some_word("tenkt"),
        at_home=some_word("hjemme"),
        insult=some_word("skjellsord"),
        you=some_word("du"),
        unclear=compiled((), data["uklart"]["helt"]),
        named_case=compiled(data["navngitt"]["monster"]),
        elsewhere=compiled(data["andre_kommuner"]["monster"]),
    )


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(words)})"
