"""What the reader benchmark starts from: documents whose structure is known.

The two strategies come from the plain text reader and the ten starter documents from the Markdown
reader; both have tests of their own. A document here is a list of parts that can be written to any
format, and the list of sections that reading must give back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistent.readers import read_file
from assistent.sections import heading_title, split_into_sections
from assistent.types import BlockKind, ParsedText

KORPUS = Path(__file__).resolve().parents[2] / "korpus"
STRATEGIES = ("strategi/000_f46e2f4d7fabfedf.txt", "strategi/001_2e0d28288a8e41a5.txt")
STARTERS = (
    "designmanual/farger.md",
    "designmanual/kontrast.md",
    "designmanual/skrift.md",
    "designmanual/sprakprofil.md",
    "lov/kommuneloven.md",
    "lov/spraklova.md",
    "lov/universell-utforming.md",
    "retningslinjer/krisekommunikasjon.md",
    "retningslinjer/sosiale-medier.md",
    "retningslinjer/eksterne-kanaler.md",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block to be written; a table holds its rows, heads first."""

    kind: str  # «title», «heading», «paragraph», «item», «table»
    text: str = ""
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A section that must come back; ``page`` is None where it is not known."""

    path: tuple[str, ...]
    text: str
    page: int | None = None
    headed: bool = True


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document before it is written to a format."""

    name: str
    parts: tuple[Part, ...]
    sections: tuple[Expected, ...]


def source_documents(paths: Sequence[Path] = ()) -> list[SourceDocument]:
    """Return the documents at ``paths``, or the twelve of the benchmark."""
    return [_source(path) for path in paths or [KORPUS / n for n in (*STRATEGIES, *STARTERS)]]


def section_texts(parsed: ParsedText) -> list[Expected]:
    """Return the sections of a parsed text with their words and the page they begin on."""
    result: list[Expected] = []
    for section in split_into_sections(parsed.text, parsed.blocks):
        blocks = [block for block in section.blocks if block.kind is not BlockKind.TITLE]
        text = "".join(squeeze(parsed.text[b.start : b.end]) for b in blocks)
        first = section.heading or (blocks[0] if blocks else None)
        if first is not None:
            result.append(Expected(section.path, text, first.page, section.heading is not None))
    return result


def squeeze(text: str) -> str:
    """Take out white space, which no format keeps as it was."""
    return re.sub(r"\s+", "", text)


def _source(path: Path) -> SourceDocument:
    parsed = read_file(path)
    tables = _markdown_tables(path.read_text(encoding="utf-8")) if path.suffix == ".md" else []
    parts: list[Part] = []
    pending = 0  # rows of the table last written that are still to be skipped
    for block in parsed.blocks:
        text = parsed.text[block.start : block.end]
        marker = parsed.text[parsed.text.rfind("\n", 0, block.start) + 1 : block.start]
        if block.kind is BlockKind.TABLE_ROW:
            if pending == 0:
                rows = tables.pop(0)
                parts.append(Part("table", rows=rows))
                pending = len(rows) - 1
            pending -= 1
        elif block.kind is BlockKind.HEADING:
            parts.append(Part("heading", text, block.level))
        elif block.kind is BlockKind.LIST_ITEM:
            parts.append(Part("item", text, block.level, marker))
        elif block.kind is BlockKind.TITLE:
            parts.append(Part("title", text))
        else:
            parts += [Part("paragraph", line) for line in text.split("\n")]
    return SourceDocument(path.stem, tuple(parts), tuple(section_texts(parsed)))


def _markdown_tables(text: str) -> list[tuple[tuple[str, ...], ...]]:
    tables: list[list[tuple[str, ...]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            tables.append([])
        inside = True
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if not all(set(cell) <= set("-: ") for cell in cells):
            tables[-1].append(cells)
    return [tuple(table) for table in tables]


def flat_headings(parts: Sequence[Part]) -> list[tuple[str, list[Part]]]:
    """Return the headings with the parts under each, for formats without heading levels."""
    groups: list[tuple[str, list[Part]]] = [("", [])]
    for part in parts:
        if part.kind == "heading":
            groups.append((heading_title(part.text), []))
        elif part.kind != "title":
            groups[-1][1].append(part)
    return groups
