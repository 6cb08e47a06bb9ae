"""What is said when a new edition is tried before it is taken into use."""

from __future__ import annotations

from collections.abc import Sequence

from assistent import texts_evaluation
from assistent.texts import counted

HELP_GATE = (
    "prøv den nye utgaven på spørsmålssettene, og ta den i bruk bare hvis tallene holder "
    "grensene i korpus/grenser.toml og ikke faller"
)
HELP_SETS = "spørsmålssett for «--port» (standard: prosjektets utviklingssett og redaksjonens)"
METAVAR_EDITION = "UTGAVE"
HELP_ROLL_BACK = "ta den forrige utgaven i bruk igjen, eller den som er navngitt"
SETS_WITHOUT_GATE = "«--sett» brukes sammen med «--port»."
BACK_ALONE = "«--tilbake» kan ikke brukes sammen med «--port», «--sett» eller «--ved-behov»."

TYPE_SHARE = "et tall, for eksempel 0.85"
LIMITS_NO_TABLE = "grensene skal stå i en tabell per gruppe, for eksempel [grenser.dev]."
LIMITS_BAD_FALL = "«fall» skal være fra 0 til 1; 0.02 er to prosentpoeng."

ASKING_NEW = "Prøver den nye utgaven"
ASKING_OLD = "Prøver utgaven i bruk"

REPORT_TITLE = "Kan utgaven tas i bruk?"
REPORT_HEAD = ("Mål", "Grense", "I bruk", "Ny", "Vurdering")
REPORT_CAPTION = "Grensene, og hva den nye utgaven nådde"
REPORT_NOTHING = (
    "Det finnes verken grenser eller en utgave å sammenligne med, så utgaven tas i bruk."
)
FINDINGS = {
    "good": "holder",
    "below": "når ikke grensen",
    "fell": "har falt",
    "unmeasured": "kunne ikke måles",
}


def bad_limits(file: str, reason: str) -> str:
    """Say what is wrong with the file of limits."""
    return f"{file} kan ikke brukes: {reason}"


def unknown_figure(key: str, known: Sequence[str]) -> str:
    """Say that there is no such figure."""
    return f"«{key}» er ikke et mål. Bruk ett av disse: {', '.join(known)}."


def figure_of(group: str, key: str) -> str:
    """Name a figure of a group."""
    name = texts_evaluation.GROUP_NAMES.get(group, group)
    return f"{name}: {texts_evaluation.figure_label(key)}"


def amount(value: float | None, unit: str) -> str:
    """Write a value, with a decimal where a limit may hang on it."""
    if value is None:
        return texts_evaluation.NONE
    if unit == "share":
        return f"{texts_evaluation.share(value, 1)} %"
    return texts_evaluation.amount(value, unit)


def rule_fall(fall: float) -> str:
    """Say how far a figure may fall."""
    return f"fall på høyst {texts_evaluation.share(fall, 1)} prosentpoeng"


def left_out_questions(count: int) -> str:
    """Say how many questions could not be asked; empty if all could."""
    if not count:
        return ""
    asked = counted(count, "spørsmål ble", "spørsmål ble")
    return f" {asked} ikke stilt, fordi dokumentet som svarer, ikke er i utgaven."


def gone_back(edition: str) -> str:
    """Say that nothing is built, for somebody went back from what these documents give."""
    return (
        f"Utgaven {edition} er tatt i bruk igjen med «--tilbake», og dokumentene er ikke endret "
        "siden. Kjør «assistent indekser» uten «--ved-behov» for å bygge likevel."
    )


def verdict(*, published: bool, compared: str, left_out: int) -> str:
    """Say whether the edition was taken into use, and what it was compared with."""
    said = (
        "Alle tallene holder. Utgaven er tatt i bruk."
        if published
        else "Utgaven er ikke tatt i bruk. Den som var i bruk, er det fortsatt."
    )
    return f"{said} {compared}{left_out_questions(left_out)}"


def compared_with(edition: str) -> str:
    """Name the edition that the new one was compared with."""
    return f"Den er sammenlignet med {edition}."


def not_compared(reason: str) -> str:
    """Say why there was nothing to compare with."""
    return f"Den er ikke sammenlignet med utgaven i bruk: {reason}"


def held_back(figures: Sequence[tuple[str, str, str, str]], report: str, left_out: int) -> str:
    """Say which figures kept an edition from being published, and where the report is.

    Args:
        figures: for each its name, what was demanded, what was reached, and the finding.
        report: the file.
        left_out: how many questions could not be asked.
    """
    shown = "; ".join(
        f"{name} {finding} ({reached}, krav {demand})"
        for name, demand, reached, finding in figures[:3]
    )
    more = len(figures) - 3
    rest = f", og {counted(more, 'mål', 'mål')} til" if more > 0 else ""
    return (
        f"Den nye utgaven er ikke tatt i bruk: {shown}{rest}.{left_out_questions(left_out)} "
        f"Rapporten ligger i {report}. Rett dokumentene eller grensene, eller kjør «assistent "
        "indekser» uten «--port» for å ta utgaven i bruk likevel."
    )


def passed(report: str, left_out: int) -> str:
    """Say that an edition passed, and where the report is."""
    return f"Utgaven besto prøven.{left_out_questions(left_out)} Rapporten ligger i {report}."
