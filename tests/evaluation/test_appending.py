"""Editors' questions end up in a set that the evaluation reads."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistent.errors import AssistantError
from assistent.evaluation.appending import FILE, append_question, own_sets
from assistent.evaluation.question_sets import read_question_set, read_question_sets
from assistent.types import Outcome


def add(folder: Path, question: str = "Hva koster møterom?", **more: str) -> str:
    values = {"language": "nb", "user": "ansatt", "document": "", "quote": "", "why": "", **more}
    return append_question(folder, question, **values)


def test_questions_with_and_without_an_answer_are_read_as_they_were_written(tmp_path: Path) -> None:
    folder = tmp_path / "ny" / "evaluering"
    assert own_sets(folder) == []
    assert add(folder, "Hvordan skriver vi?", document="en.md", quote="Skriv\nklart.") == "red-0001"
    assert add(folder, "Hva\u2028koster det?", why="Fra redaksjonen") == "red-0002"
    [read] = read_question_sets(own_sets(folder))
    first, second = read.questions
    assert (first.answerable, first.outcome) == (True, Outcome.ANSWERED)
    assert [(gold.document, gold.quote) for gold in first.gold] == [("en.md", "Skriv\nklart.")]
    assert (second.text, second.outcome) == ("Hva\u2028koster det?", Outcome.NOT_IN_SOURCES)
    assert read.part == ""


def test_a_set_that_somebody_has_edited_goes_on_after_its_highest_number(tmp_path: Path) -> None:
    add(tmp_path)
    file = tmp_path / FILE
    file.write_text(file.read_text("utf-8").replace("red-0001", "red-0041").rstrip("\n"), "utf-8")
    assert add(tmp_path, "Og dette?") == "red-0042"
    assert len(read_question_set(file).questions) == 2


def test_two_editors_at_once_lose_nothing(tmp_path: Path) -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(add(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [f"red-{number:04}" for number in range(1, 9)]
    assert len(read_question_set(tmp_path / FILE).questions) == 8


def test_a_set_that_cannot_be_read_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("ikke json\n", "utf-8")
    with pytest.raises(AssistantError, match="linje 1"):
        add(tmp_path)
    assert (tmp_path / FILE).read_text("utf-8") == "ikke json\n"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "evaluering").write_text("en fil", "utf-8")
    with pytest.raises(AssistantError, match="ASSISTENT_EVALUERING"):
        add(tmp_path / "evaluering")
