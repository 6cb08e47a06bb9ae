"""The adapter to chat models against servers that do everything wrong, and one that is real."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda
from pydantic import SecretStr

from assistent.chat import ChatError, ChatFault, LangChainModel, load_chat_model
from assistent.chat.gate import Gate
from assistent.chat.reading import MAX_CHARACTERS
from assistent.errors import SettingsError
from tests.chat_servers import Prompt, Scenario, ScriptedServer
from tests.chat_servers.replies import FAULTS, honest
from tests.chat_servers.scripted import RETRY_AFTER

ROOT = Path(__file__).resolve().parent.parent
SYSTEM = "Svar bare med setningene."
USER = "<setninger>\n[1] Kommunen skal bruke klart språk.\n[2] Bruk få kanaler.\n</setninger>\nHva?"
KEY = SecretStr("sk-hemmelig")
LOADING = 120.0
# Long enough for a server on the same machine, short enough for a test of one that hangs.
SHORT = 1.0
# Nothing here measures speed: this only tells "in time" from "never".
GENEROUS = 8.0


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """One server for all; a test sets its scenario and looks at what came after it began."""
    with ScriptedServer(Scenario.HONEST) as running:
        yield running


@pytest.fixture(scope="module")
def loaded(server: ScriptedServer) -> ScriptedServer:
    """The same, after LangChain has been imported once, which takes seconds."""
    list(chat_model(server).stream(SYSTEM, USER, seconds=LOADING))
    return server


@pytest.fixture
def fresh(loaded: ScriptedServer) -> ScriptedServer:
    """The same, with nothing seen yet."""
    loaded.scenario = Scenario.HONEST
    loaded.seen.clear()
    return loaded


def chat_model(server: ScriptedServer, **changes: Any) -> LangChainModel:
    return load_chat_model("openai:skript", url=server.url, **changes)


def said(model: LangChainModel, seconds: float = GENEROUS) -> str:
    return "".join(model.stream(SYSTEM, USER, seconds=seconds))


# --- What can be set -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "url", "key", "message"),
    [
        ("gemma3", None, None, "ASSISTENT_CHATMODELL kan ikke ha verdien «gemma3»"),
        ("openai:", None, "k", "ASSISTENT_CHATMODELL kan ikke ha verdien «openai:»"),
        ("ollama:gemma3", None, None, "openai, azure_openai, anthropic eller mistralai"),
        ("openai:gpt", None, None, "ASSISTENT_CHATMODELL_NOEKKEL mangler"),
        ("azure_openai:svar", None, "k", "ASSISTENT_CHATMODELL_URL mangler"),
        ("openai:gpt", "localhost:8000/v1", None, "verdien «localhost:8000/v1»"),
        ("openai:gpt", "ftp://x/v1", None, "verdien «ftp://x/v1»"),
        ("openai:gpt", "http:///v1", None, "verdien «http:///v1»"),
        ("openai:gpt", "http://x:99999/v1", None, "verdien «http://x:99999/v1»"),
        ("openai:gpt", "http://x/v1?key=1", None, "uten noe etter «?»"),
        ("openai:gpt", "http://meg:passord@x/v1", None, "verdien «http://…@x/v1»"),
        ("openai:gpt", "http://x/v1 ", None, "ASSISTENT_CHATMODELL_URL kan ikke"),
        ("openai:gpt", None, "to ord", "ASSISTENT_CHATMODELL_NOEKKEL har mellomrom"),
        ("openai:gpt", None, "nøkkel", "Kopier den på nytt."),
    ],
)
def test_what_cannot_work_is_said_at_the_start(
    name: str, url: str | None, key: str | None, message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_chat_model(name, url=url, key=SecretStr(key) if key else None)
    text = str(caught.value)
    assert message in text
    assert "\n" not in text
    assert not any(secret in text for secret in ("passord", "to ord", "nøkkel «"))


@pytest.mark.parametrize(
    ("provider", "package", "extra"),
    [
        ("anthropic", "langchain_anthropic", "anthropic"),
        ("mistralai", "langchain_mistralai", "mistral"),
    ],
)
def test_a_missing_package_is_said_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch, provider: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SettingsError, match=f"--editable '.\\[{extra}\\]'"):
        load_chat_model(f"{provider}:stor", key=KEY)


def test_loading_imports_nothing_of_langchain() -> None:
    script = (
        "import sys, assistent.compose\n"
        "from assistent.chat import load_chat_model\n"
        "load_chat_model('openai:x', url='http://127.0.0.1:9/v1')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'langchain', 'langchain_core', 'langchain_openai', 'openai', 'langsmith'}))"
    )
    assert run(script) == "[]"


def run(script: str, **variables: str) -> str:
    """Run a script in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- What is sent and what comes back ------------------------------------------------------------


