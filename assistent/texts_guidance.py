"""Every Norwegian sentence of the two guided tools: kanalvelger and beslutningssjekk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistent import forms


def _listed(words: Sequence[str], conjunction: str = "eller") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


# --- The questions -------------------------------------------------------------------------------

CHANNEL_TITLE = "Kanalvelger"
CHANNEL_QUESTION: Mapping[str, str] = {
    forms.AUDIENCE: "Hvem skal du nå?",
    forms.MESSAGE: "Hva slags melding er det?",
    forms.URGENCY: "Hvor raskt må den ut?",
    forms.CONCERN: "Er det noe du må ta hensyn til?",
}
CONCERN_HELP = "Du kan velge flere, eller ingen."
# How an answer reads on the screen, where the register's own word is not enough.
_ANSWER: Mapping[tuple[str, str], str] = {
    (forms.AUDIENCE, "ansatte uten kontor"): "Ansatte uten kontor eller PC",
    (forms.AUDIENCE, "egen gruppe"): "En egen målgruppe, for eksempel brukere eller pårørende",
    (forms.MESSAGE, "plikt eller vedtak til enkeltpersoner"): (
        "Vedtak, eller en plikt som gjelder enkeltpersoner"
    ),
    (forms.MESSAGE, "driftsmelding"): "Driftsmelding, for eksempel om stengt tilbud",
    (forms.MESSAGE, "intern endring"): "Endring internt i kommunen",
    (forms.URGENCY, forms.DANGER): "Nå: Liv eller helse er i fare",
    (forms.URGENCY, "i dag"): "I dag",
    (forms.URGENCY, "denne uken"): "Denne uken",
    (forms.URGENCY, "god tid"): "Vi har god tid",
    (forms.CONCERN, "personopplysninger"): "Meldingen har opplysninger om enkeltpersoner",
    (forms.CONCERN, "mange språk"): "Mottakerne snakker mange språk",
    (forms.CONCERN, "uten digital tilgang"): "Noen er ikke på nett",
    (forms.CONCERN, "trenger svar"): "Mottakerne skal kunne svare",
}

DECISION_TITLE = "Beslutningssjekk"
DECISION_INTRO = (
    "Se hva som må eller bør gjøres før, ved og etter en beslutning. Er du usikker, blir linjen "
    "stående med noe du må finne ut."
)
DESCRIPTION_LABEL = "Hva gjelder beslutningen?"
DESCRIPTION_HELP = "Én linje. Teksten blir ikke tolket eller lagret. Ikke skriv personopplysninger."
DECISION_QUESTION: Mapping[str, str] = {
    forms.GROUPS: "Gjelder saken eldre, ungdom eller personer med funksjonsnedsettelse?",
    "innbyggeres rettigheter": (
        "Har den noe å si for innbyggernes rettigheter, plikter eller tjenester?"
    ),
    "ansattes arbeid": "Endrer den oppgavene eller arbeidsplassen til ansatte?",
    "nytt verktøy": "Skal dere utvikle, anskaffe eller ta i bruk et nytt verktøy?",
    "plan eller bygg": "Er det en plan- eller byggesak?",
    "personopplysninger": "Bruker dere personopplysninger eller bilder av folk?",
    "mange språk": "Skal dere nå folk som ikke forstår norsk godt?",
    "medieinteresse": "Kan media bli interessert i saken?",
    forms.DECIDER: "Er det avklart hvem som har myndighet til å beslutte?",
    forms.CRISIS: "Er det en krise, eller kan det bli det?",
}
REPLY: Mapping[str, str] = {forms.YES: "Ja", forms.NO: "Nei", forms.UNSURE: "Usikker"}
_CLARIFY: Mapping[str, str] = {
    forms.GROUPS: (
        "Finn ut om saken gjelder eldre, ungdom eller personer med funksjonsnedsettelse."
    ),
    "innbyggeres rettigheter": (
        "Finn ut om beslutningen har noe å si for innbyggernes rettigheter, plikter eller "
        "tjenester."
    ),
    "ansattes arbeid": (
        "Finn ut om beslutningen endrer oppgavene eller arbeidsplassen til ansatte."
    ),
    "nytt verktøy": "Finn ut om dere skal utvikle, anskaffe eller ta i bruk et nytt verktøy.",
    "plan eller bygg": "Finn ut om dette er en plan- eller byggesak.",
    "personopplysninger": "Finn ut om dere bruker personopplysninger eller bilder av folk.",
    "mange språk": "Finn ut om dere skal nå folk som ikke forstår norsk godt.",
    "medieinteresse": "Vurder om media kan bli interessert i saken.",
    forms.DECIDER: "Finn ut hvem som har myndighet til å beslutte.",
    forms.CRISIS: "Spør beredskapsansvarlig om dette er en krise.",
}
PART_TITLE: Mapping[str, str] = {
    "før": "Før beslutningen",
    "ved": "Når beslutningen blir tatt og gjort kjent",
    "etter": "Etter beslutningen",
}
ALWAYS = "Gjelder hele veien"
ASK_LAWYER = "Sjekk med jurist"


def answer_label(question: str, answer: str) -> str:
    """Return how an answer of the kanalvelger reads on the screen."""
    return _ANSWER.get((question, answer), answer[:1].upper() + answer[1:])


def clarify(theme: str) -> str:
    """Return what somebody who is unsure has to find out."""
    return _CLARIFY[theme]


# --- What is shown with a rule -------------------------------------------------------------------

ORIGIN: Mapping[str, str] = {
    "oslo kommune": "Fra Oslo kommune",
    "lov": "Lov eller forskrift",
    "avtale": "Avtale i Oslo kommune",
    "nasjonal ordning": "Nasjonal ordning",
    "veiledning": "Veiledning fra fagmyndighet, ikke en regel fra Oslo kommune",
    "råd": "Prosjektets råd, ikke en regel fra Oslo kommune",
    "opplysning": "Opplysning, ikke en regel",
}
ROLE: Mapping[str, str] = {
    "hovedkanal": "Bruk først",
    "tillegg": "I tillegg",
    "mulighet": "Mulig kanal",
}
REJECTION: Mapping[str, str] = {
    "avviklet": "Avviklet",
    "planlagt": "Ikke i bruk ennå",
    "frarådet": "Passer ikke her",
    "uavklart": "Må avklares først",
}

CRISIS_TITLE = "Er liv eller helse i fare?"
RECOMMENDED_TITLE = "Kanaler"
REJECTED_TITLE = "Hvorfor ikke disse?"
DEMANDS_EVERYWHERE_TITLE = "Dette gjelder i alle kanaler"
UNKNOWN_TITLE = "Dette vet vi ikke"
SOURCE_LABEL = "Kilde"

# What the choice of channel rests on, by the strongest origin.
_BASIS: Mapping[str, str] = {
    "oslo kommune": "Kanalvalget bygger på en regel fra Oslo kommune.",
    "lov": (
        "Kanalvalget følger av lov eller forskrift. Kildene har ingen egen regel fra Oslo kommune."
    ),
    "nasjonal ordning": (
        "Kanalvalget følger av en nasjonal ordning. Kildene har ingen egen regel fra Oslo kommune."
    ),
    "opplysning": (
        "Kildene gir ikke råd om hvilken kanal du skal velge. De nevner bare kanalene under."
    ),
}
_BASIS_GENERAL = "Kildene har ingen regel fra Oslo kommune om kanalvalget. Rådet er generelt."
_BASIS_ONLY_POSSIBLE = (
    "Kildene peker ikke ut én kanal her. Kanalene under er muligheter du må avklare."
)


_CRISIS_CHANNELS = "Følg beredskapsplanen. Dette er kanalene kildene nevner for en krise."
_CRISIS_NO_CHANNEL = (
    "Følg beredskapsplanen. Kildene nevner ingen kanal til denne målgruppen i en krise."
)


def basis(
    origin: str | None, *, binding: bool, first_choice: bool, danger: bool, contact: str
) -> str:
    """Say what the choice of channel rests on.

    Args:
        origin: the strongest one behind the choice, None where no channel is pointed out.
        binding: the source demands the channel; a law that merely allows it is no ground.
        first_choice: a source says which channel comes first.
        danger: life or health is in danger.
        contact: whom to ask.
    """
    if danger:
        return _CRISIS_NO_CHANNEL if origin is None else _CRISIS_CHANNELS
    if origin is None:
        ask = f" Spør {contact}." if contact else ""
        return f"Kildene peker ikke ut noen kanal for dette.{ask}"
    if not first_choice and origin != "opplysning":
        return _BASIS_ONLY_POSSIBLE
    if not binding and origin != "opplysning":
        return _BASIS_GENERAL
    return _BASIS.get(origin, _BASIS_GENERAL)


STATUS_UNKNOWN = "Kildene sier ikke om kanalen er i bruk i dag. Sjekk det først."
STATUS_CLOSING = "Kanalen er på vei ut. Sjekk hva som kommer i stedet."
HINT_PERSONAL_DATA = (
    "Skal meldingen ut til mange? Ta ut opplysningene om enkeltpersoner, og velg på nytt."
)
NOTICE_SUMMARY = (
    "Kilder merket «sammendrag» er prosjektets egne sammendrag av offentlige fakta. De er ikke "
    "regler fra Oslo kommune."
)
NOTICE_NO_LAW = "Sjekken er en huskeliste, ikke juridisk råd."
_NOT_USED: Mapping[str, str] = {
    "utløpt": "er utløpt",
    "opphevet": "er opphevet",
    "utkast": "er et utkast og gjelder ikke ennå",
}
NOT_USED_FOREIGN = "er fra en annen organisasjon"


def not_used(title: str, standing: str) -> str:
    """Say that a document's rules were left out."""
    why = _NOT_USED.get(standing, NOT_USED_FOREIGN)
    return f"Reglene i «{title}» er ikke med, for dokumentet {why}."


