from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistent.readers.assembly import DraftBlock, assemble
from assistent.types import BlockKind

drafts = st.lists(
    st.builds(
        DraftBlock,
        kind=st.sampled_from(BlockKind),
        text=st.text(max_size=30),
        marker=st.sampled_from(["", "• ", "1. "]),
    )
)


def test_items_of_a_list_stand_on_consecutive_lines() -> None:
    parsed = assemble(
        [
            DraftBlock(BlockKind.PARAGRAPH, "Mål:"),
            DraftBlock(BlockKind.LIST_ITEM, "én", "• "),
            DraftBlock(BlockKind.LIST_ITEM, "to", "• "),
            DraftBlock(BlockKind.PARAGRAPH, "Etter."),
        ]
    )
    assert parsed.text == "Mål:\n\n• én\n• to\n\nEtter.\n"


@given(drafts)
def test_every_block_is_an_exact_quote_in_order(found: list[DraftBlock]) -> None:
    parsed = assemble(found)
    position = 0
    for block in parsed.blocks:
        assert position <= block.start < block.end <= len(parsed.text)
        quote = parsed.text[block.start : block.end]
        assert quote == quote.strip() != ""
        position = block.end
