from __future__ import annotations

import json
from typing import Any

import pytest

from assistent.readers.wire import WireError, dump_parsed, load_answer, load_parsed
from assistent.types import Block, BlockKind, ParsedText

PARSED = ParsedText(
    "Mål\n\nTekst æøå\n",
    (Block(BlockKind.HEADING, 0, 3, 1, 2), Block(BlockKind.SIGNATURE, 5, 14, depth=0)),
    "Mål",
)


def test_a_parsed_text_comes_back_as_it_was() -> None:
    assert load_parsed(json.loads(json.dumps(dump_parsed(PARSED)))) == PARSED


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"text": "a", "blocks": []},
        {"text": 1, "title": None, "blocks": []},
        {"text": "a", "title": 3, "blocks": []},
        {"text": "a", "title": None, "blocks": [["heading", 0, 2, 1, None, None]]},
        {"text": "abc", "title": None, "blocks": [["heading", 1, 1, 1, None, None]]},
        {"text": "abc", "title": None, "blocks": [["heading", -1, 1, 1, None, None]]},
        {"text": "abc", "title": None, "blocks": [["heading", 0, True, 1, None, None]]},
        {"text": "abc", "title": None, "blocks": [["program", 0, 1, 1, None, None]]},
        {"text": "abc", "title": None, "blocks": [["heading", 0, 1, 1, "1", None]]},
        {
            "text": "abc",
            "title": None,
            "blocks": [["heading", 1, 2, 1, None, None], ["heading", 0, 1, 1, None, None]],
        },
    ],
)
def test_anything_of_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(WireError):
        load_parsed(value)


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b"\xff", b"[" * 100_000])
def test_an_answer_that_is_no_object_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        load_answer(data)
