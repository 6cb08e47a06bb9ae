"""What FastAPI needs to describe a route."""

from __future__ import annotations

from typing import Any

from assistent import texts_api as texts


def described(operation: str, tag: str, reply: type, identity: str = "") -> dict[str, Any]:
    """Return what FastAPI needs to describe a route."""
    summary, description = texts.OPERATIONS[operation]
    return {
        "summary": summary,
        "description": description,
        "tags": [tag],
        "operation_id": identity or operation,
        "response_description": texts.OK,
        "response_model": None,
        "responses": {200: {"model": reply, "description": texts.OK}},
    }
