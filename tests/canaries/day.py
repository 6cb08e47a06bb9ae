"""A day of operation in which secrets are written everywhere somebody could write them.

The whole product runs in processes of its own, signed in to with a real provider, with the fullest
journal, in folders that hold nothing else. The fødselsnummer is in every field of every page and
of the API, in addresses and headers, in what is not JSON and too long; the chat server repeats the
API key in every error; the session cookie is sent along with everything.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from assistent.embedding import load_embedder
from assistent.ingestion import build_index
from assistent.journal import Reason
from assistent.readers.sandbox import SafeReader
from assistent.texts_editors import FILE_NAMES
from tests.access.providers import CLIENT, honest_provider, register
from tests.canaries.traces import Traces
from tests.canaries.values import Canary, birth_number, secret
from tests.chat_servers import Scenario, ScriptedServer
from tests.fakes import small_corpus
from tests.faults.app_process import ROOT, App, running_app

_QUESTION = "Når åpner kantinen?"
_ODD = (
    Scenario.DENIED,
    Scenario.QUOTA,
    Scenario.SERVER_ERROR,
    Scenario.ERROR_IN_STREAM,
    Scenario.BROKEN_JSON,
)
_COOKIE = "assistent"
_DOCUMENT = "regler/kantine.md"
_SSE = {"Accept": "text/event-stream"}


@dataclass(frozen=True)
class Day:
    """Who writes the secrets, and where the answers to that are looked through."""

    app: App
    client: httpx.Client
    number: str
    traces: Traces

    def send(self, method: str, address: str, **more: Any) -> httpx.Response:
        """Send a request; look through what comes back."""
        response = self.client.request(method, address, **more)
        self.traces.look_through("replies to the sender", f"{method} {address}", response.content)
        return response


def spend_day(folder: Path, model: Path, **settings: str) -> Traces:
    """Spend it and return what was found.

    Args:
        folder: an empty one, in which all else that is used keeps its files, too.
        model: the prepared embedding model.
        settings: what is set beside our own, without the prefix.
    """
    number, key = birth_number(), secret("API key", "sk-")
    client_secret = secret("client secret")
    corpus = small_corpus(folder)
    build_index(corpus, folder / "indeks", load_embedder(model, None), SafeReader)
    own = {name: folder / name for name in ("hjem", "midlertidig")}
    for each in own.values():
        each.mkdir()
    with ExitStack() as stack:
        chat = stack.enter_context(ScriptedServer(Scenario.HONEST))
        issuer = stack.enter_context(honest_provider())
        register(issuer, "kim", name="Kim Redaktør", groups=["redaksjon", "drift"])
        stack.enter_context(_environment(own))
        app = stack.enter_context(
            running_app(
                folder,
                folder / "indeks",
                MODELL_MAPPE=str(model),
                KORPUS=str(corpus),
                JOURNAL="full",
                LOGG="json",
                OIDC_UTSTEDER=issuer,
                OIDC_KLIENT=CLIENT,
                OIDC_HEMMELIGHET=client_secret.value,
                GRUPPER_REDAKTOER="redaksjon",
                GRUPPER_DRIFT="drift",
                CHATMODELL="openai:skript",
                CHATMODELL_URL=chat.url,
                CHATMODELL_NOEKKEL=key.value,
                CHATMODELL_FRIST="2",
                **settings,
            )
        )
        client = stack.enter_context(_signed_in(app))
        cookie = Canary("session cookie", (client.cookies[_COOKIE],))
        traces = Traces((number, key, client_secret, cookie))
        day = Day(app, client, number.written[1], traces)
        for scenario in (Scenario.HONEST, *_ODD):
            chat.scenario = scenario
            _ask_everywhere(day)
        _write_everywhere(day)
        _call_every_route(day, number.value)
        _use_the_command_line(day, folder / "indeks", corpus, model)
        metrics = client.get("/helse/metrikk")
        assert metrics.status_code == 200
        traces.look_through("metrics", "/helse/metrikk", metrics.content)
        for number_seen, seen in enumerate(chat.seen):
            body = json.dumps(seen.body, ensure_ascii=False)
            traces.look_through("what the chat server gets", str(number_seen), body)
        _look_at_disk(traces, folder, corpus)
        app.terminate()
        app.process.wait(30)
        _look_at_disk(traces, folder, corpus)
    return traces


@contextmanager
def _environment(own: Mapping[str, Path]) -> Iterator[None]:
    """Give what is started a home and a temporary folder of its own."""
    changed = {
        "HOME": str(own["hjem"]),
        "TMPDIR": str(own["midlertidig"]),
        "XDG_DATA_HOME": str(own["hjem"] / "data"),
        "XDG_CACHE_HOME": str(own["hjem"] / "mellomlager"),
        "XDG_RUNTIME_DIR": str(own["midlertidig"]),
    }
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _signed_in(app: App) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=app.url, timeout=60, headers={"Origin": app.url}) as client:
        to_provider = client.get("/inn").headers["Location"]
        back = httpx.post(to_provider, data={"sub": "kim"}).headers["Location"]
        assert client.get(back).status_code in (200, 303)
        assert client.cookies[_COOKIE]
        yield client


def _ask_everywhere(day: Day) -> None:
    """Ask in every way, with the number in the question and without it."""
    history = [
        {"role": "user", "content": f"Jeg heter {day.number}"},
        {"role": "assistant", "content": f"{day.number} er notert."},
    ]
    for question in (f"{_QUESTION} Jeg er {day.number}", _QUESTION):
        asked = {"question": question, "history": history}
        day.send("POST", "/api/svar", json=asked)
        day.send("POST", "/api/svar", json=asked, headers=_SSE)
        day.send("POST", "/api/finn", json=asked)
        day.send("GET", "/api/finn", params={"question": question})
        day.send("POST", "/m", data={"sporsmal": question, "samtale": json.dumps(history)})
        day.send("POST", "/m/svar", data={"sporsmal": question}, headers=_SSE)
        day.send("GET", "/m", params={"q": question})
        _ask_on_the_page(day, question)


def _ask_on_the_page(day: Day, question: str) -> None:
    """Ask as the script of the page for wide screens does."""
    page = day.client.get("/", params={"visning": "full"}).text
    config = json.loads(re.findall(r"window\.gradio_config = (.*?);</script>", page)[0])
    asking = next(each for each in config["dependencies"] if len(each["inputs"]) == 2)
    join = {"data": [question, None], "fn_index": asking["id"], "session_hash": "kanari"}
    assert day.send("POST", "/gradio_api/queue/join", json=join).status_code == 200
    shown = day.send("GET", "/gradio_api/queue/data", params={"session_hash": "kanari"})
    assert "process_completed" in shown.text


def _write_everywhere(day: Day) -> None:
    """Write the number in every other field there is."""
    said = day.send("POST", "/api/svar", json={"question": _QUESTION}).json()["reference"]
    for text in (f"Ring {day.number}", "Bra svar"):
        given = {"svar": said, "nyttig": "nei", "arsak": Reason.OTHER, "tekst": text}
        day.send("POST", "/tilbakemelding", data=given)
        day.send("POST", "/tilbakemelding", data={**given, "epost": f"{day.number}@example.no"})
        day.send(
            "POST", "/api/tilbakemelding", json={"reference": said, "useful": False, "text": text}
        )
    listed = day.send("GET", "/redaksjon/tilbakemeldinger").text
    for identity in re.findall(r'/redaksjon/tilbakemeldinger/([2-9a-z]{10})"', listed):
        note = {"status": "løst", "notat": f"Gjelder {day.number}"}
        day.send("POST", f"/redaksjon/tilbakemeldinger/{identity}", data=note)
    question = {"sporsmal": f"Hva med {day.number}?", "dokument": _DOCUMENT, "sitat": day.number}
    day.send("POST", "/redaksjon/sporsmal", data=question)
    day.send("POST", "/redaksjon/sporsmal", data={**question, "sitat": "Kantinen"})
    for name in FILE_NAMES:
        day.send("GET", f"/redaksjon/eksport/{name}.csv")
    form = {"sak": day.number, "tittel": day.number, "ansatte": "ja", "notat": day.number}
    for address in ("/beslutning", "/beslutning/kvittering"):
        day.send("POST", address, data=form)
    for ending in ("docx", "pdf", "md"):
        day.send("POST", f"/beslutning/kvittering.{ending}", data=form)
        day.send("POST", f"/beslutning/plan.{ending}", data=form)
    day.send("GET", "/kanal", params={"maalgruppe": day.number, "melding": day.number})


def _call_every_route(day: Day, number: str) -> None:
    """Call each route with the number in its address, its query, its headers and its body."""
    described = day.client.get("/api/openapi.json").json()["paths"]
    paths = {re.sub(r"\{\w+\}", number, f"/api{path}") for path in described}
    paths |= {f"/kilde/{number}", f"/{number}", f"/m/{number}", f"/redaksjon/eksport/{number}.csv"}
    paths |= {"/api/svar", "/m", "/m/svar", "/beslutning", "/tilbakemelding", "/inn", "/om"}
    headers = {"User-Agent": number, "Referer": f"{day.app.url}/m?q={number}", "X-Navn": number}
    bodies: tuple[dict[str, Any], ...] = (
        {"json": {"question": [number], "history": number, number: number}},
        {"content": f'{{"question": "{number}'.encode()},
        {"content": f"sporsmal={number}&".encode() * 6000},
        {"data": {"sporsmal": number, number: number}},
    )
    for path in sorted(paths):
        for more in ({}, *bodies):
            method = "POST" if more else "GET"
            # Of what is too long, nobody waits for the end.
            with suppress(httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
                day.send(method, path, params={"q": number}, headers=headers, **more)


def _use_the_command_line(day: Day, index: Path, corpus: Path, model: Path) -> None:
    """Ask on the command line and by MCP; look through what comes back."""
    environment = {
        **os.environ,
        "ASSISTENT_INDEKS": str(index),
        "ASSISTENT_KORPUS": str(corpus),
        "ASSISTENT_MODELL_MAPPE": str(model),
    }
    asked = f"{_QUESTION} Jeg er {day.number}"
    program = [sys.executable, "-m", "assistent.cli"]
    for verb in ("svar", "finn"):
        done = subprocess.run(
            [*program, verb, asked], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        day.traces.look_through("command line", verb, done.stdout + done.stderr)
    server = StdioServerParameters(
        command=program[0], args=[*program[1:], "mcp"], env=environment, cwd=ROOT
    )

    async def use_tools() -> list[CallToolResult]:
        async with Client(server) as client:
            texts = ({"question": asked}, {"question": [asked]}, {asked: asked})
            tools = (await client.list_tools()).tools
            return [await client.call_tool(tool.name, text) for tool in tools for text in texts]

    for result in asyncio.run(asyncio.wait_for(use_tools(), 120)):
        day.traces.look_through("MCP", "a tool", result.model_dump_json())


def _look_at_disk(traces: Traces, folder: Path, corpus: Path) -> None:
    places = {
        "logs": sorted(folder.glob("*.log")),
        "journal": sorted(folder.glob("assistent.db*")),
        "index and Chroma": [folder / "indeks"],
        "temporary folders": [folder / "midlertidig"],
        "home": [folder / "hjem"],
    }
    known: list[Path] = []
    for place, paths in places.items():
        for path in paths:
            known.append(path)
            if path.is_dir():
                traces.look_below(place, path)
            else:
                traces.look_through(place, path.name, path.read_bytes())
    traces.look_below("the rest of the disk", folder, but=known)
    assert corpus.is_dir()
