"""What is said before any search: personal data, what is not our business, and asking back.

Bokmål, nynorsk and English. Only what is certain and public: emergency numbers and the help lines
that are open day and night. No unit or person is named; who it is differs between the agencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Reply:
    """A fixed reply: what it is about, and where to go instead."""

    text: str
    contact: str = ""


# --- Personal data -------------------------------------------------------------------------------

PERSONAL_KIND: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "birth_number": "fødselsnummer",
        "d_number": "D-nummer",
        "h_number": "H-nummer",
        "account": "kontonummer",
        "card": "kortnummer",
        "phone": "telefonnummer",
        "email": "e-postadresse",
        "health": "navn ved siden av helseopplysninger",
    },
    "nn": {
        "birth_number": "fødselsnummer",
        "d_number": "D-nummer",
        "h_number": "H-nummer",
        "account": "kontonummer",
        "card": "kortnummer",
        "phone": "telefonnummer",
        "email": "e-postadresse",
        "health": "namn ved sida av helseopplysningar",
    },
    "en": {
        "birth_number": "national identity number",
        "d_number": "D number",
        "h_number": "H number",
        "account": "account number",
        "card": "card number",
        "phone": "phone number",
        "email": "e-mail address",
        "health": "name beside health information",
    },
}
_STOPPED = {
    "nb": "Jeg stoppet spørsmålet fordi det inneholder personopplysninger. Det er verken søkt "
    "med eller lagret. Dette fant jeg:",
    "nn": "Eg stoppa spørsmålet fordi det inneheld personopplysningar. Det er verken søkt med "
    "eller lagra. Dette fann eg:",
    "en": "I stopped the question because it contains personal data. It has not been searched for "
    "or stored. This is what I found:",
}
_WITHOUT = {
    "nb": "Uten dette lyder spørsmålet:",
    "nn": "Utan dette lyder spørsmålet:",
    "en": "Without it, the question reads:",
}
_NOTHING_LEFT = {
    "nb": "Skriv spørsmålet på nytt uten disse opplysningene.",
    "nn": "Skriv spørsmålet på nytt utan desse opplysningane.",
    "en": "Please write the question again without this information.",
}


def personal_data(found: Sequence[tuple[str, str]], left: str, language: str) -> str:
    """Say what was found, masked, and how the question reads without it.

    Args:
        found: kind and masked beginning of each piece.
        left: the question without them; empty if no question is left.
        language: ``nb``, ``nn`` or ``en``.
    """
    kinds = PERSONAL_KIND[language]
    lines = dict.fromkeys(f"• {kinds[kind]}: {masked}" for kind, masked in found)
    rest = f"{_WITHOUT[language]} «{left}»" if left else _NOTHING_LEFT[language]
    return "\n".join((_STOPPED[language], *lines, rest))


# --- Questions that are none ---------------------------------------------------------------------

EMPTY_QUESTION = "Skriv et spørsmål om kanaler eller kommunikasjon, så leter jeg i dokumentene."
_TOO_LONG = {
    "nb": "Spørsmålet er på {length} tegn, og det er for langt for meg. Kort det ned til under "
    "{limit} tegn, og spør om én ting om gangen.",
    "nn": "Spørsmålet er på {length} teikn, og det er for langt for meg. Kort det ned til under "
    "{limit} teikn, og spør om éin ting om gongen.",
    "en": "The question is {length} characters long, which is too long for me. Please shorten it "
    "to fewer than {limit} characters and ask about one thing at a time.",
}


def too_long(length: int, limit: int, language: str) -> str:
    """Say that a question is too long."""
    return _TOO_LONG[language].format(length=length, limit=limit)


UNCLEAR = {
    "nb": "Hva gjelder det? Spør på nytt om det som passer best, for eksempel:\n"
    "• Hvilken kanal skal jeg bruke?\n"
    "• Hvordan skal vi skrive?\n"
    "• Hva må jeg avklare før en beslutning?",
    "nn": "Kva gjeld det? Spør på nytt om det som passar best, til dømes:\n"
    "• Kva kanal skal eg bruke?\n"
    "• Korleis skal vi skrive?\n"
    "• Kva må eg avklare før ei avgjerd?",
    "en": "What is it about? Please ask again, for example:\n"
    "• Which channel should I use?\n"
    "• How should we write?\n"
    "• What must I clarify before a decision?",
}

# --- Not our business ----------------------------------------------------------------------------

CAUTION = {
    "nb": "Er liv eller helse i fare nå? Ring først 110 (brann), 112 (politi) eller 113 (medisinsk "
    "nødhjelp).",
    "nn": "Er liv eller helse i fare no? Ring først 110 (brann), 112 (politi) eller 113 (medisinsk "
    "naudhjelp).",
    "en": "Is life or health in danger now? First call 110 (fire), 112 (police) or 113 (medical "
    "emergency).",
}

REPLIES: Mapping[str, Mapping[str, Reply]] = {
    "crisis": {
        "nb": Reply(
            "Er liv eller helse i fare? Ring nødetatene først:\n"
            "• 110 ved brann\n• 112 til politiet\n• 113 ved akutt sykdom eller skade",
            "Følg deretter beredskapsplanen i virksomheten din. Når nødetatene er varslet, kan du "
            "spørre meg om hvordan dere informerer.",
        ),
        "nn": Reply(
            "Er liv eller helse i fare? Ring naudetatane først:\n"
            "• 110 ved brann\n• 112 til politiet\n• 113 ved akutt sjukdom eller skade",
            "Følg deretter beredskapsplanen i verksemda di. Når naudetatane er varsla, kan du "
            "spørje meg om korleis de informerer.",
        ),
        "en": Reply(
            "Is life or health in danger? Call the emergency services first:\n"
            "• 110 for fire\n• 112 for the police\n• 113 for acute illness or injury",
            "Then follow your agency's emergency plan. Once the emergency services know, you can "
            "ask me how to inform people.",
        ),
    },
    "distress": {
        "nb": Reply(
            "Det høres ut som du har det vondt. Jeg er et dataprogram og kan ikke hjelpe deg med "
            "dette, men du trenger ikke stå i det alene. Her er det noen å snakke med hele "
            "døgnet:\n"
            "• 116 123: hjelpetelefonen til Mental Helse\n• 22 40 00 40: Kirkens SOS\n"
            "• 116 117: legevakten",
            "Ring 113 hvis det haster. Snakk gjerne også med noen du stoler på.",
        ),
        "nn": Reply(
            "Det høyrest ut som du har det vondt. Eg er eit dataprogram og kan ikkje hjelpe deg "
            "med dette, men du treng ikkje stå i det åleine. Her er det nokon å snakke med heile "
            "døgnet:\n"
            "• 116 123: hjelpetelefonen til Mental Helse\n• 22 40 00 40: Kirkens SOS\n"
            "• 116 117: legevakta",
            "Ring 113 dersom det hastar. Snakk gjerne òg med nokon du stolar på.",
        ),
        "en": Reply(
            "It sounds as if you are having a hard time. I am a computer program and cannot help "
            "you with this, but you do not have to carry it alone. Here you can talk to someone "
            "day and night:\n"
            "• 116 123: the Mental Helse help line\n• 22 40 00 40: Kirkens SOS\n"
            "• 116 117: the emergency clinic",
            "Call 113 if it is urgent. Talk to someone you trust, too.",
        ),
    },
    "violence": {
        "nb": Reply(
            "Det du forteller om, er alvorlig, og det er ikke din skyld. Her kan du få hjelp hele "
            "døgnet:\n• 112: politiet, når det er fare\n"
            "• 116 006: vold- og overgrepslinjen\n• 116 117: legevakten",
            "Er det noen på jobben, kan du også gå til en leder du stoler på, verneombudet eller "
            "tillitsvalgt.",
        ),
        "nn": Reply(
            "Det du fortel om, er alvorleg, og det er ikkje di skuld. Her kan du få hjelp heile "
            "døgnet:\n• 112: politiet, når det er fare\n"
            "• 116 006: vald- og overgrepslinja\n• 116 117: legevakta",
            "Er det nokon på jobben, kan du òg gå til ein leiar du stolar på, verneombodet eller "
            "tillitsvald.",
        ),
        "en": Reply(
            "What you describe is serious, and it is not your fault. You can get help day and "
            "night:\n• 112: the police, when there is danger\n"
            "• 116 006: the violence and abuse help line\n• 116 117: the emergency clinic",
            "If it is someone at work, you can also go to a manager you trust, the safety "
            "representative or your union representative.",
        ),
    },
    "whistleblowing": {
        "nb": Reply(
            "Det er viktig å kunne si fra. Jeg kan ikke ta imot varsler, så ikke skriv mer om "
            "saken her.",
            "Følg rutinen for varsling i virksomheten din, eller si fra til lederen din, "
            "verneombudet eller tillitsvalgt. Du kan også varsle en tilsynsmyndighet, for eksempel "
            "Arbeidstilsynet.",
        ),
        "nn": Reply(
            "Det er viktig å kunne seie frå. Eg kan ikkje ta imot varsel, så ikkje skriv meir om "
            "saka her.",
            "Følg rutinen for varsling i verksemda di, eller sei frå til leiaren din, "
            "verneombodet eller tillitsvald. Du kan òg varsle eit tilsynsorgan, til dømes "
            "Arbeidstilsynet.",
        ),
        "en": Reply(
            "Speaking up matters. I cannot receive reports, so please write no more about the "
            "matter here.",
            "Follow your agency's whistle-blowing routine, or tell your manager, the safety "
            "representative or your union representative. You can also report to a supervisory "
            "authority such as Arbeidstilsynet.",
        ),
    },
    "own_case": {
        "nb": Reply(
            "Jeg har ikke tilgang til enkeltsaker og kan ikke si hvordan det går med en sak.",
            "Spør virksomheten som behandler saken. Skriv ikke navn eller andre "
            "personopplysninger her.",
        ),
        "nn": Reply(
            "Eg har ikkje tilgang til enkeltsaker og kan ikkje seie korleis det går med ei sak.",
            "Spør verksemda som behandlar saka. Skriv ikkje namn eller andre "
            "personopplysningar her.",
        ),
        "en": Reply(
            "I have no access to individual cases and cannot say how a case is going.",
            "Ask the agency that handles the case. Please write no names or other personal data "
            "here.",
        ),
    },
    "personnel": {
        "nb": Reply(
            "Lønn, ferie, fravær og andre personalsaker kan jeg ikke svare på.",
            "Spør lederen din eller de som har personalsaker i virksomheten. I en konflikt kan "
            "også verneombudet eller tillitsvalgt hjelpe.",
        ),
        "nn": Reply(
            "Løn, ferie, fråvær og andre personalsaker kan eg ikkje svare på.",
            "Spør leiaren din eller dei som har personalsaker i verksemda. I ein konflikt kan òg "
            "verneombodet eller tillitsvald hjelpe.",
        ),
        "en": Reply(
            "I cannot answer questions about pay, holidays, absence or other personnel matters.",
            "Ask your manager or those who handle personnel matters in your agency. In a "
            "conflict, the safety representative or your union representative can help too.",
        ),
    },
    "legal": {
        "nb": Reply(
            "Dette må en jurist vurdere. Jeg kan vise hva dokumentene sier, men ikke avgjøre om "
            "noe er lovlig.",
            "Spør en jurist i virksomheten din.",
        ),
        "nn": Reply(
            "Dette må ein jurist vurdere. Eg kan vise kva dokumenta seier, men ikkje avgjere om "
            "noko er lovleg.",
            "Spør ein jurist i verksemda di.",
        ),
        "en": Reply(
            "A lawyer must assess this. I can show what the documents say, but not decide whether "
            "something is lawful.",
            "Ask a lawyer in your agency.",
        ),
    },
    "it_support": {
        "nb": Reply(
            "Passord, pålogging og utstyr kan jeg ikke hjelpe deg med.",
            "Kontakt IT-brukerstøtten i virksomheten din.",
        ),
        "nn": Reply(
            "Passord, pålogging og utstyr kan eg ikkje hjelpe deg med.",
            "Kontakt IT-brukarstøtta i verksemda di.",
        ),
        "en": Reply(
            "I cannot help with passwords, logging in or equipment.",
            "Contact IT support in your agency.",
        ),
    },
    "other_municipality": {
        "nb": Reply(
            "Jeg kjenner bare dokumentene som gjelder Oslo kommune, ikke reglene i andre kommuner.",
            "Spør den andre kommunen, eller se på nettsidene deres.",
        ),
        "nn": Reply(
            "Eg kjenner berre dokumenta som gjeld Oslo kommune, ikkje reglane i andre kommunar.",
            "Spør den andre kommunen, eller sjå på nettsidene deira.",
        ),
        "en": Reply(
            "I only know the documents that concern the City of Oslo, not the rules of other "
            "municipalities.",
            "Ask the other municipality, or look at its website.",
        ),
    },
    "politics": {
        "nb": Reply(
            "Jeg tar ikke stilling til partier, politikere eller valg.",
            "Spør meg heller om hvordan kommunen informerer om politiske saker.",
        ),
        "nn": Reply(
            "Eg tek ikkje stilling til parti, politikarar eller val.",
            "Spør meg heller om korleis kommunen informerer om politiske saker.",
        ),
        "en": Reply(
            "I take no position on parties, politicians or elections.",
            "Ask me instead how the city informs people about political matters.",
        ),
    },
    "press_quote": {
        "nb": Reply(
            "Jeg dikter ikke opp sitater. Et sitat må komme fra den som skal stå bak det.",
            "Snakk med den som skal siteres, eller med kommunikasjonsavdelingen i virksomheten "
            "din.",
        ),
        "nn": Reply(
            "Eg diktar ikkje opp sitat. Eit sitat må kome frå den som skal stå bak det.",
            "Snakk med den som skal siterast, eller med kommunikasjonsavdelinga i verksemda di.",
        ),
        "en": Reply(
            "I do not make up quotes. A quote must come from the person who stands behind it.",
            "Talk to the person to be quoted, or to the communications department in your agency.",
        ),
    },
    "greeting": {
        "nb": Reply(
            "Hei! Hva lurer du på om kanaler og kommunikasjon i Oslo kommune? Spør for eksempel "
            "«Hvordan skal vi skrive?»"
        ),
        "nn": Reply(
            "Hei! Kva lurer du på om kanalar og kommunikasjon i Oslo kommune? Spør til dømes "
            "«Korleis skal vi skrive?»"
        ),
        "en": Reply(
            "Hello! What would you like to know about channels and communication in the City of "
            "Oslo? For example: “How should we write?”"
        ),
    },
    "thanks": {
        "nb": Reply("Bare hyggelig! Spør gjerne om mer."),
        "nn": Reply("Berre hyggeleg! Spør gjerne om meir."),
        "en": Reply("You are welcome! Feel free to ask more."),
    },
    "who_are_you": {
        "nb": Reply(
            "Jeg er en KI-assistent for ansatte i Oslo kommune. Jeg finner svar om kanaler og "
            "kommunikasjon i dokumentene og viser hvor svaret står."
        ),
        "nn": Reply(
            "Eg er ein KI-assistent for tilsette i Oslo kommune. Eg finn svar om kanalar og "
            "kommunikasjon i dokumenta og viser kvar svaret står."
        ),
        "en": Reply(
            "I am an AI assistant for employees of the City of Oslo. I find answers about channels "
            "and communication in the documents and show where they stand."
        ),
    },
    "insult": {
        "nb": Reply(
            "Jeg skjønner at du er irritert. Prøv gjerne å spørre på en annen måte, så leter jeg "
            "igjen."
        ),
        "nn": Reply(
            "Eg skjønar at du er irritert. Prøv gjerne å spørje på ein annan måte, så leitar eg "
            "igjen."
        ),
        "en": Reply(
            "I understand that you are annoyed. Try asking in another way, and I will look again."
        ),
    },
}
_LAWYER_ON = {
    "nb": "Be juristen vurdere {paragraph}.",
    "nn": "Be juristen vurdere {paragraph}.",
    "en": "Ask the lawyer to assess {paragraph}.",
}


def reply(route: str, language: str, *, paragraph: str = "") -> Reply:
    """Return the fixed reply of a route; a paragraph that was asked about is named."""
    fixed = REPLIES[route][language]
    if not paragraph:
        return fixed
    return Reply(f"{fixed.text} {_LAWYER_ON[language].format(paragraph=paragraph)}", fixed.contact)
