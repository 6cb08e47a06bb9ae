"""Personal data in a text: what is found, where, and the text without it."""

from __future__ import annotations

import unicodedata

from assistent.personal_data.control_digits import find_cards, find_eleven_digits, find_ibans
from assistent.personal_data.email import find_emails
from assistent.personal_data.findings import Finding
from assistent.personal_data.health import find_health
from assistent.personal_data.phones import find_phones

REMOVED = "[…]"
"""What stands in a text where personal data stood."""

_BLANK = "\x00"
_ROUNDS = 5
# In this order: what one finds, the next does not see.
_SEARCHES = (find_ibans, find_cards, find_eleven_digits, find_emails, find_phones, find_health)


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return the personal data of a text in order, without overlaps."""
    plain = _folded(text)
    found: list[Finding] = []
    for search in _SEARCHES:
        for finding in search(plain):
            found.append(finding)
            # What is found once is not found again as something else; positions stay.
            span = finding.span
            plain = plain[: span.start] + _BLANK * (span.end - span.start) + plain[span.end :]
    return tuple(sorted(found, key=lambda finding: finding.span.start))


def without_personal_data(text: str) -> str:
    """Return the text with ``REMOVED`` in place of personal data; nothing is found in it again."""
    for _ in range(_ROUNDS):
        found = find_personal_data(text)
        if not found:
            break
        for finding in reversed(found):
            text = text[: finding.span.start] + REMOVED + text[finding.span.end :]
    return text


def _folded(text: str) -> str:
    """Return the text with plain digits, letters, dashes and spaces, each in its old place."""
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ")
    return "".join(map(_fold, text))


def _fold(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Pd" or character == "−":
        return "-"
    if character in "·•․∙⋅":
        return "."
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
