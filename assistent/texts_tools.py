"""Every Norwegian sentence of the tools' pages, the receipt and the plan draft.

What the pages share with the command line stands in :mod:`assistent.texts_guidance`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistent import forms
from assistent.texts import long_date

# --- Both tools ----------------------------------------------------------------------------------

SKIP = "Hopp til innholdet"
TOOLS_LABEL = "Veiledere"
TO_CHANNEL = "Velg kanal"
TO_DECISION = "Sjekk en beslutning"
SHOW_ALL_CHANNELS = "Se alle kanaler"
SHOW_ALL_DUTIES = "Se alle plikter"
NEW_TAB = "(ny fane)"
FAULT_PREFIX = "Feil: "
FAULT_TITLE = "Noe må rettes"
FAULT_KEPT = "Resten av svarene dine er tatt vare på."
TOO_MUCH = "Det kom for mange svar på én gang. Bruk skjemaet under."
ONE_ANSWER = "Du kan bare velge ett svar på «{question}»."
NOT_AN_ANSWER = "«{answer}» er ikke et svar på «{question}». Velg et av svarene under."
MISSING_RULES = (
    "Veilederen har ingen regler i denne utgaven. Be den som drifter tjenesten, om å kjøre "
    "«assistent indekser»."
)
CHANGE = "Endre"
RULE_WORDS: Mapping[str, str] = {
    "skal": "Skal",
    "må": "Må",
    "bør": "Bør",
    "kan": "Kan",
    "råd": "Råd",
    "": "Opplysning",
}
SHOWN_ANSWER = 80
"""Characters of a wrong answer that are repeated."""


def source_place(title: str, section: Sequence[str], page: int | None) -> str:
    """Name the place of a quote on one line."""
    places = [title, *section, *([f"side {page}"] if page is not None else [])]
    return " › ".join(places)


def shortened(answer: str) -> str:
    """Return an answer short enough to be repeated in a sentence."""
    return answer if len(answer) <= SHOWN_ANSWER else f"{answer[:SHOWN_ANSWER].rstrip()} …"


# --- Kanalvelger ---------------------------------------------------------------------------------

CHANNEL_STEP = "Spørsmål {number} av {count}"
CHANNEL_EMERGENCY = "Er liv eller helse i fare nå?"
CHANNEL_EMERGENCY_LINK = "Se hva du gjør først"
CHANNEL_SHOW = "Vis kanal"
CHANNEL_SO_FAR = "Svarene dine"
CHANNEL_NO_CONCERNS = "Ingen"
CHANNEL_FIRST = "Bruk først: {channel}"
CHANNEL_NONE_FIRST = "Kildene peker ikke ut én kanal"
CHANNEL_DANGER = "Følg beredskapsplanen"
CHANNEL_OTHERS = "Flere kanaler"
CHANNEL_DEMANDS = "Krav til innholdet her ({count})"
CHANNEL_AGAIN = "Start på nytt"
CHANNEL_SHARE = "Du kan dele eller lagre adressen til denne siden. Den åpner samme svar."


def folded(title: str, count: int) -> str:
    """Return the title of a folded list with how much it holds."""
    return f"{title} ({count})"


# --- Beslutningssjekk ----------------------------------------------------------------------------

DECISION_QUESTIONS = "Ti spørsmål om beslutningen"
DECISION_SKIPPED = "Hopper du over et spørsmål, regnes svaret som usikker."
DECISION_SHOW = "Vis sjekklisten"
DECISION_ANSWERS = "Svarene"
CHECKLIST = "Sjekkliste"
PART_SHORT: Mapping[str, str] = {"før": "Før", "ved": "Ved", "etter": "Etter"}
PLAN_SHORT = "Plan"
CHECKLIST_EMPTY = "Ingen linjer i denne delen."
CHANGE_ANSWERS = "Endre svarene"
TICK = "Gjort"
WHO = "Hvem"
DEADLINE = "Frist"
LINES_GONE = (
    "Noen av linjene i lenken finnes ikke lenger. Reglene eller svarene er endret siden lenken ble "
    "laget. Se over listen på nytt."
)
SAVE_TITLE = "Ta vare på"
SAVE_NOTHING = "Vi lagrer ingenting. Last ned en kvittering, eller ta vare på lenken."
SAVE_DESCRIPTION_HELP = (
    "Teksten kommer med i kvitteringen, men aldri i lenken. Ikke skriv personopplysninger."
)
SAVE_FILE = "Last ned kvittering"
SAVE_PREVIEW = "Vis kvitteringen"
SAVE_LINK_MAKE = "Lag lenke med avkryssingene"
SAVE_LINK = "Lenke til sjekken slik den er nå"
SAVE_LINK_HELP = "Lenken har svar og avkryssinger, ikke beskrivelsen."
PLAN_SHOW = "Vis utkastet"
PLAN_FILE = "Last ned planen"
PREVIEW_BACK = "Tilbake til sjekklisten"
FORMATS: Mapping[str, str] = {"docx": "Word", "pdf": "PDF", "md": "Markdown"}


def unanswered(count: int) -> str:
    """Say that questions were left open."""
    if count == len(forms.THEMES):
        return "Du har ikke svart på noen av spørsmålene. Listen viser alt som kan gjelde."
    noun = "ett spørsmål" if count == 1 else f"{count} spørsmål"
    return f"Du har hoppet over {noun}. Svaret regnes som usikker."


# --- The receipt ---------------------------------------------------------------------------------

RECEIPT_TITLE = "Kvittering for beslutningssjekk"
RECEIPT_FILE = "kvittering-beslutningssjekk"
RECEIPT_ABOUT = "Om kvitteringen"
RECEIPT_FACT = "Opplysning"
RECEIPT_VALUE = "Verdi"
RECEIPT_DECISION = "Beslutningen"
RECEIPT_NO_DESCRIPTION = "Ikke beskrevet"
RECEIPT_MADE = "Laget"
RECEIPT_EDITION = "Utgave av kildene"
RECEIPT_TICKED = "Krysset av"
RECEIPT_QUESTION = "Spørsmål"
RECEIPT_ANSWER = "Svar"
RECEIPT_SKIPPED = "Usikker (ikke besvart)"
RECEIPT_DONE: Mapping[bool, str] = {True: "Ja", False: "Nei"}
RECEIPT_LINE = "Linje"
RECEIPT_STRENGTH = "Krav"
RECEIPT_SOURCE = "Kilde"
RECEIPT_NOTICES = "Merk"
RECEIPT_SOURCES = "Kilder"
RECEIPT_DOCUMENTS = "Dokumentene"
RECEIPT_DOCUMENT = "Dokument"
RECEIPT_STANDING = "Gyldighet"
RECEIPT_OWNER = "Eier"
RECEIPT_PAGE = "Side"
RECEIPT_OF = "av"


def moment(when: datetime) -> str:
    """Return a date with the time: «22. november 2026 kl. 14.05»."""
    return f"{long_date(when.date())} kl. {when:%H.%M}"


def ticked_of(done: int, total: int) -> str:
    """Say how much is ticked."""
    return f"{done} av {total} linjer"


def receipt_source(number: int, place: str, standing: str, quote: str) -> str:
    """Return a source with its quote on one line."""
    return f"[{number}] {place} ({standing}): «{quote}»"


def marked(text: str, numbers: Sequence[int]) -> str:
    """Return a text with the numbers of its sources."""
    return " ".join([text, *(f"[{number}]" for number in numbers)])


# --- The plan draft ------------------------------------------------------------------------------

PLAN_TITLE = "Utkast til kommunikasjonsplan"
PLAN_FILE_NAME = "kommunikasjonsplan-utkast"
PLAN_INTRO = (
    "Det kildene sier, er fylt inn med nummer på kilden. Resten er spørsmål dere må svare på selv."
)
PLAN_GOAL = "Mål"
PLAN_AUDIENCE = "Målgruppe"
PLAN_MESSAGE = "Budskap"
PLAN_CHANNEL = "Kanal"
PLAN_TIME = "Tidspunkt"
PLAN_RESPONSIBLE = "Ansvarlig"
PLAN_FROM_ANSWERS = "{audience} (fra svarene dine)"
PLAN_DECISION = "Beslutningen gjelder: {description}"
PLAN_CHANNEL_OF = "{audience}: {channels}"
PLAN_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    PLAN_GOAL: ("Hva skal mottakerne vite, mene eller gjøre når dere er ferdige?",),
    PLAN_AUDIENCE: ("Hvem andre blir berørt, og hvem kan forklare saken videre?",),
    PLAN_MESSAGE: (
        "Hva er det viktigste mottakerne må få vite?",
        "Hva er ikke bestemt ennå?",
    ),
    PLAN_CHANNEL: ("Hvilke kanaler har dere selv som når disse mottakerne?",),
    PLAN_TIME: ("Når blir beslutningen tatt, og når kan den bli kjent?",),
    PLAN_RESPONSIBLE: ("Hvem har ansvaret for planen, og hvem svarer på spørsmål?",),
}
PLAN_NO_AUDIENCE = "Hvem skal dere nå? Kanalvelgeren viser hva kildene sier om kanaler."
PLAN_GROUPS = "Eldre, ungdom eller personer med funksjonsnedsettelse"


def plan_question(question: str) -> str:
    """Return what the plan asks, recognisable among what it says."""
    return f"Spørsmål: {question}" if question.endswith("?") else question


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


# --- Offered in the chat -------------------------------------------------------------------------

OFFER_CHANNEL = "Kanalvelgeren viser kanal, krav og kilder etter fire spørsmål."
OFFER_DECISION = "Beslutningssjekken lager en sjekkliste med frister og kilder."
OFFER_LINK: Mapping[str, str] = {
    "kanal": "Åpne kanalvelgeren",
    "beslutning": "Åpne beslutningssjekken",
}
OFFER: Mapping[str, str] = {"kanal": OFFER_CHANNEL, "beslutning": OFFER_DECISION}
