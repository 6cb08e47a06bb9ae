import pytest

from assistent import forms
from assistent.offers import Tool, offer


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Hvilken kanal skal vi bruke?", {}),
        (
            "Hvilken kanal bruker jeg til en nyhet til innbyggerne?",
            {"maalgruppe": "innbyggere", "melding": "nyhet"},
        ),
        ("Hvordan når vi ansatte uten PC?", {"maalgruppe": "ansatte uten kontor"}),
        (
            "Hvordan bør vi informere de ansatte om en omorganisering?",
            {"maalgruppe": "ansatte", "melding": "intern endring"},
        ),
        ("Hvor skal jeg publisere?", {}),
        ("Hvilke kanaler når både ansatte og innbyggere?", {}),
        ("Kva kanal skal vi bruke?", {}),
        ("Which channel should we use?", {}),
        ("How do we reach staff without a desk?", {"maalgruppe": "ansatte uten kontor"}),
        (
            "Where should I post news for residents?",
            {"maalgruppe": "innbyggere", "melding": "nyhet"},
        ),
        ("Korleis når me innbyggjarane?", {"maalgruppe": "innbyggere"}),
    ],
)
def test_a_question_about_a_channel_gets_the_channel_tool(question: str, answers: dict) -> None:
    found = offer(question)
    assert found is not None
    assert found.tool is Tool.CHANNEL
    assert found.answers == answers
    for name, answer in found.answers.items():
        assert answer in forms.CHANNEL_QUESTIONS[name]


@pytest.mark.parametrize(
    "question",
    [
        "Hva må jeg huske før vi vedtar ny vaktplan?",
        "Hva må jeg gjøre før jeg tar en beslutning?",
        "Hva må være på plass når vi beslutter å flytte?",
        "Kva må eg hugse før vi vedtek noko?",
        "What must I do before a decision?",
        "Har dere en sjekkliste for vedtak?",
        "Hvilke plikter har vi når vi beslutter noe?",
    ],
)
def test_a_question_about_a_decision_gets_the_checklist(question: str) -> None:
    found = offer(question)
    assert found is not None
    assert found.tool is Tool.DECISION


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Hvordan skal vi skrive?",
        "Hvem gjelder strategien for?",
        "Når ble strategien vedtatt?",
        "Hva er klarspråk?",
        "Hva betyr beslutning?",
    ],
)
def test_other_questions_get_nothing(question: str) -> None:
    assert offer(question) is None
