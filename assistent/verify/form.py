"""What a claim has to look like before anything in it is worth proving."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistent.verify.verdict import Fault

LONGEST = 600
"""Characters of the longest claim that is read; a sentence of an answer is far shorter."""

_MARKUP = re.compile(
    r"<[!/?a-z]|&[#a-z]\w*;|\]\(|!\[|`|\*\*|__|^\s*[#>|]|\||javascript:|\bdata:\w+/", re.I
)
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cn", "Cs"))
_SPACE = re.compile(r"\s+")
_EDGE = " \t\n.,;:«»\"“”'"


def form_faults(claim: str, evidence: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for markup, questions, hidden characters, another script, or sheer length."""
    known = {letter for text in evidence for letter in text}
    if (
        len(claim) > LONGEST
        or claim.rstrip().endswith("?")
        or _MARKUP.search(claim)
        or _is_fragment(claim, evidence)
        or any(unicodedata.category(sign) in _HIDDEN for sign in claim)
        or any(map(_mixes_scripts, claim.split()))
    ):
        yield Fault.FORM
    elif any(_is_foreign(letter) for letter in claim if letter not in known):
        yield Fault.LANGUAGE


def _is_fragment(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim begins in the middle of something; «oslo.kommune.no er …» does not."""
    start = claim.lstrip(_EDGE)
    first = start.split(" ", 1)[0]
    return start[:1].islower() and not any(text.lstrip().startswith(first) for text in evidence)


def is_quote(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim is one of the sentences word for word, closing marks apart."""
    plain = _plain(claim)
    return bool(plain) and any(plain == _plain(text) for text in evidence)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(_EDGE)


def _mixes_scripts(word: str) -> bool:
    """Whether a word has letters that only look like those beside them: «bеtаling»."""
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts) > 1


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and "LATIN" not in unicodedata.name(letter, "")
