"""Words of Norwegian text: tokens, stems, and which words carry weight.

Stems come from the Snowball stemmer for Norwegian. Stop words are the closed word classes of
bokmål and nynorsk and, because questions come in English too, those of English.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import snowballstemmer

_TOKEN = re.compile(r"§+|\d+(?:[-–/.:]\d+)*|[^\W\d_]+(?:[-.][^\W\d_]+)*")

STOP_WORDS = frozenset(
    """
    alle alt at av ble bli blir blitt bare begge ca da de deg dei deim deira deires dem den denne
    der dere deres det dette di din disse ditt du dykk dykkar eg ein eit eitt eller elles en enn
    er et ett etter for fordi fra frå før få får ha hadde han hans har hennar henne hennes her hjå
    ho hoe honom hos hoss hun hva hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke
    ikkje ingen ingi inkje inn inni ja jeg kan kom korleis korso kunne kva kvar kvarhelst kven
    kvi kvifor kvifyr lage man me med medan meg meget mellom men mer mi min mine mitt mot mykje må
    måtte ned no noe noen noka noko nokon nokor nokre nå når og også om opp oss over på så samme
    seg selv si sia siden sidan sin sine sitt sjøl skal skulle slik so som somme somt til um upp
    ut uten var vart varte ved vere verte vi vil ville vore vors vort være vært vår våre vårt å
    to tre fire fem seks sju åtte ni ti two three four five six seven eight nine ten
    bør burde dersom ganger gjøre gjør gjort gjere gjer slike fleire flere finnes finst
    ønsker ønskjer bruke bruker brukes bruk egentlig liksom bare nok vel jo noensinne hvilke kor
    korfor kordan åssen hvordan hvorledes ka kem koss jo ta tar få fått si sier sies seie seier
    the a an and are as at be by can could do does for from has have how i in is it its may must
    my of on or our shall should that their there they this to was we were what when where which
    who why will with would you your about us any if not me did been out so but then only also just
    all he she him get got use using want now still much being æ dokker dokk mæ sæ itte e
    able after anyone anything because before between each everyone everything gets getting his into
    its might one onto s something such t than them these those through us very wants while without
    forskjellen skilnaden
    """.split()
)

_stemmer = snowballstemmer.stemmer("norwegian")
_english_stemmer = snowballstemmer.stemmer("english")


def normalise(text: str) -> str:
    """NFC-normalise and fold case; the form in which words are compared."""
    return unicodedata.normalize("NFC", text).casefold()


def tokens(text: str) -> list[str]:
    """Return the words, numbers and paragraph signs of a text, case-folded, in order.

    «1038/25», «4-1» and «22.5» stay whole; so do words with a hyphen and «oslo.kommune.no».
    """
    return _TOKEN.findall(normalise(text))


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a case-folded word.

    Snowball stems «innbyggerne» to «innbyggern» but «innbyggere» to «innbygger»; the definite
    plural is turned into the indefinite first, so that both meet.
    """
    if len(word) > 6 and word.endswith("erne"):
        word = f"{word[:-2]}e"
    return str(_stemmer.stemWord(word))


@functools.lru_cache(maxsize=10_000)
def english_stem(word: str) -> str:
    """Return the Snowball stem of a case-folded English word."""
    return str(_english_stemmer.stemWord(word))


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that are no stop words, in order, with repetitions."""
    return list(_content_stems(text))


# The same statements and headings are looked at for one question after the other.
@functools.lru_cache(maxsize=20_000)
def _content_stems(text: str) -> tuple[str, ...]:
    return tuple(stem(token) for token in tokens(text) if token not in STOP_WORDS)
