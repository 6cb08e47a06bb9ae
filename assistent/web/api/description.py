"""The OpenAPI description: what FastAPI makes of the routes, completed and without its English."""

from __future__ import annotations

import json
from typing import Any

from assistent import texts_api as texts
from assistent.web.api.problems import MEDIA_TYPE

Schema = dict[str, Any]
_REFERENCE = "#/components/schemas/"


def completed(description: Schema) -> Schema:
    """Return a description with its problems, events and examples.

    Args:
        description: as FastAPI makes it; the problem stands as each operation's default response.
    """
    for operations in description["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return _without_unused(description)


def referred(schema: Schema) -> str:
    """Return the name of the type that a schema refers to; "" if it is no reference."""
    reference: str = schema.get("$ref", "")
    return reference.removeprefix(_REFERENCE)


def _complete(operation: Schema) -> None:
    for parameter in operation.get("parameters", ()):
        for untold in ("title", "description"):
            parameter["schema"].pop(untold, None)
        parameter.setdefault("description", texts.DOCUMENT_PARAMETER)
    problem = operation["responses"]["default"]
    problem["description"] = texts.PROBLEM
    problem["content"] = {MEDIA_TYPE: problem["content"]["application/json"]}
    identity = operation["operationId"]
    if "requestBody" in operation:
        example = texts.EXAMPLES[identity]
        operation["requestBody"]["content"]["application/json"]["example"] = example
    if identity == "svar":
        operation["responses"]["200"]["content"]["text/event-stream"] = {
            "schema": {"type": "string"}
        }


def _without_unused(description: Schema) -> Schema:
    """Return a description without the types that nothing refers to."""
    schemas = description["components"]["schemas"]
    written = json.dumps(description)
    used = {name: schema for name, schema in schemas.items() if f'{_REFERENCE}{name}"' in written}
    return {**description, "components": {"schemas": used}}
