from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.guard import MAX_CHARACTERS, check, clean
from assistent.types import Outcome


@pytest.mark.parametrize(
    ("asked", "cleaned"),
    [
        ("  Hva\n\tgjelder \r\n nå?  ", "Hva gjelder nå?"),
        ("Hva a\u030a gjore", "Hva å gjore"),
        ("hvil\u00adke\u200b kana\u2060ler\ufeff", "hvilke kanaler"),
        ("\u202eomvendt\u202c tekst", "omvendt tekst"),
        ("gjemt\U000e0041\U000e0042 tekst", "gjemt tekst"),
        ("null\x00tegn\x1b[31m", "null tegn [31m"),
        ("løs\udce5 byte", "løs byte"),
        ("", ""),
    ],
)
def test_hidden_and_control_characters_are_taken_out(asked: str, cleaned: str) -> None:
    assert clean(asked) == cleaned


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_more(asked: str) -> None:
    cleaned = clean(asked)
    assert clean(cleaned) == cleaned
    cleaned.encode()  # no half characters are left


@pytest.mark.parametrize(
    "asked", ["", "?", "🙂🙂🙂", "123 456", "§ 4-1", "a", "…", "\ufffd\ufffd\ufffdab"]
)
def test_what_is_no_question_asks_back(asked: str) -> None:
    assert check(clean(asked)) is Outcome.UNCLEAR


@pytest.mark.parametrize("asked", ["Hva nå?", "mål", "kor mange er 7 × 8", "Что это?"])
def test_question_in_any_script_goes_on(asked: str) -> None:
    assert check(clean(asked)) is None


def test_limit_counts_what_is_left_after_cleaning() -> None:
    assert check(clean("a" * MAX_CHARACTERS)) is None
    assert check(clean("a" * MAX_CHARACTERS + "\u200b" * 50)) is None
    assert check(clean("a" * (MAX_CHARACTERS + 1))) is Outcome.TOO_LONG
    assert check(clean("a" * 100_000)) is Outcome.TOO_LONG
