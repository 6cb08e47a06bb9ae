"""Adds an editor's question to a question set outside the package."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistent import texts_evaluation
from assistent.errors import AssistantError
from assistent.evaluation.question_sets import read_question_set
from assistent.types import Outcome

FILE = "redaksjonen.jsonl"
_PREFIX = "red-"
_LOCK_SECONDS = 5


def own_sets(folder: Path) -> list[Path]:
    """Return the question sets of a folder; none where there is no such folder."""
    return sorted(folder.glob("*.jsonl"))


def append_question(
    folder: Path, question: str, *, language: str, user: str, document: str, quote: str, why: str
) -> str:
    """Add a question to the editors' set and return its id.

    Args:
        folder: where the set is; made if it is not there.
        question: as people put it, without personal data.
        language: ``nb``, ``nn`` or ``en``.
        user: who asks so: ansatt, leder or mobil.
        document: the document that answers it; empty if none does.
        quote: the words in it that answer; empty if none do.
        why: why it was added.

    Raises:
        AssistantError: the file cannot be read or written.
    """
    answered = bool(document)
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{FILE}.lock", timeout=_LOCK_SECONDS):
            identity = f"{_PREFIX}{_next_number(file):04}"
            record: dict[str, Any] = {
                "id": identity,
                "question": question,
                "language": language,
                "user": user,
                "style": "plain",
                "answerable": answered,
                "outcome": Outcome.ANSWERED if answered else Outcome.NOT_IN_SOURCES,
                "gold": [{"document": document, "quote": quote}] if answered else [],
                **({} if answered else {"miss": "near"}),
                **({"why": why} if why else {}),
            }
            _append(file, record)
    except Timeout as error:
        raise AssistantError(texts_evaluation.set_busy(str(file))) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_evaluation.set_not_written(str(file), reason)) from error
    return identity


def _next_number(file: Path) -> int:
    """Return the number after the highest one; a set that cannot be read is not added to."""
    if not file.exists() or not file.stat().st_size:
        return 1
    numbers = [
        int(number)
        for question in read_question_set(file).questions
        if (number := question.identity.removeprefix(_PREFIX)).isdecimal()
    ]
    return max(numbers, default=0) + 1


def _append(file: Path, record: Mapping[str, Any]) -> None:
    # On one line, whatever line breaks a reader knows.
    line = json.dumps(record, ensure_ascii=False).translate(
        {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
    )
    whole = not file.exists() or file.read_bytes().endswith(b"\n") or not file.stat().st_size
    with file.open("a", encoding="utf-8", newline="\n") as opened:
        opened.write(("" if whole else "\n") + line + "\n")
        opened.flush()
        os.fsync(opened.fileno())
