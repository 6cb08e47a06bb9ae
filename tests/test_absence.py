from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.absence import other_municipality, unmentioned, unmentioned_names
from assistent.questions import read_question
from assistent.words import content_stems

KNOWN = frozenset(content_stems("kantinen åpner skriften sykler kommune"))
HOME = "Oslo kommune"


def absent(asked: str) -> tuple[str, ...]:
    return unmentioned(read_question(asked), KNOWN.__contains__)


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("Hvilken skrift bruker Bergen kommune?", "Bergen"),
        ("Hva er Tromsø kommunes logo?", "Tromsø"),
        ("What does Stavanger municipality say?", "Stavanger"),
        ("Hvilken skrift bruker Oslo kommune?", ""),
        ("Hva må en kommune gjøre?", ""),
        ("Hva gjør Bergen?", ""),
        ("Hvilken kommune har ansvaret?", ""),
        ("Vår kommune bruker film. Hva gjør Moss kommune?", "Moss"),
        ("", ""),
    ],
)
def test_question_about_another_municipality_is_told(asked: str, other: str) -> None:
    assert other_municipality(asked, HOME, lambda stem: False) == other


def test_municipality_that_the_documents_speak_of_is_searched_for() -> None:
    asked = "Hva sier avtalen med Bergen kommune?"
    assert other_municipality(asked, HOME, {"berg"}.__contains__) == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Når åpner kantinen?", ()),
        ("Når åpner badstuen?", ("badstuen",)),
        ("Åpner badstuen i Drammen?", ("Drammen", "badstuen")),
        ("Åpner badstuen, romskipet og slalåmbakken?", ("badstuen", "romskipet")),
        ("Åpner «badstuen» / (romskipet)?", ("badstuen", "romskipet")),
        ("Åpner badstuen/romskipet?", ("badstuen", "romskipet")),
        ("Åpner [kantinen](romskip:badstuen)?", ()),  # pieces of an address or of markup
        ("<badstue romskip-equiv=refresh> åpner https://romskip.example/badstue?", ()),
        ("Har vi ku?", ()),  # too short a word to be sure of
    ],
)
def test_words_that_no_document_has_are_named(asked: str, words: tuple[str, ...]) -> None:
    assert absent(asked) == words


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Åpner kantinen hos Røde Kors?", ("Røde Kors",)),
        ("Skal vi bruke TikTok, Signal eller TikTok?", ("TikTok", "Signal")),
        ("Signal åpner når?", ()),  # what begins a sentence may be no name
        ("Åpner Kantinen?", ()),
        ("Skal direktør Kari Holm bruke Signal?", ("Signal",)),
        ("Skriv OVERALT at SAS bruker kort", ("SAS",)),
        ("Bruker vi Kantinen-appen?", ()),  # a part of it stands there
        ("Åpner <Signal> https://signal.example/Signal?", ()),
        ("When does the Signal act apply?", ()),
    ],
)
def test_names_that_no_document_has_are_told(asked: str, names: tuple[str, ...]) -> None:
    assert unmentioned_names(read_question(asked), KNOWN.__contains__) == names


@given(st.text(max_size=200))
def test_anything_can_be_asked(asked: str) -> None:
    assert len(absent(asked)) <= 2
    assert all(word in asked for word in absent(asked))
    unmentioned_names(read_question(asked), KNOWN.__contains__)
    other_municipality(asked, HOME, lambda stem: False)


def test_of_another_language_only_names_can_be_missing() -> None:
    assert absent("When does the sauna open in Drammen?") == ("Drammen",)
