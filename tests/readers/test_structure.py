from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistent.readers import read_file
from assistent.readers.assembly import assemble
from assistent.readers.structure import blocks_from_plain_text
from assistent.types import BlockKind, ParsedText
from tests.readers.support import of_kind, outline, section

STRATEGIES = Path(__file__).resolve().parents[2] / "korpus" / "strategi"
OSLO_FILE = STRATEGIES / "000_f46e2f4d7fabfedf.txt"
OSLOREGIONEN_FILE = STRATEGIES / "001_2e0d28288a8e41a5.txt"
BULLETS = "•●\uf0b7"

OSLO = """
-
Sammendrag
Saksfremstilling
1. Innledning
2. Identifiserte behov
    Behov: Gjøre det enklere for innbyggere å vite hvor de finner informasjon
    Behov: Gi innbyggere individuelt tilpasset informasjon
    Behov: Øke prioriteringen av, og heve kvaliteten på, kommunikasjonsarbeidet
    Behov: Forenkle og forbedre internkommunikasjonen
    Behov: Legge til rette for en forbedret innbyggerdialog
3. Kommunikasjonsmål
    Oslo kommune oppfattes som én aktør og kommuniserer helhetlig, åpent og med klart språk
    Innbyggerne kjenner og har tillit til Oslo kommune
    Ansatte er stolte av å jobbe i Oslo kommune
4. Målgrupper
5. Strategiske innsatsområder
    Kanalstrategi
    Medvirkning og åpenhet
    Styrke internkommunikasjonen
    Integrere kommunikasjon i beslutningsprosesser
    Styrke kompetansen på kommunikasjon
Byrådsleders vurdering
Tidligere vedtak
Økonomiske og administrative konsekvenser
Vedtakskompetanse
Byrådslederen innstiller til byrådet å fatte følgende vedtak
    1. Byrådet vedtar følgende kommunikasjonsstrategi for Oslo kommune
        Formål
        Mål
        Strategiske innsatsområder
Byrådslederen innstiller til byrådet å fatte følgende vedtak
"""

OSLOREGIONEN = """
1. Kommunikasjonsmål
    Mål 1.
        Delmål
        Budskap
    Mål2
        Delmål
        Budskap
    Mål3
        Delmål
        Budskap
2. Målgrupper
3. Strategier for kommunikasjon
    Strategi 1 - målgruppeorientering
        Målgrupper
        Språk
    Strategi 2 – Planlagt og aktiv
        Planlagt
        Aktivt
        Kanalvalg
        Tillit og omdømme
    Strategi 3 - Roller, ansvar og kompetanse
        Samhandling på tvers
        Enhetlig visuell profil
        Ansvar og organisering
    Strategi 4 – Identitetsbygging og profilering
        Identitetsbygging
        Regional og nasjonal profilering
        Internasjonal profilering
"""


@pytest.fixture(scope="module")
def oslo() -> ParsedText:
    return read_file(OSLO_FILE)


@pytest.fixture(scope="module")
def osloregionen() -> ParsedText:
    return read_file(OSLOREGIONEN_FILE)


def read(text: str) -> ParsedText:
    return assemble(blocks_from_plain_text(text))


def bare(text: str) -> str:
    """Letters without white space and bullets."""
    return re.sub(rf"[\s{BULLETS}]", "", text)


# --- The two strategies --------------------------------------------------------------------------


def test_the_whole_outline_of_the_strategy_of_oslo(oslo: ParsedText) -> None:
    assert outline(oslo) == OSLO.strip("\n")


def test_the_whole_outline_of_the_strategy_of_osloregionen(osloregionen: ParsedText) -> None:
    assert outline(osloregionen) == OSLOREGIONEN.strip("\n")


@pytest.mark.parametrize("path", [OSLO_FILE, OSLOREGIONEN_FILE])
def test_no_letter_is_lost_added_or_moved(path: Path) -> None:
    assert bare(read_file(path).text) == bare(path.read_text("utf-8"))


def test_the_title_is_not_the_case_number(oslo: ParsedText) -> None:
    assert oslo.title == "Kommunikasjonsstrategi for Oslo kommune"


