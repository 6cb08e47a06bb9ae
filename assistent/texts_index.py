"""What is said of the index: what is wrong with it, and how to repair it."""

from __future__ import annotations


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
REASON_CANARY = "et utdrag ble ikke funnet igjen"
REASON_FORMAT = "laget av en annen versjon av programmet"
