"""The starter documents and the two registers: complete, marked, free of numbers, quotes exact."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

KORPUS = Path(__file__).resolve().parents[1] / "korpus"
FOLDERS = ("designmanual", "retningslinjer", "lov")
MARKER = "Prosjektets egen sammenfatning av offentlige fakta, ikke en regel fra Oslo kommune."
PURPOSES = {
    "plikt eller vedtak til enkeltpersoner",
    "driftsmelding",
    "hendelse som haster",
    "nyhet",
    "invitasjon",
    "dialog og medvirkning",
    "intern endring",
    "krise",
}
TRIGGERS = {
    "alle beslutninger",
    "innbyggeres rettigheter",
    "ansattes arbeid",
    "nytt verktøy",
    "plan eller bygg",
    "personopplysninger",
    "mange språk",
    "medieinteresse",
    "hvem beslutter",
    "krise",
    "eldre/ungdom/funksjonsnedsettelse",
}
AUDIENCES = {
    "innbyggere",
    "ansatte",
    "ansatte uten kontor",
    "ledere",
    "media",
    "samarbeidspartnere",
    "egen gruppe",
}
# Where the source binds without the modal verb itself: "har en informasjonsplikt", "gjelder også".
BINDS_WITHOUT_MODAL = {"informasjonsplikt", "folg-beredskapsplanen", "folg-krav-paa-intranett"}

# Five digits or more, or groups as Norwegian numbers are written; "41 000" and "#2a2859" pass.
PHONE = re.compile(
    r"(?<![#\w])(?:\+\d{2}|00\d{2}|\d{5,}|\d{2}(?:[ .]\d{2}){3}|\d{3}[ .]\d{2}[ .]\d{3})(?!\w)"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def triggers(duty: dict[str, Any]) -> set[str]:
    """Return the themes that bring a duty."""
    cases = duty.get("hvis", [])
    tables = [cases] if isinstance(cases, dict) else cases
    return {*duty.get("gjelder_ved", []), *(theme for table in tables for theme in table)}


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def starter_files() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (KORPUS / folder).glob("*.md"))


def name(path: Path) -> str:
    return path.relative_to(KORPUS).as_posix()


def catalogue() -> list[dict[str, Any]]:
    """Return the starter entries: from the merged catalogue, else from the starter's own."""
    entries: list[dict[str, Any]] = []
    for file in ("katalog.toml", "starter_katalog.toml"):
        path = KORPUS / file
        if path.exists():
            entries = toml(path)["dokument"]
            if any(entry["fil"].startswith(FOLDERS) for entry in entries):
                break
    return [entry for entry in entries if entry["fil"].startswith(FOLDERS)]


def plain(text: str) -> str:
    """Strip Markdown bullets and emphasis and collapse white space."""
    text = re.sub(r"(?m)^\s*(?:[-*]|\d+\.)\s+", "", text)
    text = re.sub(r"\*\*|__|`", "", text)
    return " ".join(text.split())


def lines_of(source: str) -> list[str]:
    """Return what a quote must lie within: a line of Markdown, or a whole collapsed text file."""
    text = (KORPUS / source).read_text(encoding="utf-8")
    return [plain(line) for line in text.splitlines()] if source.endswith(".md") else [plain(text)]


def channels() -> list[dict[str, Any]]:
    return toml(KORPUS / "registre" / "kanaler.toml")["kanal"]


def purposes(rule: dict[str, Any]) -> set[str]:
    """What a channel rule is about: one purpose or a list; every purpose where none is named."""
    named = rule.get("formaal", [])
    return {named} if isinstance(named, str) else set(named)


def duties() -> list[dict[str, Any]]:
    return toml(KORPUS / "registre" / "plikter.toml")["plikt"]


def channel_rules() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (channel["id"], kind, rule)
        for channel in channels()
        for kind in ("egnet_for", "ikke_for", "krav")
        for rule in channel.get(kind, [])
    ]


RULES = [
    *(
        pytest.param(rule, id=f"{owner}-{kind}-{number}")
        for number, (owner, kind, rule) in enumerate(channel_rules())
    ),
    *(pytest.param(duty, id=duty["id"]) for duty in duties()),
]


def test_starter_files_and_catalogue_agree() -> None:
    entries = [entry["fil"] for entry in catalogue()]
    assert len(entries) == len(set(entries))
    assert set(entries) == {name(path) for path in starter_files()}


def test_catalogue_marks_every_starter_document_as_a_summary() -> None:
    for entry in catalogue():
        assert entry["gyldighet"] == "sammendrag", entry["fil"]
        assert entry["navn"], entry["fil"]
        title = (KORPUS / entry["fil"]).read_text(encoding="utf-8").splitlines()[0]
        assert title == f"# {entry['tittel']}"


