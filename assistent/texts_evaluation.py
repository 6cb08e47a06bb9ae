"""Every Norwegian sentence of ``assistent evaluer``: errors, tables and report."""

from __future__ import annotations

from datetime import date, datetime

from assistent.texts import counted, long_date

# --- Question sets -------------------------------------------------------------------------------

NO_SETS = (
    "Fant ingen spørsmålssett. Oppgi minst ett med «--sett FIL»; formatet står i "
    "tests/evals/README.md i kildekoden."
)
NO_QUESTIONS_LEFT = (
    "Ingen av spørsmålene gjelder dokumenter i indeksen. Oppgi et annet sett med «--sett FIL», "
    "eller en annen indeks med «--indeks MAPPE»."
)
EDITION_CHANGED = (
    "Indeksen ble bygd på nytt mens spørsmålene ble stilt, så tallene ville blandet to utgaver. "
    "Kjør evalueringen på nytt."
)


def bad_set_line(file: str, line: int, fault: str, *, more: int) -> str:
    """Say what is wrong with a line of a question set, and whether more lines are wrong."""
    rest = {0: "", 1: " Én linje til har feil."}.get(more, f" {more} linjer til har feil.")
    return f"{file}, linje {line}: {fault}{rest}"


def set_empty(file: str) -> str:
    """Say that a set holds no questions."""
    return f"{file} har ingen spørsmål. Legg inn minst ett, ett JSON-objekt per linje."


def set_busy(file: str) -> str:
    """Say that somebody else writes to a set right now."""
    return f"{file} er i bruk av noen andre. Vent litt, og prøv igjen."


def set_not_written(file: str, reason: str) -> str:
    """Say that a question could not be added to a set."""
    return (
        f"Spørsmålet kunne ikke legges til i {file} ({reason}). Sjekk at mappen i "
        "ASSISTENT_EVALUERING kan skrives til."
    )


def set_not_utf8(file: str) -> str:
    """Say that a set has another encoding."""
    return f"{file} er ikke lagret som UTF-8. Lagre filen på nytt som UTF-8."


def set_named_twice(name: str) -> str:
    """Say that two sets have one name."""
    return f"To av settene heter «{name}». Gi en av filene et annet navn."


def identity_twice(identity: str, line: int) -> str:
    """Say that two questions of a set have one id."""
    return f"«id» er «{identity}», som linje {line} også har. Gi spørsmålet en egen id."


def outcome_of_answerable(outcome: str) -> str:
    """Say that an outcome does not fit a question with an answer."""
    return (
        f"«outcome» er «{outcome}», men «answerable» er true. Skriv «answered» eller «partial», "
        "eller sett «answerable» til false."
    )


def outcome_of_unanswerable(outcome: str) -> str:
    """Say that an outcome does not fit a question without an answer."""
    return (
        f"«outcome» er «{outcome}», men «answerable» er false. Skriv for eksempel "
        "«not_in_sources», eller sett «answerable» til true og legg inn «gold»."
    )


def quote_not_in_document(quote: str, document: str) -> str:
    """Say that a gold quote does not stand in its document."""
    shown = quote if len(quote) <= 80 else f"{quote[:79]}…"
    return (
        f"fasitsitatet «{shown}» står ikke ordrett i «{document}». Kopier det fra "
        f"«assistent kilde {document}»."
    )


FAULT_NOT_JSON = "ikke gyldig JSON. Skriv ett JSON-objekt på linjen."
FAULT_NOT_OBJECT = "ikke et JSON-objekt. Skriv linjen som {«id»: …, «question»: …}."
FAULT_NO_GOLD = (
    "«gold» er tom, men «answerable» er true. Legg inn minst ett fasitsitat, eller sett "
    "«answerable» til false."
)
FAULT_GOLD_OF_UNANSWERABLE = (
    "det står fasitsitater, men «answerable» er false. Fjern dem, eller sett «answerable» til true."
)
FAULT_MISS_OF_ANSWERABLE = (
    "«miss» er bare for spørsmål uten svar. Fjern nøkkelen, eller sett «answerable» til false."
)
FAULT_NO_MISS = "«miss» mangler. Skriv «near» hvis temaet finnes i dokumentene, ellers «off»."
TYPE_TEXT = "en tekst som ikke er tom"
TYPE_GOLD = (
    "en liste med objekter som har tekstene «document» og «quote», og ellers bare kan ha «table»"
)
TYPE_HISTORY = (
    "en liste med objekter som har «role» («user» eller «assistant») og teksten «content»"
)


# --- Runs ----------------------------------------------------------------------------------------


