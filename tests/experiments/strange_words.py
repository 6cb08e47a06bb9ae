"""From how many letters on a word that no document knows is a topic of its own.

    python -m tests.experiments.strange_words

Each second question is judged after the first. Printed is, for some lengths, how many follow-ups
are still taken for one and how many new topics for a new one: short unknown words are verbs and
everyday words of a follow-up («putte», «maser»), long ones are things («podkastmal»).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistent import absence
from assistent.bootstrap import build_assistant
from assistent.conversation import in_context
from assistent.settings import load_settings
from assistent.types import Relation, Turn

LENGTHS = (5, 6, 7, 8, 9, 10, 99)


@dataclass(frozen=True)
class Pair:
    first: str
    second: str


FOLLOW_UPS = (
    Pair("Må videoer på nettsiden tekstes?", "Slipper vi hvis den er kjempekort?"),
    Pair("Kan vi bruke bilder av barn i en brosjyre?", "Må foreldrene skrive under?"),
    Pair("Hvilken skrift skal vi bruke i brev?", "Kan jeg gjøre den feitere?"),
    Pair("Kan jeg svare journalister selv?", "Tør jeg nekte?"),
    Pair("Hvem godkjenner bruk av logoen?", "Rekker det å sende en mail?"),
    Pair("Når skal vi ta i bruk krisekommunikasjonsplanen?", "Hvem trykker på knappen?"),
    Pair("Hvordan svarer vi på stygge kommentarer på Facebook?", "Kan jeg blokkere vedkommende?"),
    Pair("Hvordan skriver vi et vedtak i klart språk?", "Må jeg kutte fagordene?"),
    Pair(
        "Hva sier kommunikasjonsstrategien om internkommunikasjon?", "Gidder noen lese intranettet?"
    ),
    Pair("Må vi oversette informasjon til flere språk?", "Hvem plukker ut språkene?"),
    Pair("Hvilke farger kan vi bruke på nettsiden?", "Kan vi blande dem?"),
    Pair("Hva er reglene for innsyn i e-post?", "Kan jeg sladde navnet?"),
    Pair("Hvor fort må vi svare på en innsynsbegjæring?", "Teller helgen?"),
    Pair("Kan ansatte si meningen sin i avisen?", "Får man kjeft etterpå?"),
    Pair("Hvordan bruker vi ikoner på nettsiden?", "Må de forklares?"),
    Pair("Hva gjør vi med innholdet i en kanal som legges ned?", "Holder det med skjermdump?"),
    Pair("Hvilken kanal bruker vi til ansatte uten pc?", "Funker oppslag på pauserommet?"),
    Pair("Skal vi sende pressemelding om saken?", "Ringer jeg heller?"),
    Pair("Når må vi bruke tolk?", "Kan dattera hennes steppe inn?"),
    Pair("Må vi ha alternativ tekst på bilder?", "Gjelder pynt også?"),
    Pair("Hvem skal få vite om en omorganisering først?", "Kan vi vente til mandag?"),
    Pair(
        "Kan vi dele innlegg fra andre på Facebook-siden vår?",
        "Må vi krysse fingrene for at det stemmer?",
    ),
    Pair("Hva er kravene til kontrast?", "Duger lyseblå bokstaver?"),
    Pair("Hvordan skriver vi til eldre?", "Bør vi unngå forkortelser?"),
    Pair("Kan vi bruke emojier i et innlegg?", "Ser det useriøst ut?"),
    Pair("Skal vi bruke Oslo-logoen på profilklær?", "Kan vi brodere den?"),
)
NEW_TOPICS = (
    Pair("Må videoer på nettsiden tekstes?", "Finnes det en podkastmal?"),
    Pair("Hvem godkjenner bruk av logoen?", "Når er kantina åpen?"),
    Pair("Hvilken skrift skal vi bruke i brev?", "Finnes det en sykkelbod?"),
    Pair("Når må vi bruke tolk?", "Har vi parkeringsplass?"),
    Pair("Hva er kravene til kontrast?", "Finnes det en treningsavtale?"),
    Pair("Kan vi bruke bilder av barn i en brosjyre?", "Får vi julebord?"),
    Pair("Hvordan svarer vi på stygge kommentarer på Facebook?", "Har vi bedriftslege?"),
    Pair("Skal vi sende pressemelding om saken?", "Trenger jeg politiattest?"),
    Pair("Kan jeg svare journalister selv?", "Finnes det barnehageplasser?"),
    Pair("Hvilke farger kan vi bruke på nettsiden?", "Har vi kaffemaskin?"),
    Pair("Må vi oversette informasjon til flere språk?", "Når kommer feriepengene?"),
    Pair("Hvordan skriver vi til eldre?", "Finnes det en strikkeklubb?"),
    Pair("Hvem skal få vite om en omorganisering først?", "Har vi hjemmekontorordning?"),
    Pair("Kan ansatte si meningen sin i avisen?", "Får vi dekket mobiltelefonen?"),
    Pair("Hva er reglene for innsyn i e-post?", "Finnes det kollektivavtale?"),
    Pair("Må vi ha alternativ tekst på bilder?", "Har vi fryseboks?"),
    Pair("Hvordan bruker vi ikoner på nettsiden?", "Trenger jeg vernesko?"),
    Pair("Kan vi bruke emojier i et innlegg?", "Har vi firmahytte?"),
    Pair("Hva gjør vi med innholdet i en kanal som legges ned?", "Finnes det lønnstrinn?"),
    Pair("Skal vi bruke Oslo-logoen på profilklær?", "Må jeg ha helseattest?"),
)


def main() -> None:
    assistant = build_assistant(load_settings())
    opened = assistant._opened()
    print("letters   follow-ups taken for one   new topics for a new one")
    for letters in LENGTHS:
        absence.THING_LETTERS = letters
        leans = assistant._searcher.leaning(opened)

        def relation(pair: Pair) -> Relation:
            history = [Turn("user", pair.first), Turn("assistant", "…")]
            respell = opened.words.respell
            return in_context(pair.second, history, leans=leans, respell=respell).relation  # noqa: B023

        kept = sum(relation(pair) is Relation.FOLLOW_UP for pair in FOLLOW_UPS)
        told = sum(relation(pair) is Relation.NEW_TOPIC for pair in NEW_TOPICS)
        print(f"{letters:7} {kept:17} of {len(FOLLOW_UPS)} {told:20} of {len(NEW_TOPICS)}")


if __name__ == "__main__":
    main()
