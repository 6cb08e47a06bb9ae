from __future__ import annotations

from assistent.readers.assembly import DraftBlock
from assistent.readers.titles import settle
from assistent.types import BlockKind


def heading(text: str, level: int) -> DraftBlock:
    return DraftBlock(BlockKind.HEADING, text, level=level)


def paragraph(text: str) -> DraftBlock:
    return DraftBlock(BlockKind.PARAGRAPH, text)


def test_the_only_top_heading_is_the_title_and_the_rest_moves_up() -> None:
    drafts, title = settle([heading("Kanalstrategi", 1), heading("Formål", 2), paragraph("Tekst.")])
    assert title == "Kanalstrategi"
    assert [(d.kind, d.level) for d in drafts] == [
        (BlockKind.TITLE, 0),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_two_top_headings_right_under_each_other_are_a_title_in_two_lines() -> None:
    drafts, title = settle([heading("Sak 1/25", 1), heading("Kanaler", 1), heading("Formål", 2)])
    assert title == "Kanaler"
    assert [d.kind for d in drafts] == [BlockKind.TITLE, BlockKind.TITLE, BlockKind.HEADING]


def test_several_top_headings_stay_headings() -> None:
    drafts, title = settle(
        [heading("Formål", 1), paragraph("Tekst."), heading("Mål", 1)], metadata_title="Plan"
    )
    assert title == "Plan"
    assert [d.level for d in drafts] == [1, 0, 1]


def test_a_numbered_chapter_is_no_title() -> None:
    assert settle([heading("1. Mål", 1), paragraph("A."), heading("2. Tiltak", 1)])[1] is None


def test_a_marked_title_wins_over_headings_and_metadata() -> None:
    drafts = [DraftBlock(BlockKind.TITLE, "Strategi"), heading("Formål", 1)]
    assert settle(drafts, metadata_title="mal.docx")[1] == "Strategi"


def test_levels_are_numbered_without_gaps() -> None:
    drafts, _ = settle([heading("A", 2), paragraph("a"), heading("B", 4), heading("C", 2)])
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == [1, 2, 1]
