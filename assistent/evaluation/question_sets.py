"""Question sets: one JSON object per line; the format is described in tests/evals/README.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistent import texts_corpus, texts_evaluation
from assistent.errors import AssistantError
from assistent.types import Outcome, Turn

DEVELOPMENT, TEST, OTHER = "dev", "test", ""
_ANSWERED = {Outcome.ANSWERED, Outcome.PARTIAL}
_LABELS = ("id", "question", "language", "user", "style", "outcome")
_REQUIRED = (*_LABELS, "answerable", "gold")
_KEYS = (*_REQUIRED, "all", "miss", "why", "history")
_GOLD_KEYS = ("document", "quote", "table")
_MISSES = ("near", "off")
_ROLES = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Gold:
    """A quote that answers a question, and the path of the document in which it stands.

    ``table`` says that the quote is a cell, or neighbouring cells of one row with a space between.
    """

    document: str
    quote: str
    table: bool = False


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question with what is known about its answer; ``line`` counts from 1 in its file."""

    line: int
    identity: str
    text: str
    language: str
    user: str
    style: str
    answerable: bool
    outcome: Outcome
    gold: tuple[Gold, ...] = ()
    items: tuple[Gold, ...] = ()
    miss: str = ""
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One file of questions. ``sha256`` is the checksum of its bytes."""

    name: str
    file: Path
    sha256: str
    questions: tuple[EvalQuestion, ...]

    @property
    def part(self) -> str:
        """``dev`` (tuned on), ``test`` (only measured), or empty, by the ending of the name."""
        return part_of(self.name)


def part_of(name: str) -> str:
    """Return the part that a set with this name belongs to."""
    return next((part for part in (DEVELOPMENT, TEST) if name.endswith(f"_{part}")), OTHER)


def checkout_sets() -> list[Path]:
    """Return our own sets, if the package runs from a checkout."""
    return sorted((Path(__file__).parents[2] / "tests" / "evals").glob("*.jsonl"))


def read_question_sets(files: Sequence[Path]) -> list[QuestionSet]:
    """Read and validate the sets.

    Raises:
        AssistantError: no file, one that cannot be read, two of one name, or a bad line.
    """
    if not files:
        raise AssistantError(texts_evaluation.NO_SETS)
    sets = [read_question_set(file) for file in files]
    names = [each.name for each in sets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise AssistantError(texts_evaluation.set_named_twice(twice))
    return sets


def read_question_set(file: Path) -> QuestionSet:
    """Read and validate one set.

    Raises:
        AssistantError: the file cannot be read or holds no questions, or lines are wrong; the
            message names the first of them.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssistantError(texts_corpus.file_not_readable(str(file), reason)) from error
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AssistantError(texts_evaluation.set_not_utf8(str(file))) from error
    questions: list[EvalQuestion] = []
    faults: list[tuple[int, str]] = []
    lines_of: dict[str, int] = {}
    # Not splitlines(): a JSON text may hold U+2028 and its like unescaped.
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = _question(line, number)
            if question.identity in lines_of:
                first = lines_of[question.identity]
                raise ValueError(texts_evaluation.identity_twice(question.identity, first))
        except ValueError as error:
            faults.append((number, str(error)))
            continue
        lines_of[question.identity] = number
        questions.append(question)
    raise_faults(file, faults)
    if not questions:
        raise AssistantError(texts_evaluation.set_empty(str(file)))
    return QuestionSet(file.stem, file, hashlib.sha256(data).hexdigest(), tuple(questions))


def raise_faults(file: Path, faults: Sequence[tuple[int, str]]) -> None:
    """Report the first of the faults, each a line number and what is wrong, if there are any."""
    if faults:
        line, fault = faults[0]
        raise AssistantError(
            texts_evaluation.bad_set_line(str(file), line, fault, more=len(faults) - 1)
        )


# --- One line; each fault is a ValueError with a Norwegian sentence ------------------------------


