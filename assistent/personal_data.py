"""Personal data in a text: what is found, where, and the text without it.

Control digits are computed by python-stdnum. Whether a number is a phone number rests on how it
is written and on the words around it, since it has no control digits; see :func:`_phones`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, pairwise

from stdnum import iban, luhn
from stdnum.no import fodselsnummer, kontonr

from assistent.person_names import WORD, Person, find_persons
from assistent.types import Span

REMOVED = "[…]"
"""What stands in a text where personal data stood."""

_MASK = "•" * 8
_BLANK = "\x00"
_ROUNDS = 5


class PersonalKind(StrEnum):
    """What sort of personal data was found."""

    BIRTH_NUMBER = "birth_number"
    D_NUMBER = "d_number"
    H_NUMBER = "h_number"
    ACCOUNT = "account"
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data; ``masked`` shows no more than how it begins."""

    kind: PersonalKind
    span: Span
    masked: str


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return the personal data of a text in order, without overlaps."""
    plain = _folded(text)
    found: list[Finding] = []
    for search in (_ibans, _cards, _eleven_digits, _emails, _phones, _health):
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


def _mask(text: str, shown: int) -> str:
    return text[:shown] + _MASK


def _number(kind: PersonalKind, start: int, end: int, digits: str) -> Finding:
    return Finding(kind, Span(start, end), _mask(digits, 2))


# --- Numbers with control digits -----------------------------------------------------------------

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
_REACH = 40


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


def _eleven_digits(text: str) -> Iterator[Finding]:
    end_before = 0
    for start, end, groups in _windows(text, least=11, most=11):
        kind = _kind_of_eleven(groups, text[max(start - _REACH, 0) : start])
        if kind is not None and start >= end_before:
            end_before = end
            yield _number(kind, start, end, "".join(groups))
    for match in _BIRTH_WORD_WITH_LAST_FIVE.finditer(text):
        yield _number(PersonalKind.BIRTH_NUMBER, match.start(1), match.end(1), match.group(1))


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


def _cards(text: str) -> Iterator[Finding]:
    end_before = 0
    for start, end, groups in _windows(text, least=13, most=19):
        digits = "".join(groups)
        sizes = tuple(map(len, groups))
        shaped = len(groups) == 1 or sizes in _CARD_GROUPS or set(sizes) == {1}
        if start >= end_before and shaped and _CARD.match(digits) and luhn.is_valid(digits):
            end_before = end
            yield _number(PersonalKind.CARD, start, end, digits)


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        # The letters after a number may be the sentence going on.
        for length in range(len(match.group()), 14, -1):
            candidate = match.group()[:length]
            if iban.is_valid(candidate):
                end = match.start() + len(candidate.rstrip(" .-"))
                yield Finding(
                    PersonalKind.ACCOUNT, Span(match.start(), end), _mask(candidate.upper(), 2)
                )
                break


# --- E-mail --------------------------------------------------------------------------------------

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


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if not _is_functional(match.group("local")):
            masked = _mask(match.group(), 1)
            yield Finding(PersonalKind.EMAIL, Span(match.start(), match.end()), masked)


def _is_functional(local: str) -> bool:
    """Tell whether an address belongs to an office: «post», «postmottak.bym», «presse-ude»."""
    plain = local.casefold()
    pieces = _PIECE.findall(plain)
    return plain in _FUNCTIONS or (
        any(piece in _FUNCTIONS for piece in pieces)
        and all(piece in _FUNCTIONS or len(piece) <= _LONGEST_UNIT for piece in pieces)
    )


# --- Phone ---------------------------------------------------------------------------------------

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


def _phones(text: str) -> Iterator[Finding]:
    """Yield phone numbers: with country code, or eight digits that the words do not contradict."""
    ends: list[Span] = []
    for pattern in (_WITH_COUNTRY, _ABROAD):
        for match in pattern.finditer(text):
            norwegian = pattern is _WITH_COUNTRY
            digits = re.sub(r"\D", "", match.group("number") if norwegian else match.group())
            taken = any(match.start() < span.end and span.start < match.end() for span in ends)
            ends.append(Span(match.start(), match.end()))
            if not taken and not (norwegian and _is_public(digits)):
                yield _number(PersonalKind.PHONE, match.start(), match.end(), digits)
    for match in _EIGHT.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        taken = any(match.start() < span.end and span.start < match.end() for span in ends)
        if not taken and not _is_public(digits) and _is_phone(text, match, digits):
            yield _number(PersonalKind.PHONE, match.start(), match.end(), digits)


def _is_public(digits: str) -> bool:
    return digits in _PUBLIC or digits.startswith("8")


def _is_phone(text: str, match: re.Match[str], digits: str) -> bool:
    before, after = text[max(match.start() - _REACH, 0) : match.start()], text[match.end() :]
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


# --- Health beside a name ------------------------------------------------------------------------

_HEALTH = re.compile(
    r"\b(?:kreft(?:en)?|brystkreft|lungekreft|prostatakreft|leukemi|svulst|diabetes|sukkersyke"
    r"|depresjon(?:en)?|deprimert|angst(?:en)?|bipolar(?:\slidelse)?|schizofren\w*|psykose|psykotisk"
    r"|psykisk\ssyk\w*|psykisk\ssjuk\w*|adhd|autist\w*|autisme|asperger|demens(?:en)?|dement"
    r"|alzheimers?|parkinsons?|hiv(?:-positiv)?|aids|hepatitt|abort|gravid|utbrent|utbrend"
    r"|rusmisbruk\w*|rusavhengig\w*|rusproblem\w*|rusa|ruset|narkoman|alkoholiker|alkoholproblem\w*"
    r"|alkoholisert|sykmeldt|sykemeldt|sjukmeld\w*|sjukemeld\w*|innlagt|innlagd|diagnose\w*"
    r"|sykdom(?:men)?|sjukdom\w*|epilepsi|hjerteinfarkt|hjerneslag|hjarteinfarkt|kols|astma"
    r"|multippel\ssklerose|ms|anoreksi|bulimi|spiseforstyrrelse\w*|etingsforstyrring\w*|selvmord\w*"
    r"|sjølvmord\w*|suicidal|cellegift|korona|covid|ufør|uføretrygd\w*|utviklingshemm\w*|downs?"
    r"|kronisk\s(?:syk|sjuk)|alvorlig\s(?:syk|sjuk)|alvorleg\ssjuk|syk|sjuk|migrene|ptsd|traume\w*"
    r"|rullestolbruker|blind|døv|cancer|depress\w+|pregnant|dementia|alcoholic|addict\w*|epilepsy"
    r"|on\ssick\sleave|heart\sattack|stroke|autistic|schizophreni\w*|mentally\sill|disabled"
    r"|overdose\w*|psykolog(?:en)?|dps|psykiat\w+)\b(?!-\w)",
    re.IGNORECASE,
)
_LINKS = frozenset(
    """
    har hadde er var ble blei vart blir vert fikk fekk får lider led sliter slit strever stri bruker
    tar tek går gjekk gikk med døde døydde dør hos i fått vært vore blitt e ha hatt
    has have had is was suffers got diagnosed died with being getting became
    """.split()
)
_ABOUT = frozenset("om for mot about against on regarding".split())
_AFTER = frozenset("til hos åt of for på hjå".split())
_HE_OR_SHE = frozenset("hun han hen ho she he they vedkommende".split())
_SUBCLAUSE = frozenset("at that hvordan korleis how hvor kor om whether".split())
_WORDS_BETWEEN = 8
_WORDS_AFTER = 3
_SENTENCE_END = re.compile(r"[!?;]|\.(?=\s+[A-ZÆØÅ])")


def _health(text: str) -> Iterator[Finding]:
    """Yield the names beside which a word of health stands: «Kari Nordmann har kreft»."""
    told = [match.span() for match in _HEALTH.finditer(text)]
    if not told:
        return
    starts = [start for start, _ in told]
    for person in find_persons(text):
        after = bisect_left(starts, person.span.end)
        if _told_after(text, person, islice(told, after, None)) or _told_before(
            text, person, (told[place] for place in range(after - 1, -1, -1))
        ):
            span = _with_surname(text, person)
            masked = _mask(text[span.start : span.end], 1)
            yield Finding(PersonalKind.HEALTH, span, masked)


def _told_after(text: str, person: Person, told: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the words of health that follow a name, in order, is told of that person."""
    for start, _ in told:
        between = text[person.span.end : start]
        words = _few_words(between, _WORDS_BETWEEN)
        if words is None or _SENTENCE_END.search(between):
            return False  # what comes later is further away still
        if _links(words, person):
            return True
    return False


