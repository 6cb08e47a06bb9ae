from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistent import texts_cli, texts_corpus, texts_index, texts_model
from assistent.cli import building, commands, journal, main, tool_server
from assistent.cli.arguments import parse_arguments
from assistent.errors import UsageError

VERBS = {
    "journal": journal.look_after,
    "modell": commands.prepare_model,
    "indekser": building.build_index,
    "kilde": commands.show_document,
    "finn": commands.find,
    "svar": commands.answer,
    "start": commands.start,
    "mcp": tool_server.serve_tools,
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_leads_to_its_command(verb: str) -> None:
    words = [verb, "regler/a.md"] if verb == "kilde" else [verb]
    assert parse_arguments(words).command is VERBS[verb]


@pytest.mark.parametrize("verb", ["finn", "svar"])
def test_asking_takes_folders_a_day_and_a_question(verb: str) -> None:
    words = [verb, "--json", "--korpus", "k", "--indeks", "i", "--dato", "2023-01-01", "Hva nå?"]
    parsed = parse_arguments(words)
    assert (parsed.corpus, parsed.index) == (Path("k"), Path("i"))
    assert (parsed.day, parsed.as_json) == (date(2023, 1, 1), True)
    assert (parsed.question, parsed.file) == ("Hva nå?", None)


def test_options_may_come_after_the_question() -> None:
    assert parse_arguments(["finn", "Hva nå?", "--k", "3"]).count == 3


def test_unset_options_leave_the_settings_alone() -> None:
    parsed = parse_arguments(["finn", "Hva nå?"])
    assert (parsed.corpus, parsed.index, parsed.day, parsed.count) == (None, None, None, 10)


def test_minus_is_a_file_name_and_two_of_them_end_the_options() -> None:
    assert parse_arguments(["svar", "--fil", "-"]).file == "-"
    assert parse_arguments(["svar", "--", "-hva?"]).question == "-hva?"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "dette mangler: VERB"),
        (["hopp"], "ukjent valg: 'hopp'"),
        (["svar", "a", "b"], "ukjente argumenter: b"),
        (["svar", "--k", "3", "a"], "ukjente argumenter: --k"),
        (["svar", "--jso", "a"], "ukjente argumenter: --jso"),
        (["svar", "--dato"], "mangler en verdi"),
        (["svar", "--dato", "22.05.2025", "a"], "«22.05.2025» er ikke en dato."),
        (["svar", "--dato", "2025-02-30", "a"], "«2025-02-30» er ikke en dato."),
        (["finn", "--k", "0", "a"], "«0» er ikke et antall fra 1 til 1000."),
        (["finn", "--k=-1", "a"], "«-1» er ikke et antall"),
        (["finn", "--k", "1001", "a"], "«1001» er ikke et antall"),
        (["finn", "--k", "ti", "a"], "«ti» er ikke et antall"),
        (["kilde"], "dette mangler: DOKUMENT"),
        (["mcp", "--http", "0"], "«0» er ikke en port."),
        (["mcp", "--http", "65536"], "«65536» er ikke en port."),
        (["mcp", "--adresse", "eksempel.no"], "«eksempel.no» er ikke en nettadresse."),
        (["mcp", "--adresse", "ftp://eksempel.no"], "er ikke en nettadresse."),
        (["indekser", "a"], "ukjente argumenter: a"),
    ],
)
def test_wrong_usage_is_said_in_norwegian(words: list[str], expected: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_arguments(words)
    message = str(caught.value)
    assert message.startswith("Feil bruk: ")
    assert expected in message
    assert re.search(r"Se «assistent( \w+)? --help»\.$", message)
    for english in ("argument", "required", "invalid", "expected", "unrecognized"):
        assert english not in message.replace("argumenter", "")


@pytest.mark.parametrize("word", ["-h", "--help", "--hjelp"])
def test_help_is_norwegian_and_names_every_verb(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([word])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("bruk: assistent")
    assert all(re.search(rf"^ +{verb}\b", shown, re.MULTILINE) for verb in VERBS)
    for english in ("usage", "optional", "positional", "show this"):
        assert english not in shown


def test_every_command_that_a_message_names_exists() -> None:
    said = (texts_cli, texts_corpus, texts_index, texts_model)
    source = "".join(Path(each.__file__).read_text(encoding="utf-8") for each in said)
    named = set(re.findall(r"«assistent (\w+)", source))
    assert {"indekser", "modell"} <= named
    assert {verb for verb in named if not exists(verb)} == set()
    assert not exists("hopp")


def exists(verb: str) -> bool:
    try:
        parse_arguments([verb])
    except UsageError as error:
        return f"ukjent valg: '{verb}'" not in str(error)
    return True
