"""A new edition is asked the question sets before it is taken into use.

indeks/rapporter/<edition>/index.html    the figures, the verdicts, and what changed
indeks/rapporter/<edition>/kjoring.json  the run, for ``assistent evaluer --mot``
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistent import texts_trial
from assistent.answering import Assistant
from assistent.errors import AssistantError, HeldBackError
from assistent.evaluation import report
from assistent.evaluation.appending import own_sets
from assistent.evaluation.comparison import compare
from assistent.evaluation.limits import Finding, Limits, Verdict, judge, verdict_table
from assistent.evaluation.question_sets import TEST, QuestionSet, checkout_sets, part_of
from assistent.evaluation.runs import (
    Run,
    evaluate,
    groups_of,
    require_writable,
    run_as_json,
    save_run,
)

FOLDER = "rapporter"
RUN_FILE = "kjoring.json"
_KEPT_REPORTS = 20

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial found.

    ``compared`` is the edition it was compared with, empty if none. ``left_out`` counts the
    questions that were not asked, for no document that answers them is there.
    """

    report: Path
    verdicts: tuple[Verdict, ...]
    compared: str
    left_out: int

    @property
    def passed(self) -> bool:
        """Whether the edition may be taken into use."""
        return all(each.finding is Finding.GOOD for each in self.verdicts)


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries editions of one index.

    Attributes:
        index: the index folder, whose edition in force a new one is compared with.
        sets: what is asked.
        limits: what the figures are judged by.
        open_assistant: builds an assistant over the edition in force of an index folder.
        day: the day for which standings are judged.
        progress: called with what is done, how many questions are, and the total.
    """

    index: Path
    sets: tuple[QuestionSet, ...]
    limits: Limits
    open_assistant: Callable[[Path], Assistant]
    day: date
    progress: Progress

    def prepare(self) -> None:
        """Make sure, before minutes of building, that a report can be written.

        Raises:
            AssistantError: it cannot.
        """
        folder = self.index / FOLDER
        report.make_folder(folder)
        require_writable(folder / report.FILE)

    def run(self, trial: Path) -> Tried:
        """Ask the edition that is in force in ``trial``, and the one in use; write the report.

        Raises:
            AssistantError: the sets do not fit the documents, or the report cannot be written.
        """
        run = self._ask(trial, texts_trial.ASKING_NEW)
        earlier: Run | None = None
        try:
            earlier = self._ask(self.index, texts_trial.ASKING_OLD)
            compared = texts_trial.compared_with(earlier.edition)
        except AssistantError as error:  # nothing built, damaged, or the questions fit only the new
            compared = texts_trial.not_compared(str(error))
        groups = groups_of(run)
        comparison = compare(run, groups, earlier) if earlier else None
        verdicts = judge(groups, comparison, self.limits)
        passed = all(each.finding is Finding.GOOD for each in verdicts)
        left_out = sum(each.skipped for each in run.sets)
        folder = self.index / FOLDER / run.edition
        file = report.write_report(
            folder,
            run,
            groups,
            comparison,
            judged=report.Judged(
                texts_trial.verdict(published=passed, compared=compared, left_out=left_out),
                verdict_table(verdicts, self.limits.fall),
            ),
        )
        save_run(run_as_json(run, groups), folder / RUN_FILE)
        self._prune()
        return Tried(file, verdicts, earlier.edition if earlier else "", left_out)

    def _ask(self, index: Path, step: str) -> Run:
        return evaluate(
            self.open_assistant(index),
            index,
            self.sets,
            day=self.day,
            progress=lambda done, total: self.progress(step, done, total),
        )

    def _prune(self) -> None:
        folders = sorted(each.parent for each in (self.index / FOLDER).glob(f"*/{report.FILE}"))
        for old in folders[:-_KEPT_REPORTS]:
            shutil.rmtree(old, ignore_errors=True)


def require_passed(tried: Tried, limits: Limits) -> None:
    """Stop the publishing of an edition that did not pass.

    Raises:
        HeldBackError: the message names the figures.
    """
    bad = [each for each in tried.verdicts if each.finding is not Finding.GOOD]
    if bad:
        rows = verdict_table(bad, limits.fall).rows
        raise HeldBackError(
            texts_trial.held_back(
                [(name, rule, new, finding) for name, rule, _, new, finding in rows],
                str(tried.report),
                tried.left_out,
            )
        )


def usual_sets(folder: Path) -> list[Path]:
    """Return what an edition is tried on: all sets but the test sets, which decide nothing.

    Args:
        folder: where the editors' own questions are.
    """
    return [file for file in (*checkout_sets(), *own_sets(folder)) if part_of(file.stem) != TEST]
