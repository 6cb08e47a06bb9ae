"""Which characters reach the stored text.

Invisible characters can hide an instruction from the reader of a page or split a word so that no
search finds it. They are taken out of everything that is read.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "["
    "\u00ad"  # soft hyphen
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f"  # zero width, direction marks
    "\u202a-\u202e\u2060-\u206f"  # embedding, overrides, isolates, invisible operators
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
    "\U000e0000-\U000e0fff"  # tags and variation selectors
    "]"
)
# Control characters, and private-use and unassigned code points that no reader can see.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")


def clean(text: str) -> str:
    """Return NFC text with plain spaces and line feeds, without invisible characters."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", _CONTROL.sub("", text))
    text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
    return unicodedata.normalize("NFC", text)


def without_control(text: str) -> str:
    """Return text without the control characters that XML forbids."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """Return cleaned text on one line."""
    return " ".join(clean(text).split())
