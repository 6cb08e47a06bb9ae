from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistent.lexical import LexicalIndex
from assistent.words import content_stems

TEXTS = [
    "Kantinen åpner klokken elleve.",
    "Kantinen stenger klokken fjorten, og kantinen er da tom.",
    "Sykler lånes i resepsjonen.",
    "Og det er alt.",  # stop words but for «alt», which is one too
]
INDEX = LexicalIndex.build(TEXTS)


def concepts(text: str) -> list[tuple[str, ...]]:
    return [(stem,) for stem in content_stems(text)]


def test_weight_of_a_word_is_bm25_as_published() -> None:
    # «sykler» stands once in one of four texts; lengths in weighty words: 4, 6, 3, 0.
    lengths = [len(content_stems(text)) for text in TEXTS]
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    norm = 0.4 * (1 - 0.4 + 0.4 * lengths[2] / (sum(lengths) / 4))
    weight = idf * 1 * (0.4 + 1) / (1 + norm)
    share = INDEX.shares(concepts("sykler"))
    np.testing.assert_allclose(share, [0, 0, weight / (idf * 1.4), 0], rtol=1e-5)


def test_rare_word_counts_for_more_than_a_common_one() -> None:
    stems = content_stems("kantinen fjorten")
    assert INDEX.idf_of(stems[1]) > INDEX.idf_of(stems[0]) > 0
    shares = INDEX.shares(concepts("kantinen fjorten"))
    assert shares[1] > shares[0] > shares[2] == 0


def test_inflected_words_are_found_by_their_stem() -> None:
    assert INDEX.shares(concepts("sykkel"))[2] == 0  # the stems differ: «sykl» and «sykkel»
    assert INDEX.shares(concepts("sykler"))[2] == INDEX.shares(concepts("SYKLENE"))[2] > 0


def test_unknown_word_lowers_the_share_of_the_known_one() -> None:
    alone, beside = (INDEX.shares(concepts(q))[2] for q in ("sykler", "sykler romskip"))
    assert 0 < beside < alone


def test_unknown_words_alone_and_no_words_score_nothing() -> None:
    assert not INDEX.shares(concepts("romskip")).any()
    assert not INDEX.shares([]).any()


def test_alternative_counts_but_less_than_the_word_itself() -> None:
    own = content_stems("sykler")[0]
    itself = INDEX.shares([(own,)])[2]
    alternative = INDEX.shares([("sjøl", own)])[2]
    assert alternative == np.float32(0.8) * itself


def test_best_alternative_counts_once() -> None:
    first, second = content_stems("kantinen åpner")
    both = INDEX.shares([(first, second)])
    assert both[0] <= INDEX.shares([(first,)])[0] + INDEX.shares([(second,)])[0]
    assert both[1] == INDEX.shares([(first,)])[1]


def test_rare_alternative_of_a_common_word_does_not_count_for_more_than_the_word() -> None:
    index = LexicalIndex.build(["vanlig ord her"] * 9 + ["vanlig sjelden"])
    share = index.shares([("van", "sjeld"), (content_stems("vanlig")[0], "sjeld")])
    assert share.max() <= 1


@given(
    st.lists(st.lists(st.sampled_from("sol måne stjerne sky regn".split())).map(" ".join)),
    st.lists(
        st.lists(
            st.sampled_from([*content_stems("sol måne stjerne sky regn"), "ukjent"]), min_size=1
        )
    ),
)
def test_every_share_is_between_0_and_1(texts: list[str], asked: list[list[str]]) -> None:
    shares = LexicalIndex.build(texts).shares(asked)
    assert shares.shape == (len(texts),)
    assert ((shares >= 0) & (shares <= 1 + 1e-6)).all()


def test_saved_index_scores_as_before(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "bm25.npz")
    loaded = LexicalIndex.load(tmp_path / "bm25.npz")
    assert loaded.size == 4
    asked = concepts("når åpner og stenger kantinen")
    np.testing.assert_array_equal(loaded.shares(asked), INDEX.shares(asked))
    assert loaded.knows(content_stems("kantinen")[0])
    assert not loaded.knows("romskip")


def test_index_without_texts_can_be_built_saved_and_asked(tmp_path: Path) -> None:
    LexicalIndex.build([]).save(tmp_path / "bm25.npz")
    assert LexicalIndex.load(tmp_path / "bm25.npz").shares(concepts("kantine")).shape == (0,)
