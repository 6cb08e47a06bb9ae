from __future__ import annotations

import pytest

from assistent.thesaurus import load_terms, load_thesaurus
from assistent.types import Channel
from assistent.wordbook import WordBook
from assistent.words import stem
from tests.test_channel_status import channel


def terms(book: WordBook, asked: str, *, english: bool = False) -> set[str]:
    return {concept.term for concept in book.concepts(asked, english=english)}


def named(name: str, *nicknames: str) -> Channel:
    return channel("id", name, nicknames=nicknames)


def test_words_of_the_list_are_known_without_any_document() -> None:
    book = WordBook(())
    for asked in ("sjefen", "nettsida", "Hva gjør vi med staff?"):
        assert book.concepts(asked) == load_thesaurus().concepts(asked)


def test_english_question_is_looked_up_by_english_stems_first() -> None:
    book = WordBook((), [named("Alfakanalen", "zekster"), named("Betakanalen", "zekst")])
    assert terms(book, "zekster", english=True) == {"alfakanalen"}
    assert terms(book, "zekster") == {"alfakanalen betakanalen"}


def test_nickname_of_a_channel_stands_for_its_name() -> None:
    book = WordBook((), [named("Sporvekselen", "vekselpulten")])
    assert terms(book, "Hva skriver vi på vekselpulten?") >= {"sporvekselen"}
    (concept,) = book.concepts("vekselpulten")
    assert set(concept.alternatives) == {stem("vekselpulten"), stem("sporvekselen")}
    assert terms(WordBook(()), "vekselpulten") == {""}


@pytest.mark.parametrize(
    "name", ["Sporvekselen (intranett)", "Sporvekselen / Sporet", "Sporvekselen – for alle"]
)
def test_note_behind_a_channels_name_is_no_part_of_it(name: str) -> None:
    assert terms(WordBook((), [named(name, "vekselpulten")]), "vekselpulten") == {"sporvekselen"}


def test_channel_in_the_list_keeps_what_the_list_says() -> None:
    term, sayings = next((t, s) for t, s in load_terms().items() if len(s[0].split()) == 1)
    book = WordBook((), [named(term.capitalize(), "vekselpulten")])
    assert any(term in found for found in terms(book, "vekselpulten"))
    assert any(term in found for found in terms(book, sayings[0]))


def test_reading_channels_leaves_the_shared_list_alone() -> None:
    before = {term: list(sayings) for term, sayings in load_terms().items()}
    term = next(iter(before))
    WordBook((), [named(term, "vekselpulten")])
    assert {term: list(sayings) for term, sayings in load_terms().items()} == before


def test_slips_are_mended_towards_documents_list_and_nicknames() -> None:
    book = WordBook(["adgangskortet"], [named("Sporvekselen", "vekselpulten")])
    assert book.respell("hvor er adgangkortet?") == "hvor er adgangskortet?"
    assert book.respell("hva er vekselpultn?") == "hva er vekselpulten?"
    assert book.respell("hva er sporvekslen?") == "hva er sporvekselen?"
    assert WordBook(()).respell("hvor er adgangkortet?") == "hvor er adgangkortet?"


def test_nickname_itself_is_no_slip() -> None:
    book = WordBook(["vekselputen"], [named("Sporvekselen", "vekselpulten")])
    assert book.respell("hva er vekselpulten?") == "hva er vekselpulten?"
