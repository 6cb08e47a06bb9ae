"""What all Norwegian sentences share, and those about the settings.

Every sentence that a user or an editor reads stands in a module named ``texts…``, after what it is
about. Errors say what is wrong, where, and how to repair it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember".split()
)


def long_date(day: date) -> str:
    """Write a date the Norwegian way: «22. mai 2025»."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def listed(words: Sequence[str], conjunction: str = "og") -> str:
    """Join words with commas and a conjunction."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def counted(number: int, singular: str, plural: str) -> str:
    """Write a number with its noun."""
    return f"{number} {singular if number == 1 else plural}"


# --- Settings -----------------------------------------------------------------------------------


def unknown_setting(name: str, known: Sequence[str]) -> str:
    """Say that an environment variable is not one of ours."""
    return f"Innstillingen {name} finnes ikke. Fjern den, eller bruk en av disse: {listed(known)}."


def bad_setting(name: str, value: str) -> str:
    """Say that a setting has a value that cannot be used."""
    return f"Innstillingen {name} kan ikke ha verdien «{value}». Se innstillingstabellen i README."
