"""Where Norwegian sentences end.

A full stop ends a sentence only before white space and something that can begin one, and only if
the word it belongs to is no abbreviation that wants a continuation. Abbreviations that may stand
last («osv.», «m.m.», «etc.», «o.l.») are ordinary words here: a capital letter after them begins a
new sentence.
"""

from __future__ import annotations

import re

from assistent.types import Span

# Abbreviations that always want a continuation: a sentence never ends with them.
_NEVER_LAST = frozenset(
    """
    adm. alm. ang. art. avd. bd. bl.a. bla. bnr. ca. d.e. dir. div. doc. dok. dr. dvs. d.v.s.
    eks. ekskl. ev. evt. f. f.eks. feks. fig. f.o.m. forf. forts. fr. frk. gnr. hhv. h.h.v. i.e.
    iflg. if. iht. i.h.t. ift. inkl. innst. ifm. jf. jfr. kap. kgl. kl. kr. m.a. maks. meld. mht.
    m.h.t. mill. mrd. mtp. nr. ndf. nåv. ot.prp. p.g.a. pga. pkt. pl. prof. prop. prp. red. ref.
    rundskr. s. sml. sp. st. st.meld. st.prp. stk. tab. tidl. tlf. t.o.m. u.a. utg. v. vedk.
    vedr. vol. vs. årg.
    """.split()
)

_INITIAL = re.compile(r"(?:^|[\s(«\"])[A-ZÆØÅ]\.$")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)")
_NEXT = re.compile(r"\s+[«“\"'(\[]*([A-ZÆØÅÀ-Þ0-9§•–-])")
_NUMBERING = re.compile(r"^\s*(?:§\s*)?[\d.–-]+$")
_WORD_BEFORE = re.compile(r"\S+$")


def sentence_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Split ``text[start:end]`` into sentences.

    Returns:
        Spans without surrounding white space, in order. Together they hold every character of the
        range that is not white space.
    """
    part = text[start:end]
    spans: list[Span] = []
    begin = 0
    for match in _END.finditer(part):
        if _ends_sentence(part, begin, match):
            _append(spans, part, begin, match.end(), start)
            begin = match.end()
    _append(spans, part, begin, len(part), start)
    return tuple(spans)


def _append(spans: list[Span], part: str, begin: int, end: int, offset: int) -> None:
    piece = part[begin:end]
    stripped = piece.strip()
    if stripped:
        first = begin + len(piece) - len(piece.lstrip())
        spans.append(Span(offset + first, offset + first + len(stripped)))


def _ends_sentence(part: str, begin: int, match: re.Match[str]) -> bool:
    following = _NEXT.match(part, match.end())
    if following is None:
        return False
    if not match.group().startswith("."):
        return True
    before = part[begin : match.start() + 1]
    if _INITIAL.search(before) or _NUMBERING.match(before[:-1]):
        return False
    word = _WORD_BEFORE.search(before)
    assert word is not None  # the full stop itself is no white space
    token = word.group().lstrip("(«\"'[–-").lower()
    if token in _NEVER_LAST:
        return False
    # An ordinal before a number or a lower-case month goes on: «22. 5. 2025».
    return not (token[:-1].isdigit() and following.group(1).isdigit())
