"""The MCP server as a client meets it: the SDK's own, over standard input and output and HTTP."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from assistent import forms, texts_mcp
from assistent.answering import Assistant
from assistent.errors import AssistantError
from assistent.exchange.records import answer_as_json
from assistent.mcp_server import build_tools, create_server, http_app, serve_http
from assistent.types import Source
from assistent.web.addresses import viewer_address
from tests.conftest import Built
from tests.fakes import TODAY
from tests.serving import served

ROOT = Path(__file__).resolve().parent.parent
PAGE = "https://assistent.eksempel.no"
SECRET = "01017012345"
QUESTION = "Hvordan skal vi skrive?"
T = TypeVar("T")


def viewer(source: Source) -> str:
    return f"{PAGE}{viewer_address(source)}"


def with_client(target: Any, work: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Client(target) as client:
            return await work(client)

    return asyncio.run(asyncio.wait_for(run(), 60))


@pytest.fixture(scope="module")
def call(starter_by_words: Assistant) -> Callable[..., CallToolResult]:
    """Call a tool of a server in this process, with the SDK's client."""
    server = create_server(build_tools(starter_by_words, viewer, today=lambda: TODAY))

    def call_tool(name: str, **arguments: Any) -> CallToolResult:
        return with_client(server, lambda client: client.call_tool(name, arguments))

    return call_tool


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


ARGUMENTS: Mapping[str, dict[str, Any]] = {
    "svar": {"question": QUESTION},
    "finn": {"question": "Hvilke kanaler når innbyggerne?", "k": 3},
    "kanal": {"audience": "innbyggere", "message": forms.PERSONAL, "urgency": forms.DANGER},
    "sjekk": {"replies": {"ansatte": "ja", "krise": "usikker"}},
}


def test_each_tool_gives_what_its_schema_says(starter_by_words: Assistant) -> None:
    server = create_server(build_tools(starter_by_words, viewer, today=lambda: TODAY))

    async def work(client: Client) -> None:
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == list(ARGUMENTS)
        for tool in listed.tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert tool.output_schema is not None
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator(tool.input_schema).validate(ARGUMENTS[tool.name])
            result = await client.call_tool(tool.name, ARGUMENTS[tool.name])
            assert not result.is_error
            Draft202012Validator(tool.output_schema).validate(result.structured_content)

    with_client(server, work)


def test_the_tools_say_in_norwegian_when_to_use_them_and_to_keep_quotes(
    starter_by_words: Assistant,
) -> None:
    server = create_server(build_tools(starter_by_words, viewer))

    async def work(client: Client) -> None:
        assert client.instructions == texts_mcp.INSTRUCTIONS
        for tool in (await client.list_tools()).tools:
            assert (tool.title, tool.description) == texts_mcp.TOOLS[tool.name]
            assert tool.description.startswith("Bruk dette når ")
            for field in tool.input_schema["properties"].values():
                assert field["description"].endswith(".")

    with_client(server, work)
    assert "ordrett" in texts_mcp.INSTRUCTIONS
    for name in ("svar", "finn"):
        assert "ordrett" in texts_mcp.TOOLS[name][1]


def test_an_answer_comes_as_text_with_quotes_and_addresses(
    call: Callable[..., CallToolResult], starter_by_words: Assistant
) -> None:
    result = call("svar", question=QUESTION)
    expected = answer_as_json(starter_by_words.answer(QUESTION), viewer)
    record = result.structured_content
    assert {**record, "milliseconds": 0} == {**expected, "milliseconds": 0}
    said = text_of(result)
    assert said.startswith(record["text"])
    for notice in record["notices"]:
        assert notice in said
    for source in record["sources"]:
        assert " ".join(source["quote"].split()) in " ".join(said.split())
        assert f"({source['standing']})" in said
        assert source["viewer"].startswith(f"{PAGE}/kilde/")
        assert source["viewer"] in said


def test_a_search_comes_as_text_with_standing_and_addresses(
    call: Callable[..., CallToolResult],
) -> None:
    result = call("finn", **ARGUMENTS["finn"])
    said = text_of(result)
    hits = result.structured_content["hits"]
    assert len(hits) == 3
    for hit in hits:
        assert hit["title"] in said
        assert f"({hit['standing']}, " in said
        assert hit["viewer"] in said


def test_danger_to_life_comes_first(call: Callable[..., CallToolResult]) -> None:
    for name in ("kanal", "sjekk"):
        result = call(name, **ARGUMENTS[name])
        assert result.structured_content["crisis"]
        assert text_of(result).startswith("Er liv eller helse i fare?")


