from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistent.errors import AssistantError
from assistent.evaluation.gold import (
    IndexedTexts,
    comparable,
    fit_to_corpus,
    shows,
    shows_item,
    stands_in,
)
from assistent.evaluation.question_sets import Gold, read_question_set
from assistent.index import Index, open_index
from tests.conftest import Built
from tests.evaluation.samples import BICYCLE, CANTEEN, line, line_without_answer, write_set


@pytest.fixture(scope="module")
def index(small_index: Built) -> Iterator[Index]:
    opened = open_index(small_index.edition)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def indexed(index: Index) -> IndexedTexts:
    return IndexedTexts(index.documents.values(), index.passages)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("• Det  er\n lov", "det er lov"),
        ("kommunika-\n  sjon", "kommunikasjon"),
        ("barne- og ungdom", "barne- og ungdom"),
        ("## **Mål** 1", "mål 1"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
    ],
)
def test_marks_and_line_breaks_do_not_count(text: str, same: str) -> None:
    assert comparable(text) == same


def test_a_shown_quote_holds_the_gold_or_enough_of_it() -> None:
    gold = Gold("a", "Vi skal alltid skrive klart og enkelt til alle")
    assert shows("Derfor: vi skal alltid skrive\nklart og enkelt til alle.", gold)
    assert shows("alltid skrive klart og enkelt til", gold)  # six words of it
    assert not shows("alltid skrive klart og enkelt", gold)  # five
    assert not shows("Noe helt annet om andre ting enn dette", gold)


def test_a_short_item_has_to_stand_alone() -> None:
    item = Gold("a", "barn og unge")
    assert shows_item("• Barn og unge;", item)
    assert shows_item("Målgruppe | barn og unge", item)
    assert shows_item("Dette gjelder:\n\n• barn\n  og unge\n• eldre", item)
    assert not shows_item("Tilbudet gjelder barn og unge i byen", item)
    assert shows_item("Vi vil: gi råd til alle barn i byen.", Gold("a", "gi råd til alle"))


def test_cells_are_found_in_a_row_with_the_heads_of_its_columns() -> None:
    row = comparable("Farge: hvitt. Bakgrunn: rød-1. Kontrast: 2,4. Vurdering: for svak.")
    assert stands_in(Gold("a", "rød-1 2,4 for svak", table=True), row)
    assert stands_in(Gold("a", "2,4", table=True), row)
    assert not stands_in(Gold("a", "hvitt 2,4", table=True), row)  # no neighbours
    assert not stands_in(Gold("a", "2,", table=True), comparable("Kontrast: 2,41."))


def test_quotes_are_placed(indexed: IndexedTexts, index: Index) -> None:
    gold = Gold(CANTEEN, "alle betaler med kort.")
    assert indexed.holds(gold)
    assert not indexed.holds(Gold(BICYCLE, gold.quote))
    assert not indexed.holds(Gold("mangler.md", gold.quote))
    [(document, section)] = indexed.sections_with([gold])
    assert (document, section[-1]) == (CANTEEN, "Betaling")
    [passage] = [p for p in index.passages if p.id in indexed.passages_with([gold])]
    assert "Alle betaler med kort." in index.text_of(passage)


def test_questions_on_other_documents_are_left_out(tmp_path: Path, indexed: IndexedTexts) -> None:
    other = {"document": "andre.md", "quote": "Noe annet."}
    file = write_set(
        tmp_path / "sett.jsonl",
        line(id="1", gold=[other]),
        line(id="2", gold=[other, line()["gold"][0]]),
        line_without_answer(id="3"),
    )
    kept, skipped = fit_to_corpus(read_question_set(file), indexed)
    assert skipped == 1
    assert [(q.identity, len(q.gold)) for q in kept.questions] == [("2", 1), ("3", 0)]


@pytest.mark.parametrize("key", ["gold", "all"])
def test_a_quote_that_does_not_stand_there_is_said(
    tmp_path: Path, indexed: IndexedTexts, key: str
) -> None:
    bad = [{"document": CANTEEN, "quote": "Kantinen åpner klokken tolv."}]
    file = write_set(tmp_path / "sett.jsonl", line(id="1"), line(id="2", **{key: bad}))
    with pytest.raises(AssistantError) as caught:
        fit_to_corpus(read_question_set(file), indexed)
    assert str(caught.value) == (
        f"{file}, linje 2: fasitsitatet «Kantinen åpner klokken tolv.» står ikke ordrett i "
        f"«{CANTEEN}». Kopier det fra «assistent kilde {CANTEEN}»."
    )
