"""A number in a question is found nowhere afterwards: not on disk, not in a log, not in a field."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistent.answering import Assistant
from assistent.cli import main
from assistent.types import Outcome, Turn
from assistent.web import page
from assistent.web.answer_streams import Answers
from assistent.web.conversation import Exchange
from tests.conftest import Built
from tests.fakes import TODAY, Vectors, WordEmbedder

CANARY = "15108695088"
ASKED = f"Når åpner kantinen for {CANARY[:6]} {CANARY[6:]}?"
LEFT = "Når åpner kantinen for […]?"
HISTORY = (Turn("user", f"Hva med {CANARY}?"), Turn("assistant", f"{CANARY} er notert."))
FORMS = (CANARY, f"{CANARY[:6]} {CANARY[6:]}", CANARY[6:])


class ListeningEmbedder(WordEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.heard += texts
        return super().embed_questions(texts)


@pytest.fixture
def embedder() -> ListeningEmbedder:
    return ListeningEmbedder()


@pytest.fixture
def asked(
    own_index: Built,
    embedder: ListeningEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Assistant]:
    """An assistant whose every trace is looked through when the test has asked it."""
    scratch = tmp_path / "midlertidig"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    yield Assistant(own_index.index, embedder, today=lambda: TODAY)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for form in FORMS:
        assert not [path for path in files if form.encode() in path.read_bytes()]
        assert form not in caplog.text
        assert not [record for record in caplog.records if form in repr(record.__dict__)]
        assert not [text for text in embedder.heard if form in text]


def test_question_with_a_number_is_stopped_with_nothing_of_it_in_any_field(
    asked: Assistant, embedder: ListeningEmbedder
) -> None:
    answer = asked.answer(ASKED, HISTORY)
    assert answer.outcome is Outcome.PERSONAL_DATA
    assert (answer.question, answer.search_question) == (LEFT, "")
    shown = json.dumps(asdict(answer), ensure_ascii=False)
    assert not [form for form in FORMS if form in shown]
    assert embedder.heard == []


def test_search_and_draft_are_stopped_too(asked: Assistant, embedder: ListeningEmbedder) -> None:
    assert asked.draft(ASKED, HISTORY) is None
    found = asked.find(ASKED, HISTORY)
    assert (found.question, found.search_question, found.hits) == (LEFT, LEFT, ())
    assert embedder.heard == []


def test_number_in_the_history_does_not_reach_the_search(
    asked: Assistant, embedder: ListeningEmbedder
) -> None:
    answer = asked.answer("Og når åpner kantinen da?", HISTORY)
    assert answer.outcome is not Outcome.PERSONAL_DATA
    assert asked.find("Og når åpner kantinen da?", HISTORY).hits
    assert embedder.heard
    assert not [form for form in FORMS if form in repr(answer)]


def test_failure_behind_the_guard_says_nothing_of_it(
    asked: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_question: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("assistent.answering.guard.check", fail)
    answer = asked.answer(ASKED, HISTORY)
    assert answer.outcome is Outcome.FAILED
    assert not [form for form in FORMS if form in repr(answer)]


async def _said(asked: Assistant, question: str, exchanges: tuple[Exchange, ...]) -> list[Any]:
    return [update async for update in page._ask(Answers(asked), question, exchanges)]


def test_page_offers_the_question_without_it_and_asks_that(
    asked: Assistant, embedder: ListeningEmbedder
) -> None:
    waiting, answered = asyncio.run(_said(asked, ASKED, ()))
    exchanges: tuple[Exchange, ...] = answered[1]
    assert not [form for form in FORMS if form in repr((waiting, answered))]
    assert exchanges[-1].answer.question == LEFT
    assert f'name="sporsmal" value="{LEFT}"' in answered[0]
    assert embedder.heard == []
    again = asyncio.run(_said(asked, LEFT, exchanges))
    assert again[-1][1][-1].question == LEFT
    assert embedder.heard


def test_command_line_prints_nothing_of_it(
    asked: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistent.bootstrap.build_assistant", lambda settings, **_: asked)
    assert main(["svar", "--json", ASKED]) == 0
    printed = capsys.readouterr()
    record = json.loads(printed.out)
    assert record["outcome"] == "personal_data"
    assert record["question"] == LEFT
    assert "fødselsnummer: 15••••••••" in record["text"]
    assert main(["svar", ASKED]) == 0
    assert main(["finn", "--json", ASKED]) == 0
    printed_too = capsys.readouterr()
    everything = printed.out + printed.err + printed_too.out + printed_too.err
    assert not [form for form in FORMS if form in everything]
