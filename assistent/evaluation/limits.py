"""How low the figures of a new edition may be: ``grenser.toml`` in the corpus folder.

    fall = 0.02                # how far a figure may fall from the edition in force

    [grenser.dev]              # all development sets together; or the name of one set
    "sources.gold" = 0.84      # the least, or for a figure that should be low, the most

The names of figures are those of :mod:`assistent.evaluation.figures`. Without a file there are no
limits, and the falls decide alone.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistent import texts_corpus, texts_trial
from assistent.errors import CorpusError
from assistent.evaluation.comparison import Comparison, Difference
from assistent.evaluation.figures import Figure, statistics
from assistent.evaluation.measures import Unit
from assistent.evaluation.runs import Group
from assistent.evaluation.tables import Table

FILE = "grenser.toml"
FALL = 0.02
# What may not fall: shares of questions that were served, so that one margin fits all.
WATCHED = (
    "retrieval.passage.success@10",
    "sources.gold",
    "abstention.answered",
    "abstention.off.recall",
    "abstention.near.recall",
    "outcome.accuracy",
)
# 84 of 100 and a limit of .84 may differ in the last bit.
_ROUNDING = 1e-9


class Finding(StrEnum):
    """What is found of one figure."""

    GOOD = "good"
    BELOW = "below"
    FELL = "fell"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits by group and figure, and how far a figure may fall, a share."""

    of_group: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    fall: float = FALL


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure, judged. ``before`` is its value in the edition in force over common questions.

    ``after`` is the value that is judged: over all questions where there is a limit, else over the
    common ones.
    """

    group: str
    key: str
    finding: Finding
    unit: Unit = Unit.SHARE
    limit: float | None = None
    before: float | None = None
    after: float | None = None


def load_limits(corpus: Path) -> Limits:
    """Read the limits of a corpus; the usual ones where it has none.

    Raises:
        CorpusError: the file cannot be read or used.
    """
    file = corpus / FILE
    try:
        record = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Limits()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(texts_corpus.file_not_readable(str(file), reason)) from error
    except ValueError as error:
        raise CorpusError(texts_trial.bad_limits(str(file), str(error))) from error
    try:
        return _limits(record)
    except ValueError as error:
        raise CorpusError(texts_trial.bad_limits(str(file), str(error))) from error


def _limits(record: Mapping[str, Any]) -> Limits:
    known = ("fall", "grenser")
    unknown = [key for key in record if key not in known]
    if unknown:
        raise ValueError(texts_corpus.unknown_key(unknown[0], known))
    groups = record.get("grenser", {})
    if not isinstance(groups, dict):
        raise ValueError(texts_trial.LIMITS_NO_TABLE)
    fall = _number("fall", record.get("fall", FALL))
    if not 0 <= fall <= 1:
        raise ValueError(texts_trial.LIMITS_BAD_FALL)
    return Limits({name: _group_limits(name, each) for name, each in groups.items()}, fall)


def _group_limits(name: str, limits: Any) -> Mapping[str, float]:
    if not isinstance(limits, dict):
        raise ValueError(texts_trial.LIMITS_NO_TABLE)
    known = {key for key, each in statistics(()).items() if each.better}
    for key in limits:
        # Which languages, users and steps there are is known only when the questions are asked.
        if key not in known and not key.startswith(("by.", "time.")):
            raise ValueError(texts_trial.unknown_figure(key, sorted(known)))
    return {key: _number(f"{name}.{key}", value) for key, value in limits.items()}


def _number(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(texts_corpus.wrong_type(key, texts_trial.TYPE_SHARE))
    return float(value)


def judge(
    groups: Sequence[Group], comparison: Comparison | None, limits: Limits
) -> tuple[Verdict, ...]:
    """Judge the figures of a run.

    A limit that cannot be tried, because its set was not asked or its figure is undefined, is not
    kept: a gate that nobody watches would let everything pass.

    Args:
        groups: what was measured.
        comparison: with the edition in force; None if there is none that can be asked.
        limits: what they are judged by.
    """
    by_name = {group.name: group for group in groups}
    found = []
    for name, of_group in limits.of_group.items():
        figures = by_name[name].figures if name in by_name else {}
        before = _differences(comparison, name)
        for key, limit in of_group.items():
            earlier = before[key].before if key in before else None
            found.append(_against_limit(name, key, figures.get(key), limit, earlier))
    together = {name for group in groups if group.together for name in group.sets}
    for group in groups:
        if group.name in together:  # judged with the others; alone a set is too small
            continue
        for key, each in _differences(comparison, group.name).items():
            if key in WATCHED:
                fell = each.change < -limits.fall - _ROUNDING
                finding = Finding.FELL if fell else Finding.GOOD
                found.append(
                    Verdict(
                        group=group.name,
                        key=key,
                        finding=finding,
                        before=each.before,
                        after=each.after,
                    )
                )
    return tuple(found)


def _differences(comparison: Comparison | None, name: str) -> Mapping[str, Difference]:
    groups = comparison.groups if comparison else ()
    return next((group.differences for group in groups if group.name == name), {})


def _against_limit(
    group: str, key: str, figure: Figure | None, limit: float, before: float | None
) -> Verdict:
    if figure is None or figure.value is None:
        return Verdict(group, key, Finding.UNMEASURED, limit=limit)
    kept = figure.better * (figure.value - limit) >= -_ROUNDING
    return Verdict(
        group=group,
        key=key,
        finding=Finding.GOOD if kept else Finding.BELOW,
        unit=figure.unit,
        limit=limit,
        before=before,
        after=figure.value,
    )


def verdict_table(verdicts: Sequence[Verdict], fall: float) -> Table:
    """Return the verdicts for the report, what speaks against the edition first."""
    ordered = sorted(verdicts, key=lambda each: each.finding is Finding.GOOD)
    return Table(
        title=texts_trial.REPORT_TITLE,
        head=texts_trial.REPORT_HEAD,
        rows=tuple(_row(each, fall) for each in ordered),
    )


def _row(verdict: Verdict, fall: float) -> tuple[str, ...]:
    rule = (
        texts_trial.rule_fall(fall)
        if verdict.limit is None
        else texts_trial.amount(verdict.limit, verdict.unit)
    )
    return (
        texts_trial.figure_of(verdict.group, verdict.key),
        rule,
        texts_trial.amount(verdict.before, verdict.unit),
        texts_trial.amount(verdict.after, verdict.unit),
        texts_trial.FINDINGS[verdict.finding],
    )
