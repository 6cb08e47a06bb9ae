"""The commands. Heavy modules are imported where they are used: ``finn`` must start fast."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistent import texts_cli, texts_corpus
from assistent.errors import AssistantError, UsageError
from assistent.settings import Settings, load_settings
from assistent.types import Turn

if TYPE_CHECKING:
    from assistent.answering import Assistant


def prepare_model(arguments: argparse.Namespace) -> int:
    """``assistent modell``: prepare the embedding model."""
    from assistent.model.preparation import prepare_model as prepare

    settings = load_settings()
    with show_progress() as show:
        folder = prepare(
            settings.model_folder,
            progress=lambda step, done: show(step, round(100 * done), 100),
            force=arguments.force,
        )
    print(texts_cli.model_ready(str(folder)))
    return 0


def show_corpus(arguments: argparse.Namespace) -> int:
    """``assistent korpus``: list the documents, or with ``--sjekk`` only validate them."""
    if arguments.rules:
        from assistent.cli.guidance import show_rules

        return show_rules(arguments)
    from assistent import bootstrap
    from assistent.cli.output import corpus_as_json, corpus_as_text

    settings = chosen_settings(arguments)
    with show_progress() as show:
        documents, skipped, registers = bootstrap.check_corpus(settings, progress=show)
    day = arguments.day or date.today()
    record = corpus_as_json(documents, skipped, registers, day)
    if arguments.as_json:
        print_json(record)
        return 0
    if not arguments.check:
        print(corpus_as_text(documents, day))
    for left_out in skipped:
        print(texts_cli.skipped_file(left_out.file, left_out.reason))
    print(
        texts_cli.corpus_checked(
            documents=len(documents),
            channels=len(registers.channels),
            duties=len(registers.duties),
            skipped=len(skipped),
        )
    )
    return 1 if arguments.check and skipped else 0


def show_document(arguments: argparse.Namespace) -> int:
    """``assistent kilde``: print a document's stored text, exactly."""
    from assistent.editions import current_edition
    from assistent.index import read_document

    settings = chosen_settings(arguments)
    folder = settings.index / current_edition(settings.index)
    document = read_document(folder, arguments.document)
    if document is None or not document.info.open_to(()):
        raise AssistantError(texts_cli.document_unknown(arguments.document))
    sys.stdout.write(document.text)
    return 0


def find(arguments: argparse.Namespace) -> int:
    """``assistent finn``: search without answering."""
    from assistent.exchange.plain_text import found_as_text
    from assistent.exchange.records import found_as_json

    def run(assistant: Assistant, asked: _Asked) -> tuple[dict[str, Any], str]:
        found = assistant.find(
            asked.question, asked.history, count=arguments.count, today=arguments.day
        )
        record = found_as_json(assistant, found, day=arguments.day)
        return {"id": asked.identity, **record}, found_as_text(record)

    return _ask(arguments, run)


def answer(arguments: argparse.Namespace) -> int:
    """``assistent svar``: answer a question."""
    from assistent import guard
    from assistent.exchange.plain_text import answer_as_text
    from assistent.exchange.records import answer_as_json

    def run(assistant: Assistant, asked: _Asked) -> tuple[dict[str, Any], str]:
        given = assistant.answer(asked.question, asked.history, today=arguments.day)
        if given.question == guard.clean(asked.question):  # nothing was withheld
            given = replace(given, question=asked.question)
        return {"id": asked.identity, **answer_as_json(given)}, answer_as_text(given)

    return _ask(arguments, run)


def start(arguments: argparse.Namespace) -> int:
    """``assistent start``: serve the page."""
    from assistent.web import starting

    starting.start(chosen_settings(arguments))
    return 0


# --- What the commands share ---------------------------------------------------------------------

# Readers that split at these would tear a line of JSON apart.
_LINE_BREAKS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class _Asked:
    identity: Any  # as the question file has it, else the line's number
    question: str
    history: tuple[Turn, ...] = ()


def chosen_settings(arguments: argparse.Namespace) -> Settings:
    """Return the settings with the folders from the command line put in their place."""
    chosen = {
        name: value
        for name in ("corpus", "index")
        if (value := getattr(arguments, name, None)) is not None
    }
    return load_settings().model_copy(update=chosen)


def _ask(arguments: argparse.Namespace, run: Any) -> int:
    """Ask one question or a file of them; a file prints one JSON line each, in order."""
    if arguments.question is None and arguments.file is None:
        raise UsageError(texts_cli.NOTHING_ASKED)
    if arguments.question is not None and arguments.file is not None:
        raise UsageError(texts_cli.BOTH_ASKED)
    questions = (
        [_Asked("", arguments.question)]
        if arguments.file is None
        else list(_read_questions(arguments.file))
    )
    from assistent import bootstrap

    assistant = bootstrap.build_assistant(chosen_settings(arguments), patient=True)
    for asked in questions:
        record, text = run(assistant, asked)
        if arguments.file is not None:
            line = json.dumps(record, ensure_ascii=False).translate(_LINE_BREAKS)
            print(line, flush=True)
        elif arguments.as_json:
            print_json(record)
        else:
            print(text)
    return 0


def _read_questions(name: str) -> Iterator[_Asked]:
    """Read questions, one JSON object per line; «-» is standard input.

    Raises:
        AssistantError: the file cannot be read or a line cannot be used; nothing was answered.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_corpus.file_not_readable(name, reason)) from error
    # Not splitlines(): a JSON text may hold U+2028 and its like unescaped.
    lines = data.decode("utf-8-sig", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _question(line, number)
        except ValueError as error:
            raise AssistantError(texts_cli.bad_json_line(name, number, str(error))) from error


def _question(line: str, number: int) -> _Asked:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(texts_cli.REASON_NOT_JSON) from error
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        raise ValueError(texts_cli.REASON_NO_QUESTION)
    identity = record.get("id")
    return _Asked(
        str(number) if identity is None else identity,
        record["question"],
        tuple(_turn(turn) for turn in _list(record.get("history"))),
    )


def _list(history: Any) -> list[Any]:
    if history is not None and not isinstance(history, list):
        raise ValueError(texts_cli.REASON_BAD_HISTORY)
    return history or []


def _turn(turn: Any) -> Turn:
    role, content = (turn.get("role"), turn.get("content")) if isinstance(turn, dict) else (0, 0)
    if not isinstance(role, str) or not isinstance(content, str):
        raise ValueError(texts_cli.REASON_BAD_HISTORY)
    return Turn(role, content)


def print_json(record: dict[str, Any]) -> None:
    """Print a record for programs."""
    print(json.dumps(record, ensure_ascii=False, indent=1))


@contextmanager
def show_progress() -> Iterator[Any]:
    """Show progress on standard error where someone is watching, else stay silent."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(texts_cli.step_name(step), total=max(total, 1))
            bars.update(tasks[step], completed=done if total else 1, total=max(total, 1))

        yield show
