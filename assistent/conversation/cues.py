"""Whether a question leans on what was said before it, read from its wording.

«Og hva med ansatte?» carries on, «hvor fort må jeg svare henne?» points back, «hvem har
ansvaret?» names no topic of its own. Bokmål, nynorsk, dialect and English.
"""

from __future__ import annotations

import re

from assistent.conversation.vocabulary import topical
from assistent.words import STOP_WORDS, normalise

_EDGES = " .,!?…:;-–\"'«»()"
# A question that names more than this of its own is no follow-up by a pronoun or an «og» alone.
_FEW_TOPICS = 2
_SHORT_FRAGMENT = 2
_LONGEST_FRAGMENT = 6
# «Trenger jeg godkjenning?»: yes or no to a single thing, in so many words.
_SHORT_QUESTION = 5

_WHAT = r"(?:hva|ka|kva|ke|hå|å|what)"
_TIE = r"(?:og|men|eller|enn|så|også|òg|da|då|ja|jamen|ok|okei|and|but|or|so|also|then|even)"
_TIED = re.compile(rf"{_TIE}\b")
# What carries a question on: «enn», «hva med», «gjelder det», «what about».
_CONTINUES = re.compile(
    rf"(?:(?:og|men|ja|and|but),? )?(?:(?:enn|også|òg|also|even)\b"
    rf"|{_WHAT} (?:så )?(?:med|me|om|hvis|viss|about|if)\b|how about\b"
    r"|(?:hvordan|åssen|korleis|koss|kordan) (?:er det |blir det )?(?:med|for|i|på|hvis|om)\b"
    r"|(?:gjelder|gjeld|gjell) (?:det|den|de|dette|dei|da|d|dem)\b"
    r"|(?:does|do|is|are|can|must|should|will|would) (?:it|that|this|they|those|these)\b"
    r"|(?:ikke|ikkje|not) (?:engang|på|i|for|til|even)\b"
    r"|selv om\b|sjølv om\b|i så fall\b|in that case\b)"
)
# What announces something else: «forresten», «og så lurer jeg på», «by the way».
_TURNS_AWAY = re.compile(
    rf"(?:{_TIE},? )*(?:forresten|apropos|nytt (?:spørsmål|tema)"
    r"|(?:(?:et|eit) )?(?:helt |heilt )?(?:annet|anna) (?:spørsmål|tema)"
    r"|(?:(?:en|ei|ein) )?(?:helt |heilt )?(?:annen|anna|annan) (?:ting|sak)"
    r"|noe (?:helt )?annet|noko (?:heilt )?anna|over til noe annet|på et annet tema"
    r"|(?:lurer|undrar) (?:jeg|eg|vi|me) (?:også )?på"
    r"|(?:jeg|eg|vi|me) (?:lurer|undrar) (?:også )?på"
    r"|by the way|another (?:question|thing)|something else|different question|i also wonder)\b"
    r"|(?:og )?(?:så|også) (?:må|vil|skulle) (?:jeg|eg|vi|me) (?:gjerne )?(?:vite|spørre|spørje)\b"
)
_LEAD = re.compile(rf"(?:{_TIE},? )*(?:{_WHAT} (?:så )?(?:med|me|om|about) |how about )?")
# A question word alone, perhaps with «da», «det» or «ikke».
_BARE = re.compile(
    r"(?:(?:og|men|and|but) )?"
    r"(?:på hvilken måte|hvorfor|kvifor|koffor|åffer|åffår|hvordan|korleis|koss|kordan|åssen|hvem"
    r"|kven|kem|kæm|hvor|kor|kvar|når|hva|ka|kva|why|how|who|where|when|what)"
    r"(?: (?:det|da|då|ikke|ikkje|så|not|then|so|er det|e det|in that case|i så fall|da så"
    r"|skjer da)){0,2}"
)
_ASKS = re.compile(
    r"\b(?:hvorfor|kvifor|koffor|åffer|åffår|hvordan|korleis|koss|kordan|åssen|hvem|kven|kem|kæm|hvor"
    r"|kor|kvar|når|hva|ka|kva|hvilke[nt]?|why|how|who|where|when|what|which)\b"
)
_ENDS_ON = re.compile(
    r"\b(?:også|òg|au|i stedet|isteden|i staden|istaden|likevel|ellers|uansett|først|etterpå|too"
    r"|as well|either|instead|anyway|otherwise|first|afterwards)$"
    r"|\b(?:da|då|then)(?:$|,)"
)
_BEGINS_WITH_PREPOSITION = re.compile(
    r"(?:i|på|til|for|med|ved|fra|frå|hos|under|etter|før|uten|utan|mellom|mot|om|innen|hvis|viss"
    r"|dersom|in|on|for|to|with|at|from|after|before|without|during|by|if|unless)\b"
)
# A verb that a whole question has; a fragment has none.
_VERB = re.compile(
    r"\b(?:er|e|var|blir|ble|vert|vart|bli|har|hadde|skal|må|kan|bør|vil|får|gjelder|gjeld|finnes"
    r"|finst|trenger|treng|gjør|gjer|bruker|brukar|skriver|skriv|sier|seier|sa|heter|heiter|står"
    r"|går|gir|gjev|tar|tek|kommer|kjem|ligger|ligg|finner|finn|lager|sender|krever|krev|betyr"
    r"|holder|skjer|fikk|kunne|burde|skulle|måtte|ville|is|are|was|were|do|does|did|can|must"
    r"|should|may|have|has|will|would|could)\b"
)
# Somebody or something said before: «henne», «sånn», «they», «den siste».
_POINTS_BACK = re.compile(
    r"\b(?:hun|henne|hennes|han|ham|honom|ho|hen|dem|dæm|deres|deira|sånn[et]?|slik[et]?|desse"
    r"|disse|dette|der|dit|likevel|deretter|samme|same|it|its|they|them|their|those|he|she|him)\b"
    r"(?! (?:som|that|who|så))"
    r"|\b(?:den|det|de|dei) (?:siste|første|fyrste|andre|eneste|nye|gamle|der|derre)$"
)
_PRONOUN = re.compile(r"\b(?:den|det|de|dei)\b(?: ([^\W\d_]+))?")
_ENGLISH_PRONOUN = re.compile(r"\b(?:this|that|these)\b(?: ([^\W\d_]+))?")
# «den nye strategien», «de ansatte», «det huset»: what follows an article ends so, and what follows
# «de» in «de som jobber» says itself who they are.
_AFTER_ARTICLE = re.compile(r"\w+(?:e|en|et|a|ene|ane|enes|ert)|som|at|å|hele|to|tre|fem")
# «er det», «det er», «må det stå»: «det» that stands for nothing.
_EXPLETIVE = re.compile(
    r"\b(?:er|e|var|blir|ble|finnes|finst|fins|står|heter|går|skjer|kommer|kjem|tar|tek|koster"
    r"|ligger) (?:det|da|d)\b(?! her)"
    r"|\bdet (?:er|e|var|blir|ble|finnes|finst|står|går|skjer|kommer|tar|ligger|holder|å)\b"
    r"|\b(?:må|skal|kan|bør|vil|får) det"
    r" (?:være|vere|bli|stå|finnes|komme|gå|ta|koste|ligge|hete)\b"
    r"|\b(?:is|was|are|were) there\b|\bis it (?:ok|okay|true|allowed|possible|legal|enough)\b"
)
# What ends like a noun or an adjective and is none.
_AFTER_PRONOUN = frozenset(
    "ute inne oppe nede ikke ikkje være vere have be skrive skriva bruke bruka seie svare sende"
    " komme lese vite legge publisere slette lagre spørre spørje kreve bestemme nekte velge gjøre"
    " gjere gjelde la ta".split()
)


