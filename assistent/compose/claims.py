"""A line of a model's reply becomes a claim with the numbers of its sentences, or is refused.

Models keep to a format only roughly, so the reading is tolerant: numbers may stand as [1][2],
[1, 2], [1–3], (1), ¹ or 【1】, in the middle of the line or at its end. But it never guesses: a
claim with a number that does not exist is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistent.compose.plain import addresses, plain

MAX_LENGTH = 500
_LEAST_WORDS = 2
# Fewer words without a number are a heading or a greeting, no claim.
_CLAIM_WORDS = 4
_WIDEST_RANGE = 20


class Completeness(StrEnum):
    """How much of the question the model says it has answered, in the prompt's words."""

    WHOLE = "HELT"
    PART = "DELVIS"
    NOTHING = "INGENTING"


class Rejection(StrEnum):
    """Why a line that wants to be a claim is none."""

    UNNUMBERED = "unnumbered"  # it names no sentence
    NUMBER = "number"  # it names a sentence that does not exist
    MARKUP = "markup"  # it is more than plain text, or holds an address that is not its evidence's
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim and the numbers of the sentences that the model rests it on, at least one."""

    text: str
    numbers: tuple[int, ...]


Read = Proposal | Rejection | Completeness

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LENTICULAR = re.compile(r"【\s*(\d+)[^】]*】")
_WORD = r"(?:setning(?:ene|en|er)?|sentences?|kilder?|nr\.?|nummer|s|#|\^)?\s*"
_JOINT = r"\s*(?:,|;|/|&|–|—|-|og|and|til|to)\s*"
_NUMBERS = rf"{_WORD}\d{{1,3}}(?:{_JOINT}{_WORD}\d{{1,3}})*"
_BRACKETED = re.compile(rf"\[\s*{_NUMBERS}\s*\]", re.IGNORECASE)
_BRACKETS = re.compile(
    rf"\s*{_BRACKETED.pattern}(?:\s*(?:,|;|og|and|&)?\s*{_BRACKETED.pattern})*", re.IGNORECASE
)
_PARENTHESES = re.compile(rf"(?:\s*\(\s*{_NUMBERS}\s*\))+(?=\W*$)", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)\s*(?:–|—|-|til|to)\s*(\d+)", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–—*•·▪◦‣+>]|#{1,6}|\(?[a-z]\))\s+")
_MONTHS = "jan|feb|mars|april|mai|juni|juli|aug|sep|okt|nov|des"
_NUMBERED = re.compile(
    rf"^(?:påstand|claim)?\s*\(?\d{{1,2}}[.):]\)?\s+(?!(?:{_MONTHS}))", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:påstand|claim)\s*\d*\s*:\s*", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,}|-{3,}|_{3,}|\*{3,}|={3,})")
_DANGLING = re.compile(r"[\s,;]+$|\s+(?=[.,;:!?](?:\s|$))")
_COVERED = re.compile(
    r"^\W*(?:(?:dekning|svar(?:et|er)?|completeness|konklusjon)\W+)?(HELT|DELVIS|INGENTING)\W*$",
    re.IGNORECASE,
)
_COVERED_AFTER = re.compile(r"^(.*[\])])\W*\b(HELT|DELVIS|INGENTING)\W*$")


def read_line(line: str, evidence: Mapping[int, str]) -> list[Read]:
    """Return what stands in a line: nothing, a claim, a refused one, the completeness.

    Args:
        line: without its end.
        evidence: the sentences by their numbers.
    """
    line = line.strip()
    if not line or _FENCE.match(line):
        return []
    if covered := _COVERED.match(line):
        return [Completeness(covered[1].upper())]
    after: list[Read] = []
    if covered := _COVERED_AFTER.match(line):
        line, after = covered[1], [Completeness(covered[2])]
    text, numbers = _cited(_without_marks(line))
    if not numbers:
        heading = text.endswith(":") or line.startswith("#")
        counts = not heading and len(text.split()) >= _CLAIM_WORDS
        return [*([Rejection.UNNUMBERED] if counts else []), *after]
    return [*read_claim(text, numbers, evidence), *after]


def read_claim(text: str, numbers: Sequence[int], evidence: Mapping[int, str]) -> list[Read]:
    """Return a claim, or why it is refused; nothing where nothing is claimed.

    Args:
        text: the claim without its numbers.
        numbers: those it names.
        evidence: the sentences by their numbers.
    """
    if not numbers:
        return [Rejection.UNNUMBERED]
    if not set(numbers) <= set(evidence):
        return [Rejection.NUMBER]
    if len(text) > MAX_LENGTH:
        return [Rejection.LENGTH]
    content = plain(text)
    if content is None:
        return [Rejection.MARKUP]
    if sum(any(map(str.isalpha, word)) for word in content.split()) < _LEAST_WORDS:
        return []
    cited = " ".join(evidence[number] for number in numbers)
    if any(address not in cited for address in addresses(content)):
        return [Rejection.MARKUP]
    return [Proposal(content, tuple(dict.fromkeys(numbers)))]


def split_citations(text: str) -> str:
    """Return a claim's text without numbers that stand in it nevertheless."""
    return _cited(_without_marks(text))[0]


def _without_marks(line: str) -> str:
    """Take off what sets a line apart: bullets, numbering, a label."""
    line = line.replace("\\[", "[").replace("\\]", "]")
    while True:
        bare = _LABEL.sub("", _NUMBERED.sub("", _BULLET.sub("", line)))
        opened = re.match(r"(\*\*|__)(\S.*?)\1\s*", bare)
        if opened and re.fullmatch(r"\W*\d{1,2}[.):]?\W*", opened[2]):
            bare = bare[opened.end() :]
        if bare == line:
            return bare
        line = bare


def _cited(line: str) -> tuple[str, list[int]]:
    """Return a line without its numbers, and the numbers."""
    line = _LENTICULAR.sub(r"[\1]", line)
    line = _SUPERSCRIPT.sub(lambda found: f"[{found[0].translate(_SUPERSCRIPTS)}]", line)
    for pattern in (_BRACKETS, _PARENTHESES):
        marks = pattern.findall(line)
        if marks:
            numbers = [number for mark in pattern.finditer(line) for number in _numbers(mark[0])]
            return _tidy(pattern.sub("", line)), numbers
    return _tidy(line), []


def _numbers(mark: str) -> Iterable[int]:
    last = 0
    for found in _RANGE.finditer(mark):
        first, final = int(found[1]), int(found[2])
        if first < final <= first + _WIDEST_RANGE:
            yield from map(int, re.findall(r"\d+", mark[last : found.start()]))
            yield from range(first, final + 1)
            last = found.end()
    yield from map(int, re.findall(r"\d+", mark[last:]))


def _tidy(text: str) -> str:
    """Take off what stood around the numbers."""
    text = re.sub(r"(\*\*|__)\s*\1", "", text.strip())
    text = _DANGLING.sub("", text.lstrip(" :;,."))
    return re.sub(r"(?<=[.!?])\.$", "", text).strip()
