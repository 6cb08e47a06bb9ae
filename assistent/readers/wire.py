"""How the worker that parses files answers: JSON, checked field by field.

The worker handles hostile files and may have been taken over by one, so nothing it sends is
trusted to be more than text and numbers of the expected shape.
"""

from __future__ import annotations

import json
from typing import Any

from assistent.types import Block, BlockKind, ParsedText

MAX_ANSWER = 64 * 2**20  # bytes


class WireError(Exception):
    """An answer does not have the expected shape."""


def dump_parsed(parsed: ParsedText) -> dict[str, Any]:
    """Return a parsed text as plain values."""
    return {
        "text": parsed.text,
        "title": parsed.title,
        "blocks": [
            [block.kind.value, block.start, block.end, block.level, block.page, block.depth]
            for block in parsed.blocks
        ],
    }


def load_parsed(value: Any) -> ParsedText:
    """Rebuild a parsed text.

    Raises:
        WireError: a field is missing, of the wrong type, or out of range.
    """
    try:
        text, title, rows = value["text"], value["title"], value["blocks"]
        blocks = tuple(_block(row) for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(str(error)) from error
    if not isinstance(text, str) or not (title is None or isinstance(title, str)):
        raise WireError("text")
    position = 0
    for block in blocks:
        if not position <= block.start < block.end <= len(text):
            raise WireError("offsets")
        position = block.end
    return ParsedText(text, blocks, title)


def load_answer(data: bytes) -> dict[str, Any]:
    """Decode one answer of the worker.

    Raises:
        WireError: it is no JSON object.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError("json") from error
    if not isinstance(value, dict):
        raise WireError("object")
    return value


def _block(row: Any) -> Block:
    kind, start, end, level, page, depth = row
    for number in (start, end, level):
        if type(number) is not int or number < 0:
            raise ValueError("number")
    for number in (page, depth):
        if number is not None and (type(number) is not int or number < 0):
            raise ValueError("number")
    return Block(BlockKind(kind), start, end, level, page, depth)
