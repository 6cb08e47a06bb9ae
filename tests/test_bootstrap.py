from __future__ import annotations

from pathlib import Path

import pytest

from assistent import bootstrap
from assistent.errors import IndexMissingError, ModelError
from assistent.settings import Settings, load_settings
from assistent.types import Outcome
from tests.conftest import Built
from tests.fakes import TODAY, small_corpus


def settings_for(folder: Path, **changes: object) -> Settings:
    base = {"corpus": folder / "korpus", "index": folder / "indeks"}
    return load_settings({}).model_copy(update={**base, **changes})


def test_missing_model_says_how_to_make_it(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, model_folder=tmp_path / "modell")
    with pytest.raises(ModelError, match="«assistent modell»"):
        bootstrap.build_embedder(settings)
    with pytest.raises(ModelError, match="«assistent modell»"):
        bootstrap.build_assistant(settings)


@pytest.mark.model
def test_missing_index_says_how_to_build_it(tmp_path: Path, model_folder: Path) -> None:
    with pytest.raises(IndexMissingError, match="«assistent indekser»"):
        bootstrap.build_assistant(settings_for(tmp_path, model_folder=model_folder))


@pytest.mark.model
def test_index_is_built_found_fresh_and_answers(tmp_path: Path, model_folder: Path) -> None:
    small_corpus(tmp_path)
    settings = settings_for(tmp_path, model_folder=model_folder, contact="resepsjonen")
    assert bootstrap.index_is_stale(settings)
    steps = []
    report = bootstrap.rebuild_index(
        settings, progress=lambda step, done, total: steps.append(step)
    )
    assert (report.documents, report.skipped) == (2, ())
    assert list(dict.fromkeys(steps)) == [
        "dokumenter",
        "utdrag",
        "setninger",
        "spørsmål",
        "kontroll",
    ]
    assert not bootstrap.index_is_stale(settings)
    state = bootstrap.present_state(settings)
    assert (state.edition, state.passages) == (report.edition, report.passages)
    assert (state.added, state.reused, state.removed) == (0, report.passages, 0)
    assistant = bootstrap.build_assistant(settings, today=lambda: TODAY)
    answer = assistant.answer("Når ble sykkelordningen vedtatt?")
    assert "3. mars 2025" in answer.text
    refused = assistant.answer("Hvem vant hopprennet på lørdag i Lillehammer?")
    assert (refused.outcome, refused.contact) == (Outcome.NOT_IN_SOURCES, "Spør resepsjonen.")
    (settings.corpus / "regler/ny.md").write_text("# Ny\n\nEn ny regel.\n", encoding="utf-8")
    assert bootstrap.index_is_stale(settings)


@pytest.mark.model
def test_edition_of_the_real_model_is_not_taken_for_another(
    strategies: Built, model_folder: Path
) -> None:
    settings = settings_for(strategies.corpus.parent, model_folder=model_folder)
    assert not bootstrap.index_is_stale(settings)
