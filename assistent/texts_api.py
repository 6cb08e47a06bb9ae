"""Every Norwegian sentence of the API: what it describes itself with, and what it says to a fault.

The descriptions go by the names of the models in :mod:`assistent.exchange` and of their fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def _listed(words: Sequence[str], conjunction: str = "og") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def _number(number: int) -> str:
    """Write a number with a space between the thousands."""
    return f"{number:,}".replace(",", " ")


# --- What can be asked ---------------------------------------------------------------------------

REQUESTS: Mapping[str, Mapping[str, str]] = {
    "TurnGiven": {
        "": "En melding tidligere i samtalen.",
        "role": "Hvem som skrev meldingen: «user» eller «assistant».",
        "content": "Meldingen som tekst.",
    },
    "AnswerRequest": {
        "": "Et spørsmål.",
        "question": "Spørsmålet på bokmål, nynorsk eller engelsk. Ikke send personopplysninger.",
        "history": "Meldingene før spørsmålet, eldste først. Trengs bare for oppfølgingsspørsmål.",
    },
    "SearchRequest": {
        "": "Et søk.",
        "question": "Det du leter etter, helst som et spørsmål. Ikke send personopplysninger.",
        "history": "Meldingene før spørsmålet, eldste først. Trengs bare for oppfølgingsspørsmål.",
        "k": "Hvor mange utdrag du vil ha.",
    },
    "SearchQuery": {
        "": "Et søk, skrevet i adressen.",
        "question": "Det du leter etter, helst som et spørsmål. Ikke send personopplysninger.",
        "k": "Hvor mange utdrag du vil ha.",
    },
    "FeedbackRequest": {
        "": "En tilbakemelding på et svar.",
        "reference": "Svarets «reference».",
        "useful": "Om svaret eller setningen var nyttig.",
        "claim": "Hvilken setning i «claims» det gjelder, talt fra 1. Utelat for hele svaret.",
        "reasons": "Det som er galt. Kan være flere.",
        "text": "Kommentar, høyst 1000 tegn. Ikke send personopplysninger.",
        "contact": "E-postadressen til den som vil ha svar. Tom for ikke svar.",
    },
    "ChannelRequest": {
        "": "Svarene på spørsmålene i kanalvelgeren.",
        "audience": "Hvem som skal nås.",
        "message": "Hva slags melding det er.",
        "urgency": "Hvor raskt meldingen må ut.",
        "concerns": "Det du må ta hensyn til. Kan være tom.",
    },
    "DecisionRequest": {
        "": "Svarene på spørsmålene i beslutningssjekken.",
        "replies": "Ett svar per tema. Et tema du utelater, regnes som «usikker».",
    },
}

# --- What is answered ----------------------------------------------------------------------------

_SOURCE = {
    "": "Et nummerert sted i et dokument.",
    "number": "Nummeret som svaret viser til.",
    "document": "Dokumentets sti. Bruk den i «/kilder/{document}».",
    "title": "Dokumentets tittel.",
    "section": "Overskriftene stedet står under, ytterst først.",
    "page": "Sidetall. Er null når dokumentet ikke har sider.",
    "quote": "Det ordrette sitatet. Det er lik text[start:end] i dokumentet.",
    "start": "Første tegn i sitatet, telt fra 0 i dokumentets tekst.",
    "end": "Tegnet etter sitatet.",
    "standing": (
        "Dokumentets gyldighet: gjeldende, utløpt, opphevet, utkast eller sammendrag. "
        "Bare «gjeldende» er en regel som gjelder i dag."
    ),
    "note": "Merknad om dokumentet.",
    "url": "Offentlig nettadresse til dokumentet, tom hvis den ikke er kjent.",
    "viewer": "Adressen som viser sitatet markert i dokumentet.",
}
_LINE = {
    "about": "Hva linjen gjelder, for eksempel et krav.",
    "text": "Hva linjen sier.",
    "strength": "Kildens eget ord: skal, må, bør eller kan. «råd» er ikke en regel.",
    "origin": "Hvem som står bak: Oslo kommune, en lov, en avtale eller noen andre.",
    "source": "Nummeret på kilden.",
}
_RESULT = {
    "day": "Dagen resultatet gjelder for.",
    "edition": "Utgaven av indeksen som ble brukt.",
    "crisis": "Det du må gjøre først hvis liv eller helse er i fare.",
    "unknown": "Det kildene ikke sier noe om.",
    "notices": "Forbehold som må vises sammen med resultatet.",
    "contact": "Hvem du kan spørre.",
    "sources": "Kildene, nummerert.",
}
_DOCUMENT = {
    "": "Det katalogen vet om et dokument.",
    "document": "Dokumentets sti.",
    "title": "Tittel.",
    "kind": "Hva slags dokument det er, for eksempel strategi eller retningslinje.",
    "owner": "Hvem dokumentet tilhører. Bare Oslo kommunes egne dokumenter er regler her.",
    "applies_to": "Hvem dokumentet gjelder for.",
    "case_number": "Saksnummer.",
    "standing": _SOURCE["standing"],
    "adopted": "Dagen dokumentet ble vedtatt.",
    "valid_from": "Første dag dokumentet gjelder.",
    "valid_to": "Siste dag dokumentet gjelder.",
    "repealed_by": "Stien til dokumentet som har opphevet dette.",
    "repealed_on": "Dagen dokumentet ble opphevet.",
    "language": "Språket i dokumentet.",
    "note": "Merknad.",
    "url": _SOURCE["url"],
    "licence": "Lisens.",
    "viewer": "Adressen som viser dokumentet.",
}
REPLIES: Mapping[str, Mapping[str, str]] = {
    "ClaimReply": {
        "": "En setning i svaret.",
        "text": "Setningen.",
        "sources": "Numrene på kildene som belegger setningen.",
    },
    "SourceReply": _SOURCE,
    "TimesReply": {
        "": "Tidsbruk i millisekunder.",
        "guard": "Kontroll og lesing av spørsmålet.",
        "embed": "Omgjøring av spørsmålet til vektor.",
        "search": "Søk.",
        "write": "Valg av setninger.",
        "verify": "Kontroll av sitater.",
        "total": "I alt.",
    },
    "AnswerReply": {
        "": "Et svar med kildene som belegger det.",
        "question": "Spørsmålet uten personopplysninger.",
        "search_question": "Spørsmålet slik det ble søkt etter. Tomt hvis ingenting ble søkt.",
        "language": "Språket i spørsmålet: nb, nn eller en.",
        "outcome": (
            "Hva det ble av spørsmålet: answered (besvart), partial (delvis eller usikkert "
            "besvart), not_in_sources (svaret står ikke i dokumentene), out_of_scope (hører ikke "
            "hjemme her), unclear (må stilles på nytt), personal_data (stoppet fordi det hadde "
            "personopplysninger), too_long (for langt) eller failed (noe gikk galt)."
        ),
        "text": "Svaret som ren tekst, med kildenumre i hakeparenteser.",
        "writer": (
            "Hvem som har skrevet teksten: extract (ordrette sitater), fixed (en fast tekst) "
            "eller navnet på språkmodellen."
        ),
        "claims": "Setningene i svaret.",
        "sources": "Kildene, nummerert.",
        "notices": "Forbehold som må vises sammen med svaret.",
        "contact": "Hvem du kan spørre når svaret ikke står i dokumentene.",
        "edition": "Utgaven av indeksen som ga svaret.",
        "milliseconds": "Tidsbruk per steg.",
        "relation": (
            "Hvordan spørsmålet henger sammen med samtalen: alone, follow_up, simpler eller "
            "new_topic."
        ),
        "suggestions": "Spørsmål som kan stilles videre.",
        "provisional": "Om svaret kan bli byttet ut senere i den samme strømmen.",
        "dropped": "Antall setninger fra språkmodellen som ikke kunne belegges og er tatt ut.",
        "reference": (
            "Svarets ID, som en tilbakemelding viser til. Tom når det ikke føres journal."
        ),
    },
    "FeedbackReply": {
        "": "Tilbakemeldingen er lagret.",
        "id": "Tilbakemeldingens ID. Oppgi den for å få tilbakemeldingen slettet.",
        "text": "Takk til avsenderen.",
    },
    "HitReply": {
        **{name: _SOURCE[name] for name in ("document", "title", "section", "page", "standing")},
        "": "Et utdrag som passer til søket.",
        "rank": "Plassering. 1 er best.",
        "text": "Utdraget. Det er lik text[start:end] i dokumentet.",
        "start": "Første tegn i utdraget, telt fra 0 i dokumentets tekst.",
        "end": "Tegnet etter utdraget.",
        "viewer": "Adressen som viser utdraget markert i dokumentet.",
        "score": "Samlet poengsum. Høyere er bedre.",
        "dense": "Likhet i betydning.",
        "lexical": "Likhet i ord, fra 0 til 1.",
    },
    "FoundReply": {
        "": "Utdragene som passer best, de beste først.",
        "question": "Spørsmålet uten personopplysninger.",
        "search_question": "Spørsmålet slik det ble søkt etter.",
        "edition": "Utgaven av indeksen det ble søkt i.",
        "milliseconds": "Tidsbruk per steg.",
        "hits": "Utdragene.",
    },
    "DocumentReply": _DOCUMENT,
    "DocumentTextReply": {
        **_DOCUMENT,
        "": "Et dokument med teksten.",
        "text": "Hele teksten i dokumentet. Sitatene er plassert i denne teksten.",
    },
    "DocumentsReply": {
        "": "Alle dokumentene i utgaven.",
        "edition": "Utgaven av indeksen.",
        "day": "Dagen gyldigheten er vurdert for.",
        "documents": "Dokumentene.",
    },
    "LineReply": {"": "En linje med kilde.", **_LINE},
    "RecommendedReply": {
        "": "En kanal du kan bruke.",
        "channel": "Kanalens id i registeret.",
        "name": "Kanalens navn.",
        "role": "hovedkanal (bruk først), tillegg eller mulighet.",
        "status": "Om kanalen er i bruk på dagen.",
        "reasons": "Hvorfor.",
        "demands": "Krav til innholdet i kanalen.",
        "note": "Det du må sjekke først. Tom når det ikke er noe.",
    },
    "RejectedReply": {
        "": "En kanal du ikke skal bruke her.",
        "channel": "Kanalens id i registeret.",
        "name": "Kanalens navn.",
        "why": "avviklet, planlagt, frarådet eller uavklart.",
        "reasons": "Hvorfor ikke.",
    },
    "ChannelAnswersReply": {
        "": "Svarene rådet bygger på.",
        "audience": "Hvem som skal nås.",
        "message": "Hva slags melding det er.",
        "urgency": "Hvor raskt den må ut.",
        "concerns": "Det som må tas hensyn til.",
    },
    "AdviceReply": {
        "": "Råd om kanal.",
        **_RESULT,
        "answers": "Svarene rådet bygger på.",
        "headline": "Hva kanalvalget bygger på, i en setning.",
        "basis": "Det sterkeste grunnlaget. Er null når kildene ikke peker ut noen kanal.",
        "recommended": "Kanaler du kan bruke, den viktigste først.",
        "rejected": "Kanaler du ikke skal bruke her, og hvorfor.",
        "demands": "Krav som gjelder i alle kanaler.",
    },
    "CheckLineReply": {
        "": "En linje i sjekklisten.",
        **_LINE,
        "id": "Linjens id i registeret.",
        "title": "Kort tittel.",
        "who": "Hvem som har ansvaret.",
        "deadline": "Frist. Tom når kilden ikke sier noe.",
        "ask_lawyer": "Om en jurist bør se på det.",
        "always": "Om linjen gjelder både før, ved og etter beslutningen.",
        "because": "Temaene som førte til linjen.",
        "clarify": "Det du må finne ut når svaret var «usikker».",
    },
    "PartsReply": {
        "": "Sjekklisten i tre deler.",
        "før": "Før beslutningen.",
        "ved": "Når beslutningen blir tatt og gjort kjent.",
        "etter": "Etter beslutningen.",
    },
    "DecisionAnswersReply": {
        "": "Svarene sjekklisten bygger på.",
        "description": "Alltid tom her. API-et tar ikke imot noen beskrivelse.",
        "replies": "Ett svar per tema.",
    },
    "CheckReply": {
        "": "En sjekkliste for en beslutning.",
        **_RESULT,
        "answers": "Svarene sjekklisten bygger på.",
        "parts": "Linjene før, ved og etter beslutningen.",
    },
    "ProblemReply": {
        "": "En feil, i formen fra RFC 9457.",
        "type": "Adressen som forklarer feilen.",
        "title": "Hva slags feil det er.",
        "status": "HTTP-statusen.",
        "detail": "Hva som er galt, og hva du kan gjøre.",
        "errors": "Hver enkelt feil i innholdet.",
    },
    "FaultReply": {
        "": "En feil i innholdet.",
        "pointer": (
            "Hvor i innholdet feilen er, for eksempel «#/history/0/role» (JSON Pointer). Finnes "
            "bare for feil i innholdet."
        ),
        "parameter": "Hvilket felt i adressen feilen er i. Finnes bare for feil i adressen.",
        "detail": "Hva som er galt.",
        "repair": "Hvordan du retter det.",
    },
}

# --- Faults: what and repair ---------------------------------------------------------------------

Fault = tuple[str, str]

WHOLE = "Innholdet"


def field_name(name: str) -> str:
    """Set a field's name in quotation marks; "" is the whole content."""
    return f"«{name}»" if name else WHOLE


