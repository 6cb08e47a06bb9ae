"""The claim pairs: well formed, exact, and the two halves apart and alike."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from assistent.readers import read_file

FOLDER = Path(__file__).resolve().parent
KORPUS = FOLDER.parents[1] / "korpus"
HALVES = ("dev", "test")
FIELDS = {"id", "claim", "language", "evidence", "supported", "fault", "note"}
LANGUAGES = {"nb", "nn", "en", "pl", "de", "uk", "so"}
FAULTS = {
    "number",
    "date",
    "paragraph",
    "name",
    "channel",
    "negation",
    "modality",
    "agent",
    "antonym",
    "addition",
    "scope",
    "condition",
    "mixed",
}
# Sentences that share this much of their words say the same in two documents.
_ALIKE = 0.6


@cache
def pairs(half: str) -> tuple[dict[str, Any], ...]:
    lines = (FOLDER / f"pairs_{half}.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def all_pairs() -> Iterator[dict[str, Any]]:
    for half in HALVES:
        yield from pairs(half)


@cache
def stored_text(document: str) -> str:
    return read_file(KORPUS / document).text


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def evidence_texts(half: str) -> set[str]:
    return {piece["text"] for pair in pairs(half) for piece in pair["evidence"]}


def copied(pair: dict[str, Any]) -> float:
    """Return the share of the claim's words that its evidence has too."""
    own = words(pair["claim"])
    return len(own & words(" ".join(piece["text"] for piece in pair["evidence"]))) / len(own)


def test_every_pair_is_well_formed() -> None:
    for pair in all_pairs():
        assert set(pair) == FIELDS, pair["id"]
        assert re.fullmatch(r"pair-\d{3}", pair["id"])
        assert pair["language"] in LANGUAGES, pair["id"]
        assert pair["claim"] == pair["claim"].strip(), pair["id"]
        assert pair["claim"].endswith("."), pair["id"]
        assert pair["note"], pair["id"]
        assert 1 <= len(pair["evidence"]) <= 3, pair["id"]
        if pair["supported"]:
            assert pair["fault"] is None, pair["id"]
        else:
            assert pair["fault"] in FAULTS, pair["id"]


def test_no_id_and_no_claim_stands_twice() -> None:
    for field in ("id", "claim"):
        counted = Counter(pair[field] for pair in all_pairs())
        assert [value for value, times in counted.items() if times > 1] == []


def test_evidence_and_context_stand_in_the_document() -> None:
    for pair in all_pairs():
        for piece in pair["evidence"]:
            assert set(piece) == {"document", "text", "context"}, pair["id"]
            text = stored_text(piece["document"])
            assert piece["text"], pair["id"]
            assert [t for t in (piece["text"], *piece["context"]) if t not in text] == [], pair[
                "id"
            ]


def test_list_items_bring_the_lines_they_stand_under() -> None:
    for pair in all_pairs():
        for piece in pair["evidence"]:
            if f"\n• {piece['text']}\n" in stored_text(piece["document"]):
                assert piece["context"], pair["id"]


def test_amounts() -> None:
    counted = Counter(pair["fault"] for pair in all_pairs())
    assert counted.pop(None) >= 150
    assert set(counted) == FAULTS
    assert min(counted.values()) >= 12, counted
    assert counted.total() >= 170
    documents = {piece["document"] for pair in all_pairs() for piece in pair["evidence"]}
    assert len(documents) >= 20


@pytest.mark.parametrize("half", HALVES)
def test_every_fault_is_in_each_half(half: str) -> None:
    counted = Counter(pair["fault"] for pair in pairs(half))
    assert min(counted[fault] for fault in FAULTS) >= 6, counted


def test_no_evidence_sentence_is_in_both_halves() -> None:
    for one, other in product(evidence_texts("dev"), evidence_texts("test")):
        shared, either = words(one) & words(other), words(one) | words(other)
        assert len(shared) / len(either) < _ALIKE, (one, other)


def test_the_half_for_tuning_has_as_many_of_each_fault() -> None:
    dev, test = (Counter(pair["fault"] for pair in pairs(half)) for half in HALVES)
    assert all(dev[fault] >= test[fault] for fault in (*FAULTS, None)), dev


@pytest.mark.parametrize("half", HALVES)
def test_distance_from_the_text_does_not_give_the_label_away(half: str) -> None:
    norwegian = [pair for pair in pairs(half) if pair["language"] == "nb"]
    true, false = (
        median(copied(pair) for pair in norwegian if pair["supported"] is label)
        for label in (True, False)
    )
    assert abs(true - false) <= 0.1, (true, false)


def test_readme_has_the_counts() -> None:
    rows = re.findall(
        r"^\| `?([\w ]+?)`? \| (\d+) \| (\d+) \|$", (FOLDER / "README.md").read_text("utf-8"), re.M
    )
    told = {name: (int(dev), int(test)) for name, dev, test in rows}
    counted: dict[str, list[int]] = {}
    for place, half in enumerate(HALVES):
        for pair in pairs(half):
            for name in ("all", pair["fault"] or "supported", pair["language"]):
                counted.setdefault(name, [0, 0])[place] += 1
    assert told == {name: (dev, test) for name, (dev, test) in counted.items()}
