"""All three languages say the same, each in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date

import pytest

from assistent import texts_guard
from assistent.demands import Demand
from assistent.languages import asked_language
from assistent.offers import Tool
from assistent.settings import Settings
from assistent.texts_answer import BOKMAL, ENGLISH, NYNORSK, TEXTS, AnswerTexts
from assistent.types import Standing, Step
from assistent.words import tokens

# What differs by nature: names have a form only where the language has one, and a lead-in to
# quotes stands only where these are in another language.
NOT_IN_ALL = {"names", "quoted"}
# Each marks a text as not of the language in question. Tokens, case-folded.
NOT_NYNORSK = set(
    """
    ikke jeg hva hvem hvordan hvilke hvilken noen noe fra være ble dem gjelder sier kilder kilde
    dokumentene sitater setninger opphevet utløpt gjeldende sammendrag sammenfatning offentlige
    regler nyere høyere kommer nærmest stoppet tallet stedet navnet en et virksomhet virksomheten
    tegn gang saken ansatte
    """.split()
)
NOT_BOKMAL = set(
    """
    ikkje eg kva kven korleis nokon noko frå vere vart dei gjeld seier kjelder kjelde dokumenta
    setningar opphevd utgått gjeldande samandrag samanfatning offentlege reglar nyare høgare
    kjem nærast talet staden namnet ein eit verksemda teikn gong saka enno dersom
    """.split()
)
NOT_ENGLISH = set(
    """
    og eller av fra til ikke jeg det den som på er med kilde kilder svar spør dokumentet dokumenter
    dokumentene gjeldende utløpt opphevet utkast sammendrag side merk gyldighet setninger kommune
    kanal krav beslutning norsk åpne åpnes fane
    """.split()
)


def entries(said: AnswerTexts) -> dict[str, str]:
    """Return every text of a language by the path to it."""

    def below(path: str, value: object) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping):
            for key, each in value.items():
                yield from below(f"{path}.{key}", each)
        else:
            assert isinstance(value, tuple)
            for number, each in enumerate(value):
                yield from below(f"{path}.{number}", each)

    return dict(
        entry
        for each in fields(said)
        if each.name not in NOT_IN_ALL
        for entry in below(each.name, getattr(said, each.name))
    )


def blanks(text: str) -> set[str]:
    return set(re.findall(r"{(\w*)}", text))


ENTRIES = {language: entries(said) for language, said in TEXTS.items()}


def test_the_languages_are_those_of_the_fixed_replies() -> None:
    assert tuple(TEXTS) == texts_guard.LANGUAGES
    assert [said.language for said in TEXTS.values()] == list(TEXTS)


@pytest.mark.parametrize("language", TEXTS)
def test_no_language_lacks_an_entry(language: str) -> None:
    assert ENTRIES[language].keys() == ENTRIES["nb"].keys()
    assert [path for path, text in ENTRIES[language].items() if not text.strip()] == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_same_is_filled_in_in_every_language(language: str) -> None:
    differing = {
        path: (text, ENTRIES[language][path])
        for path, text in ENTRIES["nb"].items()
        if blanks(text) != blanks(ENTRIES[language][path])
    }
    assert differing == {}


@pytest.mark.parametrize("said", TEXTS.values())
def test_everything_that_can_come_has_its_words(said: AnswerTexts) -> None:
    assert set(said.standing) == set(Standing)
    assert set(said.steps) == set(Step)
    assert set(said.offer) == set(said.offer_link) == set(Tool)
    assert set(said.things) == {demand.value for demand in Demand}
    for one in (said.standing, said.steps, said.things):
        assert len(set(one.values())) == len(one)


def guarded(language: str) -> Iterator[str]:
    yield texts_guard.UNCLEAR[language]
    yield texts_guard.CAUTION[language]
    yield texts_guard.too_long(3000, 2000, language)
    yield texts_guard.personal_data([("phone", "21••")], "", language)
    yield from texts_guard.PERSONAL_KIND[language].values()
    for replies in texts_guard.REPLIES.values():
        yield replies[language].text
        yield replies[language].contact


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("nb", NOT_BOKMAL), ("nn", NOT_NYNORSK), ("en", NOT_ENGLISH)],
)
def test_no_language_has_words_of_another(language: str, foreign: set[str]) -> None:
    said = [*ENTRIES[language].values(), *guarded(language)]
    mixed = {text: found for text in said if (found := foreign & set(tokens(text)))}
    assert mixed == {}


@pytest.mark.parametrize("language", TEXTS)
def test_sentences_are_recognised_as_their_language(language: str) -> None:
    said = [text for text in ENTRIES[language].values() if len(tokens(text)) >= 8]
    assert len(said) >= 8
    assert [text for text in said if asked_language(text) != language] == []


def test_every_text_is_typeset() -> None:
    for texts in ENTRIES.values():
        for text in texts.values():
            assert "..." not in text
            assert '"' not in text
            assert "  " not in text


# --- What is put together ------------------------------------------------------------------------


def test_dates_and_titles_are_written_as_the_language_does() -> None:
    day = date(2025, 5, 22)
    assert [said.day(day) for said in TEXTS.values()] == [
        "22. mai 2025",
        "22. mai 2025",
        "22 May 2025",
    ]
    assert [said.quotation("Plan") for said in TEXTS.values()] == ["«Plan»", "«Plan»", "“Plan”"]


def test_numbers_and_lists_agree() -> None:
    assert BOKMAL.more(1) == "Vis 1 setning til"
    assert NYNORSK.more(3) == "Vis 3 setningar til"
    assert ENGLISH.more(1) == "Show 1 more sentence"
    one, two, three = (
        ENGLISH.summaries(["A"]),
        NYNORSK.summaries(["A", "B"]),
        BOKMAL.summaries("ABC"),
    )
    assert one == "“A” is our own summary of public facts, not a rule."
    assert two.startswith("«A» og «B» er våre eigne samanfatningar")
    assert three.startswith("«A», «B» og «C» er våre egne sammenfatninger")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("rang", "takes precedence because it has a higher rank."),
        ("dato", "takes precedence because it is newer."),
        ("", "Neither takes precedence."),
    ],
)
def test_disagreement_says_what_prevails(by: str, expected: str) -> None:
    said = ENGLISH.disagreement("New", "Old", by=by)
    assert said.startswith("“New” and “Old” say different things.")
    assert expected in said
    assert "Old" not in said.partition(". ")[2]


def test_refusal_names_what_is_missing_in_each_language() -> None:
    said = [
        each.not_in_sources(
            30, section="Tider", title="Planen", demand="price", unmentioned=("badstue", "ski")
        )
        for each in TEXTS.values()
    ]
    assert said == [
        "Jeg finner ikke noe beløp i dokumentene jeg har. Ingen av dem nevner «badstue» "
        "eller «ski». Jeg har søkt i 30 dokumenter. Nærmest kommer «Tider» i «Planen», men der "
        "står ikke svaret.",
        "Eg finn ikkje noko beløp i dokumenta eg har. Ingen av dei nemner «badstue» eller "
        "«ski». Eg har søkt i 30 dokument. Nærast kjem «Tider» i «Planen», men der står ikkje "
        "svaret.",
        "I cannot find an amount for that in the documents I have. None of them mentions “badstue” "
        "or “ski”. I searched 30 documents. The closest is “Tider” in “Planen”, but the answer is "
        "not there.",
    ]
    elsewhere = ENGLISH.not_in_sources(
        1, section="", title="Planen", unmentioned=("Bergen",), other="Bergen"
    )
    assert elsewhere == (
        "I cannot find the answer in the documents I have. They are about the City of Oslo, not "
        "Bergen municipality. I searched 1 document."
    )


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_doubt_says_what_no_document_names_and_is_known_as_one(language: str) -> None:
    said = TEXTS[language]
    assert said.doubt() == said.uncertain
    both = said.doubt(["visittkort", "rollup"])
    assert both.endswith(said.uncertain)
    assert said.quotation("visittkort") in both
    assert said.quotation("rollup") in both
    assert said.is_doubt(both)
    assert said.is_doubt(said.doubt())
    assert not said.is_doubt(said.failed)


def test_the_usual_contact_is_translated_and_any_other_stands_as_it_is_set() -> None:
    usual = Settings().contact
    assert BOKMAL.ask(usual) == "Spør kommunikasjonsavdelingen i din virksomhet."
    assert NYNORSK.ask(usual) == "Spør kommunikasjonsavdelinga i verksemda di."
    assert ENGLISH.ask(usual) == "Ask the communications department in your agency."
    assert ENGLISH.ask("Pressevakten") == "Ask Pressevakten."
    assert [said.ask("") for said in TEXTS.values()] == ["", "", ""]
