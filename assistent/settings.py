"""Settings: read once from the environment, validated, unknown names refused.

Every variable begins with ``ASSISTENT_``. The README's table is generated from this class.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistent import texts
from assistent.errors import SettingsError

PREFIX = "ASSISTENT_"


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
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        raise SettingsError(texts.bad_setting(name, str(fault["input"]))) from error
