"""Forms and derivations of a word, and words that only look alike."""

from __future__ import annotations

import pytest

from assistent.verify.roots import inflected, is_noun_form, related, splits


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("publisere", "publiseringen"),
        ("beslutte", "beslutningen"),
        ("åpen", "åpenhet"),
        ("verksemda", "virksomheten"),
        ("varsel", "varsler"),
        ("språk", "språklig"),
        ("budsjett", "budsjettmessige"),
        ("skrev", "skrive"),
        ("lenkje", "lenker"),
        ("kommunikasjon", "kommuniserer"),
        ("innbyggjarane", "innbyggerne"),
    ],
)
def test_words_of_one_root(first: str, second: str) -> None:
    assert related(first, second)
    assert related(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mulig", "umulig"),
        ("kommune", "kommunikasjon"),
        ("lete", "lette"),
        ("bil", "bilde"),
        ("råd", "rådhus"),
        ("opprette", "opprettholde"),
        ("stat", "status"),
    ],
)
def test_words_that_look_alike(first: str, second: str) -> None:
    assert not related(first, second)


def test_a_derivation_is_no_inflection() -> None:
    assert inflected("publiserer", "publiserte")
    assert not inflected("bestille", "bestilling")


@pytest.mark.parametrize(
    ("word", "noun", "right"),
    [
        ("etaten", "etat", True),
        ("kommunens", "kommune", True),
        ("laget", "lag", True),
        ("brevet", "bre", False),
        ("vanlege", "lege", False),
    ],
)
def test_forms_of_a_noun(word: str, noun: str, right: bool) -> None:
    assert is_noun_form(word, noun) is right


def test_a_compound_can_be_cut_at_its_joining_letter() -> None:
    assert ("kommunikasjon", "strategi") in splits("kommunikasjonsstrategi")
    assert splits("by") == ()