@pytest.mark.parametrize("path", starter_files(), ids=name)
class TestDocument:
    def test_starts_with_title_and_marker(self, path: Path) -> None:
        title, _, marker, blank = path.read_text(encoding="utf-8").splitlines()[:4]
        assert title.startswith("# ")
        assert (marker, blank) == (MARKER, "")

    def test_ends_with_what_is_unknown_and_the_sources(self, path: Path) -> None:
        headings = re.findall(r"(?m)^#+ .*$", path.read_text(encoding="utf-8"))
        assert headings[-2:] == ["## Hva vi ikke vet", "## Kilder"]
        assert sum(heading.startswith("# ") for heading in headings) == 1

    def test_sources_say_how_sure_they_are(self, path: Path) -> None:
        sources = path.read_text(encoding="utf-8").split("## Kilder")[1].strip().splitlines()
        assert len(sources) >= 2
        assert all(source.startswith("- ") and source.endswith(".") for source in sources)
        assert any("kilde" in source for source in sources)

    def test_has_no_phone_numbers_or_addresses(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert PHONE.findall(text) == []
        assert EMAIL.findall(text) == []

    def test_has_a_readable_length(self, path: Path) -> None:
        assert 300 <= len(path.read_text(encoding="utf-8").split()) <= 700

    def test_file_name_is_plain(self, path: Path) -> None:
        assert re.fullmatch(r"[a-z0-9-]+\.md", path.name)

    def test_no_sentence_begins_with_a_bare_pronoun(self, path: Path) -> None:
        """A sentence is quoted alone, so it must name what it speaks of."""
        text = plain(path.read_text(encoding="utf-8"))
        bare = r"(?:^|[.:?] )(?:Dette|Disse|Denne|(?:Den|De) (?:er|har|kan|skal|må|bør|gjelder))\b"
        assert re.findall(bare + ".{0,40}", text) == []


def test_the_phone_pattern_finds_numbers_and_lets_amounts_and_colours_pass() -> None:
    for number in ("22 22 22 22", "02180", "+47", "99999999", "800 33 444", "22.22.22.22"):
        assert PHONE.search(f"ring {number} nå"), number
    for text in ("41 000 ansatte", "koden #034b45.", "#000000", "sak 1091/18", "1. juni 2026"):
        assert not PHONE.search(text), text


@pytest.mark.parametrize("rule", RULES)
def test_register_quote_stands_in_its_source(rule: dict[str, Any]) -> None:
    assert rule["styrke"] in {"skal", "bør", "må", "kan", "råd"}
    quote = rule["sitat"]
    assert quote == plain(quote)
    assert any(quote in line for line in lines_of(rule["kilde"])), quote


def test_ids_are_unique_and_plain() -> None:
    for entries in (channels(), duties()):
        ids = [entry["id"] for entry in entries]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9-]+", entry) for entry in ids)


def test_channels_use_the_closed_lists() -> None:
    ids = {channel["id"] for channel in channels()}
    for channel in channels():
        assert channel["retning"] in {"ekstern", "intern", "begge", "beredskap"}
        assert channel["status"] in {"planlagt", "i bruk", "avvikles", "avviklet", "ukjent"}
        assert set(channel["maalgrupper"]) <= AUDIENCES
        assert channel["erstattet_av"] in ids | {""}
    for owner, kind, rule in channel_rules():
        if kind == "krav":
            assert rule["krav"], owner
        else:
            assert purposes(rule) <= PURPOSES, owner
            assert purposes(rule) or kind == "ikke_for", owner


def test_no_nickname_means_two_channels() -> None:
    names = [
        word.casefold()
        for channel in channels()
        for word in {channel["navn"], *channel["kallenavn"]}
    ]
    assert sorted(names) == sorted(set(names))


def test_workplace_is_closed_without_a_known_successor() -> None:
    workplace = next(channel for channel in channels() if channel["id"] == "workplace")
    assert workplace["status"] == "avviklet"
    assert workplace["status_fra"].isoformat() == "2026-06-01"
    assert workplace["erstattet_av"] == ""
    assert "egnet_for" not in workplace
    assert any("ikke offentlig kjent" in rule["sitat"] for rule in workplace["krav"])


def test_duties_use_the_closed_lists() -> None:
    for duty in duties():
        assert duty["naar"] in {"før", "ved", "etter", "alltid"}
        assert duty["styrke"] in {"skal", "bør", "må", "kan", "råd"}
        assert triggers(duty)
        assert triggers(duty) <= TRIGGERS
        assert isinstance(duty.get("sjekk_med_jurist", False), bool)


def test_every_trigger_has_a_duty() -> None:
    assert {trigger for duty in duties() for trigger in triggers(duty)} == TRIGGERS


@pytest.mark.parametrize("duty", duties(), ids=lambda duty: duty["id"])
def test_a_duty_is_as_strong_as_its_source(duty: dict[str, Any]) -> None:
    if duty["id"] not in BINDS_WITHOUT_MODAL and duty["styrke"] != "råd":
        assert re.search(rf"\b{duty['styrke']}\b", duty["sitat"])
