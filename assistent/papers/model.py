"""What a paper is made of. Every writer writes all of it and adds no word of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the paper's title is level 1, so these begin at 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


Cell = tuple[str, ...]
"""The lines of a cell; of several the first is set in bold."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; ``name`` says to a screen reader what it is.

    ``shares`` are the widths of the columns, in parts.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document in Norwegian bokmål. ``maker`` is named as its author."""

    title: str
    blocks: tuple[Block, ...]
    maker: str = ""

    def lines(self) -> Iterator[str]:
        """Yield every line of text in reading order."""
        yield self.title
        for block in self.blocks:
            match block:
                case Heading(text=text) | Paragraph(text=text):
                    yield text
                case Bullets(items=items):
                    yield from items
                case Table(header=header, rows=rows):
                    yield from header
                    for row in rows:
                        for cell in row:
                            yield from cell
