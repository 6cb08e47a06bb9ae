from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistent.errors import SettingsError
from assistent.settings import PREFIX, Settings, load_settings, variable_names


def test_defaults_need_no_environment() -> None:
    settings = load_settings({})
    assert (settings.address, settings.port) == ("127.0.0.1", 7860)
    assert (settings.corpus, settings.index) == (Path("korpus"), Path("indeks"))
    assert settings.embedding_model is None
    assert settings.threads == 1


def test_every_setting_can_be_set_from_the_environment() -> None:
    values = {
        "ASSISTENT_ADRESSE": "0.0.0.0",
        "ASSISTENT_PORT": "8080",
        "ASSISTENT_KORPUS": "/data/korpus",
        "ASSISTENT_INDEKS": "/data/indeks",
        "ASSISTENT_MODELL_MAPPE": "/data/modell",
        "ASSISTENT_EMBEDDING_MODELL": "/data/e5",
        "ASSISTENT_TRAADER": "2",
        "ASSISTENT_KONTAKT": "kommunikasjonsstaben",
    }
    settings = load_settings(values)
    variables = variable_names()
    assert set(values) == set(variables.values())
    assert {variables[name]: str(value) for name, value in settings} == values


def test_every_variable_has_the_prefix_and_a_description() -> None:
    assert all(name.startswith(PREFIX) for name in variable_names().values())
    assert all(field.description for field in Settings.model_fields.values())


def test_unknown_variable_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ASSISTENT_PROT": "1", "HOME": "/"})
    message = str(caught.value)
    assert message.startswith("Innstillingen ASSISTENT_PROT finnes ikke.")
    assert "ASSISTENT_PORT" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTENT_PORT", "mange"),
        ("ASSISTENT_PORT", "0"),
        ("ASSISTENT_PORT", "65536"),
        ("ASSISTENT_PORT", "80.5"),
        ("ASSISTENT_TRAADER", "0"),
        ("ASSISTENT_TRAADER", "65"),
    ],
)
def test_bad_value_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({name: value})
    expected = f"Innstillingen {name} kan ikke ha verdien «{value}»."
    assert str(caught.value).startswith(expected)


def test_empty_variable_counts_as_unset() -> None:
    assert load_settings({"ASSISTENT_PORT": "", "ASSISTENT_UKJENT": ""}) == load_settings({})


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        load_settings({}).port = 1  # type: ignore[misc]


def test_reading_settings_makes_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    load_settings({"ASSISTENT_INDEKS": "ny/indeks", "ASSISTENT_MODELL_MAPPE": "ny/modell"})
    assert list(tmp_path.iterdir()) == []