def not_a_run(file: str) -> str:
    """Say that a file is no saved run of this version."""
    return (
        f"{file} er ikke en kjøring som kan sammenlignes med. Lag en med «assistent evaluer "
        "--lagre FIL»."
    )


def not_writable(file: str, reason: str) -> str:
    """Say that a file cannot be written."""
    return f"Kan ikke skrive {file} ({reason}). Velg et annet sted, eller gi skrivetilgang."


def is_a_folder(path: str) -> str:
    """Say that a folder is named where a file is wanted."""
    return f"{path} er en mappe. Oppgi en fil."


ASKING = "Stiller spørsmålene"
REPORT_WRITTEN = "Rapporten ligger i {file}."
RUN_SAVED = "Kjøringen er lagret i {file}."
NOTHING_COMMON = "Kjøringene har ingen spørsmål felles, så det er ingenting å sammenligne."


# --- Help ----------------------------------------------------------------------------------------

HELP_EVALUATE = "mål hvor gode svarene er på spørsmålssett"
HELP_SETS = "spørsmålssett, ett JSON-objekt per linje (standard: prosjektets egne)"
HELP_AGAINST = "sammenlign med en lagret kjøring"
HELP_SAVE = "lagre kjøringen som JSON"
HELP_REPORT = "skriv en rapport som nettside (index.html) i mappen"
HELP_SHOW_TEST = "vis også hva som ble bommet på i testsett; de skal ellers bare måles"
HELP_CORPUS = "mål på denne mappen med dokumenter, i en midlertidig indeks"
HELP_IF_NEEDED = "bygg indeksen først hvis den mangler eller er utdatert"

# --- Figures -------------------------------------------------------------------------------------

