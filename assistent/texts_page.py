"""Every sentence of the page around its answers, of the viewer, and of starting them."""

from __future__ import annotations

from assistent.texts_answer import BOKMAL

PAGE_TITLE = "Kommunikasjonsassistenten"
PAGE_LABEL = "KI-assistent"
PAGE_CAN = (
    "Spør om kanaler og kommunikasjon i Oslo kommune. Jeg finner stedet i kommunens dokumenter "
    "og siterer det ordrett."
)
PAGE_CANNOT = "Jeg behandler ikke saker og trekker ingen juridiske konklusjoner."
PAGE_ABOUT_LINK = "Slik virker den"
PAGE_SKIP = "Hopp til spørsmålsfeltet"
PAGE_LOADING = "Henter siden …"
PAGE_NO_SCRIPT = "Siden trenger JavaScript. Slå det på i nettleseren, og last siden på nytt."

QUESTION_LABEL = "Still et spørsmål"
QUESTION_HELP = "Ikke skriv personopplysninger."
QUESTION_HELP_KEYBOARD = "Du får en ny linje med Shift + Enter."
SEND = "Send"
NEW_CONVERSATION = "Ny samtale"
EXAMPLES_HEADING = "Prøv for eksempel"
EXAMPLES = (
    (
        "Ansatt",
        (
            "Hvordan skal vi skrive?",
            "Hvilke kanaler er viktigst for å nå innbyggerne?",
        ),
    ),
    (
        "Leder",
        (
            "Hva må jeg vurdere før jeg tar en beslutning?",
            "Hvem gjelder kommunikasjonsstrategien for?",
        ),
    ),
    (
        "På farten",
        (
            "Når ble kommunikasjonsstrategien vedtatt?",
            "Hvem er den viktigste målgruppen?",
        ),
    ),
)

QUESTION_EMPTY = "Tomt spørsmål"
STATUS_DONE = "Svar klart"
WRITE_FIRST = "Skriv et spørsmål først."
WAITS = "Spørsmålet sendes når svaret du venter på, er klart."
STATUS_NEW_CONVERSATION = "Ny samtale er startet"
SHOW_IN_DOCUMENT = BOKMAL.show_in_document
OPENS_IN_NEW_TAB = BOKMAL.opens_in_new_tab
CONNECTION_LOST = "Mistet kontakten med tjenesten. Siden lastes på nytt når den er tilbake."
SERVICE_BUSY = "Mange spør akkurat nå. Vent litt, og prøv igjen."

VIEWER_BACK = "Til forsiden"

NOT_FOUND_TITLE = "Fant ikke siden"
NOT_FOUND_TEXT = "Siden finnes ikke. Dokumentet kan ha fått nytt navn eller være fjernet."

FAILED_TITLE = "Noe gikk galt hos oss"
FAILED_TEXT = "Prøv igjen om litt."

ABOUT_TITLE = "Slik virker Kommunikasjonsassistenten"
ABOUT = (
    (
        "Hva den gjør",
        (
            "Kommunikasjonsassistenten leter i dokumentene om kommunikasjon i Oslo kommune. Hver "
            "setning i et svar bygger på et ordrett sitat, og du ser hvor det står.",
            "Trykk på nummeret etter en setning for å se sitatet. Trykk på «Vis i dokumentet» for "
            "å lese det i sammenheng.",
        ),
    ),
    (
        "Hva den ikke gjør",
        (
            "Den behandler ikke saker, trekker ingen juridiske konklusjoner og uttaler seg ikke på "
            "vegne av noen. Den gir råd; dokumentene bestemmer.",
            "Den kan ta feil, for eksempel ved å finne et sted som ikke passer til spørsmålet. Les "
            "derfor kilden før du bruker svaret.",
            "Når den ikke finner svaret, sier den det.",
        ),
    ),
    (
        "Gyldighet",
        (
            "Hver kilde viser om dokumentet er gjeldende, utløpt, opphevet eller et utkast. "
            "«Sammendrag» betyr at teksten er vår egen og ikke en regel.",
        ),
    ),
    (
        "Det du skriver",
        (
            "Ikke skriv personopplysninger eller noe som er unntatt offentlighet. Samtalen "
            "forsvinner fra siden når du lukker fanen.",
        ),
    ),
)
ABOUT_ASK_TITLE = "Hvem du kan spørre"
ABOUT_ASK = "Finner du ikke svaret her, spør {contact}."
ABOUT_DOCUMENTS_TITLE = "Dokumentene den søker i"

SERVING = "Åpne {address} i nettleseren. Trykk Ctrl+C for å stoppe."


def port_in_use(address: str, port: int) -> str:
    """Say that another program listens on the port."""
    return (
        f"Port {port} på {address} er i bruk av et annet program. "
        f"Velg en annen, for eksempel «ASSISTENT_PORT={port + 1 if port < 65535 else 7860}»."
    )


def address_unusable(address: str, port: int, reason: str) -> str:
    """Say that the page cannot listen on the address."""
    return (
        f"Kan ikke åpne {address}, port {port} ({reason}). "
        "Velg en annen adresse med ASSISTENT_ADRESSE eller en annen port med ASSISTENT_PORT."
    )
