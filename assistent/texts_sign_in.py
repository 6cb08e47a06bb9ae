"""What is said about signing in, signing out, and having no access."""

from __future__ import annotations

SIGN_IN = "Logg inn"
SIGN_OUT = "Logg ut"
SIGNED_IN_AS = "Logget inn som"
TRY_AGAIN = "Prøv å logge inn på nytt"
TO_START = "Til forsiden"
OTHER_USER = "Logg inn med en annen bruker"

NOT_SIGNED_IN_TITLE = "Du er ikke logget inn"
NOT_SIGNED_IN = "Logg inn for å bruke Kommunikasjonsassistenten."

NO_ACCESS_TITLE = "Du har ikke tilgang"
NO_ACCESS = (
    "Brukeren din har ikke tilgang til denne siden. Trenger du den i arbeidet ditt, kan du be om "
    "tilgang hos {contact}."
)
NOT_STAFF = (
    "Du er logget inn, men brukeren din har ikke tilgang til Kommunikasjonsassistenten. Be om "
    "tilgang hos {contact}."
)

SIGNING_IN_TITLE = "Du må logge inn"
SIGNING_IN = "Du sendes nå videre til innloggingen."

ABORTED_TITLE = "Innloggingen ble ikke fullført"
ABORTED = (
    "Det tok for lang tid, eller innloggingen ble startet i en annen nettleser. Ingenting er "
    "ødelagt. Prøv en gang til."
)
DECLINED = "Innloggingen ble avbrutt hos innloggingstjenesten. Prøv en gang til."
REFUSED = (
    "Svaret fra innloggingstjenesten kunne ikke godtas. Prøv en gang til. Går det ikke da heller, "
    "si fra til den som drifter tjenesten."
)

PROVIDER_DOWN_TITLE = "Innloggingen virker ikke akkurat nå"
PROVIDER_DOWN = (
    "Kommunikasjonsassistenten får ikke kontakt med innloggingstjenesten. Vent noen minutter, og "
    "prøv igjen. Virker heller ikke andre tjenester som du logger inn i, er feilen kjent der."
)
STORE_DOWN = (
    "Kommunikasjonsassistenten får ikke kontakt med databasen sin. Vent noen minutter, og prøv "
    "igjen. Si fra til den som drifter tjenesten, hvis det ikke går over."
)

SIGNED_OUT_TITLE = "Du er logget ut"
SIGNED_OUT = "Du er logget ut av Kommunikasjonsassistenten."
SIGNED_OUT_ELSEWHERE = "Du sendes nå videre for å logge ut av innloggingstjenesten også."
SIGN_OUT_ELSEWHERE = "Logg ut av innloggingstjenesten"

FOREIGN_TITLE = "Forespørselen ble stoppet"
FOREIGN = (
    "Den kom fra et annet nettsted enn dette. Gå til forsiden, og prøv derfra. Gjelder det alle "
    "som prøver, må den som drifter tjenesten, sette ASSISTENT_UTADRESSE."
)
WRONG_HOST_TITLE = "Feil adresse"
WRONG_HOST = "Kommunikasjonsassistenten finnes på {address}."


# --- Settings ------------------------------------------------------------------------------------


def needs_sign_in(address: str) -> str:
    """Say that the address can be reached by others, and what to do."""
    return (
        f"ASSISTENT_ADRESSE er {address}, som andre maskiner kan nå, men innlogging er ikke satt "
        "opp. Sett ASSISTENT_OIDC_UTSTEDER og ASSISTENT_OIDC_KLIENT, eller sett "
        "ASSISTENT_UTEN_INNLOGGING=ja hvis alle som når maskinen, skal slippe inn."
    )


def sign_in_incomplete(missing: str, given: str) -> str:
    """Say which setting is missing beside another."""
    return f"{given} er satt, men ikke {missing}. Innlogging trenger begge. Sett {missing} også."


def contradicting(one: str, other: str) -> str:
    """Say that two settings cannot both be meant."""
    return f"{one} og {other} er satt samtidig. Fjern den ene."


def public_address_needed(name: str) -> str:
    """Say that sign-in has to know where people come back to."""
    return (
        f"Innlogging på en adresse som andre maskiner kan nå, trenger {name}: adressen som folk "
        "skriver i nettleseren, for eksempel «https://assistent.oslo.kommune.no»."
    )


def bad_public_address(name: str, value: str) -> str:
    """Say how the address is written."""
    return (
        f"{name} kan ikke være «{value}». Skriv «https://» og vertsnavnet, uten sti. «http://» "
        "kan bare brukes for denne maskinen."
    )


def bad_issuer(name: str, value: str) -> str:
    """Say how the provider's address is written."""
    return (
        f"{name} kan ikke være «{value}». Skriv utstederens adresse, for eksempel "
        "«https://login.microsoftonline.com/LEIETAKER/v2.0»."
    )


def bad_proxies(name: str, value: str) -> str:
    """Say how the addresses of proxies are written."""
    return (
        f"{name} kan ikke være «{value}». Skriv IP-adresser eller nett med komma mellom, for "
        "eksempel «127.0.0.1, 10.0.0.0/24»."
    )
