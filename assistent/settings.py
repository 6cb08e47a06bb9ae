"""Settings: read once from the environment, validated, unknown names refused.

Every variable begins with ``ASSISTENT_``. The README's table is generated from this class.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from assistent import texts, texts_chat, texts_operation
from assistent.errors import SettingsError

PREFIX = "ASSISTENT_"

# What RFC 6750 lets a bearer token be written with; anything else could never be sent.
_BEARER_TOKEN = re.compile(r"(?=.{32})[A-Za-z0-9._~+/-]+=*")


class Settings(BaseModel):
    """What can be set from outside. Paths are relative to the working directory."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str = Field(
        "127.0.0.1",
        validation_alias="ASSISTENT_ADRESSE",
        description="address that the web page listens on",
    )
    port: int = Field(
        7860,
        ge=1,
        le=65535,
        validation_alias="ASSISTENT_PORT",
        description="port that the web page listens on",
    )
    corpus: Path = Field(
        Path("korpus"),
        validation_alias="ASSISTENT_KORPUS",
        description="folder with the documents and `katalog.toml`",
    )
    index: Path = Field(
        Path("indeks"),
        validation_alias="ASSISTENT_INDEKS",
        description="folder with the editions of the index",
    )
    model_folder: Path = Field(
        default_factory=lambda: user_cache_path("assistent") / "modell",
        validation_alias="ASSISTENT_MODELL_MAPPE",
        description="cache folder of the prepared embedding model",
    )
    embedding_model: str | None = Field(
        None,
        validation_alias="ASSISTENT_EMBEDDING_MODELL",
        description="another sentence-transformers model (path or name) instead of the built-in",
    )
    threads: int = Field(
        1,
        ge=1,
        le=64,
        validation_alias="ASSISTENT_TRAADER",
        description="threads for the embedding model",
    )
    contact: str = Field(
        "kommunikasjonsavdelingen i din virksomhet",
        validation_alias="ASSISTENT_KONTAKT",
        description="who to ask when the documents do not answer, as shown to the user",
    )
    chat_model: str | None = Field(
        None,
        validation_alias="ASSISTENT_CHATMODELL",
        description="chat model that writes the answers, «provider:model» (`openai`, "
        "`azure_openai`, `anthropic`, `mistralai`); without one the answers are quotes",
    )
    chat_model_url: str | None = Field(
        None,
        validation_alias="ASSISTENT_CHATMODELL_URL",
        description="base address of its server (vLLM, Ollama, llama.cpp, Azure: with `openai`), "
        "often ending with `/v1`; the provider's own if not set",
    )
    chat_model_key: SecretStr | None = Field(
        None,
        validation_alias="ASSISTENT_CHATMODELL_NOEKKEL",
        description="the key that its server asks for",
    )
    chat_model_seconds: float = Field(
        8.0,
        gt=0,
        le=120,
        validation_alias="ASSISTENT_CHATMODELL_FRIST",
        description="seconds it may take for an answer; after them the quotes stand",
    )
    chat_model_format: Literal["tekst", "json_schema"] = Field(
        "tekst",
        validation_alias="ASSISTENT_CHATMODELL_FORMAT",
        description="how it replies: `tekst` works everywhere and comes sentence by sentence, "
        "`json_schema` is stricter where the server can, and comes all at once",
    )
    chat_model_at_once: int = Field(
        8,
        ge=1,
        le=256,
        validation_alias="ASSISTENT_CHATMODELL_SAMTIDIGE",
        description="how many answers it may write at once; beyond them the quotes stand",
    )
    database: SecretStr = Field(
        default_factory=lambda: SecretStr(f"sqlite:///{user_data_path('assistent')}/assistent.db"),
        validation_alias="ASSISTENT_DATABASE",
        description="where sessions, journal and feedback are kept: `sqlite:///folder/file.db` or "
        "`postgresql://user:password@host/name`",
    )
    oidc_issuer: str | None = Field(
        None,
        validation_alias="ASSISTENT_OIDC_UTSTEDER",
        description="the OpenID Connect provider that people sign in with, for example "
        "`https://login.microsoftonline.com/<tenant>/v2.0`; without one nobody signs in",
    )
    oidc_client: str | None = Field(
        None,
        validation_alias="ASSISTENT_OIDC_KLIENT",
        description="our client id there; the redirect address is `/inn/tilbake`",
    )
    oidc_secret: SecretStr | None = Field(
        None,
        validation_alias="ASSISTENT_OIDC_HEMMELIGHET",
        description="our client secret there; none for a public client",
    )
    groups_claim: str = Field(
        "groups",
        validation_alias="ASSISTENT_OIDC_GRUPPEFELT",
        description="claim of the id token that lists a person's groups (Entra ID: `groups` or "
        "`roles`)",
    )
    groups_staff: str | None = Field(
        None,
        validation_alias="ASSISTENT_GRUPPER_ANSATT",
        description="groups that may use the assistant, with commas between; everyone who can "
        "sign in if not set",
    )
    groups_editor: str | None = Field(
        None,
        validation_alias="ASSISTENT_GRUPPER_REDAKTOER",
        description="groups that are editors",
    )
    groups_operator: str | None = Field(
        None,
        validation_alias="ASSISTENT_GRUPPER_DRIFT",
        description="groups that operate the service",
    )
    without_sign_in: Literal["ja", "nei"] = Field(
        "nei",
        validation_alias="ASSISTENT_UTEN_INNLOGGING",
        description="`ja` serves other machines without sign-in; otherwise that is refused",
    )
    public_address: str | None = Field(
        None,
        validation_alias="ASSISTENT_UTADRESSE",
        description="the address that people write in the browser, for example "
        "`https://assistent.example.no`; requests to other host names are refused",
    )
    proxies: str | None = Field(
        None,
        validation_alias="ASSISTENT_PROXYER",
        description="addresses of reverse proxies whose X-Forwarded-For and -Proto are believed, "
        "with commas between; nobody's if not set",
    )
    journal: Literal["av", "minimal", "full"] = Field(
        "minimal",
        validation_alias="ASSISTENT_JOURNAL",
        description="what is kept of questions: `av` nothing, `minimal` outcome, documents quoted "
        "and times, `full` also the text of questions without personal data; feedback is taken "
        "with the last two",
    )
    journal_days: int = Field(
        90,
        ge=1,
        le=3650,
        validation_alias="ASSISTENT_JOURNAL_DAGER",
        description="days until journal and feedback are deleted",
    )
    evaluation: Path | None = Field(
        None,
        validation_alias="ASSISTENT_EVALUERING",
        description="folder for questions that editors add to what `assistent evaluer` asks; "
        "`evaluering` beside the corpus if not set",
    )
    chroma: str = Field(
        "",
        validation_alias="ASSISTENT_CHROMA",
        description="address of a Chroma server (`http://host:8000`, private network only) that "
        "several processes share; without it Chroma runs inside the process",
    )
    log_form: Literal["tekst", "json"] = Field(
        "tekst",
        validation_alias="ASSISTENT_LOGG",
        description="how the server writes its log on standard error: `tekst`, or `json` with one "
        "object a line; never with questions, addresses or names",
    )
    metrics_key: SecretStr | None = Field(
        None,
        validation_alias="ASSISTENT_METRIKK_NOEKKEL",
        description="bearer token, at least 32 characters, by which a machine may fetch "
        "`/helse/metrikk`, and nothing else",
    )
    icons: Path | None = Field(
        None,
        validation_alias="ASSISTENT_IKONER",
        description="folder with own app icons (`180.png`, `192.png`, `512.png`, `512-maske.png`)",
    )


