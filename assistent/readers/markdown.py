"""Read Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import DraftBlock, assemble
from assistent.readers.hidden import is_hidden_tag
from assistent.readers.plain_text import decode, read_bytes
from assistent.readers.tables import table_drafts
from assistent.readers.titles import settle
from assistent.types import BlockKind, ParsedText

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_META_TITLE = re.compile(r"^(?:title|tittel)\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_TAG_NAME = re.compile(r"</?\s*([A-Za-z][\w-]*)")


def read_markdown(path: Path) -> ParsedText:
    """Read a Markdown file (CommonMark with tables).

    Emphasis, links and code are reduced to their text, images to their alternative text. Raw HTML
    blocks and comments are left out, since nobody sees them where the file is shown as text.

    Raises:
        ReadError: the file cannot be opened, is not text, or has no content.
    """
    text, meta_title = _split_front_matter(decode(read_bytes(path), name=path.name))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    drafts, title = settle(list(_Walk(tokens).drafts()), metadata_title=meta_title)
    parsed = assemble(drafts, title=title)
    if not parsed.text:
        raise ReadError(texts_corpus.file_empty(path.name))
    return parsed


def _split_front_matter(text: str) -> tuple[str, str]:
    """Take YAML front matter off and return the rest with the title named in it, if any."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text, ""
    title = _META_TITLE.search(match.group(1))
    return text[match.end() :], title.group(1).strip("\"'") if title else ""


@dataclass(slots=True)
class _List:
    """A list that is open while walking: its next number, or None for a bulleted list."""

    number: int | None
    mark: str
    begun: bool = False  # the current item has its marker already


@dataclass(slots=True)
class _Walk:
    """Goes through the tokens of a Markdown document and emits its blocks."""

    tokens: Sequence[Token]
    lists: list[_List] = field(default_factory=list)

    def drafts(self) -> Iterator[DraftBlock]:
        index, hidden = 0, ""
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.type == "html_block":
                for tag in _TAG.findall(token.content):
                    hidden = _hidden_after(tag, hidden)
            elif hidden:
                self._track_lists(token)
            elif token.type == "table_open":
                end = _closing(self.tokens, index)
                rows = _table_rows(self.tokens[index:end])
                yield from table_drafts(rows, has_head=any(rows[0]) if rows else False)
                index = end
            elif token.type == "heading_open":
                text = inline_text(self.tokens[index + 1])
                yield DraftBlock(BlockKind.HEADING, text, level=int(token.tag[1:]))
            elif token.type == "paragraph_open":
                yield self._paragraph(inline_text(self.tokens[index + 1]))
            elif token.type in {"fence", "code_block"}:
                yield self._paragraph(token.content)
            else:
                self._track_lists(token)
            index += 1

    def _track_lists(self, token: Token) -> None:
        if token.type == "ordered_list_open":
            self.lists.append(_List(int(token.attrGet("start") or 1), token.markup or "."))
        elif token.type == "bullet_list_open":
            self.lists.append(_List(None, ""))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.lists[-1].begun = False

    def _paragraph(self, text: str) -> DraftBlock:
        """A paragraph inside a list item is the item; a second one goes on without a marker."""
        if not self.lists:
            return DraftBlock(BlockKind.PARAGRAPH, text)
        current, marker = self.lists[-1], ""
        if not current.begun:
            marker = "• " if current.number is None else f"{current.number}{current.mark} "
            if current.number is not None:
                current.number += 1
            current.begun = True
        return DraftBlock(BlockKind.LIST_ITEM, text, marker, level=len(self.lists))


def inline_text(token: Token) -> str:
    """Return the words of an inline token without their marks."""
    parts: list[str] = []
    hidden = ""
    for child in token.children or ():
        if child.type == "html_inline":
            hidden = _hidden_after(child.content, hidden)
            parts.append(" " if child.content.lower().startswith("<br") else "")
        elif hidden:
            continue
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image":
            parts.append(inline_text(child))
        else:
            parts.append(child.content)
    return "".join(parts)


def _hidden_after(tag: str, hidden: str) -> str:
    """Return the name of the hidden element that is open after this tag, or an empty string."""
    match = _TAG_NAME.match(tag)
    if match is None:
        return hidden
    name = match.group(1).lower()
    if hidden:
        return "" if tag.startswith("</") and name == hidden else hidden
    return name if not tag.startswith("</") and is_hidden_tag(tag) else ""


def _closing(tokens: Sequence[Token], start: int) -> int:
    return next(i for i in range(start, len(tokens)) if tokens[i].type == "table_close")


def _table_rows(tokens: Sequence[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(inline_text(token))
    return rows
