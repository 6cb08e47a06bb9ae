from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from assistent.answering import Assistant
from assistent.corpus import corpus_files, inspect_corpus
from assistent.editions import POINTER, build_lock, current_edition, editions
from assistent.errors import CorpusError, IndexBusyError, IndexMissingError
from assistent.index import open_index
from assistent.ingestion import build_index, needs_build, roll_back
from assistent.types import ParsedText
from tests.builders import build_once, build_without_rights, build_without_room
from tests.conftest import Built
from tests.fakes import PlainReader, WordEmbedder, build, small_corpus


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- What a build reports ------------------------------------------------------------------------


def test_first_build_adds_everything(small_index: Built) -> None:
    report = small_index.report
    assert (report.documents, report.passages) == (2, 6)
    assert (report.added, report.reused, report.removed, report.skipped) == (6, 0, 0, ())
    assert current_edition(small_index.index) == report.edition


def test_second_build_of_the_same_corpus_embeds_nothing(own_index: Built) -> None:
    embedder = WordEmbedder()
    report = build(own_index.corpus, own_index.index, embedder)
    assert (report.added, report.reused, report.removed) == (0, 6, 0)
    assert embedder.embedded == []
    assert report.edition != own_index.report.edition


def test_one_changed_sentence_embeds_that_sentence_and_its_passage(own_index: Built) -> None:
    replace_in(own_index.corpus / "regler/sykkel.md", "i resepsjonen", "i kjelleren")
    embedder = WordEmbedder()
    report = build(own_index.corpus, own_index.index, embedder)
    assert (report.added, report.reused, report.removed) == (1, 5, 1)
    assert embedder.embedded == [
        "Sykler lånes i kjelleren. Hjelm følger med sykkelen.",
        "Sykler lånes i kjelleren.",
    ]


def test_reused_vectors_are_those_of_their_own_texts(own_index: Built) -> None:
    replace_in(own_index.corpus / "regler/kantine.md", "klokken elleve", "klokken ti")
    report = build(own_index.corpus, own_index.index)
    index = open_index(own_index.index / report.edition)
    embedder = WordEmbedder()
    for row, passage in enumerate(index.passages):
        text = index.documents[passage.document].text[passage.body_start : passage.end].strip()
        if text:
            wanted = embedder.embed_passages([text])[0]
            assert index.passage_vectors[row] @ wanted > 0.9999


def test_renamed_document_is_found_under_its_new_name_only(own_index: Built) -> None:
    (own_index.corpus / "regler/sykkel.md").rename(own_index.corpus / "regler/elsykkel.md")
    replace_in(own_index.corpus / "katalog.toml", "regler/sykkel.md", "regler/elsykkel.md")
    embedder = WordEmbedder()
    report = build(own_index.corpus, own_index.index, embedder)
    assert embedder.embedded == []  # the texts are the same
    assert (report.documents, report.passages, report.reused) == (2, 6, 6)
    index = open_index(own_index.index / report.edition)
    assert sorted(index.documents) == ["regler/elsykkel.md", "regler/kantine.md"]
    assert {passage.document for passage in index.passages} == set(index.documents)


def files_with(folder: Path, text: bytes) -> list[Path]:
    """Return the files that hold a text; all but Chroma's vector files.

    Their unused room is memory as the builder found it (docs/decisions/0002-editions.md), and
    this process has built the earlier edition as well.
    """
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".bin")
    return [path for path in files if text in path.read_bytes()]


def test_deleted_document_leaves_nothing_behind_in_the_new_edition(own_index: Built) -> None:
    (own_index.corpus / "regler/sykkel.md").unlink()
    (own_index.corpus / "katalog.toml").unlink()
    report = build(own_index.corpus, own_index.index)
    assert (report.documents, report.passages, report.removed) == (1, 3, 3)
    assert files_with(own_index.index / report.edition, b"resepsjonen") == []


def test_deleted_document_is_gone_from_the_disk_once_its_editions_are_pruned(
    own_index: Built,
) -> None:
    (own_index.corpus / "regler/sykkel.md").unlink()
    (own_index.corpus / "katalog.toml").unlink()
    for _ in range(3):
        build(own_index.corpus, own_index.index)
    assert files_with(own_index.index, b"resepsjonen") == []


