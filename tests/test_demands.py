from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.demands import Demand, counts, holds, read_demands
from assistent.words import stem

# --- What is asked for ---------------------------------------------------------------------------

ASKED = [
    (Demand.PERCENT, "Hvor mange prosent leser e-posten?"),
    (Demand.PERCENT, "hvor mange % leser egentlig en mail som går til alle"),
    (Demand.PERCENT, "Kor stor del av dei tilsette sit på kontor?"),
    (Demand.PERCENT, "To what percentage should users be able to zoom in?"),
    (Demand.PERCENT, "Hvor stor andel kjenner logoen?"),
    (Demand.PRICE, "Hva koster en time med tolk?"),
    (Demand.PRICE, "Kva kostar det å vere medlem?"),
    (Demand.PRICE, "ka koste det å trykk hundre plakata?"),
    (Demand.PRICE, "How much does one hour of interpreting cost?"),
    (Demand.PRICE, "Hva betalte vi årlig for alle de gamle logoene?"),
    (Demand.PRICE, "Hvor mye betalte kommunen byrået som tegnet logoen?"),
    (Demand.PRICE, "Får vi bot hvis vi slurver med det?"),
    (Demand.PRICE, "Hvor høy bot kan Nasjonalarkivet gi?"),
    (Demand.PRICE, "Hva er begynnerlønna for en sykepleier?"),
    (Demand.PRICE, "Hva er budsjettet til kampanjen?"),
    (Demand.PRICE, "Hvor dyrt er det å lage film?"),
    (Demand.COUNT, "Hvor mange ansatte har vi?"),
    (Demand.COUNT, "Kor mange kommunar er med i regionen?"),
    (Demand.COUNT, "How many employees does the city have?"),
    (Demand.COUNT, "kor mang folk jobbe hos dokker?"),
    (Demand.COUNT, "Hvor mange årsverk har etaten?"),
    (Demand.COUNT, "Hvor mange dagsentre har bydelen?"),
    (Demand.COUNT, "Hvor gammel må eleven være for å samtykke selv?"),
    (Demand.COUNT, "Hvor høy må kontrasten være?"),
    (Demand.COUNT, "Hva er antallet følgere?"),
    (Demand.COUNT, "Kva er talet på ikon i Punkt?"),
    (Demand.COUNT, "How long should a sentence be?"),
    (Demand.DURATION, "Hvor lenge kan jeg ta vare på lista?"),
    (Demand.DURATION, "Kor lenge kan vi ha bileta liggande?"),
    (Demand.DURATION, "kor læng kan æ vær heime med sjukt barn?"),
    (Demand.DURATION, "kor leng må dæm vent på svar?"),
    (Demand.DURATION, "How long do we keep the recording?"),
    (Demand.DURATION, "How many days before it gets filled?"),
    (Demand.DURATION, "en journalist vil ha et dokument, hvor mange virkedager har jeg?"),
    (Demand.DURATION, "Hvor lang klagefrist har en part?"),
    (Demand.DURATION, "Hva er fristen for å svare på et innsynskrav?"),
    (Demand.DURATION, "Kva frist har vi for teksting?"),
    (Demand.DURATION, "hvor kjapt må jeg svare henne da?"),
    (Demand.FREQUENCY, "Hvor ofte sjekker de om målene er nådd?"),
    (Demand.FREQUENCY, "Kor mange gonger blir sirenene prøvde?"),
    (Demand.FREQUENCY, "How many times is the plan revised?"),
    (Demand.FREQUENCY, "How often do they meet?"),
    (Demand.DATE, "Når ble strategien vedtatt?"),
    (Demand.DATE, "Når vart strategien vedteken?"),
    (Demand.DATE, "Når vedtok byrådet strategien?"),
    (Demand.DATE, "Når skal kanalstrategien være ferdig?"),
    (Demand.DATE, "Når åpner kantinen?"),
    (Demand.DATE, "Når trer loven i kraft?"),
    (Demand.DATE, "ka dato va det dem skrudde av Workplace?"),
    (Demand.DATE, "Sidan kva år har vi kunna bruke Teams?"),
    (Demand.DATE, "Hva klokka åpner pressevakten?"),
    (Demand.DATE, "Hvilke dager er kontoret åpent?"),
    (Demand.DATE, "On which dates is the alarm tested?"),
    (Demand.DATE, "When was the bill considered by the Storting?"),
    (Demand.PERSON, "Hva heter personvernombudet vårt?"),
    (Demand.PERSON, "ka heter ho som e personvernombud hos oss?"),
    (Demand.PERSON, "Hvem er direktør i Digitaliseringsetaten?"),
    (Demand.PERSON, "Kven er øvste leiar av administrasjonen?"),
    (Demand.PERSON, "Hvem er kommunikasjonsansvarlig i etaten?"),
    (Demand.PERSON, "Who is the data protection officer?"),
    (Demand.PERSON, "Hvem tegnet Oslo-logoen?"),
    (Demand.PERSON, "Kven leda arbeidsgruppa?"),
    (Demand.CONTACT, "Hvilket telefonnummer har pressevakten?"),
    (Demand.CONTACT, "hva er tlf nummeret til ki-teamet"),
    (Demand.CONTACT, "Hva er e-postadressen til teamet?"),
    (Demand.CONTACT, "kan du sende meg lenka til den"),
    (Demand.CONTACT, "What is the phone number of the press desk?"),
    (Demand.CONTACT, "Kva nettadresse må eg taste?"),
    (Demand.PLACE, "hvor i landet holdes konferansen?"),
    (Demand.PLACE, "Hvor møtes Kommunikasjonsforum?"),
    (Demand.PLACE, "In which room did the city government meet?"),
    (Demand.PLACE, "Jeg trenger gateadressen deres, hva er den?"),
    (Demand.CODE, "fargekode dark-beige-1000?"),
    (Demand.CODE, "Hva er hex-koden til warm-blue-1000?"),
    (Demand.CODE, "hva er passordet til mediearkivet"),
    (Demand.CODE, "Jeg mangler fargekoden for green-700, kan du gi meg den?"),
    (Demand.CODE, "What is the colour code of the logo?"),
]
NOTHING_ASKED = [
    "Hvordan skal vi skrive?",
    "Hvilke kanaler skal vi bruke?",
    "Hvorfor har vi så mange nettsider?",
    "How should we write to the residents?",
    # A body or a role answers these, and needs no name.
    "Hvem er målgruppene våre?",
    "Hvem er ansvarlig for universell utforming?",
    "Hvem har ansvaret for teksten?",
    "Hvem skal lederen varsle?",
    "hvem er det lederen må snakke med først?",
    "ka e sjefen sin jobb når det smell?",
    "Hvem betaler for tolken?",
    "Hva heter språkprofilen?",
    # The answer is a place in a text, not in the world.
    "Hvor i åndsverkloven står retten til eget bilde?",
    "Hvor i strategien står det om klart språk?",
    # «Når» that sets a condition.
    "Når bruker vi SvarUt og når Digipost?",
    "Når vi kjøper et verktøy, hvem må vi spørre?",
    "When is an interpreter needed?",
    # How something is written asks for no such thing.
    "Hvordan skriver vi telefonnummer?",
    "Korleis skriv vi datoar og prosent?",
    "Skal vi skrive prosent eller %?",
    "Må telefonnummeret stå på plakaten?",
    "Hvordan informerer vi om økte gebyrer?",
    "Hvordan skal vi snakke om budsjettet?",
    # Words that only look like one.
    "Kan vi bruke bilder av dyr?",
    "Lønner det seg å skrive kort?",
    "Must people be told that they are chatting with a bot?",
    "Hvor langt kan jeg gå i å kritisere kommunen?",
    "",
    "🙂",
]


