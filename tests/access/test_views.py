"""What somebody sees of an edition is what an edition without the hidden documents would show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from assistent.answering import Assistant
from assistent.current import CurrentEdition, visible_paths
from assistent.editions import current_edition
from assistent.errors import CorpusError
from assistent.index import Index, open_index
from assistent.nearest import NearestVectors
from assistent.restricted import RestrictedIndex, visible_registers
from assistent.types import Channel, ChannelStatus, Registers, Rule
from tests.access.world import (
    ASKED,
    CASE,
    CHANNEL,
    FRAME,
    HIDDEN,
    LAWYERS,
    LEADERS,
    PLAN,
    World,
    assistant_over,
    open_corpus,
)
from tests.fakes import WORD_JUDGE, WordEmbedder, build
from tests.fakes import assistant_over as assistant_of

QUESTIONS = (
    ASKED,
    "Hvor flytter kommunikasjonsstaben?",
    "Hva koster flyttingen?",
    "Hvordan skal vi skrive?",
    "Hvilke kanaler er viktigst for å nå innbyggerne?",
    "Hvem gjelder kommunikasjonsstrategien for?",
    "Hva sier flytteplanen?",
    "Har kommunen tapt en rettssak?",
    "Hva må jeg gjøre før jeg tar en beslutning?",
    "Kan vi bruke Rypekanalen?",
    "Hvilke dokumenter har du om lønn?",
    "Når ble kommunikasjonsstrategien vedtatt?",
)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Answers from a corpus that never held the hidden documents."""
    folder = tmp_path_factory.mktemp("uten")
    build(open_corpus(folder), folder / "indeks")
    # Where words are the vectors, many are equally near, and Chroma's graph picks any of them.
    with patch("assistent.index._SCANNED_FROM", 0):
        return assistant_over(folder / "indeks")


@pytest.fixture(scope="module")
def whole(world: World) -> Iterator[Index]:
    opened = open_index(world.index / current_edition(world.index))
    yield opened
    opened.close()


def seen(whole: Index, *groups: str) -> Index:
    visible = visible_paths(whole.documents, frozenset(groups))
    return RestrictedIndex(whole, visible)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_an_edition_without_the_hidden_documents(
    world: World, without: Assistant, question: str
) -> None:
    with patch("assistent.answering.load_judge", lambda: WORD_JUDGE):
        given = asdict(assistant_over(world.index).answer(question))
        wanted = asdict(without.answer(question))
    for answer in (given, wanted):
        del answer["edition"], answer["milliseconds"]
    assert given == wanted


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_those_of_an_edition_without_the_hidden_documents(
    world: World, without: Assistant, question: str
) -> None:
    found = assistant_over(world.index).find(question, count=30)
    wanted = without.find(question, count=30)
    assert [hit.passage.id for hit in found.hits] == [hit.passage.id for hit in wanted.hits]
    for one, other in zip(found.hits, wanted.hits, strict=True):
        assert (one.score, one.dense, one.lexical, one.asked) == pytest.approx(
            (other.score, other.dense, other.lexical, other.asked), abs=1e-6
        )
    assert found.search_question == wanted.search_question


def test_words_and_registers_are_those_of_an_edition_without_the_hidden_documents(
    whole: Index, without: Assistant
) -> None:
    view, library = seen(whole), without.library()
    assert view.registers == library.registers
    assert view.documents.keys() == library.documents.keys()
    assert not view.lexical.knows("kvernhusbekk")
    assert "kvernhusbekken" not in view.lexical.words
    assert len(view.lexical.words) < len(whole.lexical.words)


def test_a_view_has_the_rows_of_its_documents(whole: Index) -> None:
    view = seen(whole, LAWYERS)
    assert {passage.document for passage in view.passages} == whole.documents.keys() - {PLAN}
    rows = [row for row, p in enumerate(whole.passages) if p.document != PLAN]
    assert np.array_equal(
        view.passage_vectors[range(len(view.passages))], whole.passage_vectors[rows]
    )
    for place, row in enumerate(rows):
        theirs = slice(*whole.statement_offsets[row : row + 2])
        ours = range(*view.statement_offsets[place : place + 2])
        assert np.array_equal(view.statement_vectors[ours], whole.statement_vectors[theirs])
    assert all(view.finds_itself(row) for row in range(len(view.passages)))


