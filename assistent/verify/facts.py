"""What a text states exactly: numbers, dates, times, paragraphs, case numbers, addresses.

Every fact is brought into one form, so that «29. mai 2002» and «29.5.2002», or «over 200» and «mer
enn to hundre», are the same. Whether one fact proves another is decided in
:mod:`assistent.verify.agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistent.types import Span
from assistent.verify.quantities import (
    ARTICLES,
    BOUNDS,
    EDGES,
    LARGE,
    MEMBERS,
    MONTHS,
    RATES,
    SEASONS,
    UNITS,
    number_of,
)


class FactKind(StrEnum):
    """The sorts of facts; one sort is compared with itself only."""

    ADDRESS = "address"
    PARAGRAPH = "paragraph"
    CASE = "case"
    DATE = "date"
    TIME = "time"
    CODE = "code"
    NUMBER = "number"


Value = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One exact statement.

    ``value`` is its normal form: for a date (year, month, day) with 0 for what is left out, for a
    part of a year ("season", year, first month, last month), for a paragraph its sign, number and
    member, for a number its value or ("range", from, to), ("rate", times, period), ("ratio", …).
    ``bound`` says how a number is meant («>», «<=», «~» …), ``edge`` whether it begins or ends
    something. ``unit`` is what is counted, as it is written, or the law of a paragraph. ``span``
    is where it stands.
    """

    kind: FactKind
    value: Value
    span: Span
    bound: str = ""
    edge: str = ""
    unit: str = ""