def missing(name: str) -> Fault:
    """Say that a field is not there."""
    if not name:
        return "Forespørselen har ikke noe innhold.", "Send et JSON-objekt."
    return f"«{name}» mangler.", f"Legg til «{name}»."


def unknown_field(name: str, known: Sequence[str]) -> Fault:
    """Say that a field does not exist."""
    return f"«{name}» er ikke et felt her.", f"Fjern feltet. Du kan bruke {_listed(known)}."


def wrong_kind(name: str, kind: str) -> Fault:
    """Say which kind of value a field takes; ``kind`` is one of ``KINDS``."""
    return f"{field_name(name)} må være {KINDS[kind]}.", REPAIR_KIND[kind]


KINDS: Mapping[str, str] = {
    "text": "en tekst",
    "list": "en liste",
    "object": "et objekt",
    "number": "et helt tall",
    "flag": "true eller false",
}
REPAIR_KIND: Mapping[str, str] = {
    "text": "Sett verdien i anførselstegn.",
    "list": "Sett verdiene i hakeparenteser, for eksempel [].",
    "object": "Sett feltene i krøllparenteser, for eksempel {}.",
    "number": "Skriv tallet uten desimaler og uten anførselstegn.",
    "flag": "Skriv true eller false uten anførselstegn.",
}


