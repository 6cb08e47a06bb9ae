"""A reply that comes in pieces becomes lines, without what the model thinks aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistent.chat import ChatError, ChatFault

_NAMES = r"(?:think|thinking|thoughts?|reasoning|reflection)"
_OPENS = re.compile(rf"<\s*{_NAMES}\s*>", re.IGNORECASE)
_CLOSES = re.compile(rf"<\s*/\s*{_NAMES}\s*>", re.IGNORECASE)
_LONGEST_TAG = 20
_END = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a reply as soon as each is complete, without their ends.

    Raises:
        ChatError: what came so far turns out to have been thoughts.
    """
    raw, line, thinking, given = "", "", False, False
    for piece in pieces:
        said, raw, thinking = _without_thoughts(raw + piece, thinking)
        line += said
        # Some servers leave out where a thought begins.
        while unopened := _CLOSES.search(line):
            if given:
                raise ChatError(ChatFault.RUBBISH)
            line = line[unopened.end() :]
        while (end := _END.search(line)) and not _may_go_on(end, line):
            given = given or end.start() > 0
            yield line[: end.start()]
            line = line[end.end() :]
    yield from _END.split(line if thinking else line + raw)


def _without_thoughts(raw: str, thinking: bool) -> tuple[str, str, bool]:
    """Return what is said, what may be half a tag, and whether a thought is still going on."""
    said = ""
    while tag := (_CLOSES if thinking else _OPENS).search(raw):
        said += "" if thinking else raw[: tag.start()]
        raw, thinking = raw[tag.end() :], not thinking
    begun = raw.rfind("<", max(len(raw) - _LONGEST_TAG, 0))
    if begun < 0 or re.search(r"[>\n\r]", raw[begun:]):
        begun = len(raw)
    return said if thinking else said + raw[:begun], raw[begun:], thinking


def _may_go_on(end: re.Match[str], line: str) -> bool:
    """Whether a line's end may be the first half of one."""
    return end.group() == "\r" and end.end() == len(line)