def test_a_reply_comes_in_pieces_and_whole(fresh: ScriptedServer) -> None:
    pieces = list(chat_model(fresh).stream(SYSTEM, USER, seconds=GENEROUS))
    assert len(pieces) > 5
    assert "".join(pieces) == honest(Prompt(SYSTEM, USER))


def test_the_request_is_plain_and_bounded(fresh: ScriptedServer) -> None:
    said(chat_model(fresh, key=KEY))
    (seen,) = fresh.seen
    assert (seen.prompt.system, seen.prompt.user) == (SYSTEM, USER)
    assert seen.headers["authorization"] == "Bearer sk-hemmelig"
    assert seen.body["temperature"] == 0
    assert 0 < seen.body["max_tokens"] <= 2000
    assert set(seen.body) == {"model", "messages", "stream", "temperature", "max_tokens"}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("openai:gemma3:4b", "/v1/chat/completions"),
        ("azure_openai:svar", "/openai/deployments/svar/chat/completions?api-version="),
        ("anthropic:stor", "/v1/messages"),
        ("mistralai:stor", "/v1/chat/completions"),
    ],
)
@pytest.mark.parametrize("schema", [None, {"type": "object", "properties": {}}])
def test_every_provider_speaks(
    fresh: ScriptedServer, name: str, path: str, schema: dict[str, Any] | None
) -> None:
    rooted = name.startswith(("azure", "anthropic"))
    url = fresh.url.removesuffix("/v1") if rooted else fresh.url
    model = load_chat_model(name, url=url, key=KEY)
    text = "".join(model.stream(SYSTEM, USER, seconds=LOADING, schema=schema))
    (seen,) = fresh.seen
    assert model.name == name
    assert seen.path.startswith(path)
    assert (seen.prompt.system, seen.prompt.user) == (SYSTEM, USER)
    assert seen.body["stream"] is True
    assert seen.body["temperature"] == 0
    assert 0 < (seen.body.get("max_completion_tokens") or seen.body["max_tokens"]) <= 2000
    assert ("json_schema" in str(seen.body)) == (schema is not None)
    assert "Kommunen skal bruke klart språk." in text
    assert (text[0] == "{") == bool(schema)


def test_no_temperature_for_a_model_that_refuses_one(fresh: ScriptedServer) -> None:
    said(load_chat_model("openai:o3-mini", url=fresh.url))
    assert "temperature" not in fresh.seen[0].body


# --- What goes wrong -----------------------------------------------------------------------------

EXPECTED = {
    Scenario.WHITESPACE: ChatFault.RUBBISH,
    Scenario.EMPTY: ChatFault.RUBBISH,
    Scenario.FLOOD: ChatFault.RUBBISH,
    Scenario.LONG_LINE: ChatFault.RUBBISH,
    Scenario.CUT_AT_LIMIT: ChatFault.RUBBISH,
    Scenario.BROKEN_JSON: ChatFault.RUBBISH,
    Scenario.GARBAGE: ChatFault.RUBBISH,
    Scenario.ENDLESS_LINE: ChatFault.RUBBISH,
    Scenario.NO_SCHEMA: ChatFault.REFUSED,
    Scenario.DENIED: ChatFault.REFUSED,
    Scenario.NOT_FOUND: ChatFault.REFUSED,
    Scenario.REDIRECT: ChatFault.REFUSED,
    Scenario.SLOW_FIRST_BYTE: ChatFault.SLOW,
    Scenario.SLOW_DRIP: ChatFault.SLOW,
    Scenario.HANG_BEFORE_HEADERS: ChatFault.SLOW,
    Scenario.HANG_MID_STREAM: ChatFault.SLOW,
    Scenario.RESET_MID_STREAM: ChatFault.DOWN,
    Scenario.CLOSED_MID_STREAM: ChatFault.DOWN,
    Scenario.ERROR_IN_STREAM: ChatFault.DOWN,
    Scenario.GARBAGE_BEFORE_HEADERS: ChatFault.DOWN,
    Scenario.OVERLOADED: ChatFault.DOWN,
    Scenario.SERVER_ERROR: ChatFault.DOWN,
    Scenario.QUOTA: ChatFault.QUOTA,
}


@pytest.mark.parametrize("scenario", FAULTS, ids=lambda scenario: scenario.name)
def test_every_fault_ends_in_time_with_its_name(fresh: ScriptedServer, scenario: Scenario) -> None:
    fresh.scenario = scenario
    schema = {"type": "object"} if scenario is Scenario.NO_SCHEMA else None
    # What floods is read to its bound; what hangs has its deadline.
    seconds = SHORT if EXPECTED[scenario] is ChatFault.SLOW else GENEROUS
    pieces: list[str] = []
    with pytest.raises(ChatError) as caught:
        pieces.extend(chat_model(fresh).stream(SYSTEM, USER, seconds=seconds, schema=schema))
    assert caught.value.fault is EXPECTED[scenario]
    assert len("".join(pieces)) <= MAX_CHARACTERS
    assert len(fresh.seen) == 1, "it tried again by itself, or followed a redirect"
    assert fresh.wait_until_idle()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "https", "http://finnes.invalid/v1"])
