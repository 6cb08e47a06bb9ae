from __future__ import annotations

import pytest

from assistent.conversation import resolve
from assistent.types import Turn

HISTORY = (
    Turn("user", "Hvem er målgruppene?"),
    Turn("assistant", "Innbyggerne."),
    Turn("user", "Hvilke kanaler\nbruker vi?"),
    Turn("assistant", "Nyhetsbrev."),
)


@pytest.mark.parametrize(
    "asked",
    [
        "Og hva med ansatte?",
        "hvorfor det?",
        "What about employees?",
        "Gjelder det alle?",
        "Hvorfor?",
    ],
)
def test_follow_up_is_searched_with_the_question_before_it(asked: str) -> None:
    assert resolve(asked, HISTORY) == f"Hvilke kanaler bruker vi? {asked}"


@pytest.mark.parametrize("asked", ["Når ble strategien vedtatt av byrådet?", "Hva er klart språk?"])
def test_question_that_stands_on_its_own_is_left_alone(asked: str) -> None:
    assert resolve(asked, HISTORY) == asked


def test_without_history_nothing_is_added() -> None:
    assert resolve("Og hva med ansatte?", ()) == "Og hva med ansatte?"
    assert resolve("Og hva med ansatte?", [Turn("assistant", "Hei!")]) == "Og hva med ansatte?"
