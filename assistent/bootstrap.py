"""The only place where the parts are built from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistent.answering import Assistant, nobody
from assistent.chat import load_chat_model
from assistent.compose import Composer
from assistent.corpus import Progress, Skipped, inspect_corpus
from assistent.database import Database, open_database
from assistent.editions import current_edition, editions, read_manifest
from assistent.embedding import Embedder, load_embedder
from assistent.ingestion import BuildReport, build_index, needs_build
from assistent.journal import Journal, Keeping
from assistent.model.preparation import model_is_ready
from assistent.passage_store import forget_on_server
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
    settings: Settings,
    *,
    today: Callable[[], date] = date.today,
    patient: bool = False,
    groups: Callable[[], frozenset[str]] = nobody,
) -> Assistant:
    """Build the assistant over the edition in force.

    Args:
        settings: what is set.
        today: tells the day.
        patient: wait until the chat model can be asked, for callers who ask only once. Loading
            takes seconds, which a server uses for starting.
        groups: tells which groups whoever asks right now is in; without it everyone sees only what
            is open to all.

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
        groups=groups,
        chroma=settings.chroma,
    )


def build_database(settings: Settings) -> Database | None:
    """Open the database where something has to be kept; None where nothing has.

    Raises:
        SettingsError: its address cannot be read.
        DatabaseError: it cannot be used.
    """
    if settings.oidc_issuer is None and keeping_of(settings) is Keeping.OFF:
        return None
    return open_database(settings.database.get_secret_value())


def keeping_of(settings: Settings) -> Keeping:
    """Return how much the journal keeps."""
    return Keeping(settings.journal)


def build_journal(settings: Settings, database: Database | None) -> Journal | None:
    """Begin to keep the journal; None where nothing is kept."""
    keeping = keeping_of(settings)
    if database is None or keeping is Keeping.OFF:
        return None
    return Journal(database, keeping=keeping, days=settings.journal_days)


def evaluation_folder(settings: Settings) -> Path:
    """Return where the editors' questions for the evaluation are."""
    return settings.evaluation or settings.corpus.resolve().parent / "evaluering"


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


def rebuild_index(
    settings: Settings,
    *,
    progress: Progress,
    accept: Callable[[Path], None] | None = None,
) -> BuildReport:
    """Build a new edition from the corpus and publish it.

    Args:
        settings: what is set.
        progress: told how far it is.
        accept: tries the edition before it is published; see
            :func:`assistent.ingestion.build_index`.

    Raises:
        AssistantError: see :func:`assistent.ingestion.build_index`.
    """
    embedder = build_embedder(settings)
    before = editions(settings.index)
    report = build_index(
        settings.corpus, settings.index, embedder, SafeReader, progress=progress, accept=accept
    )
    if settings.chroma:
        gone = set(before) - set(editions(settings.index))
        forget_on_server(settings.chroma, sorted(gone))
    return report


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
        CorpusError: see :func:`assistent.corpus.inspect_corpus`.
    """
    return inspect_corpus(settings.corpus, SafeReader, progress=progress)


def index_is_stale(settings: Settings) -> bool:
    """Whether the index has to be built before it can serve the present corpus."""
    return needs_build(settings.corpus, settings.index, build_embedder(settings))


__all__ = [
    "build_assistant",
    "build_database",
    "build_embedder",
    "build_journal",
    "evaluation_folder",
    "index_is_stale",
    "keeping_of",
    "model_is_ready",
    "present_state",
    "rebuild_index",
]
