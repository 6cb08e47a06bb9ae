from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.scope import Scope, is_foreign, read_scope
from assistent.types import DocumentInfo, Standing

HOME = "Oslo kommune"
OURS = DocumentInfo(
    "a", "Kommunikasjonsstrategi for Oslo kommune", owner=HOME, case_number="byrådssak 1038/25",
    names=("strategien",),
)  # fmt: skip
THEIRS = DocumentInfo(
    "b", "Strategi for Fjordregionen", owner="Fjordregionen IPR", names=("Fjordregionen",)
)
SUMMARY = DocumentInfo("c", "Farger", owner="Prosjektet", declared_standing=Standing.SUMMARY)
ALL = (OURS, THEIRS, SUMMARY)


def scope_of(question: str) -> Scope:
    return read_scope(question, ALL, home=HOME)


def rank(scope: Scope) -> list[str]:
    """Return the documents' paths, the most favoured first."""
    return sorted("abc", key=lambda path: -scope.bonus.get(path, 0.0))


def test_question_that_names_nobody_is_about_our_own_rules() -> None:
    scope = scope_of("Hvilke kanaler skal vi bruke?")
    assert rank(scope)[-1] == "b"
    assert scope.bonus.get("a", 0.0) == scope.bonus.get("c", 0.0)
    assert scope.topic == scope.weighty == "Hvilke kanaler skal vi bruke?"


@pytest.mark.parametrize(
    "question",
    [
        "Hvilke kanaler bruker Fjordregionen IPR?",
        "hvilke kanaler bruker fjordregionen",
        "Hva er Fjordregionens viktigste kanaler?",
    ],
)
def test_question_that_names_another_organisation_is_answered_from_there(question: str) -> None:
    scope = scope_of(question)
    assert rank(scope)[0] == "b"
    # The others are so far behind that they can not win by likeness.
    assert scope.bonus["b"] - max(scope.bonus["a"], scope.bonus["c"]) > 0.5


def test_name_of_another_organisation_is_no_clue_inside_its_document() -> None:
    scope = scope_of("Hvilke kanaler bruker Fjordregionen i dag?")
    assert "Fjordregionen" not in scope.topic
    assert scope.topic == "Hvilke kanaler bruker i dag?"


def test_name_of_our_own_document_says_where_to_look_but_not_what_for() -> None:
    scope = scope_of("Hva sier strategien om nyhetsbrev?")
    assert rank(scope)[0] == "a"
    assert "strategien" in scope.topic
    assert "strategien" not in scope.weighty


def test_a_short_form_of_a_name_is_a_name_and_another_alias_a_topic() -> None:
    named = replace(OURS, names=("kommunikasjonsstrategien", "strategien", "kanalvalg"))
    for asked, left in (
        ("Hvilke mål har strategien?", "Hvilke mål har?"),
        ("Hvilke mål har kanalvalg?", "Hvilke mål har kanalvalg?"),
    ):
        scope = read_scope(asked, (named, THEIRS), home=HOME)
        assert scope.named == {"a"}
        assert scope.weighty == left


def test_a_law_is_not_named_by_the_word_it_begins_with() -> None:
    laws = (
        DocumentInfo("k", "Kommuneloven", owner="Prosjektet", names=("kommuneloven",)),
        DocumentInfo("s", "Språklova", owner="Prosjektet", names=("språklova", "målform")),
    )
    asked = "Hvilket språk må kommunen skrive?"
    scope = read_scope(asked, laws, home=HOME)
    assert (scope.named, scope.weighty) == (frozenset(), asked)
    for law, path in (("kommunelova", "k"), ("språkloven", "s"), ("språklovens", "s")):
        scope = read_scope(f"Hva sier {law} om nynorsk i brev?", laws, home=HOME)
        assert (scope.named, scope.weighty) == ({path}, "Hva sier om nynorsk i brev?")


@pytest.mark.parametrize("number", ["byrådssak 1038/25", "1038/25", "sak 1038/25"])
def test_case_number_names_its_document(number: str) -> None:
    scope = scope_of(f"Hva står i {number} om språk?")
    assert rank(scope)[0] == "a"
    assert scope.named == {"a"}
    assert "1038/25" not in scope.weighty


@pytest.mark.parametrize("number", ["1038/2", "038/25", "1091/18", "1038"])
def test_another_case_number_names_nothing(number: str) -> None:
    assert scope_of(f"Hva står i {number} om språk?").named == frozenset()


def test_question_that_is_nothing_but_a_name_keeps_its_words() -> None:
    scope = scope_of("Hva sier Fjordregionen?")
    assert scope.topic == "Hva sier Fjordregionen?"


@pytest.mark.parametrize(
    "question",
    [
        "strategien 1038/25",
        "Strategien?",
        "Hva er byrådssak 1038/25?",
        "Hva sier strategien i Fjordregionen?",
    ],
)
def test_question_that_is_made_of_names_only_keeps_its_words(question: str) -> None:
    scope = scope_of(question)
    assert scope.weighty == question
    assert scope.named


FOLLOW_UP = "Hvilke kanaler skal brukes til det?"


def test_organisation_named_before_is_still_meant() -> None:
    scope = read_scope(FOLLOW_UP, ALL, home=HOME, before="Hva vil Fjordregionen oppnå?")
    assert rank(scope)[0] == "b"
    assert scope.named == {"b"}
    assert scope.topic == scope.weighty == FOLLOW_UP


@pytest.mark.parametrize("before", ["", "Hva sier strategien?", "Hva er klokka?"])
def test_our_own_document_named_before_does_not_narrow(before: str) -> None:
    assert read_scope(FOLLOW_UP, ALL, home=HOME, before=before) == scope_of(FOLLOW_UP)


def test_only_another_organisations_rules_are_foreign() -> None:
    assert [is_foreign(info, HOME) for info in ALL] == [False, True, False]
    assert not is_foreign(DocumentInfo("d", "Uten eier"), HOME)
    assert not is_foreign(DocumentInfo("e", "E", owner="Byrådet i Oslo kommune"), HOME)
    assert scope_of("Hva nå?").foreign == {"b"}


@given(st.text(max_size=200))
def test_anything_can_be_asked(question: str) -> None:
    assert set(scope_of(question).bonus) <= {"a", "b", "c"}
