from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistent import texts_corpus
from assistent.catalogue import infer_entry, load_catalogue
from assistent.errors import CorpusError
from assistent.types import Standing
from tests.fakes import KANTINE

CORPUS = Path(__file__).resolve().parent.parent / "korpus"
ENTRY = '[[dokument]]\nfil = "regler/kantine.md"\ntittel = "Kantineordningen"\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "regler").mkdir()
    (tmp_path / "regler/kantine.md").write_text(KANTINE, encoding="utf-8")
    return tmp_path


def fault_in(corpus: Path, source: str | bytes) -> str:
    """Write a catalogue and return the error it gives, without the path before the line."""
    data = source.encode() if isinstance(source, str) else source
    (corpus / "katalog.toml").write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        load_catalogue(corpus)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(corpus / "katalog.toml"))
    return message.removeprefix(str(corpus / "katalog.toml")).removeprefix(", ")


def test_corpus_without_a_catalogue_has_no_entries(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) == {}


def test_every_key_of_an_entry_is_read(corpus: Path) -> None:
    (corpus / "katalog.toml").write_text(
        ENTRY
        + """type = "retningslinje"
eier = "Oslo kommune"
gjelder_for = "alle"
saksnummer = "sak 1/24"
vedtatt = 2024-01-02
gyldig_fra = 2024-01-03
gyldig_til = 2024-12-31
opphevet_av = "sak 2/25"
opphevet_dato = 2024-06-01
opphever = ["sak 9/20", "sak 8/19"]
gyldighet = "utkast"
rang = 7
sprak = "nn"
adresse = "https://eksempel.no"
lisens = "CC BY"
merknad = "Se også intranettet."
navn = ["kantinereglene"]
""",
        encoding="utf-8",
    )
    info = load_catalogue(corpus)["regler/kantine.md"]
    assert info.title == "Kantineordningen"
    assert (info.kind, info.owner, info.applies_to) == ("retningslinje", "Oslo kommune", "alle")
    assert (info.case_number, info.adopted) == ("sak 1/24", date(2024, 1, 2))
    assert (info.valid_from, info.valid_to) == (date(2024, 1, 3), date(2024, 12, 31))
    assert (info.repealed_by, info.repealed_on) == ("sak 2/25", date(2024, 6, 1))
    assert info.repeals == ("sak 9/20", "sak 8/19")
    assert info.declared_standing is Standing.DRAFT
    assert (info.precedence, info.language, info.url) == (7, "nn", "https://eksempel.no")
    assert (info.licence, info.note) == ("CC BY", "Se også intranettet.")
    assert info.names == ("kantinereglene",)
    assert not info.inferred


def test_catalogue_may_begin_with_a_byte_order_mark(corpus: Path) -> None:
    (corpus / "katalog.toml").write_bytes(b"\xef\xbb\xbf" + ENTRY.encode())
    assert list(load_catalogue(corpus)) == ["regler/kantine.md"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# topp\n" + ENTRY + 'tema = "mat"\n', "linje 5: nøkkelen «tema» er ukjent."),
        (ENTRY + "\n\nrang = 1.5\n", "linje 6: «rang» skal være et heltall."),
        (ENTRY + "rang = true\n", "linje 4: «rang» skal være et heltall."),
        (ENTRY + 'vedtatt = "2025-05-22"\n', "linje 4: «vedtatt» skal være en dato på formen"),
        (ENTRY + "vedtatt = 2025-05-22T10:00:00\n", "linje 4: «vedtatt» skal være en dato"),
        (ENTRY + 'navn = "kantina"\n', "linje 4: «navn» skal være en liste med tekster."),
        (ENTRY + 'navn = ["kantina", 3]\n', "linje 4: «navn» skal være en liste med tekster."),
        (ENTRY + "eier = 3\n", "linje 4: «eier» skal være en tekst i anførselstegn."),
        (ENTRY + 'gyldighet = "gyldig"\n', "linje 4: «gyldighet» skal være en av gjeldende, "),
        (
            ENTRY + "gyldig_fra = 2025-01-02\ngyldig_til = 2025-01-01\n",
            "linje 5: «gyldig_til» er før «gyldig_fra».",
        ),
        (ENTRY + "\n" + ENTRY, "linje 6: «regler/kantine.md» står to ganger."),
        (
            ENTRY + '\n[[dokument]]\ntittel = "B"\n# her\nfil = "borte.md"\n',
            "linje 8: filen «borte.md» finnes ikke.",
        ),
        ('\n[[dokument]]\ntittel = "A"\n', "linje 2: nøkkelen «fil» mangler."),
        ('[[dokument]]\nfil = "regler/kantine.md"\n', "linje 1: nøkkelen «tittel» mangler."),
        (ENTRY.replace("Kantineordningen", ""), "linje 1: nøkkelen «tittel» mangler."),
        (ENTRY + "\n[[dokumnet]]\n", "linje 5: nøkkelen «dokumnet» er ukjent."),
        ("[dokument]\nfil = 'a'\n", "linje 1: «dokument» skal være [[dokument]]."),
        ("dokument = [1]\n", "linje 1: «dokument» skal være en tabell"),
        (ENTRY + "rang = \n", "linje 4: ugyldig TOML"),
        (ENTRY + 'fil = "b.md"\n', "linje 4: ugyldig TOML"),
        (ENTRY + 'eier = "uten slutt', "linje 4: ugyldig TOML"),
        ("dokument = " + "[" * 5000, "linje 1: ugyldig TOML"),
    ],
)
def test_fault_is_reported_with_its_line(corpus: Path, source: str, expected: str) -> None:
    assert fault_in(corpus, source).startswith(expected)


