"""``assistent indekser --port``: a new edition is asked before it is taken into use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistent import bootstrap, texts_index
from assistent.answering import Assistant
from assistent.cli import main
from assistent.cli.building import HELD_BACK
from assistent.corpus import Progress
from assistent.editions import current_edition, editions
from assistent.errors import AssistantError, IndexMissingError
from assistent.evaluation.limits import FILE as LIMITS
from assistent.evaluation.runs import load_run
from assistent.evaluation.trial import FOLDER, RUN_FILE, usual_sets
from assistent.ingestion import build_index, left_behind, needs_build, roll_back
from assistent.settings import Settings
from tests.conftest import Built
from tests.evaluation.samples import line, line_without_answer, write_set
from tests.fakes import KANTINE, TODAY, PlainReader, WordEmbedder, build

Run = Callable[..., tuple[int, str, str]]
QUESTION = "Når åpner kantinen?"


@pytest.fixture
def indekser(
    own_index: Built,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Run:
    """Run the command over the small corpus, embedded as words."""

    def rebuild(
        settings: Settings, *, progress: Progress, accept: Callable[[Path], None] | None = None
    ) -> Any:
        return build_index(
            settings.corpus,
            settings.index,
            WordEmbedder(),
            PlainReader,
            progress=progress,
            accept=accept,
        )

    monkeypatch.setattr(
        bootstrap, "build_assistant", lambda settings: Assistant(settings.index, WordEmbedder())
    )
    monkeypatch.setattr(bootstrap, "rebuild_index", rebuild)
    monkeypatch.chdir(tmp_path)
    place = ("--korpus", own_index.corpus, "--indeks", own_index.index, "--dato", TODAY)

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["indekser", *(str(word) for word in (*place, *words))])
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_set(tmp_path / "egne_dev.jsonl", line(), line_without_answer())


def spoil(built: Built) -> None:
    """Write the canteen's rules so that the question finds its words but no longer its answer."""
    other = "\n\n## Når åpner kantinen?\nKantinen åpner når kantinen åpner.\n" * 8
    text = KANTINE.replace("Kantinen åpner klokken elleve.", "Se oppslag: elleve.")
    (built.corpus / "regler/kantine.md").write_text(text + other, encoding="utf-8")


def limits(built: Built, text: str) -> None:
    (built.corpus / LIMITS).write_text(text, encoding="utf-8")


def reports(built: Built) -> list[Path]:
    return sorted((built.index / FOLDER).iterdir())


def test_an_edition_that_passes_is_published_with_its_report(
    indekser: Run, own_index: Built, questions: Path
) -> None:
    limits(own_index, '[grenser.egne_dev]\n"sources.gold" = 1.0\n"outcome.accuracy" = 1\n')
    code, out, err = indekser("--port", "--sett", questions)
    assert (code, err) == (0, "")
    name = current_edition(own_index.index)
    assert name != own_index.report.edition
    [folder] = reports(own_index)
    assert folder.name == name
    assert f"Rapporten ligger i {folder}/index.html." in out
    page = (folder / "index.html").read_text("utf-8")
    assert "Alle tallene holder. Utgaven er tatt i bruk." in page
    assert f"sammenlignet med {own_index.report.edition}" in page
    assert "egne_dev: Fasitsitat blant kildene" in page
    assert load_run(folder / RUN_FILE).edition == name


def test_an_edition_below_a_limit_is_held_back_and_leaves_only_its_report(
    indekser: Run, own_index: Built, questions: Path
) -> None:
    limits(own_index, 'fall = 1.0\n[grenser.egne_dev]\n"sources.quotes" = 1.0\n')
    code, _, err = indekser("--port", "--sett", questions)
    assert (code, err.count("\n")) == (1, 1)  # neither more nor fewer quotes are better
    assert "«sources.quotes» er ikke et mål" in err
    limits(own_index, 'fall = 1.0\n[grenser.egne_dev]\n"calibration.ece" = 0.0\n')
    before = editions(own_index.index)
    code, out, err = indekser("--port", "--sett", questions, "--json")
    assert (code, err.count("\n")) == (HELD_BACK, 1)
    assert "Den nye utgaven er ikke tatt i bruk: egne_dev: Forventet kalibreringsfeil" in err
    record = json.loads(out)
    assert record["published"] is False
    assert [each["finding"] for each in record["verdicts"]].count("below") == 1
    assert editions(own_index.index) == before
    assert current_edition(own_index.index) == own_index.report.edition
    assert not list(own_index.index.glob(".bygges-*"))
    assert "er ikke tatt i bruk" in Path(record["report"]).read_text("utf-8")


