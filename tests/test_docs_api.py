"""The examples for other systems, in ``docs/api.md`` and the README, do what they say."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistent.answering import Assistant
from assistent.cli.arguments import parse_arguments
from assistent.web.answer_streams import Answers
from assistent.web.api import MOUNT, build_api
from tests.conftest import Built
from tests.serving import served

ROOT = Path(__file__).resolve().parent.parent
DOCS = (ROOT / "docs/api.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:7860"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def run(code: str) -> None:
    exec(compile(code, "example", "exec"), {"__name__": "example"})


@pytest.fixture
def app(starter_by_words: Assistant) -> FastAPI:
    app = FastAPI()
    app.mount(MOUNT, build_api(starter_by_words, Answers(starter_by_words)))
    return app


def test_every_curl_command_gets_an_answer(app: FastAPI) -> None:
    client = TestClient(app)
    commands = [line for block in blocks(DOCS, "sh") for line in block.splitlines()]
    assert len(commands) == 6
    for command in commands:
        program, address, *options = shlex.split(command)
        assert program == "curl"
        assert address.startswith(f"{ADDRESS}/api/")
        given = dict(zip(options[::2], options[1::2], strict=True))
        name, _, value = given.get("-H", "Accept: */*").partition(": ")
        parts = urlsplit(address)
        response = client.request(
            "POST" if "-d" in given else "GET",
            f"{parts.path}?{parts.query}",
            content=given.get("-d"),
            headers={name: value},
        )
        assert response.status_code == 200, command
        assert "application/json" in response.headers["Content-Type"]


def test_the_events_are_read_as_shown(app: FastAPI, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = [block for block in blocks(DOCS, "python") if ADDRESS in block]
    with served(app) as (host, port):
        run(code.replace(ADDRESS, f"http://{host}:{port}"))
    said = capsys.readouterr().out
    assert said.startswith("status Søker i dokumentene …\nsvar ")
    assert said.endswith("ferdig \n")


def test_the_settings_of_an_mcp_client_fit_the_command_line() -> None:
    [block] = blocks(DOCS, "json")
    [server] = json.loads(block)["mcpServers"].values()
    parsed = parse_arguments(server["args"])
    assert (server["command"], parsed.verb) == ("assistent", "mcp")
    assert parsed.address == "https://assistent.eksempel.no"
    assert parse_arguments(["mcp", "--http", "8080"]).http == 8080


@pytest.mark.usefixtures("clean_environment")
def test_the_embeddings_search_texts_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = [block for block in blocks(DOCS, "python") if "InMemoryVectorStore" in block]
    run(code)
    assert capsys.readouterr().out == "Kantinen åpner klokken elleve.\n"


@pytest.mark.usefixtures("clean_environment")
def test_the_chain_of_the_readme_runs(
    strategies: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTENT_INDEKS", str(strategies.index))
    readme = (ROOT / "README.md").read_text("utf-8")
    [code] = [block for block in blocks(readme, "python") if "AssistantRetriever" in block]
    assert len([line for line in code.splitlines() if line]) <= 10
    run(code)
    said = capsys.readouterr().out
    assert "Svar med sitater herfra:\n[1] Kommunikasjonsstrategi for Oslo kommune › " in said
    assert "(gjeldende)" in said
    assert "[5] " in said
    assert said.endswith("Hvilke kanaler når innbyggerne?\n")
