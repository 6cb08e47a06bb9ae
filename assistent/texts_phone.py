"""Every Norwegian sentence of the light page for phones, and of what it keeps on the device."""

from __future__ import annotations

TITLE = "Spør om kommunikasjon"
# Where a word that is wider than the screen may be divided.
TITLE_DIVIDED = "Spør om kommuni\N{SOFT HYPHEN}kasjon"
NAME_DIVIDED = "Kommunikasjons\N{SOFT HYPHEN}assistenten"
INTRO = "Du får svar fra kommunens egne dokumenter, med kilde til hver setning."
QUESTION_LABEL = "Spørsmålet ditt"
QUESTION_HINT = "Ikke skriv personopplysninger."
SEND = "Spør"
EXAMPLES_HEADING = "Prøv for eksempel"
EXAMPLES = (
    "Hvordan når jeg ansatte uten PC?",
    "Kan jeg legge ut bilde av kolleger?",
    "Hvordan skal vi skrive til innbyggerne?",
    "Hva gjør jeg hvis pressen ringer?",
)
TO_WIDE = "Full visning"
TO_LIGHT = "Enkel side for mobil"
ABOUT = "Slik virker den"
ASK_NEW = "Ny samtale"
MORE_LINKS = "Om siden"
EARLIER = "Tidligere i samtalen"
SHARE = "Del spørsmålet"
SHARED = "Lenken er kopiert"
SHARE_LINK = "Kopier lenken. Den inneholder bare spørsmålet:"

STATUS_SENDING = "Sender spørsmålet …"
STATUS_DONE = "Svaret er klart."
STATUS_STOPPED = "Svaret ble avbrutt. Det du ser, kan være ufullstendig."
STATUS_REPLACED = "Avbrutt, for du stilte et nytt spørsmål."
STATUS_EMPTY = "Skriv et spørsmål først."
FAILED_NETWORK = (
    "Fikk ikke kontakt med tjenesten. Spørsmålet ditt står fortsatt i feltet. "
    "Sjekk at du har nett, og prøv igjen."
)
TRY_AGAIN = "Prøv igjen"

RECENT_HEADING = "Siste spørsmål"
RECENT_HELP = (
    "Spørsmål og svar ligger på denne telefonen i 30 dager. "
    "Deler du telefonen med andre, bør du slette dem."
)
RECENT_DELETE = "Slett alle"
RECENT_DELETED = "Spørsmål, svar og lagrede sider er slettet fra telefonen."
RECENT_KEPT = "Lagret svar fra {when}. Det bygger på dokumentene slik de var {edition}."
RECENT_OTHER_EDITION = (
    "Dokumentene er oppdatert siden da. Spør på nytt for å få det som gjelder nå."
)
RECENT_UNSURE = "Dokumentene kan være endret siden da."
ASK_AGAIN = "Spør på nytt"

OFFLINE = (
    "Ingen kontakt med tjenesten. Du kan lese svar som er lagret på telefonen, men ikke stille "
    "nye spørsmål."
)
OFFLINE_PAGE_TITLE = "Uten nett"
OFFLINE_PAGE = "Siden er ikke lagret på telefonen. Prøv igjen når du har nett."
OFFLINE_INSTEAD = "Dette kan du lese nå:"
OFFLINE_QUESTIONS = "Siste spørsmål og svar"
OFFLINE_COPY = (
    "Ingen kontakt med tjenesten. Dette er en kopi fra {when}, og innholdet kan være endret "
    "siden da."
)
OFFLINE_ALL_CHANNELS = (
    "Ingen kontakt med tjenesten, så kanalvelgeren kan ikke svare. Her er alle kanalene, kopiert "
    "{when}. Innholdet kan være endret siden da."
)
OFFLINE_ALL_DUTIES = (
    "Ingen kontakt med tjenesten, så beslutningssjekken kan ikke svare. Her er alle pliktene, "
    "kopiert {when}. Innholdet kan være endret siden da."
)
INSTALL_NAME = "Kommunikasjon"


def icon_missing(variable: str, file: str) -> str:
    """Say that a folder with own icons lacks a file."""
    return f"Innstillingen {variable}: fant ikke «{file}». Mappen må inneholde alle ikonene."


def icon_unusable(variable: str, file: str, size: int) -> str:
    """Say that an own icon cannot be used."""
    return f"Innstillingen {variable}: «{file}» må være et PNG-bilde på {size} × {size} piksler."
