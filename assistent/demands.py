"""What kind of thing a question wants to know, and whether a statement holds one.

«Hvor mange prosent», «når er … ferdig», «hvem er», «hva koster»: such a question is answered only
where a thing of that kind stands, about the thing asked. Patterns for bokmål, nynorsk and English;
the kinds follow the coarse classes of Li and Roth (2002), «Learning question classifiers».
"""

from __future__ import annotations

import re
from enum import Enum

from assistent.words import STOP_WORDS, normalise, stem, tokens


class Demand(Enum):
    """A kind of thing that an answer cannot do without."""

    PERCENT = "percent"
    PRICE = "price"
    COUNT = "count"
    DURATION = "duration"
    FREQUENCY = "frequency"
    DATE = "date"
    PERSON = "person"
    CONTACT = "contact"
    PLACE = "place"
    CODE = "code"


_HOW = r"(?:hvor|kor|åssen|koss|how)"
_WHAT = r"(?:hva|ka|kva|what)"
_WHICH = r"(?:hvilke[nt]?|hva|ka|kva|which|what)"
_WHO = r"(?:hvem|kven|kem|kæm|who)"
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_SMALL = r"(?:en|ett|én|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|tjue|tretti|hundre|tusen)"
# Whole words: «årsverk», «dagsenter» and «how many times» are no lengths of time.
_UNIT = (
    r"(?:(?:sekund|minutt)(?:er|ers|s|a)?|time(?:n|r|rs|ne)?|timar|døgn(?:et)?|(?:virke|arbeids)?"
    r"dag(?:en|er|ers|ar|ars|ene|s)?|(?:uke|veke)(?:n|r|rs|ne)?|vekar|(?:måned|månad)(?:en|er|ers"
    r"|ar|s)?|år(?:et|s|ene)?|halvår(?:et)?)\b"
)
_ASKED_UNIT = rf"(?:{_UNIT}|(?:second|minute|hour|day|week|month|year)s?)"
# Someone who has a name; «hva heter språkprofilen?» asks for no person, and «hvem er ansvarlig?»
# is answered by a body.
_ROLE = (
    r"(?:\w*(?:leder|leiar|sjef|direktør|designer|ombud\w*|officer|director|manager|redaktør|byråd"
    r"|ordfører|rektor|arkitekt|forfatter|kunstner|tegner|\wansvarlig|mayor|head|author|editor)"
    r"(?:en|a|ene|an)?)"
)
_SOMEONE = rf"(?:{_ROLE}|han|hun|ho|dama|mannen|fyren|vedkommende)"
_DID = (
    r"(?:ledet|leda|led|underviser|underviste|tegnet|tegna|skrev|sa|signerte|underskrev|oversatte"
    r"|designed|drew|wrote|signed|led|translated|said)"
)

