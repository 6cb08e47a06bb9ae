"""Spans: what a receiver gets, what it never gets, and that nobody waits for one."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi.testclient import TestClient

from assistent.answering import Assistant
from assistent.errors import SettingsError
from assistent.settings import load_settings
from assistent.web.request_log import HEADER
from assistent.web.server import create_app
from assistent.web.starting import start
from assistent.web.tracing import CLOSING, CLOSING_SECONDS, ENDPOINT, open_tracing
from tests.fakes import TODAY, WordEmbedder, build, small_corpus
from tests.operation.receivers import (
    HELD_SECONDS,
    Receiver,
    attributes,
    nobody_there,
    receiver,
    silent,
)
from tests.web.fake_assistant import BROKEN, FakeAssistant

AT_HOME = "http://127.0.0.1:7860"
QUESTION = "Når åpner kantinen for Quetzalcoatl i Havnegata?"
CANARIES = ("Quetzalcoatl", "Havnegata", "elleve", "kantine.md", "hemmelig-kake", "ola.nordmann")
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GENEROUS = 30.0
"""Seconds for the last spans on a busy machine."""

STEPS = {"guard", "embed", "search", "write", "verify", "total"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("spor")
    build(small_corpus(folder), folder / "indeks")
    return Assistant(folder / "indeks", WordEmbedder(), today=lambda: TODAY)


@contextmanager
def traced(assistant: Any, url: str, *, closing_seconds: float = GENEROUS) -> Iterator[TestClient]:
    """The app with its spans sent to an address; they are when the block ends."""
    tracing = open_tracing({**os.environ, ENDPOINT: url}, closing_seconds=closing_seconds)
    assert tracing is not None
    app = create_app(assistant, load_settings({}), tracing=tracing)
    with TestClient(
        app, base_url=AT_HOME, client=("127.0.0.1", 5000), raise_server_exceptions=False
    ) as client:
        yield client


def by_request(received: Receiver, response: httpx.Response) -> tuple[Any, list[Any]]:
    """Return the span of a request and those below it."""
    spans = received.spans()
    code = response.headers[HEADER]
    (own,) = [each for each in spans if attributes(each).get("assistent.request") == code]
    return own, [each for each in spans if each.parent_span_id == own.span_id]


# --- What a receiver gets ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address", "sent", "route"),
    [
        ("POST", "/api/svar", {"json": {"question": QUESTION}}, "/api/svar"),
        ("POST", "/m", {"data": {"sporsmal": QUESTION}}, "/m"),
        ("GET", "/m", {"params": {"q": QUESTION}}, "/m"),
        ("POST", "/m/svar", {"data": {"sporsmal": QUESTION}}, "/m/svar"),
    ],
)
def test_an_answer_is_a_span_with_its_steps_below(
    assistant: Assistant, method: str, address: str, sent: dict[str, Any], route: str
) -> None:
    with receiver() as received:
        before = time.time_ns()
        with traced(assistant, received.url) as client:
            response = client.request(method, address, **sent)
        after = time.time_ns()
        own, below = by_request(received, response)
        spans = received.spans()
    assert set(received.paths) == {"/v1/traces"}
    assert received.resource()["service.name"] == "assistent"
    assert own.name == f"{method} {route}"
    assert own.kind == own.SPAN_KIND_SERVER
    assert own.parent_span_id == b""
    assert attributes(own) == {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": 200,
        "assistent.request": response.headers[HEADER],
    }
    assert {each.name for each in below} == STEPS
    assert len(spans) == 1 + len(below)
    for each in below:
        assert each.trace_id == own.trace_id
        assert before <= own.start_time_unix_nano <= each.start_time_unix_nano + 50_000_000
        assert each.start_time_unix_nano <= each.end_time_unix_nano <= after
        assert not each.attributes
        assert not each.events


def test_a_question_of_the_chat_has_its_steps_below_the_request_that_brought_it(
    assistant: Assistant,
) -> None:
    with receiver() as received:
        with traced(assistant, received.url) as client:
            asked = {"data": [QUESTION, None], "fn_index": 0, "session_hash": "samtale"}
            joined = client.post("/gradio_api/queue/join", json=asked)
            told = client.get("/gradio_api/queue/data", params={"session_hash": "samtale"})
        _, below = by_request(received, joined)
    assert "process_completed" in told.text
    assert {each.name for each in below} == STEPS


def test_the_callers_trace_goes_on(assistant: Assistant) -> None:
    with receiver() as received:
        with traced(assistant, received.url) as client:
            given = {
                "traceparent": f"00-{TRACE}-{CALLER}-01",
                "tracestate": "leverandor=ola.nordmann",
                "baggage": "hvem=ola.nordmann",
            }
            known = client.post("/api/svar", json={"question": QUESTION}, headers=given)
            not_wanted = {"traceparent": f"00-{TRACE}-{CALLER}-00"}
            client.get("/helse/live", headers=not_wanted)
            odd = [client.get("/helse/live", headers={"traceparent": "00-0-x-æ".encode()})]
            both = [("traceparent", given["traceparent"]), ("traceparent", given["traceparent"])]
            odd.append(client.get("/helse/live", headers=both))
        own, below = by_request(received, known)
        others = [by_request(received, each)[0] for each in odd]
    assert own.trace_id.hex() == TRACE
    assert own.parent_span_id.hex() == CALLER
    assert {each.trace_id.hex() for each in below} == {TRACE}
    assert all(each.trace_id.hex() != TRACE and not each.parent_span_id for each in others)
    assert len(received.spans()) == 1 + len(below) + len(others)
    assert b"ola.nordmann" not in b"".join(received.bodies)


def test_what_fails_is_an_error_with_the_requests_code() -> None:
    with receiver() as received:
        with traced(FakeAssistant(), received.url) as client:
            broken = client.post("/api/svar", json={"question": BROKEN})
            missing = client.get("/finnes-ikke/Havnegata")
        failed, _ = by_request(received, broken)
        unknown, _ = by_request(received, missing)
    assert failed.status.code == failed.status.STATUS_CODE_ERROR
    assert attributes(failed)["http.response.status_code"] == 500
    assert not failed.events
    assert not failed.status.message
    assert unknown.name == "GET -"
    assert unknown.status.code == unknown.status.STATUS_CODE_UNSET


def test_nothing_of_what_was_asked_or_of_who_asked_is_sent(assistant: Assistant) -> None:
    headers = {
        "Cookie": "assistent=hemmelig-kake",
        "User-Agent": "ola.nordmann",
        "X-Forwarded-For": "192.0.2.77",
        "Authorization": "Bearer hemmelig-kake",
    }
    with receiver() as received:
        with traced(assistant, received.url) as client:
            for address in ("/m", "/api/finn", "/kilde/regler/kantine.md", "/finnes-ikke"):
                client.get(address, params={"q": QUESTION, "question": QUESTION}, headers=headers)
            client.post("/api/svar", json={"question": QUESTION}, headers=headers)
            client.post("/m/svar", data={"sporsmal": QUESTION}, headers=headers)
            client.get("/kilde/regler/kantine.md/Havnegata", headers=headers)
            client.request("HAVNEGATA", "/m")
        assert len(received.spans()) > 10
    content = b"".join(received.bodies)
    for canary in (*CANARIES, "192.0.2.77", "HAVNEGATA", "TestClient"):
        assert canary.encode() not in content, canary
    # What is said of the sender names no machine and no user; its number is drawn at each start.
    sender = received.resource()
    assert UUID(sender.pop("service.instance.id")).version == 4
    assert sender.keys() == {
        *("service.name", "telemetry.sdk.language", "telemetry.sdk.name", "telemetry.sdk.version"),
    }
    keys = {each.key for span in received.spans() for each in span.attributes}
    assert keys == {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "assistent.request",
    }


# --- Nobody waits for a receiver -----------------------------------------------------------------


@pytest.mark.parametrize("how", ["nobody", "silent", "slow", "refusing"])
def test_answers_do_not_depend_on_a_receiver(
    assistant: Assistant, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Sent at once, and waited for longer than any test: whoever waits for a receiver is seen to.
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", str(HELD_SECONDS))
    plain = assistant.answer(QUESTION)
    go_on = threading.Event()
    with (
        receiver(after=go_on) as slow,
        receiver(status=503) as refusing,
        silent() as quiet,
    ):
        url = {
            "nobody": nobody_there(),
            "silent": quiet,
            "slow": slow.url,
            "refusing": refusing.url,
        }[how]
        with traced(assistant, url, closing_seconds=0.1) as client:
            for _ in range(40):
                response = client.post("/api/svar", json={"question": QUESTION})
                assert response.status_code == 200
                assert response.json()["text"] == plain.text
        if how in ("silent", "slow"):
            # All is answered and closed, and the sender still waits for its receiver.
            assert CLOSING in {thread.name for thread in threading.enumerate()}
        go_on.set()


# --- Settings ------------------------------------------------------------------------------------


def test_without_an_address_nothing_is_traced() -> None:
    assert open_tracing({}) is None
    assert open_tracing({ENDPOINT: "  "}) is None


@pytest.mark.parametrize(
    "address",
    ["localhost:4318", "grpc://vert:4317", "http:///sti", "http://vert:x", "http://v/?a=b"],
)
def test_what_is_no_address_is_said_without_repeating_it(address: str) -> None:
    with pytest.raises(SettingsError, match=ENDPOINT) as caught:
        open_tracing({ENDPOINT: address})
    assert address not in str(caught.value)


def test_without_the_extra_the_start_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # As where the module is missing: the import raises.
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:4318")
    with pytest.raises(SettingsError, match=r"pip install .*\.\[sporing\]"):
        start(load_settings({}))


def test_without_an_address_the_extra_is_not_needed() -> None:
    script = (
        "import sys\n"
        "sys.modules['opentelemetry.exporter.otlp.proto.http'] = None\n"
        "import assistent.web.server, assistent.web.tracing as tracing\n"
        "assert tracing.open_tracing({}) is None\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


def test_a_setting_of_the_library_that_cannot_be_used_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "-1")
    with pytest.raises(SettingsError, match="OTEL_"):
        open_tracing({ENDPOINT: "http://127.0.0.1:4318"})


# --- A process of its own ------------------------------------------------------------------------

_SERVER = """
import sys
from pathlib import Path
from assistent.answering import Assistant
from assistent.settings import load_settings
from assistent.web.logs import configure_logging
from assistent.web.server import create_app, serve
from assistent.web.tracing import open_tracing
from tests.fakes import TODAY, WordEmbedder

