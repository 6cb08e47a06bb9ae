from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistent.readers.characters import clean, one_line


def test_invisible_characters_are_taken_out() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignorer")
    assert clean(f"Kli\u200bma\u202e{hidden}\ufeff mål\u2066") == "Klima mål"


def test_soft_hyphens_and_control_characters_are_taken_out() -> None:
    assert clean("kommu\u00adnika\x07sjon\ufffe") == "kommunikasjon"


def test_letters_are_composed_and_ligatures_written_out() -> None:
    assert clean("Ma\u030al for de ﬂeste og ﬁre ﬂere") == "Mål for de fleste og fire flere"


def test_all_kinds_of_space_become_a_plain_one() -> None:
    assert clean("§\u00a04-1\u2009og\tkr\u202f5") == "§ 4-1 og kr 5"


def test_all_kinds_of_line_end_become_a_line_feed() -> None:
    assert clean("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"


def test_norwegian_and_sami_letters_stay() -> None:
    text = "æøå ÆØÅ é ü čđŋšŧž «sitat» – …"
    assert clean(text) == text


def test_one_line_has_no_line_ends() -> None:
    assert one_line("  Strategi\n\n for   Oslo ") == "Strategi for Oslo"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