def too_long_text(name: str, limit: int) -> Fault:
    """Say that a text has too many characters."""
    return f"{field_name(name)} er for lang.", f"Kort ned til høyst {_number(limit)} tegn."


def too_many(name: str, limit: int) -> Fault:
    """Say that a list has too many items."""
    return f"{field_name(name)} har for mange elementer.", f"Ta med høyst {limit}."


def too_small(name: str, limit: int) -> Fault:
    """Say that a number is below its limit."""
    return f"{field_name(name)} er for lite.", f"Bruk et tall som er {limit} eller høyere."


def too_large(name: str, limit: int) -> Fault:
    """Say that a number is above its limit."""
    return f"{field_name(name)} er for stort.", f"Bruk et tall som er {limit} eller lavere."


def not_a_choice(name: str, allowed: Sequence[str]) -> Fault:
    """Say which values a field takes."""
    choices = _listed([f"«{choice}»" for choice in allowed], "eller")
    return f"{field_name(name)} har en ukjent verdi.", f"Bruk {choices}."


def not_usable(name: str) -> Fault:
    """Say that a value cannot be used, where no more can be said."""
    return f"{field_name(name)} kan ikke brukes.", "Se hva feltet tar imot i beskrivelsen."


# --- Problems: title and detail ------------------------------------------------------------------