def quote_lost(document: str) -> str:
    """Say that a quote of the register no longer stands in the edition's document."""
    return (
        f"Et sitat fra registeret står ikke i «{document}» i denne utgaven. "
        "Kjør «assistent indekser» på nytt."
    )


def unknown_answer(question: str, answer: str, allowed: Sequence[str]) -> str:
    """Say that an answer is none of those to choose from."""
    return f"«{answer}» er ikke et svar på «{question}». Velg {_listed(allowed)}."


def description_too_long(length: int) -> str:
    """Say that the description of a decision is too long."""
    return (
        f"Beskrivelsen er på {length} tegn. Kort den ned til én linje på høyst "
        f"{forms.MAX_DESCRIPTION} tegn."
    )


# --- Faults in a register ------------------------------------------------------------------------

CONDITION_SHAPE = (
    "en tabell eller en liste med tabeller, der hvert spørsmål har ett eller flere svar, "
    'for eksempel { maalgruppe = ["ansatte"] }'
)
CONDITION_POINTLESS = (
    "«hvis» har ingen virkning når «gjelder_ved» er «alle beslutninger». Fjern en av dem."
)


def condition_unknown_question(question: str, known: Sequence[str]) -> str:
    """Name a question that a condition may not ask for; follows «hvis skal være»."""
    return f"en tabell med spørsmål om {_listed(known)}, ikke «{question}»"