@pytest.mark.parametrize(("demand", "asked"), ASKED)
def test_question_asks_for_one_kind_of_thing(demand: Demand, asked: str) -> None:
    assert read_demands(asked) == {demand}


@pytest.mark.parametrize("asked", NOTHING_ASKED)
def test_question_that_asks_for_no_such_thing_demands_nothing(asked: str) -> None:
    assert read_demands(asked) == frozenset()


@pytest.mark.parametrize("kind", Demand)
def test_every_kind_is_asked_for_and_held_in_the_tables(kind: Demand) -> None:
    assert kind in {demand for demand, _ in ASKED}
    assert {held for demand, _, held in HELD if demand is kind} == {True, False}


def test_two_things_may_be_asked_for_at_once() -> None:
    asked = "Når åpner kantinen, og hva er telefonnummeret?"
    assert read_demands(asked) == {Demand.DATE, Demand.CONTACT}
    assert read_demands("Hvordan bestiller jeg tolk, og hva koster det?") == {Demand.PRICE}


@given(st.sampled_from(ASKED), st.sampled_from(["{}", "  {}  ", "og {}", "Hei! {}", "({})"]))
def test_case_and_what_stands_around_do_not_matter(row: tuple[Demand, str], around: str) -> None:
    demand, asked = row
    assert demand in read_demands(around.format(asked.upper()))
    assert demand in read_demands(around.format(asked.lower()))


