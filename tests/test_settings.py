from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

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
        "ASSISTENT_IKONER": "/data/ikoner",
        "ASSISTENT_JOURNAL": "full",
        "ASSISTENT_JOURNAL_DAGER": "30",
        "ASSISTENT_EVALUERING": "/data/evaluering",
        "ASSISTENT_DATABASE": "sqlite:////data/assistent.db",
        "ASSISTENT_CHROMA": "http://127.0.0.1:8000",
        "ASSISTENT_LOGG": "json",
        "ASSISTENT_CHATMODELL": "openai:gemma3:4b",
        "ASSISTENT_CHATMODELL_URL": "http://127.0.0.1:8000/v1",
        "ASSISTENT_CHATMODELL_NOEKKEL": "sk-hemmelig",
        "ASSISTENT_CHATMODELL_FRIST": "2.5",
        "ASSISTENT_CHATMODELL_FORMAT": "json_schema",
        "ASSISTENT_CHATMODELL_SAMTIDIGE": "4",
        "ASSISTENT_OIDC_UTSTEDER": "https://logginn.example",
        "ASSISTENT_OIDC_KLIENT": "assistent",
        "ASSISTENT_OIDC_HEMMELIGHET": "hemmelig",
        "ASSISTENT_OIDC_GRUPPEFELT": "roles",
        "ASSISTENT_GRUPPER_ANSATT": "alle",
        "ASSISTENT_GRUPPER_REDAKTOER": "redaksjonen, kommunikasjon",
        "ASSISTENT_GRUPPER_DRIFT": "drift",
        "ASSISTENT_UTEN_INNLOGGING": "ja",
        "ASSISTENT_UTADRESSE": "https://assistent.example",
        "ASSISTENT_PROXYER": "10.0.0.1",
        "ASSISTENT_METRIKK_NOEKKEL": "k" * 32,
    }
    settings = load_settings(values)
    variables = variable_names()
    assert set(values) == set(variables.values())
    assert {variables[name]: shown(value) for name, value in settings} == values


def shown(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_the_key_is_never_shown() -> None:
    key = {"ASSISTENT_CHATMODELL_NOEKKEL": "sk-hemmelig"}
    settings = load_settings({"ASSISTENT_CHATMODELL": "openai:x", **key})
    assert "hemmelig" not in f"{settings!r} {settings} {settings.model_dump()}"
    for others in ({}, {"ASSISTENT_CHATMODELL": "openai:x", "ASSISTENT_PORT": "nei"}):
        with pytest.raises(SettingsError) as caught:
            load_settings({**key, **others})
        trace = traceback.format_exception(caught.value)
        assert "hemmelig" not in "".join(trace)


@pytest.mark.parametrize("key", ["hemmelig", "h" * 31, "hemmelig " * 8, "hæmmelig" * 8, "=" * 40])
def test_a_key_for_the_figures_that_can_be_guessed_is_refused(key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ASSISTENT_METRIKK_NOEKKEL": key})
    assert str(caught.value).startswith("ASSISTENT_METRIKK_NOEKKEL kan ikke brukes som nøkkel.")
    assert key not in "".join(traceback.format_exception(caught.value))


def test_the_key_for_the_figures_is_never_shown() -> None:
    key = {"ASSISTENT_METRIKK_NOEKKEL": "Hemmelig-0123456789" * 2 + "=="}
    settings = load_settings(key)
    assert "Hemmelig" not in f"{settings!r} {settings} {settings.model_dump()}"
    with pytest.raises(SettingsError) as caught:
        load_settings({**key, "ASSISTENT_PORT": "nei"})
    assert "Hemmelig" not in "".join(traceback.format_exception(caught.value))


def test_settings_of_a_chat_model_want_a_chat_model() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ASSISTENT_CHATMODELL_FRIST": "3"})
    assert str(caught.value).startswith("Innstillingen ASSISTENT_CHATMODELL_FRIST virker bare")


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
        ("ASSISTENT_CHATMODELL_FRIST", "0"),
        ("ASSISTENT_CHATMODELL_FRIST", "121"),
        ("ASSISTENT_CHATMODELL_FORMAT", "xml"),
        ("ASSISTENT_CHATMODELL_SAMTIDIGE", "0"),
    ],
)
def test_bad_value_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"ASSISTENT_CHATMODELL": "openai:x", name: value})
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
