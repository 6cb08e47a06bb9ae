"""What of an answer reaches the journal, and that no answer waits for it or fails by it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from assistent.answering import Assistant
from assistent.database import Database, open_database
from assistent.journal import Entrance, Journal, Keeping
from assistent.journal.tables import answers
from assistent.types import Outcome
from assistent.web.answer_streams import AnsweringFailedError, Answers
from assistent.web.recording import Recorder
from tests.web.scripted import (
    PATIENCE,
    SEARCHING,
    WRITING,
    Gate,
    ScriptedAssistant,
    answered,
)

FINAL = replace(answered("til slutt"), question="Hva?", search_question="Hva?")
NUMBER = "15108695088"


class Scripted(ScriptedAssistant):
    """Has no documents."""

    def documents(self) -> tuple[()]:
        return ()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'assistent.db'}")
    yield opened
    opened.close()


@pytest.fixture
def journal(database: Database) -> Iterator[Journal]:
    opened = Journal(database, keeping=Keeping.FULL, days=90)
    yield opened
    opened.close()


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, PATIENCE))


def asking(journal: Journal, *script: Any) -> Answers:
    assistant = Scripted(lambda question: script)
    return Answers(assistant, interval=0, recorder=Recorder(assistant, journal))


def kept(journal: Journal) -> list[Any]:
    assert journal.flush()
    with journal.database.reading() as connection:
        return list(connection.execute(select(answers)).all())


async def all_of(asked: Answers, **more: Any) -> list[Any]:
    with asked.stream("Hva?", **more) as stream:
        return [event async for event in stream]


def test_an_answer_keeps_its_reference_while_it_grows_and_is_kept_once(journal: Journal) -> None:
    growing = replace(FINAL, provisional=True)
    asked = asking(journal, SEARCHING, growing, WRITING, growing, FINAL)
    events = run(all_of(asked, entrance=Entrance.API))
    references = {each.reference for each in events if not isinstance(each, type(SEARCHING))}
    [row] = kept(journal)
    assert references == {row.reference}
    assert (row.question, row.entrance, row.outcome) == ("Hva?", "api", "answered")


def test_two_answers_have_two_references(journal: Journal) -> None:
    asked = asking(journal, FINAL)
    run(all_of(asked))
    run(all_of(asked))
    assert len({row.reference for row in kept(journal)}) == 2


def test_an_answer_that_nobody_waited_for_is_not_kept(journal: Journal) -> None:
    gate = Gate()
    assistant = Scripted(lambda question: (replace(FINAL, provisional=True), gate, FINAL))
    asked = Answers(assistant, interval=0, recorder=Recorder(assistant, journal))

    async def leave_early() -> None:
        with asked.stream("Hva?") as stream:
            async for event in stream:
                if not isinstance(event, type(SEARCHING)):
                    return

    run(leave_early())
    gate.open()
    assert assistant.ended.wait(PATIENCE)
    assert kept(journal) == []


def test_an_answer_that_failed_to_come_is_not_kept(journal: Journal) -> None:
    asked = asking(journal, SEARCHING, RuntimeError("on purpose"))
    with pytest.raises(AnsweringFailedError):
        run(all_of(asked))
    assert kept(journal) == []


def test_text_that_joins_to_a_number_is_not_kept(journal: Journal) -> None:
    # Each half passes the guard alone; searched together they are somebody's.
    joined = replace(FINAL, search_question=f"{NUMBER[:6]} {NUMBER[6:]}")
    run(all_of(asking(journal, joined)))
    [row] = kept(journal)
    assert (row.question, row.searched, row.outcome) == (None, None, Outcome.ANSWERED)


def test_an_answer_comes_although_the_database_is_held(
    database: Database, journal: Journal
) -> None:
    asked = asking(journal, FINAL)
    with database.engine.connect() as holding:
        holding.exec_driver_sql("BEGIN IMMEDIATE")
        for _ in range(20):
            assert run(all_of(asked))[-1].text == FINAL.text
        assert journal.waiting == 20
        holding.rollback()
    assert len(kept(journal)) == 20


def test_an_answer_comes_although_the_database_is_gone(
    database: Database, journal: Journal
) -> None:
    with database.writing() as connection:
        connection.execute(text("DROP TABLE quotes"))
        connection.execute(text("DROP TABLE answers"))
    assert run(all_of(asking(journal, FINAL)))[-1].text == FINAL.text
    assert journal.flush()
    assert journal.dropped == 1


def test_the_real_assistant_is_recorded_with_what_it_quotes(
    starter_by_words: Assistant, journal: Journal
) -> None:
    recorder = Recorder(starter_by_words, journal)
    asked = Answers(starter_by_words, recorder=recorder)

    async def ask() -> Any:
        with asked.stream("Hvordan skal vi skrive?") as stream:
            return await stream.last()

    answer = run(ask())
    [row] = kept(journal)
    assert row.milliseconds["total"] > 0
    with journal.database.reading() as connection:
        quoted = connection.execute(
            text("SELECT document, start, stop FROM quotes ORDER BY number")
        ).all()
    assert [tuple(each) for each in quoted] == [
        (source.document, source.start, source.end) for source in answer.sources
    ]
    assert quoted


_SERVER = """
from assistent.bootstrap import build_database, build_journal
from assistent.settings import load_settings
from assistent.web.server import create_app, serve
from tests.web.fake_assistant import FakeAssistant

settings = load_settings()
database = build_database(settings)
journal = build_journal(settings, database)
app = create_app(FakeAssistant(), settings, database=database, journal=journal)
serve(app, settings)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_writes_what_waits_first(
    tmp_path: Path, how: signal.Signals
) -> None:
    address = f"sqlite:///{tmp_path / 'assistent.db'}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings = {
        "ASSISTENT_DATABASE": address,
        "ASSISTENT_JOURNAL": "minimal",
        "ASSISTENT_PORT": str(port),
    }
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTENT_")}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER], env={**environment, **settings}, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    assert server.stdout.readline()  # where it can be opened
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
        for _ in range(30):
            response = client.post("/api/svar", json={"question": "Hvordan skal vi skrive?"})
            assert response.status_code == 200
        server.send_signal(how)
        server.wait(PATIENCE)
    database = open_database(address)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM answers")).scalar_one() == 30
    database.close()
