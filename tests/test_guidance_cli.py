from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from assistent import forms, texts_guidance
from assistent.cli import main
from assistent.cli.guidance import THEME_FLAGS
from assistent.registers import FOLDER
from tests.fakes import build, small_corpus
from tests.test_channels import BAD, BOARD, GOOD
from tests.test_duties import DUTY
from tests.test_rule_check import CRISIS

DAY = ("--dato", "2026-11-22")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small corpus with rules, built into the folder «indeks» beside it."""
    monkeypatch.chdir(tmp_path)
    folder = small_corpus(tmp_path)
    (folder / FOLDER).mkdir()
    (folder / FOLDER / "kanaler.toml").write_text(CRISIS + BOARD + GOOD, encoding="utf-8")
    duty = DUTY + 'gjelder_ved = ["ansattes arbeid"]\n'
    (folder / FOLDER / "plikter.toml").write_text(duty, encoding="utf-8")
    build(folder, tmp_path / "indeks")
    return folder


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("corpus")
class TestKanal:
    CALL = ("kanal", "--målgruppe", "ansatte", "--melding", "nyhet", *DAY)

    def test_json_has_everything_to_render(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*self.CALL, "--hensyn", "mange språk", "--json"]) == 0
        record = printed(capsys)
        assert record["answers"]["concerns"] == ["mange språk"]
        [item] = record["recommended"]
        assert (item["channel"], item["role"]) == ("tavla", "hovedkanal")
        [reason] = item["reasons"]
        source = record["sources"][reason["source"] - 1]
        assert (source["quote"], source["section"]) == ("Alle betaler med kort.", ["Betaling"])
        assert source["standing"] == "gjeldende"
        assert record["edition"]

    def test_text_shows_channel_whose_word_and_quote(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(self.CALL) == 0
        out = capsys.readouterr().out
        assert "1. Tavla (bruk først)\n   Betal med kort. [1]\n   Fra Oslo kommune" in out
        assert "[1] Kantineordningen › Betaling (gjeldende)\n    «Alle betaler med kort.»" in out

    def test_danger_shows_the_crisis_text_first(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([*self.CALL, "--hast", forms.DANGER]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Er liv eller helse i fare?\n– Ta på hjelm. [1]\n\nFølg beredskaps")

    def test_asks_on_a_terminal_and_again_after_nonsense(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_terminal(monkeypatch, "åtte\n2\n4\n3\n2, 4\n")
        assert main(["kanal", "--json", *DAY]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["answers"] == {
            "audience": "ansatte",
            "message": "nyhet",
            "urgency": "denne uken",
            "concerns": ["mange språk", "trenger svar"],
        }
        assert texts_guidance.CHOOSE_AGAIN in err
        assert "krise" not in err

    def test_wrong_usage(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        for call in (["kanal"], ["kanal", "--melding", "nyhet"], [*self.CALL, "--hast", "straks"]):
            assert main(call) == 2
            out, err = capsys.readouterr()
            assert out == ""
            assert len(err.splitlines()) == 1
        on_terminal(monkeypatch, "")
        assert main(["kanal"]) == 2


@pytest.mark.usefixtures("corpus")
class TestSjekk:
    def test_json_has_everything_to_render(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["sjekk", "Ny kantine", "--ansatte", "ja", "--json", *DAY]) == 0
        record = printed(capsys)
        assert record["answers"]["description"] == "Ny kantine"
        assert record["answers"]["replies"]["krise"] == "usikker"
        assert list(record["parts"]) == ["før", "ved", "etter"]
        [line] = record["parts"]["ved"]
        assert (line["id"], line["strength"], line["clarify"]) == ("kort", "skal", [])
        assert record["sources"][line["source"] - 1]["quote"] == "Alle betaler med kort."

    def test_text_shows_part_modality_who_and_what_to_find_out(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["sjekk", "--ansatte", "usikker", "--krise", "nei", *DAY]) == 0
        out = capsys.readouterr().out
        assert "Når beslutningen blir tatt og gjort kjent\n[ ] Betal med kort (skal)\n" in out
        assert "Hvem: alle." in out
        assert "? Finn ut om beslutningen endrer oppgavene" in out

    def test_asks_ten_questions_on_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_terminal(monkeypatch, "j\nja\nu\n" + "n\n" * 6 + "nei\n")
        assert main(["sjekk", "--json", *DAY]) == 0
        replies = printed(capsys)["answers"]["replies"]
        assert list(replies.values()) == ["ja", "ja", "usikker", *["nei"] * 7]

    def test_wrong_usage(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        for call in (
            ["sjekk"],
            ["sjekk", "--krise", "kanskje"],
            ["sjekk", "x" * 201, "--krise", "nei"],
        ):
            assert main(call) == 2
            assert len(capsys.readouterr().err.splitlines()) == 1

    def test_every_theme_has_its_flag(self, capsys: pytest.CaptureFixture[str]) -> None:
        call = [word for names in THEME_FLAGS.values() for word in (f"--{names[-1]}", "nei")]
        assert main(["sjekk", *call, "--json", *DAY]) == 0
        assert set(printed(capsys)["answers"]["replies"].values()) == {"nei"}


class TestRegler:
    def test_rules_in_order(self, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["korpus", "--korpus", str(corpus), "--regler", *DAY]) == 0
        out = capsys.readouterr().out
        assert "ansatte\n  plikt eller vedtak til enkeltpersoner: (ingen kjent kanal)" in out
        assert "  nyhet: Tavla (hovedkanal)" in out
        assert "  skal: Betal med kort [ansattes arbeid: ja/usikker]" in out
        assert out.endswith("Reglene er i orden: 3 regler, ingen funn.\n")

    def test_findings_are_printed_and_make_the_command_fail(
        self, corpus: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = CRISIS + BOARD + GOOD + BAD
        (corpus / FOLDER / "kanaler.toml").write_text(text, encoding="utf-8")
        assert main(["korpus", "--korpus", str(corpus), "--regler", "--json", *DAY]) == 1
        out, err = capsys.readouterr()
        record = json.loads(out)
        # Contradicting rules: neither can be relied on, and the recommendation never shows.
        assert len(record["findings"]) == 2
        assert record["channel_rules"][0]["condition"] == [
            {"maalgruppe": ["ansatte"], "melding": ["nyhet"]}
        ]
        assert err == (
            "Reglene har 2 funn. Rett registeret som beskrevet, og kjør kommandoen på nytt.\n"
        )

    def test_a_fault_of_form_is_one_line(
        self, corpus: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = BOARD + GOOD.replace("Alle betaler", "Ingen betaler")
        (corpus / FOLDER / "kanaler.toml").write_text(text, encoding="utf-8")
        assert main(["korpus", "--korpus", str(corpus), "--regler"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "kanaler.toml, linje 14: sitatet står ikke ordrett" in err


def test_without_an_index_there_is_one_line_with_the_repair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["kanal", "--maalgruppe", "ansatte", "--melding", "nyhet"]) == 1
    assert "assistent indekser" in capsys.readouterr().err
