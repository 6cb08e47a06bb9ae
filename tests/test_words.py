from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.words import STOP_WORDS, content_stems, normalise, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Byrådssak 1038/25, jf. § 4-1!", ["byrådssak", "1038/25", "jf", "§", "4-1"]),
        ("den 22.5.2025", ["den", "22.5.2025"]),
        ("riks- og lokalmediene", ["riks", "og", "lokalmediene"]),
        ("e-post og oslo.kommune.no", ["e-post", "og", "oslo.kommune.no"]),
        ("«Ærlig», sa ØYVIND", ["ærlig", "sa", "øyvind"]),
        ("snake_case 🙂 \x00", ["snake", "case"]),
        ("", []),
    ],
)
def test_text_falls_into_words_numbers_and_paragraph_signs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_composed_and_decomposed_letters_are_the_same_word(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


def test_inflections_share_a_stem() -> None:
    forms = content_stems("strategi strategien strategier strategiene")
    assert len(set(forms)) == 1


def test_stop_words_carry_no_weight_in_three_languages() -> None:
    assert content_stems("hva er det vi skal") == []
    assert content_stems("kva er det me skal") == []
    assert content_stems("what is it that we should") == []


def test_repetitions_are_kept_in_order() -> None:
    assert content_stems("by på by") == [*content_stems("by"), *content_stems("by")]


def test_stop_words_are_written_the_way_words_are_compared() -> None:
    assert {normalise(word) for word in STOP_WORDS} == STOP_WORDS
    assert all(tokens(word) == [word] for word in STOP_WORDS)
