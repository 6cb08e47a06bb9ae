from __future__ import annotations

import pytest

from assistent.readers.joining import join_lines, vocabulary


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("kommunens kommunika-", "sjon skal", "kommunens kommunikasjon skal"),
        ("virk-", "som", "virksom"),
        ("lang-", "som saksbehandling", "langsom saksbehandling"),
        ("samfunns\u00ad", "flokene", "samfunnsflokene"),
        ("kultur-", "og næringsliv", "kultur- og næringsliv"),
        ("inn-", "eller utland", "inn- eller utland"),
        ("budsjett 2025-", "/2026", "budsjett 2025-/2026"),
        ("perioden 2021-", "2024", "perioden 2021-2024"),
        ("IKT-", "strategi", "IKT-strategi"),
        ("e-", "post", "e-post"),
        ("Oslo-", "Akershus", "Oslo-Akershus"),
        ("fargen warm-", "blue-1000", "fargen warm-blue-1000"),
        ("fargen dark-blue-", "1000", "fargen dark-blue-1000"),
        ("språk -", "også muntlig", "språk - også muntlig"),
        ("vanlig linje", "går videre", "vanlig linje går videre"),
        ("", "alene", "alene"),
    ],
)
def test_lines_are_joined_as_the_writer_meant(before: str, after: str, joined: str) -> None:
    assert join_lines(before, after) == joined


def test_a_hyphen_that_stands_inside_another_line_is_kept() -> None:
    known = vocabulary(["Nord-norske kommuner og nord-norske byer", "sør-samisk"])
    assert join_lines("de nord-", "norskes", known) == "de nord-norskes"
    assert join_lines("de sør-", "norske", known) == "de sørnorske"


def test_a_hyphen_after_a_name_is_kept_unless_the_whole_word_is_known() -> None:
    known = vocabulary(["farger i Punkt og i Oslo er gode", "Medlemmene i Osloregionen møtes"])
    assert join_lines("bruk Punkt-", "pakken", known) == "bruk Punkt-pakken"
    assert join_lines("hele Oslo-", "regionen", known) == "hele Osloregionen"
    assert join_lines("Kommunika-", "sjon", known) == "Kommunikasjon"


def test_the_ends_of_lines_prove_nothing_about_words() -> None:
    known = vocabulary(["en kommunika-", "sjon og"])
    assert known.words == {"en", "og"}
