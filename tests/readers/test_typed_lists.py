from __future__ import annotations

from assistent.readers.assembly import DraftBlock
from assistent.readers.typed_lists import settle_typed_lists
from assistent.types import BlockKind


def paragraphs(*texts: str) -> list[DraftBlock]:
    return [DraftBlock(BlockKind.PARAGRAPH, text) for text in texts]


def test_consecutive_typed_numbers_are_a_list() -> None:
    drafts = settle_typed_lists(paragraphs("Mål:", "1. Én aktør", "2. Tillit", "Etterpå."))
    assert [(d.kind.value, d.marker, d.text) for d in drafts] == [
        ("paragraph", "", "Mål:"),
        ("list_item", "1. ", "Én aktør"),
        ("list_item", "2. ", "Tillit"),
        ("paragraph", "", "Etterpå."),
    ]


def test_typed_letters_are_a_list() -> None:
    drafts = settle_typed_lists(paragraphs("a) skriftlig", "b) muntlig"))
    assert [draft.marker for draft in drafts] == ["a) ", "b) "]


def test_a_lone_number_is_part_of_its_paragraph() -> None:
    drafts = paragraphs("3. kvartal var bedre enn ventet.", "Neste år blir det flere.")
    assert settle_typed_lists(drafts) == drafts
