"""Measure the assistant on the question sets: ``make eval``.

    python -m tests.evals.run [--korpus DIR] [--sett NAME] [--vis-feil] [dev|test …]

For each set: how often a gold passage is among the first 1, 5 and 10 hits, how often a gold quote,
or at least its section, is among the sources shown, how many lines an answer has, and how often
questions without an answer are refused. With ``--korpus`` only questions count that the corpus
answers or that have no answer. The intervals are 95 % bootstrap intervals over questions.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assistent import bootstrap
from assistent.answering import Assistant
from assistent.sections import split_into_sections
from assistent.settings import load_settings
from assistent.types import Outcome
from tests.evals.questions import EvalQuestion, comparable, load_set, set_files

# Standings depend on the day; a fixed one keeps the figures repeatable.
TODAY = date(2026, 11, 22)
_SHOWN = {Outcome.ANSWERED, Outcome.PARTIAL}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question. ``rank`` counts from 1; 0 means not among the hits."""

    question: EvalQuestion
    answered: bool
    right_source: bool
    right_section: bool
    rank: int
    lines: int
    shown: tuple[str, ...]


def build_eval_assistant(corpus: Path | None = None) -> Assistant:
    """Build an index of the corpus in a temporary folder and open it."""
    settings = load_settings()
    folder = Path(tempfile.mkdtemp(prefix="assistent-eval-"))
    chosen = settings.model_copy(update={"index": folder, "corpus": corpus or settings.corpus})
    bootstrap.rebuild_index(chosen, progress=lambda step, done, total: None)
    return bootstrap.build_assistant(chosen, today=lambda: TODAY)


def measure(assistant: Assistant, question: EvalQuestion) -> Result:
    """Ask one question and compare with its gold."""
    answer = assistant.answer(question.text)
    quotes = [(source.document, comparable(source.quote)) for source in answer.sources]
    gold = [(document, comparable(quote)) for document, quote in question.gold]
    rank = 0
    for number, hit in enumerate(assistant.find(question.text, count=10).hits, start=1):
        document = assistant.document(hit.passage.document)
        assert document is not None
        text = comparable(document.text[hit.passage.start : hit.passage.end])
        if any(hit.passage.document == path and quote in text for path, quote in gold):
            rank = number
            break
    answered = answer.outcome in _SHOWN
    sections = {place for gold_quote in gold for place in _sections_with(assistant, *gold_quote)}
    return Result(
        question=question,
        answered=answered,
        right_source=answered
        and any(path == shown and quote in text for path, quote in gold for shown, text in quotes),
        right_section=answered
        and any((source.document, source.section) in sections for source in answer.sources),
        rank=rank,
        lines=len(answer.claims),
        shown=tuple(claim.text for claim in answer.claims),
    )


def _sections_with(
    assistant: Assistant, path: str, quote: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every section of a document in which a comparable quote stands."""
    document = assistant.document(path)
    if document is None:
        return
    for section in split_into_sections(document.text, document.blocks):
        if quote in comparable(document.text[section.start : section.end]):
            yield path, section.path


def interval(values: Sequence[float], *, samples: int = 2000) -> str:
    """Write a mean with its 95 % bootstrap interval."""
    if not values:
        return "–"
    data = np.array(values, dtype=float)
    random = np.random.default_rng(0)
    means = data[random.integers(0, len(data), (samples, len(data)))].mean(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{100 * data.mean():5.1f} % [{100 * low:.0f}–{100 * high:.0f}]"


def report(name: str, results: Sequence[Result]) -> None:
    """Print the table of one set."""
    answerable = [r for r in results if r.question.answerable]
    print(f"\n{name}: {len(answerable)} answerable, {len(results) - len(answerable)} not")
    rows: list[tuple[str, Sequence[float]]] = [
        *((f"gold passage among {k}", [0 < r.rank <= k for r in answerable]) for k in (1, 5, 10)),
        ("right section among the sources", [r.right_section for r in answerable]),
        ("gold quote among the sources", [r.right_source for r in answerable]),
        ("answered at all", [r.answered for r in answerable]),
    ]
    for miss, label in (("off", "off topic"), ("near", "near miss")):
        refused = [not r.answered for r in results if r.question.miss == miss]
        rows.append((f"refused, {label}", refused))
    for label, values in rows:
        print(f"  {label:32} {interval(list(values))}")
    print(f"  {'lines per answer':32} {np.mean([r.lines for r in answerable if r.answered]):5.1f}")
    keys: tuple[tuple[str, Callable[[EvalQuestion], str]], ...] = (
        ("language", lambda question: question.language),
        ("user", lambda question: question.user),
        ("style", lambda question: question.style),
    )
    for label, key in keys:
        groups = sorted({key(r.question) for r in answerable})
        parts = []
        for group in groups:
            right = [r.right_source for r in answerable if key(r.question) == group]
            parts.append(f"{group} {sum(right)}/{len(right)}")
        print(f"  gold quote by {label:18} {', '.join(parts)}")


def show_misses(results: Sequence[Result]) -> None:
    """Print every answerable question whose place was not shown."""
    for result in results:
        if result.question.answerable and not result.right_source:
            question = result.question
            print(f"\n{question.identity} {question.text}  (rank {result.rank})")
            print(f"  gold: {question.gold[0][1][:150]}")
            for line in result.shown[:3]:
                print(f"  - {line[:150]}")


def main() -> None:
    """Run the sets named on the command line; both by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["dev", "test"])
    parser.add_argument("--korpus", type=Path, help="measure on another corpus folder")
    parser.add_argument("--sett", default="", help="only the sets whose name begins so")
    parser.add_argument("--vis-feil", action="store_true")
    arguments = parser.parse_args()
    assistant = build_eval_assistant(arguments.korpus)
    for path in (path for part in arguments.parts for path in set_files(part)):
        if arguments.sett and not path.name.startswith(arguments.sett):
            continue
        results = [
            measure(assistant, question)
            for question in load_set(path)
            if not question.answerable or any(assistant.document(d) for d, _ in question.gold)
        ]
        report(path.stem, results)
        if arguments.vis_feil and path.stem.endswith("_dev"):
            show_misses(results)


if __name__ == "__main__":
    main()
