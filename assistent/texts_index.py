"""What is said of the index: what is wrong with it, and how to repair it."""

from __future__ import annotations

from collections.abc import Sequence


def index_missing(folder: str) -> str:
    """Say that nothing has been built yet."""
    return f"Fant ingen indeks i {folder}. Kjør «assistent indekser» først."


def index_damaged(folder: str, reason: str) -> str:
    """Say that an edition must not be used."""
    return f"Indeksen i {folder} er skadet ({reason}). Kjør «assistent indekser» på nytt."


def index_other_model(folder: str, stored: str, current: str) -> str:
    """Say that an edition was built with another model."""
    return (
        f"Indeksen i {folder} er laget med modellen «{stored}», men nå brukes «{current}». "
        "Kjør «assistent indekser» på nytt."
    )


def no_earlier_edition(folder: str) -> str:
    """Say that there is nothing to go back to."""
    return (
        f"Det finnes ingen tidligere utgave i {folder}. "
        "Kjør «assistent indekser» for å bygge en ny."
    )


def already_in_force(edition: str) -> str:
    """Say that an edition is in use already."""
    return f"Utgaven {edition} er allerede i bruk."


def no_such_edition(edition: str, known: Sequence[str]) -> str:
    """Say that an edition is not there, and which are."""
    if not known:
        return f"Utgaven {edition} finnes ikke, og heller ingen andre enn den som er i bruk."
    return f"Utgaven {edition} finnes ikke. Disse kan tas i bruk: {', '.join(known)}."


def index_busy(folder: str) -> str:
    """Say that another build is running."""
    return f"En annen indeksering av {folder} pågår. Vent til den er ferdig, og prøv igjen."


def index_not_writable(folder: str, reason: str) -> str:
    """Say that the index folder cannot be written to."""
    return (
        f"Kan ikke skrive til {folder} ({reason}). "
        "Gi skrivetilgang og nok plass, eller velg en annen mappe med «--indeks MAPPE»."
    )


def self_check_failed(reason: str) -> str:
    """Say that a new edition did not pass its own check."""
    return f"Den nye indeksen besto ikke egenkontrollen ({reason}). Den forrige brukes fortsatt."


REASON_FILE_MISSING = "filen {name} mangler"
REASON_FILE_ALTERED = "filen {name} er endret eller avkortet"
REASON_COUNT = "{name} har {found} oppføringer, ventet {expected}"


def chroma_bad_address(address: str) -> str:
    """Say how the address of a Chroma server is written."""
    return (
        f"ASSISTENT_CHROMA er «{address}», som ikke er en adresse. Skriv den som "
        "«http://vert:8000», eller fjern innstillingen for å bruke den innebygde."
    )


def chroma_unreachable(address: str, reason: str) -> str:
    """Say that the Chroma server cannot be used, and why."""
    return (
        f"Chroma-tjeneren på {address} kan ikke brukes ({reason}). Kontroller at den er i gang, "
        "eller fjern ASSISTENT_CHROMA for å bruke den innebygde."
    )


REASON_CANARY = "et utdrag ble ikke funnet igjen"
REASON_FORMAT = "laget av en annen versjon av programmet"
