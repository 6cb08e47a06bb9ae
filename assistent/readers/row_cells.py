"""The way back from the sentences of a table's rows to their cells; see :mod:`.tables`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SEPARATORS = (" – ", " | ", "\t")
_NAME = re.compile(r"(?:^|(?<=[.!?:;…] ))([^.!?:;…\n]{1,60}): ")
_USUAL = 0.6  # of the rows: a name that so many have is a column head


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell of a row: ``row[start:body]`` is its column's name, ``row[body:end]`` what it says.

    ``column`` counts from 0. Cells follow each other, separated by what lies between them.
    """

    column: int
    start: int
    body: int
    end: int


def split_rows(rows: Sequence[str]) -> list[tuple[CellSpan, ...]]:
    """Find the cells of the rows of one table; a row that cannot be split is one cell."""
    return _by_names(rows) or _by_separator(rows) or [_whole(row) for row in rows]


def _whole(row: str) -> tuple[CellSpan, ...]:
    return (CellSpan(0, 0, 0, len(row)),)


def _by_names(rows: Sequence[str]) -> list[tuple[CellSpan, ...]]:
    if len(rows) < 2:
        return []
    found = [[match.group(1) for match in _NAME.finditer(row)] for row in rows]
    counts = Counter(name for names in found for name in set(names))
    usual = {name for name, count in counts.items() if count >= _USUAL * len(rows)}
    longest = max(found, key=lambda names: len(usual & set(names)))
    columns = [name for name in dict.fromkeys(longest) if name in usual]
    if len(columns) < 2 or usual - set(columns):
        return []
    split = [_named(row, columns) for row in rows]
    return split if all(split) else []


def _named(row: str, columns: Sequence[str]) -> tuple[CellSpan, ...]:
    """Cut a row before each column's name; () if it does not begin with one."""
    starts: list[tuple[int, int, int]] = []
    for match in _NAME.finditer(row):
        if match.group(1) in columns:
            column = columns.index(match.group(1))
            if not starts or column > starts[-1][2]:
                starts.append((match.start(1), match.end(), column))
    if not starts or starts[0][0] != 0:
        return ()
    ends = [*(begin - 1 for begin, _, _ in starts[1:]), len(row)]
    return tuple(
        CellSpan(column, begin, body, end)
        for (begin, body, column), end in zip(starts, ends, strict=True)
    )


def _by_separator(rows: Sequence[str]) -> list[tuple[CellSpan, ...]]:
    for separator in _SEPARATORS:
        counts = {row.count(separator) for row in rows}
        if len(counts) == 1 and counts != {0}:
            return [_separated(row, separator) for row in rows]
    return []


def _separated(row: str, separator: str) -> tuple[CellSpan, ...]:
    ends = [match.start() for match in re.finditer(re.escape(separator), row)]
    starts = [0, *(end + len(separator) for end in ends)]
    edges = zip(starts, [*ends, len(row)], strict=True)
    return tuple(CellSpan(column, start, start, end) for column, (start, end) in enumerate(edges))
