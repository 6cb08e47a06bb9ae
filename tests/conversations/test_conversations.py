"""The form of the conversations, that their gold stands in the documents, and the scoring."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations

import pytest

from assistent.answering import Assistant
from assistent.readers import read_file
from assistent.types import Relation, Source, Standing
from tests.conversations.conversations import (
    FOLDER,
    FORMS,
    KINDS,
    PARTS,
    AskedTurn,
    Conversation,
    Gold,
    gold_sections,
    load,
    play,
    shows_place,
    wilson,
)
from tests.evals.test_question_sets import CORPUS
from tests.evals.test_question_sets import SETS as QUESTION_SETS
from tests.evals.test_question_sets import load as load_question_set
from tests.fakes import assistant_over

FOLLOWING = (Relation.FOLLOW_UP, Relation.SIMPLER)
DOCUMENTS = {
    path.relative_to(CORPUS).as_posix()
    for path in CORPUS.rglob("*")
    if path.suffix in {".md", ".txt"}
}


@pytest.fixture(scope="module", params=PARTS)
def conversations(request: pytest.FixtureRequest) -> list[Conversation]:
    return load(request.param)


def everything() -> list[Conversation]:
    return [conversation for part in PARTS for conversation in load(part)]


def test_keys() -> None:
    for part in PARTS:
        for line in (FOLDER / f"samtaler_{part}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            assert set(record) == {"id", "style", "turns"}
            for number, turn in enumerate(record["turns"]):
                keys = {"question", "relation", "gold"} | ({"means"} if number else set())
                assert set(turn) == keys, record["id"]
                assert turn["question"].strip() == turn["question"] != "", record["id"]
                assert turn["gold"], record["id"]


def test_there_are_enough_of_every_kind(conversations: list[Conversation]) -> None:
    assert len(conversations) >= 32
    lengths = Counter(len(conversation.turns) for conversation in conversations)
    assert set(lengths) == {2, 3}
    assert lengths[3] >= 8
    relations = Counter(conversation.last.relation for conversation in conversations)
    assert relations[Relation.NEW_TOPIC] >= 6
    assert relations[Relation.SIMPLER] >= 3
    styles = Counter(style for conversation in conversations for style in conversation.style)
    assert set(styles) == {*KINDS, *FORMS}
    assert sum(styles[form] for form in FORMS) >= 0.25 * len(conversations)


def test_styles_are_named_once_and_one_form_at_most(conversations: list[Conversation]) -> None:
    for conversation in conversations:
        kinds = [style for style in conversation.style if style in KINDS]
        forms = [style for style in conversation.style if style in FORMS]
        assert len(kinds) in {1, 2}, conversation.identity
        assert len(forms) <= 1, conversation.identity
        assert len(conversation.style) == len(set(conversation.style)) == len(kinds) + len(forms)
        third = len(conversation.turns) == 3
        assert ("third_turn" in kinds) is third, conversation.identity
        for style, relation in (
            ("simpler", Relation.SIMPLER),
            ("new_topic", Relation.NEW_TOPIC),
        ):
            assert (style in kinds) is (conversation.last.relation is relation)


def test_only_the_first_turn_stands_alone(conversations: list[Conversation]) -> None:
    for conversation in conversations:
        first, *later = conversation.turns
        assert (first.relation, first.means) == (Relation.ALONE, ""), conversation.identity
        assert all(turn.relation is not Relation.ALONE for turn in later), conversation.identity
        assert all(turn.means for turn in later), conversation.identity


def test_every_quote_stands_in_its_document_to_the_letter() -> None:
    texts = {document: read_file(CORPUS / document).text for document in DOCUMENTS}
    missing = [
        (conversation.identity, gold.quote)
        for conversation in everything()
        for turn in conversation.turns
        for gold in turn.gold
        if gold.quote not in texts.get(gold.document, "") or not gold.quote.strip()
    ]
    assert missing == []


def test_every_document_is_asked_about_in_the_last_turn(conversations: list[Conversation]) -> None:
    asked = {gold.document for each in conversations for gold in each.last.gold}
    assert asked == DOCUMENTS
    assert len(asked) == 30


def test_asking_for_plainer_words_asks_for_the_same_places() -> None:
    for conversation in everything():
        if conversation.last.relation is Relation.SIMPLER:
            before = conversation.turns[-2]
            assert conversation.last.gold == before.gold, conversation.identity
            assert conversation.last.means == (before.means or before.question)


def test_a_new_topic_is_answered_in_other_documents() -> None:
    """Some of them begin like a follow-up all the same."""
    new = [each for each in everything() if each.last.relation is Relation.NEW_TOPIC]
    for conversation in new:
        before = {gold.document for turn in conversation.turns[:-1] for gold in turn.gold}
        assert not before & {gold.document for gold in conversation.last.gold}
    openings = Counter(each.last.question.split()[0] for each in new)
    assert openings["Og"] >= 2
    assert openings["Men"] >= 2
    assert sum(" det " in f" {each.last.question.casefold()}" for each in new) >= 3


def test_no_question_stands_in_both_halves() -> None:
    dev, test = ({words(t.question) for c in load(part) for t in c.turns} for part in PARTS)
    assert not dev & test


def test_no_opening_question_is_in_another_set_or_known_to_the_search() -> None:
    """What is understood on its own must be asked in words of its own."""
    own = [
        (conversation.identity, set(words(turn.question)))
        for conversation in everything()
        for turn in conversation.turns
        if turn.relation in {Relation.ALONE, Relation.NEW_TOPIC}
    ]
    sets = [words(r["question"]) for name in QUESTION_SETS for r in load_question_set(name)]
    known = [
        words(question)
        for path in sorted((CORPUS / "sporsmal").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        for question in json.loads(line)["spørsmål"]
    ]
    assert len(known) > 2000
    others = [set(other) for other in (*sets, *known)]
    assert [name for name, one in own if any(overlap(one, other) > 0.7 for other in others)] == []
    pairs = combinations(own, 2)
    assert [(one, other) for (one, a), (other, b) in pairs if overlap(a, b) > 0.6] == []


def words(question: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", question.casefold()))


def overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


# --- Scoring -------------------------------------------------------------------------------------

PLAN = """# Plan

