"""The figures as rows of text: the terminal and the report show the same tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistent import texts_evaluation as t
from assistent.evaluation.asking import LEVELS
from assistent.evaluation.comparison import Difference
from assistent.evaluation.figures import FIELDS, MISSES, Figure
from assistent.evaluation.ranking import NAMES

# The figures of the overview, most telling first.
KEY_FIGURES = (
    "retrieval.passage.success@10",
    "sources.section",
    "sources.gold",
    "abstention.answered",
    "abstention.off.recall",
    "abstention.near.recall",
    "abstention.all.f1",
    "abstention.all.auroc",
    "outcome.accuracy",
    "time.total.median",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text: ``rows`` are as long as ``head``; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure_tables(figures: Mapping[str, Figure]) -> list[Table]:
    """Return the tables of one group; those without a row are left out."""
    tables = [
        _retrieval(figures),
        *(_plain(figures, name) for name in ("sources", "abstention", "calibration", "outcome")),
        _breakdown(figures),
        _times(figures),
    ]
    return [table for table in tables if table.rows]


def overview(named: Sequence[tuple[str, Mapping[str, Figure]]], *, intervals: bool = True) -> Table:
    """Return the key figures: one row for each figure, one column for each group."""
    return Table(
        title=t.REPORT_OVERVIEW,
        head=(t.COLUMN_FIGURE, *(name for name, _ in named)),
        rows=tuple(
            (
                t.figure_label(key),
                *(written(figures.get(key), spread=intervals) for _, figures in named),
            )
            for key in KEY_FIGURES
            if any(key in figures for _, figures in named)
        ),
    )


def difference_table(differences: Mapping[str, Difference]) -> Table:
    """Return every figure before and after with its change."""
    return Table(
        title=t.REPORT_COMPARISON,
        head=(
            t.COLUMN_FIGURE,
            t.COLUMN_BEFORE,
            t.COLUMN_AFTER,
            t.COLUMN_CHANGE,
            t.COLUMN_INTERVAL,
            t.COLUMN_CERTAIN,
        ),
        rows=tuple(
            (
                t.figure_label(key),
                t.amount(each.before, each.unit),
                t.amount(each.after, each.unit),
                t.change(each.change, each.unit),
                t.change_between(each.low, each.high, each.unit),
                _certain(each),
            )
            for key, each in differences.items()
        ),
    )


def written(figure: Figure | None, *, spread: bool = True) -> str:
    """Write a figure, with its interval in brackets if there is room."""
    if figure is None or figure.value is None:
        return t.NONE
    return f"{t.amount(figure.value, figure.unit)}{_bracketed(figure) if spread else ''}"


def _bracketed(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f" [{t.between(figure.low, figure.high, figure.unit)}]"


def _certain(difference: Difference) -> str:
    if not difference.certain:
        return ""
    sign = difference.better * (1 if difference.change > 0 else -1)
    return {1: t.BETTER, -1: t.WORSE}.get(sign, t.CERTAIN)


def _retrieval(figures: Mapping[str, Figure]) -> Table:
    return Table(
        title=t.SECTIONS["retrieval"],
        head=(t.COLUMN_FIGURE, *(t.LEVELS[level] for level in LEVELS)),
        rows=tuple(
            (
                t.RANKING[name],
                *(written(figures.get(f"retrieval.{level}.{name}")) for level in LEVELS),
            )
            for name in NAMES
        ),
    )


def _plain(figures: Mapping[str, Figure], group: str) -> Table:
    chosen = [key for key in figures if key.startswith(f"{group}.") and _is_asked(key, figures)]
    return Table(
        title=t.SECTIONS[group],
        head=(t.COLUMN_FIGURE, t.COLUMN_VALUE, t.COLUMN_INTERVAL, t.COLUMN_COUNT),
        rows=tuple((t.figure_label(key), *_cells(figures[key])) for key in chosen),
    )


def _is_asked(key: str, figures: Mapping[str, Figure]) -> bool:
    """Whether a row is worth showing: those about a miss need a question of that miss."""
    miss = key.split(".")[1]
    return miss not in MISSES or figures[f"abstention.{miss}.recall"].count > 0


def _breakdown(figures: Mapping[str, Figure]) -> Table:
    rows = []
    for field in FIELDS:
        start = f"by.outcome.{field}."
        for key in (key for key in figures if key.startswith(start)):
            value = key.removeprefix(start)
            gold = figures.get(f"by.gold.{field}.{value}")
            rows.append(
                (
                    t.group_value(field, value),
                    written(figures[key]),
                    written(gold),
                    str(figures[key].count),
                )
            )
    return Table(
        title=t.SECTIONS["by"],
        head=(t.COLUMN_GROUP, t.figure_label("outcome.accuracy"), t.COLUMN_GOLD, t.COLUMN_COUNT),
        rows=tuple(rows),
    )


def _times(figures: Mapping[str, Figure]) -> Table:
    start, end = "time.", ".median"
    steps = [
        key[len(start) : -len(end)]
        for key in figures
        if key.startswith(start) and key.endswith(end)
    ]
    return Table(
        title=t.SECTIONS["time"],
        head=(t.REPORT_STEP, t.REPORT_MEDIAN, t.REPORT_P95),
        rows=tuple(
            (
                t.step_label(step),
                written(figures[f"time.{step}.median"]),
                written(figures.get(f"time.{step}.p95")),
            )
            for step in steps
        ),
    )


def _cells(figure: Figure) -> tuple[str, str, str]:
    if figure.value is None:
        return t.NONE, "", str(figure.count)
    spread = (
        t.between(figure.low, figure.high, figure.unit)
        if figure.low is not None and figure.high is not None
        else ""
    )
    return t.amount(figure.value, figure.unit), spread, str(figure.count)
