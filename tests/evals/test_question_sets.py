"""The question sets are well formed and every gold quote stands in its document."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "korpus"
STRATEGY = ("strategi_dev", "strategi_test")
CORPUS_SETS = ("korpus_dev", "korpus_test")
TRAPS = ("felles_dev",)
FACTS = ("fakta_dev", "fakta_test")
OFF_TOPIC = ("utenfor_dev",)
SETS = (*STRATEGY, *CORPUS_SETS, *TRAPS, *FACTS, *OFF_TOPIC)
TRAP_COUNT = 20
STARTER_DOCUMENTS = 28  # Markdown documents; each corpus set asks about all of them

REQUIRED = {
    "id", "question", "language", "user", "style", "answerable", "outcome", "gold",
}  # fmt: skip
OPTIONAL = {"all", "miss", "why", "history"}
LANGUAGES = {"nb", "nn", "en"}
USERS = {"ansatt", "leder", "mobil"}
STYLES = {"plain", "typos", "phone", "paraphrase", "dialect", "followup-free", "followup"}


def normalise(text: str) -> str:
    """Take bullets out, join words hyphenated over a line end, collapse white space."""
    text = re.sub("[•●\uf0b7]", " ", text)
    text = re.sub(r"(\w)-[ \t]*\n\s*(\w)", r"\1\2", text)
    return re.sub(r"\s+", " ", text).strip()


def strip_markdown(text: str) -> str:
    """Take headings' marks, bullets, table marks and bold out; the words stay as they are."""
    text = re.sub(r"(?m)^\|(?:\s*:?-+:?\s*\|)+\s*$", " ", text)  # the line under a table's head
    text = re.sub(r"(?m)^\s*(?:#+|-)\s+", " ", text)
    return text.replace("**", "").replace("|", " ")


def read_document(document: str) -> str:
    text = (CORPUS / document).read_text(encoding="utf-8")
    return normalise(strip_markdown(text) if document.endswith(".md") else text)


def table_rows(document: str) -> list[list[str]]:
    lines = (CORPUS / document).read_text(encoding="utf-8").splitlines()
    rows = [line.strip().strip("|").split("|") for line in lines if line.startswith("|")]
    return [[normalise(cell) for cell in row] for row in rows]