def test_an_edition_that_answers_less_than_the_one_in_force_is_held_back(
    indekser: Run, own_index: Built, tmp_path: Path
) -> None:
    asked = line(gold=[{"document": "regler/kantine.md", "quote": "elleve."}])
    questions = write_set(tmp_path / "egne.jsonl", asked)
    assert indekser("--port", "--sett", questions)[0] == 0
    in_force = current_edition(own_index.index)
    spoil(own_index)
    code, _, err = indekser("--port", "--sett", questions)
    assert code == HELD_BACK, err
    assert "Fasitsitat blant kildene har falt (0,0 %, krav fall på høyst 2,0 prosentpoeng)" in err
    assert current_edition(own_index.index) == in_force
    limits(own_index, "fall = 1.0\n")
    assert indekser("--port", "--sett", questions)[0] == 0
    assert current_edition(own_index.index) != in_force


def test_a_limit_that_cannot_be_tried_holds_the_edition_back(
    indekser: Run, own_index: Built, questions: Path
) -> None:
    limits(own_index, '[grenser.dev]\n"sources.gold" = 0.1\n')
    code, _, err = indekser("--port", "--sett", questions)
    assert code == HELD_BACK
    assert "Alle utviklingssett: Fasitsitat blant kildene kunne ikke måles" in err


def test_the_first_edition_is_judged_by_the_limits_alone(
    indekser: Run, own_index: Built, questions: Path, tmp_path: Path
) -> None:
    limits(own_index, '[grenser.egne_dev]\n"sources.gold" = 1.0\n')
    code, out, err = indekser("--port", "--sett", questions, "--json", "--indeks", tmp_path / "ny")
    assert (code, err) == (0, "")
    record = json.loads(out)
    assert (record["published"], record["compared"]) == (True, "")
    assert "Fant ingen indeks" in Path(record["report"]).read_text("utf-8")


