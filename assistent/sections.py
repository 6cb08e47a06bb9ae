"""From blocks to sections: what stands under which heading."""

from __future__ import annotations

from collections.abc import Sequence

from assistent.types import Block, BlockKind, Section


def split_into_sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Cut a document at every heading, and where a block belongs to fewer headings.

    Returns:
        Sections in document order. Together they cover ``text`` without gaps or overlaps: the
        first begins at 0, each ends where the next begins, the last ends with the text. None
        where there are no blocks.
    """
    groups: list[tuple[tuple[str, ...], Block | None, list[Block]]] = []
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, heading_title(text[block.start : block.end])))
            groups.append((_titles(path), block, []))
            continue
        if block.depth is not None and block.depth < len(path):
            del path[block.depth :]
            groups.append((_titles(path), None, []))
        if not groups:
            groups.append(((), None, []))
        groups[-1][2].append(block)
    if not groups:
        return ()
    if not groups:
        return ()
    starts = [0, *(_group_start(text, heading, body) for _, heading, body in groups[1:])]
    ends = [*starts[1:], len(text)]
    return tuple(
        Section(titles, heading, tuple(body), start, end)
        for (titles, heading, body), start, end in zip(groups, starts, ends, strict=True)
    )


def heading_title(text: str) -> str:
    """Return a heading as it is cited: on one line, without a colon at the end."""
    return " ".join(text.split()).rstrip(":").rstrip()


def _titles(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _group_start(text: str, heading: Block | None, body: Sequence[Block]) -> int:
    """Return where a section begins: its first line, list marker included."""
    first = heading or body[0]
    return text.rfind("\n", 0, first.start) + 1
