from __future__ import annotations

import pytest

from assistent import guard, texts_guard
from assistent.languages import reply_language
from assistent.routing import Route, named_paragraph, read_route
from assistent.types import Outcome, Turn


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("hei", "nb"),
        ("hello", "en"),
        ("Kva skal eg gjere?", "nn"),
        ("Is this legal?", "en"),
        ("Er dette lovlig?", "nb"),
        ("help", "en"),
    ],
)
def test_reply_speaks_the_language_of_the_question(question: str, language: str) -> None:
    assert reply_language(question) == language
    stopped = guard.route(guard.clean(question))
    assert stopped is not None
    assert stopped.language == language


def test_crisis_names_the_emergency_numbers_first() -> None:
    stopped = guard.route("Det brenner på skolen nå!")
    assert stopped is not None
    assert stopped.outcome is Outcome.OUT_OF_SCOPE
    lines = stopped.text.splitlines()
    assert [line[2:5] for line in lines[1:4]] == ["110", "112", "113"]
    assert "beredskapsplanen" in stopped.contact


def test_danger_beside_a_question_of_ours_is_a_notice() -> None:
    asked = "Det brenner på skolen nå, hvordan informerer vi foreldrene?"
    assert guard.route(asked) is None
    assert guard.cautions(asked, "nb") == (texts_guard.CAUTION["nb"],)
    assert guard.cautions("Hvordan informerer vi om en brann?", "nb") == ()


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("Er det i strid med kommuneloven § 4-1?", "kommuneloven § 4-1"),
        ("Bryter vi § 16 i forvaltningsloven?", "§ 16 i forvaltningsloven"),
        ("Er dette lovlig?", ""),
    ],
)
def test_lawyer_is_named_with_the_paragraph(question: str, paragraph: str) -> None:
    assert named_paragraph(question) == paragraph
    stopped = guard.route(question)
    assert stopped is not None
    assert "Dette må en jurist vurdere." in stopped.text
    assert (f"vurdere {paragraph}." in stopped.text) is bool(paragraph)


def test_unclear_question_is_asked_back_with_choices_unless_turns_stand_before_it() -> None:
    stopped = guard.route("Hva skal jeg gjøre?")
    assert stopped is not None
    assert stopped.outcome is Outcome.UNCLEAR
    assert 2 <= stopped.text.count("•") <= 3
    assert guard.route("Hva skal jeg gjøre?", [Turn("user", "En journalist ringte")]) is None
    assert read_route("hvorfor?", follows=True) is None


def test_a_choice_that_is_offered_is_itself_answered() -> None:
    for language in texts_guard.LANGUAGES:
        for line in texts_guard.UNCLEAR[language].splitlines()[1:]:
            assert guard.check(line[2:]) is None
            assert guard.route(line[2:]) is None, line


def test_insult_needs_an_addressee() -> None:
    assert read_route("Du er dum") is Route.INSULT
    assert read_route("Er det dumt å sende brev på fredag?") is None


@pytest.mark.parametrize(
    "question",
    [
        "Hva må jeg huske før vi vedtar ny vaktplan?",
        "Må tillitsvalgte med når vi endrer turnus?",
        "Hvem får vite om nedbemanning og oppsigelser først?",
    ],
)
def test_a_decision_about_the_staff_is_ours(question: str) -> None:
    assert read_route(question) is None
