"""The only place where the parts are built from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistent.answering import Assistant
from assistent.chat import load_chat_model
from assistent.compose import Composer
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
from assistent.verify import Prover
from assistent.writing import Writer


def build_embedder(settings: Settings) -> Embedder:
    """Load the embedding model.

    Raises:
        ModelError: it is not prepared, damaged, or cannot be loaded.
    """
    return load_embedder(settings.model_folder, settings.embedding_model, threads=settings.threads)


def build_assistant(
    settings: Settings, *, today: Callable[[], date] = date.today, patient: bool = False
) -> Assistant:
    """Build the assistant over the edition in force.

    Args:
        settings: what is set.
        today: tells the day.
        patient: wait until the chat model can be asked, for callers who ask only once. Loading
            takes seconds, which a server uses for starting.

    Raises:
        IndexMissingError: nothing has been built.
        IndexDamagedError: the edition cannot be used.
        ModelError: the embedding model cannot be used.
        SettingsError: the chat model cannot work as it is set.
    """
    embedder = build_embedder(settings)
    return Assistant(
        settings.index,
        embedder,
        contact=settings.contact,
        today=today,
        writer=build_writer(settings, embedder, patient=patient),
    )


def build_writer(settings: Settings, embedder: Embedder, *, patient: bool = False) -> Writer | None:
    """Build what writes answers with a chat model; None if none is set.

    Raises:
        SettingsError: the chat model cannot work as it is set.
    """
    if settings.chat_model is None:
        return None
    model = load_chat_model(
        settings.chat_model,
        url=settings.chat_model_url,
        key=settings.chat_model_key,
        at_once=settings.chat_model_at_once,
    )
    loading = model.prepare()
    if patient:
        loading.result()
    composer = Composer(
        model,
        seconds=settings.chat_model_seconds,
        as_json=settings.chat_model_format == "json_schema",
    )
    return Writer(composer, Prover(embedder))


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