PROBLEMS: Mapping[str, tuple[int, str, str]] = {
    "ugyldig-json": (
        400,
        "Innholdet er ikke gyldig JSON",
        "Innholdet kan ikke leses. Send gyldig JSON i UTF-8, uten svært mange nivåer.",
    ),
    "ugyldig-innhold": (422, "Innholdet kan ikke brukes", "Rett feilene, og send på nytt."),
    "stoppet": (422, "Det kan ikke søkes etter dette", "Se forklaringen, og send på nytt."),
    "ikke-innlogget": (
        401,
        "Ikke innlogget",
        "Logg inn i nettleseren, og prøv igjen.",
    ),
    "fremmed": (
        403,
        "Forespørselen kom fra et annet nettsted",
        "Send den fra våre egne sider, eller fra et program som ikke er en nettleser.",
    ),
    "finnes-ikke": (
        404,
        "Finnes ikke",
        "Adressen finnes ikke. Se hvilke adresser som finnes, i beskrivelsen av API-et.",
    ),
    "dokument-finnes-ikke": (
        404,
        "Dokumentet finnes ikke",
        "Det finnes ikke noe slikt dokument i denne utgaven. Hent listen fra «/api/kilder».",
    ),
    "tilbakemelding-av": (
        404,
        "Tilbakemeldinger er slått av",
        "Tjenesten er satt opp uten journal og tar ikke imot tilbakemeldinger.",
    ),
    "tilbakemelding-stoppet": (
        422,
        "Tilbakemeldingen kan ikke brukes",
        "Se forklaringen, og send på nytt.",
    ),
    "for-ofte": (
        429,
        "For mange tilbakemeldinger på kort tid",
        "Vent {seconds} sekunder, og prøv igjen.",
    ),
    "ikke-lagret": (
        503,
        "Tilbakemeldingen ble ikke lagret",
        "Databasen svarer ikke. Vent litt, og prøv igjen.",
    ),
    "feil-metode": (
        405,
        "Metoden passer ikke her",
        "Bruk en av metodene i headeren «Allow».",
    ),
    "for-stort": (413, "Innholdet er for stort", "Send høyst {limit} kilobyte."),
    "feil-innholdstype": (
        415,
        "Innholdet må være JSON",
        "Send JSON, og sett headeren «Content-Type: application/json».",
    ),
    "intern-feil": (
        500,
        "Noe gikk galt hos oss",
        "Prøv igjen om litt. Meld fra til den som drifter tjenesten, hvis det gjentar seg.",
    ),
    "opptatt": (
        503,
        "For mange spør samtidig",
        "Vent {seconds} sekunder, og prøv igjen.",
    ),
}

