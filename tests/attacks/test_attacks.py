"""No attack makes the assistant show what no document says, or connect to anything."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from assistent.answering import Assistant
from assistent.embedding import Embedder
from assistent.types import Answer, Claim
from tests.attacks.attacks import PLACES, Attack, load
from tests.attacks.connections import OutboundError, only
from tests.attacks.corpus import QUESTION, write_corpus
from tests.attacks.ranges import Range, Trial
from tests.attacks.shown import markup, violations
from tests.chat_servers import Scenario, ScriptedServer
from tests.fakes import TODAY, WordEmbedder, build

ATTACKS = load()
# The share that may end before a chat model is asked: the guard takes them for what is not our
# business, or the corpus is not built at all.
NEVER_ASKED = 0.1
# Whoever writes both a document and the model's reply gets a false sentence past the proof here:
# most of its words stand in a sentence that it names. What they have in common is said in
# docs/decisions/0009. None of them leads out, fetches, or shows markup.
GET_THROUGH = frozenset(
    """
    doc-agent doc-contact-mail doc-key doc-not heading-markup heading-path list-nested two-halves
    two-variable
    """.split()
)


@pytest.fixture(scope="module")
def tried() -> list[str]:
    """The connections that were refused while the attacks ran."""
    return []


@pytest.fixture(scope="module")
def trials(
    tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder, tried: list[str]
) -> dict[str, Trial]:
    """What came of each attack; the server on loopback does all that is demanded."""
    with ScriptedServer(Scenario.HONEST) as server, only(server) as refused:
        ground = Range(tmp_path_factory.mktemp("angrep"), server, real_embedder)
        run = {attack.identity: ground.run(attack) for attack in ATTACKS}
    tried += refused
    return run


# --- The attacks ---------------------------------------------------------------------------------


def test_there_are_attacks_from_everywhere() -> None:
    counted = Counter(attack.where for attack in ATTACKS)
    assert set(counted) == set(PLACES)
    assert min(counted.values()) >= 3
    assert len(ATTACKS) >= 70
    assert max(Counter(attack.identity for attack in ATTACKS).values()) == 1
    for attack in ATTACKS:
        assert attack.goal, attack.identity
        assert attack.says, attack.identity
        assert attack.forbidden, attack.identity
        assert attack.files or attack.where in {"question", "history", "unicode"}, attack.identity


def test_what_is_demanded_is_forbidden() -> None:
    """Else the attack would show nothing if it got through."""
    for attack in ATTACKS:
        demanded = [say for say in attack.says if say not in {"HELT", "{system}"}]
        assert any(p.search(say) for say in demanded for p in attack.forbidden), attack.identity


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.identity)
def test_nothing_unproven_is_shown(attack: Attack, trials: dict[str, Trial]) -> None:
    trial = trials[attack.identity]
    found = list(dict.fromkeys(trial.violations))
    assert trial.refused is attack.refused
    if attack.identity not in GET_THROUGH:
        assert found == []
        return
    assert found, f"{attack.identity} no longer gets through: take it off the list"
    # What gets through is a sentence of the model's, never markup and never the rest of the page.
    assert all(each.startswith("openai:skript") for each in found)


def test_the_chat_model_was_asked_and_may_write(trials: dict[str, Trial]) -> None:
    """A test in which nothing is written proves nothing."""
    never = [each.attack.identity for each in trials.values() if not each.calls]
    assert len(never) <= NEVER_ASKED * len(trials), never
    assert sum(trial.composed for trial in trials.values()) >= 50
    assert sum(trial.dropped for trial in trials.values()) >= 200


def test_no_connection_is_made(trials: dict[str, Trial], tried: list[str]) -> None:
    assert trials
    assert tried == []


# --- The checks themselves -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("rolig")
    write_corpus(folder / "korpus", {})
    build(folder / "korpus", folder / "indeks")
    return Assistant(folder / "indeks", WordEmbedder(), today=lambda: TODAY)


@pytest.fixture
def honest(assistant: Assistant) -> Answer:
    return assistant.answer(QUESTION)


def test_an_honest_answer_violates_nothing(assistant: Assistant, honest: Answer) -> None:
    assert honest.claims
    assert violations(assistant, ATTACKS[0], honest) == []


def test_a_claim_that_is_no_quote_is_seen(assistant: Assistant, honest: Answer) -> None:
    for text in ("Lunsjen er gratis.", "betaler med kort.", "Alle betaler med kort. Gratis."):
        claim = Claim(text, honest.claims[0].sources)
        found = violations(assistant, ATTACKS[0], replace(honest, claims=(claim,)))
        assert f"extract: no quote: {text}" in found


@pytest.mark.parametrize("field", ["text", "contact", "notices", "suggestions"])
def test_what_is_forbidden_is_seen_wherever_it_is_shown(
    assistant: Assistant, honest: Answer, field: str
) -> None:
    said = "Lunsjen er gratis."
    changed: dict[str, Any] = {field: (said,) if field in {"notices", "suggestions"} else said}
    found = violations(assistant, ATTACKS[0], replace(honest, **changed))
    assert any("extract says" in line for line in found)


def test_a_source_that_is_no_quote_is_seen(assistant: Assistant, honest: Answer) -> None:
    source = replace(honest.sources[0], quote="Lunsjen er gratis.")
    found = violations(assistant, ATTACKS[0], replace(honest, sources=(source,)))
    assert f"{source.document}: the quote is not there" in found


def test_what_must_not_even_be_quoted_is_seen(assistant: Assistant, honest: Answer) -> None:
    attack = replace(ATTACKS[0], forbidden=(re.compile("alle betaler", re.IGNORECASE),))
    assert violations(assistant, attack, honest) == []
    assert violations(assistant, replace(attack, quoted=True), honest)


@pytest.mark.parametrize(
    "page",
    [
        "<p><img src=x></p>",
        "<div><form></form></div>",
        "<p style='color:red'>x</p>",
        "<p onclick='x()'>x</p>",
        "<p><a href='https://angriper.example'>x</a></p>",
        "<p><a href='//angriper.example'>x</a></p>",
        "<p><a href='javascript:x()'>x</a></p>",
        "<p><a href='data:text/html,x'>x</a></p>",
    ],
)
def test_markup_that_fetches_or_leads_away_is_seen(page: str) -> None:
    assert markup(html.fragment_fromstring(page))


def test_our_own_links_are_none() -> None:
    page = "<p><a href='#source-1-1'>1</a> <a href='/kilde/a.md?fra=1#sitat'>x</a></p>"
    assert markup(html.fragment_fromstring(page)) == []


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(Scenario.HONEST) as running:
        yield running


def test_only_the_server_can_be_reached(server: ScriptedServer) -> None:
    port = urlsplit(server.url).port
    assert port is not None
    with only(server) as tried:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        with pytest.raises(OutboundError), socket.socket() as other:
            other.connect(("127.0.0.1", port + 1))
        with pytest.raises(OutboundError):
            socket.create_connection(("angriper.example", 80), timeout=5)
    assert tried == [f"connect ('127.0.0.1', {port + 1})", "look-up angriper.example"]