def test_a_server_that_is_not_there_is_down(fresh: ScriptedServer, url: str) -> None:
    address = fresh.url.replace("http:", "https:") if url == "https" else url
    with pytest.raises(ChatError) as caught:
        said(load_chat_model("openai:skript", url=address))
    assert caught.value.fault is ChatFault.DOWN
    assert fresh.wait_until_idle()


@pytest.mark.parametrize("name", ["anthropic:stor", "mistralai:stor"])
@pytest.mark.parametrize(
    "scenario",
    [
        Scenario.QUOTA,
        Scenario.DENIED,
        Scenario.SERVER_ERROR,
        Scenario.RESET_MID_STREAM,
        Scenario.HANG_MID_STREAM,
        Scenario.CUT_AT_LIMIT,
        Scenario.FLOOD,
    ],
    ids=lambda scenario: scenario.name,
)
def test_the_other_providers_fail_alike(
    fresh: ScriptedServer, name: str, scenario: Scenario
) -> None:
    url = fresh.url.removesuffix("/v1") if name.startswith("anthropic") else fresh.url
    model = load_chat_model(name, url=url, key=KEY)
    said_so_far = "".join(model.stream(SYSTEM, USER, seconds=LOADING))
    assert said_so_far
    fresh.seen.clear()
    fresh.scenario = scenario
    with pytest.raises(ChatError) as caught:
        said(model, SHORT if scenario is Scenario.HANG_MID_STREAM else GENEROUS)
    assert caught.value.fault is EXPECTED[scenario]
    assert len(fresh.seen) == 1
    assert fresh.wait_until_idle()


def test_nothing_is_left_behind(fresh: ScriptedServer) -> None:
    fresh.scenario = Scenario.HANG_MID_STREAM
    threads = threading.active_count()
    for _ in range(10):
        stream = chat_model(fresh).stream(SYSTEM, USER, seconds=LOADING)
        assert next(stream)
        stream.close()
    assert fresh.wait_until_idle()
    # The shared loop may have started a few workers for name look-ups, but not one for each call.
    assert threading.active_count() < threads + 10