def test_same_text_in_two_documents_is_two_passages(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)
    shutil.copy(corpus / "regler/kantine.md", corpus / "regler/kantine-kopi.md")
    report = build(corpus, tmp_path / "indeks")
    assert (report.documents, report.passages) == (3, 9)
    index = open_index(tmp_path / "indeks" / report.edition)
    assert len({passage.id for passage in index.passages}) == 9
    build(corpus, tmp_path / "indeks")
    (corpus / "regler/kantine-kopi.md").unlink()
    assert build(corpus, tmp_path / "indeks").removed == 3


def test_moved_paragraph_keeps_its_identity(own_index: Built) -> None:
    before = {p.id: p.start for p in open_index(own_index.edition).passages}
    replace_in(
        own_index.corpus / "regler/sykkel.md",
        "# Sykkelordningen\n",
        "# Sykkelordningen\n\nNy innledning.\n",
    )
    report = build(own_index.corpus, own_index.index)
    after = {p.id: p.start for p in open_index(own_index.index / report.edition).passages}
    moved = [i for i in before if i in after and after[i] != before[i]]
    assert len(moved) == 2


def test_another_model_embeds_everything_anew(own_index: Built) -> None:
    report = build(own_index.corpus, own_index.index, WordEmbedder(fingerprint="ord:2"))
    assert (report.added, report.reused) == (6, 0)


def test_damaged_edition_in_force_is_no_hindrance_to_a_new_one(own_index: Built) -> None:
    (own_index.edition / "utdrag.npy").unlink()
    report = build(own_index.corpus, own_index.index)
    assert (report.added, report.reused) == (6, 0)
    open_index(own_index.index / report.edition)


def test_only_the_last_three_editions_stay(own_index: Built) -> None:
    for _ in range(4):
        last = build(own_index.corpus, own_index.index).edition
    assert len(editions(own_index.index)) in (3, 4)  # 4 where one second saw several builds
    assert own_index.report.edition not in editions(own_index.index)
    assert current_edition(own_index.index) == last


# --- What is read --------------------------------------------------------------------------------


def test_catalogue_registers_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)
    (corpus / "registre").mkdir()
    for name in ("registre/kanaler.md", ".skjult.md", "regler/.~lock.md", "annet.TOML"):
        (corpus / name).write_text("Noe tekst.", encoding="utf-8")
    found = [path.relative_to(corpus).as_posix() for path in corpus_files(corpus)]
    assert found == ["regler/kantine.md", "regler/sykkel.md"]


def test_unreadable_files_are_reported_and_never_stop_the_others(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)
    (corpus / "bilde.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "tom.txt").write_bytes(b"")
    (corpus / "ark.xlsx").write_bytes(b"PK")
    (corpus / "borte.md").symlink_to("finnes-ikke.md")
    (corpus / os.fsdecode(b"bl\xe5.md")).write_text("# Blå\n\nTekst.\n", encoding="utf-8")
    report = build(corpus, tmp_path / "indeks")
    assert report.documents == 2
    reasons = {skipped.file: skipped.reason for skipped in report.skipped}
    assert set(reasons) == {"ark.xlsx", "bilde.txt", "borte.md", "bl\ufffd.md", "tom.txt"}
    assert reasons["bilde.txt"].startswith("bilde.txt er ikke en tekstfil.")
    assert reasons["tom.txt"].startswith("tom.txt er tom.")
    assert reasons["ark.xlsx"].startswith("ark.xlsx har en filtype som ikke kan leses.")
    assert reasons["borte.md"].startswith("borte.md kan ikke leses (")
    assert reasons["bl\ufffd.md"].endswith("Gi filen et nytt navn.")


def test_corpus_without_a_catalogue_is_built_with_inferred_entries(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)
    (corpus / "katalog.toml").unlink()
    report = build(corpus, tmp_path / "indeks")
    index = open_index(tmp_path / "indeks" / report.edition)
    info = index.documents["regler/sykkel.md"].info
    assert (info.title, info.kind, info.inferred) == ("Sykkelordningen", "regler", True)


def test_missing_corpus_says_which_folder_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        build(tmp_path / "borte", tmp_path / "indeks")
    assert str(caught.value) == (
        f"Fant ikke mappen {tmp_path}/borte. "
        "Oppgi en annen med «--korpus MAPPE», eller opprett den."
    )


def test_corpus_without_documents_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "korpus").mkdir()
    with pytest.raises(CorpusError, match=r"Fant ingen dokumenter som kan leses i .*/korpus\."):
        build(tmp_path / "korpus", tmp_path / "indeks")
    assert editions(tmp_path / "indeks") == []


