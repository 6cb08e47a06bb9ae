"""The lines of a plain text, without what page breaks left behind."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_PAGE_NUMBER = re.compile(
    r"^(?:[Ss]ide\s+\d+(?:\s*(?:av|/)\s*\d+)?|[–-]\s*\d+\s*[–-]|\d+\s*/\s*\d+)$"
)
_BARE_NUMBER = re.compile(r"^\d{1,4}$")
_RULE = re.compile(r"^[=_~*–—-]{3,}$")
_MAX_RUNNING_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds something, and what was around it."""

    text: str
    gap: bool  # an empty line stands before it
    page_start: bool


def read_lines(text: str) -> list[Line]:
    """Strip the lines, drop page leftovers, and note empty lines and page breaks between them.

    Extraction leaves a single space at the first line of a page. It counts as a page break only
    where few lines have it: in an indented text it would mean nothing.
    """
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in raw if line.strip()]
    indented = sum(1 for line in filled if line[0] == " ")
    indent_is_break = indented <= max(1, len(filled) // 10)
    leftovers = _running_headers(raw)
    page_numbers = _bare_page_numbers(raw)
    lines: list[Line] = []
    gap = True
    for index, line in enumerate(raw):
        content = line.strip(" \t\f\u00a0\ufeff")
        if not content:
            gap = True
            continue
        if _RULE.match(content):  # a drawn line, or the underline of a heading
            gap = True
            continue
        is_title = not lines and "\f" not in line
        if index in page_numbers or _PAGE_NUMBER.match(content):
            continue
        if content in leftovers and not is_title:
            continue
        page_start = "\f" in line or (indent_is_break and line[0] == " ")
        lines.append(Line(re.sub(r"[ \t\u00a0]+", " ", content), gap, page_start))
        gap = False
    return lines


def _running_headers(raw: Sequence[str]) -> set[str]:
    """Return short lines that stand next to at least three form feeds."""
    counts: Counter[str] = Counter()
    for index, line in enumerate(raw):
        if "\f" not in line:
            continue
        around = {line.strip(), *(other.strip() for other in raw[max(0, index - 2) : index])}
        counts.update(text for text in around if 0 < len(text) <= _MAX_RUNNING_CHARACTERS)
    return {text for text, count in counts.items() if count >= 3}


def _bare_page_numbers(raw: Sequence[str]) -> set[int]:
    """Return where a number stands alone next to a form feed, and at the end if it does so there.

    Elsewhere a number on a line of its own may mean something.
    """
    filled = [index for index, line in enumerate(raw) if line.strip()]
    found: set[int] = set()
    for before, after in pairwise(filled):
        if any("\f" in line for line in raw[before + 1 : after + 1]):
            found |= {index for index in (before, after) if _BARE_NUMBER.match(raw[index].strip())}
    if found and _BARE_NUMBER.match(raw[filled[-1]].strip()):
        found.add(filled[-1])
    return found


def wrap_width(lines: Sequence[Line]) -> float:
    """Estimate the width at which the text was wrapped: the 90th percentile of line lengths."""
    lengths = [len(line.text) for line in lines]
    return statistics.quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 80.0
