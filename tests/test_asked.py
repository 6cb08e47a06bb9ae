from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistent.asked import FOLDER, read_asked
from assistent.editions import current_edition
from assistent.index import open_index
from assistent.ingestion import needs_build
from assistent.retrieval import ASKED_SHIFT, Query, search
from assistent.types import Document, DocumentInfo
from assistent.words import content_stems
from tests.fakes import WordEmbedder, build, small_corpus

PATH = "regler/kantine.md"
OPENS = "Kantinen åpner klokken elleve."
EVERYDAY = "Fra hvilket tidspunkt serveres lunsj?"


def line(quote: str, *questions: str, document: str = PATH) -> str:
    record = {"dokument": document, "sitat": quote, "spørsmål": list(questions)}
    return json.dumps(record, ensure_ascii=False)


def listed(corpus: Path, *lines: str) -> Path:
    (corpus / FOLDER).mkdir(exist_ok=True)
    (corpus / FOLDER / "liste.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return corpus


def canteen(text: str = f"Litt først. {OPENS}") -> dict[str, Document]:
    info = DocumentInfo(path=PATH, title="Kantine")
    return {PATH: Document(info, text, ())}


def test_a_question_has_the_place_of_its_quote(tmp_path: Path) -> None:
    corpus = listed(tmp_path, line(OPENS, EVERYDAY, "  lunsj  når?  "), "")
    found, faults = read_asked(corpus, canteen())
    assert faults == []
    assert [asked.question for asked in found] == [EVERYDAY, "lunsj når?"]
    assert {(a.document, a.start, a.end) for a in found} == {(PATH, 12, 12 + len(OPENS))}


def test_a_corpus_without_a_list_has_none(tmp_path: Path) -> None:
    assert read_asked(tmp_path, canteen()) == ([], [])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "JSON"),
        ('["dokument"]', "nøklene"),
        (line("Kantinen er stengt for alltid.", EVERYDAY), "sitat"),
        (line(OPENS, EVERYDAY, document="regler/borte.md"), "regler/borte.md"),
        (line(OPENS, ""), "spørsmål"),
        (line(OPENS, "x" * 301), "300"),
    ],
)
def test_a_bad_line_is_named_and_the_others_count(tmp_path: Path, bad: str, said: str) -> None:
    corpus = listed(tmp_path, bad, line(OPENS, EVERYDAY))
    found, faults = read_asked(corpus, canteen())
    assert [asked.question for asked in found] == [EVERYDAY]
    ((where, why),) = faults
    assert where == f"{FOLDER}/liste.jsonl, linje 1"
    assert said in why


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    listed(tmp_path)
    (tmp_path / FOLDER / "liste.jsonl").write_bytes(b"\xff\xfe\xff")
    _, ((where, why),) = read_asked(tmp_path, canteen())
    assert where.startswith(FOLDER)
    assert "UTF-8" in why


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return small_corpus(tmp_path / "korpus")


def ask(index: Path, text: str) -> tuple[str, float, float]:
    """Return the place of the best hit with its sentence cosine and its known question's."""
    opened = open_index(index / current_edition(index))
    vector = WordEmbedder().embed_questions([text])[0]
    hit = search(opened, Query([(stem,) for stem in content_stems(text)], vector))[0]
    opened.close()
    return hit.passage.document, hit.sentence, hit.asked


def test_a_question_in_everyday_words_finds_what_is_listed(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "indeks"
    asked = "fra hvilket tidspunkt serveres lunsj"
    build(corpus, index)
    _, _, before = ask(index, asked)
    assert before == 0
    report = build(listed(corpus, line(OPENS, EVERYDAY)), index)
    assert report.skipped == ()
    place, sentence, after = ask(index, asked)
    assert place == PATH
    assert after == pytest.approx(1, abs=1e-5)
    assert sentence == pytest.approx(1 - ASKED_SHIFT, abs=1e-5)


def test_the_list_is_part_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    index, embedder = tmp_path / "indeks", WordEmbedder()
    build(corpus, index, embedder)
    assert not needs_build(corpus, index, embedder)
    listed(corpus, line(OPENS, EVERYDAY))
    assert needs_build(corpus, index, embedder)
    build(corpus, index, embedder)
    assert not needs_build(corpus, index, embedder)


def test_a_line_that_no_longer_fits_is_reported_by_the_build(corpus: Path, tmp_path: Path) -> None:
    report = build(listed(corpus, line("Dette står ikke der lenger.", EVERYDAY)), tmp_path / "i")
    assert [skipped.file for skipped in report.skipped] == [f"{FOLDER}/liste.jsonl, linje 1"]


def test_known_questions_are_embedded_once(corpus: Path, tmp_path: Path) -> None:
    class Counting(WordEmbedder):
        def embed_questions(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().embed_questions(texts)

    asked: list[str] = []
    listed(corpus, line(OPENS, EVERYDAY))
    build(corpus, tmp_path / "indeks", Counting())
    listed(corpus, line(OPENS, EVERYDAY, "lunsj når?"))
    build(corpus, tmp_path / "indeks", Counting())
    assert asked == [EVERYDAY, "lunsj når?"]