def test_the_second_point_and_the_signatures_belong_to_the_decision(oslo: ParsedText) -> None:
    decision = "Byrådslederen innstiller til byrådet å fatte følgende vedtak"
    assert section(oslo, decision) == [
        "Byrådets vedtak 1091/18 oppheves.",
        "Byrådslederens kontor, den 15. mai 2025\nEirik Lae Solberg",
        "Byrådet tiltrådte innstillingen fra byrådslederen\n"
        "Byrådet, den 22. mai 2025\nEirik Lae Solberg",
    ]
    point = "1. Byrådet vedtar følgende kommunikasjonsstrategi for Oslo kommune"
    assert section(oslo, decision, point, "Strategiske innsatsområder")[-1] == (
        "Styrke kompetansen på kommunikasjon"
    )


def test_goals_in_a_chapter_are_a_list_and_chapters_are_headings(oslo: ParsedText) -> None:
    assert section(oslo, "3. Kommunikasjonsmål")[1:] == [
        "Oslo kommune er én aktør og kommuniserer helhetlig, åpent og med klart språk",
        "Innbyggerne kjenner og har tillit til Oslo kommune",
        "Ansatte er stolte av å jobbe i Oslo kommune",
    ]


def test_a_paragraph_that_crosses_a_page_is_whole(oslo: ParsedText) -> None:
    paragraphs = of_kind(oslo, BlockKind.PARAGRAPH)
    assert any("med en arbeidsgruppe bestående av" in text for text in paragraphs)


def test_real_hyphens_stay(oslo: ParsedText) -> None:
    for words in ("kultur- og næringsliv", "kommunikasjons- og virksomhetsmål", "§ 10-2 første"):
        assert words in oslo.text


# --- Other layouts -------------------------------------------------------------------------------

CIRCULAR = """RUNDSKRIV 4/2024

BRUK AV SOSIALE MEDIER I VIRKSOMHETENE

1 FORMÅL
Rundskrivet gir felles regler for virksomhetenes bruk av sosiale medier. Det
gjelder alle ansatte som publiserer på vegne av kommunen.

2 ANSVAR
2.1 Virksomhetsleder
Virksomhetsleder har ansvar for at kontoene følges opp i arbeidstiden.
2.2 Redaktør
Redaktøren skal:
a) svare på spørsmål innen én virkedag,
b) fjerne innlegg som bryter reglene,
c) varsle kommunikasjonsavdelingen ved kritiske hendelser.

3 IKRAFTTREDELSE
Rundskrivet trer i kraft 1. januar 2024.
"""


def test_a_circular_with_numbered_headings_and_lettered_items() -> None:
    parsed = read(CIRCULAR)
    assert outline(parsed).splitlines() == [
        "-",
        "1 FORMÅL",
        "2 ANSVAR",
        "    2.1 Virksomhetsleder",
        "    2.2 Redaktør",
        "3 IKRAFTTREDELSE",
    ]
    assert of_kind(parsed, BlockKind.LIST_ITEM) == [
        "svare på spørsmål innen én virkedag,",
        "fjerne innlegg som bryter reglene,",
        "varsle kommunikasjonsavdelingen ved kritiske hendelser.",
    ]
    assert "a) svare" in parsed.text


GUIDE = """Veileder i klart språk
======================

Formål
------
Veilederen hjelper deg å skrive tekster som mottakeren forstår første gang.

Slik gjør du
------------
1. Tenk på hvem som skal lese.
2. Skriv det viktigste først.
3. Be en kollega lese gjennom.

Har du spørsmål, ring 21 80 21 80 mellom kl. 9 og 15.
"""


def test_a_guide_with_underlined_headings_and_a_numbered_list() -> None:
    parsed = read(GUIDE)
    assert outline(parsed).splitlines() == ["-", "Formål", "Slik gjør du"]
    assert of_kind(parsed, BlockKind.TITLE) == ["Veileder i klart språk"]
    assert len(of_kind(parsed, BlockKind.LIST_ITEM)) == 3
    assert "---" not in parsed.text


