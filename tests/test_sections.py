from __future__ import annotations

from pathlib import Path

import pytest

from assistent.readers import read_file
from assistent.sections import heading_title, split_into_sections
from assistent.types import Block, BlockKind, Section

CORPUS = Path(__file__).resolve().parent.parent / "korpus"
SHORTHAND = {
    "#": (BlockKind.HEADING, 1),
    "##": (BlockKind.HEADING, 2),
    "###": (BlockKind.HEADING, 3),
    "-": (BlockKind.LIST_ITEM, 1),
}


def make(source: str, **depths: int) -> tuple[str, list[Block]]:
    """Make text and blocks of lines such as «## Mål»; ``depths`` maps a line's text to depth."""
    text, blocks = "", []
    for line in source.split(" | "):
        mark, _, rest = line.partition(" ")
        kind, level = SHORTHAND.get(mark, (BlockKind.PARAGRAPH, 0))
        content = rest if mark in SHORTHAND else line
        marker = "- " if mark == "-" else ""
        start = len(text) + len(marker)
        text += f"{marker}{content}\n"
        blocks.append(Block(kind, start, start + len(content), level, depth=depths.get(content)))
    return text, blocks


def paths(sections: tuple[Section, ...]) -> list[tuple[str, ...]]:
    return [section.path for section in sections]


def bodies(text: str, sections: tuple[Section, ...]) -> list[str]:
    return [text[section.start : section.end] for section in sections]


def test_every_heading_begins_a_section_with_the_headings_above_in_its_path() -> None:
    text, blocks = make("# A | x | ## B | y | ### C | ## D | # E | z")
    sections = split_into_sections(text, blocks)
    assert paths(sections) == [("A",), ("A", "B"), ("A", "B", "C"), ("A", "D"), ("E",)]
    assert bodies(text, sections) == ["A\nx\n", "B\ny\n", "C\n", "D\n", "E\nz\n"]


def test_heading_that_skips_a_level_still_stands_under_the_one_above() -> None:
    text, blocks = make("# A | ### C | ## B")
    assert paths(split_into_sections(text, blocks)) == [("A",), ("A", "C"), ("A", "B")]


def test_what_stands_before_the_first_heading_has_no_path() -> None:
    text, blocks = make("x | # A | y")
    first, _ = split_into_sections(text, blocks)
    assert (first.path, first.heading) == ((), None)
    assert text[first.start : first.end] == "x\n"


def test_block_of_fewer_headings_leaves_the_last_one() -> None:
    # A signature after the last subheading belongs to the decision as a whole.
    text, blocks = make("# A | ## B | x | signert | y", signert=1)
    sections = split_into_sections(text, blocks)
    assert paths(sections) == [("A",), ("A", "B"), ("A",)]
    assert bodies(text, sections)[2] == "signert\ny\n"


def test_section_that_begins_with_a_list_begins_at_its_mark() -> None:
    text, blocks = make("# A | ## B | x | - punkt", punkt=1)
    assert bodies(text, split_into_sections(text, blocks))[-1] == "- punkt\n"


def test_heading_is_cited_on_one_line_without_its_colon() -> None:
    assert heading_title("Følgende\n  vedtak : ") == "Følgende vedtak"


def test_document_without_blocks_has_no_sections() -> None:
    assert split_into_sections("", ()) == ()


@pytest.mark.parametrize(
    "path", sorted(CORPUS.rglob("*.txt")) + sorted(CORPUS.rglob("*.md")), ids=lambda p: p.name
)
def test_sections_cover_each_starter_document_without_gaps(path: Path) -> None:
    parsed = read_file(path)
    sections = split_into_sections(parsed.text, parsed.blocks)
    assert "".join(bodies(parsed.text, sections)) == parsed.text
    found = [block for s in sections for block in (*([s.heading] if s.heading else []), *s.blocks)]
    assert found == list(parsed.blocks)
