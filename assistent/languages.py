"""Which language a question is asked in, and which of ours it is answered in.

Bokmål, nynorsk and English are told apart by their function words: these are in every question but
the shortest, and tell what a statistical guess confuses (on the question sets it took one nynorsk
question in six for something else). Dialect is put under bokmål. Where hardly a word is known, a
guess by letter sequences decides, if it is sure; it then finds Polish, Somali or Arabic.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from assistent.words import tokens

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The share of known words from which on nothing needs to be guessed.
_KNOWN_SHARE = 0.3
# From this probability on, a guess is believed. Of 5 000 headings and combinations of one to four
# words from the documents none was then taken for another language.
_SURE = 0.7
# What follows does not change the language, and costs time.
_READ = 2000

# The larger languages of Oslo and of Europe: the fewer there are, the surer the guess. Bosnian
# stands for Croatian and Serbian in Latin letters too.
_GUESSED = (
    "am ar bg bs cs da de el en es et fa fi fr he hi hu id is it ja ko ku lt lv nl nn no pa pl ps"
    " pt ro ru sdh sk so sq sv sw ta te th tl tr uk ur vi zh"
).split()
_NO_LANGUAGE = "zxx"
_TAGS = {"no": "nb", "da": "nb", "sv": "nb", "sdh": "ckb"}
# The guess knows one language of this script; the letter is written in the other.
_TIGRINYA = "ኣ"
_OURS = ("nb", "nn", "en")

# What both written forms share, then what only one of them or a dialect writes so.
_SHARED = frozenset(
    """
    alle andre at av bør da de deg den der det din dit du eller en er etter for fordi før får ha har
    hos i inn kan lov man mange med men mot må når og også om opp oss over på samme seg sin sine
    skal skulle slik som så til under ut var ved vi vil ville vår våre vårt å
    """.split()
)
_NYNORSK = frozenset(
    """
    avgjerd avgjerda avgjerder berre bilete born borna dei dersom desse dykk dykkar då eg eigen
    eigne ein eit eitt fekk finst fleire framleis frå gjekk gjeld gjer gjere gong gonger heile
    heiter hjå ho høgare høgast ikkje innbyggjar innbyggjarar innbyggjaren kjelde kjelder kjem kome
    kor korkje korleis kva kvar kvarandre kvart kven kvifor leiar leiarar leiaren løyve me meir
    mykje no noka noko nokon nokre oppgåve oppgåver seier sidan sjølv sjå skuldast skule skulen
    stader tenesta tenester tenkjer tilsett tilsette treng utan vart vedteke vedteken vere verksemd
    verksemda verksemder vert verta vore ynskjer ønskjer
    """.split()
)
_BOKMAL = frozenset(
    """
    ansatt ansatte bare ble blir dem dere deres dette disse egen egne et fikk finnes flere fortsatt
    fra gikk gjelder gjort gjør gjøre hele hennes hun hva hvem hver hverandre hvilke hvilken hvilket
    hvis hvor hvordan hvorfor høyere ikke innbygger innbyggere innbyggerne jeg kommer kunne leder
    ledere lederen mer mye noe noen nå oppgave oppgaver selv siden sier skrevet steder tjeneste
    tjenester trenger uten vedtatt virksomhet virksomheten virksomheter være vært
    """.split()
)
_DIALECT = frozenset(
    """
    dokk dokker dokkers dæ dæm e hennas hvess itj itte ittj jæi ka ke kem koffor kordan korfor korsn
    koss my mæ sjæl ska sæ te viss vårres æ æg åffer åssen
    """.split()
)
_NORWEGIAN = _SHARED | _NYNORSK | _BOKMAL | _DIALECT
_ENGLISH = frozenset(
    """
    about and any are as be been being between but by bye can cannot could did do does each every
    from good had has have he hello help her hey hi his how if in into is it its may me might must
    my no not of on or our ours please shall she should some than thank thanks that the their them
    then there these they this those through to us was we were what when where which while who whom
    whose why will with without would yes you your yours
    """.split()
)
_NYNORSK_END = re.compile(r"[^\W\d_]{3,}(?:ane|ingar|(?<!kol)leg[et]?)")
_BOKMAL_END = re.compile(r"[^\W\d_]{3,}(?:inger|lig[et]?)")
_NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w-]+")
_OURS_ONLY = frozenset("æøå")


def asked_language(text: str, *before: str) -> str:
    """Return the language of a question as a BCP 47 tag; ``nb`` when in doubt.

    Danish and Swedish count as bokmål: who writes them reads it, and the documents stand in it.

    Args:
        text: the question.
        before: what it follows, the nearest first; they decide where it shows no language itself.
    """
    return next(filter(None, map(_language, (text, *before))), "nb")


def reply_language(text: str, *before: str) -> str:
    """Return the language to answer in: ``nb``, ``nn`` or ``en``, which stands for all others.

    The arguments are those of :func:`asked_language`.
    """
    language = asked_language(text, *before)
    return language if language in _OURS else "en"


def _language(text: str) -> str:
    """Return the language that a text shows, empty if it shows none."""
    text = text[:_READ]
    words = tokens(text)
    english = sum(word in _ENGLISH for word in words)
    # A name («Grønland») may stand in a question in any language.
    names = {name.casefold() for name in _NAME.findall(text)}
    norwegian = sum(
        word in _NORWEGIAN or (word not in names and not _OURS_ONLY.isdisjoint(word))
        for word in words
    )
    if max(english, norwegian) <= _KNOWN_SHARE * len(words):
        guess = _guess(text)
        if guess not in ("", "nb", "nn"):
            return guess
        if not guess and not max(english, norwegian):
            return ""
    return "en" if english > norwegian else _written_form(words)


def _written_form(words: list[str]) -> str:
    """Return ``nn`` or ``nb``; dialect, in which both meet, is bokmål."""
    nynorsk = sum(word in _NYNORSK or bool(_NYNORSK_END.fullmatch(word)) for word in words)
    bokmal = sum(
        word in _BOKMAL or word in _DIALECT or bool(_BOKMAL_END.fullmatch(word)) for word in words
    )
    return "nn" if nynorsk > bokmal else "nb"


def _guess(text: str) -> str:
    """Return the language that the letters speak for, empty if none does clearly."""
    language, probability = _identifier().classify(text)
    if language == _NO_LANGUAGE or probability < _SURE:
        return ""
    if language == "am" and _TIGRINYA in text:
        return "ti"
    return _TAGS.get(language, str(language))


def load_guesser() -> None:
    """Load what guessing needs, so that the first question that needs it does not wait a second."""
    _identifier()


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*_GUESSED, _NO_LANGUAGE])
    return identifier
