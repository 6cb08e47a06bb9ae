"""Every Norwegian sentence of the two overview pages."""

from __future__ import annotations

CHANNELS_TITLE = "Alle kanaler"
CHANNELS_INTRO = (
    "Her står alt kildene sier om hver kanal. Kanalvelgeren finner den som passer til det du skal "
    "fortelle."
)
TO_TOOL = "Åpne kanalvelgeren"
CHANNELS = "Kanaler"
SUITED = "Brukes til"
UNSUITED = "Brukes ikke til"
DEMANDS = "Krav i kanalen"
STATUS = "Om kanalen er i bruk"
NOTHING = "Kildene sier ikke hva kanalen skal brukes til."
OTHERS = "Kanaler som ikke er i bruk"
EVERYWHERE = "Krav som gjelder i alle kanaler"
DUTIES_TITLE = "Alle plikter ved en beslutning"
DUTIES_INTRO = (
    "Her står alt som kan gjelde før, ved og etter en beslutning. Beslutningssjekken finner det "
    "som gjelder din."
)
TO_CHECK = "Åpne beslutningssjekken"