def test_each_group_sees_its_own(world: World) -> None:
    current = CurrentEdition(world.index, WordEmbedder().fingerprint)
    hidden = {
        groups: set(HIDDEN) - set(current.seen_by(frozenset(groups)).index.documents)
        for groups in ((), (LEADERS,), (LAWYERS,), (LEADERS, LAWYERS), ("andre",))
    }
    assert hidden == {
        (): set(HIDDEN),
        (LEADERS,): {CASE},
        (LAWYERS,): {PLAN},
        (LEADERS, LAWYERS): set(),
        ("andre",): set(HIDDEN),
    }
    assert PLAN in hidden[()]
    assert FRAME not in hidden[(LAWYERS,)]


def test_the_same_view_is_made_once_and_the_whole_needs_none(world: World) -> None:
    current = CurrentEdition(world.index, WordEmbedder().fingerprint)
    assert current.seen_by(frozenset()) is current.seen_by(frozenset({"andre"}))
    assert current.seen_by(frozenset({LEADERS, LAWYERS})) is current.opened


def test_nothing_left_is_found_in_an_edition_of_which_nothing_is_seen(whole: Index) -> None:
    view = RestrictedIndex(whole, frozenset())
    vector = whole.passage_vectors[0]
    assert view.nearest_passages(vector, 5) == []
    assert view.nearest_statements(vector, 5) == []
    assert view.nearest_asked(vector, 5) == []


def test_a_sketch_finds_among_some_rows_what_a_comparison_of_them_finds() -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(3000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.flatnonzero(random.random(3000) < 0.3)
    exact = NearestVectors(vectors[rows])
    for scan in (NearestVectors(vectors), NearestVectors(vectors, exact_below=100)):
        for vector in vectors[:20]:
            assert list(scan.among(rows).rows(vector, 10)) == list(exact.rows(vector, 10))


def rule(document: str) -> Rule:
    return Rule("nyhet", "Bruk den.", "skal", document, "Bruk den.", 0, 9)


def channel(identity: str, **values: object) -> Channel:
    plain = Channel(
        identity, identity, (), "intern", ("ansatte",), ChannelStatus.IN_USE, None, "", "ukjent"
    )
    return replace(plain, **values)


def test_a_channel_without_anything_visible_about_it_is_not_there() -> None:
    registers = Registers(
        channels=(
            channel("skjult", suited=(rule("b"),)),
            channel("delt", suited=(rule("a"), rule("b")), replaced_by="skjult"),
            channel("navn"),
        )
    )
    shown = visible_registers(registers, frozenset({"a"}))
    assert [each.id for each in shown.channels] == ["delt", "navn"]
    assert shown.channels[0].suited == (rule("a"),)
    assert shown.channels[0].replaced_by == ""


def test_a_status_with_a_hidden_proof_is_unknown_and_not_chosen() -> None:
    closed = channel(
        "lukket", status=ChannelStatus.CLOSED, suited=(rule("a"),), status_rule=rule("b")
    )
    (shown,) = visible_registers(Registers(channels=(closed,)), frozenset({"a"})).channels
    assert (shown.status, shown.status_rule) == (ChannelStatus.UNKNOWN, None)
    assert not shown.selectable


def test_guidance_follows_the_groups(world: World) -> None:
    visible = assistant_over(world.index).library()
    assert CHANNEL not in {each.name for each in visible.registers.channels}


@pytest.mark.parametrize("value", ["[]", '[""]', '"ledelsen"', "[1]"])
def test_access_that_could_be_misread_is_refused(tmp_path: Path, value: str) -> None:
    entry = f'[[dokument]]\nfil = "plan.md"\ntittel = "Plan"\ntilgang = {value}\n'
    with pytest.raises(CorpusError, match=r"linje 4.*tilgang"):
        assistant_of(tmp_path, entry, plan="# Plan\n\nVi flytter.\n")