def test_fault_in_the_catalogue_leaves_the_edition_in_force(own_index: Built) -> None:
    (own_index.corpus / "katalog.toml").write_text("[[dokument]]\nfil = 3\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="linje 2"):
        build(own_index.corpus, own_index.index)
    assert current_edition(own_index.index) == own_index.report.edition
    assert len(editions(own_index.index)) == 1


# --- When a build is due -------------------------------------------------------------------------


def test_nothing_is_due_after_a_build(small_index: Built) -> None:
    assert not needs_build(small_index.corpus, small_index.index, WordEmbedder())


@pytest.mark.parametrize("name", ["regler/kantine.md", "katalog.toml"])
def test_changed_corpus_makes_a_build_due(own_index: Built, name: str) -> None:
    with (own_index.corpus / name).open("a", encoding="utf-8") as file:
        file.write("\n# Til slutt\n")
    assert needs_build(own_index.corpus, own_index.index, WordEmbedder())


def test_other_model_missing_or_damaged_index_makes_a_build_due(own_index: Built) -> None:
    corpus, index = own_index.corpus, own_index.index
    assert needs_build(corpus, index, WordEmbedder(fingerprint="ord:2"))
    assert needs_build(corpus, index / "borte", WordEmbedder())
    (own_index.edition / "bm25.npz").write_bytes(b"")
    assert needs_build(corpus, index, WordEmbedder())


def test_file_that_changes_during_the_build_makes_the_next_one_due(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path)

    class ChangingReader(PlainReader):
        def read(self, path: Path) -> ParsedText:
            parsed = super().read(path)
            if path.name == "kantine.md":
                replace_in(path, "klokken elleve", "klokken ti")
            return parsed

    build_index(corpus, tmp_path / "indeks", WordEmbedder(), ChangingReader)
    assert needs_build(corpus, tmp_path / "indeks", WordEmbedder())


# --- Interrupted, starved and locked-out builds --------------------------------------------------


def answers(index: Path) -> str:
    """Ask the index a question the way the page does; return the first line of the answer."""
    return Assistant(index, WordEmbedder()).answer("Når åpner kantinen?").text.splitlines()[0]


RIGHT = "Kantinen åpner klokken elleve. [1]"


def start_build(processes: ForkServerContext, built: Built) -> BaseProcess:
    """Start a build in another process; return when it has begun."""
    ready = processes.Event()
    process = processes.Process(target=build_once, args=(built.corpus, built.index, ready))
    process.start()
    assert ready.wait(60)
    return process


def test_build_killed_at_any_moment_leaves_a_usable_index(
    own_index: Built, processes: ForkServerContext
) -> None:
    start_build(processes, own_index).join()
    started = time.monotonic()
    start_build(processes, own_index).join()
    duration = time.monotonic() - started
    killed = interrupted = 0
    for number in range(20):
        before = set(editions(own_index.index))
        places = ("kjelleren", "resepsjonen")
        old, new = places if number % 2 else reversed(places)
        replace_in(own_index.corpus / "regler/sykkel.md", old, new)
        process = start_build(processes, own_index)
        if number % 2:
            # Half of them in the act, however long a build takes today.
            while process.is_alive() and not any(own_index.index.glob(".bygges-*")):
                time.sleep(0.001)
            process.join(duration * number / 80)
        else:
            process.join(duration * number / 20)
        process.kill()
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        interrupted += any(own_index.index.glob(".bygges-*"))
        assert answers(own_index.index) == RIGHT
        # What was published is whole, whenever the end came.
        for name in set(editions(own_index.index)) - before:
            open_index(own_index.index / name).close()
    assert killed >= 2
    assert interrupted >= 2  # some were really caught in the act
    build(own_index.corpus, own_index.index)
    kept = {POINTER, ".lås", *editions(own_index.index)}
    assert {path.name for path in own_index.index.iterdir()} == kept


def test_second_builder_is_turned_away_and_changes_nothing(own_index: Built) -> None:
    with build_lock(own_index.index), pytest.raises(IndexBusyError, match=r"pågår\. Vent til"):
        build(own_index.corpus, own_index.index)
    assert editions(own_index.index) == [own_index.report.edition]


@pytest.mark.parametrize("room", [100, 3_000, 20_000, 100_000, 150_000, 200_000])
def test_full_disk_is_explained_and_the_previous_edition_stays(
    own_index: Built, processes: ForkServerContext, room: int
) -> None:
    answer = processes.SimpleQueue()
    arguments = (own_index.corpus, own_index.index, room, answer)
    process = processes.Process(target=build_without_room, args=arguments)
    process.start()
    process.join(60)
    message = answer.get()
    assert message.startswith(f"Kan ikke skrive til {own_index.index} (")
    assert "nok plass" in message
    assert editions(own_index.index) == [own_index.report.edition]
    assert not list(own_index.index.glob(".bygges-*"))
    assert answers(own_index.index) == RIGHT


def test_read_only_index_folder_is_explained_and_still_answers(
    processes: ForkServerContext,
) -> None:
    # Not under tmp_path: only its owner may enter that.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        corpus, index = small_corpus(folder), folder / "indeks"
        build(corpus, index)
        before = sorted(index.rglob("*"))
        index.chmod(0o555)
        answer = processes.SimpleQueue()
        arguments = (corpus, index, answer)
        process = processes.Process(target=build_without_rights, args=arguments)
        process.start()
        process.join(60)
        message = answer.get()
        assert sorted(index.rglob("*")) == before
        assert answers(index) == RIGHT
        index.chmod(0o755)
    assert message.startswith(f"Kan ikke skrive til {index} (")
    assert message.endswith("eller velg en annen mappe med «--indeks MAPPE».")


# --- Going back and checking ---------------------------------------------------------------------


def test_roll_back_puts_the_edition_before_in_force_again(own_index: Built) -> None:
    first = current_edition(own_index.index)
    replace_in(own_index.corpus / "regler/kantine.md", "klokken elleve", "klokken ti")
    second = build(own_index.corpus, own_index.index).edition
    assert roll_back(own_index.index) == first == current_edition(own_index.index)
    assert answers(own_index.index) == RIGHT
    assert second != first
    with pytest.raises(IndexMissingError, match="ingen tidligere utgave"):
        roll_back(own_index.index)


def test_inspection_reads_everything_and_builds_nothing(own_index: Built) -> None:
    (own_index.corpus / "regler/tom.md").write_text("", encoding="utf-8")
    documents, skipped, registers = inspect_corpus(own_index.corpus, PlainReader)
    assert [document.info.path for document in documents] == [
        "regler/kantine.md",
        "regler/sykkel.md",
    ]
    assert [left_out.file for left_out in skipped] == ["regler/tom.md"]
    assert registers.channels == ()


def test_register_without_proof_stops_the_build_and_the_edition_stays(own_index: Built) -> None:
    before = current_edition(own_index.index)
    folder = own_index.corpus / "registre"
    folder.mkdir()
    (folder / "plikter.toml").write_text(
        '[[plikt]]\nid = "a"\ntittel = "A"\nhva = "A"\nhvem = "alle"\nnaar = "før"\n'
        'styrke = "skal"\ngjelder_ved = ["alle beslutninger"]\n'
        'kilde = "regler/kantine.md"\nsitat = "Står ikke der."\n',
        encoding="utf-8",
    )
    with pytest.raises(CorpusError, match="linje 10: sitatet står ikke ordrett"):
        build(own_index.corpus, own_index.index)
    assert current_edition(own_index.index) == before