def _told_before(text: str, person: Person, told: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the words of health before a name, the nearest first, is told of them."""
    if not person.known:
        return False
    for _, end in told:
        between = text[end : person.span.start]
        words = _few_words(between, _WORDS_AFTER)
        if words is None or _SENTENCE_END.search(between):
            return False
        if words and words[0] in _AFTER:
            return True
    return False


def _few_words(text: str, most: int) -> list[str] | None:
    """Return the words of a text, case-folded; None if there are more than that."""
    words = [word.group().casefold() for word in islice(WORD.finditer(text), most + 1)]
    return words if len(words) <= most else None


def _links(words: Sequence[str], person: Person) -> bool:
    """Tell whether the words between a name and a word of health tie the two."""
    if words and words[-1] in _ABOUT:
        return False
    if person.genitive and len(words) <= 1:
        return person.known
    for word, following in pairwise([*words, ""]):
        if word in _SUBCLAUSE and following not in _HE_OR_SHE:
            return False
    for place, (word, following) in enumerate(pairwise([*words, ""])):
        if word in {"og", "and"} and following not in _LINKS:
            words = words[:place]  # what follows is told of someone else
            break
    return any(word in _LINKS for word in words)


def _with_surname(text: str, person: Person) -> Span:
    """Return the name with a surname in lower case: what stands between it and the verb."""
    name = text[person.span.start : person.span.end]
    if not name.islower():
        return person.span
    follows = WORD.match(text, person.span.end + 1)
    if follows is None or follows.group().casefold() in _LINKS | _AFTER | _SUBCLAUSE:
        return person.span
    after = WORD.match(text, follows.end() + 1)
    if after is not None and after.group().casefold() in _LINKS and not _HEALTH.match(follows[0]):
        return Span(person.span.start, follows.end())
    return person.span
