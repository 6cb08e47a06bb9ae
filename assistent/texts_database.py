"""What is said about the database."""

from __future__ import annotations

BAD_ADDRESS = (
    "ASSISTENT_DATABASE kan ikke leses. Skriv den som «sqlite:///mappe/fil.db» eller "
    "«postgresql://bruker:passord@vert/database»."
)
NEWER_TABLES = (
    "Databasen er laget av en nyere versjon av assistenten. Oppgrader programmet, eller bruk en "
    "annen database i ASSISTENT_DATABASE."
)


def unusable(where: str, cause: str) -> str:
    """Say that the database does not answer, and why."""
    reason = f" ({cause})" if cause else ""
    return (
        f"Databasen «{where}» kan ikke brukes{reason}. Kontroller at den er i gang, at det er "
        "plass på disken, og at ASSISTENT_DATABASE stemmer."
    )


def driver_missing(where: str) -> str:
    """Say what to install."""
    return (
        f"Databasen «{where}» krever en driver som ikke er installert. Installer den med "
        "«pip install -c constraints.txt '.[postgresql]'»."
    )


def busy(where: str) -> str:
    """Say that others use the database just now."""
    return (
        f"Databasen «{where}» er i bruk, så det som er slettet, kan fortsatt stå i loggfilen. "
        "Kjør «assistent journal --rydd» igjen om litt."
    )
