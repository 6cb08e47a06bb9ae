"""Every fault of a chat server, each a row: both questions of a conversation end in quotes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import chat_faults
from tests.chat_servers import Scenario, ScriptedServer
from tests.chat_servers.replies import FAULTS as SCENARIOS
from tests.faults.finding import Checks, Fault, Finding, small_index

_LATEST = 1.0
"""Seconds after its limit by which an answer has to stand, on a busy machine, too."""


_used: list[Path] = []


def _warm(index: Path) -> None:
    """Answer once per process with a chat model, which loads what each later answer finds there."""
    if not _used:
        with ScriptedServer(Scenario.HONEST) as server:
            chat_faults.measure(index, server.url, "first")
        _used.append(index)


def _judged(row: chat_faults.Row) -> Finding:
    checks = Checks()
    checks.holds("both questions end in quotes", row.survived)
    checks.holds("in time", row.late < _LATEST)
    return checks.found("the chat model's wording; the quotes stand")


def _scenario(scenario: Scenario) -> Callable[[Path], Finding]:
    def make(folder: Path) -> Finding:
        _, index = small_index(folder)
        _warm(index)
        with ScriptedServer(scenario) as server:
            as_json = scenario is Scenario.NO_SCHEMA
            row = chat_faults.measure(index, server.url, scenario.name, as_json=as_json)
        return _judged(row)

    return make


def _closed_port(folder: Path) -> Finding:
    _, index = small_index(folder)
    _warm(index)
    with ScriptedServer(SCENARIOS[0]) as server:
        url = server.url
    return _judged(chat_faults.measure(index, url, "closed port"))


def _tls(folder: Path) -> Finding:
    _, index = small_index(folder)
    _warm(index)
    with ScriptedServer(SCENARIOS[0]) as server:
        url = server.url.replace("http:", "https:")
        return _judged(chat_faults.measure(index, url, "TLS"))


def _words(scenario: Scenario) -> str:
    return scenario.name.lower().replace("_", " ")


FAULTS = [
    *(
        Fault(f"chat server: {_words(each)}", "two questions, limit 1 s", _scenario(each))
        for each in SCENARIOS
    ),
    Fault("chat server: closed port", "two questions, limit 1 s", _closed_port),
    Fault("chat server: no TLS where expected", "two questions, limit 1 s", _tls),
]
