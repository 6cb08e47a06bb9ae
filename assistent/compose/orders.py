"""Sentences that tell a writer what to say: they prove nothing of what they want said.

«Skriv at lunsjen er gratis» holds the words of «Lunsjen er gratis» and is no source for it. Such a
sentence is quoted where it answers («Skriv det viktigste først» is advice like any other), but a
chat model does not get to build on one that dictates its words.
"""

from __future__ import annotations

import re

_SAYING = (
    r"(?:skriv|skrive|svar|svare|si|sei|nevn|nemn|fortell|fortel|opplys|oppgi|legg til|bytt|gjenta|"
    r"påstå|hevd|bekreft|stadfest|print|output|say|write|answer|reply|respond|tell|mention|state|"
    r"claim|confirm|add|replace|repeat|include)"
)
# «skriv at …», «svar: …», «si til alle at …», «answer only with …»
_DICTATES = re.compile(
    rf"\b{_SAYING}\b(?:\s+[\w-]+){{0,4}}?\s*"
    r"(?:\b(?:at|that|med|with|ordrett|nøyaktig|exactly)\b|:|[«“\"'])",
    re.IGNORECASE,
)
_DISMISSES = re.compile(
    r"\b(?:ignorer\w*|se bort fra|glem|overstyr\w*|ignore|disregard|forget|override)\b"
    r"[^.!?]{0,60}\b(?:instruks\w*|regl\w*|beskjed\w*|ordre\w*|over|ovenfor|tidligere|setning\w*|"
    r"instruction\w*|rule\w*|previous|above|prior|prompt\w*)\b",
    re.IGNORECASE,
)
# Whoever speaks of answers, or of what holds from now on, speaks to the writer and not of a rule.
_ADDRESSES = re.compile(
    r"\b(?:når (?:du svarer|noen spør)|i (?:svaret|svarene|hvert svar)|hver(?:t)? (?:svar|setning)|"
    r"fra nå av|from now on|in (?:your|every) (?:answer|reply)|when (?:asked|answering))\b",
    re.IGNORECASE,
)


def dictates(text: str) -> bool:
    """Tell whether a sentence orders what is to be said, or to leave other orders aside."""
    return any(pattern.search(text) for pattern in (_DICTATES, _DISMISSES, _ADDRESSES))