def variable_names() -> dict[str, str]:
    """Map each field of :class:`Settings` to its environment variable."""
    return {name: str(field.validation_alias) for name, field in Settings.model_fields.items()}


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Args:
        environment: the variables to read; the process's own by default. Empty ones count as unset.

    Raises:
        SettingsError: a variable is unknown or its value cannot be used.
    """
    present = os.environ if environment is None else environment
    values = {name: value for name, value in present.items() if name.startswith(PREFIX) and value}
    known = sorted(variable_names().values())
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SettingsError(texts.unknown_setting(unknown[0], known))
    _require_chat_model(values)
    _require_long_key(values)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        raise SettingsError(texts.bad_setting(name, str(fault["input"]))) from error


def _require_chat_model(values: Mapping[str, str]) -> None:
    """Refuse what says something of a chat model where none is set: most likely a slip."""
    name, *others = (
        variable for field, variable in variable_names().items() if field.startswith("chat_model")
    )
    stray = [variable for variable in others if variable in values]
    if stray and name not in values:
        raise SettingsError(texts_chat.chat_model_missing(stray[0]))


def _require_long_key(values: Mapping[str, str]) -> None:
    """Refuse a key that could be guessed. Not a rule of the field: its error would hold the key."""
    name = variable_names()["metrics_key"]
    if name in values and not _BEARER_TOKEN.fullmatch(values[name]):
        raise SettingsError(texts_operation.bad_metrics_key(name))
