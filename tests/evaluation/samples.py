"""Hand-made results and question sets."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistent.evaluation.asking import QuestionResult
from assistent.evaluation.runs import Run, SetFacts

CANTEEN = "regler/kantine.md"
BICYCLE = "regler/sykkel.md"

_RESULT = QuestionResult(
    set_name="prøve_dev",
    identity="1",
    question="Når åpner kantinen?",
    language="nb",
    user="ansatt",
    style="plain",
    miss="",
    answerable=True,
    expected="answered",
    outcome="answered",
    support=0.9,
    ranking={},
    gold_shown=True,
    section_shown=True,
    items=None,
    quotes=2,
    beside=1,
    lines=3,
    milliseconds={"search": 5.0, "total": 10.0},
    cpu_milliseconds=8.0,
)


def answerable(identity: str, **values: Any) -> QuestionResult:
    """A question with an answer, answered rightly unless said otherwise."""
    return replace(_RESULT, identity=identity, **values)


def refused(identity: str, support: float | None = 0.1, **values: Any) -> QuestionResult:
    """A question with an answer that was refused."""
    return answerable(
        identity,
        **{
            "outcome": "not_in_sources",
            "support": support,
            "gold_shown": False,
            "section_shown": False,
            "quotes": 0,
            "beside": 0,
            "lines": 0,
            **values,
        },
    )


def unanswerable(identity: str, **values: Any) -> QuestionResult:
    """An off-topic question, refused rightly unless said otherwise."""
    return refused(
        identity, **{"answerable": False, "expected": "not_in_sources", "miss": "off", **values}
    )


def run_of(*results: QuestionResult, sha256: str = "a" * 64) -> Run:
    """A run of the given results."""
    names = dict.fromkeys(result.set_name for result in results)
    return Run(
        version="0.1.0",
        made="2026-11-22T12:00:00+00:00",
        day="2026-11-22",
        edition="20261122T120000-abc",
        documents=2,
        sets=tuple(
            SetFacts(name, sha256, sum(r.set_name == name for r in results), 0) for name in names
        ),
        results=results,
    )


def line(**values: Any) -> dict[str, Any]:
    """A valid line of a question set."""
    return {
        "id": "p-1",
        "question": "Når åpner kantinen?",
        "language": "nb",
        "user": "ansatt",
        "style": "plain",
        "answerable": True,
        "outcome": "answered",
        "gold": [{"document": CANTEEN, "quote": "Kantinen åpner klokken elleve."}],
        **values,
    }


def line_without_answer(**values: Any) -> dict[str, Any]:
    """A valid line of a question that the documents do not answer."""
    return line(
        **{
            "id": "p-9",
            "question": "Hvem vant fotballkampen?",
            "answerable": False,
            "outcome": "not_in_sources",
            "gold": [],
            "miss": "off",
            **values,
        }
    )


def write_set(file: Path, *lines: Any) -> Path:
    """Write a question set; a line that is a text is written as it is."""
    written = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    file.write_text("".join(f"{each}\n" for each in written), encoding="utf-8")
    return file
