"""Sentences fall into clauses, and marks stand in the clause they belong to."""

from __future__ import annotations

import pytest

from assistent.verify.lexicon import Mark
from assistent.verify.reading import Weight, read


def clauses(text: str, language: str = "nb") -> list[str]:
    reading = read(text, language)
    return [" ".join(word.low for word in reading.words_of(each)) for each in reading.clauses]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Når barnet er under 15 år, skal foresatte samtykke.",
            ["når barnet er under år", "skal foresatte samtykke"],
        ),
        (
            "Saker som gjelder eldre, ungdom eller personer, skal legges fram.",
            ["saker", "som gjelder eldre ungdom eller personer", "skal legges fram"],
        ),
        (
            "Brukere bør få opplæring og må forstå det.",
            ["brukere bør få opplæring og", "må forstå det"],
        ),
        (
            "Hent logoen i designmanualen, ikke fra nettet.",
            ["hent logoen i designmanualen", "ikke fra nettet"],
        ),
        ("Opplysninger om saker skal ikke deles.", ["opplysninger om saker skal ikke deles"]),
        (
            "Vi vet ikke om loven gjelder.",
            ["vi vet ikke", "om loven gjelder"],
        ),
        (
            "Det gjelder alle, men ikke når det er krise.",
            ["det gjelder alle", "men ikke når det er krise"],
        ),
    ],
)
def test_where_clauses_begin(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_an_english_sentence_goes_on_after_its_relative_clause() -> None:
    assert clauses("Residents who opted out must be asked.", "en") == [
        "residents",
        "who reservere",
        "must be asked",
    ]


def marks(text: str, language: str = "nb") -> set[Mark]:
    reading = read(text, language)
    return {mark for each in reading.clauses for found in each.marked for mark in found.marks}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Det skal vi.", Mark.DUTY),
        ("Dere trenger ikke svare.", Mark.EXEMPTION),
        ("Prosjektets råd er å vente.", Mark.ADVICE),
        ("Det er forbudt.", Mark.BAN),
        ("Ingen andre enn politiet.", Mark.RESTRICTION),
        ("Med mindre arkivet sier nei.", Mark.EXCEPTION),
        ("Ikke alle har det.", Mark.SOME),
        ("Uten unntak.", Mark.ALL),
    ],
)
def test_marks(text: str, mark: Mark) -> None:
    assert mark in marks(text)


@pytest.mark.parametrize("text", ["Ikke minst viktig.", "Ikke bare her, men også der."])
def test_a_denial_that_denies_nothing(text: str) -> None:
    assert Mark.NEGATION not in marks(text)


def test_a_comparison_is_no_quantity_of_something() -> None:
    assert Mark.SOME not in marks("Oslo har flere enn 700 000 innbyggere.")


def test_weights_of_words() -> None:
    words = {word.low: word.weight for word in read("Etaten bruker SvarUt og Teams ofte.").words}
    assert words["etaten"] is Weight.CONTENT
    assert words["bruker"] is Weight.CARRIER
    assert words["svarut"] is Weight.NAME
    assert words["teams"] is Weight.NAME
    assert words["og"] is Weight.FUNCTION


def test_a_phrase_counts_as_one_word() -> None:
    assert "tilrettelegger" in {word.low for word in read("Vi legger til rette for det.").words}
