from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistent.errors import AssistantError
from assistent.evaluation.question_sets import (
    Gold,
    checkout_sets,
    read_question_set,
    read_question_sets,
)
from assistent.types import Outcome, Turn
from tests.evaluation.samples import CANTEEN, line, line_without_answer, write_set


def test_a_line_is_read_with_everything_in_it(tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Hei"}, {"role": "assistant", "content": "Hei!"}]
    item = {"document": CANTEEN, "quote": "Bankkort", "table": True}
    file = write_set(tmp_path / "egne_dev.jsonl", "", line(history=history, all=[item]))
    read = read_question_set(file)
    assert (read.name, read.part, len(read.sha256)) == ("egne_dev", "dev", 64)
    [question] = read.questions
    assert (question.line, question.identity, question.outcome) == (2, "p-1", Outcome.ANSWERED)
    assert question.gold == (Gold(CANTEEN, "Kantinen åpner klokken elleve."),)
    assert question.items == (Gold(CANTEEN, "Bankkort", table=True),)
    assert question.history == (Turn("user", "Hei"), Turn("assistant", "Hei!"))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "ikke gyldig JSON. Skriv"),
        ("[]", "ikke et JSON-objekt. Skriv"),
        (line(idd="x"), "«idd» er ukjent. Bruk"),
        ({k: v for k, v in line().items() if k != "gold"}, "«gold» mangler. Legg"),
        (line(question=" "), "«question» skal være en tekst"),
        (line(id=7), "«id» skal være en tekst"),
        (line(answerable="true"), "«answerable» skal være true eller false"),
        (line(outcome="svart"), "«outcome» skal være en av answered"),
        (line(outcome=["answered"]), "«outcome» skal være en av answered"),
        (line(gold=[]), "«gold» er tom, men «answerable» er true. Legg inn"),
        (line(gold={}), "«gold» skal være en liste"),
        (line(gold=[{"document": CANTEEN}]), "«gold» skal være en liste"),
        (line(gold=[{"document": CANTEEN, "quote": ""}]), "«gold» skal være en liste"),
        (line(all=["x"]), "«all» skal være en liste"),
        (line(outcome="not_in_sources"), "«answerable» er true. Skriv «answered»"),
        (line(miss="near"), "«miss» er bare for spørsmål uten svar. Fjern"),
        (line_without_answer(miss=""), "«miss» skal være en av near eller off"),
        (
            {k: v for k, v in line_without_answer().items() if k != "miss"},
            "«miss» mangler. Skriv «near»",
        ),
        (line_without_answer(outcome="answered"), "«answerable» er false. Skriv"),
        (line_without_answer(gold=line()["gold"]), "«answerable» er false. Fjern"),
        (line(history=[{"role": "system", "content": ""}]), "«history» skal være en liste"),
        (line(history="Hei"), "«history» skal være en liste"),
        (line(id="p-0"), "«id» er «p-0», som linje 1 også har. Gi"),
    ],
)
def test_a_bad_line_is_said_with_its_place_and_its_mending(
    tmp_path: Path, bad: Any, said: str
) -> None:
    file = write_set(tmp_path / "sett.jsonl", line(id="p-0"), bad)
    with pytest.raises(AssistantError) as caught:
        read_question_set(file)
    assert str(caught.value).startswith(f"{file}, linje 2: ")
    assert said in str(caught.value)


def test_more_bad_lines_are_counted(tmp_path: Path) -> None:
    file = write_set(tmp_path / "sett.jsonl", "1", line(), "2", "3")
    with pytest.raises(AssistantError, match=r"linje 1: .* 2 linjer til har feil\.$"):
        read_question_set(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "har ingen spørsmål"), (b"\xff\xfe", "ikke lagret som UTF-8"), (None, "kan ikke leses")],
)
def test_a_file_without_questions_is_said(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "sett.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(AssistantError, match=said):
        read_question_set(file)


def test_two_sets_need_two_names(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    files = [write_set(tmp_path / name, line()) for name in ("x.jsonl", "a/x.jsonl")]
    with pytest.raises(AssistantError, match="To av settene heter «x»"):
        read_question_sets(files)


def test_no_set_at_all_asks_for_one() -> None:
    with pytest.raises(AssistantError, match="--sett"):
        read_question_sets([])


def test_our_own_sets_can_be_read() -> None:
    sets = read_question_sets(checkout_sets())
    assert {"dev", "test"} <= {each.part for each in sets}
