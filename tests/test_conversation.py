from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.conversation import InContext, in_context, quoted_documents
from assistent.types import Document, DocumentInfo, Turn

BEFORE = "Hvilke kanaler bruker vi?"
HISTORY = (
    Turn("user", "Hvem er målgruppene?"),
    Turn("assistant", "Innbyggerne."),
    Turn("user", "Hvilke kanaler\nbruker vi?"),
    Turn("assistant", "Nyhetsbrev."),
)
TURNS = st.lists(
    st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=60)), max_size=6
)


@pytest.mark.parametrize(
    "asked",
    [
        "Og hva med ansatte?",
        "og når stenger kantinen på fredager i desember?",
        "Men gjelder det også for konsulentene våre?",
        "hvorfor det?",
        "Hvorfor?",
        "Kvifor ikkje?",
        "Why?",
        "What about employees?",
        "Gjelder det alle?",
        "Gjeld dei for tilsette?",
        "Enn nynorsk?",
        "hvem da?",
        "Er den gyldig?",
    ],
)
def test_follow_up_is_searched_with_the_question_before_it(asked: str) -> None:
    context = in_context(asked, HISTORY)
    assert context.text == f"{BEFORE} {asked}"
    assert (context.own, context.drawn_to) == (asked, BEFORE)


@pytest.mark.parametrize(
    "asked",
    [
        "Hvor fort må jeg svare henne på klagen?",
        "Kan journalisten få det dokumentet samme dag?",
        "How fast must the office answer them by email?",
    ],
)
def test_question_that_points_back_is_searched_alone_and_drawn_to_the_one_before(
    asked: str,
) -> None:
    context = in_context(asked, HISTORY)
    assert (context.text, context.own, context.drawn_to) == (asked, asked, BEFORE)


@pytest.mark.parametrize(
    "asked",
    [
        "Når ble strategien vedtatt av byrådet?",
        "Hva er klart språk?",
        "Ogsåbrev finnes ikke?",  # begins like a follow-up, but is another word
        "Er det lov å publisere bilder av barn i barnehagen uten samtykke fra foresatte?",
    ],
)
def test_question_that_stands_on_its_own_is_left_alone(asked: str) -> None:
    assert in_context(asked, HISTORY) == InContext(asked, asked)


def test_follow_up_to_a_follow_up_reaches_the_topic() -> None:
    history = [
        Turn("user", "Hvilke målgrupper har vi?"),
        Turn("assistant", "Innbyggerne."),
        Turn("user", "Og hva med ansatte?"),
        Turn("assistant", "De også."),
    ]
    context = in_context("Hvorfor det?", history)
    assert context.drawn_to == "Hvilke målgrupper har vi? Og hva med ansatte?"
    assert context.text == f"{context.drawn_to} Hvorfor det?"


def test_what_was_said_lately_comes_along() -> None:
    history = [Turn("user", "A?"), *(Turn("assistant", f"Svar {n}.") for n in range(4))]
    assert in_context("Hvorfor?", history).said == "Svar 2.\nSvar 3."


@pytest.mark.parametrize("history", [(), (Turn("assistant", "Hei!"),)])
def test_without_a_question_before_it_nothing_is_added(history: tuple[Turn, ...]) -> None:
    asked = "Og hva med ansatte?"
    assert in_context(asked, history) == InContext(asked, asked)


@given(st.text(max_size=120), TURNS)
def test_own_question_is_always_kept(asked: str, history: list[Turn]) -> None:
    context = in_context(asked, history)
    assert context.own == asked
    assert context.text in {asked, f"{context.drawn_to} {asked}"}
    if not any(turn.role == "user" for turn in history):
        assert context == InContext(asked, asked)


# --- Which documents were quoted -----------------------------------------------------------------


def document(path: str, text: str) -> Document:
    return Document(DocumentInfo(path, path), text, ())


PLAN = document(
    "plan", "Alle ansatte skal bruke klart språk.\nByen er stor.\n• Skriv korte avsnitt i brev"
)
LAW = document("lov", "Kommunen skal aktivt informere om sin virksomhet.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Alle ansatte skal bruke klart språk. [1]", {"plan"}),
        ("Alle ansatte skal bruke klart språk. [1] [2]", {"plan"}),
        ("• Skriv korte avsnitt i brev [3]", {"plan"}),
        ("Det står «Kommunen skal aktivt informere om sin virksomhet.» der.", {"lov"}),
        (
            "Alle ansatte skal bruke klart språk. [1]\n"
            "Kommunen skal aktivt informere om sin virksomhet. [2]",
            {"plan", "lov"},
        ),
        ("Byen er stor. [1]", set()),  # too short to tell
        ("Alle ansatte må bruke klart språk. [1]", set()),  # not word for word
        ("", set()),
    ],
)
def test_documents_are_known_by_what_was_quoted(said: str, expected: set[str]) -> None:
    assert quoted_documents(said, [PLAN, LAW]) == expected


@given(st.text(max_size=200))
def test_anything_may_have_been_said(said: str) -> None:
    assert quoted_documents(said, [PLAN, LAW]) <= {"plan", "lov"}
