"""Every Norwegian sentence of the MCP server; most are read by a language model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TITLE = "Kommunikasjonsassistenten"
INSTRUCTIONS = (
    "Svarer ansatte i Oslo kommune på hvilken kanal de skal bruke, og hvordan kommunen "
    "kommuniserer, fra kommunens egne dokumenter. Bruk verktøyene før du svarer på slike "
    "spørsmål, og svar bare med det de gir. Gjengi sitater ordrett, og oppgi kilden med gyldighet "
    "og adresse. Ta med alle forbehold («notices»). Står ikke svaret i dokumentene, så si det, og "
    "vis videre til kontakten. Ikke send personopplysninger til verktøyene."
)

_QUOTES = (
    " Setningene i svaret er ordrette sitater når «writer» er «extract». Ikke skriv dem om. "
    "Oppgi kilden med gyldighet, og ta med forbeholdene."
)
TOOLS: Mapping[str, tuple[str, str]] = {
    "svar": (
        "Svar på et spørsmål",
        "Bruk dette når noen lurer på hvilken kanal de skal bruke, hvordan Oslo kommune skriver "
        "og kommuniserer, hva strategien eller designmanualen sier, eller hva regelverket krever "
        "av kommunikasjon. Send spørsmålet slik det er stilt, uten personopplysninger. Feltet "
        "«outcome» sier om dokumentene har svaret: Er det noe annet enn «answered» eller "
        "«partial», står svaret ikke der. Ikke fyll inn fra egen kunnskap." + _QUOTES,
    ),
    "finn": (
        "Søk etter utdrag",
        "Bruk dette når du trenger selve teksten, flere steder enn svaret viser til, eller vil se "
        "hva dokumentene sier om et tema. Gir utdrag med sted og gyldighet, de beste først, men "
        "ikke noe svar. Et utdrag kan være utløpt eller et sammendrag; se «standing». Gjengi "
        "utdrag ordrett.",
    ),
    "kanal": (
        "Velg kanal",
        "Bruk dette når noen skal sende ut en bestemt melding og du vet hvem som skal nås og hva "
        "slags melding det er. Vet du det ikke, så spør først. Gir kanalene som passer, kanalene "
        "som ikke gjør det, og kravene til innholdet, hver linje med kilde. Er liv eller helse i "
        "fare, så vis det som står under «crisis», først.",
    ),
    "sjekk": (
        "Sjekk en beslutning",
        "Bruk dette når noen forbereder eller tar en beslutning og lurer på hva de må gjøre av "
        "kommunikasjon og medvirkning før, ved og etter. Svar på de temaene du vet noe om, og "
        "utelat resten: De regnes som «usikker», og sjekklisten sier hva som må finnes ut. Hver "
        "linje har kilde. Listen er en huskeliste, ikke juridisk råd.",
    ),
}


def unknown_tool(names: Sequence[str]) -> str:
    """Say which tools there are."""
    return f"Verktøyet finnes ikke. Bruk {', '.join(names[:-1])} eller {names[-1]}."


FAILED = "Noe gikk galt. Prøv igjen om litt."

# --- Command line --------------------------------------------------------------------------------

HELP = "la språkmodeller bruke assistenten som verktøy (MCP)"
HELP_ADDRESS = (
    "nettadressen til assistenten, så kildene blir lenker, for eksempel "
    "«https://assistent.eksempel.no»"
)
HELP_HTTP = "lytt på denne porten på 127.0.0.1 i stedet for standard inn og ut"


def bad_address(value: str) -> str:
    """Say that an address cannot be used for links."""
    return f"«{value}» er ikke en nettadresse. Skriv den med «https://» eller «http://»."


def bad_port(value: str) -> str:
    """Say that a port is none."""
    return f"«{value}» er ikke en port. Bruk et tall fra 1 til 65535."


def listening(address: str) -> str:
    """Say where the server listens."""
    return f"MCP-tjeneren er klar på {address}. Stopp den med Ctrl+C."


def port_unusable(port: int) -> str:
    """Say that the server cannot listen on a port."""
    return (
        f"Kan ikke lytte på port {port}. Den er i bruk eller krever mer tilgang. "
        "Velg en annen port med «--http»."
    )