def test_questions_that_only_fit_the_new_documents_are_no_comparison(
    indekser: Run, own_index: Built, tmp_path: Path
) -> None:
    path = own_index.corpus / "regler/kantine.md"
    path.write_text(f"{KANTINE}\nFrokost serveres klokken sju.\n", encoding="utf-8")
    gold = [{"document": "regler/kantine.md", "quote": "Frokost serveres klokken sju."}]
    questions = write_set(tmp_path / "ny.jsonl", line(question="Når serveres frokost?", gold=gold))
    code, out, err = indekser("--port", "--sett", questions, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["compared"] == ""


def test_questions_that_no_longer_stand_in_the_documents_stop_the_build(
    indekser: Run, own_index: Built, questions: Path
) -> None:
    spoil(own_index)
    code, _, err = indekser("--port", "--sett", questions)
    assert (code, err.count("\n")) == (1, 1)
    assert "egne_dev.jsonl, linje 1: fasitsitatet «Kantinen åpner klokken elleve.»" in err
    assert current_edition(own_index.index) == own_index.report.edition


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fall = 2", "«fall» skal være fra 0 til 1"),
        ("fal = 0.1", "fal"),
        ("grenser = 1", "[grenser.dev]"),
        ("[grenser]\ndev = 1", "[grenser.dev]"),
        ('[grenser.dev]\n"kilder" = 1', "«kilder» er ikke et mål"),
        ('[grenser.dev]\n"sources.gold" = "alt"', "et tall"),
        ('[grenser.dev]\n"sources.gold" = nan', "et tall"),
        ("[grenser.dev", "grenser.toml kan ikke brukes"),
        ("\x00", "grenser.toml kan ikke brukes"),
    ],
)
def test_a_fault_in_the_limits_is_said_before_anything_is_built(
    indekser: Run, own_index: Built, questions: Path, text: str, said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    limits(own_index, text)
    monkeypatch.delattr(bootstrap, "rebuild_index")
    code, out, err = indekser("--port", "--sett", questions)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert LIMITS in err
    assert said in err


def test_wrong_usage_is_said(indekser: Run) -> None:
    assert indekser("--sett", "x.jsonl")[0] == 2
    assert indekser("--tilbake", "--port")[0] == 2


def test_test_sets_decide_nothing(tmp_path: Path) -> None:
    write_set(tmp_path / "redaksjonen.jsonl", line())
    write_set(tmp_path / "egne_test.jsonl", line())
    names = [file.stem for file in usual_sets(tmp_path)]
    assert names[-1] == "redaksjonen"
    assert "korpus_dev" in names
    assert not [name for name in names if name.endswith("_test")]


def test_questions_whose_document_is_gone_are_counted_and_said(
    indekser: Run, own_index: Built, tmp_path: Path
) -> None:
    bicycle = [{"document": "regler/sykkel.md", "quote": "Sykler lånes i resepsjonen."}]
    asked = line(id="p-2", question="Hvor lånes sykler?", gold=bicycle)
    questions = write_set(tmp_path / "egne.jsonl", line(), asked)
    assert "ikke stilt" not in indekser("--port", "--sett", questions)[1]
    (own_index.corpus / "regler/sykkel.md").unlink()
    catalogue = own_index.corpus / "katalog.toml"
    first, *_ = catalogue.read_text("utf-8").split('\n[[dokument]]\nfil = "regler/sykkel.md"')
    catalogue.write_text(first, encoding="utf-8")
    code, out, err = indekser("--port", "--sett", questions)
    assert (code, err) == (0, "")
    assert "1 spørsmål ble ikke stilt" in out
    assert "1 spørsmål ble ikke stilt" in (reports(own_index)[-1] / "index.html").read_text("utf-8")


# --- A running server ----------------------------------------------------------------------------


def test_a_server_answers_from_the_old_edition_until_the_new_one_has_passed(
    own_index: Built,
) -> None:
    assistant = Assistant(own_index.index, WordEmbedder(), today=lambda: TODAY)
    seen: list[str] = []

    def refuse(trial: Path) -> None:
        seen.append(assistant.answer(QUESTION).edition)
        tried = Assistant(trial, WordEmbedder(), today=lambda: TODAY)
        seen.append(tried.answer(QUESTION).edition)
        raise AssistantError("nei")

    with pytest.raises(AssistantError, match="nei"):
        build_index(own_index.corpus, own_index.index, WordEmbedder(), PlainReader, accept=refuse)
    assert seen[0] == own_index.report.edition != seen[1]
    assert assistant.answer(QUESTION).edition == own_index.report.edition
    report = build(own_index.corpus, own_index.index)
    assert assistant.answer(QUESTION).edition == report.edition
    assert roll_back(own_index.index) == own_index.report.edition
    assert assistant.answer(QUESTION).edition == own_index.report.edition


# --- Going back ----------------------------------------------------------------------------------


def test_going_back_takes_the_edition_before_or_the_one_named(
    indekser: Run, own_index: Built
) -> None:
    first = own_index.report.edition
    second = build(own_index.corpus, own_index.index).edition
    third = build(own_index.corpus, own_index.index).edition
    assert indekser("--tilbake") == (0, f"Utgaven {second} er i bruk igjen.\n", "")
    assert current_edition(own_index.index) == second
    assert indekser("--tilbake", first)[0] == 0
    assert current_edition(own_index.index) == first
    # An edition after the present one only by name.
    assert indekser("--tilbake")[0] == 1
    assert indekser("--tilbake", third)[0] == 0
    code, _, err = indekser("--tilbake", "finnes-ikke")
    assert (code, err.strip()) == (1, texts_index.no_such_edition("finnes-ikke", [first, second]))
    assert indekser("--tilbake", third)[2].strip() == texts_index.already_in_force(third)


def test_a_damaged_edition_is_not_gone_back_to(own_index: Built) -> None:
    newest = build(own_index.corpus, own_index.index).edition
    (own_index.edition / "utdrag.npy").write_bytes(b"")
    with pytest.raises(AssistantError, match="skadet"):
        roll_back(own_index.index)
    assert current_edition(own_index.index) == newest
    with pytest.raises(IndexMissingError):
        roll_back(own_index.index, "../annet")


def test_what_was_gone_back_from_is_not_built_again_by_itself(own_index: Built) -> None:
    embedder = WordEmbedder()

    def stale() -> bool:
        return needs_build(own_index.corpus, own_index.index, embedder)

    assert not stale()
    (own_index.corpus / "regler/kantine.md").write_text(f"{KANTINE}\nFeil.\n", encoding="utf-8")
    assert stale()
    build(own_index.corpus, own_index.index)
    roll_back(own_index.index)
    assert left_behind(own_index.index)
    assert not stale()
    (own_index.corpus / "regler/kantine.md").write_text(f"{KANTINE}\nRettet.\n", encoding="utf-8")
    assert stale()
    build(own_index.corpus, own_index.index)
    assert not left_behind(own_index.index)
    # The documents as they once were, under the newest edition: that is a change like any other.
    (own_index.corpus / "regler/kantine.md").write_text(KANTINE, encoding="utf-8")
    assert stale()


def test_reports_are_no_editions(indekser: Run, own_index: Built, questions: Path) -> None:
    assert indekser("--port", "--sett", questions)[0] == 0
    assert FOLDER not in editions(own_index.index)
    assert indekser("--tilbake")[0] == 0
    assert current_edition(own_index.index) == own_index.report.edition
