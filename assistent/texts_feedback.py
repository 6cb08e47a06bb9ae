"""Every sentence around feedback: the form under an answer, and what is said to its sender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistent.texts import listed

REASONS: Mapping[str, str] = {
    "feil": "Svaret er feil",
    "utdatert": "Svaret er utdatert",
    "mangler-kilde": "Det mangler en kilde",
    "finner-ikke-sitatet": "Jeg finner ikke sitatet i dokumentet",
    "for-langt": "Svaret er for langt",
    "uklart": "Svaret er uklart",
    "feil-språk": "Svaret er på feil språk",
    "annet": "Noe annet",
}

# --- The form ------------------------------------------------------------------------------------

THUMB = "Nyttig svar"
OPEN = "Gi tilbakemelding"
ABOUT_WHAT = "Hva gjelder det?"
WHOLE = "Hele svaret"
SENTENCE = "Setning {number}: {text}"
VERDICT = "Er det nyttig?"
USEFUL = "Ja"
NOT_USEFUL = "Nei"
WHAT_IS_WRONG = "Hva er galt? Velg gjerne flere."
COMMENT = "Kommentar"
COMMENT_HELP = "Ikke skriv personopplysninger. Høyst 1000 tegn."
REPLY = "E-postadressen din, hvis du vil ha svar"
SEND = "Send tilbakemelding"
REFERENCE = "Svar-ID:"


KEPT = "Vi lagrer tilbakemeldingen sammen med hvilket svar den gjelder."
NO_CONTACT = "Fikk ikke kontakt med tjenesten. Sjekk at du har nett, og send på nytt."


# --- What is said to it --------------------------------------------------------------------------

THANKS_TITLE = "Takk for tilbakemeldingen"
THANKS = "Takk. Tilbakemeldingen er lagret, og redaktørene leser den."
THANKS_REPLY = "Takk. Tilbakemeldingen er lagret, og du får svar på e-post."

STOPPED_TITLE = "Ta bort personopplysningene"
RESEND = "Send uten dette"
RESEND_HELP = "Dette blir sendt:"

TROUBLE_TITLE = "Tilbakemeldingen ble ikke lagret"
TOO_OFTEN = "Mange gir tilbakemelding akkurat nå. Vent et minutt, og prøv igjen."
STORE_DOWN = "Databasen svarer ikke akkurat nå. Vent litt, og prøv igjen."
OFF = "Tilbakemeldinger er slått av her."
UNREADABLE = "Skjemaet kan ikke leses. Gå tilbake til svaret, og prøv derfra."
BAD_CONTACT = "E-postadressen ser ikke riktig ut. Rett den, eller la feltet stå tomt."
TOO_LONG = "Kommentaren er for lang. Kort den ned til høyst 1000 tegn."


def erasable(identity: str, contact: str) -> str:
    """Tell the sender how to have it erased."""
    return f"Vil du ha den slettet, oppgir du denne ID-en til {contact}: {identity}"


def stopped(masked: Sequence[str]) -> str:
    """Say which personal data were found; each shown no further than how it begins."""
    return (
        f"Kommentaren ser ut til å inneholde personopplysninger: {listed(masked)}. Ingenting er "
        "lagret."
    )
