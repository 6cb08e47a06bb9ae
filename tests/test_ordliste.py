"""The list of what people say: every line can match, and no saying is so wide that it misleads."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from assistent.thesaurus import Thesaurus
from assistent.words import STOP_WORDS, content_stems, english_stem, stem, tokens

KORPUS = Path(__file__).resolve().parents[1] / "korpus"
MOST_TERMS = 3
SOURCE = resources.files("assistent").joinpath("data/ordliste.toml").read_text("utf-8")
ORD: dict[str, list[str]] = tomllib.loads(SOURCE)["ord"]
SAYINGS = [(term, saying) for term, sayings in ORD.items() for saying in sayings]


@pytest.fixture(scope="module")
def corpus_stems() -> set[str]:
    files = [path for path in KORPUS.rglob("*") if path.suffix in {".md", ".txt"}]
    assert files
    return {s for path in files for s in content_stems(path.read_text("utf-8"))}


def keys(saying: str) -> set[tuple[str, ...]]:
    """Return the stems under which the thesaurus knows a saying."""
    return {tuple(stemmer(word) for word in tokens(saying)) for stemmer in (stem, english_stem)}


def test_every_term_has_sayings() -> None:
    assert [term for term, sayings in ORD.items() if not sayings] == []


def test_terms_are_unique_however_they_are_written() -> None:
    written: dict[str, list[str]] = defaultdict(list)
    for term in ORD:
        written[" ".join(tokens(term))].append(term)
    assert [terms for terms in written.values() if len(terms) > 1] == []


def test_every_term_stands_in_the_documents(corpus_stems: set[str]) -> None:
    assert [term for term in ORD if not corpus_stems.intersection(content_stems(term))] == []


def test_no_saying_is_a_single_stop_word() -> None:
    single = [(term, tokens(saying)) for term, saying in SAYINGS]
    assert [(t, w) for t, w in single if len(w) == 1 and w[0] in STOP_WORDS] == []


def test_no_saying_stands_twice_under_a_term() -> None:
    assert [term for term, sayings in ORD.items() if len(set(sayings)) < len(sayings)] == []


def test_no_saying_leads_to_too_many_terms() -> None:
    terms: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for term, saying in SAYINGS:
        for key in keys(saying):
            terms[key].add(term)
    assert {k: sorted(found) for k, found in terms.items() if len(found) > MOST_TERMS} == {}


def test_every_saying_finds_its_term() -> None:
    thesaurus = Thesaurus(ORD)
    lost = []
    for term, saying in SAYINGS:
        found = [concept.term for concept in thesaurus.concepts(saying)]
        if not any(re.search(rf"(?<!\w){re.escape(term)}(?!\w)", held) for held in found):
            lost.append((term, saying))
    assert lost == []


def test_sayings_stand_in_alphabetical_order() -> None:
    order = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
    for term, sayings in ORD.items():
        assert sayings == sorted(sayings, key=lambda s: s.casefold().translate(order)), term