# --- The description of the API ------------------------------------------------------------------

API_TITLE = "API for Kommunikasjonsassistenten"
API_DESCRIPTION = (
    "Svar, søk og veiledning fra Oslo kommunes egne dokumenter. Alt har kilde med ordrett sitat og "
    "gyldighet. Gjengi sitatene uendret, og vis alltid forbehold («notices») sammen med svaret. "
    "Ikke send personopplysninger: Spørsmål som inneholder det, blir stoppet og ikke lagret."
)
TAG_ASK = "Spørsmål"
TAG_SOURCES = "Kilder"
TAG_GUIDANCE = "Veiledere"

OPERATIONS: Mapping[str, tuple[str, str]] = {
    "svar": (
        "Svar på et spørsmål",
        "Gir JSON. Med headeren «Accept: text/event-stream» kommer svaret som hendelser: «status» "
        "(hva som gjøres nå), «svar» (et svar som kan vises; foreløpige svar kan bli byttet ut), "
        "«ferdig» (det siste svaret er kommet) og «feil» (i samme form som andre feil). Også et "
        "spørsmål uten svar gir status 200; se feltet «outcome».",
    ),
    "finn": (
        "Søk etter utdrag",
        "Gir utdragene som passer best, uten å svare. Adresser havner lett i logger, så bruk POST "
        "når noen har skrevet spørsmålet selv.",
    ),
    "tilbakemelding": (
        "Gi tilbakemelding på et svar",
        "Lagrer hva noen mener om et svar eller en setning i det. Kommentarer med "
        "personopplysninger blir stoppet og ikke lagret.",
    ),
    "kilder": ("List dokumentene", "Gir alle dokumentene med gyldighet i dag."),
    "kilde": (
        "Hent et dokument",
        "Gir det katalogen vet om dokumentet, og hele teksten som sitatene er hentet fra.",
    ),
    "kanal": (
        "Velg kanal",
        "Sier hvilke kanaler som passer til en melding, hvilke som ikke gjør det, og hvorfor. "
        "Bygger på regler med kilde, uten språkmodell.",
    ),
    "sjekk": (
        "Sjekk en beslutning",
        "Gir en sjekkliste over det som må eller bør gjøres før, ved og etter en beslutning. "
        "Bygger på regler med kilde, uten språkmodell.",
    ),
}
OK = "Resultatet"
PROBLEM = "En feil"
DOCUMENT_PARAMETER = "Dokumentets sti, slik den står i kildene."
EXAMPLES: Mapping[str, Mapping[str, object]] = {
    "svar": {"question": "Hvordan skal vi skrive?"},
    "finn": {"question": "Hvilke kanaler når innbyggerne?", "k": 5},
    "tilbakemelding": {
        "reference": "k7m2q9xtab",
        "useful": False,
        "claim": 2,
        "reasons": ["utdatert"],
    },
    "kanal": {"audience": "innbyggere", "message": "nyhet", "concerns": ["mange språk"]},
    "sjekk": {"replies": {"ansatte": "ja", "media": "usikker", "krise": "nei"}},
}

