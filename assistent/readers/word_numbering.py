"""What Word prints before a numbered or bulleted paragraph.

The file holds no numbers, only which list a paragraph belongs to; Word counts when it shows the
page. ECMA-376 part 1, 17.9 describes the rules followed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_PLACEHOLDER = re.compile(r"%(\d)")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks and where it starts."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of a document from top to bottom."""

    levels: dict[tuple[str, int], Level]  # by numbering id and level
    lists: dict[str, str]  # numbering id → abstract list, which shares its counters
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    restarted: set[str] = field(default_factory=set)

    def marker(self, number_id: str, level: int) -> str | None:
        """Count one paragraph and return what stands before it, «• », «1. », «1.2 » or «b) ».

        Returns None where the level is not known or prints nothing.
        """
        definition = self.levels.get((number_id, level))
        if definition is None or definition.format == "none":
            return None
        if definition.format == "bullet":
            return "• "
        counters = self.counters.setdefault(self._list_of(number_id), {})
        counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]
        text = _PLACEHOLDER.sub(
            lambda match: self._shown(number_id, int(match.group(1)) - 1, counters, level),
            definition.text,
        )
        return f"{text.strip()} " if text.strip() else None

    def _list_of(self, number_id: str) -> str:
        """Lists with an override of the start count for themselves, the others together."""
        return number_id if number_id in self.restarted else self.lists.get(number_id, number_id)

    def _shown(self, number_id: str, level: int, counters: dict[int, int], own: int) -> str:
        definition = self.levels.get((number_id, level))
        if definition is None:
            return ""
        form = self.levels[(number_id, own)].format if level == own else definition.format
        return _numeral(counters.setdefault(level, definition.start), form)


def read_numbering(document: Any) -> Numbering:
    """Collect the list definitions of a python-docx document."""
    numbering = Numbering({}, {})
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return numbering
    abstract = {item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))}
    for number in root.iter(qn("w:num")):
        number_id = number.get(qn("w:numId"))
        link = number.find(qn("w:abstractNumId"))
        abstract_id = link.get(qn("w:val")) if link is not None else ""
        numbering.lists[number_id] = f"abstract {abstract_id}"
        if abstract_id in abstract:
            _add_levels(numbering, number_id, abstract[abstract_id])
        for override in number.iter(qn("w:lvlOverride")):
            _override(numbering, number_id, override)
    return numbering


def _add_levels(numbering: Numbering, number_id: str, parent: Any) -> None:
    for level in parent.iter(qn("w:lvl")):
        start = _value(level, "w:start", "1")
        numbering.levels[(number_id, int(level.get(qn("w:ilvl"))))] = Level(
            _value(level, "w:numFmt", "decimal"),
            _value(level, "w:lvlText", ""),
            int(start) if start.isdigit() else 1,
        )


def _override(numbering: Numbering, number_id: str, override: Any) -> None:
    _add_levels(numbering, number_id, override)
    start = override.find(qn("w:startOverride"))
    key = (number_id, int(override.get(qn("w:ilvl"))))
    if start is None or key not in numbering.levels:
        return
    old = numbering.levels[key]
    numbering.levels[key] = Level(old.format, old.text, int(start.get(qn("w:val"))))
    numbering.restarted.add(number_id)


def _value(element: Any, tag: str, default: str) -> str:
    child = element.find(qn(tag))
    value = child.get(qn("w:val")) if child is not None else None
    return default if value is None else str(value)


def _numeral(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 29:
        letter = "abcdefghijklmnopqrstuvwxyzæøå"[number - 1]
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 1 <= number < 40:
        roman, rest = "", number
        for value, sign in _ROMAN:
            while rest >= value:
                roman, rest = roman + sign, rest - value
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)
