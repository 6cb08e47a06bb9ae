from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from assistent.thesaurus import Concept, Thesaurus, load_terms, load_thesaurus
from assistent.words import stem, tokens

SMALL = Thesaurus(
    {
        "leder": ["sjef", "manager"],
        "nettside": ["website"],
        "intranett": ["ansattsider"],
        "vurdere": ["tenke gjennom", "ta stilling til"],
    }
)


def terms(question: str) -> list[str]:
    return [concept.term for concept in SMALL.concepts(question)]


def test_everyday_word_is_widened_with_the_documents_word() -> None:
    (concept,) = SMALL.concepts("sjefen")
    assert concept == Concept((stem("sjefen"), stem("leder")), "leder")


def test_unknown_word_stands_for_itself() -> None:
    (concept,) = SMALL.concepts("romskip")
    assert concept == Concept((stem("romskip"),), "")


def test_english_inflections_are_looked_up_too() -> None:
    assert terms("managers") == ["leder"]


def test_phrase_is_found_by_its_words_in_order_stop_words_included() -> None:
    assert terms("Vi må tenke gjennom saken") == ["vurdere", ""]
    assert terms("gjennom å tenke") != ["vurdere"]


def test_the_longest_phrase_is_found() -> None:
    assert terms("ta stilling til") == ["vurdere"]


def test_stop_words_are_no_concepts() -> None:
    assert SMALL.concepts("hva er det") == ()


def test_word_that_is_asked_twice_is_one_concept() -> None:
    assert len(SMALL.concepts("sjef og sjefen")) == 1


def test_question_without_words_has_no_concepts() -> None:
    assert SMALL.concepts("") == ()
    assert SMALL.concepts("🙂🙂") == ()


@pytest.mark.parametrize(
    ("asked", "term"),
    [("sjefen", "leder"), ("nettsida", "oslo.kommune.no"), ("staff", "ansatt")],
)
def test_list_of_the_package_knows_what_people_say(asked: str, term: str) -> None:
    (concept,) = load_thesaurus().concepts(asked)
    assert term in concept.term


def test_terms_are_those_of_the_packages_list_read_once() -> None:
    source = resources.files("assistent").joinpath("data/ordliste.toml").read_text("utf-8")
    assert load_terms() == tomllib.loads(source)["ord"]
    assert load_terms() is load_terms()


def test_list_of_the_package_holds_words_only() -> None:
    source = resources.files("assistent").joinpath("data/ordliste.toml").read_text("utf-8")
    data = tomllib.loads(source)
    assert set(data) == {"ord"}
    for term, sayings in data["ord"].items():
        assert tokens(term), term
        for saying in sayings:
            assert tokens(saying), (term, saying)