def load(name: str) -> list[dict[str, Any]]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words(question: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", question.casefold()))


@pytest.fixture(scope="module", params=SETS)
def records(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return load(request.param)


def test_required_keys_and_values(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert set(record) >= REQUIRED, record["id"]
        assert set(record) <= REQUIRED | OPTIONAL, record["id"]
        assert record["question"].strip() == record["question"] != "", record["id"]
        assert record["language"] in LANGUAGES, record["id"]
        assert record["user"] in USERS, record["id"]
        assert record["style"] in STYLES, record["id"]
        assert ("history" in record) == (record["style"] == "followup"), record["id"]
        assert ("why" in record) == record["id"].startswith("felles-"), record["id"]
        if record["answerable"]:
            assert record["outcome"] == "answered", record["id"]
            assert record["gold"], record["id"]
            assert "miss" not in record, record["id"]
        else:
            assert record["outcome"] == "not_in_sources", record["id"]
            assert record["gold"] == [], record["id"]
            assert "all" not in record, record["id"]
            assert record["miss"] in {"near", "off"}, record["id"]


def test_history_is_turns_that_end_with_the_assistant(records: list[dict[str, Any]]) -> None:
    for record in records:
        if "history" in record:
            turns = record["history"]
            assert [set(turn) for turn in turns] == [{"role", "content"}] * len(turns), record["id"]
            roles = [turn["role"] for turn in turns]
            assert roles == ["user", "assistant"] * (len(turns) // 2) != [], record["id"]
            assert all(turn["content"].strip() for turn in turns), record["id"]


def test_every_quote_is_in_its_document(records: list[dict[str, Any]]) -> None:
    texts: dict[str, str] = {}
    missing = []
    for record in records:
        for gold in record["gold"] + record.get("all", []):
            document, quote = gold["document"], gold["quote"]
            if document not in texts:
                texts[document] = read_document(document)
            whole = rf"(?<!\w){re.escape(quote)}(?!\w)"  # no word cut in two
            if not quote or quote != normalise(quote) or not re.search(whole, texts[document]):
                missing.append((record["id"], quote))
    assert missing == []


def test_gold_keys_and_table_cells(records: list[dict[str, Any]]) -> None:
    """A table quote is one cell, or neighbouring cells, of exactly one row."""
    for record in records:
        for gold in record["gold"] + record.get("all", []):
            assert set(gold) - {"table"} == {"document", "quote"}, record["id"]
            if "table" in gold:
                assert gold["table"] is True, record["id"]
                hits = [
                    row
                    for row in table_rows(gold["document"])
                    if any(
                        " ".join(row[start:end]) == gold["quote"]
                        for start in range(len(row))
                        for end in range(start + 1, len(row) + 1)
                    )
                ]
                assert len(hits) == 1, record["id"]


@pytest.mark.parametrize("name", [*STRATEGY, *CORPUS_SETS])
def test_counts(name: str) -> None:
    records = load(name)
    answerable = [record for record in records if record["answerable"]]
    unanswerable = [record for record in records if not record["answerable"]]
    assert len(answerable) >= 60
    assert len(unanswerable) >= 25
    alone = [r["style"] for r in answerable if r["style"] != "followup"]
    assert 3 * alone.count("paraphrase") >= len(alone)
    assert {r["language"] for r in answerable} == LANGUAGES
    assert {r["user"] for r in answerable} == USERS
    assert {r["style"] for r in answerable} == STYLES
    misses = Counter(r["miss"] for r in unanswerable)
    assert misses["near"] >= misses["off"] >= 10


@pytest.mark.parametrize("name", FACTS)
def test_fact_sets_have_questions_of_both_kinds(name: str) -> None:
    records = load(name)
    assert sum(r["answerable"] for r in records) >= 40
    assert sum(r.get("miss") == "near" for r in records) >= 15


@pytest.mark.parametrize("name", OFF_TOPIC)
def test_off_topic_sets_have_no_other_questions(name: str) -> None:
    assert {record.get("miss") for record in load(name)} == {"off"}


@pytest.mark.parametrize("name", CORPUS_SETS)
def test_every_starter_document_is_asked_about(name: str) -> None:
    asked = {gold["document"] for record in load(name) for gold in record["gold"]}
    assert sum(document.endswith(".md") for document in asked) >= STARTER_DOCUMENTS


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_says_why(name: str) -> None:
    records = load(name)
    assert len(records) == TRAP_COUNT
    assert [record["id"] for record in records if not record.get("why", "").strip()] == []


def test_ids_are_unique() -> None:
    ids = Counter(record["id"] for name in SETS for record in load(name))
    assert [key for key, count in ids.items() if count > 1] == []


def test_no_question_twice_or_in_both_sets() -> None:
    """Equal words, or nearly all words shared, count as the same question."""
    questions = [(r["id"], words(r["question"])) for name in SETS for r in load(name)]
    alike = []
    for number, (first_id, first) in enumerate(questions):
        for second_id, second in questions[number + 1 :]:
            one, two = set(first), set(second)
            if first == second or len(one & two) / len(one | two) > 0.6:
                alike.append((first_id, second_id))
    assert alike == []


def test_the_list_of_known_questions_holds_none_of_these() -> None:
    """``korpus/sporsmal`` is searched; a question of a set among them would measure nothing."""
    asked = [(r["id"], set(words(r["question"]))) for name in SETS for r in load(name)]
    known = [
        set(words(question))
        for path in sorted((CORPUS / "sporsmal").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for question in json.loads(line)["spørsmål"]
    ]
    assert len(known) > 2000
    alike = [
        identity
        for identity, one in asked
        if any(len(one & other) / len(one | other) > 0.7 for other in known)
    ]
    assert alike == []


def test_every_known_question_stands_at_a_quote() -> None:
    files = sorted((CORPUS / "sporsmal").glob("*.jsonl"))
    entries = [
        json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert {entry["dokument"].split("/")[0] for entry in entries} == {
        "strategi", "designmanual", "retningslinjer", "lov",
    }  # fmt: skip
    questions = [question.casefold() for entry in entries for question in entry["spørsmål"]]
    assert len(questions) == len(set(questions))
