from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistent.corpus import read_corpus
from assistent.errors import CorpusError
from assistent.index import read_rules
from assistent.registers import CHANNELS, DUTIES, FOLDER, load_registers
from assistent.types import ChannelStatus, Clause, Document, Registers, Role
from tests.fakes import PlainReader, build, small_corpus

CHANNEL = """[[kanal]]
id = "tavla"
navn = "Tavla"
kallenavn = ["oppslagstavla"]
retning = "intern"
maalgrupper = ["ansatte"]
status = "i bruk"

[[kanal.egnet_for]]
formaal = "nyhet"
regel = "Heng opp nyheten."
styrke = "kan"
kilde = "regler/kantine.md"
sitat = "Alle betaler med kort."

[[kanal.krav]]
krav = "lesbarhet"
regel = "Bruk stor skrift."
styrke = "bør"
kilde = "regler/sykkel.md"
sitat = "Hjelm følger med sykkelen."
"""
DUTY = """[[plikt]]
id = "kort"
tittel = "Betal med kort"
hva = "Alle betaler med kort."
hvem = "alle"
naar = "ved"
styrke = "skal"
gjelder_ved = ["alle beslutninger"]
sjekk_med_jurist = true
kilde = "regler/kantine.md"
sitat = "Alle betaler med kort."
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = small_corpus(tmp_path)
    (folder / FOLDER).mkdir()
    return folder


def documents(corpus: Path) -> dict[str, Document]:
    read, _ = read_corpus(corpus, PlainReader)
    return {document.info.path: document for document in read}


def load(corpus: Path, *, channels: str = "", duties: str = "") -> Registers:
    if channels:
        (corpus / FOLDER / CHANNELS).write_text(channels, encoding="utf-8")
    if duties:
        (corpus / FOLDER / DUTIES).write_text(duties, encoding="utf-8")
    return load_registers(corpus, documents(corpus))


def fault(corpus: Path, **registers: str) -> str:
    with pytest.raises(CorpusError) as caught:
        load(corpus, **registers)
    return str(caught.value)


def test_corpus_without_registers_has_empty_ones(corpus: Path) -> None:
    assert load(corpus) == Registers()


def test_channel_is_read_with_its_rules_and_the_places_of_their_quotes(corpus: Path) -> None:
    [channel] = load(corpus, channels=CHANNEL).channels
    assert (channel.id, channel.name, channel.nicknames) == ("tavla", "Tavla", ("oppslagstavla",))
    assert channel.status is ChannelStatus.IN_USE
    [rule] = channel.suited
    text = documents(corpus)[rule.document].text
    assert text[rule.start : rule.end] == rule.quote == "Alle betaler med kort."
    assert [demand.about for demand in channel.demands] == ["lesbarhet"]
    assert channel.unsuited == ()


def test_duty_is_read_with_strength_and_quote(corpus: Path) -> None:
    [duty] = load(corpus, duties=DUTY).duties
    assert (duty.title, duty.when, duty.ask_lawyer) == ("Betal med kort", "ved", True)
    assert duty.rule.strength == "skal"
    assert duty.rule.about == duty.title


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('sitat = "Alle betaler', 'sitat = "Alle  betaler', 14, "står ikke ordrett"),
        ('kilde = "regler/sykkel.md"', 'kilde = "regler/bil.md"', 20, "ikke blant dokumentene"),
        ('formaal = "nyhet"', 'formaal = "fest"', 10, "«formaal» skal være en av"),
        ('status = "i bruk"', 'status = "død"', 7, "«status» skal være en av"),
        ('styrke = "bør"\n', "", 16, "«styrke» mangler"),
        ('navn = "Tavla"', 'navn = "Tavla"\nfarge = "rød"', 4, "«farge» er ukjent"),
        ('status = "i bruk"', 'status = "avviklet"\nerstattet_av = "veggen"', 8, "«veggen»"),
        ("[[kanal.krav]]\nkrav", "[kanal.krav]\nkrav", 17, "[[kanal.krav]]"),
        ('"nyhet"', '"nyhet"\nhvis = { maalgrupe = ["ansatte"] }', 11, "ikke «maalgrupe»"),
        ('"nyhet"', '"nyhet"\nhvis = { hast = ["straks"] }', 11, "ikke «straks»"),
        ('"nyhet"', '"nyhet"\nhvis = { hast = [] }', 11, "ett eller flere svar"),
        ('"nyhet"', '"nyhet"\nhvis = []', 11, "ett eller flere svar"),
        ('"nyhet"', '"nyhet"\nrolle = "først"', 11, "«rolle» skal være en av hovedkanal"),
        ('"nyhet"', '"nyhet"\nopphav = "naboen"', 11, "«opphav» skal være en av oslo kommune"),
        ('status = "i bruk"', 'status = "i bruk"\nstatus_kilde = "x.md"', 1, "«status_sitat»"),
        (
            'status = "i bruk"',
            'status = "i bruk"\nstatus_kilde = "regler/kantine.md"\nstatus_sitat = "Nei."',
            9,
            "står ikke ordrett",
        ),
    ],
)
def test_fault_in_a_channel_is_named_with_its_line(
    corpus: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in CHANNEL
    message = fault(corpus, channels=CHANNEL.replace(old, new))
    assert f"{CHANNELS}, linje {line}:" in message
    assert says in message


def test_rule_without_conditions_holds_for_the_channels_audience_and_purpose(corpus: Path) -> None:
    [channel] = load(corpus, channels=CHANNEL).channels
    [rule] = channel.suited
    assert rule.condition == ((Clause("maalgruppe", ("ansatte",)), Clause("melding", ("nyhet",))),)
    assert (rule.role, rule.rank, rule.origin) == (Role.SUPPLEMENT, 0, None)
    assert channel.demands[0].condition == ()


def test_conditions_are_alternatives_of_tables_and_narrow_the_purpose(corpus: Path) -> None:
    text = CHANNEL.replace(
        '"nyhet"',
        '["nyhet", "invitasjon"]\n'
        'hvis = [{ maalgruppe = "ledere" }, { hast = ["i dag", "god tid"] }]',
    )
    [rule] = load(corpus, channels=text).channels[0].suited
    message = Clause("melding", ("nyhet", "invitasjon"))
    assert rule.condition == (
        (Clause("maalgruppe", ("ledere",)), message),
        (Clause("hast", ("i dag", "god tid")), Clause("maalgruppe", ("ansatte",)), message),
    )


def test_rules_for_every_channel_stand_beside_the_channels(corpus: Path) -> None:
    proof = 'kilde = "regler/kantine.md"\nsitat = "Alle betaler med kort."\n'
    demand = '[[krav]]\nkrav = "kort"\nregel = "Ta med kort."\nstyrke = "skal"\n' + proof
    crisis = '[[krisetekst]]\nregel = "Ring."\nstyrke = "skal"\n' + proof
    unknown = '[[ukjent]]\nhvis = { hensyn = ["mange språk"] }\n' + proof
    registers = load(corpus, channels=demand + crisis + unknown + CHANNEL)
    assert [rule.about for rule in registers.demands] == ["kort"]
    assert [rule.text for rule in registers.crisis] == ["Ring."]
    assert [rule.text for rule in registers.unknown_channels] == ["Alle betaler med kort."]
    wrong = demand.replace("betaler", "spiser") + CHANNEL
    assert "kanaler.toml, linje 6: sitatet" in fault(corpus, channels=wrong)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('gjelder_ved = ["alle beslutninger"]\n', "", "«gjelder_ved» mangler"),
        ('["alle beslutninger"]', '["været"]', "«gjelder_ved» skal være en av"),
        (
            '["alle beslutninger"]',
            '["alle beslutninger"]\nhvis = { krise = "ja" }',
            "ingen virkning",
        ),
        ('["alle beslutninger"]', '["krise"]\nhvis = { krise = "kanskje" }', "ikke «kanskje»"),
    ],
)
def test_fault_in_when_a_duty_applies_is_named(corpus: Path, old: str, new: str, says: str) -> None:
    assert says in fault(corpus, duties=DUTY.replace(old, new))


def test_an_edition_gives_the_registers_back_as_they_were(corpus: Path, tmp_path: Path) -> None:
    text = CHANNEL.replace('"nyhet"', '"nyhet"\nrolle = "mulighet"\nopphav = "lov"\nrang = 3')
    text = text.replace(
        'status = "i bruk"',
        'status = "i bruk"\nstatus_kilde = "regler/kantine.md"\n'
        'status_sitat = "Alle betaler med kort."',
    )
    registers = load(corpus, channels=text, duties=DUTY.replace("alle beslutninger", "krise"))
    report = build(corpus, tmp_path / "indeks")
    found, back = read_rules(tmp_path / "indeks" / report.edition)
    assert back == registers
    assert set(found) == {"regler/kantine.md", "regler/sykkel.md"}


def test_two_duties_with_one_id_are_refused(corpus: Path) -> None:
    message = fault(corpus, duties=DUTY + DUTY)
    assert f"{DUTIES}, linje {len(DUTY.splitlines()) + 2}:" in message
    assert "står to ganger" in message


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        ("avviklet", ChannelStatus.IN_USE, ChannelStatus.CLOSED),
        ("i bruk", ChannelStatus.PLANNED, ChannelStatus.IN_USE),
        ("ukjent", ChannelStatus.UNKNOWN, ChannelStatus.UNKNOWN),
    ],
)
def test_status_turns_on_its_day(
    corpus: Path, status: str, before: ChannelStatus, after: ChannelStatus
) -> None:
    dated = f'status = "{status}"\nstatus_fra = 2026-06-01'
    [channel] = load(corpus, channels=CHANNEL.replace('status = "i bruk"', dated)).channels
    assert channel.status_on(date(2026, 5, 31)) is before
    assert channel.status_on(date(2026, 6, 1)) is after


def test_starter_registers_are_proven() -> None:
    corpus = Path(__file__).resolve().parent.parent / "korpus"
    registers = load_registers(corpus, documents(corpus))
    assert len(registers.channels) >= 20
    assert len(registers.duties) >= 40