def test_nothing_secret_is_logged_or_raised(
    fresh: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for scenario in (Scenario.HONEST, Scenario.DENIED, Scenario.ERROR_IN_STREAM, Scenario.GARBAGE):
        fresh.scenario = scenario
        model = chat_model(fresh, key=KEY)
        assert "hemmelig" not in f"{model!r} {vars(model)}"
        try:
            said(model)
        except ChatError as error:
            told = "".join(traceback.format_exception(error))
            assert "hemmelig" not in told
            assert "klart språk" not in told
    assert "refuses" in caplog.text
    assert "hemmelig" not in caplog.text
    assert "klart språk" not in caplog.text


# --- How many, and when not ----------------------------------------------------------------------


def test_one_too_many_is_told_at_once(fresh: ScriptedServer) -> None:
    model = chat_model(fresh, at_once=1)
    fresh.scenario = Scenario.HANG_MID_STREAM
    first = model.stream(SYSTEM, USER, seconds=LOADING)
    assert next(first)
    with pytest.raises(ChatError) as caught:
        said(model)
    assert caught.value.fault is ChatFault.BUSY
    first.close()
    fresh.scenario = Scenario.HONEST
    assert said(model)
    assert len(fresh.seen) == 2


def test_a_server_over_its_quota_is_left_alone(fresh: ScriptedServer) -> None:
    model = chat_model(fresh)
    fresh.scenario = Scenario.QUOTA
    for _ in range(3):
        with pytest.raises(ChatError) as caught:
            said(model)
        assert caught.value.fault is ChatFault.QUOTA
    assert len(fresh.seen) == 1


def test_a_server_that_is_down_is_left_alone_after_three_tries(fresh: ScriptedServer) -> None:
    model = chat_model(fresh)
    fresh.scenario = Scenario.SERVER_ERROR
    for _ in range(6):
        with pytest.raises(ChatError):
            said(model)
    assert len(fresh.seen) == 3


class Clock:
    """Seconds that pass only when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(gate: Gate) -> ChatFault | None:
    """Try to enter; None if that went well."""
    try:
        gate.enter()
    except ChatError as error:
        return error.fault
    return None


def failed(gate: Gate, fault: ChatFault, wait: float | None = None) -> None:
    assert opened(gate) is None
    gate.leave(fault, wait=wait)


@pytest.mark.parametrize(
    ("fault", "wait", "pause"),
    [
        (ChatFault.QUOTA, float(RETRY_AFTER), RETRY_AFTER),
        (ChatFault.QUOTA, None, 10),
        (ChatFault.QUOTA, 0.0, 10),
        (ChatFault.QUOTA, -50.0, 1),
        (ChatFault.QUOTA, 86_400.0, 120),
        (ChatFault.DOWN, 3.0, 3),
        (ChatFault.REFUSED, None, 60),
    ],
)
def test_how_long_a_server_is_left_alone(fault: ChatFault, wait: float | None, pause: int) -> None:
    clock = Clock()
    gate = Gate(5, clock)
    failed(gate, fault, wait)
    clock.now += pause - 0.01
    assert opened(gate) is fault
    clock.now += 0.02
    assert opened(gate) is None


def test_pauses_grow_until_it_goes_well_again() -> None:
    clock = Clock()
    gate = Gate(5, clock)
    for _ in range(2):
        failed(gate, ChatFault.SLOW)
    for pause in (10, 20, 40, 80, 120, 120):
        failed(gate, ChatFault.DOWN)
        clock.now += pause - 0.01
        assert opened(gate) is ChatFault.DOWN
        clock.now += 0.02
    assert opened(gate) is None
    gate.leave(None)
    failed(gate, ChatFault.DOWN)
    assert opened(gate) is None


def test_after_a_pause_one_tries_and_the_others_wait() -> None:
    clock = Clock()
    gate = Gate(5, clock)
    failed(gate, ChatFault.QUOTA, 5.0)
    clock.now += 6
    assert opened(gate) is None
    assert opened(gate) is ChatFault.QUOTA
    gate.leave(None)
    assert opened(gate) is None
    assert opened(gate) is None


# --- Nothing tells anybody else ------------------------------------------------------------------


class Spy(BaseCallbackHandler):
    """Notes which runs a tracer of the caller's would see."""

    def __init__(self) -> None:
        self.saw: list[str] = []

    def on_chat_model_start(self, serialized: Any, messages: Any, **rest: Any) -> None:
        self.saw.append(f"chat model {messages} {serialized} {rest}")

    def on_chain_start(self, serialized: Any, inputs: Any, **rest: Any) -> None:
        self.saw.append(f"chain {inputs}" if not serialized else f"{serialized} {rest}")


def test_whoever_traces_the_caller_does_not_see_the_prompt(fresh: ScriptedServer) -> None:
    model, spy = chat_model(fresh), Spy()
    RunnableLambda(lambda _: said(model)).invoke("x", config={"callbacks": [spy]})
    assert spy.saw == ["chain x"]


def test_no_variable_of_the_libraries_leads_a_prompt_elsewhere(fresh: ScriptedServer) -> None:
    script = (
        "from assistent.chat import load_chat_model\n"
        f"model = load_chat_model('openai:skript', url={fresh.url!r})\n"
        "print(''.join(model.stream('s', 'u', seconds=100)))\n"
        "from langsmith import utils\n"
        "assert utils.tracing_is_enabled()\n"
    )
    with ScriptedServer(Scenario.HONEST) as other:
        address = other.url
        printed = run(
            script,
            LANGSMITH_TRACING="true",
            LANGCHAIN_TRACING_V2="true",
            LANGSMITH_ENDPOINT=address,
            LANGSMITH_API_KEY="k",
            LANGSMITH_GATEWAY=address,
            OPENAI_BASE_URL=address,
            OPENAI_API_BASE=address,
            OPENAI_API_KEY="sk-fremmed",
            OPENAI_PROXY=address,
        )
        assert printed == "INGENTING"
        assert other.connections == 0
    assert fresh.seen[0].headers["authorization"] == "Bearer ingen"


# --- A real server -------------------------------------------------------------------------------


def test_a_real_server_streams(llama_url: str) -> None:
    model = load_chat_model("openai:gemma", url=llama_url)
    stream = model.stream("Fortsett teksten.", "Oslo er", seconds=LOADING)
    assert len(list(islice(stream, 5))) == 5
    stream.close()


def test_a_real_server_holds_the_model_to_a_schema(llama_url: str) -> None:
    model = load_chat_model("openai:gemma", url=llama_url)
    schema = {
        "type": "object",
        "properties": {"tall": {"type": "integer", "enum": [3, 5]}},
        "required": ["tall"],
        "additionalProperties": False,
    }
    text = "".join(model.stream("Velg et tall.", "1, 2, 4?", seconds=LOADING, schema=schema))
    assert text.replace(" ", "").replace("\n", "") in {'{"tall":3}', '{"tall":5}'}
