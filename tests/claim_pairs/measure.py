"""Print how well claims are proven: ``python -m tests.claim_pairs.measure [--test]``.

Without ``--test`` the half for tuning, with every miss; with it only the sums of the other half,
whose pairs nobody who works on the prover reads.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from assistent.embedding import load_embedder
from assistent.types import Evidence
from assistent.verify import Prover, Verdict

_FOLDER = Path(__file__).resolve().parent
_NORMAL = 1.96


@dataclass(frozen=True)
class Judged:
    """A pair and what the prover says of it."""

    pair: dict[str, Any]
    verdict: Verdict

    @property
    def right(self) -> bool:
        return bool(self.pair["supported"]) == self.verdict.supported


def read_pairs(half: str) -> list[dict[str, Any]]:
    """Read one half, ``dev`` or ``test``."""
    lines = (_FOLDER / f"pairs_{half}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def evidence_of(pair: dict[str, Any]) -> tuple[Evidence, ...]:
    """Return what a pair's claim cites."""
    return tuple(
        Evidence(
            number=number,
            text=each["text"],
            document=each["document"],
            section=(),
            page=None,
            start=0,
            end=len(each["text"]),
            context=tuple(each["context"]),
        )
        for number, each in enumerate(pair["evidence"], 1)
    )


def judge(pairs: Iterable[dict[str, Any]], prover: Prover) -> list[Judged]:
    """Have every pair proven or dropped."""
    return [
        Judged(pair, prover.prove(pair["claim"], evidence_of(pair), language=pair["language"]))
        for pair in pairs
    ]


def interval(hits: int, number: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (Wilson 1927)."""
    if not number:
        return 0.0, 1.0
    share, square = hits / number, _NORMAL**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = _NORMAL * math.sqrt(share * (1 - share) / number + square / (4 * number**2))
    half /= 1 + square / number
    return middle - half, middle + half


def share(name: str, hits: int, number: int) -> str:
    """Return a line with a share and its interval."""
    low, high = interval(hits, number)
    value = hits / number if number else 0.0
    return f"  {name:24} {hits:3} of {number:3}  {value:.3f} [{low:.3f}–{high:.3f}]"


def totals(judged: Sequence[Judged]) -> list[str]:
    """Return the lines that may be seen of any half."""
    wrong = [each for each in judged if not each.pair["supported"]]
    good = [each for each in judged if each.pair["supported"]]
    lines = [
        share("unsupported caught", sum(each.right for each in wrong), len(wrong)),
        share("supported dropped", sum(not each.right for each in good), len(good)),
        "  caught by kind",
    ]
    for kind in sorted({each.pair["fault"] for each in wrong}):
        of_kind = [each for each in wrong if each.pair["fault"] == kind]
        lines.append(share(f"  {kind}", sum(each.right for each in of_kind), len(of_kind)))
    lines.append("  by language: caught, dropped")
    for language in sorted({each.pair["language"] for each in judged}):
        for name, part, hit in (("caught", wrong, True), ("dropped", good, False)):
            mine = [each for each in part if each.pair["language"] == language]
            if mine:
                lines.append(
                    share(f"  {language} {name}", sum(e.right is hit for e in mine), len(mine))
                )
    counts = Counter(fault for each in good for fault in each.verdict.faults)
    named = ", ".join(f"{fault} {number}" for fault, number in counts.most_common())
    lines.append(f"  supported ones dropped for: {named}")
    return lines


def misses(judged: Sequence[Judged]) -> list[str]:
    """Return what was judged wrong, for the half that is tuned on."""
    return [
        f"  {each.pair['id']} {each.pair['language']} "
        f"{each.pair['fault'] or 'supported'} {list(map(str, each.verdict.faults))}: "
        f"{each.pair['claim']}"
        for each in judged
        if not each.right
    ]


def main(arguments: Sequence[str]) -> int:
    half = "test" if "--test" in arguments else "dev"
    prover = Prover(load_embedder(user_cache_path("assistent") / "modell", None))
    judged = judge(read_pairs(half), prover)
    print(half, *totals(judged), sep="\n")
    if half == "dev":
        print("  misses", *misses(judged), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
