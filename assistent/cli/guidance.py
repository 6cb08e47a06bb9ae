"""``assistent kanal``, ``assistent sjekk`` and ``assistent korpus --regler``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistent import forms
from assistent import texts_guidance as texts
from assistent.cli.commands import chosen_settings, print_json, show_progress
from assistent.errors import CorpusError, UsageError

if TYPE_CHECKING:
    from assistent.guidance import Library

# What each theme is called on the command line; the first name is where the reply is kept.
_SPELT = {"verktoy": "verktøy", "sprak": "språk"}
THEME_FLAGS: Mapping[str, Sequence[str]] = {
    theme: (key, _SPELT[key]) if key in _SPELT else (key,)
    for theme, key in forms.THEME_KEYS.items()
}


def choose(arguments: argparse.Namespace) -> int:
    """``assistent kanal``: find the channel for a message."""
    from assistent.channels import ChannelAnswers, choose_channel
    from assistent.exchange.plain_text import advice_as_text
    from assistent.exchange.records import advice_as_json

    given = (arguments.audience, arguments.message, arguments.urgency, arguments.concerns)
    if not any(given) and sys.stdin.isatty():
        audience = _ask_one(forms.AUDIENCE)
        message = _ask_one(forms.MESSAGE)
        urgency = _ask_one(forms.URGENCY)
        concerns = _ask_many(forms.CONCERN)
    elif arguments.audience and arguments.message:
        audience, message = arguments.audience, arguments.message
        urgency = arguments.urgency or forms.NO_HURRY
        concerns = tuple(dict.fromkeys(arguments.concerns or ()))
    else:
        raise UsageError(texts.CHANNEL_NEEDS)
    answers = ChannelAnswers(audience, message, urgency, concerns)
    advice = choose_channel(
        answers, _open_to_all(_library(arguments)), arguments.day or date.today()
    )
    if arguments.as_json:
        print_json(advice_as_json(advice))
    else:
        print(advice_as_text(advice))
    return 0


def check(arguments: argparse.Namespace) -> int:
    """``assistent sjekk``: see what a decision demands."""
    from assistent.duties import DecisionAnswers, check_decision
    from assistent.exchange.plain_text import check_as_text
    from assistent.exchange.records import check_as_json

    replies = {
        theme: reply
        for theme, names in THEME_FLAGS.items()
        if (reply := getattr(arguments, f"reply_{names[0]}")) is not None
    }
    if not replies and sys.stdin.isatty():
        replies = {theme: _ask_reply(theme) for theme in forms.THEMES}
    elif not replies:
        raise UsageError(texts.DECISION_NEEDS)
    try:
        answers = DecisionAnswers(replies, " ".join((arguments.description or "").split()))
    except ValueError as error:
        raise UsageError(str(error)) from None
    result = check_decision(
        answers, _open_to_all(_library(arguments)), arguments.day or date.today()
    )
    if arguments.as_json:
        print_json(check_as_json(result))
    else:
        print(check_as_text(result))
    return 0


def show_rules(arguments: argparse.Namespace) -> int:
    """``assistent korpus --regler``: print the decision table and the findings."""
    from assistent import bootstrap
    from assistent.cli.rules_output import rules_as_json, rules_as_text
    from assistent.guidance import Library
    from assistent.rule_check import check_rules

    settings = chosen_settings(arguments)
    with show_progress() as show:
        documents, _, registers = bootstrap.check_corpus(settings, progress=show)
    library = Library({document.info.path: document for document in documents}, registers)
    report = check_rules(library, arguments.day or date.today())
    if arguments.as_json:
        print_json(rules_as_json(report, library))
    else:
        print(rules_as_text(report, library))
    if report.findings:
        raise CorpusError(texts.rules_faulty(len(report.findings)))
    return 0


def _open_to_all(library: Library) -> Library:
    """Leave out what not everyone may see: nobody is signed in at the command line."""
    from assistent.current import visible_paths
    from assistent.restricted import visible_documents, visible_registers

    visible = visible_paths(library.documents, frozenset())
    return replace(
        library,
        documents=visible_documents(library.documents, visible),
        registers=visible_registers(library.registers, visible),
    )


def _library(arguments: argparse.Namespace) -> Library:
    """Read the rules of the edition in force; the model and the vectors are not needed."""
    from assistent.editions import current_edition
    from assistent.guidance import Library
    from assistent.index import read_rules

    settings = chosen_settings(arguments)
    edition = current_edition(settings.index)
    documents, registers = read_rules(settings.index / edition)
    return Library(documents, registers, edition=edition, contact=settings.contact)


# --- Questions on the terminal -------------------------------------------------------------------


def _say(line: str, end: str = "\n") -> None:
    """Write to the person; standard output is for the result."""
    print(line, end=end, file=sys.stderr, flush=True)


def _read(prompt: str) -> str:
    _say(prompt, end="")
    line = sys.stdin.readline()
    if not line:
        raise UsageError(texts.NO_ANSWER)
    return line.strip().casefold()


def _show_choices(question: str) -> Sequence[str]:
    answers = [a for a in forms.CHANNEL_QUESTIONS[question] if a != forms.CRISIS]
    _say(f"\n{texts.CHANNEL_QUESTION[question]}")
    for number, answer in enumerate(answers, start=1):
        _say(f"  {number} {texts.answer_label(question, answer)}")
    return answers


def _ask_one(question: str) -> str:
    answers = _show_choices(question)
    while True:
        chosen = _numbers(_read(texts.CHOOSE_ONE.format(count=len(answers))), len(answers))
        if chosen is not None and len(chosen) == 1:
            return answers[chosen[0] - 1]
        _say(texts.CHOOSE_AGAIN)


def _ask_many(question: str) -> tuple[str, ...]:
    answers = _show_choices(question)
    while True:
        chosen = _numbers(_read(texts.CHOOSE_MANY.format(count=len(answers))), len(answers))
        if chosen is not None:
            return tuple(answers[number - 1] for number in sorted(set(chosen)))
        _say(texts.CHOOSE_AGAIN)


def _ask_reply(theme: str) -> str:
    _say(f"\n{texts.DECISION_QUESTION[theme]}")
    while True:
        given = _read(texts.CHOOSE_REPLY)
        found = [reply for reply in forms.REPLIES if given and reply.startswith(given)]
        if len(found) == 1:
            return found[0]
        _say(texts.CHOOSE_AGAIN)


def _numbers(line: str, count: int) -> list[int] | None:
    """Read the numbers on a line; None if something else stands there."""
    words = line.replace(",", " ").split()
    if not all(word.isdecimal() and 1 <= int(word) <= count for word in words):
        return None
    return [int(word) for word in words]