settings = load_settings()
configure_logging(settings.log_form)
assistant = Assistant(Path(sys.argv[1]), WordEmbedder(), today=lambda: TODAY)
tracing = open_tracing(closing_seconds=float(sys.argv[2]))
serve(create_app(assistant, settings, tracing=tracing), settings)
"""


def ended(folder: Path, url: str, *, closing_seconds: float) -> str:
    """Run a server, ask it something, end it; return its log."""
    build(small_corpus(folder), folder / "indeks")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTENT_")}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(folder / "indeks"), str(closing_seconds)],
        env={
            **environment,
            "ASSISTENT_PORT": str(port),
            ENDPOINT: url,
            "OTEL_EXPORTER_OTLP_TIMEOUT": str(HELD_SECONDS),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdout.readline()  # where it can be opened
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(5):
            asked = client.post("/api/svar", json={"question": QUESTION})
            assert asked.status_code == 200
    server.send_signal(signal.SIGTERM)
    # One that waits for its receiver is still there then.
    _, log = server.communicate(timeout=HELD_SECONDS / 4)
    return log


def test_a_server_that_is_told_to_end_sends_its_last_spans(tmp_path: Path) -> None:
    with receiver() as received:
        log = ended(tmp_path, received.url, closing_seconds=GENEROUS)
    names = [each.name for each in received.spans()]
    assert names.count("POST /api/svar") == 5
    assert names.count("search") == 5
    assert "opentelemetry" not in log


@pytest.mark.parametrize("how", ["nobody", "silent"])
def test_a_server_that_is_told_to_end_waits_for_no_receiver(tmp_path: Path, how: str) -> None:
    with silent() as quiet:
        url = quiet if how == "silent" else nobody_there()
        log = ended(tmp_path, url, closing_seconds=CLOSING_SECONDS)
    assert len(re.findall(r"opentelemetry", log)) <= 1  # one line a minute at most
    assert "Traceback" not in log
    assert "Quetzalcoatl" not in log
