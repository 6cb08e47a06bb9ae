"""An index whose passages are searched on a Chroma server, shared, emptied, and taken away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import chromadb
import pytest

from assistent.answering import Assistant
from assistent.editions import current_edition
from assistent.errors import IndexDamagedError, SettingsError
from assistent.index import open_index
from assistent.passage_store import forget_on_server
from tests.fakes import TODAY, WordEmbedder, build, small_corpus
from tests.operation.chroma_servers import chroma_server

QUESTION = "Når åpner kantinen?"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma"), free_port()) as address:
        yield address


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(small_corpus(tmp_path), tmp_path / "indeks")
    return tmp_path / "indeks"


def collections(address: str) -> dict[str, int]:
    client = chromadb.HttpClient(port=int(address.rpartition(":")[2]))
    return {each.name: each.count() for each in client.list_collections()}


def over(index: Path, address: str) -> Assistant:
    return Assistant(index, WordEmbedder(), today=lambda: TODAY, chroma=address)


def test_answers_are_the_same_as_with_the_embedded_one(server: str, index: Path) -> None:
    embedded = Assistant(index, WordEmbedder(), today=lambda: TODAY)
    first, second = over(index, server), over(index, server)
    for assistant in (first, second):
        assert assistant.answer(QUESTION).text == embedded.answer(QUESTION).text
        assert assistant.find(QUESTION).hits == embedded.find(QUESTION).hits
    edition = current_edition(index)
    assert collections(server)[f"assistent-{edition}"] == len(open_index(index / edition).passages)


def test_a_collection_that_was_lost_is_filled_again(server: str, index: Path) -> None:
    edition = current_edition(index)
    over(index, server)
    chromadb.HttpClient(port=int(server.rpartition(":")[2])).delete_collection(
        f"assistent-{edition}"
    )
    opened = open_index(index / edition, server)
    assert opened.finds_itself(0)
    assert collections(server)[f"assistent-{edition}"] == len(opened.passages)


def test_of_editions_that_are_gone_nothing_is_left(server: str, index: Path) -> None:
    over(index, server)
    edition = current_edition(index)
    others = set(collections(server)) - {f"assistent-{edition}"}
    forget_on_server(server, [edition, "finnes-ikke"])
    assert set(collections(server)) == others
    forget_on_server("http://127.0.0.1:1", [edition])


def test_a_server_that_stops_is_not_missed(tmp_path: Path, index: Path) -> None:
    with chroma_server(tmp_path / "chroma", free_port()) as address:
        assistant = over(index, address)
        before = assistant.answer(QUESTION)
    after = assistant.answer(QUESTION)
    assert after.text == before.text
    assert after.outcome == before.outcome


def test_a_server_that_hangs_is_not_waited_for(
    server: str, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_index(index / current_edition(index), server)
    monkeypatch.setattr("assistent.passage_store._SECONDS", 0.0)
    rows = opened.nearest_passages(opened.passage_vectors[0], 3)
    assert rows[0] == 0


def test_a_server_that_is_not_there_is_said(index: Path) -> None:
    with pytest.raises(IndexDamagedError, match="Chroma-tjeneren på http://127"):
        over(index, f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://vert", "http://", "http://vert:x", "http://a:b@vert:1"]
)
def test_what_is_no_address_is_said(index: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTENT_CHROMA"):
        over(index, address)
