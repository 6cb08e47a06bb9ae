"""``assistent indekser``: build a new edition, on trial if wished, or go back to an earlier one."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistent import texts_cli, texts_trial
from assistent.cli.commands import chosen_settings, print_json, show_progress
from assistent.errors import HeldBackError, UsageError
from assistent.settings import Settings

if TYPE_CHECKING:
    from assistent.evaluation.trial import Trial, Tried
    from assistent.ingestion import BuildReport

HELD_BACK = 1
"""The exit code of an edition that was built but did not pass."""


def build_index(arguments: argparse.Namespace) -> int:
    """Build and publish, or take another edition into use.

    Returns:
        0, or :data:`HELD_BACK`.
    """
    settings = chosen_settings(arguments)
    if arguments.back is not None:
        return _go_back(arguments, settings)
    if arguments.sets and not arguments.gate:
        raise UsageError(texts_trial.SETS_WITHOUT_GATE)
    from assistent import bootstrap

    if arguments.if_needed and not bootstrap.index_is_stale(settings):
        if arguments.as_json:
            print_json(asdict(bootstrap.present_state(settings)))
        else:
            print(_up_to_date(settings))
        return 0
    with show_progress() as show:
        if arguments.gate:
            return _build_on_trial(arguments, settings, show)
        report = bootstrap.rebuild_index(settings, progress=show)
    _print_build(report, as_json=arguments.as_json)
    return 0


def _up_to_date(settings: Settings) -> str:
    from assistent.editions import current_edition
    from assistent.ingestion import left_behind

    if left_behind(settings.index):
        return texts_trial.gone_back(current_edition(settings.index))
    return texts_cli.INDEX_UP_TO_DATE


def _go_back(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistent.ingestion import roll_back

    if arguments.gate or arguments.sets or arguments.if_needed:
        raise UsageError(texts_trial.BACK_ALONE)
    print(texts_cli.rolled_back(roll_back(settings.index, arguments.back)))
    return 0


def _build_on_trial(arguments: argparse.Namespace, settings: Settings, show: Any) -> int:
    from assistent import bootstrap
    from assistent.evaluation.trial import require_passed

    trial = _trial(arguments, settings, show)
    trial.prepare()
    tried: list[Tried] = []

    def accept(folder: Path) -> None:
        tried.append(trial.run(folder))
        require_passed(tried[-1], trial.limits)

    try:
        report = bootstrap.rebuild_index(settings, progress=show, accept=accept)
    except HeldBackError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        if arguments.as_json:
            print_json({"published": False, **_tried_as_json(tried[-1])})
        return HELD_BACK
    found = {"published": True, **_tried_as_json(tried[-1])}
    _print_build(report, as_json=arguments.as_json, found=found)
    if not arguments.as_json:
        print(texts_trial.passed(str(tried[-1].report), tried[-1].left_out))
    return 0


def _trial(arguments: argparse.Namespace, settings: Settings, show: Any) -> Trial:
    """Read everything that can be set wrong, before the minutes of building."""
    from assistent import bootstrap
    from assistent.answering import Assistant
    from assistent.evaluation.limits import load_limits
    from assistent.evaluation.question_sets import read_question_sets
    from assistent.evaluation.trial import Trial, usual_sets

    chosen = arguments.sets or usual_sets(bootstrap.evaluation_folder(settings))

    def open_assistant(index: Path) -> Assistant:
        # What is tried are the documents and the search. A chat model would take hours and writes
        # nothing but what these prove; a Chroma server need not hold an edition that may not stay.
        alone = {"index": index, "chat_model": None, "chroma": ""}
        return bootstrap.build_assistant(settings.model_copy(update=alone))

    return Trial(
        index=settings.index,
        sets=tuple(read_question_sets(chosen)),
        limits=load_limits(settings.corpus),
        open_assistant=open_assistant,
        day=arguments.day or date.today(),
        progress=show,
    )


def _tried_as_json(tried: Tried) -> dict[str, Any]:
    return {
        "report": str(tried.report),
        "compared": tried.compared,
        "left_out": tried.left_out,
        "verdicts": [asdict(each) for each in tried.verdicts],
    }


def _print_build(
    report: BuildReport, *, as_json: bool, found: dict[str, Any] | None = None
) -> None:
    if as_json:
        print_json({**asdict(report), **(found or {})})
        return
    print(
        texts_cli.build_done(
            documents=report.documents,
            passages=report.passages,
            added=report.added,
            reused=report.reused,
            removed=report.removed,
            seconds=report.seconds,
        )
    )
    for skipped in report.skipped:
        print(texts_cli.skipped_file(skipped.file, skipped.reason))