def turns_away(question: str) -> bool:
    """Whether a question announces that it is about something else."""
    return _TURNS_AWAY.match(_plain(question)) is not None


def without_turn(question: str) -> str:
    """Return a question without what announces it («Helt annet spørsmål: …»)."""
    lead, colon, rest = question.partition(":")
    return rest.strip() if colon and rest.strip() and turns_away(lead) else question


def leans(question: str) -> bool:
    """Whether a cleaned question leans on the one before it by its wording alone."""
    if carries_on(question):
        return True
    plain, topics = _plain(question), topical(question)
    short = len(topics) == 1 and len(plain.split()) <= _SHORT_QUESTION
    return short and _VERB.match(plain) is not None and not _TURNS_AWAY.match(plain)


def carries_on(question: str) -> bool:
    """Whether a question says itself that it goes on from something, or names nothing at all."""
    plain = _plain(question)
    if not plain or _TURNS_AWAY.match(plain):
        return False
    topics = topical(question)
    if not topics or _BARE.fullmatch(plain) or _CONTINUES.match(plain):
        return True
    if len(topics) > _FEW_TOPICS:
        return False
    if _ENDS_ON.search(plain) or _is_fragment(plain) or _points_back(plain):
        return True
    tie = _TIED.match(plain)
    if tie is None:
        return False
    rest = plain[tie.end() :].lstrip(" ,")
    return len(topics) == 1 or not (_ASKS.match(rest) or _VERB.match(rest))


def names_a_case(question: str) -> bool:
    """Whether a follow-up only names another case («og på mobil?»): it asks nothing itself."""
    plain = _plain(without_lead(question))
    return _ASKS.search(plain) is None and _VERB.search(plain) is None


def without_lead(question: str) -> str:
    """Return a question without what only ties it to the one before («og hva med»)."""
    lead = _LEAD.match(normalise(question))
    rest = question[lead.end() :] if lead else question
    return rest if any(character.isalpha() for character in rest) else question


def _plain(question: str) -> str:
    return normalise(question).strip(_EDGES)


def _is_fragment(plain: str) -> bool:
    if _VERB.search(plain):
        return False
    words = len(plain.split())
    return words <= _SHORT_FRAGMENT or (
        words <= _LONGEST_FRAGMENT and _BEGINS_WITH_PREPOSITION.match(plain) is not None
    )


def _points_back(plain: str) -> bool:
    """Whether a question points out of itself, by a pronoun that nothing in it explains."""
    clause = _first_clause(plain)
    if _POINTS_BACK.search(clause):
        return True
    rest = _EXPLETIVE.sub(" ", clause)
    return any(
        following is None or following in _AFTER_PRONOUN or not _AFTER_ARTICLE.fullmatch(following)
        for following in (match.group(1) for match in _PRONOUN.finditer(rest))
    ) or any(
        following is None or following in STOP_WORDS
        for following in (match.group(1) for match in _ENGLISH_PRONOUN.finditer(rest))
    )


def _first_clause(plain: str) -> str:
    """Return the part whose pronouns cannot point back to another part of the question."""
    sentence = re.split(r"(?<=[.!?]) ", plain)[0]
    head, comma, _ = sentence.partition(", og ")
    return head if comma and topical(head) else sentence
