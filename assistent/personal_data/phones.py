"""Phone numbers. They have no control digits: how one is written and the words around it decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistent.personal_data.findings import REACH, Finding, PersonalKind, number
from assistent.types import Span

_ABROAD = re.compile(r"(?<![\d+])(?:\+|\b00)\s?[1-9](?:[ .\-]?\(?\d\)?){7,13}(?!\d)")
_WITH_COUNTRY = re.compile(
    r"(?<![\d+])(?:\(?\+\s?47\)?|\b\(?0047\)?|\b47(?=[ .\-]?[49]))[ .\-]?(?:\(0\)\s?)?"
    r"(?P<number>[2-9](?:[ .\-]?\d){7})(?!\d)"
)
_EIGHT = re.compile(
    r"(?<!\d)(?:"
    r"(?P<plain>[2-79]\d{7})"
    r"|(?P<pairs>[2-79]\d[ .\-]\d{2}[ .\-]\d{2}[ .\-]\d{2})"
    r"|(?P<mobile>[2-79]\d{2}[ .\-/]\d{2}[ .\-]\d{3})"
    r"|(?P<halves>[2-79]\d{3}[ .\-]\d{4})"
    r"|(?P<other>[2-79]\d[ .\-/]\d{3}[ .\-]\d{3}|[2-79]\d{4}[ .\-]\d{3}|[2-79]\d{2}[ .\-]\d{5}"
    r"|[2-79]\d[ .\-/]\d{6})"
    r"|(?P<single>(?<!\d[ .\-])[2-79](?:[ .\-]\d){7}(?![ .\-]\d))"
    r")(?!\d|[.,]\d|[ .\-/]\d{3}(?!\d))"
)
_PHONE_WORD = re.compile(
    r"\b(?:t?lf|telefon\w*|mobil\w*|mob|ring\w*|sms\w*|nummer(?:et)?|nås|treffes|phone|call\w*"
    r"|texte?d?|cell\w*|whatsapp|vipps\w*|nr)\b[^.?!]{0,25}$",
    re.IGNORECASE,
)
# «saksnummer 20251234», «kr 25 000 000», «faktura 91234567»
_OTHER_NUMBER = re.compile(
    r"(?:sak(?:a|en|s\w*)?|arkiv\w*|journal\w*|faktura\w*|ordre\w*|bestilling\w*|org\w*|refer\w*|ref"
    r"|kr|nok|eur|usd|beløp\w*|budsjett\w*|pris\w*|isbn|issn|artik\w+|dokument\w*|dok|id|versjon\w*"
    r"|løpen\w*|prosjekt\w*|kostnad\w*|konto\w*|matrik\w*|gnr|bnr|serie\w*|vare\w*|kid|ean|oppgave\w*"
    r"|ticket|incident|hendelse\w*|doi|rgb|cmyk|hex|iso|ns|mva|koden?|målernummer\w*|case|invoice|order|code"
    r"|lisens\w*|avtale\w*|kontrakt\w*|anbud\w*|skjema\w*|rundskriv\w*|postboks|frist\w*|dato\w*)"
    r"[\s.:#-]{0,3}(?:nummer|nr|no|number|er|på|med|is)?[\s.:#-]{0,3}$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:,-|kr\b|kroner|nok|mill\w*|mrd|%|prosent|innbyggere|personer|brukere|visninger|ganger|tegn"
    r"|px|piksler|besøk\w*|følgere|euro|eur|tonn|meter|byte|kb|mb|stk)",
    re.IGNORECASE,
)
# The municipality, the tax office, NAV, poison information, Kirkens SOS, Helsenorge. Numbers that
# begin with 8 are services throughout.
_PUBLIC = frozenset({"21802180", "55553333", "22591300", "22400040", "23327000"})


def find_phones(text: str) -> Iterator[Finding]:
    """Yield phone numbers: with country code, or eight digits that the words do not contradict."""
    ends: list[Span] = []
    for pattern in (_WITH_COUNTRY, _ABROAD):
        for match in pattern.finditer(text):
            norwegian = pattern is _WITH_COUNTRY
            digits = re.sub(r"\D", "", match.group("number") if norwegian else match.group())
            taken = any(match.start() < span.end and span.start < match.end() for span in ends)
            ends.append(Span(match.start(), match.end()))
            if not taken and not (norwegian and _is_public(digits)):
                yield number(PersonalKind.PHONE, match.start(), match.end(), digits)
    for match in _EIGHT.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        taken = any(match.start() < span.end and span.start < match.end() for span in ends)
        if not taken and not _is_public(digits) and _is_phone(text, match, digits):
            yield number(PersonalKind.PHONE, match.start(), match.end(), digits)


def _is_public(digits: str) -> bool:
    return digits in _PUBLIC or digits.startswith("8")


def _is_phone(text: str, match: re.Match[str], digits: str) -> bool:
    before, after = text[max(match.start() - REACH, 0) : match.start()], text[match.end() :]
    if not _stands_free(before, after) or _OTHER_NUMBER.search(before) or _UNIT.match(after):
        return False
    if _PHONE_WORD.search(before):
        return True
    form = match.lastgroup
    if form == "other":
        return digits[0] in "49" and not digits.endswith("000")
    if form == "halves":
        return not re.match(r"(?:19|20)\d\d.(?:19|20)\d\d$|(?:20[0-4]\d)", match.group())
    return form == "single" or not (_is_date(digits) or digits.endswith("00000"))


def _stands_free(before: str, after: str) -> bool:
    """Tell whether a number is no part of a colour, an address, a fraction or a code."""
    if re.search(r"[#§/=&?@$€£]\s?$|[\d][.,:/-]$|(?:www\.|://)\S*$", before):
        return False
    if re.match(r"[^\W\d_]|[/@=]\d?|-\d|_", after) and not re.match(r"[a-zæøå]{3,}", after):
        return False
    letters = re.search(r"[^\W_]+$", before)
    return letters is None or (letters.group().isalpha() and len(letters.group()) > 1)


def _is_date(digits: str) -> bool:
    """Tell whether eight digits read as a day of our time: 22052025 or 20250522."""
    for day, month, year in (
        (digits[:2], digits[2:4], digits[4:]),
        (digits[6:], digits[4:6], digits[:4]),
    ):
        try:
            if 1900 <= date(int(year), int(month), int(day)).year < 2100:
                return True
        except ValueError:
            continue
    return False
