"""Secrets that stand for those of real people, and every form they might be found in."""

from __future__ import annotations

import base64
import random
import secrets
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class Canary:
    """A secret. ``written`` are the ways somebody writes it."""

    name: str
    written: tuple[str, ...]

    @property
    def value(self) -> str:
        """Return the plainest way."""
        return self.written[0]

    def forms(self) -> frozenset[bytes]:
        """Return what to look for in bytes: as text, in addresses, as base64 at any offset."""
        found: set[bytes] = set()
        for text in self.written:
            found |= {each.encode() for each in (text, quote(text), quote_plus(text))}
            found |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
            found |= {_in_base64(text.encode(), offset) for offset in range(3)}
        return frozenset(found)


def birth_number() -> Canary:
    """Make a fødselsnummer with right control digits, of nobody in particular.

    Made anew each time, so that it stands in no file of ours.
    """
    while True:
        start = f"{random.randint(1, 28):02}{random.randint(1, 12):02}{random.randint(40, 99)}"
        digits = [int(each) for each in f"{start}{random.randint(0, 499):03}"]
        for weights in (_FIRST, _SECOND):
            digits.append(-sum(a * b for a, b in zip(digits, weights, strict=True)) % 11)
        if max(digits) < 10:
            number = "".join(map(str, digits))
            spaced = f"{number[:6]} {number[6:]}"
            dotted = f"{number[:2]}.{number[2:4]}.{number[4:6]} {number[6:]}"
            return Canary("birth number", (number, spaced, dotted))


def secret(name: str, prefix: str = "") -> Canary:
    """Make a secret that only this run knows."""
    return Canary(name, (f"{prefix}{secrets.token_urlsafe(32)}",))


def _in_base64(text: bytes, offset: int) -> bytes:
    """Return what base64 makes of a text inside a longer one, without the characters it shares."""
    coded = base64.b64encode(b"\0" * offset + text + b"\0" * 2)
    begin = -(-offset * 8 // 6)
    return coded[begin : (offset + len(text)) * 8 // 6]