def _any_of(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")"


_MONTH = _any_of(list(MONTHS))
_SEASON = _any_of(list(SEASONS))
_DOMAIN = r"(?:no|com|org|net|eu|io|info|dev|app|gov|edu|se|dk|de|uk|pl)"
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|\b(?:[\w-]+\.)+{_DOMAIN}\b(?:/[\w./?=&%#-]*)?",
    re.IGNORECASE,
)
_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>\d{4})"
_DATES = (
    re.compile(
        rf"\b{_DAY}\s?(?:\.|st|nd|rd|th)?\s?(?:of )?(?P<m>{_MONTH})\b\.?(?:[ ,]{{1,2}}{_YEAR}\b)?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<m>{_MONTH}) {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH})\b\.?,? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}-(?P<m>\d{{2}})-(?P<d>\d{{2}})\b"),
    re.compile(rf"\b{_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}})\b"),
    re.compile(rf"(?P<s>{_SEASON}) {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"(?<=[\w,;(] )(?P<m>{_MONTH})\b", re.IGNORECASE),
    # A year stands alone; «2020 prosent» and «2020 meldinger» are numbers.
    re.compile(
        r"(?<![\d/.,§-])\b(?P<y>(?:19|20)\d\d)\b"
        r"(?![\d/]|[.,]\d| ?(?:prosent|kroner|%|meldinger|ansatte))"
    ),
)
# Also words of English, or too short to be sure of.
_AMBIGUOUS_MONTHS = frozenset("may march mars mai".split())
_SHORTEST_BARE_MONTH = 4
# «§ 15 a», but not «§ 9 i loven» and «section 9 a party».
_LETTER = (
    r"(?:\s?[a-hj-z]\b(?:(?<!\sa)|(?=\s*(?:$|[^\w\s]|(?:og|eller|and|or|of|in|i|om|som|sier|er|skal"
    r"|kan|må|har|står)\b))))?"
)
_PARAGRAPH = re.compile(
    r"(?P<sign>§{1,2}|\b(?:paragraf(?:en|er|ene|ane)?|sections?|artikkel|artiklene|artikler"
    r"|artiklar|articles?|art\.|punkt|kapittel|kap\.|chapter))\s*"
    rf"(?P<list>\d+(?:\s?[-–]\s?\d+)?{_LETTER}"
    rf"(?:\s?(?:,|og|and|eller|or|til|to|–|-)\s?\d+(?:[-–]\d+)?{_LETTER})*)",
    re.IGNORECASE,
)
_PARAGRAPH_PART = re.compile(r"\d+(?:\s?[-–]\s?\d+)?(?:\s?[a-z]\b)?", re.IGNORECASE)
_SIGN_LENGTH = 3
_MEMBER = re.compile(
    rf"\s({'|'.join(MEMBERS)})\s(?:ledd|paragraph|subsection|punktum)\b", re.IGNORECASE
)
_LAW = re.compile(
    r"[^\W\d_][\w-]*?(?:loven|lova|lov|forskriften|forskrifta|forskrift|act|gdpr|emk)\b",
    re.IGNORECASE,
)
_LAW_REACH = 60
_CASE = re.compile(r"\b\d{1,6}/\d{2,4}\b")
_CODE = re.compile(
    # A telephone number is one thing, however it is grouped.
    r"\b\d{2}(?: \d{2}){3}\b|\b\d{3} \d{2} \d{3}\b|\b\d{8}\b|#[0-9a-f]{3,8}\b|"
    r"\b(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]+\b(?:\.\d+)*",
    re.IGNORECASE,
)
_HOUR = r"(\d{1,2})(?:[.:](\d{2}))?"
_TIME = re.compile(
    rf"\bmellom (?:kl\.?|klokka|klokken)\s?{_HOUR} og (?:(?:kl\.?|klokka) )?{_HOUR}"
    rf"|\b(?:kl\.?|klokka|klokken)\s?{_HOUR}(?:\s?(?:–|-|til)\s?{_HOUR})?"
    r"|\b(\d{1,2}):(\d{2})\b",
    re.IGNORECASE,
)
_RATE = re.compile(rf"\b{_any_of(list(RATES))}\b", re.IGNORECASE)
_RATIO = re.compile(r"\b\d+(?:[.,]\d+)?\s?:\s?\d+\b")
_RANGE = re.compile(r"(?<![\w.,/-])(\d+)\s?(?:–|-)\s?(\d+)(?![\w/])")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+")
_NUMBER = re.compile(r"(?<![\w,/-])(?:\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(?:[.,]\d+)*(?![\w/])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|%|\d+")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_OR_MORE = re.compile(
    r"(?: [^\W\d_]+)?\s(?:eller|or) (?:senere|seinare|later|mer|flere|more)", re.IGNORECASE
)
# «Tre i kraft» is no number.
_STEP_ON = frozenset("i inn ut fram frem av".split())
_TAKEN = "¤"
_CENTURY = 2000


def read_facts(text: str, language: str = "nb") -> tuple[Fact, ...]:
    """Return the facts of a text in order; no two share a character.

    Args:
        language: BCP 47; decides which number words there are («to» is no number in English).
    """
    free = _Free(text)
    found: list[Fact] = []
    for read in (_addresses, _paragraphs, _cases, _dates, _times, _rates, _codes, _numbers):
        found += read(free)
    found += _spelled(free, language)
    found.sort(key=lambda fact: (fact.span.start, str(fact.value)))
    return tuple(_with_ranges(text, found))


class _Free:
    """A text and what no fact has taken of it yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text

    def take(self, kind: FactKind, value: Value, start: int, end: int) -> Fact:
        self.cover(start, end)
        return _complete(self.text, kind, value, start, end)

    def cover(self, start: int, end: int) -> None:
        self.rest = f"{self.rest[:start]}{_TAKEN * (end - start)}{self.rest[end:]}"


def _addresses(free: _Free) -> Iterator[Fact]:
    for match in _ADDRESS.finditer(free.rest):
        whole = match.group().rstrip(".,;:!?)»\"'")
        plain = re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", whole.casefold())
        yield free.take(FactKind.ADDRESS, (plain,), match.start(), match.start() + len(whole))


def _paragraphs(free: _Free) -> Iterator[Fact]:
    for match in _PARAGRAPH.finditer(free.rest):
        sign = match["sign"].casefold()[:_SIGN_LENGTH]
        sign = "§" if sign.startswith("§") or sign in {"par", "sec"} else sign
        laws = _LAW.findall(free.text[max(match.start() - _LAW_REACH, 0) : match.start()])
        law = str(laws[-1]).casefold() if laws else ""
        member = _MEMBER.match(free.text, match.end())
        order = MEMBERS.get(member[1].casefold()) if member else None
        for part in _PARAGRAPH_PART.findall(match["list"]):
            number = re.sub(r"\s", "", part.casefold()).replace("–", "-")
            value: Value = (sign, number) if order is None else (sign, number, float(order))
            yield Fact(FactKind.PARAGRAPH, value, Span(match.start(), match.end()), unit=law)
        free.cover(match.start(), member.end() if member else match.end())


def _cases(free: _Free) -> Iterator[Fact]:
    for match in _CASE.finditer(free.rest):
        yield free.take(FactKind.CASE, (match.group(),), match.start(), match.end())


def _dates(free: _Free) -> Iterator[Fact]:
    for pattern in _DATES:
        for match in pattern.finditer(free.rest):
            value = _date(match.groupdict())
            if value is not None:
                yield free.take(FactKind.DATE, value, match.start(), match.end())


def _date(groups: dict[str, str | None]) -> Value | None:
    year, month, day = (groups.get(name) for name in "ymd")
    season = SEASONS.get((groups.get("s") or "").casefold())
    if season is not None:
        return ("season", float(year or 0), float(season[0]), float(season[1]))
    number = 0
    if month is not None:
        name = month.casefold()
        number = int(month) if month.isdecimal() else MONTHS.get(name, -1)
        unsure = name in _AMBIGUOUS_MONTHS or len(name) < _SHORTEST_BARE_MONTH
        if year is None and day is None and unsure:
            return None
    if not 0 <= number <= 12 or not 0 <= int(day or 0) <= 31:
        return None
    full = int(year or 0)
    full += _CENTURY if year is not None and full < 100 else 0
    return float(full), float(number), float(day or 0)


def _times(free: _Free) -> Iterator[Fact]:
    for match in _TIME.finditer(free.rest):
        value = tuple(float(part) for part in match.groups() if part)
        yield free.take(FactKind.TIME, value, match.start(), match.end())


def _rates(free: _Free) -> Iterator[Fact]:
    for match in _RATE.finditer(free.rest):
        rate = RATES.get(match.group().casefold())
        if rate is not None:
            yield free.take(FactKind.NUMBER, ("rate", *rate), match.start(), match.end())


def _codes(free: _Free) -> Iterator[Fact]:
    for match in _CODE.finditer(free.rest):
        if _TAKEN not in match.group():
            code = match.group().casefold().replace(" ", "")
            yield free.take(FactKind.CODE, (code,), match.start(), match.end())


def _numbers(free: _Free) -> Iterator[Fact]:
    for match in _RATIO.finditer(free.rest):
        ratio = re.sub(r"\s", "", match.group())
        yield free.take(FactKind.NUMBER, ("ratio", ratio), match.start(), match.end())
    for match in _RANGE.finditer(free.rest):
        value = ("range", float(match[1]), float(match[2]))
        yield free.take(FactKind.NUMBER, value, match.start(), match.end())
    for match in _NUMBER.finditer(free.rest):
        number, end = _number(match.group()), match.end()
        large = _NEXT_WORD.match(free.rest, end)
        factor = LARGE.get(large[1].casefold()) if large else None
        if large and factor:
            number, end = number * factor, large.end()
        yield free.take(FactKind.NUMBER, (number,), match.start(), end)


def _number(text: str) -> float:
    if _GROUPED.fullmatch(text):
        return float(re.sub(r"\D", "", text))
    plain = re.sub(r"[ \u00a0]", "", text.replace(",", "."))
    whole, _, rest = plain.partition(".")
    return float(f"{whole}.{rest.replace('.', '')}") if rest else float(whole)


def _spelled(free: _Free, language: str) -> Iterator[Fact]:
    """Yield numbers written as words, «tjuefem», «to hundre», «tredje»."""
    words = [(match.group().casefold(), *match.span()) for match in _WORD.finditer(free.rest)]
    lows = [word for word, _, _ in words]
    at = 0
    while at < len(words):
        value = number_of(lows[at], language)
        if value is None and _is_single(lows, at):
            value = 1.0
        if value is None or (
            lows[at] == "tre" and lows[at + 1 : at + 2] and lows[at + 1] in _STEP_ON
        ):
            at += 1
            continue
        end = at
        while end + 1 < len(words) and lows[end + 1] in LARGE:
            end += 1
            value *= LARGE[lows[end]]
        yield free.take(FactKind.NUMBER, (value,), words[at][1], words[end][2])
        at = end + 1


def _is_single(lows: Sequence[str], at: int) -> bool:
    """«Innen en uke», «senest ett år»: an article that counts."""
    before = lows[at - 1] if at else ""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    counted = before in EDGES or (before,) in BOUNDS or before in {"per", "enn", "than"}
    return lows[at] in ARTICLES and after in UNITS and counted


def _complete(text: str, kind: FactKind, value: Value, start: int, end: int) -> Fact:
    """Add what stands around a fact: its bound, its edge, what is counted."""
    before = [word.group().casefold() for word in _WORD.finditer(text[max(start - 40, 0) : start])]
    bound = next(
        (
            BOUNDS[tail]
            for length in (3, 2, 1)
            for skip in (0, 1)
            if len(tail := tuple(before[-length - skip : len(before) - skip])) == length
            and tail in BOUNDS
        ),
        "",
    )
    edge = next((EDGES[word] for word in reversed(before[-2:]) if word in EDGES), "")
    if bound == "<=" and kind is FactKind.DATE:
        edge = "end"  # «ikke senere enn»
    unit = ""
    if kind is FactKind.NUMBER:
        after = _WORD.match(text, end + 1) if text[end : end + 1] in {" ", "\u00a0"} else None
        unit = "%" if text[end : end + 1] == "%" else after.group().casefold() if after else ""
    if _OR_MORE.match(text, end):
        bound = ">="
    return Fact(kind, value, Span(start, end), bound, edge, unit)


def _with_ranges(text: str, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts with «mellom 3 og 6» and «tre til seks» as one."""
    at = 0
    while at < len(facts):
        fact, after = facts[at], facts[at + 1] if at + 1 < len(facts) else None
        if after is not None and _make_range(text, fact, after):
            value: Value = ("range", fact.value[0], after.value[0])
            span = Span(fact.span.start, after.span.end)
            yield Fact(FactKind.NUMBER, value, span, fact.bound, unit=after.unit)
            at += 2
        else:
            yield fact
            at += 1


def _make_range(text: str, fact: Fact, after: Fact) -> bool:
    if any(each.kind is not FactKind.NUMBER or len(each.value) != 1 for each in (fact, after)):
        return False
    between = text[fact.span.end : after.span.start]
    before = text[max(fact.span.start - 8, 0) : fact.span.start].casefold()
    if between in {" og ", " and "}:
        return before.endswith(("mellom ", "between "))
    return between in {" til ", " to "}
