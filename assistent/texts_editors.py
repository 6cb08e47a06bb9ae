"""Every Norwegian sentence of the editors' pages and of what they export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from assistent.texts import counted, long_date

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
NONE = "Ingen."
UNKNOWN_DAY = "ukjent dato"
WHOLE_DOCUMENT = "Uten overskrift"
TIMES = "Antall"
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
USED_TEXT = "Hvor mange svar som har sitert hver del."
DROPPED = (
    "{number} svar er ikke med i tallene, fordi databasen var nede eller for mange spurte på én "
    "gang siden tjenesten startet."
)

# --- Unanswered ----------------------------------------------------------------------------------

UNMET_TITLE = "Spørsmål som ikke fikk godt svar"
UNMET_TEXT = (
    "Spørsmål uten svar i dokumentene, med et usikkert svar, eller der noen har sagt at svaret "
    "ikke var nyttig. Spørsmål med samme mening står sammen, de vanligste først."
)
UNMET_MINIMAL = (
    "Denne siden er tom fordi teksten i spørsmålene ikke blir lagret. Den som drifter tjenesten, "
    "kan slå det på med ASSISTENT_JOURNAL=full. Spørsmål med personopplysninger blir aldri lagret, "
    "og det står på siden hva som lagres."
)
UNMET_NONE = "Ingen slike spørsmål er lagret."
MAKE_TEST = "Lag testspørsmål av dette"
OTHER_WORDINGS = "Andre måter det ble spurt på"


def asked_times(number: int, disliked: int, newest: date) -> str:
    """Say how often something was asked, and how often people were not content."""
    times = f"Spurt {counted(number, 'gang', 'ganger')}, sist {long_date(newest)}."
    if not disliked:
        return times
    return f"{times} {disliked} av svarene fikk tilbakemeldingen «ikke nyttig»."


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
    "Sitater som er vist i svar, men som ikke finnes i dokumentet slik det er nå. Spredte lenker "
    "og utskrifter kan fortsatt vise til dem."
)
FALLEN_GONE = "Dokumentet er fjernet"
FALLEN_CHANGED = "Teksten er endret"
FALLEN_HIDDEN = "Ordlyden er ikke lagret (tegn {start}–{end})"
WORDS = "Sitat"
WHAT = "Hva"
LAST_SHOWN = "Sist vist"
SHOWN_TIMES = "Ganger vist"

# --- Feedback ------------------------------------------------------------------------------------

FEEDBACK_TITLE = "Tilbakemeldinger"
FEEDBACK_OPEN = "Vis bare de som ikke er ferdige"
FEEDBACK_ALL = "Vis alle"
FEEDBACK_NONE = "Ingen tilbakemeldinger å vise."
NO_PLACE = "Svar uten kilde"
USEFUL = "Nyttig"
NOT_USEFUL = "Ikke nyttig"
ABOUT_SENTENCE = "gjelder setning {number}"
REFERENCE = "Svar-ID"
IDENTITY = "ID"
WANTS_REPLY = "Vil ha svar:"
TRIAGE = "Status"
NOTE = "Notat"
FORGET_CONTACT = "Slett e-postadressen; avsenderen har fått svar"
HANDLED = "{who}, {day}"
THIS_MACHINE = "uten innlogging"
FEEDBACK_GONE = "Tilbakemeldingen finnes ikke lenger."
NOTE_STOPPED = (
    "Notatet ser ut til å inneholde personopplysninger og ble ikke lagret. Skriv det uten."
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
WORDINGS = "Ordlyder"
VERDICT = "Vurdering"
REPLY_WANTED = "Vil ha svar"
YES = "ja"
NO = "nei"

# --- Test questions ------------------------------------------------------------------------------

TEST_TITLE = "Lag et testspørsmål"
TEST_TEXT = (
    "Testspørsmål brukes når noen måler hvor gode svarene er. Skriv om spørsmålet så ingen kan "
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