## Frister
Fristen er tre uker. Fristen kan forlenges.

## Ansvar
Lederen har ansvaret.
"""


@pytest.fixture
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("plan"), plan=PLAN)


def source(assistant: Assistant, quote: str, section: tuple[str, ...]) -> Source:
    document = assistant.document("plan.md")
    assert document is not None
    start = document.text.index(quote)
    return Source(
        1, "plan.md", "Plan", section, None, quote, start, start + len(quote),
        Standing.IN_FORCE, "", "",
    )  # fmt: skip


def test_a_source_that_overlaps_the_quote_shows_the_place(plan: Assistant) -> None:
    gold = [Gold("plan.md", "Fristen kan forlenges.")]
    frister = ("Frister",)
    assert shows_place(plan, [source(plan, "uker. Fristen kan", frister)], gold)
    assert not shows_place(plan, [source(plan, "Fristen er tre uker.", frister)], gold)
    assert not shows_place(plan, [], gold)


def test_the_sections_are_those_in_which_the_quote_stands(plan: Assistant) -> None:
    assert gold_sections(plan, [Gold("plan.md", "Lederen har ansvaret.")]) == {
        ("plan.md", ("Ansvar",))
    }


def test_a_quote_that_the_index_lacks_stops_the_count(plan: Assistant) -> None:
    with pytest.raises(ValueError, match="Fristen er to uker"):
        shows_place(plan, [], [Gold("plan.md", "Fristen er to uker.")])


def test_a_conversation_is_played_with_its_own_answers_as_history(plan: Assistant) -> None:
    first = AskedTurn("Hvor lang er fristen?", Relation.ALONE, "", ())
    second = AskedTurn("Og ansvaret?", Relation.FOLLOW_UP, "Hvem har ansvaret?", ())
    last = play(plan, Conversation("x", (), (first, second)))
    assert last.question == "Og ansvaret?"
    assert last.search_question != last.question  # the question before it is searched with it


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(0, 10, 0.0, 0.278), (8, 10, 0.490, 0.943), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilson(hits: int, number: int, low: float, high: float) -> None:
    assert wilson(hits, number) == pytest.approx((low, high), abs=0.001)