NONE = "–"
GROUP_NAMES = {"dev": "Alle utviklingssett", "test": "Alle testsett"}
SECTIONS = {
    "retrieval": "Gjenfinning",
    "sources": "Kilder som vises",
    "abstention": "Å si nei",
    "calibration": "Kalibrering",
    "outcome": "Utfall",
    "by": "Utfall og sitat etter gruppe",
    "time": "Tid",
}
LEVELS = {"passage": "Utdrag", "section": "Del", "document": "Dokument"}
RANKING = {
    "success@1": "Minst ett riktig, det første",
    "success@5": "Minst ett riktig blant 5",
    "success@10": "Minst ett riktig blant 10",
    "recall@1": "Recall@1",
    "recall@5": "Recall@5",
    "recall@10": "Recall@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
_LABELS = {
    "sources.gold": "Fasitsitat blant kildene",
    "sources.first_line": "Fasitsitat i første linje",
    "sources.two_lines": "Fasitsitat i de to første linjene",
    "sources.section": "Riktig del blant kildene",
    "sources.items": "Andel av listen som vises",
    "sources.beside": "Sitater utenfor saken",
    "sources.beside_each": "Sitater utenfor saken per svar",
    "sources.quotes": "Sitater per svar",
    "sources.lines": "Linjer per svar",
    "abstention.answered": "Besvart, av dem som har svar",
    "calibration.ece": "Forventet kalibreringsfeil (ECE)",
    "outcome.accuracy": "Riktig utfall",
}
_ABSTENTION = {
    "recall": "Avvist (recall)",
    "precision": "Riktig avvist (presisjon)",
    "f1": "F1 for avvisning",
    "auroc": "AUROC",
    "aurc": "Areal under risiko–dekning (AURC)",
}
MISSES = {"all": "alle uten svar", "off": "utenfor tema", "near": "nesten-treff"}
FIELDS = {"language": "Språk", "user": "Bruker", "style": "Stil", "miss": "Uten svar"}
_VALUES = {
    "nb": "bokmål",
    "nn": "nynorsk",
    "en": "engelsk",
    "plain": "vanlig",
    "typos": "skrivefeil",
    "phone": "kort, fra mobil",
    "paraphrase": "omskrevet",
    "dialect": "dialekt",
    "followup": "oppfølging",
    "followup-free": "med egen situasjon",
    **MISSES,
}
_BY = {"outcome": "riktig utfall", "gold": "fasitsitat vist"}
_STEPS = {
    "guard": "vakt",
    "embed": "vektorer",
    "search": "søk",
    "write": "skriving",
    "verify": "kontroll",
    "total": "i alt",
    "cpu": "prosessortid",
}
_OUTCOMES = {
    "answered": "besvart",
    "partial": "usikkert besvart",
    "not_in_sources": "ikke i kildene",
    "out_of_scope": "utenfor oppgaven",
    "unclear": "uklart",
    "personal_data": "personopplysninger",
    "too_long": "for langt",
    "failed": "feil",
}
_QUANTILES = {"median": "median", "p95": "95-persentil"}


def group_name(name: str, *, together: bool) -> str:
    """Return what a set, or all sets of a part, is called."""
    return GROUP_NAMES.get(name, name) if together else name


def group_size(*, questions: int, answerable: int, skipped: int) -> str:
    """Say how many questions a group has."""
    left_out = f", {skipped} utelatt fordi dokumentet ikke er i indeksen" if skipped else ""
    return f"{questions} spørsmål: {answerable} med svar, {questions - answerable} uten{left_out}"


def figure_label(key: str) -> str:
    """Return what a figure is called, from its key; see ``evaluation.figures``."""
    if key in _LABELS:
        return _LABELS[key]
    group, _, rest = key.partition(".")
    first, _, second = rest.partition(".")
    if group == "retrieval":
        return f"{LEVELS[first]}: {RANKING[second]}"
    if group == "abstention":
        return f"{_ABSTENTION[second]}, {MISSES[first]}"
    if group == "time":
        step, _, which = rest.rpartition(".")
        return f"{_STEPS.get(step, step).capitalize()}, {_QUANTILES[which]}"
    field, _, value = second.partition(".")
    return f"{FIELDS[field]} {_VALUES.get(value, value)}: {_BY[first]}"


def group_value(field: str, value: str) -> str:
    """Return what a group of questions is called, such as those in one language."""
    return f"{FIELDS[field]}: {_VALUES.get(value, value)}"


def outcome_label(outcome: str) -> str:
    """Return what an outcome is called."""
    return _OUTCOMES.get(outcome, outcome)


def step_label(step: str) -> str:
    """Return what a step of answering is called."""
    return _STEPS.get(step, step)


def share(value: float, digits: int = 0) -> str:
    """Write a share as percent without the sign."""
    return f"{100 * value:.{digits}f}".replace(".", ",").replace("-", "−")


def decimal(value: float, digits: int) -> str:
    """Write a number with a decimal comma and a real minus sign."""
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def amount(value: float, unit: str) -> str:
    """Write a value in its unit."""
    if unit == "share":
        return f"{share(value)} %"
    if unit == "milliseconds":
        return f"{decimal(value, 1)} ms"
    return decimal(value, 3 if unit == "score" else 1)


def between(low: float, high: float, unit: str) -> str:
    """Write an interval in a unit, the unit left out."""
    if unit == "share":
        ends = share(low), share(high)
    elif unit == "milliseconds":
        ends = decimal(low, 1), decimal(high, 1)
    else:
        digits = 3 if unit == "score" else 1
        ends = decimal(low, digits), decimal(high, digits)
    return f"{ends[0]}–{ends[1]}"


def change(value: float, unit: str) -> str:
    """Write a difference with its sign; shares in percentage points."""
    if unit == "share":
        number = f"{decimal(100 * value, 1)} pp"
    elif unit == "milliseconds":
        number = f"{decimal(value, 1)} ms"
    else:
        number = decimal(value, 3 if unit == "score" else 2)
    if not any(digit in number for digit in "123456789"):
        return number.removeprefix("−")
    return number if number.startswith("−") else f"+{number}"


def change_between(low: float, high: float, unit: str) -> str:
    """Write the interval of a difference; «til» because the ends may be negative."""
    ends = (change(low, unit), change(high, unit))
    return " til ".join(end.removesuffix(" pp").removesuffix(" ms") for end in ends)


COLUMN_FIGURE = "Mål"
COLUMN_VALUE = "Verdi"
COLUMN_INTERVAL = "95 % intervall"
COLUMN_COUNT = "Spørsmål"
COLUMN_BEFORE = "Før"
COLUMN_AFTER = "Nå"
COLUMN_CHANGE = "Endring"
COLUMN_CERTAIN = "Sikker"
COLUMN_SET = "Sett"
COLUMN_GROUP = "Gruppe"
COLUMN_GOLD = "Fasitsitat vist"
CERTAIN = "ja"
BETTER = "bedre"
WORSE = "dårligere"
WON = "Vunnet"
LOST = "Tapt"
FAILED = "{count} spørsmål endte i en feil; se loggen."


def moment(when: datetime) -> str:
    """Write a point in time in the reader's own time zone."""
    local = when.astimezone()
    return f"{long_date(local.date())} kl. {local:%H.%M}"


def run_line(*, edition: str, documents: int, day: date, version: str) -> str:
    """Say what was measured."""
    return (
        f"Utgave {edition} med {counted(documents, 'dokument', 'dokumenter')}, "
        f"gyldighet per {long_date(day)}, assistent {version}"
    )


def comparison_title(name: str, common: int, made: datetime) -> str:
    """Head a comparison."""
    return f"{name}: mot kjøringen fra {moment(made)}, {common} spørsmål felles"


def sets_changed(names: str) -> str:
    """Say that a difference may come from the questions themselves."""
    return f"Disse settene er endret siden den forrige kjøringen: {names}."


def only_counted(number: int) -> str:
    """Give the number of a test set's questions instead of the questions."""
    return f"{number} spørsmål i testsett (vises bare med «--vis-test»)"


# --- Report --------------------------------------------------------------------------------------

REPORT_TITLE = "Evaluering av Kommunikasjonsassistenten"
REPORT_OVERVIEW = "Oversikt"
REPORT_CONTENTS = "Innhold"
REPORT_NOTE = (
    "Tallene i hakeparentes er 95 % bootstrap-intervaller over spørsmålene. Utviklingssettene er "
    "brukt til å forbedre assistenten; testsettene er bare målt."
)
REPORT_MADE = "Kjørt"
REPORT_DAY = "Gyldighet vurdert for"
REPORT_EDITION = "Utgave av indeksen"
REPORT_DOCUMENTS = "Dokumenter"
REPORT_VERSION = "Versjon av assistenten"
REPORT_SETS = "Settene"
REPORT_CHECKSUM = "SHA-256"
REPORT_ASKED = "Stilt"
REPORT_SKIPPED = "Utelatt"
REPORT_OVERVIEW_CAPTION = "De viktigste målene for hvert sett"
REPORT_FIGURES_CAPTION = "{section}: {name}"
REPORT_STEP = "Steg"
REPORT_MEDIAN = "Median"
REPORT_P95 = "95-persentil"
REPORT_RISK = "Risiko og dekning"
REPORT_RISK_TEXT = (
    "Når spørsmålene besvares etter synkende sannsynlighet for at dokumentene har svaret: andelen "
    "som besvares (dekning), og andelen av disse som ikke har noe svar (risiko). Lavere er bedre."
)
REPORT_COVERAGE = "Dekning"
REPORT_COVERAGE_AT_LEAST = "Dekning, minst"
REPORT_RISK_AXIS = "Risiko"
REPORT_CALIBRATION = "Kalibrering"
REPORT_CALIBRATION_TEXT = (
    "Hvor ofte svaret faktisk finnes, mot sannsynligheten assistenten regnet med. Godt kalibrert "
    "er på den stiplede linjen. Større punkter har flere spørsmål."
)
REPORT_PREDICTED = "Beregnet sannsynlighet"
REPORT_HAPPENED = "Har svar"
REPORT_HISTOGRAM = "Fordeling av sannsynligheten"
REPORT_HISTOGRAM_TEXT = (
    "Antall spørsmål med og uten svar i dokumentene etter beregnet sannsynlighet."
)
REPORT_BIN = "Sannsynlighet"
REPORT_ANSWERABLE = "Med svar"
REPORT_UNANSWERABLE = "Uten svar"
REPORT_NUMBER = "Antall"
REPORT_CHART_TABLE = "Tallene i figuren"
REPORT_NOT_JUDGED = (
    "Assistenten oppga ingen sannsynlighet, så her er verken kurve eller kalibrering."
)
REPORT_OUTCOMES = "Utfall"
REPORT_OUTCOMES_CAPTION = "Ventet utfall mot det som kom"
REPORT_EXPECTED = "Ventet"
REPORT_GOT = "Kom"
REPORT_MISSES = "Bom"
REPORT_MISSES_NONE = "Ingen bom."
REPORT_MISSES_TEST = (
    "{count} bom. De vises ikke, fordi ingen skal endre assistenten etter et testsett."
)
REPORT_MISSED_GOLD = "Har svar, men fasitsitatet ble ikke vist"
REPORT_MISSED_REFUSAL = "Har ikke svar, men ble besvart"
REPORT_GOLD = "Fasit"
REPORT_SHOWN = "Vist"
REPORT_SHOWN_NOTHING = "Ingenting ble vist."
REPORT_COMPARISON = "Sammenligning"
REPORT_ALL_FIGURES = "Alle målene"
REPORT_COMPARISON_CAPTION = "{name}: endring siden kjøringen fra {made}, {common} spørsmål felles"
REPORT_SUPPORT = "sannsynlighet {value}"
REPORT_RANK_MISSING = "riktig utdrag ikke blant de 10 første"
REPORT_IDEAL = "Perfekt kalibrert"


def rank(number: int) -> str:
    """Say where among the hits the first right passage was."""
    return f"riktig utdrag som nummer {number} i søket"