def condition_unknown_answer(question: str, answer: str, known: Sequence[str]) -> str:
    """Name an answer that a question does not have; follows «hvis skal være»."""
    return f"en tabell der «{question}» er {_listed(known)}, ikke «{answer}»"


# --- Findings of the rule check ------------------------------------------------------------------


def finding(file: str, entry: str, what: str, repair: str) -> str:
    """Return a finding on one line."""
    return f"{file}: {entry}: {what} {repair}"


def numbered(name: str, key: str, number: int) -> str:
    """Name a rule the way an editor finds it: «Nyhetsbrev, egnet_for nr. 2»."""
    return f"{name}, {key} nr. {number}" if name else f"{key} nr. {number}"


def contradiction(first: str, second: str, example: str) -> str:
    """Say that a channel is recommended and advised against for the same answers."""
    return f"{first} anbefaler og {second} fraråder kanalen for samme svar ({example})."


CONTRADICTION_REPAIR = "Gi den ene høyere «rang», eller skill dem med «hvis»."


def two_first_choices(names: Sequence[str], example: str) -> str:
    """Say that several channels are the first choice for the same answers."""
    return f"{_listed(names, 'og')} er hovedkanal for samme svar ({example})."


TWO_FIRST_REPAIR = "Gjør den ene til «tillegg», eller gi den ene høyere «rang»."
UNREACHABLE = "ingen svar kan føre til denne regelen."
UNREACHABLE_REPAIR = "Rett «formaal» eller «hvis», eller fjern regelen."
SHADOWED = "regelen taper alltid for en regel som fraråder kanalen."
SHADOWED_REPAIR = "Gi den høyere «rang», eller fjern den."
DEMAND_UNREACHABLE = "kravet vises aldri, for ingen regel anbefaler kanalen."
DEMAND_UNREACHABLE_REPAIR = (
    "Legg til «egnet_for», sett «i_kanalvelgeren = false», eller fjern kravet."
)
CLOSED_RECOMMENDED = "kanalen er avviklet, men «egnet_for» anbefaler den."
CLOSED_RECOMMENDED_REPAIR = "Fjern «egnet_for», eller rett «status»."
CLOSED_UNPROVEN = "kanalen er avviklet, men det mangler en kilde for det."
CLOSED_UNPROVEN_REPAIR = "Legg til «status_kilde» og «status_sitat»."
NOT_IN_USE_FIRST = "kanalen har status «{status}», men er satt opp som {role}."
NOT_IN_USE_FIRST_REPAIR = 'Bruk «rolle = "mulighet"», eller rett «status».'
REPLACED_BY_CLOSED = "kanalen er erstattet av «{other}», som ikke er i bruk."
REPLACED_BY_CLOSED_REPAIR = "Rett «erstattet_av», eller la feltet stå tomt."
NOT_IN_FORCE = "kilden «{document}» er {standing} og blir ikke brukt."
NOT_IN_FORCE_REPAIR = "Finn en kilde som gjelder, eller fjern regelen."
FOREIGN = "kilden «{document}» tilhører {owner}, ikke {home}."
WRONG_MODAL = "styrken er «{strength}», men sitatet sier «{found}»."
WRONG_MODAL_REPAIR = "Bruk ordet fra sitatet som «styrke»."
NUMBER_UNPROVEN = "tallet {number} står ikke i sitatet."
NUMBER_UNPROVEN_REPAIR = "Ta med setningen der tallet står, eller fjern tallet."
WRONG_ORIGIN = "opphavet er «oslo kommune», men kilden er ikke kommunens eget dokument."
WRONG_ORIGIN_REPAIR = "Rett «opphav», eller fjern det."
NO_CRISIS_TEXT = "registeret har ingen krisetekst."
NO_CRISIS_TEXT_REPAIR = "Legg til [[krisetekst]]."
WHOLE_FILE = "hele filen"
SAME_QUOTE = "regelen står to ganger med samme sitat."
SAME_QUOTE_REPAIR = "Behold den ene."

