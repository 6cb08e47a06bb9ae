"""What is said about a request for plainer words; bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping

OWN_SENTENCES: Mapping[str, str] = {
    "nb": "Jeg kan ikke skrive om setningene uten en språkmodell. Dette er de enkleste setningene "
    "fra svaret, slik de står i dokumentene.",
    "nn": "Eg kan ikkje skrive om setningane utan ein språkmodell. Dette er dei enklaste "
    "setningane frå svaret, slik dei står i dokumenta.",
    "en": "I cannot reword the sentences without a language model. These are the simplest "
    "sentences of the answer, as they stand in the documents.",
}
"""Shown with the plainest sentences of an answer; no word of theirs has been changed."""

NOTHING_BEFORE: Mapping[str, str] = {
    "nb": "Jeg har ikke gitt noe svar ennå som jeg kan gjøre enklere. Still et spørsmål først, for "
    "eksempel «Hvordan skriver vi klart?». Be så om et enklere svar.",
    "nn": "Eg har ikkje gitt noko svar enno som eg kan gjere enklare. Still eit spørsmål først, "
    "til dømes «Korleis skriv vi klart?». Be så om eit enklare svar.",
    "en": "I have not given an answer yet that I could make simpler. Please ask a question first, "
    "for example “How do we write clearly?”. Then ask for a simpler answer.",
}
"""Said when plainer words are asked for and nothing has been answered."""
