"""Fixtures that several test modules share."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import hypothesis
import pytest
from platformdirs import user_cache_path

from assistent.answering import Assistant
from assistent.embedding import Embedder, load_embedder
from assistent.ingestion import BuildReport, build_index
from assistent.readers.sandbox import SafeReader
from tests.chat_servers import llama_server
from tests.fakes import TODAY, WordEmbedder, build, small_corpus, strategy_corpus
from tests.guidance_library import CORPUS as STARTER

# A busy machine is no fault: how long an example takes is never judged. The same examples every
# time, so that a change is judged by what it changes; new ones with --hypothesis-profile explore.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("repeatable")

# --- Embedding model -----------------------------------------------------------------------------

# Read before any test changes the environment: the model is prepared once per machine, not per run.
_MODEL_FOLDER = Path(
    os.environ.get("ASSISTENT_MODELL_MAPPE") or user_cache_path("assistent") / "modell"
)


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The prepared embedding model; the first run on a machine takes a minute to make it."""
    from assistent.model import prepare_model

    return prepare_model(_MODEL_FOLDER)


@pytest.fixture(scope="session")
def real_embedder(model_folder: Path) -> Embedder:
    """The built-in embedding model, loaded once."""
    return load_embedder(model_folder, None)


# --- Corpora and their indexes -------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """A corpus, the index folder built from it, and what the build reported."""

    corpus: Path
    index: Path
    report: BuildReport

    @property
    def edition(self) -> Path:
        """The folder of the edition in force."""
        return self.index / self.report.edition


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two documents, embedded as words. Shared: copy it before changing anything."""
    folder = tmp_path_factory.mktemp("liten")
    corpus = small_corpus(folder)
    return Built(corpus, folder / "indeks", build(corpus, folder / "indeks"))


@pytest.fixture
def own_index(small_index: Built, tmp_path: Path) -> Built:
    """A copy of the small index that the test may change."""
    folder = tmp_path / "eget"
    shutil.copytree(small_index.corpus.parent, folder)
    return Built(folder / "korpus", folder / "indeks", small_index.report)


@pytest.fixture(scope="session")
def strategies_by_words(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The two strategies, embedded as words."""
    folder = tmp_path_factory.mktemp("strategi-ord")
    build(strategy_corpus(folder), folder / "indeks")
    return Assistant(folder / "indeks", WordEmbedder(), today=lambda: TODAY)


@pytest.fixture(scope="session")
def starter_by_words(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The whole starter corpus with its registers, embedded as words."""
    folder = tmp_path_factory.mktemp("korpus-ord")
    build(STARTER, folder / "indeks")
    return Assistant(
        folder / "indeks", WordEmbedder(), contact="kommunikasjonsstaben", today=lambda: TODAY
    )


@pytest.fixture(scope="session")
def strategies(tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder) -> Built:
    """The two strategies, read by the safe reader and embedded by the real model."""
    folder = tmp_path_factory.mktemp("strategi")
    corpus = strategy_corpus(folder)
    report = build_index(corpus, folder / "indeks", real_embedder, SafeReader)
    return Built(corpus, folder / "indeks", report)


@pytest.fixture(scope="session")
def assistant(strategies: Built, real_embedder: Embedder) -> Assistant:
    """Answers from the two strategies with the real model."""
    return Assistant(
        strategies.index, real_embedder, contact="kommunikasjonsstaben", today=lambda: TODAY
    )


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Starts processes that run what stands in ``tests/builders.py``."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.builders"])
    return context


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, model_folder: Path, tmp_path: Path) -> None:
    """No setting of the developer's, and an empty working folder."""
    for name in list(os.environ):
        if name.startswith("ASSISTENT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ASSISTENT_MODELL_MAPPE", str(model_folder))
    monkeypatch.chdir(tmp_path)


# --- Chat models ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def llama_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real chat server with a model so small that most of what it says is wrong."""
    with llama_server(tmp_path_factory.mktemp("llama")) as url:
        yield url
