"""Every Norwegian sentence of the editors' pages and of what they export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from assistent.texts import counted, listed, long_date

TITLE = "Redaksjonen"
INTRO = "Her ser du hva folk spør om, hva de mangler, og hvilke dokumenter som må følges opp."
SKIP = "Hopp til innholdet"
NAVIGATION = "Redaksjonens sider"
OVERVIEW = "Oversikt"
UNMET = "Ubesvart"
DOCUMENTS = "Dokumenter og kanaler"
FEEDBACK = "Tilbakemeldinger"
TEST_QUESTION = "Nytt testspørsmål"
EXPORT = "Last ned som CSV"
EXPORT_YEAR = "Last ned for et år fram som CSV"
EXPORT_ALL = "Last ned hele listen som CSV"
UNKNOWN_DAY = "ukjent dato"
WHOLE_DOCUMENT = "Uten overskrift"
TIMES = "Antall svar"
DOCUMENT = "Dokument"
SECTION = "Del"
STANDING = "Gyldighet"
QUESTION = "Spørsmål"
SAVE = "Lagre"

OFF = (
    "Journalen er slått av, så det finnes ikke noe å vise her. Den som drifter tjenesten, kan slå "
    "den på med ASSISTENT_JOURNAL=minimal eller ASSISTENT_JOURNAL=full."
)
STORE_DOWN_TITLE = "Databasen svarer ikke"
STORE_DOWN = "Redaksjonens sider trenger databasen. Vent litt, og last siden på nytt."

# --- Overview ------------------------------------------------------------------------------------

WAITING = "Dette venter"
WAITING_NONE = "Ingenting venter."
OUTCOMES = "Svar per dag"
OUTCOMES_TEXT = "Hvor mange spørsmål som ble besvart, delvis besvart og ikke besvart hver dag."
OUTCOMES_TABLE = "Vis tallene i en tabell"
OUTCOME_KINDS: Mapping[str, str] = {
    "answered": "besvart",
    "partial": "delvis besvart",
    "missing": "ikke i dokumentene",
    "other": "annet",
}
OUTCOMES_OTHER = (
    "«Annet» er spørsmål om noe annet enn kommunikasjon, uklare eller for lange spørsmål, spørsmål "
    "som ble stoppet på grunn av personopplysninger, og svar som feilet."
)
DAY = "Dag"
SUM = "I alt"
USED = "Mest brukte kilder"
USED_NONE = "Ingen dokumenter er sitert ennå."
DROPPED = (
    "{number} svar er ikke med i tallene. Siden tjenesten startet, har databasen vært nede, eller "
    "for mange har spurt på én gang."
)


def waiting_feedback(number: int) -> str:
    """Say how much feedback nobody has finished."""
    return f"{counted(number, 'tilbakemelding', 'tilbakemeldinger')} å behandle"


def waiting_documents(number: int, days: int) -> str:
    """Say how many documents have ended or will soon."""
    return (
        f"{counted(number, 'dokument', 'dokumenter')} som ikke gjelder lenger, eller som går ut "
        f"innen {days} dager"
    )


def waiting_quotes(number: int) -> str:
    """Say how many quotes stand no more."""
    return f"{counted(number, 'sitat', 'sitater')} som ikke står i dokumentet lenger"


def outcomes_in_short(days: int, total: int, counts: Mapping[str, int]) -> str:
    """Say in a sentence what the bars show."""
    kinds = {
        "answered": "besvart",
        "partial": "delvis besvart",
        "missing": "uten svar i dokumentene",
        "other": "annet",
    }
    parts = listed([f"{counts[kind]} {word}" for kind, word in kinds.items() if counts[kind]])
    return f"{counted(total, 'spørsmål', 'spørsmål')} de siste {days} dagene: {parts}."


def nothing_asked(days: int) -> str:
    """Say that there is nothing to count."""
    return f"Ingen har spurt de siste {days} dagene."


def used_text(days: int) -> str:
    """Say what the numbers beside the sources are."""
    return f"Delene som flest svar har sitert de siste {counted(days, 'dagen', 'dagene')}."


def answers_quoting(number: int) -> str:
    """Say how many answers quoted a part."""
    return f"{number} svar"


# --- Unanswered ----------------------------------------------------------------------------------

UNMET_TITLE = "Spørsmål som ikke fikk godt svar"
UNMET_MINIMAL = (
    "Denne siden er tom fordi teksten i spørsmålene ikke blir lagret. Den som drifter tjenesten, "
    "kan slå det på med ASSISTENT_JOURNAL=full. Spørsmål med personopplysninger blir aldri lagret, "
    "og det står på siden hva som lagres."
)
UNMET_NONE = "Ingen slike spørsmål er lagret."
MISSING = "Uten svar"
UNSURE = "Usikkert svar"
MAKE_TEST = "Lag testspørsmål av dette"
OTHER_WORDINGS = "Andre måter det ble spurt på"


def unmet_text(days: int) -> str:
    """Say which questions stand here, and how."""
    return (
        f"Spørsmål fra de siste {counted(days, 'dagen', 'dagene')} som ikke har svar i "
        "dokumentene, som fikk et usikkert svar, eller der noen sa at svaret ikke var nyttig. "
        "Spørsmål med samme mening står sammen, de vanligste først."
    )


def asked_times(number: int, newest: date) -> str:
    """Say how often something was asked."""
    return f"Spurt {counted(number, 'gang', 'ganger')}, sist {long_date(newest)}."


def what_became(missing: int, unsure: int, disliked: int) -> str:
    """Say what became of a group of questions: «3 uten svar, 1 «ikke nyttig».»."""
    parts = (
        (missing, f"{missing} uten svar"),
        (unsure, f"{unsure} med usikkert svar"),
        (disliked, f"{disliked} med tilbakemeldingen «ikke nyttig»"),
    )
    return f"{', '.join(text for number, text in parts if number)}."


# --- Documents and channels ----------------------------------------------------------------------

ENDING = "Dokumenter som er eller blir ugyldige"
WITHIN_LABEL = "Vis det som skjer innen"
WITHIN_DAYS: Mapping[int, str] = {30: "30 dager", 90: "90 dager", 180: "et halvt år", 365: "et år"}
SHOW = "Vis"
LAST_DAY = "Siste dag"
CHANNELS = "Kanaler som er eller blir avviklet"
CHANNEL = "Kanal"
STATUS = "Status"
FROM_DAY = "Fra"
REPLACEMENT = "Erstattes av"
REPLACEMENT_UNKNOWN = "ikke kjent"
FALLEN = "Sitater som ikke står lenger"
FALLEN_TEXT = (
    "Sitater som er vist i svar, men som ikke finnes i dokumentet slik det er nå. Lenker og "
    "utskrifter som folk har fra før, kan fortsatt vise til dem."
)
FALLEN_NONE = "Alle sitater som er vist, står fortsatt i dokumentene."
FALLEN_GONE = "Dokumentet er fjernet"
FALLEN_CHANGED = "Teksten er endret"
FALLEN_HIDDEN = "Ordlyden er ikke lagret (tegn {start}–{end})"
WORDS = "Sitat"
WHAT = "Hva"
LAST_SHOWN = "Sist vist"
SHOWN_TIMES = "Ganger vist"


def ending_none(days: str) -> str:
    """Say that no document needs to be looked at."""
    return f"Ingen dokumenter er utløpt eller opphevet, eller blir det innen {days}."


def leaving_none(days: str) -> str:
    """Say that no channel needs to be looked at."""
    return f"Ingen kanaler er avviklet, eller blir det innen {days}."


def leaves(status: str, day: date | None) -> str:
    """Say from when a channel is what its register says: «Avvikles fra 15. januar 2027.»."""
    return f"{status.capitalize()} fra {long_date(day) if day else UNKNOWN_DAY}."


def shown_times(number: int, newest: date) -> str:
    """Say how often a quote was shown."""
    return f"Vist {counted(number, 'gang', 'ganger')}, sist {long_date(newest)}."


# --- Feedback ------------------------------------------------------------------------------------

FEEDBACK_TITLE = "Tilbakemeldinger"
FEEDBACK_OPEN = "Vis bare dem som må behandles"
FEEDBACK_ALL = "Vis alle tilbakemeldinger"
FEEDBACK_NONE = "Ingen har gitt tilbakemelding ennå."
ASKED_WAS = "Spørsmål:"
RESTS_ON = "Setningen bygger på:"
OTHER_PLACES = "Svaret bygger også på"
NO_PLACE = "Svar uten kilde"
USEFUL = "Nyttig"
NOT_USEFUL = "Ikke nyttig"
ABOUT_SENTENCE = "gjelder setning {number}"
REFERENCE = "Svar-ID"
IDENTITY = "ID"
WANTS_REPLY = "Vil ha svar:"
TRIAGE = "Status"
HANDLE = "Behandle"
NOTE = "Notat"
FORGET_CONTACT = "Slett e-postadressen; avsenderen har fått svar"
HANDLED = "{who}, {day}"
THIS_MACHINE = "uten innlogging"
FEEDBACK_GONE = "Tilbakemeldingen finnes ikke lenger."
NOTE_STOPPED = (
    "Notatet ser ut til å inneholde personopplysninger, og ingenting ble lagret. I feltet under er "
    "de tatt bort. Se over, og lagre på nytt."
)
GIVEN = "Gitt"
REASONS = "Hva er galt"
COMMENT = "Kommentar"
CLAIM = "Setning"
HANDLED_BY = "Behandlet av"
SOURCES = "Kilder"
ASKED = "Spurt"
LAST_ASKED = "Sist spurt"
DISLIKED = "Ikke nyttig"
VERDICT = "Vurdering"
REPLY_WANTED = "Vil ha svar"
SAVED_DONE = "Du finner den igjen under «Vis alle tilbakemeldinger»."
YES = "ja"
NO = "nei"


def saved(identity: str, triage: str) -> str:
    """Say that feedback was saved, and how it stands now."""
    return f"Lagret. Tilbakemelding {identity} har status «{triage}»."


def feedback_counts(waiting: int, quiet: int) -> str:
    """Say how much feedback there is to do, and how much is not shown for that reason."""
    rest = (
        f" {quiet} andre er ferdige eller sier bare at svaret var nyttig."
        if quiet > 1
        else " Én annen er ferdig eller sier bare at svaret var nyttig."
        if quiet
        else ""
    )
    if not waiting:
        return f"Ingen tilbakemeldinger må behandles.{rest}"
    return f"{counted(waiting, 'tilbakemelding', 'tilbakemeldinger')} må behandles.{rest}"


# --- Test questions ------------------------------------------------------------------------------

TEST_TITLE = "Lag et testspørsmål"
TEST_TEXT = (
    "Testspørsmål brukes når noen måler hvor gode svarene er. Skriv spørsmålet slik at ingen kan "
    "kjennes igjen, og si hvor svaret står."
)
TEST_QUESTION_LABEL = "Spørsmålet"
TEST_USER = "Hvem spør slik?"
TEST_USERS: Mapping[str, str] = {"ansatt": "Ansatt", "leder": "Leder", "mobil": "På farten"}
TEST_WHERE = "Hvor står svaret?"
TEST_NOWHERE = "Svaret finnes ikke i dokumentene"
TEST_QUOTE = "Sitatet som svarer, ordrett fra dokumentet"
TEST_QUOTE_HELP = "La feltet stå tomt hvis svaret ikke finnes."
TEST_ADD = "Legg til"
TEST_ADDED = "Testspørsmålet er lagt til med ID-en {identity}."
TEST_NO_QUESTION = "Skriv et spørsmål."
TEST_LONG = "Spørsmålet er for langt. Kort det ned til høyst {limit} tegn."
TEST_PERSONAL = "Spørsmålet ser ut til å inneholde personopplysninger. Skriv det uten."
TEST_NO_DOCUMENT = "Velg et dokument fra listen, eller velg at svaret ikke finnes."
TEST_NO_QUOTE = "Skriv sitatet som svarer på spørsmålet."
TEST_BAD_QUOTE = "Sitatet står ikke ordrett i dokumentet. Kopier det derfra."
TEST_QUOTE_UNUSED = "Ta bort sitatet, eller velg dokumentet det står i."
FAULT = "Dette må rettes:"

# --- Files ---------------------------------------------------------------------------------------

FILE_NAMES: Mapping[str, str] = {
    "utfall": OUTCOMES,
    "kilder": USED,
    "ubesvart": UNMET_TITLE,
    "dokumenter": ENDING,
    "kanaler": CHANNELS,
    "sitater": FALLEN,
    "tilbakemeldinger": FEEDBACK_TITLE,
}


def short_day(moment: date | datetime) -> str:
    """Write a day as it stands in tables: «2025-05-22»."""
    return f"{moment:%Y-%m-%d}"


def on_day(moment: datetime) -> str:
    """Write a moment in a sentence: «22. mai 2025 kl. 14.05»."""
    return f"{long_date(moment.date())} kl. {moment:%H.%M}"
