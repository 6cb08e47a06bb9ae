"""The index and the model: gone, damaged, of another model, built by two, killed, switched."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from assistent import editions
from assistent.chat import load_chat_model
from assistent.compose import Composer
from assistent.current import CurrentEdition
from assistent.editions import Manifest, current_edition, read_manifest, seal
from assistent.embedding import load_embedder
from assistent.model import prepare_model
from assistent.passage_store import FOLDER
from assistent.settings import load_settings
from assistent.types import Answer
from assistent.verify import Prover
from assistent.writing import Writer
from tests.builders import build_once, hold_lock
from tests.chat_servers import Scenario, scripted_server
from tests.fakes import WordEmbedder, build
from tests.faults.finding import (
    QUESTION,
    RIGHT,
    Checks,
    Fault,
    Finding,
    answers,
    new_hours,
    opened,
    small_index,
)

_REPAIR = "assistent indekser"
_KILLS = 4


def damaged(damage: Callable[[Path], None]) -> Callable[[Path], Finding]:
    """Damage the edition in force while a server has it open, start another, and build anew."""

    def make(folder: Path) -> Finding:
        checks = Checks()
        corpus, index = small_index(folder)
        serving = opened(index)
        damage(index / current_edition(index))
        checks.holds("the running server answers on", answers(serving))
        checks.refused("a new server refuses the edition", lambda: opened(index), _REPAIR)
        build(corpus, index)
        checks.holds("a new build mends it", answers(opened(index)))
        checks.holds("the running server takes it up", answers(serving))
        return checks.found()

    return make


def _gone(edition: Path) -> None:
    shutil.rmtree(edition / FOLDER)


def _segment_gone(edition: Path) -> None:
    for header in edition.glob("chroma/*/header.bin"):
        shutil.rmtree(header.parent)


def _cut(pattern: str) -> Callable[[Path], None]:
    def cut(edition: Path) -> None:
        path = next(edition.glob(pattern))
        os.truncate(path, path.stat().st_size // 2)

    return cut


def _no_database(edition: Path) -> None:
    (edition / "chroma/chroma.sqlite3").write_bytes(b"no database\n" * 1000)


def _no_database_resealed(edition: Path) -> None:
    _no_database(edition)
    _reseal(edition)


def _second_writer(edition: Path) -> None:
    """Another process writes into the collection, as one that does not know our ways might."""
    script = (
        "import sys, chromadb;"
        "c = chromadb.PersistentClient(sys.argv[1]);"
        "c.get_collection('utdrag', embedding_function=None).delete(ids=['3'])"
    )
    subprocess.run([sys.executable, "-c", script, str(edition / "chroma")], check=True)


def _too_few_vectors(edition: Path) -> None:
    path = edition / "utdrag.npy"
    np.save(path, np.load(path)[:-1])
    _reseal(edition)


def _reseal(edition: Path) -> None:
    """Seal an edition as it stands, so that no checksum tells of the damage."""
    manifest = read_manifest(edition, verify=False)
    seal(edition, Manifest(**{n: getattr(manifest, n) for n in Manifest.__dataclass_fields__}))


def _linked_model(folder: Path) -> Path:
    """Return the prepared model in a folder of its own, without copying what it holds."""
    there = prepare_model(load_settings().model_folder)
    shutil.copytree(there, folder / "modell", copy_function=os.link)
    return folder / "modell"


def _model(damage: Callable[[Path], None]) -> Callable[[Path], Finding]:
    def make(folder: Path) -> Finding:
        checks = Checks()
        model = _linked_model(folder)
        loaded = load_embedder(model, None)
        before = loaded.embed_questions([QUESTION])
        damage(model / "model.onnx")
        checks.holds(
            "what is loaded embeds on", np.allclose(loaded.embed_questions([QUESTION]), before)
        )
        checks.refused(
            "a new server refuses the model", lambda: load_embedder(model, None), "assistent modell"
        )
        return checks.found()

    return make


def _shortened(path: Path) -> None:
    content = path.read_bytes()[: path.stat().st_size // 2]
    path.unlink()  # the file itself is the prepared model's, too
    path.write_bytes(content)


def _altered(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:64] = bytes(64)
    path.unlink()
    path.write_bytes(content)


def other_model(folder: Path) -> Finding:
    """Publish an edition of another model under a running server."""
    checks = Checks()
    corpus, index = small_index(folder)
    serving = opened(index)
    build(corpus, index, WordEmbedder(fingerprint="ord:2"))
    checks.holds("the running server keeps its edition", answers(serving))
    checks.refused(
        "a new server refuses it", lambda: CurrentEdition(index, "ord:1"), "ord:2", _REPAIR
    )
    build(corpus, index)
    checks.holds("a new build mends it", answers(opened(index)))
    return checks.found()


def two_builders(folder: Path) -> Finding:
    """Build while another process builds, and after that one was killed."""
    checks = Checks()
    corpus, index = small_index(folder)
    before = current_edition(index)
    context = multiprocessing.get_context("forkserver")
    held = context.Event()
    other = context.Process(target=hold_lock, args=(index, held))
    other.start()
    checks.holds("the other builder begins", held.wait(60))
    checks.refused("the second is turned away", lambda: build(corpus, index), "Vent")
    checks.holds("nothing has changed", current_edition(index) == before)
    other.kill()
    other.join()
    build(corpus, index)
    checks.holds("a dead builder is in nobody's way", current_edition(index) != before)
    return checks.found()


def killed_builder(folder: Path) -> Finding:
    """Kill a build at several moments."""
    checks = Checks()
    corpus, index = small_index(folder)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.builders"])
    duration = 0.0
    for number in range(-2, _KILLS):  # two that are not killed tell how long one takes
        ready = context.Event()
        process = context.Process(target=build_once, args=(corpus, index, ready))
        process.start()
        ready.wait(60)
        started = time.monotonic()
        process.join(duration * (number + 1) / (_KILLS + 1) if number >= 0 else None)
        if number < 0:
            duration = time.monotonic() - started
        process.kill()
        process.join()
        checks.holds(f"the index answers after kill {number}", answers(opened(index)))
    build(corpus, index)
    checks.holds("what was left behind is cleared away", not list(index.glob(".bygges-*")))
    return checks.found("the build; the edition in force stays")


def switched(folder: Path) -> Finding:
    """Replace the edition in mid-answer so often that the old one is gone from the disk."""
    checks = Checks()
    corpus, index = small_index(folder)
    with scripted_server(Scenario.STEADY) as url:
        model = load_chat_model("openai:skript", url=url)
        model.prepare().result()
        serving = opened(index, Writer(Composer(model, seconds=8), Prover(WordEmbedder())))
        before = serving.edition
        events = serving.stream(QUESTION)
        first = next(event for event in events if isinstance(event, Answer))
        new_hours(corpus)
        for _ in range(4):
            build(corpus, index)
        checks.holds("the old edition is gone", not (index / before).exists())
        *_, last = (first, *(event for event in events if isinstance(event, Answer)))
        checks.holds("the answer ends", not last.provisional)
        checks.holds("it is of the old edition", last.edition == before)
        documents = {each.document for each in last.sources}
        checks.holds("it quotes", "regler/kantine.md" in documents)
        after = serving.answer(QUESTION)
        checks.holds("the next is of the new edition", after.edition == current_edition(index))
        quotes = " ".join(each.quote for each in after.sources)
        checks.holds("and says what is new", "klokken ti." in quotes and RIGHT not in after.text)
    return checks.found()


def clock_set_back(folder: Path) -> Finding:
    """Build after the clock was set back by two days, and again after it was set right."""
    checks = Checks()
    corpus, index = small_index(folder)
    serving = opened(index)
    first = current_edition(index)
    new_hours(corpus)

    class Back(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) - timedelta(days=2)

    with mock.patch.object(editions, "datetime", Back):
        for _ in range(5):
            build(corpus, index)
    name = current_edition(index)
    checks.holds("the new edition is named as of the past", name < first)
    checks.holds("it is in force all the same", not answers(serving) and serving.edition == name)
    build(corpus, index)
    checks.holds("so is the next", serving.answer(QUESTION).edition == current_edition(index))
    checks.holds("its age is told", editions.built_at(name) is not None)
    checks.holds("in UTC", editions.built_at(name).tzinfo is UTC)  # type: ignore[union-attr]
    return checks.found()


FAULTS = [
    Fault("Chroma folder gone", "removed under a running server", damaged(_gone)),
    Fault("Chroma segment gone", "removed under a running server", damaged(_segment_gone)),
    Fault(
        "Chroma vectors cut", "data_level0.bin halved", damaged(_cut("chroma/*/data_level0.bin"))
    ),
    Fault("Chroma database garbage", "chroma.sqlite3 overwritten", damaged(_no_database)),
    Fault(
        "the same, checksums agree", "overwritten and sealed again", damaged(_no_database_resealed)
    ),
    Fault("second writer in Chroma", "another process deletes a row", damaged(_second_writer)),
    Fault("vectors file cut", "utdrag.npy halved", damaged(_cut("utdrag.npy"))),
    Fault("a vector lacks, checksums agree", "one row fewer, sealed", damaged(_too_few_vectors)),
    Fault("manifest cut", "utgave.json halved", damaged(_cut("utgave.json"))),
    Fault("model file gone", "removed under a running server", _model(Path.unlink)),
    Fault("model file cut", "halved under a running server", _model(_shortened)),
    Fault("model file altered", "64 bytes zeroed, same size", _model(_altered)),
    Fault("index of another model", "published under a running server", other_model),
    Fault("two builders at once", "one holds the lock, then dies", two_builders),
    Fault("builder killed", f"SIGKILL at {_KILLS} moments", killed_builder),
    Fault("edition switched in mid-answer", "4 builds while a chat model writes", switched),
    Fault("clock set back", "5 builds two days earlier", clock_set_back),
]
