from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from assistent.suggestions import COUNT, suggest
from assistent.types import Asked, Source, Standing

DOCUMENT = "regler/kantine.md"


def source(start: int, end: int, document: str = DOCUMENT) -> Source:
    return Source(1, document, "", (), None, "", start, end, Standing.IN_FORCE, "", "")


def index(*known: tuple[str, str, int, int, float]) -> SimpleNamespace:
    """Questions with document, place and cosine to the question that is asked."""
    return SimpleNamespace(
        asked=tuple(Asked(question, doc, start, end) for question, doc, start, end, _ in known),
        asked_vectors=np.array([[cosine, 0.0] for *_, cosine in known], dtype=np.float32),
    )


ASKED = np.array([1.0, 0.0], dtype=np.float32)
SHOWN = (source(0, 30),)


def suggested(*known: tuple[str, str, int, int, float]) -> tuple[str, ...]:
    return suggest("Når åpner kantinen?", ASKED, SHOWN, index(*known))


def test_the_nearest_come_first_and_no_more_than_a_few() -> None:
    known = [
        ("Hvordan betaler jeg for maten?", DOCUMENT, 100, 120, 0.86),
        ("Hvem har lov til å bestille lunsj?", DOCUMENT, 200, 220, 0.90),
        ("Kan gjester få adgangskort?", DOCUMENT, 300, 320, 0.88),
        ("Selger dere frokost på mandager?", DOCUMENT, 400, 420, 0.87),
    ]
    found = suggested(*known)
    assert found == tuple(known[place][0] for place in (1, 2, 3))
    assert len(found) == COUNT


@pytest.mark.parametrize(
    "known",
    [
        ("Når er det kantina åpner dørene?", DOCUMENT, 100, 120, 0.95),
        ("Hvor låner jeg en sykkel her?", DOCUMENT, 100, 120, 0.80),
        ("Hvordan betaler jeg for maten?", "regler/sykkel.md", 100, 120, 0.90),
        ("Når stenger de for kvelden?", DOCUMENT, 20, 40, 0.90),
        ("hvordan betaler jeg for maten?", DOCUMENT, 100, 120, 0.90),
        ("Fortell om betaling i kantinen.", DOCUMENT, 100, 120, 0.90),
        ("How do we pay for the food here?", DOCUMENT, 100, 120, 0.90),
        ("Når åpner egentlig kantinen igjen?", DOCUMENT, 100, 120, 0.90),
        (f"Hvordan {'betaler ' * 12}jeg?", DOCUMENT, 100, 120, 0.90),
    ],
    ids=[
        "the same question",
        "another topic",
        "another document",
        "answered already",
        "carelessly written",
        "no question",
        "another language",
        "the same words",
        "too long",
    ],
)
def test_what_would_not_help_is_left_out(known: tuple[str, str, int, int, float]) -> None:
    assert suggested(known) == ()


def test_one_place_is_asked_for_once() -> None:
    first = ("Hvordan betaler jeg for maten?", DOCUMENT, 100, 120, 0.90)
    second = ("Godtas kontanter ved disken?", DOCUMENT, 110, 130, 0.89)
    assert suggested(first, second) == (first[0],)


def test_no_sources_and_no_known_questions_give_nothing() -> None:
    known = ("Hvordan betaler jeg for maten?", DOCUMENT, 100, 120, 0.90)
    assert suggest("Når?", ASKED, (), index(known)) == ()
    assert suggest("Når?", ASKED, SHOWN, index()) == ()
