"""What breaks says so with a code, and the log has lines with that very code."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistent import texts_editors, texts_feedback, texts_page, texts_viewer
from assistent.database import Database, open_database
from assistent.settings import load_settings
from assistent.texts_answer import BOKMAL
from assistent.web import page as chat
from assistent.web.failures import CodedFailures
from assistent.web.request_log import HEADER, present_request
from assistent.web.server import create_app
from tests.web.fake_assistant import BROKEN, HOW_TO_WRITE, STRATEGY, FakeAssistant
from tests.web.journalled import HOME as AT_HOME
from tests.web.journalled import journalled

CODE = re.compile(r"Oppgi koden ([a-z0-9]{10}) hvis du melder fra om feilen\.")
SECRET = "Havnegata 12"


class Logged(logging.Filter):
    """Keeps what is logged with the request it was logged for, as the log's lines have it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str, int]] = []

    def filter(self, record: logging.LogRecord) -> bool:
        self.lines.append((present_request.get(), record.name, record.levelno))
        return True

    def tells_of(self, code: str) -> bool:
        """Whether more than the line of the request itself has the code."""
        return any(
            identity == code and name != "assistent.web.request_log" and level >= logging.WARNING
            for identity, name, level in self.lines
        )


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Logged]:
    only = Logged()
    caplog.handler.addFilter(only)
    yield only
    caplog.handler.removeFilter(only)


def code_in(text: str) -> str:
    (code,) = set(CODE.findall(text))
    return code


def assert_coded(response: httpx.Response, logged: Logged, status: int = 500) -> None:
    """The code in the body is the header's, and leads to the log."""
    assert response.status_code == status
    code = code_in(response.text)
    assert code == response.headers[HEADER]
    assert logged.tells_of(code)
    assert "broken on purpose" not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"


class BrokenAssistant(FakeAssistant):
    """Breaks wherever it is looked into; its rules and figures are there."""

    def document(self, path: str) -> Any:
        raise RuntimeError(f"broken on purpose: {path} {SECRET}")

    def documents(self) -> Any:
        raise RuntimeError(f"broken on purpose: {SECRET}")


@contextmanager
def app_over(assistant: FakeAssistant) -> Iterator[TestClient]:
    app = create_app(assistant, load_settings({}))  # type: ignore[arg-type]
    local = ("127.0.0.1", 5000)
    with TestClient(app, base_url=AT_HOME, client=local, raise_server_exceptions=False) as client:
        yield client


def lose(database: Database, folder: Path) -> None:
    """Put a folder where the database was."""
    database.close()
    for name in ("assistent.db", "assistent.db-wal", "assistent.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "assistent.db").mkdir()


# --- The API -------------------------------------------------------------------------------------


def test_a_problem_of_the_api_has_the_code(logged: Logged) -> None:
    with app_over(FakeAssistant()) as client:
        assert_coded(client.post("/api/svar", json={"question": BROKEN}), logged)
        events = {"Accept": "text/event-stream"}
        response = client.post("/api/svar", json={"question": BROKEN}, headers=events)
        assert code_in(response.text) == response.headers[HEADER]
        assert logged.tells_of(response.headers[HEADER])


def test_a_problem_that_nobody_expected_has_the_code(
    logged: Logged, caplog: pytest.LogCaptureFixture
) -> None:
    with app_over(BrokenAssistant()) as client:
        for address in ("/api/kilder", f"/api/kilder/{STRATEGY}"):
            response = client.get(address)
            assert_coded(response, logged)
            assert response.json()["type"] == "/api/docs#intern-feil"
            assert response.headers["Content-Type"] == "application/problem+json"
    # Once, and with the code; the server would say it again without.
    failed = [each for each in caplog.records if each.exc_info]
    assert len(failed) == 2


def test_what_is_no_fault_of_ours_has_no_code_in_it() -> None:
    with app_over(FakeAssistant()) as client:
        for response in (
            client.get("/api/finnes-ikke"),
            client.post("/api/svar", json={}),
            client.get("/finnes-ikke"),
            client.get("/kilde/finnes-ikke.md"),
        ):
            assert response.status_code in (404, 422)
            assert not CODE.search(response.text)


# --- Pages ---------------------------------------------------------------------------------------


def test_the_phone_page_has_the_code(logged: Logged) -> None:
    with app_over(FakeAssistant()) as client:
        assert_coded(client.post("/m", data={"sporsmal": BROKEN}), logged)
        assert_coded(client.get("/m", params={"q": BROKEN}), logged)
        response = client.post("/m/svar", data={"sporsmal": BROKEN})
        *_, event = response.text.strip().split("\n\n")
        said = json.loads(event.partition("data: ")[2])["tekst"]
        assert said.startswith(BOKMAL.failed)
        assert code_in(said) == response.headers[HEADER]
        assert logged.tells_of(response.headers[HEADER])


@pytest.mark.parametrize("address", [f"/kilde/{STRATEGY}", f"/kilde/{STRATEGY}/original", "/om"])
def test_a_page_that_breaks_is_a_page_with_the_code(
    address: str, logged: Logged, caplog: pytest.LogCaptureFixture
) -> None:
    with app_over(BrokenAssistant()) as client:
        response = client.get(address, headers={"Accept": "text/html"})
        assert_coded(response, logged)
        assert f"<h1>{texts_page.FAILED_TITLE}</h1>" in response.text
        assert response.headers["Cache-Control"] == "no-store"
        plain = client.get(address, headers={"Accept": "*/*"})
        assert_coded(plain, logged)
        assert plain.text.startswith(texts_page.FAILED_TEXT)
        head = client.head(address)
        assert (head.status_code, head.content) == (500, b"")
    lines = [each.getMessage() for each in caplog.records]
    assert not [line for line in lines if SECRET in line or "strategi" in line]


@pytest.mark.parametrize("address", ["/m/svar", "/m"])
def test_a_route_that_breaks_before_it_answers_has_the_code(
    address: str, logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("assistent.web.phone.routes.read_history", broken)
    with app_over(FakeAssistant()) as client:
        for accept in ("text/html", "text/event-stream"):
            headers = {"Accept": accept}
            assert_coded(client.post(address, data={"sporsmal": "x"}, headers=headers), logged)


def test_an_original_that_changed_has_the_code(
    tmp_path: Path, logged: Logged, caplog: pytest.LogCaptureFixture
) -> None:
    settings = load_settings({"ASSISTENT_KORPUS": str(tmp_path)})
    app = create_app(FakeAssistant(), settings)  # type: ignore[arg-type]
    (tmp_path / "strategi").mkdir()
    with TestClient(app, base_url=AT_HOME) as client:
        missing = client.get(f"/kilde/{STRATEGY}/original")
        assert_coded(missing, logged, 404)
        (tmp_path / STRATEGY).write_text("noe annet", encoding="utf-8")
        changed = client.get(f"/kilde/{STRATEGY}/original")
        assert_coded(changed, logged, 409)
    assert texts_viewer.ORIGINAL_CHANGED_TITLE in changed.text
    assert STRATEGY not in caplog.text


def test_without_the_database_pages_and_answers_have_the_code(
    tmp_path: Path, logged: Logged
) -> None:
    with journalled(FakeAssistant(), tmp_path) as served:  # type: ignore[arg-type]
        client = served.client
        reference = client.post("/api/svar", json={"question": HOW_TO_WRITE}).json()["reference"]
        served.flush()
        lose(served.database, tmp_path)
        down = client.get("/redaksjon", headers={"Accept": "text/html"})
        assert_coded(down, logged, 503)
        assert texts_editors.STORE_DOWN in down.text
        given = client.post("/tilbakemelding", data={"svar": reference, "nyttig": "ja"})
        assert_coded(given, logged, 503)
        assert texts_feedback.STORE_DOWN in given.text
        body = {"reference": reference, "useful": True}
        assert_coded(client.post("/api/tilbakemelding", json=body), logged, 503)


def test_half_a_response_is_not_made_to_look_whole() -> None:
    async def halfway(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"halv", "more_body": True})
        raise RuntimeError("broken on purpose")

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "path": "/", "headers": []}
    with pytest.raises(RuntimeError):
        asyncio.run(CodedFailures(halfway)(scope, receive, send))  # type: ignore[arg-type]
    assert [each["type"] for each in sent] == ["http.response.start", "http.response.body"]


