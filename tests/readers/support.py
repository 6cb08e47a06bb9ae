"""What the reader tests share: short views of a parsed text."""

from __future__ import annotations

from assistent.sections import split_into_sections
from assistent.types import Block, BlockKind, ParsedText


def quoted(parsed: ParsedText, block: Block) -> str:
    return parsed.text[block.start : block.end]


def kinds(parsed: ParsedText) -> list[tuple[str, str]]:
    """Each block as its kind and its words."""
    return [(block.kind.value, quoted(parsed, block)) for block in parsed.blocks]


def of_kind(parsed: ParsedText, kind: BlockKind) -> list[str]:
    return [quoted(parsed, block) for block in parsed.blocks if block.kind is kind]


def paths(parsed: ParsedText) -> list[tuple[str, ...]]:
    return [section.path for section in split_into_sections(parsed.text, parsed.blocks)]


def section(parsed: ParsedText, *path: str) -> list[str]:
    """The blocks of the section with this path of headings."""
    return [
        quoted(parsed, block)
        for part in split_into_sections(parsed.text, parsed.blocks)
        if part.path == path
        for block in part.blocks
    ]


def outline(parsed: ParsedText) -> str:
    """The headings of all sections, indented by depth; «-» is what stands under none."""
    lines = ["    " * (len(path) - 1) + path[-1] if path else "-" for path in paths(parsed)]
    return "\n".join(lines)
