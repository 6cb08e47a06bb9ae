from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistent import bootstrap
from assistent.answering import Assistant
from assistent.cli import main
from assistent.cli.arguments import parse_arguments
from assistent.evaluation import question_sets
from assistent.evaluation.appending import append_question
from assistent.settings import Settings
from tests.conftest import Built
from tests.evaluation.samples import line, line_without_answer, write_set
from tests.fakes import WordEmbedder, build

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluer(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Run:
    """Run the command over the small corpus, embedded as words."""

    def build_assistant(settings: Settings) -> Assistant:
        return Assistant(settings.index, WordEmbedder())

    monkeypatch.setattr(bootstrap, "build_assistant", build_assistant)
    monkeypatch.setattr(
        bootstrap, "rebuild_index", lambda settings, **_: build(settings.corpus, settings.index)
    )
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["evaluer", *(str(word) for word in words)])
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_set(tmp_path / "egne_dev.jsonl", line(), line_without_answer())


def test_the_words_are_understood() -> None:
    words = "evaluer --sett a.jsonl b.jsonl --json --mot x --lagre y --rapport z --korpus k"
    parsed = parse_arguments([*words.split(), "--indeks", "i", "--dato", "2026-01-02"])
    assert parsed.sets == [Path("a.jsonl"), Path("b.jsonl")]
    assert (parsed.against, parsed.save, parsed.report) == (Path("x"), Path("y"), Path("z"))
    assert (parsed.corpus, parsed.index) == (Path("k"), Path("i"))
    assert (parsed.day, parsed.as_json) == (date(2026, 1, 2), True)
    assert (parsed.show_test, parsed.if_needed) == (False, False)


def test_tables_are_printed_in_norwegian(evaluer: Run, small_index: Built, questions: Path) -> None:
    code, out, err = evaluer("--sett", questions, "--indeks", small_index.index)
    assert (code, err) == (0, "")
    assert "2 spørsmål: 1 med svar, 1 uten" in out
    assert "Fasitsitat blant kildene" in out
    assert "100 % [100–100]" in out


def test_a_run_is_saved_compared_and_reported(
    evaluer: Run, small_index: Built, questions: Path, tmp_path: Path
) -> None:
    place = ("--sett", questions, "--indeks", small_index.index, "--dato", "2026-01-02")
    code, out, _ = evaluer(*place, "--lagre", "a.json", "--rapport", "rapport")
    assert code == 0
    assert "Kjøringen er lagret i a.json." in out
    assert "Rapporten ligger i rapport/index.html." in out
    assert "egne_dev" in (tmp_path / "rapport/index.html").read_text("utf-8")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["day"] == "2026-01-02"
    code, out, _ = evaluer(*place, "--mot", "a.json")
    assert code == 0
    assert "2 spørsmål felles" in out
    assert "Vunnet: 0" in out
    code, out, err = evaluer(*place, "--mot", "a.json", "--json")
    record = json.loads(out)
    assert (code, err) == (0, "")
    [group] = record["comparison"]["groups"]
    assert (group["common"], group["won"], group["lost_questions"]) == (2, 0, [])
    assert group["figures"]["sources.gold"]["change"] == 0.0
    assert [r["identity"] for r in record["results"]] == ["p-1", "p-9"]


def test_a_corpus_alone_is_measured_in_an_index_of_its_own(
    evaluer: Run, small_index: Built, questions: Path, tmp_path: Path
) -> None:
    before = sorted(each.name for each in tmp_path.iterdir())
    code, out, _ = evaluer("--sett", questions, "--korpus", small_index.corpus)
    assert code == 0
    assert "2 dokumenter" in out
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_a_stale_index_is_built_only_when_asked(
    evaluer: Run, small_index: Built, questions: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(bootstrap, "index_is_stale", lambda settings: True)
    place = ("--sett", questions, "--korpus", small_index.corpus, "--indeks", tmp_path / "ny")
    code, _, err = evaluer(*place)
    assert (code, err.count("\n")) == (1, 1)
    assert "assistent indekser" in err
    assert evaluer(*place, "--ved-behov")[0] == 0
    assert (tmp_path / "ny" / "gjeldende").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sett", "mangler.jsonl"), "mangler.jsonl kan ikke leses"),
        (("--sett", "egne_dev.jsonl", "--mot", "mangler.json"), "mangler.json kan ikke leses"),
        (("--sett", "egne_dev.jsonl", "--lagre", "x/y.json"), "Kan ikke skrive x/y.json"),
        (("--sett", "egne_dev.jsonl", "--rapport", "egne_dev.jsonl"), "Kan ikke skrive"),
    ],
)
@pytest.mark.usefixtures("questions")
def test_what_cannot_be_used_is_said_before_anything_is_asked(
    evaluer: Run, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.delattr(bootstrap, "build_assistant")  # what would ask
    code, out, err = evaluer(*words)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err


def test_marks_in_a_set_are_printed_as_they_are(
    evaluer: Run, small_index: Built, tmp_path: Path
) -> None:
    file = write_set(tmp_path / "egne.jsonl", line(style="[red]farlig[/nei]"))
    code, out, _ = evaluer("--sett", file, "--indeks", small_index.index)
    assert code == 0
    assert "Stil: [red]farlig[/nei]" in out


def test_what_editors_have_added_is_asked_too(
    evaluer: Run,
    small_index: Built,
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(question_sets, "checkout_sets", lambda: [questions])
    monkeypatch.setenv("ASSISTENT_INDEKS", str(small_index.index))
    folder = tmp_path / "evaluering"
    monkeypatch.setenv("ASSISTENT_EVALUERING", str(folder))
    code, out, _ = evaluer("--json")
    assert code == 0
    assert [each["name"] for each in json.loads(out)["sets"]] == ["egne_dev"]
    added = {"language": "nb", "user": "ansatt", "document": "", "quote": "", "why": ""}
    append_question(folder, "Hva koster møterom?", **added)
    code, out, _ = evaluer("--json")
    assert code == 0
    assert [each["name"] for each in json.loads(out)["sets"]] == ["egne_dev", "redaksjonen"]
