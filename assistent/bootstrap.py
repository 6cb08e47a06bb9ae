"""The only place where the parts are built from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistent.answering import Assistant
from assistent.editions import current_edition, read_manifest
from assistent.embedding import Embedder, load_embedder
from assistent.ingestion import (
    BuildReport,
    Progress,
    Skipped,
    build_index,
    inspect_corpus,
    needs_build,
)
from assistent.model.preparation import model_is_ready
from assistent.readers.sandbox import SafeReader
from assistent.settings import Settings
from assistent.types import Document, Registers


def build_embedder(settings: Settings) -> Embedder:
    """Load the embedding model.

    Raises:
        ModelError: it is not prepared, damaged, or cannot be loaded.
    """
    return load_embedder(settings.model_folder, settings.embedding_model, threads=settings.threads)


def build_assistant(settings: Settings, *, today: Callable[[], date] = date.today) -> Assistant:
    """Build the assistant over the edition in force.

    Raises:
        IndexMissingError: nothing has been built.
        IndexDamagedError: the edition cannot be used.
        ModelError: the embedding model cannot be used.
    """
    return Assistant(
        settings.index, build_embedder(settings), contact=settings.contact, today=today
    )


def rebuild_index(settings: Settings, *, progress: Progress) -> BuildReport:
    """Build a new edition from the corpus and publish it.

    Raises:
        AssistantError: see :func:`assistent.ingestion.build_index`.
    """
    embedder = build_embedder(settings)
    return build_index(settings.corpus, settings.index, embedder, SafeReader, progress=progress)


def present_state(settings: Settings) -> BuildReport:
    """Report the edition in force as a build that changed nothing.

    Raises:
        IndexMissingError: nothing has been built.
        IndexDamagedError: the edition cannot be used.
    """
    folder = settings.index / current_edition(settings.index)
    manifest = read_manifest(folder, verify=False)
    return BuildReport(
        edition=manifest.edition,
        documents=manifest.documents,
        passages=manifest.passages,
        added=0,
        reused=manifest.passages,
        removed=0,
        skipped=(),
        seconds=0.0,
    )


def check_corpus(
    settings: Settings, *, progress: Progress
) -> tuple[list[Document], list[Skipped], Registers]:
    """Validate the corpus without building.

    Raises:
        CorpusError: see :func:`assistent.ingestion.inspect_corpus`.
    """
    return inspect_corpus(settings.corpus, SafeReader, progress=progress)


def index_is_stale(settings: Settings) -> bool:
    """Whether the index has to be built before it can serve the present corpus."""
    return needs_build(settings.corpus, settings.index, build_embedder(settings))


__all__ = [
    "build_assistant",
    "build_embedder",
    "index_is_stale",
    "model_is_ready",
    "present_state",
    "rebuild_index",
]
