from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.guard import MAX_CHARACTERS, check, clean, presentable, route, safe_history
from assistent.types import Outcome, Turn


def stopped_as(asked: str) -> Outcome | None:
    stopped = check(clean(asked))
    return stopped.outcome if stopped else None


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
    assert stopped_as(asked) is Outcome.UNCLEAR


@pytest.mark.parametrize("asked", ["Hva nå?", "mål", "kor mange er 7 × 8", "Что это?"])
def test_question_in_any_script_goes_on(asked: str) -> None:
    assert check(clean(asked)) is None


def test_limit_counts_what_is_left_after_cleaning() -> None:
    assert check(clean("a" * MAX_CHARACTERS)) is None
    assert check(clean("a" * MAX_CHARACTERS + "\u200b" * 50)) is None
    assert stopped_as("a" * (MAX_CHARACTERS + 1)) is Outcome.TOO_LONG
    assert stopped_as("a" * 100_000) is Outcome.TOO_LONG


# --- Personal data -------------------------------------------------------------------------------

NUMBER = "15108695088"


def test_hidden_characters_do_not_hide_a_number() -> None:
    hidden = "\u200b".join(NUMBER[:6]) + "\U000e0031\u2066 \u2069" + NUMBER[6:]
    assert stopped_as(f"Hvem er {hidden}?") is Outcome.PERSONAL_DATA


@pytest.mark.parametrize(
    ("asked", "cleaned"),
    [
        ("a\u2800b\u3164c\uffa0d", "abcd"),
        ("skrift\ufe0f\U000e0101", "skrift"),
        ("\u2066isolert\u2069 \u061ctekst\u180e", "isolert tekst"),
        ("note\U0001d173s\U0001d17a", "notes"),
        ("bin\u00addestrek\u034f", "bindestrek"),
        ("ﬁne ﬂater", "fine flater"),
    ],
)
def test_every_way_of_hiding_is_taken_out(asked: str, cleaned: str) -> None:
    assert clean(asked) == cleaned


def test_person_sees_what_was_found_masked_and_what_is_left() -> None:
    stopped = check(f"Kan jeg skrive {NUMBER} i brevet?")
    assert stopped is not None
    assert stopped.question == "Kan jeg skrive […] i brevet?"
    assert "• fødselsnummer: 15••••••••" in stopped.text
    assert "«Kan jeg skrive […] i brevet?»" in stopped.text
    assert NUMBER not in repr(stopped)
    assert check(stopped.question) is None


def test_nothing_is_offered_where_nothing_is_left() -> None:
    stopped = check(NUMBER)
    assert stopped is not None
    assert (stopped.outcome, stopped.question) == (Outcome.PERSONAL_DATA, "")
    assert "på nytt" in stopped.text


def test_too_long_question_keeps_no_personal_data_either() -> None:
    for length in (MAX_CHARACTERS, 200_000):
        stopped = check(clean(f"{NUMBER} " + "a " * length))
        assert stopped is not None
        assert stopped.outcome is Outcome.TOO_LONG
        assert NUMBER not in repr(stopped)


def test_history_is_handed_on_without_personal_data() -> None:
    turns = (Turn("user", f"Hva med {NUMBER}?"), Turn("assistant", "Ring 912 34 567.\nEller ikke."))
    assert safe_history(turns) == (
        Turn("user", "Hva med […]?"),
        Turn("assistant", "Ring […].\nEller ikke."),
    )


@given(st.text(alphabet=st.characters(), max_size=60))
def test_door_never_fails(asked: str) -> None:
    cleaned = clean(asked)
    stopped = check(cleaned) or route(cleaned)
    assert stopped is None or stopped.text
    assert presentable(asked) == presentable(presentable(asked))
