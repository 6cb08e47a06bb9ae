from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.spelling import SpellingGuide
from assistent.words import STOP_WORDS, tokens

WORDS = tuple(
    "kommunikasjonsstrategi kommunikasjon strategi medier kanal kantine innbygger plakat bilde"
    " direktør direkte kjøpe hund band bank etterlyst journalist nettside resepsjonen".split()
)
GUIDE = SpellingGuide(WORDS)
LETTERS = "abcdefghijklmnoprstuvyæøå"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("meider", "medier"),  # swapped
        ("jurnalist", "journalist"),  # missing
        ("plakatt", "plakat"),  # doubled
        ("kommunikasjonstrategi", "kommunikasjonsstrategi"),  # a compound that is a slip
        ("resepsonen", "resepsjonen"),
        ("komunikasjonsstratgi", "kommunikasjonsstrategi"),  # two slips in a long word
    ],
)
def test_slip_is_read_as_the_known_word(written: str, meant: str) -> None:
    assert GUIDE.nearest(written) == meant
    assert GUIDE.respell(f"Hva med {written} nå?") == f"Hva med {meant} nå?"


@pytest.mark.parametrize(
    "word",
    [
        *WORDS,
        "kanalen",  # another form of a known word
        "innbyggernes",
        "journalists",  # an English form
        "hvordan",  # a stop word
        "mediger",  # an added letter in a short word
        "kjøre",  # another word, one letter from «kjøpe»
        "bilda",  # too short for a wrong letter
        "hnd",  # too short for anything
        "nettsidebilde",  # put together of known words
        "kanalstrategi",
        "romskip",  # far from everything
        "bankd",  # «band» and «bank» are as near
        "xkanal",  # the first letter is seldom wrong
    ],
)
def test_word_that_is_no_clear_slip_stays(word: str) -> None:
    assert GUIDE.nearest(word) == ""
    assert GUIDE.respell(f"hva med {word}?") == f"hva med {word}?"


def test_two_nearest_words_are_one_word_only_if_their_stem_is_one() -> None:
    guide = SpellingGuide(["nyhetsbrevet", "nyhetsbrever"])
    assert guide.nearest("nyhetsbrevec") in {"nyhetsbrevet", "nyhetsbrever"}
    assert SpellingGuide(["sykkelparkering"]).nearest("sykkelarkering") == "sykkelparkering"
    assert SpellingGuide(["sykkelparkering", "sykkelmarkering"]).nearest("sykkelarkering") == ""


def test_short_compound_of_known_words_is_a_word_of_its_own() -> None:
    assert SpellingGuide(["hundeband"]).nearest("hundband") == "hundeband"
    assert SpellingGuide(["hundeband", "hund", "band"]).nearest("hundband") == ""


def test_name_inside_a_sentence_stays_and_a_first_word_keeps_its_capital() -> None:
    assert GUIDE.respell("Meider?") == "Medier?"
    assert GUIDE.respell("Hva sier Meider?") == "Hva sier Meider?"


def test_everything_but_the_slip_stays_as_it_is() -> None:
    asked = "Hva   med «meider»,\n1038/25 og § 4-1 … 🙂?"
    assert GUIDE.respell(asked) == asked.replace("meider", "medier")


@given(st.text(max_size=200))
def test_guide_without_words_changes_nothing(text: str) -> None:
    assert SpellingGuide([]).respell(text) == text


@given(st.text(max_size=200))
def test_respelling_twice_is_respelling_once(text: str) -> None:
    once = GUIDE.respell(text)
    assert GUIDE.respell(once) == once
    assert len(tokens(once)) == len(tokens(text))


@given(st.text(alphabet=LETTERS, min_size=1, max_size=24))
def test_word_is_read_as_itself_or_as_a_known_one(word: str) -> None:
    found = GUIDE.nearest(word)
    assert found in {"", *WORDS}
    if found:
        assert found[0] == word[0]
        assert word not in WORDS
        assert word not in STOP_WORDS


@given(st.sampled_from([w for w in WORDS if len(w) >= 8]), st.data())
def test_letter_that_is_missing_inside_a_long_word_is_found_again(
    word: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    written = word[:place] + word[place + 1 :]
    # Another form of the word needs no mending.
    assert GUIDE.nearest(written) in {word, ""}
    assert SpellingGuide([word]).nearest(written) == word
