"""The base of every model of the exchange: described in Norwegian."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from assistent import texts_api

_TEXTS = {**texts_api.REQUESTS, **texts_api.REPLIES}


def listed(values: type[StrEnum]) -> WithJsonSchema:
    """Write a closed list out where it is used; its own description is for us."""
    return WithJsonSchema({"type": "string", "enum": [value.value for value in values]})


class Described(BaseModel):
    """A model whose JSON schema says what it and its fields are."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the Norwegian descriptions, and drop the titles that pydantic makes up."""
        schema = handler(core_schema)
        described = handler.resolve_ref_schema(schema)
        texts = _TEXTS[cls.__name__]
        described["description"] = texts[""]
        described.pop("title", None)
        for name, field in described.get("properties", {}).items():
            field.pop("title", None)
            field["description"] = texts[name]
        return schema
