"""What is said about what is kept: on the pages, and by ``assistent journal``."""

from __future__ import annotations

from datetime import date

from assistent.texts import counted, long_date

HELP = "vis hva journalen inneholder, rydd i den, eller slett en tilbakemelding"
HELP_TIDY = "slett nå det som er eldre enn ASSISTENT_JOURNAL_DAGER"
HELP_ERASE = "slett en tilbakemelding med alt som står i den"
METAVAR_ID = "ID"

OFF = "Journalen er slått av (ASSISTENT_JOURNAL=av). Ingenting nytt blir lagret."


def contents(answers: int, feedback: int, oldest: date | None, *, keeping: str, days: int) -> str:
    """Say how much is kept."""
    since = f" Det eldste er fra {long_date(oldest)}." if oldest else ""
    kept = OFF if keeping == "av" else f"ASSISTENT_JOURNAL={keeping}, og alt slettes etter {days} "
    tail = "" if keeping == "av" else f"{'dag' if days == 1 else 'dager'}."
    return (
        f"Journalen har {counted(answers, 'svar', 'svar')} og "
        f"{counted(feedback, 'tilbakemelding', 'tilbakemeldinger')}.{since} {kept}{tail}"
    )


def tidied(answers: int, feedback: int) -> str:
    """Say what was removed."""
    return (
        f"Slettet {counted(answers, 'svar', 'svar')} og "
        f"{counted(feedback, 'tilbakemelding', 'tilbakemeldinger')}."
    )


def erased(identity: str) -> str:
    """Say that feedback is gone."""
    return f"Tilbakemeldingen «{identity}» er slettet."


def not_there(identity: str) -> str:
    """Say that there is no such feedback."""
    return (
        f"Tilbakemeldingen «{identity}» finnes ikke. Kontroller ID-en; den kan også være slettet "
        "fra før."
    )


# --- On the pages --------------------------------------------------------------------------------

MORE = "Les mer om hva vi lagrer"


def kept(keeping: str, days: int) -> str:
    """Say in one line what is kept of a question."""
    after = counted(days, "dag", "dager")
    return {
        "av": "Vi lagrer verken spørsmål eller svar.",
        "minimal": (
            f"Vi lagrer hvilke dokumenter svaret bygger på, men ikke det du skriver. Slettes etter "
            f"{after}."
        ),
        "full": f"Vi lagrer spørsmålet, men ikke hvem som stiller det. Slettes etter {after}.",
    }[keeping]


ABOUT_TITLE = "Hva vi lagrer"
_NOBODY = "Vi lagrer ikke hvem du er."
_PERSONAL = "Spørsmål med personopplysninger blir stoppet, og teksten blir aldri lagret."
_FEEDBACK = (
    "Gir du en tilbakemelding, lagrer vi det du skriver i den, og hvilket svar den gjelder. "
    "E-postadressen din lagrer vi bare hvis du fyller den inn, og bare sammen med "
    "tilbakemeldingen. Du får en ID; oppgi den hvis du vil ha tilbakemeldingen slettet før tiden."
)


def about(keeping: str, days: int) -> tuple[str, ...]:
    """Say in full what is kept, for «Slik virker den»."""
    after = counted(days, "dag", "dager")
    if keeping == "av":
        return ("Vi lagrer verken spørsmål, svar eller tilbakemeldinger.",)
    facts = (
        "For hvert spørsmål lagrer vi tidspunktet, hvilken side det kom fra, om det ble besvart, "
        "hvilke steder i dokumentene svaret bygger på, og hvor lang tid det tok."
    )
    text = (
        "Vi lagrer ikke teksten i spørsmålet eller svaret."
        if keeping == "minimal"
        else "Vi lagrer også teksten i spørsmål som assistenten søker etter svar på, og sitatene i "
        "svaret. Redaktørene leser dem for å finne ut hva som mangler i dokumentene."
    )
    return (
        f"{facts} {text} {_NOBODY}",
        _PERSONAL,
        _FEEDBACK,
        f"Alt blir slettet etter {after}.",
    )
