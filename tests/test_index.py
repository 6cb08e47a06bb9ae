from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings

from assistent.corpus import read_corpus
from assistent.editions import MANIFEST, Fingerprint, Manifest, current_edition, read_manifest, seal
from assistent.errors import IndexDamagedError
from assistent.index import Index, open_index, read_document, write_index
from assistent.passages import split_into_passages
from assistent.types import Document, DocumentInfo, Passage, Registers
from tests.conftest import Built
from tests.fakes import PlainReader, WordEmbedder, build

REPAIR = r"Kjør «assistent indekser» på nytt\.$"


def contents(folder: Path) -> dict[str, str]:
    """Map every file under a folder to its checksum."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_documents_and_passages_come_back_as_they_were_written(small_index: Built) -> None:
    documents, _ = read_corpus(small_index.corpus, PlainReader)
    count = WordEmbedder().count_tokens
    index = open_index(small_index.edition)
    assert list(index.documents.values()) == documents
    assert index.passages == tuple(p for d in documents for p in split_into_passages(d, count))


def test_vectors_stand_in_the_order_of_passages_and_their_statements(small_index: Built) -> None:
    index = open_index(small_index.edition)
    embedder = WordEmbedder()
    for row, passage in enumerate(index.passages):
        text = index.documents[passage.document].text
        first, last = index.statement_offsets[row : row + 2]
        assert last - first == len(passage.statements)
        wanted = [text[s.start : s.end] for s in passage.statements]
        np.testing.assert_allclose(
            index.statement_vectors[first:last], embedder.embed_passages(wanted), atol=1e-6
        )


def test_rows_of_a_document_are_those_of_its_passages(small_index: Built) -> None:
    index = open_index(small_index.edition)
    rows = [row for path in index.documents for row in index.rows_of(path)]
    assert sorted(rows) == list(range(len(index.passages)))
    for path in index.documents:
        assert {index.passages[row].document for row in index.rows_of(path)} == {path}
    assert index.rows_of("regler/borte.md") == ()


def test_every_passage_finds_itself(small_index: Built) -> None:
    index = open_index(small_index.edition)
    assert all(index.finds_itself(row) for row in range(len(index.passages)))


def test_nearest_statements_are_given_as_their_passages_without_repetition(
    small_index: Built,
) -> None:
    index = open_index(small_index.edition)
    for row in range(len(index.statement_vectors)):
        found = index.nearest_statements(index.statement_vectors[row], 3)
        assert len(set(found)) == len(found)
        best = found[0]
        own = range(int(index.statement_offsets[best]), int(index.statement_offsets[best + 1]))
        assert max(index.statement_vectors[r] @ index.statement_vectors[row] for r in own) > 0.999


def test_asking_for_more_than_there_is_gives_all(small_index: Built) -> None:
    index = open_index(small_index.edition)
    found = index.nearest_passages(index.passage_vectors[0], 1000)
    assert sorted(found) == list(range(len(index.passages)))


def test_opening_and_searching_leaves_the_edition_byte_for_byte(small_index: Built) -> None:
    before = contents(small_index.edition)
    index = open_index(small_index.edition)
    index.nearest_passages(index.passage_vectors[0], 3)
    index.close()
    assert contents(small_index.edition) == before


def test_read_only_edition_can_be_searched(own_index: Built) -> None:
    for path in [*own_index.edition.rglob("*"), own_index.edition]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        index = open_index(own_index.edition)
        assert index.nearest_passages(index.passage_vectors[0], 1)
    finally:
        for path in [own_index.edition, *own_index.edition.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_open_index_serves_on_after_its_files_are_gone(own_index: Built) -> None:
    # Pruning removes an edition that a running process still answers from.
    index = open_index(own_index.edition)
    shutil.rmtree(own_index.edition)
    assert all(index.finds_itself(row) for row in range(len(index.passages)))


def test_two_openings_of_one_edition_do_not_disturb_each_other(small_index: Built) -> None:
    first, second = open_index(small_index.edition), open_index(small_index.edition)
    first.close()
    assert all(second.finds_itself(row) for row in range(len(second.passages)))


def test_closing_removes_the_private_copy(
    small_index: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    index = open_index(small_index.edition)
    assert len(list(tmp_path.glob("assistent-*"))) == 1
    index.close()
    assert list(tmp_path.glob("assistent-*")) == []


def test_one_document_is_read_without_opening_the_rest(small_index: Built) -> None:
    document = read_document(small_index.edition, "regler/sykkel.md")
    assert document is not None
    assert document.text.startswith("Sykkelordningen")
    assert read_document(small_index.edition, "regler/borte.md") is None


def test_introduction_is_the_short_text_under_the_heading_above(tmp_path: Path) -> None:
    (tmp_path / "korpus").mkdir()
    text = "# Plan\n\n## Mål\n\nMål for byen.\n\n### Delmål\n\nFlere turer.\n"
    (tmp_path / "korpus/mål.md").write_text(text, encoding="utf-8")
    build(tmp_path / "korpus", tmp_path / "indeks")
    index = open_index(tmp_path / "indeks" / current_edition(tmp_path / "indeks"))
    passage = next(p for p in index.passages if p.section[-1:] == ("Delmål",))
    assert "Mål for byen." in index.introduction(passage, 100)
    assert index.introduction(passage, 5) == ""


# --- Damage: never used, always named ------------------------------------------------------------


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


FILES = [
    "dokumenter.json",
    "registre.json",
    "utdrag.json",
    "utdrag.npy",
    "setninger.npy",
    "bm25.npz",
    "sporsmal.json",
    "sporsmal.npy",
    "chroma/chroma.sqlite3",
    "chroma/*/data_level0.bin",
    "chroma/*/header.bin",
    "chroma/*/length.bin",
]


def one_file(edition: Path, pattern: str) -> Path:
    return sorted(edition.glob(pattern))[0]


def test_the_damage_below_covers_every_file_of_an_edition(small_index: Built) -> None:
    covered = {path for pattern in FILES for path in small_index.edition.glob(pattern)}
    others = {p for p in small_index.edition.rglob("*") if p.is_file()} - covered
    assert {path.name for path in others} == {MANIFEST, "link_lists.bin"}  # the last is empty


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("damage", [shorten, empty, alter, Path.unlink])
def test_damaged_file_is_refused_at_opening(
    own_index: Built, pattern: str, damage: Callable[[Path], None]
) -> None:
    damage(one_file(own_index.edition, pattern))
    with pytest.raises(IndexDamagedError, match=REPAIR):
        open_index(own_index.edition)
    with pytest.raises(IndexDamagedError, match=REPAIR):
        read_document(own_index.edition, "regler/sykkel.md")


def test_missing_vector_segment_is_refused_at_opening(own_index: Built) -> None:
    for header in own_index.edition.glob("chroma/*/header.bin"):
        shutil.rmtree(header.parent)
    with pytest.raises(IndexDamagedError, match=REPAIR):
        open_index(own_index.edition)


def reseal(edition: Path, **changes: int) -> None:
    """Seal an edition again as it stands, so that no checksum tells of the damage."""
    manifest = read_manifest(edition, verify=False)
    values = {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
    seal(edition, Manifest(**{**values, **changes}))


def test_missing_vector_segment_is_refused_even_where_the_checksums_agree(tmp_path: Path) -> None:
    # Beyond 1000 vectors Chroma does not restore a segment from its log: the collection counts
    # right, and all that is found in it is the last vector.
    (tmp_path / "utgave").mkdir()
    words = [f"ord{number}" for number in range(1200)]
    text = "\n".join(words)
    starts = [text.index(word) for word in words]
    info = DocumentInfo("a.txt", "A")
    write_index(
        tmp_path / "utgave",
        edition="utgave",
        fingerprint=Fingerprint("ord:1", 2, 1),
        corpus="",
        documents=[Document(info, text, ())],
        passages=[
            Passage(str(row), "a.txt", (), None, start, start + 4, start, ())
            for row, start in enumerate(starts)
        ],
        registers=Registers((), ()),
        passage_vectors=np.stack([np.cos(starts), np.sin(starts)], axis=1).astype(np.float32),
        statement_vectors=np.zeros((0, 2), dtype=np.float32),
    )
    open_index(tmp_path / "utgave").close()
    for header in (tmp_path / "utgave").glob("chroma/*/header.bin"):
        shutil.rmtree(header.parent)
    reseal(tmp_path / "utgave")
    with pytest.raises(IndexDamagedError, match=REPAIR):
        open_index(tmp_path / "utgave")


def test_database_that_is_none_is_refused_even_where_the_checksums_agree(
    own_index: Built,
) -> None:
    (own_index.edition / "chroma/chroma.sqlite3").write_bytes(b"noe annet\n" * 1000)
    reseal(own_index.edition)
    with pytest.raises(IndexDamagedError, match=REPAIR) as caught:
        open_index(own_index.edition)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["utdrag.npy", "setninger.npy"])
def test_too_few_vectors_are_refused_even_where_the_checksums_agree(
    own_index: Built, name: str
) -> None:
    vectors = np.load(own_index.edition / name)
    np.save(own_index.edition / name, vectors[:-1])
    reseal(own_index.edition)
    with pytest.raises(IndexDamagedError, match=rf"{name} har \d+ oppføringer, ventet \d+"):
        open_index(own_index.edition)


def test_collection_that_lacks_a_vector_is_refused_even_where_the_checksums_agree(
    own_index: Built,
) -> None:
    settings = Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(own_index.edition / "chroma"), settings=settings)
    client.get_collection("utdrag", embedding_function=None).delete(ids=["3"])
    client.close()  # type: ignore[attr-defined]
    reseal(own_index.edition)
    with pytest.raises(IndexDamagedError, match=r"chroma har \d+ oppføringer, ventet \d+"):
        open_index(own_index.edition)


def test_too_few_passages_are_refused_even_where_the_checksums_agree(own_index: Built) -> None:
    path = own_index.edition / "utdrag.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))[:-1]), encoding="utf-8")
    reseal(own_index.edition)
    with pytest.raises(IndexDamagedError, match=r"utdrag\.json har 5 oppføringer, ventet 6"):
        open_index(own_index.edition)


def test_empty_statement_list_still_finds_passages(tmp_path: Path) -> None:
    (tmp_path / "korpus").mkdir()
    (tmp_path / "korpus/a.txt").write_text("Ett eneste ord her.\n", encoding="utf-8")
    build(tmp_path / "korpus", tmp_path / "indeks")
    index: Index = open_index(tmp_path / "indeks" / current_edition(tmp_path / "indeks"))
    assert index.nearest_passages(index.passage_vectors[0], 10) == [0]
