"""The guard's question sets and what it does with them.

``personopplysninger.jsonl``: ``holds`` lists the personal data in a question, empty where there
are none. All numbers are made up: national numbers are of people born before 1900, or of kinds
that were not issued then, or synthetic (month + 80 or + 65).

``avgrensning_dev.jsonl`` and ``_test``: ``route`` is where a question belongs, null where it is
ours although it sounds like a route. Tune on the first, only measure on the second.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistent import guard
from assistent.personal_data import find_personal_data, without_personal_data
from assistent.routing import read_route

FOLDER = Path(__file__).resolve().parent
EVALS = FOLDER.parent / "evals"
CONTROLLED = ("birth_number", "d_number", "h_number", "account", "card")


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def personal_data() -> list[dict[str, Any]]:
    return read(FOLDER / "personopplysninger.jsonl")


def routed(part: str) -> list[dict[str, Any]]:
    return read(FOLDER / f"avgrensning_{part}.jsonl")


def eval_questions(part: str) -> list[dict[str, Any]]:
    return [record for file in sorted(EVALS.glob(f"*_{part}.jsonl")) for record in read(file)]


def without_data() -> list[str]:
    """Return the questions without personal data: the hard ones and the assistant's own."""
    hard = [record["question"] for record in personal_data() if not record["holds"]]
    return [*hard, *(record["question"] for record in eval_questions("dev"))]


@dataclass
class Found:
    """How the pieces of personal data fared, by kind."""

    there: Counter[str] = field(default_factory=Counter)
    taken_out: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        return sum(self.taken_out[k] for k in kinds) / sum(self.there[k] for k in kinds)


def find_all() -> Found:
    """A piece is taken out if the question is stopped and no part of it is left."""
    found = Found()
    for record in personal_data():
        cleaned = guard.clean(record["question"])
        left = without_personal_data(cleaned)
        for piece in record["holds"]:
            found.there[piece["kind"]] += 1
            if find_personal_data(cleaned) and not remains(piece, left):
                found.taken_out[piece["kind"]] += 1
            else:
                found.missed.append(f"{record['id']} {piece['kind']}: {record['question']}")
    return found


def remains(piece: dict[str, str], left: str) -> bool:
    """Whether a piece, or for numbers as much as four digits of it, is still to be read."""
    digits = [character for character in guard.clean(piece["text"]) if character.isdigit()]
    if len(digits) >= 8 and piece["kind"] != "email":
        return sum(character.isdigit() for character in left) >= 4
    return guard.clean(piece["text"]).casefold() in left.casefold()


def false_alarms() -> list[str]:
    return [question for question in without_data() if find_personal_data(guard.clean(question))]


@dataclass
class Routing:
    """Questions by expected and given route; ``none`` is our own."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, route: str = "") -> float:
        given = [(pair, n) for pair, n in self.pairs.items() if self._is(pair[1], route)]
        return _share(sum(n for pair, n in given if pair[0] == pair[1]), sum(n for _, n in given))

    def recall(self, route: str = "") -> float:
        there = [(pair, n) for pair, n in self.pairs.items() if self._is(pair[0], route)]
        return _share(sum(n for pair, n in there if pair[0] == pair[1]), sum(n for _, n in there))

    def routes(self) -> Iterator[tuple[str, int]]:
        counted: Counter[str] = Counter()
        for (expected, _), number in self.pairs.items():
            counted[expected] += number
        yield from sorted(counted.items())

    @staticmethod
    def _is(route: str, asked: str) -> bool:
        return route == asked if asked else route != "none"


def route_all(part: str) -> Routing:
    routing = Routing()
    for record in routed(part):
        expected = record["route"] or "none"
        given = read_route(guard.clean(record["question"])) or "none"
        routing.pairs[expected, str(given)] += 1
        if expected != given:
            routing.misses.append(f"{record['id']} {expected} → {given}: {record['question']}")
    return routing


def kept_from_answer(part: str) -> list[tuple[str, str]]:
    """Return id and question of the answerable questions that never reach the search."""
    kept = []
    for record in eval_questions(part):
        question = guard.clean(record["question"])
        follows = bool(record.get("history"))
        if record["answerable"] and (
            guard.check(question) or read_route(question, follows=follows)
        ):
            kept.append((record["id"], record["question"]))
    return kept


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
