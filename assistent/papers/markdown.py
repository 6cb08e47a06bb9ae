"""A paper as Markdown (GitHub's tables). Whatever a text holds is shown as it stands."""

from __future__ import annotations

import re

from assistent.papers.model import Block, Bullets, Heading, Paper, Paragraph, Table

# A number in brackets is no link unless one of these follows.
_SPECIAL = re.compile(r"(\[\d+\](?![\[(:]))|[\\`*_\[\]<>|#&~]")
_AT_THE_START = re.compile(r"^([-+=])|^(\d+)([.)])(?=\s|$)")


def as_markdown(paper: Paper) -> bytes:
    """Return the paper as Markdown in UTF-8."""
    parts = [f"# {_escaped(paper.title)}", *map(_block, paper.blocks)]
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_escaped(text)}"
        case Paragraph(text):
            return _escaped(text)
        case Bullets(items):
            return "\n".join(f"- {_escaped(item)}" for item in items)
        case Table(header=header, rows=rows):
            lines = [_row(tuple(map(_inline, header))), _row(("---",) * len(header))]
            lines += [_row(tuple(map(_cell, row))) for row in rows]
            return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(lines: tuple[str, ...]) -> str:
    shown = [_inline(line) for line in lines]
    if len(shown) > 1:
        shown[0] = f"**{shown[0]}**"
    return "<br>".join(shown)


def _escaped(text: str) -> str:
    """Return a text that stands alone on its line."""
    return _AT_THE_START.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", _inline(text)
    )


def _inline(text: str) -> str:
    """Take their meaning from the characters that Markdown or HTML would read."""
    return _SPECIAL.sub(
        lambda found: found[0] if found[1] else f"\\{found[0]}", " ".join(text.split())
    )
