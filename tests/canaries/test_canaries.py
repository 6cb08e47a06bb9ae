"""After a day of operation, no secret that was written anywhere is found anywhere."""

from __future__ import annotations

import base64
import gzip
import sqlite3
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from stdnum.no import fodselsnummer

from tests.canaries.measure import alone
from tests.canaries.traces import Traces
from tests.canaries.values import Canary, birth_number, secret

PLACES = {
    *("logs", "journal", "metrics", "index and Chroma", "temporary folders", "command line"),
    *("what the chat server gets", "replies to the sender", "MCP"),
}


@pytest.mark.model
def test_no_secret_is_found_after_a_day(tmp_path: Path, model_folder: Path) -> None:
    traces = alone(tmp_path, model_folder)
    assert traces.where == []
    assert {place for place, looked in traces.looked.items() if looked} >= PLACES
    assert traces.looked["replies to the sender"] > 150


def test_a_birth_number_is_one() -> None:
    made = {birth_number().value for _ in range(50)}
    assert len(made) > 45
    assert all(fodselsnummer.is_valid(each) for each in made)


@pytest.fixture
def canary() -> Canary:
    return secret("API key", "sk-")


@pytest.fixture
def traces(canary: Canary) -> Traces:
    return Traces((canary, birth_number()))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_what_is_written_as_base64_is_found(traces: Traces, canary: Canary, before: str) -> None:
    content = base64.b64encode(f"{before}{canary.value} og mer".encode())
    traces.look_through("et sted", "fil", content)
    assert traces.hits == {("et sted", "API key"): 1}


def test_every_way_to_write_a_number_is_found(traces: Traces) -> None:
    number = traces.canaries[1]
    for text in number.written:
        for content in (text, quote(text), text.encode("utf-16-le"), gzip.compress(text.encode())):
            traces.look_through("et sted", "fil", content)
    assert traces.hits["et sted", "birth number"] == traces.looked["et sted"] == 12


def test_what_lies_in_files_and_in_their_names_is_found(
    traces: Traces, canary: Canary, tmp_path: Path
) -> None:
    folder = tmp_path / "dypt" / "nede"
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "base.db") as database:
        database.execute("CREATE TABLE ting (navn TEXT)")
        database.execute("INSERT INTO ting VALUES (?)", [canary.value])
    database.close()
    with zipfile.ZipFile(folder / "notat.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<p>{canary.value}</p>")
    (folder / canary.value).mkdir()
    (folder / "pakket.gz").write_bytes(gzip.compress(canary.value.encode()))
    (folder / "annet").mkdir()
    (folder / "annet" / "utenfor").write_text(canary.value)
    traces.look_below("disk", tmp_path, but=[folder / "annet"])
    assert traces.hits["disk", "API key"] == len(traces.where) == 4