def test_personal_data_are_stopped_and_not_repeated(call: Callable[..., CallToolResult]) -> None:
    answer = call("svar", question=f"Kari er syk, {SECRET}. Hva skriver vi?")
    assert answer.structured_content["outcome"] == "personal_data"
    search = call("finn", question=f"{SECRET} klager")
    assert search.is_error
    assert "personopplysninger" in text_of(search)
    for result in (
        answer,
        search,
        call("kanal", audience=SECRET, message=SECRET),
        call("sjekk", replies={SECRET: SECRET}),
        call("sjekk", **{SECRET: SECRET}),
        call(SECRET),
    ):
        assert SECRET not in result.model_dump_json()


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("svar", {}, "«question» mangler. Legg til «question»."),
        ("svar", {"question": ["q"]}, "«question» må være en tekst."),
        ("finn", {"question": "q", "k": 500}, "Bruk et tall som er 50 eller lavere."),
        ("finn", {"question": ""}, "Skriv et spørsmål"),
        ("kanal", {"audience": "alle", "message": "nyhet"}, "Bruk «innbyggere», «ansatte»,"),
        ("sjekk", {"description": "Ny vaktplan"}, "Du kan bruke replies."),
        ("kilde", {}, "Bruk svar, finn, kanal eller sjekk."),
    ],
)
def test_what_cannot_be_done_is_a_tool_error_with_its_repair(
    call: Callable[..., CallToolResult], name: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(name, **arguments)
    assert result.is_error
    assert result.structured_content is None
    assert said in text_of(result)


def test_a_failure_inside_says_nothing_of_its_cause(
    starter_by_words: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(source: Source) -> str:
        raise RuntimeError(f"hemmelig {source.document}")

    server = create_server(build_tools(starter_by_words, broken))
    result = with_client(server, lambda client: client.call_tool("svar", ARGUMENTS["svar"]))
    assert result.is_error
    assert text_of(result) == texts_mcp.FAILED
    assert "hemmelig" in caplog.text


# --- Over HTTP -----------------------------------------------------------------------------------

HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def test_clients_on_this_machine_use_the_tools_over_http(starter_by_words: Assistant) -> None:
    server = create_server(build_tools(starter_by_words, viewer))
    with served(http_app(server)) as (host, port):
        address = f"http://{host}:{port}/mcp"
        result = with_client(address, lambda client: client.call_tool("finn", ARGUMENTS["finn"]))
        assert len(result.structured_content["hits"]) == 3
        # What a web page elsewhere could send through the browser of somebody here.
        for header, status in (({"Host": "eksempel.no"}, 421), ({"Origin": PAGE}, 403)):
            answer = httpx.post(address, headers={**HEADERS, **header}, content="{}")
            assert answer.status_code == status
        assert httpx.post(address, headers=HEADERS, content="x" * 70_000).status_code == 413


def test_a_port_in_use_is_explained_with_the_repair(starter_by_words: Assistant) -> None:
    server = create_server(build_tools(starter_by_words, viewer))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AssistantError, match=f"port {port}.*«--http»"):
            serve_http(server, port)


# --- As a process --------------------------------------------------------------------------------


def environment(model_folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTENT_")}
    return {**kept, "ASSISTENT_MODELL_MAPPE": str(model_folder), "PYTHONPATH": str(ROOT)}


def test_a_client_uses_the_tools_over_standard_input_and_output(
    strategies: Built, model_folder: Path, tmp_path: Path
) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistent.cli", "mcp", "--indeks", str(strategies.index), "--adresse", PAGE],
        env=environment(model_folder),
        cwd=tmp_path,
    )

    async def work(client: Client) -> list[CallToolResult]:
        assert client.server_info.name == "kommunikasjonsassistenten"
        return [
            await client.call_tool("svar", ARGUMENTS["svar"]),
            await client.call_tool("finn", {"question": SECRET}),
        ]

    answer, refused = with_client(server, work)
    assert answer.structured_content["outcome"] == "answered"
    assert answer.structured_content["edition"] == strategies.report.edition
    assert f"{PAGE}/kilde/" in text_of(answer)
    assert refused.is_error
    assert "personopplysninger" in text_of(refused)


def test_nothing_but_the_protocol_is_written_to_standard_output(
    strategies: Built, model_folder: Path, tmp_path: Path
) -> None:
    greeting = (
        '{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
        '"capabilities":{},"clientInfo":{"name":"prøve","version":"1"}}}'
    )
    done = subprocess.run(
        [sys.executable, "-m", "assistent.cli", "mcp", "--indeks", str(strategies.index)],
        input=f"{greeting}\n",
        env=environment(model_folder),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    [line] = done.stdout.splitlines()
    assert line.startswith('{"jsonrpc":"2.0","id":7,')
    assert "Traceback" not in done.stderr


def test_a_missing_index_is_said_on_one_line_and_not_on_standard_output(
    model_folder: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistent.cli", "mcp", "--indeks", str(tmp_path / "ingen")],
        stdin=subprocess.DEVNULL,
        env=environment(model_folder),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "assistent indekser" in done.stderr
    assert done.stderr.count("\n") == 1
