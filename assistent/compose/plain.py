"""A model's claim as plain text: nothing in it is markup, a link or invisible.

What can be taken off without a doubt (bold, code marks) is taken off. For the rest, a claim that
looks as if it wants to be more than text is refused: cleaning it would be guessing.
"""

from __future__ import annotations

import re
import unicodedata

from assistent.readers import characters

_PAIRED = (
    re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"),
    re.compile(r"(`+)\s?(.+?)\s?\1"),
)
_MARKUP = re.compile(r"[<>\[\]{}|\\`*]|__|~~|&#?\w+;|//")
_SCHEME = re.compile(
    r"\b(?:https?|ftps?|wss?|blob|file|javascript|vbscript):|\b(?:data|mailto|tel|sms):\S",
    re.IGNORECASE,
)
_WEB = re.compile(r"\bwww\.", re.IGNORECASE)
# «oslo.kommune.no», «post@etat.no», «t.co/x»; not «bl.a.» or «f.eks.».
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w.-]+|(?:[^\W_][\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?|\w[\w.-]*\.[^\W\d_]{2,}/\S*"
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = re.compile("[\u2800\u3164\uffa0]")
# A letter carries two accents at most, in any language.
_STACKED = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3,}")


def plain(text: str) -> str | None:
    """Return a text on one line without markup; None if it is more than plain text."""
    text = characters.one_line(text)
    for paired in _PAIRED:
        text = paired.sub(r"\2", text)
    if _MARKUP.search(text) or _SCHEME.search(text) or _WEB.search(text):
        return None
    if _BLANK.search(text) or _STACKED.search(text):
        return None
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        return None
    return text


def addresses(text: str) -> list[str]:
    """Return the addresses in a plain text: of sites, of pages, of mail boxes."""
    return [found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)]
