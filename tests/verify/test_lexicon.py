"""The word lists say what they are meant to."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from assistent.verify.lexicon import Mark, grammar, is_actor, is_channel, known_languages, opposed


def data(name: str) -> dict[str, Any]:
    source = resources.files("assistent").joinpath(f"data/bevis_{name}.toml").read_text("utf-8")
    return tomllib.loads(source)


def test_no_word_stands_on_both_sides_of_a_row() -> None:
    rows = data("motsetninger")["rader"]
    for row in rows:
        kinds = [set(kind.split()) for kind in row.split("/")]
        assert len(kinds) > 1, row
        counts = Counter(word for kind in kinds for word in kind)
        assert max(counts.values()) == 1, row


def test_every_line_of_forms_has_one_base() -> None:
    for line in data("former")["former"]:
        assert line.count(":") == 1, line
        assert " " not in line.partition(":")[0].strip(), line


def test_every_phrase_has_a_word() -> None:
    for line in data("synonymer")["fraser"]:
        phrase, _, word = line.partition("=")
        assert phrase.split(), line
        assert len(word.split()) == 1, line


@pytest.mark.parametrize("language", ["nb", "en", "de", "pl"])
def test_a_known_language_has_every_class(language: str) -> None:
    rules = grammar(language)
    assert language in known_languages()
    assert rules is not None
    assert {mark for marks in rules.marks.values() for mark in marks} == set(Mark)


def test_other_languages_are_not_known() -> None:
    assert grammar("so") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [("intern", "eksternt"), ("øke", "reduseres"), ("lettere", "vanskelig"), ("høyre", "venstre")],
)
def test_opposites(first: str, second: str) -> None:
    assert opposed(first, second)
    assert not opposed(first, first)


def test_actors_and_channels() -> None:
    assert is_actor("kommunikasjonsdirektøren")
    assert is_channel("nettsidene")
    assert not is_actor("vanlege")
    assert not is_channel("hører")
