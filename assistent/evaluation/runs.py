"""A run: what was asked, what came, and the figures; kept as JSON."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistent import texts_corpus, texts_evaluation
from assistent.answering import Assistant
from assistent.errors import AssistantError
from assistent.evaluation.asking import QuestionResult, ask_set
from assistent.evaluation.figures import Curves, Figure, compute_curves, compute_figures
from assistent.evaluation.gold import IndexedTexts, fit_to_corpus
from assistent.evaluation.question_sets import DEVELOPMENT, TEST, QuestionSet, part_of
from assistent.index import open_index

# Changing what a saved run holds must lead to a new number.
FORMAT = 1

Progress = Callable[[int, int], None]
"""Called with how many questions are done and how many there are."""


@dataclass(frozen=True, slots=True)
class SetFacts:
    """Which set was asked: its checksum, how many questions, and how many were left out."""

    name: str
    sha256: str
    asked: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation of one edition. ``day`` is the day for which standings were judged."""

    version: str
    made: str
    day: str
    edition: str
    documents: int
    sets: tuple[SetFacts, ...]
    results: tuple[QuestionResult, ...]

    def of_sets(self, names: Sequence[str]) -> tuple[QuestionResult, ...]:
        """Return the results of some of the sets."""
        return tuple(result for result in self.results if result.set_name in names)


@dataclass(frozen=True, slots=True)
class Group:
    """What is reported together: one set, or all sets of a part (``name`` is dev or test).

    ``skipped`` counts questions left out because no document of theirs is in the corpus.
    """

    name: str
    together: bool
    sets: tuple[str, ...]
    results: tuple[QuestionResult, ...]
    skipped: int
    figures: Mapping[str, Figure]
    curves: Curves

    @property
    def answerable(self) -> int:
        """How many of the questions have an answer in the documents."""
        return sum(result.answerable for result in self.results)


def evaluate(
    assistant: Assistant,
    index_folder: Path,
    sets: Sequence[QuestionSet],
    *,
    day: date,
    progress: Progress = lambda done, total: None,
) -> Run:
    """Ask all questions of all sets.

    Args:
        index_folder: where the assistant's edition lies.
        day: the day for which standings are judged.

    Raises:
        AssistantError: a gold quote does not stand in its document, no question is left, or the
            edition cannot be read.
    """
    with closing(open_index(index_folder / assistant.edition)) as index:
        indexed = IndexedTexts(index.documents.values(), index.passages)
    edition = assistant.edition
    fitted = [fit_to_corpus(each, indexed) for each in sets]
    total = sum(len(kept.questions) for kept, _ in fitted)
    if not total:
        raise AssistantError(texts_evaluation.NO_QUESTIONS_LEFT)
    results: list[QuestionResult] = []
    done = 0

    def asked() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    for kept, _ in fitted:
        results += ask_set(assistant, kept, indexed, today=day, asked=asked)
    if assistant.edition != edition:  # the answers are of two editions: no figure would be true
        raise AssistantError(texts_evaluation.EDITION_CHANGED)
    return Run(
        version=version("assistent"),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        day=day.isoformat(),
        edition=edition,
        documents=len(assistant.documents()),
        sets=tuple(
            SetFacts(kept.name, kept.sha256, len(kept.questions), skipped)
            for kept, skipped in fitted
        ),
        results=tuple(results),
    )


def groups_of(run: Run) -> list[Group]:
    """Return each set, then all sets of a part together where it has more than one."""
    groups = [_group(run, each.name, (each.name,), together=False) for each in run.sets]
    for part in (DEVELOPMENT, TEST):
        names = tuple(each.name for each in run.sets if part_of(each.name) == part)
        if len(names) > 1:
            groups.append(_group(run, part, names, together=True))
    return groups


def _group(run: Run, name: str, names: tuple[str, ...], *, together: bool) -> Group:
    results = run.of_sets(names)
    return Group(
        name=name,
        together=together,
        sets=names,
        results=results,
        skipped=sum(each.skipped for each in run.sets if each.name in names),
        figures=compute_figures(results),
        curves=compute_curves(results),
    )


# --- JSON ----------------------------------------------------------------------------------------


def run_as_json(run: Run, groups: Sequence[Group], *, show_test: bool = False) -> dict[str, Any]:
    """Return a run with its figures.

    What was shown for a question of a test set is left out unless ``show_test``: nobody should
    change the assistant because of it.
    """
    record = asdict(run)
    record["results"] = [
        asdict(each if show_test or not is_test(each) else replace(each, shown=()))
        for each in run.results
    ]
    return {
        "format": FORMAT,
        **record,
        "groups": [
            {
                "name": group.name,
                "together": group.together,
                "sets": list(group.sets),
                "figures": {key: asdict(figure) for key, figure in group.figures.items()},
                "curves": asdict(group.curves),
            }
            for group in groups
        ],
    }


def is_test(result: QuestionResult) -> bool:
    """Whether a result is of a set that is only measured."""
    return part_of(result.set_name) == TEST


def save_run(record: Mapping[str, Any], file: Path) -> None:
    """Write a run; the file is either the old one or the whole new one.

    Raises:
        AssistantError: it cannot be written.
    """
    write_whole(file, json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def load_run(file: Path) -> Run:
    """Read a saved run.

    Raises:
        AssistantError: it cannot be read, is no run, or is of another version.
    """
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_corpus.file_not_readable(str(file), reason)) from error
    except (ValueError, RecursionError) as error:
        raise AssistantError(texts_evaluation.not_a_run(str(file))) from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise AssistantError(texts_evaluation.not_a_run(str(file)))
    kept = {name: record[name] for name in Run.__dataclass_fields__ if name in record}
    try:
        return TypeAdapter(Run).validate_python(kept)
    except ValidationError as error:
        raise AssistantError(texts_evaluation.not_a_run(str(file))) from error


def write_whole(file: Path, content: str) -> None:
    """Write a text file in one step, beside its place first.

    Raises:
        AssistantError: it cannot be written; an old file is as it was.
    """
    draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        try:
            with draft.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_evaluation.not_writable(str(file), reason)) from error


def require_writable(file: Path) -> None:
    """Make sure before a long run that its result can be written.

    Raises:
        AssistantError: the folder is not there or cannot be written to, or ``file`` is a folder.
    """
    if file.is_dir():
        raise AssistantError(texts_evaluation.is_a_folder(str(file)))
    probe = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_evaluation.not_writable(str(file), reason)) from error
