"""How people ask for what stands in the documents: ``korpus/sporsmal/*.jsonl``.

An editor's list of questions, each with the sentence that answers it, word for word. They are
embedded beside the sentence, so that a question in everyday words meets one in everyday words
(document expansion, Nogueira et al. 2019, here written by people). A line whose quote no longer
stands in its document is reported and left out; it never stops a build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistent import texts_corpus
from assistent.types import Asked, Document

FOLDER = "sporsmal"
_KEYS = {"dokument", "sitat", "spørsmål"}
_LONGEST = 300


def asked_files(corpus: Path) -> list[Path]:
    """Return the files of the list, in a stable order."""
    return sorted((corpus / FOLDER).glob("*.jsonl"))


def read_asked(
    corpus: Path, documents: Mapping[str, Document]
) -> tuple[list[Asked], list[tuple[str, str]]]:
    """Read the list.

    Returns:
        The questions with their places, and for each line left out its file and line and why.
    """
    found: list[Asked] = []
    faults: list[tuple[str, str]] = []
    for path in asked_files(corpus):
        name = path.relative_to(corpus).as_posix()
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            faults.append((name, texts_corpus.asked_unreadable()))
            continue
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    found.extend(_read_line(line, documents))
                except ValueError as error:
                    faults.append((texts_corpus.line_of(name, number), str(error)))
    return found, faults


def _read_line(line: str, documents: Mapping[str, Document]) -> Iterator[Asked]:
    """Read one line.

    Raises:
        ValueError: it is not as it has to be; the message is Norwegian.
    """
    try:
        record: Any = json.loads(line)
    except json.JSONDecodeError:
        raise ValueError(texts_corpus.asked_not_json()) from None
    if not isinstance(record, dict) or set(record) != _KEYS:
        raise ValueError(texts_corpus.asked_keys(sorted(_KEYS)))
    questions = record["spørsmål"]
    if not isinstance(questions, list) or not all(
        isinstance(question, str) and 0 < len(question.strip()) <= _LONGEST
        for question in questions
    ):
        raise ValueError(texts_corpus.asked_questions(_LONGEST))
    document = documents.get(str(record["dokument"]))
    if document is None:
        raise ValueError(texts_corpus.source_unknown(str(record["dokument"])))
    # Lines are broken differently in a file and in what a reader makes of it.
    words = [re.escape(word) for word in str(record["sitat"]).split()]
    found = re.search(r"\s+".join(words), document.text) if words else None
    if found is None:
        raise ValueError(texts_corpus.quote_not_found(document.info.path))
    for question in questions:
        yield Asked(" ".join(question.split()), document.info.path, found.start(), found.end())
