"""What a question asks for: its kind, its language, its weighty words.

The kind steers which sentences answer it: «når» wants a date, «hvor mange» a number, «hvem» a body
or a person. It is read from the wording in bokmål, nynorsk and English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from assistent.demands import Demand, read_demands
from assistent.languages import reply_language
from assistent.thesaurus import Concept, load_thesaurus
from assistent.words import STOP_WORDS, normalise, stem, tokens


class Kind(Enum):
    """What sort of thing would answer a question."""

    WHEN = auto()
    HOW_MANY = auto()
    WHO = auto()
    DUTY = auto()
    LIST = auto()
    WHY = auto()
    VALIDITY = auto()
    CASE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what was read from it.

    ``concepts`` are its weighty words in order, each with the words that the documents may use
    instead. ``counted`` is the stem of what a «hvor mange» question counts, ``number`` a small
    number that it names («de fem målene»). ``adoption`` says that it asks when or by whom
    something was decided, ``responsibility`` who answers for it, ``point_in_time`` when
    something happened (and not in which case it must). ``demands`` are the kinds of thing that
    the answer must hold. ``own`` is a follow-up without the question before it, else the text.
    """

    text: str
    language: str
    kinds: frozenset[Kind]
    concepts: tuple[Concept, ...]
    counted: str = ""
    number: int = 0
    adoption: bool = False
    responsibility: bool = False
    point_in_time: bool = False
    demands: frozenset[Demand] = frozenset()
    own: str = ""


_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.WHEN,
        # «Når vi kjøper …» sets a condition; only «når» before a verb asks for a time.
        r"\b(?:når (?:ble|blir|var|er|kom|kommer|skal|trådte|vedt\w+|må|gjelder|gjaldt|vart|vert"
        r"|kjem|starter?|begynner|slutter?|går|får|fikk|utløper|har|hadde)|når$"
        r"|when (?:was|is|did|does|will|were)|nårti[dr]|(?:hvilke[nt]?|kva) (?:dato|år|dag)"
        r"|(?:hvor|kor) lenge|datoen?|årstall\w*|what (?:date|year)|how long)\b",
    ),
    (
        Kind.HOW_MANY,
        r"\b(?:(?:hvor|kor|åssen) (?:mang|mange|mye|mykje|stor)|antall\w*|talet på|prosent"
        r"|how (?:many|much)|number of)\b",
    ),
    (
        Kind.WHO,
        r"\b(?:hvem|kven|hvilke[nt]? (?:byråd|avdeling|etat|virksomhet)\w*|ansvar\w*|who|whose"
        r"|responsib\w+|underskr\w+|sjefen for)\b",
    ),
    (
        Kind.DUTY,
        r"\b(?:plikt\w*|lov(?! til)|loven|lova|lovkrav\w*|lovpålagt\w*|lovfest\w*|juridisk\w*"
        r"|hjemme?l\w*|paragraf\w*|obligat\w*|duty|duties|obliged|law|legal\w*)\b|§",
    ),
    (
        Kind.LIST,
        r"\b(?:hvilke|kva for(?! (?:ei|ein|eit)\b)|(?:hva|ka|kva) er (?:de|dei)\b|list opp|nevn"
        r"|(?:hva|ka|kva) er (?:\w+ ){0,2}\w+(?:ene|ane|måla)\b|what are|which \w+s|what \w+s)\b",
    ),
    (Kind.CASE, r"\b(?:saksnummer\w*|saksnr|byrådssak\w*|hvilken sak|kva sak|case number)\b"),
    (Kind.WHY, r"\b(?:hvorfor|kvifor|åffer|koffor|why|begrunnels\w*|grunnen?)\b"),
    (
        Kind.VALIDITY,
        r"\b(?:fortsatt|framleis|fremdeles|still|gjelder? .*(?:lenger|ennå|enno)|gyldig\w*"
        r"|opphev\w*|erstatt\w*|avløs\w*|utløpt|in force|replac\w+|repeal\w+|i kraft)\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_ADOPTION = re.compile(
    r"\b(?:vedt(?:att|ok|ekne|eken|ak|ar)\w*|vedteke|bestemt|besluttet|godkjen\w+|tiltråd\w+|adopted"
    r"|approved|decided|passed|trådte i kraft|underte\w+|signer\w+|signed)\b"
)
# «Når må et vedtak begrunnes?» asks what to do, not what was adopted.
_TO_DO = re.compile(
    r"\b(?:når|hvem|kven) (?:må|skal|bør|kan|får|trenger|treng)\b"
    r"|\b(?:when|who) (?:must|shall|should|can|may|do|does)\b"
)
_POINT_IN_TIME = re.compile(
    r"\b(?:når (?:ble|vart|var|kom|trådte|vedtok|fikk|begynte|starta|startet)"
    r"|(?:hvilke[nt]?|kva) (?:dato|år)|when (?:was|were|did)|what (?:date|year)|årstall\w*)\b"
)
_COUNTED = re.compile(
    r"\b(?:hvor mange|kor mange|how many|antallet?|number of)\s+"
    r"(?:ulike |forskjellige |different )?([^\W\d_]+)"
)
_NUMBER_WORDS = {
    **dict(zip("to tre fire fem seks sju åtte ni ti".split(), range(2, 11), strict=True)),
    **dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True)),
}


class ConceptReader(Protocol):
    """Finds the weighty words of a question: the thesaurus, or an edition's word book."""

    def concepts(self, question: str, *, english: bool = False) -> tuple[Concept, ...]:
        """Return the question's weighty words, widened with the documents' words."""


def small_number(text: str) -> int:
    """Return the first number from two to ten that a text has in letters; 0 if it has none."""
    return next((_NUMBER_WORDS[t] for t in tokens(text) if t in _NUMBER_WORDS), 0)


def read_question(
    text: str, *, topic: str = "", words: ConceptReader | None = None, own: str = ""
) -> Question:
    """Read a question's language, kinds and weighty words.

    Args:
        topic: the question without the name of the document it asks about, if it has one; the
            weighty words are taken from there.
        own: the last part of the text, if the rest is the question before it.
        words: what finds the weighty words; the package's thesaurus if not given.
    """
    plain = normalise(text)
    language = reply_language(own or text, text)
    kinds = {kind for kind, pattern in _COMPILED if pattern.search(plain)}
    adoption = bool(_ADOPTION.search(plain)) and not _TO_DO.search(plain)
    counted = _COUNTED.search(plain)
    return Question(
        text=text,
        language=language,
        kinds=frozenset(kinds or {Kind.OTHER}),
        concepts=(words or load_thesaurus()).concepts(topic or text, english=language == "en"),
        counted=stem(counted.group(1)) if counted and counted.group(1) not in STOP_WORDS else "",
        number=small_number(text),
        adoption=adoption,
        demands=read_demands(own or text) or read_demands(text),
        own=own or text,
        point_in_time=bool(_POINT_IN_TIME.search(plain)),
        responsibility=bool(re.search(r"\b(?:ansvar\w*|responsib\w+|in charge)\b", plain)),
    )
