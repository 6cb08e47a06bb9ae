"""From sections to passages: what is indexed, found and quoted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from assistent.sections import split_into_sections
from assistent.sentences import sentence_spans
from assistent.types import Block, BlockKind, Document, Passage, Section, Span, Statement

# Changing how a text is split changes the ids and must lead to a new index.
SPLITTER_VERSION = 2

MAX_TOKENS = 200
_MAX_STATEMENT_CHARACTERS = 1200
_LEAD_IN_ENDS = (":", " at", " som", " å", " er", " for", " skal", " må", " bør", " kan", " til")

TokenCounter = Callable[[Sequence[str]], list[int]]


def split_into_passages(
    document: Document, count_tokens: TokenCounter, *, max_tokens: int = MAX_TOKENS
) -> tuple[Passage, ...]:
    """Split a document into passages.

    A passage stays within one section and has at most ``max_tokens`` tokens unless a single
    statement is longer. The passages cover the text without gaps or overlaps, in order. Ids are
    stable: they depend on the document's path and on what stands in the passage, not on where.
    """
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    for section in split_into_sections(document.text, document.blocks):
        statements = section_statements(document.text, section)
        groups = _group(document.text, statements, count_tokens, max_tokens) or [()]
        starts = [section.start, *(_line_start(document.text, g[0]) for g in groups[1:])]
        ends = [*starts[1:], section.end]
        for group, start, end in zip(groups, starts, ends, strict=True):
            first = start == section.start and section.heading is not None
            body_start = group[0].start if group else end
            if first and section.heading is not None and group and section.blocks:
                group = (_heading_statement(section.heading), *group)
            digest = _digest(document.info.path, section.path, document.text[start:end].strip())
            seen[digest] += 1
            passages.append(
                Passage(
                    id=f"{digest}-{seen[digest]}",
                    document=document.info.path,
                    section=section.path,
                    page=_page(section, start),
                    start=start,
                    end=end,
                    body_start=body_start if first else start,
                    statements=tuple(group),
                )
            )
    return tuple(passages)


def section_statements(text: str, section: Section) -> tuple[Statement, ...]:
    """Return everything in a section that can be quoted, in order.

    A heading with nothing under it is a statement itself: dates and decisions may stand there.
    """
    statements: list[Statement] = []
    lead_in: Span | None = None
    for block in section.blocks:
        if block.kind is BlockKind.LIST_ITEM:
            statements += _block_statements(text, block, lead_in)
            continue
        lead_in = None
        statements += _block_statements(text, block, None)
        if block.kind is BlockKind.PARAGRAPH and _leads_in(text[block.start : block.end]):
            last = statements[-1]
            lead_in = Span(last.start, last.end)
    if not statements and section.heading is not None:
        statements.append(_heading_statement(section.heading))
    return tuple(statements)


def _heading_statement(heading: Block) -> Statement:
    return Statement(heading.start, heading.end, BlockKind.HEADING)


def _leads_in(paragraph: str) -> bool:
    return paragraph.endswith(_LEAD_IN_ENDS)


def _block_statements(text: str, block: Block, lead_in: Span | None) -> list[Statement]:
    if block.kind in {BlockKind.SIGNATURE, BlockKind.TABLE_ROW, BlockKind.TITLE}:
        return [Statement(block.start, block.end, block.kind)]
    spans = [
        piece
        for span in sentence_spans(text, block.start, block.end)
        for piece in _at_most(text, span, _MAX_STATEMENT_CHARACTERS)
    ]
    return [
        Statement(span.start, span.end, block.kind, lead_in, follows=number > 0)
        for number, span in enumerate(spans)
    ]


def _at_most(text: str, span: Span, limit: int) -> list[Span]:
    """Cut a run-on text without full stops between words, so that the model sees all of it."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > limit:
        cut = text.rfind(" ", start + 1, start + limit)
        cut = cut if cut > start else start + limit
        pieces.append(Span(start, cut))
        start = cut + 1 if text[cut] == " " else cut
    pieces.append(Span(start, span.end))
    return pieces


def _group(
    text: str, statements: Sequence[Statement], count_tokens: TokenCounter, max_tokens: int
) -> list[tuple[Statement, ...]]:
    """Fill passages with statements; a lead-in line goes with the first item under it."""
    counts = count_tokens([text[s.start : s.end] for s in statements])
    tokens = dict(zip(statements, counts, strict=True))
    groups: list[list[Statement]] = []
    total = 0
    for statement in statements:
        if groups and total + tokens[statement] <= max_tokens:
            groups[-1].append(statement)
            total += tokens[statement]
            continue
        group = [statement]
        if groups and _introduces(groups[-1], statement):
            lead_in = groups[-1][-1]
            if tokens[lead_in] + tokens[statement] <= max_tokens:
                group.insert(0, groups[-1].pop())
        groups.append(group)
        total = sum(tokens[member] for member in group)
    return [tuple(group) for group in groups]


def _introduces(group: Sequence[Statement], following: Statement) -> bool:
    """Whether a full passage ends with the lead-in line of the item that comes next."""
    last = group[-1]
    return (
        len(group) > 1 and following.lead_in is not None and following.lead_in.start == last.start
    )


def _line_start(text: str, statement: Statement) -> int:
    """Return where a passage begins: at its first statement, list marker included."""
    line = text.rfind("\n", 0, statement.start) + 1
    marker = text[line : statement.start]
    return line if len(marker) <= 6 and not statement.follows else statement.start


def _digest(path: str, section: tuple[str, ...], text: str) -> str:
    content = "\x1f".join((path, *section, text))
    return hashlib.sha256(content.encode()).hexdigest()[:20]


def _page(section: Section, start: int) -> int | None:
    """Return the page on which a passage begins."""
    page = section.heading.page if section.heading else None
    for block in section.blocks:
        if page is not None and block.start > start:
            break
        page = block.page if block.page is not None else page
    return page
