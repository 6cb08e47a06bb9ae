"""How an evaluation is printed: as tables for people, as JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from assistent import texts_evaluation as t
from assistent.evaluation.asking import QuestionResult
from assistent.evaluation.comparison import Comparison, GroupComparison
from assistent.evaluation.runs import Group, Run, is_test
from assistent.evaluation.tables import Table, difference_table, figure_tables, overview
from assistent.types import Outcome

_WIDTH = 150  # where nobody is watching; the overview does not fit into 80


def as_json(
    record: Mapping[str, Any], comparison: Comparison | None, *, show_test: bool
) -> dict[str, Any]:
    """Return what ``evaluer --json`` prints: the saved run, and what changed."""
    if comparison is None:
        return dict(record)
    return {
        **record,
        "comparison": {
            "earlier": {
                name: getattr(comparison.earlier, name)
                for name in ("version", "made", "day", "edition")
            },
            "changed_sets": list(comparison.changed_sets),
            "groups": [_group_as_json(each, show_test) for each in comparison.groups],
        },
    }


def _group_as_json(group: GroupComparison, show_test: bool) -> dict[str, Any]:
    return {
        "name": group.name,
        "together": group.together,
        "common": group.common,
        "figures": {
            key: {**asdict(each), "change": each.change} for key, each in group.differences.items()
        },
        "won": len(group.won),
        "lost": len(group.lost),
        "won_questions": _identities(group.won, show_test),
        "lost_questions": _identities(group.lost, show_test),
    }


def _identities(results: Sequence[QuestionResult], show_test: bool) -> list[dict[str, str]]:
    return [
        {"set": each.set_name, "id": each.identity}
        for each in results
        if show_test or not is_test(each)
    ]


def print_run(run: Run, groups: Sequence[Group]) -> None:
    """Print the figures of every group, then the most telling ones side by side."""
    console = _console()
    console.print(
        Text(
            t.run_line(
                edition=run.edition,
                documents=run.documents,
                day=date.fromisoformat(run.day),
                version=run.version,
            )
        )
    )
    for group in groups:
        name = t.group_name(group.name, together=group.together)
        size = t.group_size(
            questions=len(group.results), answerable=group.answerable, skipped=group.skipped
        )
        _head(console, name, size)
        failed = sum(result.outcome == Outcome.FAILED for result in group.results)
        if failed:
            console.print(Text(t.FAILED.format(count=failed)))
        for table in figure_tables(group.figures):
            _print(console, table)
    if len(groups) > 1:
        _head(console, t.REPORT_OVERVIEW, "")
        named = [(t.group_name(g.name, together=g.together), g.figures) for g in groups]
        _print(console, overview(named, intervals=False), titled=False)


def print_comparison(comparison: Comparison, *, show_test: bool = False) -> None:
    """Print what changed since an earlier run."""
    console = _console()
    if not comparison.groups:
        console.print(Text(t.NOTHING_COMMON))
    if comparison.changed_sets:
        console.print(Text(t.sets_changed(", ".join(comparison.changed_sets))))
    for group in comparison.groups:
        name = t.group_name(group.name, together=group.together)
        _head(
            console,
            t.comparison_title(name, group.common, datetime.fromisoformat(comparison.earlier.made)),
            "",
        )
        _print(console, difference_table(group.differences), titled=False)
        for label, results in ((t.WON, group.won), (t.LOST, group.lost)):
            console.print(Text(f"{label}: {len(results)}"))
            hidden = 0
            for each in results:
                if show_test or not is_test(each):
                    console.print(Text(f"  {each.identity}  {each.question}"))
                else:
                    hidden += 1
            if hidden:
                console.print(Text(f"  {t.only_counted(hidden)}"))


def _console() -> Console:
    """Return a console that is as wide as its terminal, and plain where there is none."""
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False)


def _head(console: Console, name: str, size: str) -> None:
    console.print()
    console.print(Text(name, style="bold"))
    if size:
        console.print(Text(size))


def _print(console: Console, table: Table, *, titled: bool = True) -> None:
    """Print a table; the texts are taken as they are, whatever marks they hold."""
    printed = RichTable(
        title=Text(table.title, style="bold") if titled else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for number, name in enumerate(table.head):
        printed.add_column(Text(name), justify="right" if number else "left")
    for row in table.rows:
        printed.add_row(*(Text(cell) for cell in row))
    console.print(printed)
