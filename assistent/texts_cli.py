"""Every sentence of the command line but its answers."""

from __future__ import annotations

from datetime import date

from assistent.texts import counted, long_date


def document_unknown(path: str) -> str:
    """Say that there is no such document in the index."""
    return (
        f"Dokumentet «{path}» finnes ikke i indeksen. Kontroller stien, eller kjør "
        "«assistent indekser» hvis dokumentet er nytt."
    )


def bad_json_line(name: str, line: int, reason: str) -> str:
    """Say which line of a question file cannot be used."""
    return f"{name}, linje {line}: {reason} Hver linje skal være et JSON-objekt med «question»."


REASON_NOT_JSON = "ikke gyldig JSON."
REASON_NO_QUESTION = "«question» mangler eller er ikke en tekst."
REASON_BAD_HISTORY = "«history» skal være en liste av objekter med tekstene «role» og «content»."


def bad_date(value: str) -> str:
    """Say that a date on the command line is none."""
    return f"«{value}» er ikke en dato. Skriv den som 2025-05-22."


NOTHING_ASKED = "Skriv et spørsmål, eller oppgi en fil med «--fil»."
BOTH_ASKED = "Oppgi enten et spørsmål eller «--fil», ikke begge."
UNEXPECTED = "Noe uventet gikk galt ({reason}). Prøv igjen, og meld fra hvis det gjentar seg."
INTERRUPTED = "Avbrutt."


HELP_PROGRAM = "Svarer på spørsmål om kanaler og kommunikasjon fra kommunens egne dokumenter."
HELP_USAGE = "bruk:"
HELP_POSITIONALS = "argumenter"
HELP_OPTIONS = "valg"
HELP_VERBS = "kommandoer"
HELP_HELP = "vis denne hjelpen"
HELP_OF_VERB = {
    "modell": "klargjør embeddingmodellen",
    "indekser": "bygg en ny utgave av indeksen",
    "korpus": "vis dokumentene med gyldighet, dato og merknader",
    "kilde": "skriv ut teksten i et dokument",
    "finn": "søk etter utdrag",
    "svar": "svar på et spørsmål",
    "start": "start nettsiden",
}
HELP_FORCE = "lag modellen på nytt selv om den er klar"
HELP_IF_NEEDED = "bygg bare hvis indeksen mangler eller er utdatert"
HELP_CHECK = "kontroller dokumenter, katalog og registre uten å bygge"
HELP_DOCUMENT = "dokumentets sti under korpusmappen"
HELP_COUNT = "antall utdrag (standard: 10)"
HELP_CORPUS = "mappen med dokumentene (standard: korpus)"
HELP_INDEX = "mappen med indeksen (standard: indeks)"
HELP_JSON = "skriv ut som JSON"
HELP_QUESTION = "spørsmålet, i anførselstegn"
HELP_FILE = "fil med ett JSON-objekt per linje; «-» er standard inn"
HELP_DAY = "dagen det spørres for, for eksempel 2025-05-22 (standard: i dag)"
# What argparse says, and how we say it.
ARGUMENT_FAULTS = {
    "the following arguments are required:": "dette mangler:",
    "unrecognized arguments:": "ukjente argumenter:",
    "expected one argument": "mangler en verdi",
    "expected at least one argument": "mangler en verdi",
    "invalid choice:": "ukjent valg:",
    "(choose from": "(velg blant",
    "argument ": "",
    "ambiguous option:": "tvetydig valg:",
    "ignored explicit argument": "tar ingen verdi, men fikk",
}


def wrong_usage(program: str, fault: str) -> str:
    """Say that a command was written wrongly."""
    return (
        f"Feil bruk: {fault} Se «{program} --help»."
        if fault.endswith(".")
        else (f"Feil bruk: {fault}. Se «{program} --help».")
    )


def bad_count(value: str) -> str:
    """Say that a number of hits cannot be used."""
    return f"«{value}» er ikke et antall fra 1 til 1000."


def model_ready(folder: str) -> str:
    """Say where the prepared model lies."""
    return f"Modellen er klar i {folder}."


INDEX_UP_TO_DATE = "Indeksen er oppdatert."


def rolled_back(edition: str) -> str:
    """Say which edition is in force again."""
    return f"Utgaven {edition} er i bruk igjen."


def corpus_line(path: str, title: str, standing: str, day: date | None) -> str:
    """Return one document of the list."""
    since = f", fra {long_date(day)}" if day else ""
    return f"{path}\n    {title} ({standing}{since})"


def corpus_checked(*, documents: int, channels: int, duties: int, skipped: int) -> str:
    """Say what was found in order."""
    found = (
        f"Kontrollert: {counted(documents, 'dokument', 'dokumenter')}, "
        f"{counted(channels, 'kanal', 'kanaler')} og {counted(duties, 'plikt', 'plikter')}."
    )
    if skipped:
        return f"{found} {counted(skipped, 'fil er', 'filer er')} utelatt."
    return f"{found} Alt er i orden."


NO_HITS = "Ingen treff."


def build_done(
    *, documents: int, passages: int, added: int, reused: int, removed: int, seconds: float
) -> str:
    """Say what a build did."""
    return (
        f"Ny indeks er klar: {counted(documents, 'dokument', 'dokumenter')}, {passages} utdrag "
        f"({added} nye, {reused} gjenbrukt, {removed} fjernet) på {seconds:.1f} sekunder."
    ).replace(f"{seconds:.1f}", f"{seconds:.1f}".replace(".", ","))


def skipped_file(file: str, reason: str) -> str:
    """Say that a file was left out of the index."""
    return f"Utelatt: {file}: {reason}"


_STEP_NAMES = {
    "dokumenter": "Leser dokumenter",
    "utdrag": "Lager vektorer for utdrag",
    "setninger": "Lager vektorer for setninger",
    "spørsmål": "Lager vektorer for spørsmål",
    "kontroll": "Kontrollerer indeksen",
}


def step_name(step: str) -> str:
    """Return what a step of a long command is called on the screen."""
    return _STEP_NAMES.get(step, step)