RULES_TABLE_CHANNELS = "Kanalvelger: {combinations} kombinasjoner, {silent} uten kjent kanal"
RULES_TABLE_NOTE = "Tabellen viser svarene uten hastverk og uten særlige hensyn."
RULES_TABLE_DUTIES = "Beslutningssjekk: {combinations} kombinasjoner, {duties} plikter"
RULES_NONE = "(ingen kjent kanal)"
RULES_FINDINGS = "Funn"
RULES_FINE = "Reglene er i orden: {rules} regler, ingen funn."


def rules_faulty(count: int) -> str:
    """Say how many findings there are, as the error of the command."""
    found = "ett funn" if count == 1 else f"{count} funn"
    return f"Reglene har {found}. Rett registeret som beskrevet, og kjør kommandoen på nytt."


# --- The command line ----------------------------------------------------------------------------

HELP_OF_VERB: Mapping[str, str] = {
    "kanal": "finn kanal til en melding",
    "sjekk": "sjekk hva en beslutning krever av kommunikasjon",
}
HELP_RULES = "vis reglene i veilederne og hva som er galt med dem"
HELP_AUDIENCE = "hvem meldingen skal nå"
HELP_MESSAGE = "hva slags melding det er"
HELP_URGENCY = "hvor raskt den må ut (standard: god tid)"
HELP_CONCERN = "særlig hensyn; kan oppgis flere ganger"
HELP_DESCRIPTION = "beslutningen på én linje; blir ikke tolket eller lagret"
HELP_REPLY = "(ja, nei eller usikker; standard: usikker)"
METAVAR = "SVAR"
CHANNEL_NEEDS = "Oppgi både «--maalgruppe» og «--melding»."
DECISION_NEEDS = "Svar på minst ett spørsmål, for eksempel «--ansatte ja»."
CHOOSE_ONE = "Skriv et tall fra 1 til {count}: "
CHOOSE_MANY = "Skriv ett eller flere tall fra 1 til {count}, eller trykk Enter for ingen: "
CHOOSE_REPLY = "j = ja, n = nei, u = usikker: "
CHOOSE_AGAIN = "Det svaret kjenner jeg ikke."
NO_ANSWER = "Fikk ikke noe svar. Oppgi svarene som valg i stedet."
WHO = "Hvem: {who}"
DEADLINE = "Frist: {deadline}"
NO_LINES = "Ingen linjer."
