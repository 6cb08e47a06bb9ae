"""``assistent evaluer``: measure the assistant on question sets."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistent import texts_evaluation
from assistent.cli.commands import chosen_settings, print_json, show_progress
from assistent.settings import Settings


def evaluate(arguments: argparse.Namespace) -> int:
    """Ask the sets, print the figures, and save, compare and report as wished."""
    from assistent import bootstrap
    from assistent.cli import evaluation_output as output
    from assistent.evaluation import question_sets, report, runs
    from assistent.evaluation.appending import own_sets
    from assistent.evaluation.comparison import compare

    # All that can go wrong at once does so before the minutes of asking.
    folder = bootstrap.evaluation_folder(chosen_settings(arguments))
    usual = [*question_sets.checkout_sets(), *own_sets(folder)]
    sets = question_sets.read_question_sets(arguments.sets or usual)
    earlier = runs.load_run(arguments.against) if arguments.against else None
    if arguments.save:
        runs.require_writable(arguments.save)
    if arguments.report:
        report.make_folder(arguments.report)
        runs.require_writable(arguments.report / report.FILE)
    with _index(arguments) as settings, show_progress() as show:
        run = runs.evaluate(
            bootstrap.build_assistant(settings),
            settings.index,
            sets,
            day=arguments.day or date.today(),
            progress=lambda done, total: show(texts_evaluation.ASKING, done, total),
        )
    groups = runs.groups_of(run)
    comparison = compare(run, groups, earlier) if earlier else None
    record = runs.run_as_json(run, groups, show_test=arguments.show_test)
    if arguments.save:
        runs.save_run(record, arguments.save)
    if arguments.report:
        report.write_report(
            arguments.report, run, groups, comparison, show_test=arguments.show_test
        )
    if arguments.as_json:
        print_json(output.as_json(record, comparison, show_test=arguments.show_test))
        return 0
    output.print_run(run, groups)
    if comparison:
        output.print_comparison(comparison, show_test=arguments.show_test)
    if arguments.save:
        print(texts_evaluation.RUN_SAVED.format(file=arguments.save))
    if arguments.report:
        print(texts_evaluation.REPORT_WRITTEN.format(file=arguments.report / report.FILE))
    return 0


@contextmanager
def _index(arguments: argparse.Namespace) -> Iterator[Settings]:
    """Yield settings that name an index to measure.

    A corpus without an index gets one of its own that is gone afterwards, so that measuring on
    other documents never takes the place of the index that is in use.
    """
    from assistent import bootstrap

    settings = chosen_settings(arguments)
    if arguments.corpus is not None and arguments.index is None:
        with tempfile.TemporaryDirectory(prefix="assistent-evaluer-") as folder:
            settings = settings.model_copy(update={"index": Path(folder)})
            _build(settings)
            yield settings
        return
    if arguments.if_needed and bootstrap.index_is_stale(settings):
        _build(settings)
    yield settings


def _build(settings: Settings) -> None:
    from assistent import bootstrap

    with show_progress() as show:
        bootstrap.rebuild_index(settings, progress=show)