def _question(line: str, number: int) -> EvalQuestion:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(texts_evaluation.FAULT_NOT_JSON) from error
    if not isinstance(record, dict):
        raise ValueError(texts_evaluation.FAULT_NOT_OBJECT)
    _check_keys(record)
    question = EvalQuestion(
        line=number,
        identity=_text(record, "id"),
        text=_text(record, "question"),
        language=_text(record, "language"),
        user=_text(record, "user"),
        style=_text(record, "style"),
        answerable=_flag(record, "answerable"),
        outcome=_outcome(record),
        gold=_golds(record, "gold"),
        items=_golds(record, "all"),
        miss=_miss(record),
        history=_history(record),
    )
    _check_agreement(question)
    return question


def _check_keys(record: Mapping[str, Any]) -> None:
    unknown = [key for key in record if key not in _KEYS]
    if unknown:
        raise ValueError(texts_corpus.unknown_key(unknown[0], _KEYS))
    missing = [key for key in _REQUIRED if key not in record]
    if missing:
        raise ValueError(texts_corpus.missing_key(missing[0]))


def _check_agreement(question: EvalQuestion) -> None:
    """Compare what a line says in several places about whether there is an answer."""
    if question.answerable:
        if not question.gold:
            raise ValueError(texts_evaluation.FAULT_NO_GOLD)
        if question.outcome not in _ANSWERED:
            raise ValueError(texts_evaluation.outcome_of_answerable(question.outcome))
        if question.miss:
            raise ValueError(texts_evaluation.FAULT_MISS_OF_ANSWERABLE)
        return
    if question.gold or question.items:
        raise ValueError(texts_evaluation.FAULT_GOLD_OF_UNANSWERABLE)
    if question.outcome in _ANSWERED:
        raise ValueError(texts_evaluation.outcome_of_unanswerable(question.outcome))
    if not question.miss:
        raise ValueError(texts_evaluation.FAULT_NO_MISS)


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(texts_corpus.wrong_type(key, texts_evaluation.TYPE_TEXT))
    return value


def _flag(record: Mapping[str, Any], key: str) -> bool:
    value = record[key]
    if not isinstance(value, bool):
        raise ValueError(texts_corpus.wrong_type(key, texts_corpus.TYPE_FLAG))
    return value


def _outcome(record: Mapping[str, Any]) -> Outcome:
    value = record["outcome"]
    if value not in list(Outcome):
        raise ValueError(texts_corpus.wrong_type("outcome", texts_corpus.one_of(list(Outcome))))
    return Outcome(value)


def _miss(record: Mapping[str, Any]) -> str:
    value = record.get("miss", "")
    if "miss" in record and value not in _MISSES:
        raise ValueError(texts_corpus.wrong_type("miss", texts_corpus.one_of(_MISSES)))
    return str(value)


def _golds(record: Mapping[str, Any], key: str) -> tuple[Gold, ...]:
    value = record.get(key, [])
    if not isinstance(value, list):
        raise ValueError(texts_corpus.wrong_type(key, texts_evaluation.TYPE_GOLD))
    return tuple(_gold(each, key) for each in value)


def _gold(value: Any, key: str) -> Gold:
    if not isinstance(value, dict) or not set(value) <= set(_GOLD_KEYS):
        raise ValueError(texts_corpus.wrong_type(key, texts_evaluation.TYPE_GOLD))
    document, quote = value.get("document"), value.get("quote")
    for text in (document, quote):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(texts_corpus.wrong_type(key, texts_evaluation.TYPE_GOLD))
    if not isinstance(value.get("table", False), bool):
        raise ValueError(texts_corpus.wrong_type(key, texts_evaluation.TYPE_GOLD))
    return Gold(str(document), str(quote), value.get("table", False))


def _history(record: Mapping[str, Any]) -> tuple[Turn, ...]:
    value = record.get("history", [])
    if not isinstance(value, list):
        raise ValueError(texts_corpus.wrong_type("history", texts_evaluation.TYPE_HISTORY))
    return tuple(_turn(turn) for turn in value)


def _turn(value: Any) -> Turn:
    if isinstance(value, dict) and set(value) == {"role", "content"}:
        role, content = value["role"], value["content"]
        if role in _ROLES and isinstance(content, str):
            return Turn(role, content)
    raise ValueError(texts_corpus.wrong_type("history", texts_evaluation.TYPE_HISTORY))