@pytest.mark.parametrize(
    "name",
    ["./regler/kantine.md", "../{}/regler/kantine.md", "regler//kantine.md", "regler/kantine.md/"],
)
def test_entry_must_name_its_file_as_the_index_does(corpus: Path, name: str) -> None:
    # Such an entry would be accepted and then silently apply to nothing.
    source = f'[[dokument]]\nfil = "{name.format(corpus.name)}"\ntittel = "A"\n'
    assert "linje 2: " in (message := fault_in(corpus, source))
    assert "skal være en sti under korpusmappen" in message


def test_entry_must_not_name_a_file_elsewhere(corpus: Path) -> None:
    source = f'[[dokument]]\nfil = "{corpus}/regler/kantine.md"\ntittel = "A"\n'
    assert "linje 2: " in fault_in(corpus, source)


def test_entry_for_a_folder_or_an_impossible_name_is_an_entry_without_file(corpus: Path) -> None:
    for name in ("regler", "a" * 5000, "a\\u0000b"):
        source = f'[[dokument]]\nfil = "{name}"\ntittel = "A"\n'
        assert fault_in(corpus, source).startswith("linje 2: filen «")


def test_catalogue_that_is_not_utf8_says_so(corpus: Path) -> None:
    assert "ikke lagret som UTF-8" in fault_in(corpus, ENTRY.encode() + b"eier = '\xe5'\n")


def test_catalogue_that_cannot_be_opened_is_an_error_and_not_a_missing_one(corpus: Path) -> None:
    (corpus / "katalog.toml").mkdir()
    with pytest.raises(CorpusError, match=r"katalog\.toml kan ikke leses \("):
        load_catalogue(corpus)


def test_inferred_entry_takes_the_documents_own_title() -> None:
    info = infer_entry("strategi/plan.docx", "Plan for alt")
    assert (info.title, info.kind, info.inferred) == ("Plan for alt", "strategi", True)


def test_inferred_entry_falls_back_on_the_file_name_in_words() -> None:
    assert infer_entry("ny_plan-2025.txt", None).title == "Ny plan 2025"
    assert infer_entry("ny_plan-2025.txt", None).kind == "ukjent"


def test_inferred_entry_admits_that_its_standing_is_a_guess() -> None:
    assert infer_entry("plan.txt", None).note == texts_corpus.INFERRED_ENTRY


def test_starter_catalogue_has_an_entry_for_each_of_its_tables() -> None:
    tables = tomllib.loads((CORPUS / "katalog.toml").read_text("utf-8"))["dokument"]
    assert len(load_catalogue(CORPUS)) == len(tables) > 0


def test_the_two_strategies_differ_in_owner_and_standing() -> None:
    entries = load_catalogue(CORPUS)
    ours = entries["strategi/000_f46e2f4d7fabfedf.txt"]
    region = entries["strategi/001_2e0d28288a8e41a5.txt"]
    day = date(2026, 11, 22)
    assert (ours.owner, ours.standing_on(day)) == ("Oslo kommune", Standing.IN_FORCE)
    assert (region.owner, region.standing_on(day)) == ("Osloregionen IPR", Standing.EXPIRED)
    assert ours.repeals == ("byrådssak 1091/18",)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2024, 1, 2), Standing.DRAFT),
        (date(2024, 1, 3), Standing.IN_FORCE),
        (date(2024, 12, 31), Standing.IN_FORCE),
        (date(2025, 1, 1), Standing.EXPIRED),
    ],
)
def test_first_and_last_day_belong_to_the_period(
    corpus: Path, day: date, standing: Standing
) -> None:
    period = "gyldig_fra = 2024-01-03\ngyldig_til = 2024-12-31\n"
    (corpus / "katalog.toml").write_text(ENTRY + period, encoding="utf-8")
    assert load_catalogue(corpus)["regler/kantine.md"].standing_on(day) is standing


def test_a_repeal_counts_from_its_day_and_before_the_end_of_the_period(corpus: Path) -> None:
    dates = "opphevet_dato = 2024-06-01\ngyldig_til = 2024-12-31\n"
    (corpus / "katalog.toml").write_text(ENTRY + dates, encoding="utf-8")
    info = load_catalogue(corpus)["regler/kantine.md"]
    assert info.standing_on(date(2024, 5, 31)) is Standing.IN_FORCE
    assert info.standing_on(date(2024, 6, 1)) is Standing.REPEALED
    assert info.standing_on(date(2030, 1, 1)) is Standing.REPEALED
