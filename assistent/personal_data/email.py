"""E-mail addresses of persons; the shared ones of an office are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistent.personal_data.findings import Finding, PersonalKind, mask
from assistent.types import Span

_AT = r"(?:\s?@\s?|\s?[\[({]\s?(?:a|at|æt|alfa|krøllalfa)\s?[\])}]\s?|\s(?:krøllalfa|alfakrøll)\s)"
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|punktum)\s?[\])}]\s?|\s(?:punktum|dot)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])(?P<local>\w[\w.+'-]{{0,63}}){_AT}"
    rf"(?P<domain>(?:\w[\w-]{{0,62}}{_DOT}){{1,6}}[^\W\d_]{{2,24}})\b",
    re.IGNORECASE,
)
_FUNCTIONS = frozenset(
    """
    post postmottak firmapost info kontakt kontaktsenter kundeservice kundesenter support hjelp
    hjelpesenter presse pressevakt pressekontakt redaksjon redaksjonen personvernombud
    personvernombudet personvern kommunikasjon servicedesk noreply no-reply ikkesvar postmaster
    webmaster varsling hr it innsyn arkiv dokumentsenter resepsjon resepsjonen sentralbord booking
    tips nyhetsbrev nettredaksjon nettredaksjonen web faktura regnskap lonn lønn personal bibliotek
    designmanual designsystem punkt ki klarspråk klarsprak medvirkning horing høring skole barnehage
    mail contact press help admin office privacy news fornavn etternavn navn name firstname
    lastname eksempel example brukernavn avdeling etat bydel virksomhet
    """.split()
)
_PIECE = re.compile(r"[^\W\d_]+")
_LONGEST_UNIT = 4


def find_emails(text: str) -> Iterator[Finding]:
    """Yield the addresses of persons."""
    for match in _EMAIL.finditer(text):
        if not _is_functional(match.group("local")):
            masked = mask(match.group(), 1)
            yield Finding(PersonalKind.EMAIL, Span(match.start(), match.end()), masked)


def _is_functional(local: str) -> bool:
    """Tell whether an address belongs to an office: «post», «postmottak.bym», «presse-ude»."""
    plain = local.casefold()
    pieces = _PIECE.findall(plain)
    return plain in _FUNCTIONS or (
        any(piece in _FUNCTIONS for piece in pieces)
        and all(piece in _FUNCTIONS or len(piece) <= _LONGEST_UNIT for piece in pieces)
    )
