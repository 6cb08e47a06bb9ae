"""The mark is exactly the quote, for every quote that the project knows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistent.types import Document, Registers, Rule, Source
from assistent.web.addresses import viewer_address
from tests.web.fake_assistant import CORPUS, FakeAssistant, source
from tests.web.viewed import client_of, marked, shown

TESTS = Path(__file__).resolve().parents[1]
# Between the cells of a row the readers put the name of the next column.
COLUMN = r"\.? (?:[^.:\n]{1,80}: )?"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


def spot(document: Document, quote: str) -> tuple[int, int]:
    """Find a quote as the question sets write it in the stored text."""
    start = document.text.find(quote)
    if start >= 0:
        return start, start + len(quote)
    match = re.search(COLUMN.join(map(re.escape, quote.split())), document.text)
    assert match, f"{document.info.path}: {quote}"
    return match.span()


def lines(pattern: str, folder: Path) -> Iterator[dict]:
    for file in sorted(folder.glob(pattern)):
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)


def gold_quotes() -> Iterator[tuple[str, str]]:
    for question in lines("*.jsonl", TESTS / "evals"):
        for gold in (*question["gold"], *question.get("all", ())):
            yield gold["document"], gold["quote"]


def evidence_quotes() -> Iterator[tuple[str, str]]:
    for pair in lines("*.jsonl", TESTS / "claim_pairs"):
        for evidence in pair["evidence"]:
            yield evidence["document"], evidence["text"]


def asked_quotes() -> Iterator[tuple[str, str]]:
    for asked in lines("*.jsonl", CORPUS / "sporsmal"):
        yield asked["dokument"], asked["sitat"]


def rules_of(registers: Registers) -> Iterator[Rule]:
    for channel in registers.channels:
        yield from (*channel.suited, *channel.unsuited, *channel.demands)
        if channel.status_rule is not None:
            yield channel.status_rule
    yield from (duty.rule for duty in registers.duties)
    yield from (*registers.demands, *registers.crisis)
    yield from (*registers.unknown_channels, *registers.unknown_duties)


def check(assistant: FakeAssistant, sources: list[Source]) -> None:
    faults = []
    with client_of(assistant, CORPUS) as client:
        for each in sources:
            response = client.get(viewer_address(each, sources[:8]))
            page = shown(response.text)
            if response.status_code != 200 or marked(page) != each.quote:
                faults.append((each.document, each.quote, marked(page)))
    assert faults == []


SETS = {
    "gold": (gold_quotes, 700),
    "evidence": (evidence_quotes, 150),
    "asked": (asked_quotes, 300),
}


@pytest.mark.parametrize("name", SETS)
def test_every_quote_of_the_sets_is_marked_to_the_letter(
    assistant: FakeAssistant, name: str
) -> None:
    read, least = SETS[name]
    spots = {
        (path, *spot(assistant.library().documents[path], quote))
        for path, quote in read()
        if path in assistant.library().documents
    }
    assert len(spots) >= least
    sources = []
    for number, (path, start, end) in enumerate(sorted(spots), start=1):
        document = assistant.library().documents[path]
        sources.append(source(document, number, document.text[start:end]))
        assert document.text[start:end].strip()
    check(assistant, sources)


def test_every_quote_of_the_registers_is_marked_to_the_letter(assistant: FakeAssistant) -> None:
    library = assistant.library()
    rules = {(rule.document, rule.quote) for rule in rules_of(library.registers)}
    assert len(rules) > 100
    check(
        assistant,
        [
            source(library.documents[path], number, quote)
            for number, (path, quote) in enumerate(sorted(rules), start=1)
        ],
    )
