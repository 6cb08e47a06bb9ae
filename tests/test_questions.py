from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.questions import Kind, read_question
from assistent.thesaurus import Concept
from assistent.words import stem


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Når ble strategien vedtatt?", Kind.WHEN),
        ("Kva dato blei ho vedteken?", Kind.WHEN),
        ("When was it adopted?", Kind.WHEN),
        ("Hvor mange ansatte har vi?", Kind.HOW_MANY),
        ("How many languages are spoken?", Kind.HOW_MANY),
        ("Hvem har ansvaret?", Kind.WHO),
        ("Kven har skrive under?", Kind.WHO),
        ("hva er vår plikt til å informere?", Kind.DUTY),
        ("Hva sier § 4-1?", Kind.DUTY),
        ("Hvilke kanaler har vi?", Kind.LIST),
        ("Hva er de fem innsatsområdene?", Kind.LIST),
        ("Kva for kanalar har vi?", Kind.LIST),
        ("Hvilket saksnummer har den?", Kind.CASE),
        ("Hvorfor må vi det?", Kind.WHY),
        ("Er strategien fra 2018 fortsatt gjeldende?", Kind.VALIDITY),
        ("Is it still in force?", Kind.VALIDITY),
    ],
)
def test_kind_is_read_from_the_wording(asked: str, kind: Kind) -> None:
    assert kind in read_question(asked).kinds


@pytest.mark.parametrize("asked", ["Klart språk", "Fortell om nyhetsbrev"])
def test_question_without_a_kind_is_of_the_other_kind_only(asked: str) -> None:
    assert read_question(asked).kinds == {Kind.OTHER}


@pytest.mark.parametrize(
    "asked", ["Hva gjør vi når vi kjøper verktøy?", "Når vi bygger om, hva da?"]
)
def test_condition_with_naar_asks_for_no_time(asked: str) -> None:
    assert Kind.WHEN not in read_question(asked).kinds


def test_adoption_is_told_from_other_points_in_time() -> None:
    assert read_question("Når ble strategien vedtatt?").adoption
    assert not read_question("Når åpner kantinen?").adoption


@pytest.mark.parametrize(
    "asked",
    [
        "Når må et vedtak begrunnes?",
        "Hvem skal godkjenne pressemeldingen?",
        "Kven kan godkjenne teksten?",
        "When must a decision be approved?",
    ],
)
def test_what_is_to_be_done_with_a_decision_is_not_what_was_adopted(asked: str) -> None:
    assert not read_question(asked).adoption


def test_number_and_what_is_counted_are_read() -> None:
    assert read_question("Hva er de fem innsatsområdene?").number == 5
    assert read_question("What are the three goals?").number == 3
    assert read_question("Hvilke mål har vi?").number == 0
    assert read_question("Hvor mange ulike språk snakkes?").counted == stem("språk")
    assert read_question("Hvilke språk snakkes?").counted == ""


def test_weighty_words_are_taken_from_the_topic_where_there_is_one() -> None:
    stems = {
        a for c in read_question("Hva sier planen om sykler?").concepts for a in c.alternatives
    }
    assert stem("planen") in stems
    asked = read_question("Hva sier planen om sykler?", topic="Hva sier om sykler?")
    stems = {a for c in asked.concepts for a in c.alternatives}
    assert stem("sykler") in stems
    assert stem("planen") not in stems


class Recorder:
    """Finds nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []

    def concepts(self, question: str, *, english: bool = False) -> tuple[Concept, ...]:
        self.asked.append((question, english))
        return (Concept(("brev",), "post"),)


def test_weighty_words_are_found_by_the_given_words() -> None:
    words = Recorder()
    assert read_question("Hva er brev?", words=words).concepts == (Concept(("brev",), "post"),)
    read_question("What is in the letter and why?", topic="the letter", words=words)
    assert words.asked == [("Hva er brev?", False), ("the letter", True)]


def test_follow_up_is_in_its_own_language_or_in_that_of_the_question_before_it() -> None:
    before = "Which channels do we have?"
    asked = "Og hva med de ansatte?"
    assert read_question(f"{before} {asked}", own=asked).language == "nb"
    assert read_question(f"{before} Teams?", own="Teams?").language == "en"


@given(st.text(max_size=300))
def test_anything_can_be_read(asked: str) -> None:
    question = read_question(asked)
    assert question.text == asked
    assert question.kinds
