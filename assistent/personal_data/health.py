"""Health told of a named person: «Kari Nordmann har kreft». The name is what is found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from assistent.person_names import WORD, Person, find_persons
from assistent.personal_data.findings import Finding, PersonalKind, mask
from assistent.types import Span

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


def find_health(text: str) -> Iterator[Finding]:
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
            masked = mask(text[span.start : span.end], 1)
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
