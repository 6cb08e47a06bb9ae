"""A run as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistent import texts_evaluation as t
from assistent import texts_trial
from assistent.errors import AssistantError
from assistent.evaluation.asking import QuestionResult
from assistent.evaluation.charts import Chart, calibration_chart, histogram_chart, risk_chart
from assistent.evaluation.comparison import Comparison
from assistent.evaluation.ranking import DEPTH
from assistent.evaluation.runs import Group, Run, is_test, write_whole
from assistent.evaluation.tables import (
    KEY_FIGURES,
    Table,
    difference_table,
    figure_tables,
    overview,
)
from assistent.texts import long_date

FILE = "index.html"
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether an edition was taken into use, in a sentence, and why."""

    sentence: str
    table: Table


@dataclass(frozen=True, slots=True)
class _Miss:
    """A question whose answer was not shown, or that was answered without having one."""

    heading: str
    facts: str
    gold: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]  # place, quote


@dataclass(frozen=True, slots=True)
class _Part:
    """What the page says about one group."""

    identity: str
    name: str
    size: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    outcomes: Table
    missed_gold: tuple[_Miss, ...]
    missed_refusals: tuple[_Miss, ...]
    hidden_misses: int
    shows_misses: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """What the page says about the difference of one group."""

    identity: str
    name: str
    caption: str
    key_figures: Table
    table: Table
    won: tuple[str, ...]
    lost: tuple[str, ...]
    hidden: tuple[int, int]


def write_report(
    folder: Path,
    run: Run,
    groups: Sequence[Group],
    comparison: Comparison | None = None,
    *,
    show_test: bool = False,
    judged: Judged | None = None,
) -> Path:
    """Write ``index.html`` into a folder, which is made if it is not there, and return its path.

    Raises:
        AssistantError: it cannot be written; an old report is as it was.
    """
    make_folder(folder)
    file = folder / FILE
    page = render_report(run, groups, comparison, show_test=show_test, judged=judged)
    write_whole(file, page)
    return file


def make_folder(folder: Path) -> None:
    """Make the folder of the report.

    Raises:
        AssistantError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(t.not_writable(str(folder), reason)) from error


def render_report(
    run: Run,
    groups: Sequence[Group],
    comparison: Comparison | None = None,
    *,
    show_test: bool = False,
    judged: Judged | None = None,
) -> str:
    """Return the page.

    Args:
        show_test: show the misses of test sets too.
        judged: what became of the edition, where it was on trial.
    """
    named = [(t.group_name(g.name, together=g.together), g.figures) for g in groups]
    return _TEMPLATES.get_template("report.html").render(
        t=t,
        trial=texts_trial,
        judged=judged,
        facts=_facts(run),
        sets=run.sets,
        overview=overview(named),
        parts=[_part(number, group, show_test) for number, group in enumerate(groups, start=1)],
        compared=_compared(comparison, show_test) if comparison else [],
        changed_sets=", ".join(comparison.changed_sets) if comparison else "",
    )


def _facts(run: Run) -> list[tuple[str, str]]:
    return [
        (t.REPORT_MADE, t.moment(datetime.fromisoformat(run.made))),
        (t.REPORT_DAY, long_date(date.fromisoformat(run.day))),
        (t.REPORT_EDITION, run.edition),
        (t.REPORT_DOCUMENTS, str(run.documents)),
        (t.REPORT_VERSION, run.version),
    ]


def _part(number: int, group: Group, show_test: bool) -> _Part:
    identity = f"gruppe-{number}"
    missed = [result for result in group.results if not result.right]
    visible = [result for result in missed if show_test or not is_test(result)]
    charts = (
        risk_chart(group.curves.risk, f"{identity}-risiko"),
        calibration_chart(group.curves.bins, f"{identity}-kalibrering"),
        histogram_chart(group.curves.bins, f"{identity}-fordeling"),
    )
    return _Part(
        identity=identity,
        name=t.group_name(group.name, together=group.together),
        size=t.group_size(
            questions=len(group.results), answerable=group.answerable, skipped=group.skipped
        ),
        tables=tuple(figure_tables(group.figures)),
        charts=tuple(chart for chart in charts if chart is not None),
        outcomes=_outcomes(group.results),
        missed_gold=tuple(_miss(result) for result in visible if result.answerable),
        missed_refusals=tuple(_miss(result) for result in visible if not result.answerable),
        hidden_misses=len(missed) - len(visible),
        # Each set shows its own misses; all sets together would only repeat them.
        shows_misses=not group.together,
    )


def _outcomes(results: Sequence[QuestionResult]) -> Table:
    pairs = Counter((result.expected, result.outcome) for result in results)
    return Table(
        title=t.REPORT_OUTCOMES,
        head=(t.REPORT_EXPECTED, t.REPORT_GOT, t.REPORT_NUMBER),
        rows=tuple(
            (t.outcome_label(expected), t.outcome_label(got), str(count))
            for (expected, got), count in sorted(pairs.items())
        ),
    )


def _miss(result: QuestionResult) -> _Miss:
    facts = [t.outcome_label(result.outcome)]
    if result.support is not None:
        facts.append(t.REPORT_SUPPORT.format(value=f"{t.share(result.support)} %"))
    if result.answerable:
        reciprocal = result.ranking.get(f"passage.mrr@{DEPTH}", 0.0)
        facts.append(t.rank(round(1 / reciprocal)) if reciprocal else t.REPORT_RANK_MISSING)
    return _Miss(
        heading=f"{result.identity}: {result.question}",
        facts=", ".join(facts),
        gold=result.gold,
        shown=tuple(
            (" › ".join((each.document, *each.section)), each.quote) for each in result.shown
        ),
    )


def _compared(comparison: Comparison, show_test: bool) -> list[_Compared]:
    parts = []
    for number, group in enumerate(comparison.groups, start=1):
        name = t.group_name(group.name, together=group.together)
        visible = [r for r in (*group.won, *group.lost) if show_test or not is_test(r)]
        won = tuple(f"{r.identity}: {r.question}" for r in group.won if r in visible)
        lost = tuple(f"{r.identity}: {r.question}" for r in group.lost if r in visible)
        parts.append(
            _Compared(
                identity=f"endring-{number}",
                name=name,
                caption=t.REPORT_COMPARISON_CAPTION.format(
                    name=name,
                    made=t.moment(datetime.fromisoformat(comparison.earlier.made)),
                    common=group.common,
                ),
                key_figures=difference_table(
                    {key: each for key, each in group.differences.items() if key in KEY_FIGURES}
                ),
                table=difference_table(group.differences),
                won=won,
                lost=lost,
                hidden=(len(group.won) - len(won), len(group.lost) - len(lost)),
            )
        )
    return parts
