"""What each item of a plain text is, told by its words and its neighbours.

The rules were written for Norwegian municipal documents; each says what it relies on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistent.readers.plain_items import (
    DATE,
    HEADINGS,
    MAX_HEADING_CHARACTERS,
    MAX_HEADING_WORDS,
    Item,
    Role,
    looks_like_heading,
)

_FIELD = re.compile(r"^[A-ZÆØÅ][\w -]{1,24}: \S")  # «Sted: Rådhuset»
_PARAGRAPH_SIGN = re.compile(r"^§\s*\d+[\w-]*\.?\s")
_LABEL = re.compile(
    r"^(?:Mål|Delmål|Strategi|Kapittel|Kap\.|Del|Vedlegg|Fase|Trinn|Artikkel)\s?\d+\b",
    re.IGNORECASE,
)
SIGNED = re.compile(rf"^.{{2,60}},\s+(?:den\s+)?{DATE.pattern}$", re.IGNORECASE)
NAME = re.compile(r"^(?:[A-ZÆØÅ][\w.’'-]*\s+){1,4}[A-ZÆØÅ][\w’'-]*$")
# The fixed headings of a case in the municipality's case template; they stand at the top level.
_TEMPLATE = re.compile(
    r"^(?:Sammendrag|Saksfremstilling|Saksframstilling|Bakgrunn|Hjemmel|Tidligere vedtak"
    r"|Vedtakskompetanse|Vedtak|Økonomiske(?: og administrative)? konsekvenser"
    r"|(?:Byrådets?|Byrådsleders?|Byrådens|Kommunedirektørens|Rådmannens) (?:vurdering|innstilling)"
    r"|Vedlegg|Konklusjon|Innstilling)\s*:?$"
)
RESOLUTION = re.compile(r"\bvedtak:$")


def classify(items: list[Item]) -> None:
    """Give every item its role: what is certain first, then what its neighbours tell."""
    for item in items:
        item.role = _certain_role(item)
    _classify_numbered(items)
    _classify_signatures(items)
    for index in reversed(range(len(items))):
        if items[index].role is None:
            items[index].role = _weak_role(items, index)
    _classify_title(items)


def _certain_role(item: Item) -> Role | None:
    """Return the role that the item's own text decides, else None."""
    if item.bullet:
        return Role.BULLET
    if item.number:
        return None
    if _TEMPLATE.match(item.text):
        return Role.TEMPLATE
    if RESOLUTION.search(item.text) and len(item.text.split()) <= MAX_HEADING_WORDS:
        return Role.RESOLUTION
    if _is_label(item):
        return Role.LABEL
    return None if looks_like_heading(item) else Role.PARAGRAPH


def _is_label(item: Item) -> bool:
    short = len(item.text) <= MAX_HEADING_CHARACTERS
    named = _LABEL.match(item.text) or _PARAGRAPH_SIGN.match(item.text)
    return (
        bool(named)
        and short
        and not item.text.endswith((",", ";"))
        and (item.open or len(item.text.split()) <= 3)
    )


def _classify_numbered(items: list[Item]) -> None:
    """Tell numbered headings from numbered list items.

    A list shows itself by its neighbour with the next or the previous number, or by punctuation.
    """
    for index, item in enumerate(items):
        if not item.number:
            continue
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        in_list = len(item.number) == 1 and (_is_next(before, item) or _is_next(item, after))
        statement = item.text.endswith((".", ";", ",")) or len(item.text) > MAX_HEADING_CHARACTERS
        item.role = Role.NUMBERED if in_list or statement else Role.CHAPTER


def _is_next(first: Item | None, second: Item | None) -> bool:
    if first is None or second is None or not first.number or not second.number:
        return False
    return second.number == (*first.number[:-1], first.number[-1] + 1)


def _classify_signatures(items: list[Item]) -> None:
    """Mark the closing lines: place and date, names, and what was resolved between them."""
    closing = False
    for item in items:
        if not item.bullet and not item.number and SIGNED.match(item.text):
            closing = True
        elif closing and (item.role is not None and not NAME.match(item.text)):
            closing = False
        if closing:
            item.role = Role.SIGNATURE


def _weak_role(items: Sequence[Item], index: int) -> Role:
    """Decide about a short line: a heading has something under it and nothing right above it."""
    item = items[index]
    before = items[index - 1] if index else None
    after = items[index + 1] if index + 1 < len(items) else None
    if after is None or after.role in HEADINGS or _is_field(items, index):
        return Role.PARAGRAPH
    if after.role is Role.PARAGRAPH and after.gap and looks_like_heading(after):
        return Role.PARAGRAPH
    if before is not None and not item.gap and before.role in {Role.LABEL, Role.CHAPTER}:
        return Role.PARAGRAPH
    return Role.SUBHEADING


def _is_field(items: Sequence[Item], index: int) -> bool:
    """Whether an item is a name with its value, in a row of such: «Sted: Rådhuset»."""
    if not _FIELD.match(items[index].text):
        return False
    pairs = [(index, index - 1), (index + 1, index + 1)]  # (the lower of the two, the other one)
    return any(
        0 <= other < len(items) and not items[lower].gap and bool(_FIELD.match(items[other].text))
        for lower, other in pairs
    )


def _classify_title(items: Sequence[Item]) -> None:
    """Short lines at the very top, before anything else, are the document's title."""
    if len(items) > 2 and items[0].role is Role.SUBHEADING:
        under, then = items[1], items[2]
        short = under.role is Role.PARAGRAPH and looks_like_heading(under)
        if short and not under.gap and then.role in HEADINGS and not _is_field(items, 1):
            items[0].role = Role.PARAGRAPH  # a title with a line under it, such as the sender
    for index, item in enumerate(items):
        if item.role is not Role.PARAGRAPH or not looks_like_heading(item):
            return
        if _is_field(items, index):
            return
        item.role = Role.TITLE
