"""The same reply as JSON, for servers that hold a model to a schema.

The numbers are an enumeration, so such a server cannot even write one that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from assistent.chat import ChatError, ChatFault
from assistent.compose.claims import Completeness, Read, read_claim, split_citations
from assistent.compose.lines import lines_of

_FENCE = re.compile(r"^\s*```\w*\s*$")


class _Claim(BaseModel):
    text: str
    sentences: list[int]


class _Reply(BaseModel):
    claims: list[_Claim]
    completeness: Completeness


def schema_of(evidence: Mapping[int, str]) -> dict[str, Any]:
    """Return the JSON schema of a reply over these sentences."""
    claim = _object(
        text={"type": "string"},
        sentences={"type": "array", "items": {"type": "integer", "enum": sorted(evidence)}},
    )
    return _object(
        claims={"type": "array", "items": claim},
        completeness={"type": "string", "enum": [each.value for each in Completeness]},
    )


def read_reply(pieces: Iterable[str], evidence: Mapping[int, str]) -> Iterator[Read]:
    """Yield the claims of a whole reply and, at last, its completeness.

    Raises:
        ChatError: it is no JSON or does not fit the schema.
    """
    text = "\n".join(line for line in lines_of(pieces) if not _FENCE.match(line))
    try:
        reply = _Reply.model_validate_json(text)
    except ValidationError:
        raise ChatError(ChatFault.RUBBISH) from None
    for claim in reply.claims:
        yield from read_claim(split_citations(claim.text), claim.sentences, evidence)
    yield reply.completeness


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