_ASKED: dict[Demand, str] = {
    Demand.PERCENT: (
        rf"prosent\w*|andel\w*|{_HOW} stor del|per ?cent|percentage|what (?:share|proportion)"
        rf"|{_HOW} (?:mange|mang|mye|mykje|many|much)(?= ?%)"
    ),
    Demand.PRICE: (
        r"kost(?:e|er|et|a|ar|nad\w*)|pris(?:en|er)?|gebyr\w*|pengepung\w*|måtte \w+ ut med"
        rf"|(?:{_WHAT}|{_HOW} (?:mye|mykje|much)) (?:\w+ ){{0,4}}(?:betal(?:e|er|te|t|a|ar)|pay"
        r"|paid)"
        r"|(?:ta|tar|tek|kreve?) (?:\w+ )?betal(?:t|ing)|(?<!\ba )(?<!\bthe )bot|bota|boten|bøter"
        rf"|{_HOW} (?:mange|mye|mykje) (?:\w+ )?kroner|{_HOW} dyrt?|timepris\w*"
        r"|\w*løn(?:n|na|nen|a)"
        rf"|(?:{_WHAT} (?:er|is)|{_HOW} stort?) (?:\w+ ){{0,3}}(?:budsjett\w*|budget)"
        r"|costs?|price|fees?|fined?|expensive"
    ),
    Demand.COUNT: (
        rf"{_HOW} (?:mange|mang|many|høy|høg|god score|gam(?:mel|melt|al|alt)|old)|antall?\w*"
        rf"|{_HOW} langt (?!(?:\w+ ){{1,3}}(?:gå|komme[rt]?|strekke\w*)\b)"
        r"|talet på|(?<!phone )number of|score\w*|how long (?:should|can|may|must) (?:\w+ ){1,4}be"
    ),
    Demand.DURATION: (
        rf"{_HOW} (?:lenge?|læng\w*|lang tid|lang (?:\w+)?frist"
        r"|long(?! (?:should|can|may|must) (?:\w+ ){1,4}be\b))"
        rf"|{_HOW} (?:mange|mang|many) {_ASKED_UNIT}|klagefrist\w*"
        rf"|{_WHAT} (?:er|is) (?:\w+ )?\w*(?:frist|fristen|deadline)|{_WHICH} (?:\w*frist|deadline)"
        rf"|{_HOW} (?:fort|raskt|kjapt|quickly|fast|soon) (?:må|skal|bør|kan|must|should|do|does)"
    ),
    Demand.FREQUENCY: rf"{_HOW} (?:ofte|often|mange ganger|mange gonger|many times)",
    Demand.DATE: (
        r"når (?:på|ble|blei|blir|var|kom|kommer|trådte|trer|tredde|vart|vert|kjem|vedtok|skjedde"
        r"|starter|startet|starta|begynner|begynte|byrjar|byrja|slutter|sluttet|slutta|utløper"
        r"|åpner|åpnet|opnar|opna|stenger|stengte|flytter|flyttet)"
        r"|når (?:er|skal|blir|kan) (?:\w+ ){1,6}(?:ferdig|ferdige|klar|klart|klare)"
        r"|(?:fra|frå|siden|sidan|innen|innan) når|datoen|årstall\w*|årstal"
        rf"|{_WHICH} (?:dato(?:er|ar)?|år|dag(?:er|ar)?|måned|månad|uke|veke|tid"
        r"|klokkeslett|klokka|klokken)"
        r"|when (?:was|did|will|were)|when is the next|when is (?:\w+ ){1,5}(?:due|ready|finished)"
        r"|(?:what|which) (?:date|year|day|month|time)s?"
    ),
    Demand.PERSON: (
        rf"(?:{_WHAT}|{_WHO}) (?:heiter|heter|heite) {_SOMEONE}"
        rf"|(?:navnet|namnet|name) (?:på|til|of) {_SOMEONE}"
        rf"|{_WHO} (?:er|var|e|va|is|was) (?:(?:(?!som|det)\w+ ){{0,3}}{_ROLE}|{_SOMEONE})"
        rf"|{_WHO} {_DID}"
    ),
    Demand.CONTACT: (
        r"telefon(?:en|nummer\w*)|tlf|mobilnummer\w*|nummeret|e-?post-?adr\w*|epostadr\w*"
        r"|mail-?adr\w*|kontaktinfo\w*|phone number|e-?mail address|nettadresse\w*"
        r"|(?:send\w*|gi|få|fått|ha|har du|er|finner jeg) (?:\w+ ){0,2}"
        r"(?:lenka|lenken|lenkja|linken)"
    ),
    Demand.PLACE: (
        r"(?:hvor|kor|kvar) (?:i|på) (?:landet|verden|verda|norge|noreg|huset|kartet)"
        r"|(?:hvor|kor|kvar) (?:holdes|blir|møtes|sitter|sit|er kontoret|ligger kontoret)"
        r"|where (?:in|on) (?:the )?(?:country|world|map|building)"
        r"|(?:gate|besøks)adresse\w*|street address"
        r"|(?:hvilket|kva|which|what) (?:rom|room|sted|stad|city)"
    ),
    Demand.CODE: (
        r"fargekode\w*|passord\w*|hex\w*|rgb|organisasjonsnummer\w*|postnummer\w*|versjonsnummer\w*"
        r"|colou?r code|password"
    ),
}
_TENTH = r"(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|hundre|\d+)"
_HELD: dict[Demand, str] = {
    Demand.PERCENT: (
        rf"\d\s?(?:%|prosent)|(?:null|tjue|tretti|én|{_TENTH}) prosent|halvparten|tredel\w*"
        rf"|fjerdedel\w*|\b(?:en|én|ein|ett|{_TENTH}) av {_TENTH}\b"
    ),
    Demand.PRICE: (
        r"\d\s?(?:kr\b|kroner|NOK|mill\.?|mrd\.?|millioner|milliard\w*|euro|,-)|\bkr\.? ?\d|gratis"
        rf"|\b{_SMALL} (?:kroner|million\w*|milliard\w*)"
        r"|\bkost(?:er|et|ar|a) (?:\w+ ){0,2}ingenting"
        r"|\bingen (?:\w+ ){0,2}(?:straff|sanksjon|bot|gebyr)|\bsanksjon|overtredelsesgebyr"
        r"|\bkost(?:er|et|ar|nad\w*)\b[^.]*\d"
    ),
    Demand.COUNT: (
        r"\d|\b(?:én|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|tjue|tretti|hundre|tusen|ingen)\b"
    ),
    Demand.DURATION: (
        rf"(?:\d|\b{_SMALL}|\bflere|\bhalvt?)\s?(?:\w+ )?{_UNIT}"
        r"|\bstraks\b|uten (?:ugrunnet )?opphold|samme dag|permanent|\bsenest\b|\bså snart\b"
        r"|\bsnarest\b|\bumiddelbart\b|\bi god tid\b"
        r"|\binnen (?:\d|utløp|utgang|kort tid|rimelig tid|frist)"
    ),
    Demand.FREQUENCY: (
        r"\b(?:hver|hvert|kvar|kvart) (?:\w+ )?(?:dag|uke|veke|måned|månad|kvartal|halvår|år|time"
        r"|natt|morgen"
        r"|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|gang)\b"
        r"|\b(?:daglig|ukentlig|månedlig|halvårlig|kvartalsvis|årlig|jevnlig|regelmessig|dagleg"
        r"|årleg|månadleg|jamleg)\w*|\bkvartal\w*"
        rf"|\b(?:{_SMALL}|\d+|flere|noen) gang(?:er)? (?:i|per|om|årlig|daglig|hver)\b"
        r"|\b(?:to|tre|fire|fem|seks|ti|\d+) ganger\b"
    ),
    Demand.DATE: (
        rf"\d{{1,2}}\. ?{_MONTH}|\b{_MONTH} \d{{4}}|\b(?:19|20)\d{{2}}\b|\b{_MONTH}\b"
        r"|\bkl\.? ?\d|\bklokk(?:a|en) \w+|\bkontortid\w*|\bhele døgnet\b|\bdøgnet rundt\b"
        r"|\b(?:man|tirs|ons|tors|fre|lør|søn)dag(?:er)?\b"
    ),
    Demand.PERSON: (
        r"(?:\b[A-ZÆØÅ][a-zæøåé]+(?:-[A-ZÆØÅ][a-zæøå]+)? )(?:[A-ZÆØÅ]\. )?"
        r"(?:[A-ZÆØÅ][a-zæøåé]+(?:-[A-ZÆØÅ][a-zæøå]+)? )?[A-ZÆØÅ][a-zæøåé]+\b"
        r"|\b[Kk]ommunedirektør\w*|\b[Bb]yråd(?:sleder|et)\w*"
    ),
    Demand.CONTACT: (
        r"@|\b(?:\d{2} ){3}\d{2}\b|\b\d{3} \d{2} \d{3}\b|\b\d{8}\b|\bhttps?://"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:no|com)\b|\b(?:ring|ringe|tlf\.?|telefon|nødnummer\w*) \d{3}"
    ),
    Demand.PLACE: (
        r"\b(?:i|på|ved|til) (?!Oslo kommune|Punkt|Teams|Workplace|Word)[A-ZÆØÅ]\w+|\brådhuset\b"
        r"|\brom \d|\w+(?:gata|gaten|gate|veien|vei|plass) \d|\bhttps?://|\.no\b"
    ),
    # A year and the number of a colour's name («green-1000») are no codes.
    Demand.CODE: (
        r"#[0-9a-f]{6}\b|\b\d{1,3}[ ,]+\d{1,3}[ ,]+\d{1,3}\b|\bversjon \d"
        r"|(?<![-\w])(?!(?:19|20)\d{2}\b)\d{4,}\b"
    ),
}
# Numbers that count nothing, and names that are no person's.
_NO_COUNT = re.compile(
    r"§§? ?\d[\d-]*|\b\d+/\d+\b|\b(?:19|20)\d{2}(?:–\d{2,4})?\b|\bnr\.? ?\d+|^\d+\. "
    rf"|\b\d{{1,2}}\. ?{_MONTH}",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(r"\b(?:Oslo|Osloregionen|Microsoft|Slik|Workplace|Punkt)(?: [A-ZÆØÅ]\w+)*")
# What a sentence begins with: «Når Kari …» is no full name, «Ifølge Digitaliseringsetaten» neither.
_CAPITAL = re.compile(r"\b[A-ZÆØÅ][a-zæøå]*\b")
_OPENERS = STOP_WORDS | {"ifølge", "gjennom", "under", "hver", "begge", "ring", "kontakt", "spør"}
# How such a thing is written or handled is no question for one («hvordan skriver vi datoer?»),
# nor is a question for yes or no, but for one about a fine («får vi bot?»).
_ASKS_ON = (
    r"\b(?:hva|hvor|når|hvem|hvilke[nt]?|kva|kor|kven|what|when|who|where|which|how (?!do|to))\b"
)
_ASKS_HOW = re.compile(
    rf"(?:og |men )?(?:hvordan|korleis|kordan|how (?:do|does|should|to|can))\b(?!.*{_ASKS_ON})"
)
_ASKS_WHETHER = re.compile(
    r"(?:og |men )?(?:skal|skriver|må|bør|kan (?!du|de|noen)|får|trenger|er det|should|must|may"
    rf"|is it|can (?!you))\b(?!.*{_ASKS_ON})"
)
_WHO_PAYS = re.compile(rf"\b{_WHO} (?:\w+ )?(?:betal\w+|dekker|pays?)\b")
# «en» and «ett» are articles more often than numbers.
_NUMBER = re.compile(
    r"\d+(?:[,.]\d+)?|én|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|tjue|tretti"
    r"|hundre|tusen"
)
_REACH = 4
_ASKED_PATTERNS = {kind: re.compile(rf"\b(?:{text})\b") for kind, text in _ASKED.items()}
# Names begin with a capital letter, so these are not case-blind; the others are.
_HELD_PATTERNS = {
    kind: re.compile(text, 0 if kind in {Demand.PERSON, Demand.PLACE} else re.IGNORECASE)
    for kind, text in _HELD.items()
}


def read_demands(question: str) -> frozenset[Demand]:
    """Return the kinds of thing that a question asks for; often none.

    The narrower kind wins: «hvor mange prosent» wants a percentage, not any number.
    """
    plain = normalise(question).strip()
    if _ASKS_HOW.match(plain):
        return frozenset()
    asked = {kind for kind, pattern in _ASKED_PATTERNS.items() if pattern.search(plain)}
    narrow = {Demand.PERCENT, Demand.PRICE, Demand.DURATION, Demand.FREQUENCY}
    if asked & narrow:
        asked.discard(Demand.COUNT)
    if Demand.CONTACT in asked:
        asked.discard(Demand.PLACE)
    if _WHO_PAYS.search(plain):
        asked.discard(Demand.PRICE)
    if _ASKS_WHETHER.match(plain):
        asked &= {Demand.PRICE}
    return frozenset(asked)


def holds(demand: Demand, text: str) -> bool:
    """Whether a text holds a thing of the kind."""
    if demand is Demand.COUNT:
        text = _NO_COUNT.sub(" ", text)
    elif demand is Demand.PERSON:
        text = _CAPITAL.sub(_drop_opener, _NO_PERSON.sub(" ", text))
    return _HELD_PATTERNS[demand].search(text) is not None


def _drop_opener(word: re.Match[str]) -> str:
    return "" if word.group().casefold() in _OPENERS else word.group()


def counts(text: str, counted: frozenset[str]) -> bool:
    """Whether a text has a number right before or after one of some stems.

    «fem delmål» counts «delmål»; «vedtatt i 2025» counts nothing.
    """
    words = [(stem(word), word) for word in tokens(_NO_COUNT.sub(" ", text))]
    numbers = [n for n, (_, word) in enumerate(words) if _NUMBER.fullmatch(word)]
    things = [n for n, (root, _) in enumerate(words) if _is_among(root, counted)]
    return any(abs(n - t) <= _REACH for n in numbers for t in things)


def _is_among(root: str, counted: frozenset[str]) -> bool:
    """Whether a stem is one of some, or a compound that ends with one: «delmål» is a «mål»."""
    return any(root == one or (len(one) > 2 and root.endswith(one)) for one in counted)
