"""The training material: questions, each with the statements that do and do not answer it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistent.sentences import sentence_spans
from tests.experiments.selector.statements import Statement, leans_on_previous

DATA = Path(__file__).parent / "data"
NORQUAD = "norquad"


@dataclass(frozen=True, slots=True)
class Example:
    """A question over the statements of one passage.

    ``answers`` are the positions of the statements that answer it; none if the passage does not.
    ``source`` is the identity of the passage, so that a passage is not split between parts;
    ``group`` is the name of the file it stands in. ``miss`` says what an unanswered one asks for.
    """

    question: str
    statements: tuple[Statement, ...]
    answers: frozenset[int]
    source: str
    group: str
    miss: str = ""


def load_own(folder: Path = DATA) -> Iterator[Example]:
    """Read the pairs written for the assistant."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            statements = in_context(record["sentences"], heading=record["section"][-1])
            for asked in record["questions"]:
                yield Example(
                    question=asked["question"],
                    statements=statements,
                    answers=frozenset(asked["evidence"]),
                    source=record["id"],
                    group=path.stem,
                    miss=asked.get("miss", ""),
                )


def load_norquad(path: Path) -> Iterator[Example]:
    """Read NorQuAD (Ivanova et al. 2023): the sentence that holds the answer, and the others."""
    data = json.loads(path.read_text("utf-8"))
    for asked in data["questions"]:
        key = str(asked["context"])
        text = data["contexts"][key]
        spans = [
            span
            for line in re.finditer(r"[^\n]+", text)
            for span in sentence_spans(text, line.start(), line.end())
        ]
        answers = frozenset(
            number for number, span in enumerate(spans) if span.start <= asked["start"] < span.end
        )
        if not answers:
            continue
        sentences = [text[span.start : span.end] for span in spans]
        yield Example(
            question=asked["question"],
            statements=in_context(sentences, heading=""),
            answers=answers,
            source=f"norquad-{key}",
            group=NORQUAD,
        )


def in_context(sentences: list[str], *, heading: str) -> tuple[Statement, ...]:
    """Give each sentence its heading and, where it leans on it, the sentence before."""
    before = ["", *sentences[:-1]]
    return tuple(
        Statement(heading, previous if leans_on_previous(text) else "", text)
        for previous, text in zip(before, sentences, strict=True)
    )
