"""Signs of life, figures, and the log: what they tell, and what they never tell."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistent import texts_operation
from assistent.answering import Assistant
from assistent.database import open_database
from assistent.editions import built_at
from assistent.settings import load_settings
from assistent.web.answer_streams import Answers
from assistent.web.health import Readiness
from assistent.web.logs import JsonLines, TextLines
from assistent.web.request_log import HEADER, present_request, working_for
from assistent.web.server import create_app
from tests.fakes import TODAY, WordEmbedder, build, small_corpus
from tests.web.fake_assistant import BROKEN, FakeAssistant

AT_HOME = "http://127.0.0.1:7860"
SECRET = "Hvorfor er kantinen i Havnegata 12 stengt?"


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    build(small_corpus(tmp_path), tmp_path / "indeks")
    return Assistant(tmp_path / "indeks", WordEmbedder(), today=lambda: TODAY)


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    app = create_app(assistant, load_settings({}))
    with TestClient(app, base_url=AT_HOME, client=("127.0.0.1", 5000)) as running:
        yield running


# --- Live and ready ------------------------------------------------------------------------------


def test_a_server_that_can_answer_is_live_and_ready(client: TestClient) -> None:
    for path, word in (("/helse/live", "lever"), ("/helse/klar", "klar")):
        response = client.get(path)
        assert (response.status_code, response.text) == (200, word)
        assert response.headers["Cache-Control"] == "no-store"


def test_what_is_missing_is_said_in_one_word(assistant: Assistant, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    seconds = [0.0]
    answers = Answers(assistant)
    ready = Readiness(assistant, answers, database, clock=lambda: seconds[0])
    assert ready.missing() == ""

    database.close()
    (tmp_path / "a.db").unlink()
    (tmp_path / "a.db").mkdir()
    assert ready.missing() == ""  # asked a moment ago
    seconds[0] += 10
    assert ready.missing() == "database"

    assistant._current.opened.index.close()
    seconds[0] += 10
    assert ready.missing() == "indeks"

    assistant._searcher._embedder = None  # type: ignore[assignment]
    seconds[0] += 10
    assert ready.missing() == "modell"

    answers.stop_taking()
    assert ready.missing() == "stopper"


def test_a_server_that_stops_is_live_but_not_ready(client: TestClient) -> None:
    client.app.state.answers.stop_taking()  # type: ignore[attr-defined]
    assert client.get("/helse/live").status_code == 200
    response = client.get("/helse/klar")
    assert (response.status_code, response.text) == (503, texts_operation.NOT_READY_STOPPING)
    refused = client.post("/api/svar", json={"question": "Når åpner kantinen?"})
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "prøv igjen" in refused.json()["detail"]


# --- Figures -------------------------------------------------------------------------------------


def figures(client: TestClient) -> dict[str, float]:
    text = client.get("/helse/metrikk").text
    lines = (line.rpartition(" ") for line in text.splitlines() if line[0] != "#")
    return {name: float(value) for name, _, value in lines}


def test_answers_are_counted_by_outcome_and_writer(client: TestClient) -> None:
    before = figures(client)
    for question in ("Når åpner kantinen?", "Når åpner kantinen?", SECRET, "Kjør på"):
        assert client.post("/api/svar", json={"question": question}).status_code == 200
    after = figures(client)
    assert not [name for name in before if name.startswith("assistent_answers_total")]
    given = {n: v for n, v in after.items() if n.startswith("assistent_answers_total")}
    assert sum(given.values()) == 4
    assert all(re.search(r'outcome="\w+",writer="(extract|fixed)"', name) for name in given)
    assert after['assistent_step_seconds_count{step="total"}'] == 4
    assert after["assistent_answers_running"] == 0
    edition = client.app.state.answers._assistant.edition  # type: ignore[attr-defined]
    assert after[f'assistent_edition_info{{edition="{edition}"}}'] == 1
    assert after["assistent_edition_age_seconds"] < 3600


def test_no_figure_tells_what_was_asked(client: TestClient) -> None:
    client.post("/api/svar", json={"question": SECRET})
    client.get("/kilde/regler/kantine.md", params={"q": "Havnegata"})
    text = client.get("/helse/metrikk").text
    labels = set(re.findall(r"(\w+)=\"", text))
    assert labels == {"step", "le", "outcome", "writer", "edition"}
    assert "Havnegata" not in text
    assert "kantine" not in text


def test_figures_are_for_this_machine_only(assistant: Assistant) -> None:
    app = create_app(assistant, load_settings({}))
    with TestClient(app, base_url=AT_HOME, client=("192.0.2.7", 5000)) as stranger:
        assert stranger.get("/helse/metrikk").status_code == 403
        assert stranger.get("/helse/klar").status_code == 200
    with TestClient(app, base_url=AT_HOME, client=("127.0.0.1", 5000)) as local:
        assert local.get("/helse/metrikk").status_code == 200
        proxied = local.get("/helse/metrikk", headers={"X-Forwarded-For": "127.0.0.1"})
        assert proxied.status_code == 403


def test_where_people_sign_in_figures_are_for_those_who_did(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "ASSISTENT_DATABASE": f"sqlite:///{tmp_path / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": "https://logginn.example",
            "ASSISTENT_OIDC_KLIENT": "assistent",
        }
    )
    database = open_database(settings.database.get_secret_value())
    app = create_app(FakeAssistant(), settings, database=database)  # type: ignore[arg-type]
    with TestClient(app, base_url=AT_HOME, client=("127.0.0.1", 5000)) as client:
        assert client.get("/helse/live").status_code == 200
        assert client.get("/helse/klar").status_code == 200
        for path in ("/helse/metrikk", "/helse/", "/helse/annet", "/helse/live/../metrikk"):
            assert client.get(path, follow_redirects=False).status_code in (303, 401, 404)
            assert "assistent_" not in client.get(path, follow_redirects=False).text
    database.close()


def test_the_age_of_an_edition_is_read_from_its_name() -> None:
    built = built_at("20261122T120000123456-3f9a1c")
    assert built == datetime.fromisoformat("2026-11-22T12:00:00.123456+00:00")
    assert built_at("noe annet") is None


# --- The log -------------------------------------------------------------------------------------


def test_each_request_is_one_line_without_what_it_was_about(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "assistent.web.request_log")
    response = client.get(
        "/kilde/regler/kantine.md", params={"q": SECRET}, headers={HEADER: "min-egen-kode"}
    )
    client.post("/api/svar", json={"question": SECRET})
    client.get("/finnes-ikke/Havnegata")
    lines = [r for r in caplog.records if r.name == "assistent.web.request_log"]
    fields = [record.fields for record in lines]  # type: ignore[attr-defined]
    assert [each["route"] for each in fields] == ["/kilde/{path:path}", "/api/svar", "-"]
    assert [each["status"] for each in fields] == [200, 200, 404]
    assert [each["method"] for each in fields] == ["GET", "POST", "GET"]
    assert re.fullmatch("[a-z0-9]{10}", response.headers[HEADER])
    assert "Havnegata" not in caplog.text
    assert "kantine.md" not in caplog.text
    assert "min-egen-kode" not in caplog.text


def test_ids_differ(client: TestClient) -> None:
    assert len({client.get("/helse/live").headers[HEADER] for _ in range(50)}) == 50


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_an_error_is_logged_without_what_it_says(form: logging.Formatter) -> None:
    def fail() -> None:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(f"no such thing: {SECRET}") from error

    try:
        fail()
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
        record = logging.LogRecord("assistent.x", logging.ERROR, "", 0, "it failed", (), info)
    with working_for("abcdefghjk"):
        line = form.format(record)
    assert "Havnegata" not in line
    for part in ("it failed", "ValueError", "KeyError", "test_health.py", "abcdefghjk"):
        assert part in line
    assert present_request.get() == ""


def test_a_line_of_json_is_one_object() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 0, "to\nlinjer «æ»", (), None)
    record.fields = {"status": 200}
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "to\nlinjer «æ»"
    assert json.loads(line)["status"] == 200
    assert "\n" not in TextLines().format(record)


def test_an_answer_that_failed_gives_a_code_that_leads_to_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = client.app.state.answers._assistant  # type: ignore[attr-defined]
    assistant._current.opened.index.lexical = None
    logged: list[str] = []

    class Ids(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            if record.name == "assistent.answering":
                logged.append(present_request.get())
            return True

    caplog.handler.addFilter(only := Ids())
    response = client.post("/api/svar", json={"question": "Når åpner kantinen?"})
    caplog.handler.removeFilter(only)
    code = response.headers[HEADER]
    assert response.json()["outcome"] == "failed"
    assert response.json()["contact"] == f"Oppgi koden {code} hvis du melder fra om feilen."
    assert logged == [code]


def test_a_request_that_breaks_has_a_code_too() -> None:
    app = create_app(FakeAssistant(), load_settings({}))  # type: ignore[arg-type]
    with TestClient(app, base_url=AT_HOME, raise_server_exceptions=False) as client:
        response = client.post("/api/svar", json={"question": BROKEN})
    assert response.status_code == 500
    assert response.headers[HEADER]
