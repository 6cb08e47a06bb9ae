"""Print whether a follow-up finds the right place without a chat model.

``python -m tests.conversations.measure [--test] [--vis]``: the development half, or the test half;
``--vis`` lists the misses of the development half. Asks the index and the model of the settings.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from assistent.answering import Assistant
from assistent.bootstrap import build_embedder
from assistent.settings import load_settings
from assistent.types import Outcome, Relation
from tests.conversations.conversations import FORMS, KINDS, Result, load, measure, wilson
from tests.evals.assistants import TODAY

_ANSWERED = (Outcome.ANSWERED, Outcome.PARTIAL)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.measure")
    parser.add_argument("--test", action="store_true", help="the half that is only measured")
    parser.add_argument("--vis", action="store_true", help="list the misses")
    chosen = parser.parse_args(arguments)
    if chosen.test and chosen.vis:
        parser.error("the misses of the test half are not shown")
    part = "test" if chosen.test else "dev"
    settings = load_settings()
    # No writer: the documents' own sentences, whatever chat model the settings name.
    assistant = Assistant(settings.index, build_embedder(settings), today=lambda: TODAY)
    results = list(measure(assistant, load(part)))
    report(part, results)
    if chosen.vis:
        misses(results)
    return 0


def report(part: str, results: Sequence[Result]) -> None:
    print(f"{len(results)} conversations, {part}; the last turn of each; 95 % Wilson intervals")
    for name, counts in _FIGURES.items():
        print(f"  {name:38} {_share(results, counts)}")
    print("right section among the sources, by relation and kind")
    for relation in Relation:
        _line(relation.value, [r for r in results if r.conversation.last.relation is relation])
    for style in (*KINDS, *FORMS):
        _line(style, [r for r in results if style in r.conversation.style])
    for number in (2, 3):
        _line(f"{number} turns", [r for r in results if len(r.conversation.turns) == number])
    print("taken for (expected → given)")
    for expected in Relation:
        given = [r.answer.relation for r in results if r.conversation.last.relation is expected]
        if given:
            counted = ", ".join(f"{each.value} {given.count(each)}" for each in sorted(set(given)))
            print(f"  {expected.value:12} → {counted}")


def misses(results: Sequence[Result]) -> None:
    print("misses")
    for result in results:
        if result.section and result.related:
            continue
        conversation, answer = result.conversation, result.answer
        print(f"  {conversation.identity} {' '.join(conversation.style)}")
        for turn in conversation.turns:
            print(f"    – {turn.question}")
        print(f"    searched «{answer.search_question}», {answer.outcome.value}")
        if not result.related:
            print(f"    {conversation.last.relation.value} taken for {answer.relation.value}")
        if not result.section:
            wanted = [(gold.document, gold.quote) for gold in conversation.last.gold]
            print(*(f"    gold  {document}: {quote}" for document, quote in wanted), sep="\n")
            print(*(f"    shown {s.document}: {s.quote}" for s in answer.sources), sep="\n")


_FIGURES: dict[str, Callable[[Result], bool]] = {
    "right section among the sources": lambda result: result.section,
    "right place among the sources": lambda result: result.place,
    "right section, asked on its own in full": lambda result: result.in_full,
    "answered": lambda result: result.answer.outcome in _ANSWERED,
    "relation": lambda result: result.related,
}


def _line(name: str, results: Sequence[Result]) -> None:
    if results:
        print(f"  {name:12} {_share(results, lambda result: result.section)}")


def _share(results: Sequence[Result], counts: Callable[[Result], bool]) -> str:
    hits = sum(map(counts, results))
    low, high = wilson(hits, len(results))
    return f"{hits:3} of {len(results):3}  {hits / len(results):4.0%} [{low:.0%}–{high:.0%}]"


if __name__ == "__main__":
    sys.exit(main())