INSTRUCTIONS = """Instruks for pressekontakt

§ 1 Virkeområde
Instruksen gjelder alle virksomheter i kommunen, jf. kommuneloven § 4-1.

§ 2 Hvem som uttaler seg
Virksomhetsleder uttaler seg om egen virksomhet. Byråden uttaler seg om
politikk. Ansatte uttaler seg om eget fagfelt når leder er
orientert.

§ 3 Frister
Henvendelser fra media besvares samme dag.
"""


def test_instructions_with_paragraph_signs() -> None:
    parsed = read(INSTRUCTIONS)
    assert outline(parsed).splitlines() == [
        "-",
        "§ 1 Virkeområde",
        "§ 2 Hvem som uttaler seg",
        "§ 3 Frister",
    ]
    assert section(parsed, "§ 2 Hvem som uttaler seg")[0].endswith("når leder er orientert.")


MINUTES = """Møtereferat kommunikasjonsforum

Sted: Rådhuset, møterom 4
Tid: 12. mars 2025 kl. 10.00–11.30

Sak 1/25 Ny kanalstrategi
Prosjektleder orienterte om arbeidet. Forumet hadde disse innspillene:
- kanalene må ha en eier
- gamle kanaler må avvikles
- ansatte uten PC må nås

Sak 2/25 Bildebruk
Forumet tok saken til orientering.

Neste møte
Neste møte er 9. april 2025.
"""


def test_minutes_with_a_head_of_names_and_values() -> None:
    parsed = read(MINUTES)
    assert outline(parsed).splitlines() == [
        "-",
        "Sak 1/25 Ny kanalstrategi",
        "Sak 2/25 Bildebruk",
        "Neste møte",
    ]
    assert section(parsed)[1:] == [
        "Sted: Rådhuset, møterom 4",
        "Tid: 12. mars 2025 kl. 10.00–11.30",
    ]


PAGES = """Plan for internkommunikasjon
Utviklingsavdelingen

1. Bakgrunn
Mange ansatte har ikke fast arbeidsplass ved en pult. De trenger informa-
sjon som er lett å finne på mobil, og som kommer til rett tid. Kultur- og
idrettsetaten har prøvd korte videoer i budsjettperioden 2025-
/2026 med gode

Plan for internkommunikasjon
3
\fresultater. Erfaringene er samlet i et notat.

2. Tiltak
Tiltakene skal være enkle.

Plan for internkommunikasjon
4
\f3. Oppfølging
Tiltakene vurderes hvert år, og planen justeres etter behov.

Plan for internkommunikasjon
5
\f4. Vedlegg
Vedlegget viser en oversikt.

Plan for internkommunikasjon
6
"""


def test_pages_with_running_footers_and_page_numbers() -> None:
    parsed = read(PAGES)
    assert outline(parsed).splitlines() == [
        "-",
        "1. Bakgrunn",
        "2. Tiltak",
        "3. Oppfølging",
        "4. Vedlegg",
    ]
    assert section(parsed, "1. Bakgrunn") == [
        "Mange ansatte har ikke fast arbeidsplass ved en pult. De trenger informasjon som er lett "
        "å finne på mobil, og som kommer til rett tid. Kultur- og idrettsetaten har prøvd korte "
        "videoer i budsjettperioden 2025-/2026 med gode resultater. Erfaringene er samlet i et "
        "notat."
    ]
    assert parsed.text.count("Plan for internkommunikasjon") == 1
    assert not re.search(r"^\d+$", parsed.text, re.MULTILINE)


QUESTIONS = """Slik velger du kanal

Hvem skal du nå?
Skal du nå alle ansatte, bruker du intranettet. Skal du nå ansatte uten PC, må du avtale med \
nærmeste leder hvordan beskjeden gis, for eksempel på tavlemøte eller i appen.

Hva skal du si?
Korte beskjeder hører hjemme i meldinger. Lengre saker hører hjemme på intranettet, der de kan \
finnes igjen av alle.
"""


def test_questions_over_paragraphs_without_line_breaks() -> None:
    parsed = read(QUESTIONS)
    assert outline(parsed).splitlines() == ["-", "Hvem skal du nå?", "Hva skal du si?"]
    assert len(of_kind(parsed, BlockKind.PARAGRAPH)) == 2
