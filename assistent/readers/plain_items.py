"""Lines that belong together: paragraphs, list items and headings before they are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from assistent.readers.joining import Vocabulary, join_lines
from assistent.readers.plain_lines import Line

_BULLET = re.compile(
    r"^[•●▪◦‣∙·\uf0b7\uf0a7\u2013*-]\s+(?=\S)|^[•●▪\uf0b7\uf0a7](?=\S)|^o\s+(?=[A-ZÆØÅ])"
)
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=[A-ZÆØÅ«§])")
_LETTER = re.compile(r"^[a-zæøå]\)\s+(?=\S)")
_LETTER_FOLLOWS = (":", ";", ",", ".", " og", " eller")  # how the line before «b)» ends
_MONTHS = "januar februar mars april mai juni juli august september oktober november desember"
DATE = re.compile(rf"\b\d{{1,2}}\.\s?(?:{'|'.join(_MONTHS.split())})\s+\d{{4}}\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:skal|må|bør|kan)\b")
# A line that ends in one of these goes on: it leads in a list and is no heading.
_OPEN_END = re.compile(
    r"\b(?:at|som|å|er|og|eller|for|til|på|av|i|med|om|ved|når|hvis|skal|må|bør|kan|ikke)$"
)
MAX_HEADING_CHARACTERS = 100
MAX_HEADING_WORDS = 14
_MAX_COLON_HEADING_WORDS = 3


class Role(Enum):
    """What an item turned out to be, before headings get their level."""

    CHAPTER = auto()  # numbered heading
    TEMPLATE = auto()  # fixed top-level heading of a case
    RESOLUTION = auto()  # «… fatte følgende vedtak:»
    LABEL = auto()  # «Mål 1», «Strategi 2 – …»
    SUBHEADING = auto()  # unnumbered heading
    TITLE = auto()
    PARAGRAPH = auto()
    BULLET = auto()
    NUMBERED = auto()  # item of a numbered list
    SIGNATURE = auto()


HEADINGS = {Role.CHAPTER, Role.TEMPLATE, Role.RESOLUTION, Role.LABEL, Role.SUBHEADING}


@dataclass(slots=True)
class Item:
    """Lines that belong together, with the marker of the first taken off."""

    text: str
    lines: list[str]
    gap: bool
    bullet: bool = False
    number: tuple[int, ...] = ()
    marker: str = ""
    role: Role | None = field(default=None)

    @property
    def open(self) -> bool:
        """Whether the text lacks the punctuation that ends a sentence."""
        return not self.text.rstrip('»”")').endswith((".", "!", "?", ":", ";"))


def gather(lines: Sequence[Line], width: float, known: Vocabulary) -> list[Item]:
    """Join the lines that belong together; a marker at the start of a line begins an item."""
    items: list[Item] = []
    for line in lines:
        current = items[-1] if items else None
        bullet = _BULLET.match(line.text)
        letter = _LETTER.match(line.text)
        number = None if bullet else _NUMBER.match(line.text)
        if bullet:
            items.append(_start(line, line.text[bullet.end() :], bullet=True, marker="• "))
        elif letter and (line.gap or current is None or current.text.endswith(_LETTER_FOLLOWS)):
            rest = line.text[letter.end() :]
            items.append(_start(line, rest, bullet=True, marker=letter.group()))
        elif number and (current is None or _may_begin(line, current)):
            digits = tuple(int(part) for part in number.group(1).split("."))
            rest = line.text[number.end() :]
            items.append(_start(line, rest, number=digits, marker=number.group()))
        elif current is not None and _continues(line, current, width):
            current.text = join_lines(current.text, line.text, known)
            current.lines.append(line.text)
        else:
            items.append(_start(line, line.text))
    return items


def _start(
    line: Line,
    text: str,
    *,
    bullet: bool = False,
    number: tuple[int, ...] = (),
    marker: str = "",
) -> Item:
    return Item(text, [line.text], line.gap, bullet=bullet, number=number, marker=marker)


def _may_begin(line: Line, current: Item) -> bool:
    """Whether a number at the start of a line can be a marker and not the end of a sentence."""
    return (
        line.gap
        or line.page_start
        or not current.open
        or bool(current.number)
        or (len(current.lines) == 1 and looks_like_heading(current))
    )


def _continues(line: Line, current: Item, width: float) -> bool:
    """Whether a line without a marker belongs to the item before it."""
    lower = line.text[0].islower()
    last = current.lines[-1]
    if current.text.endswith(("-", "–")) and (lower or not line.gap):
        return True
    if line.gap:
        return lower and current.open
    if lower:
        return True
    if line.page_start and (current.bullet or current.number or not current.open):
        return False
    alone = len(current.lines) == 1 and len(last) < 0.75 * width
    if alone and not current.bullet and looks_like_heading(current):
        return False
    return current.open or len(last) >= 0.6 * width


def looks_like_heading(item: Item) -> bool:
    """Whether the text alone could be a heading."""
    text, words = item.text, len(item.text.split())
    if item.bullet or len(text) > MAX_HEADING_CHARACTERS or words > MAX_HEADING_WORDS:
        return False
    if text[0].islower() or DATE.search(text) or text.endswith((".", ",", ";", "!", "-")):
        return False
    if text.endswith(":"):
        return words <= _MAX_COLON_HEADING_WORDS
    return not _OPEN_END.search(text) and not (_MODAL.search(text) and words > 8)
