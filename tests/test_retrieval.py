from __future__ import annotations

import numpy as np
import pytest

from assistent.index import Index, open_index
from assistent.retrieval import LEXICAL_WEIGHT, STANDING_PENALTY, Query, best_shares, search
from assistent.types import Hit, Standing
from assistent.words import content_stems
from tests.conftest import Built
from tests.fakes import WordEmbedder, build


@pytest.fixture(scope="module")
def index(small_index: Built) -> Index:
    return open_index(small_index.edition)


def query(text: str, **bonus: float) -> Query:
    bonuses = {f"regler/{name}.md": value for name, value in bonus.items()}
    vector = WordEmbedder().embed_questions([text])[0]
    return Query([(stem,) for stem in content_stems(text)], vector, bonuses)


def place(hit: Hit) -> str:
    return " › ".join((hit.passage.document, *hit.passage.section))


def test_best_hit_holds_what_is_asked_for(index: Index) -> None:
    assert (
        place(search(index, query("Når åpner kantinen?"))[0]) == "regler/kantine.md › Åpningstider"
    )
    assert place(search(index, query("Følger hjelm med?"))[0]) == "regler/sykkel.md › Lån av sykkel"


def test_score_is_the_mean_cosine_and_the_lexical_share(index: Index) -> None:
    # «Kantinen åpner klokken elleve» and the question share 2 words of 4 and 2.
    hit = search(index, query("Når åpner kantinen?"))[0]
    assert hit.sentence == pytest.approx(0.75 + 0.25 * 2 / (4 * 2) ** 0.5, abs=1e-5)
    # The passage has 8 words, 6 different, the two of «kantinen» and «klokken» twice each:
    # its vector has the length sqrt(4 + 4 + 1 + 1 + 1 + 1), and the question's words 2 + 1 of it.
    assert hit.dense == pytest.approx(0.75 + 0.25 * 3 / (12 * 2) ** 0.5, abs=1e-5)
    expected = (hit.dense + hit.sentence) / 2 + LEXICAL_WEIGHT * hit.lexical
    assert hit.score == pytest.approx(expected)
    assert 0 < hit.lexical <= 1


def test_hits_are_the_asked_number_best_first_without_repetition(index: Index) -> None:
    hits = search(index, query("sykkel kantine kort"), count=4)
    assert len(hits) == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == 4
    assert len(search(index, query("sykkel"), count=1000)) == len(index.passages)


def test_every_statement_of_a_hit_has_its_cosine(index: Index) -> None:
    for hit in search(index, query("Når åpner kantinen?")):
        assert len(hit.statement_scores) == len(hit.passage.statements)
        assert not hit.statement_scores or max(hit.statement_scores) == pytest.approx(hit.sentence)


def test_word_that_no_vector_knows_is_found_by_bm25(index: Index) -> None:
    vector = WordEmbedder().embed_questions(["romskip"])[0]
    hits = search(index, Query([(content_stems("kontanter")[0],)], vector))
    assert place(hits[0]) == "regler/kantine.md › Betaling"


def test_every_passage_of_a_named_document_comes_once_behind_the_best(index: Index) -> None:
    named = frozenset({"regler/sykkel.md"})
    hits = search(index, query("Når åpner kantinen?"), count=1, named=named)
    assert hits[0].passage.document == "regler/kantine.md"
    rows = index.rows_of("regler/sykkel.md")
    assert {hit.passage.id for hit in hits[1:]} == {index.passages[row].id for row in rows}
    assert len(hits) == 1 + len(rows)


def test_best_shares_are_taken_in_order_the_lower_row_first_if_equal() -> None:
    shares = np.array([0, 0.5, 0.2, 0.5, 0.9, 0, 0.5], dtype=np.float32)
    assert best_shares(shares, 3) == [4, 1, 3]
    assert best_shares(shares, 10) == [4, 1, 3, 6, 2]
    assert best_shares(np.zeros(4, dtype=np.float32), 2) == []


def test_bonus_lifts_a_documents_passages(index: Index) -> None:
    hits = search(index, query("Når åpner kantinen?", sykkel=0.5))
    assert {hit.passage.document for hit in hits[:3]} == {"regler/sykkel.md"}


def test_what_is_repealed_comes_after_the_same_in_force(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("like")
    (folder / "korpus").mkdir()
    for name in ("gammel", "ny"):
        (folder / f"korpus/{name}.md").write_text("# Regel\n\nHjelm er påbudt.\n", encoding="utf-8")
    index = open_index(folder / "indeks" / build(folder / "korpus", folder / "indeks").edition)
    standings = {"gammel.md": Standing.REPEALED, "ny.md": Standing.IN_FORCE}
    found = [
        hit.passage.document
        for hit in search(index, query("Er hjelm påbudt?"), standings=standings)
    ]
    assert found.index("ny.md") < found.index("gammel.md")


def test_nothing_weighs_more_than_what_is_in_force() -> None:
    assert set(STANDING_PENALTY) == set(Standing)
    assert STANDING_PENALTY[Standing.IN_FORCE] == 0
    assert all(penalty >= 0 for penalty in STANDING_PENALTY.values())
