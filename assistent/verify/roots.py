"""Which words are forms or derivations of one another.

«Publisere» and «publiseringen», «åpen» and «åpenhet», «verksemda» and «virksomheten» say the same
about what is spoken of. Irregular forms and the nynorsk words are listed in
``data/bevis_former.toml``; the rest is decided by endings. A prefix always makes another word
(«mulig», «umulig»), which is what a proof needs.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

_INFLECTIONS = frozenset(
    " e en et a er ene ane ar arne s es ens ets enes t ere este est ast de dde te tt d ende ande as"
    " r n ne na ra ers rs ns nes ars anes dd dde ed edes st ste".split(" ")
)
_SHORT_INFLECTIONS = frozenset(" e en et a er ene ane ar s es ens ets enes r n ne".split(" "))
_DERIVATIONS = frozenset(
    """
    ing ingen inga inger ingene ings ningen ning ninger nings else elsen elser elsene elses het
    heten heter hetene hets heit heita sjon asjon asjonen asjoner asjons sjonen ere erer ert eres
    erte ering eringa eringen eringer lig lige leg lege ig ige isk iske er eren erne erens skap
    som somme bar bare messig messige aktig iv ive ivt ativ nad naden iser iserer isere iseres
    isert isering iseringen elig elige ar aren arar arane arens aranes
    """.split()
)
# «Varsel» and «varsle», «enkel» and «enkle»: the vowel moves.
_SLIPPED = frozenset("el le ler let les len lene ne re lt".split())
_NYNORSK_J = re.compile(r"(?<=[a-zæøå])([kg])j(?=(?:e|er|a|ast|ande|ar)$)")
_SHORTEST_ROOT = 3
_SURE_ROOT = 4
# In a short word a doubled letter tells words apart: «lete» and «lette», «tak» and «takk».
_LONGEST_SHORT = 5
_DOUBLED = re.compile(r"([^\W\d_])\1")
# Roots are compared with doubled letters written once, and so are their endings.
_PLAIN_INFLECTIONS = frozenset(_DOUBLED.sub(r"\1", ending) for ending in _INFLECTIONS)
_PLAIN_DERIVATIONS = frozenset(_DOUBLED.sub(r"\1", ending) for ending in _DERIVATIONS)


@functools.cache
def irregular_forms() -> Mapping[str, frozenset[str]]:
    """Return the bases of each irregular or nynorsk form."""
    source = resources.files("assistent").joinpath("data/bevis_former.toml").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for line in tomllib.loads(source)["former"]:
        base, _, forms = line.partition(":")
        for form in (base, *forms.split()):
            found.setdefault(form.strip(), set()).add(base.strip())
    return {form: frozenset(bases) for form, bases in found.items()}


@functools.lru_cache(maxsize=50_000)
def bases(word: str) -> frozenset[str]:
    """Return what a case-folded word may be a form of; the word itself if nothing is known."""
    known = irregular_forms()
    found = known.get(word)
    if found is None and word.endswith("s") and len(word) > _SURE_ROOT:
        found = known.get(word[:-1])
    if found is None:
        # «Lenkje», «byggje»: nynorsk keeps a j that bokmål has lost.
        plain = _NYNORSK_J.sub(r"\1", word)
        found = known.get(plain, frozenset((plain,)))
    return found


@functools.lru_cache(maxsize=200_000)
def related(first: str, second: str) -> bool:
    """Whether two case-folded words are forms or derivations of one word."""
    if first == second or bases(first) & bases(second):
        return True
    return any(_same_root(one, other) for one in bases(first) for other in bases(second))


@functools.lru_cache(maxsize=200_000)
def inflected(first: str, second: str) -> bool:
    """Whether two case-folded words are forms of one word, derivations not counted."""
    if first == second or bases(first) & bases(second):
        return True
    return any(
        _same_root(one, other, derived=False) for one in bases(first) for other in bases(second)
    )


_NOUN_ENDINGS = frozenset(
    " en et a er ene ane ar e s ens ets enes n ne r rs nes t ers as anes arane erne erar".split(" ")
)


@functools.lru_cache(maxsize=100_000)
def is_noun_form(word: str, noun: str) -> bool:
    """Whether a case-folded word is a noun in some number, definiteness or case."""
    if word == noun or noun in bases(word):
        return True
    stem = noun.removesuffix("e")
    return any(
        word.startswith(each) and word[len(each) :] in _NOUN_ENDINGS for each in (noun, stem)
    )


def _same_root(first: str, second: str, *, derived: bool = True) -> bool:
    if min(len(first), len(second)) > _LONGEST_SHORT:
        first, second = _plain(first), _plain(second)
    if first[:_SHORTEST_ROOT] != second[:_SHORTEST_ROOT]:
        return False
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    # The root may end before the letters that both happen to share: «bruk-er», «bruk-ere».
    for length in range(shared, max(shared - 4, _SHORTEST_ROOT - 1), -1):
        rests = first[length:], second[length:]
        if length < _SURE_ROOT:
            if all(rest in _SHORT_INFLECTIONS for rest in rests):
                return True
        elif all(
            rest in _PLAIN_INFLECTIONS
            or rest in _SLIPPED
            or (derived and rest in _PLAIN_DERIVATIONS)
            for rest in rests
        ):
            return True
    return False


@functools.lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


@functools.lru_cache(maxsize=50_000)
def splits(word: str) -> tuple[tuple[str, str], ...]:
    """Return the ways a case-folded word may be put together of two, joining letter left out."""
    found = []
    for cut in range(_SHORTEST_ROOT, len(word) - _SHORTEST_ROOT + 1):
        first, second = word[:cut], word[cut:]
        found.append((first.strip("-"), second.strip("-")))
        if len(first) > _SURE_ROOT and first[-1] in "se":
            found.append((first[:-1], second))
    return tuple((first, second) for first, second in found if len(second) >= _SHORTEST_ROOT)