@given(st.text(max_size=300))
def test_anything_can_be_read(text: str) -> None:
    assert read_demands(text) <= set(Demand)
    for kind in Demand:
        assert holds(kind, text) in {True, False}


# --- What a statement holds ----------------------------------------------------------------------

HELD = [
    (Demand.PERCENT, "Svarprosenten var 84 %.", True),
    (Demand.PERCENT, "Åtti prosent kjenner logoen.", True),
    (Demand.PERCENT, "Om lag halvparten jobber ute.", True),
    (Demand.PERCENT, "Én av fem leser brevet.", True),
    (Demand.PERCENT, "Mange leser brevet.", False),
    (Demand.PERCENT, "Skriv prosent med bokstaver.", False),
    (Demand.PERCENT, "Profilen gir bruk av fem farger.", False),
    (Demand.PRICE, "En annonse koster 500 kr.", True),
    (Demand.PRICE, "Prisen er kr 1 200.", True),
    (Demand.PRICE, "Vi sparer fem millioner i året.", True),
    (Demand.PRICE, "Tolken er gratis for innbyggeren.", True),
    (Demand.PRICE, "Loven har ingen særskilt straff for det.", True),
    (Demand.PRICE, "Annonser kjøpes inn samlet.", False),
    (Demand.PRICE, "Kostnadene dekkes av virksomheten.", False),
    (Demand.PRICE, "Språkkravet gjelder fra 2022.", False),
    (Demand.COUNT, "Vi har 50 000 ansatte.", True),
    (Demand.COUNT, "Strategien har fem innsatsområder.", True),
    (Demand.COUNT, "Det er ingen krav.", True),
    (Demand.COUNT, "De ansatte er viktige.", False),
    (Demand.COUNT, "Det følger av § 4-1.", False),
    (Demand.COUNT, "Vedtatt i sak 1038/25, 22. mai 2025.", False),
    (Demand.COUNT, "En ansatt har rett til å ytre seg.", False),
    (Demand.DURATION, "Opptaket skal tekstes innen 14 dager.", True),
    (Demand.DURATION, "Svar gis uten ugrunnet opphold.", True),
    (Demand.DURATION, "Klagefristen er tre uker.", True),
    (Demand.DURATION, "Innsyn gis senest dagen etter.", True),
    (Demand.DURATION, "Saken sendes i god tid.", True),
    (Demand.DURATION, "Vi bygger kompetanse innen kommunikasjon.", False),
    (Demand.DURATION, "Etaten har fire årsverk.", False),
    (Demand.DURATION, "Bydelen har to dagsentre.", False),
    (Demand.FREQUENCY, "Målene evalueres årlig.", True),
    (Demand.FREQUENCY, "Forumet møtes hver måned.", True),
    (Demand.FREQUENCY, "Planen øves to ganger i året.", True),
    (Demand.FREQUENCY, "Hver enkelt virksomhet har ansvar.", False),
    (Demand.FREQUENCY, "Ta opp én sak om gangen.", False),
    (Demand.DATE, "Vedtatt 22. mai 2025.", True),
    (Demand.DATE, "Loven gjelder fra 2022.", True),
    (Demand.DATE, "Kantinen åpner klokken elleve.", True),
    (Demand.DATE, "Pressevakten er åpen klokka 8–16.", True),
    (Demand.DATE, "Kontoret er åpent mandag til onsdag.", True),
    (Demand.DATE, "Kanalstrategien skal utarbeides.", False),
    (Demand.DATE, "Det følger av § 4-1 og 14 andre regler.", False),
    (Demand.PERSON, "Byrådsleder er Kari Nordmann.", True),
    (Demand.PERSON, "Logoen er tegnet av Ane-Marie Å. Lie Hansen.", True),
    (Demand.PERSON, "Øverste leder er kommunedirektøren.", True),
    (Demand.PERSON, "Lederen har ansvaret.", False),
    (Demand.PERSON, "Når Digitaliseringsetaten spør, svarer Kari.", False),
    (Demand.PERSON, "Logoen settes i Oslo Sans.", False),
    (Demand.CONTACT, "Ring 21 80 21 80.", True),
    (Demand.CONTACT, "Skriv til post@oslo.kommune.no.", True),
    (Demand.CONTACT, "Se oslo.kommune.no for mer.", True),
    (Demand.CONTACT, "Ring 110 ved brann.", True),
    (Demand.CONTACT, "Ring oss gjerne.", False),
    (Demand.CONTACT, "Vedtatt 22. mai 2025 i sak 1038/25.", False),
    (Demand.PLACE, "Konferansen holdes i Bergen.", True),
    (Demand.PLACE, "Møtet er på rådhuset.", True),
    (Demand.PLACE, "Etaten holder til i Storgata 1.", True),
    (Demand.PLACE, "Forumet møtes jevnlig.", False),
    (Demand.PLACE, "Reglene gjelder alle ansatte i Oslo kommune.", False),
    (Demand.CODE, "Fargen er #2a2859.", True),
    (Demand.CODE, "Fargen er 42, 40, 89 i RGB.", True),
    (Demand.CODE, "Organisasjonsnummeret er 958935420.", True),
    (Demand.CODE, "Bruk dark-green-1000 på hvit bunn.", False),
    (Demand.CODE, "Fargene ble valgt i 2019.", False),
]  # fmt: skip


@pytest.mark.parametrize(("demand", "text", "held"), HELD)
def test_statement_holds_what_is_demanded(demand: Demand, text: str, held: bool) -> None:
    assert holds(demand, text) is held


@pytest.mark.parametrize(
    ("text", "counted", "expected"),
    [
        ("Planen har fem mål.", "mål", True),
        ("Planen har fem delmål.", "mål", True),
        ("Vi har 50 000 ansatte.", "ansatte", True),
        ("Antall ansatte: 50 000.", "ansatte", True),
        ("Målene ble vedtatt i 2025.", "mål", False),
        ("Målene følger av § 4-1.", "mål", False),
        ("Planen har mange mål.", "mål", False),
        ("Planen har fem deler. Den nye ledelsen skal nå alle mål.", "mål", False),
        ("Planen har fem deler.", "mål", False),
    ],
)
def test_number_counts_what_stands_beside_it(text: str, counted: str, expected: bool) -> None:
    assert counts(text, frozenset({stem(counted)})) is expected


def test_nothing_is_counted_where_nothing_is_named() -> None:
    assert not counts("Planen har fem mål.", frozenset())
