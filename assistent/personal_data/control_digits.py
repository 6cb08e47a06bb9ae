"""Numbers with control digits: national numbers, accounts and cards, checked by python-stdnum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.no import fodselsnummer, kontonr

from assistent.personal_data.findings import REACH, Finding, PersonalKind, mask, number
from assistent.types import Span

_RUN = re.compile(r"\d+(?:[ .\-/:_,*|+]{1,3}\d+)+|\d{11,}")
_GROUP = re.compile(r"\d+")
_BIRTH_WORD = re.compile(
    r"(?:fødsels?\s?n(?:umme)?r|fødselsnr|f\.?\s?nr|fnr|personn(?:umme)?r|pers\.?nr|d-?n(?:umme)?r"
    r"|h-?n(?:umme)?r|national id|birth number|id number|ssn)\w*",
    re.IGNORECASE,
)
_ACCOUNT_WORD = re.compile(r"konto|account", re.IGNORECASE)
_BIRTH_WORD_WITH_LAST_FIVE = re.compile(
    r"\b(?:personnummer\w*|personnr|pers\.nr)\.?\s?(?:\w+\s){0,2}?:?\s?(\d{5})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT_GROUPS = {(11,), (4, 2, 5), (4, 7), (6, 5), (4, 3, 4), (4, 4, 3), (1,) * 11}
_CARD = re.compile(r"(?:4|5[0-9]|2[2-7]|3[0-9]|6)\d+")
_CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (4, 5, 6), (4, 6, 4)}
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?![^\W_])", re.IGNORECASE)


def _windows(text: str, *, least: int, most: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield stretches of whole digit groups with a number of digits in the given range."""
    for run in _RUN.finditer(text):
        groups = [
            (run.start() + group.start(), group.group()) for group in _GROUP.finditer(run.group())
        ]
        for first in range(len(groups)):
            digits = 0
            for last in range(first, len(groups)):
                digits += len(groups[last][1])
                if digits > most:
                    break
                if digits >= least:
                    end = groups[last][0] + len(groups[last][1])
                    parts = tuple(group for _, group in groups[first : last + 1])
                    yield groups[first][0], end, parts


def find_eleven_digits(text: str) -> Iterator[Finding]:
    """Yield national numbers and Norwegian accounts."""
    end_before = 0
    for start, end, groups in _windows(text, least=11, most=11):
        kind = _kind_of_eleven(groups, text[max(start - REACH, 0) : start])
        if kind is not None and start >= end_before:
            end_before = end
            yield number(kind, start, end, "".join(groups))
    for match in _BIRTH_WORD_WITH_LAST_FIVE.finditer(text):
        yield number(PersonalKind.BIRTH_NUMBER, match.start(1), match.end(1), match.group(1))


def _kind_of_eleven(groups: tuple[str, ...], before: str) -> PersonalKind | None:
    digits = "".join(groups)
    sizes = tuple(map(len, groups))
    birth = _birth_kind(digits)
    controlled = digits[9] == fodselsnummer.calc_check_digit1(digits) and digits[
        10
    ] == fodselsnummer.calc_check_digit2(digits)
    if birth is not None and controlled:
        return birth
    if sizes in _ACCOUNT_GROUPS and not digits.startswith("0000") and kontonr.is_valid(digits):
        return PersonalKind.ACCOUNT
    # A slip of the pen in a number does not make it public.
    shapes = {(11,), (6, 5), (2, 2, 2, 5)}
    dated = birth is not None and int(digits[:2]) < 80 and sizes in shapes
    if birth is not None and (_BIRTH_WORD.search(before) or dated):
        return birth
    if _ACCOUNT_WORD.search(before) and sizes in _ACCOUNT_GROUPS:
        return PersonalKind.ACCOUNT
    return None


def _birth_kind(digits: str) -> PersonalKind | None:
    """Return what a number could be by its date: day + 40 is a D-number, month + 40 an H-number.

    Made-up persons of the public registers have month + 80, + 40 or + 65; numbers without a date
    (FH) begin with 8 or 9.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    if day >= 80:
        return PersonalKind.H_NUMBER
    shift = next((shift for shift in (0, 40, 65, 80) if 1 <= month - shift <= 12), None)
    if shift is None or not (1 <= day <= 31 or 41 <= day <= 71):
        return None
    if day > 40:
        return PersonalKind.D_NUMBER
    return PersonalKind.H_NUMBER if shift == 40 else PersonalKind.BIRTH_NUMBER


def find_cards(text: str) -> Iterator[Finding]:
    """Yield the numbers of payment cards."""
    end_before = 0
    for start, end, groups in _windows(text, least=13, most=19):
        digits = "".join(groups)
        sizes = tuple(map(len, groups))
        shaped = len(groups) == 1 or sizes in _CARD_GROUPS or set(sizes) == {1}
        if start >= end_before and shaped and _CARD.match(digits) and luhn.is_valid(digits):
            end_before = end
            yield number(PersonalKind.CARD, start, end, digits)


def find_ibans(text: str) -> Iterator[Finding]:
    """Yield international account numbers."""
    for match in _IBAN.finditer(text):
        # The letters after a number may be the sentence going on.
        for length in range(len(match.group()), 14, -1):
            candidate = match.group()[:length]
            if iban.is_valid(candidate):
                end = match.start() + len(candidate.rstrip(" .-"))
                yield Finding(
                    PersonalKind.ACCOUNT, Span(match.start(), end), mask(candidate.upper(), 2)
                )
                break