# --- The page that shows the description ---------------------------------------------------------

DOCS_WHOLE = "Hele beskrivelsen som OpenAPI (JSON)"
DOCS_OPERATIONS = "Adresser"
DOCS_TYPES = "Typer"
DOCS_PROBLEMS = "Feil"
DOCS_PROBLEMS_INTRO = (
    "Feil kommer som «application/problem+json» (RFC 9457), i formen {form}. Det du sendte, blir "
    "aldri gjentatt i en feil."
)
DOCS_IN_ADDRESS = "I adressen"
DOCS_BODY = "Innhold"
DOCS_ANSWER = "Svar"
DOCS_EXAMPLE = "Eksempel"
DOCS_REQUIRED = "må være med"
DOCS_LIST = "liste av"
DOCS_OR = "eller"
DOCS_ONE_OF = "én av"
DOCS_LIMITS: Mapping[str, str] = {
    "maxLength": "høyst {limit} tegn",
    "maxItems": "høyst {limit} elementer",
    "minimum": "minst {limit}",
    "maximum": "høyst {limit}",
    "default": "standard: {limit}",
}
DOCS_KINDS: Mapping[str, str] = {
    "string": "tekst",
    "date": "dato",
    "integer": "heltall",
    "number": "tall",
    "boolean": "true eller false",
    "object": "objekt",
    "null": "null",
}