# --- The chat ------------------------------------------------------------------------------------


def asked_in_chat(client: TestClient, question: str) -> tuple[str, str]:
    """Ask as Gradio's own script does; return what is shown at the end and the header's code."""
    asked = {"data": [question, None], "fn_index": 0, "session_hash": "samtale"}
    joined = client.post("/gradio_api/queue/join", json=asked)
    assert joined.status_code == 200
    told = client.get("/gradio_api/queue/data", params={"session_hash": "samtale"})
    events = [json.loads(line[6:]) for line in told.text.splitlines() if line.startswith("data: ")]
    return json.dumps(events, ensure_ascii=False), joined.headers[HEADER]


def test_an_answer_that_fails_in_the_chat_has_the_code(logged: Logged) -> None:
    with app_over(FakeAssistant()) as client:
        shown, code = asked_in_chat(client, BROKEN)
    assert BOKMAL.failed in shown
    assert code_in(shown) == code
    assert logged.tells_of(code)


@pytest.mark.parametrize("broken", ["turns", "next_number", "render_conversation"])
def test_a_chat_that_breaks_elsewhere_has_the_code(
    broken: str,
    logged: Logged,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def break_down(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"broken on purpose: {SECRET}")

    monkeypatch.setattr(chat, broken, break_down)
    with app_over(FakeAssistant()) as client:
        shown, code = asked_in_chat(client, HOW_TO_WRITE)
    assert BOKMAL.failed in shown
    assert code_in(shown) == code
    assert logged.tells_of(code)
    assert SECRET not in shown
    assert SECRET not in "".join(capsys.readouterr())  # where Gradio prints traces


def test_sign_in_without_provider_or_database_has_the_code(tmp_path: Path, logged: Logged) -> None:
    settings = load_settings(
        {
            "ASSISTENT_DATABASE": f"sqlite:///{tmp_path / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": "http://127.0.0.1:1",
            "ASSISTENT_OIDC_KLIENT": "assistent",
        }
    )
    database = open_database(settings.database.get_secret_value())
    app = create_app(FakeAssistant(), settings, database=database)  # type: ignore[arg-type]
    with TestClient(app, base_url=AT_HOME) as client:
        no_provider = client.get("/inn", headers={"Accept": "text/html"})
        assert no_provider.status_code == 503
        assert code_in(no_provider.text) == no_provider.headers[HEADER]
        lose(database, tmp_path)
        client.cookies.set("assistent", "A" * 43)
        assert_coded(client.get("/om", headers={"Accept": "text/html"}), logged, 503)
        assert_coded(client.get("/api/kilder"), logged)
