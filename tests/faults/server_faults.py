"""The server is told to stop in the middle of an answer, and starts again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistent.embedding import load_embedder
from assistent.ingestion import build_index
from assistent.model import prepare_model
from assistent.settings import load_settings
from tests.chat_servers import Prompt, Scenario, ScriptedServer
from tests.fakes import PlainReader, small_corpus
from tests.faults.app_process import App, running_app
from tests.faults.finding import Checks, Fault, Finding

_QUESTION = "Når åpner kantinen?"
_FOLLOW_UP = "Og hvordan betaler vi der?"
_MOST_SECONDS = 10.0
_CHAT = {"CHATMODELL": "openai:skript", "CHATMODELL_FRIST": "60"}


class _Pause:
    """Keeps the chat server waiting until it may go on."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.may_go_on = threading.Event()

    def __call__(self, prompt: Prompt) -> str:
        self.asked.set()
        self.may_go_on.wait(30)
        number, text = next(iter(prompt.evidence.items()))
        return f"{text} [{number}]\nHELT"


@contextmanager
def _asked(app: App, question: str) -> Iterator[Future[httpx.Response]]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(app.ask, question)


def _index(folder: Path) -> Path:
    """Build the small corpus with the real model, as the server has no other."""
    model = prepare_model(load_settings().model_folder)
    build_index(small_corpus(folder), folder / "indeks", load_embedder(model, None), PlainReader)
    return folder / "indeks"


def stopped(folder: Path) -> Finding:
    """Stop while a chat model writes, start again and go on, and stop while it hangs."""
    checks = Checks()
    index = _index(folder)
    pause = _Pause()
    with ScriptedServer(pause) as chat:
        with running_app(folder, index, CHATMODELL_URL=chat.url, **_CHAT) as app:
            with _asked(app, _QUESTION) as answer:
                checks.holds("the chat model is asked", pause.asked.wait(30))
                told = time.monotonic()
                app.terminate()
                _refuses(checks, app)
                pause.may_go_on.set()
                first = answer.result().json()
            checks.holds("the answer is finished", first["writer"] == "openai:skript")
            checks.in_time("gone", app.seconds_until_gone(told), _MOST_SECONDS)
        chat.scenario = Scenario.HANG_MID_STREAM
        with running_app(folder, index, CHATMODELL_URL=chat.url, **_CHAT) as app:
            seen = len(chat.seen)
            with _asked(app, _QUESTION) as answer:
                checks.holds("the hanging model is asked", _comes(lambda: len(chat.seen) > seen))
                told = time.monotonic()
                app.terminate()
                cut = answer.result().json()
            checks.holds("the quotes are the answer", cut["writer"] == "extract" and cut["sources"])
            checks.in_time("gone again", app.seconds_until_gone(told), _MOST_SECONDS)
    return checks.found()


def restarted(folder: Path) -> Finding:
    """Kill the server between two questions of a conversation and start another."""
    checks = Checks()
    index = _index(folder)
    with running_app(folder, index) as app:
        first = app.ask(_QUESTION).json()
        app.process.kill()
    with running_app(folder, index) as app:
        history = [
            {"role": "user", "content": _QUESTION},
            {"role": "assistant", "content": first["text"]},
        ]
        second = app.ask(_FOLLOW_UP, history).json()
        checks.holds("the follow-up is understood", "kort" in second["text"])
        checks.holds("as one", second["search_question"] != _FOLLOW_UP)
        # The line comes once the answer is sent.
        logged = _comes(lambda: "/api/svar 200" in app.log.read_text("utf-8"))
        checks.holds("the log has the request", logged)
        log = app.log.read_text("utf-8")
        checks.holds("and no question", "kantinen" not in log and "betaler" not in log)
    return checks.found("answers under way; the conversation is with the browser")


def _refuses(checks: Checks, app: App) -> None:
    checks.holds("it says that it stops", _comes(lambda: app.get("/helse/klar").status_code == 503))
    refused = app.ask(_QUESTION)
    checks.holds("new questions: 503", refused.status_code == 503)
    checks.holds("in Norwegian", "prøv igjen" in refused.text)


def _comes(what: object, seconds: float = 20.0) -> bool:
    assert callable(what)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


FAULTS = [
    Fault("SIGTERM in mid-answer", "chat model writing, then hanging", stopped, slow=True),
    Fault("killed between two questions", "SIGKILL, another start", restarted, slow=True),
]
