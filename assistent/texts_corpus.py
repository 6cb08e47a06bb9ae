"""What is said of the corpus: its documents, catalogue and registers, and files it cannot read.

Each fault says what is wrong, where, and how to repair it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistent.texts import listed


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
    return f"nøkkelen «{key}» er ukjent. Bruk en av disse: {listed(known)}."


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
TYPE_GROUPS = "en liste med minst én gruppe. Uten nøkkelen kan alle se dokumentet"
TYPE_DATE = "en dato på formen 2025-05-22, uten anførselstegn"
TYPE_NUMBER = "et heltall"
TYPE_FLAG = "true eller false"
TYPE_TABLE = "en tabell, [[dokument]]"
REASON_TOO_DEEP = "for mange nivåer"


def one_of(values: Sequence[str]) -> str:
    """Say which values a key takes."""
    return f"en av {listed(list(values), 'eller')}"


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
    return f"{name} har en filtype som ikke kan leses. Disse kan leses: {listed(endings)}."


def file_outside_corpus(name: str) -> str:
    """Say that a link leads out of the corpus folder."""
    return f"{name} er en lenke ut av korpusmappen. Legg selve filen i mappen."


# --- Files ----------------------------------------------------------------------------------------


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
