"""What can be written after ``assistent``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from assistent import (
    forms,
    texts_cli,
    texts_evaluation,
    texts_guidance,
    texts_journal,
    texts_mcp,
    texts_trial,
)
from assistent.cli import building, commands, evaluate, guidance, journal, tool_server
from assistent.errors import UsageError


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Norwegian and raises instead of leaving the process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title = texts_cli.HELP_POSITIONALS
        self._optionals.title = texts_cli.HELP_OPTIONS
        self.add_argument("-h", "--help", "--hjelp", action="help", help=texts_cli.HELP_HELP)

    def error(self, message: str) -> NoReturn:
        raise UsageError(texts_cli.wrong_usage(self.prog, _translate(message)))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", texts_cli.HELP_USAGE, 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", texts_cli.HELP_USAGE, 1)


def _translate(message: str) -> str:
    """Put argparse's own messages into Norwegian."""
    for english, norwegian in texts_cli.ARGUMENT_FAULTS.items():
        message = message.replace(english, norwegian)
    return message


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line.

    Returns:
        A namespace whose ``command`` is the function to call with it.

    Raises:
        UsageError: the words do not fit together.
    """
    parser = _Parser(prog="assistent", description=texts_cli.HELP_PROGRAM)
    verbs = parser.add_subparsers(
        title=texts_cli.HELP_VERBS, metavar="VERB", dest="verb", required=True
    )

    help_of_verb = {
        **texts_cli.HELP_OF_VERB,
        **texts_guidance.HELP_OF_VERB,
        "evaluer": texts_evaluation.HELP_EVALUATE,
        "mcp": texts_mcp.HELP,
        "journal": texts_journal.HELP,
    }

    def verb(name: str, command: Callable[[argparse.Namespace], int]) -> _Parser:
        help_text = help_of_verb[name]
        added: _Parser = verbs.add_parser(name, help=help_text, description=help_text)
        added.set_defaults(command=command)
        return added

    prepare = verb("modell", commands.prepare_model)
    prepare.add_argument("--på-nytt", dest="force", action="store_true", help=texts_cli.HELP_FORCE)

    build = verb("indekser", building.build_index)
    _folders(build)
    _json(build)
    build.add_argument(
        "--ved-behov", dest="if_needed", action="store_true", help=texts_cli.HELP_IF_NEEDED
    )
    build.add_argument(
        "--tilbake",
        dest="back",
        nargs="?",
        const="",
        metavar=texts_trial.METAVAR_EDITION,
        help=texts_trial.HELP_ROLL_BACK,
    )
    build.add_argument("--port", dest="gate", action="store_true", help=texts_trial.HELP_GATE)
    build.add_argument(
        "--sett", dest="sets", type=Path, nargs="+", metavar="FIL", help=texts_trial.HELP_SETS
    )
    build.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)

    corpus = verb("korpus", commands.show_corpus)
    _folders(corpus)
    _json(corpus)
    corpus.add_argument("--sjekk", dest="check", action="store_true", help=texts_cli.HELP_CHECK)
    corpus.add_argument(
        "--regler", dest="rules", action="store_true", help=texts_guidance.HELP_RULES
    )
    corpus.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)

    show = verb("kilde", commands.show_document)
    _folders(show)
    show.add_argument("document", metavar="DOKUMENT", help=texts_cli.HELP_DOCUMENT)

    find = verb("finn", commands.find)
    _asking(find)
    find.add_argument("--k", dest="count", type=_count, default=10, help=texts_cli.HELP_COUNT)

    answer = verb("svar", commands.answer)
    _asking(answer)

    _choosing(verb("kanal", guidance.choose))
    _checking(verb("sjekk", guidance.check))

    _evaluating(verb("evaluer", evaluate.evaluate))

    start = verb("start", commands.start)
    _folders(start)

    _serving_tools(verb("mcp", tool_server.serve_tools))

    kept = verb("journal", journal.look_after)
    kept.add_argument("--rydd", dest="tidy", action="store_true", help=texts_journal.HELP_TIDY)
    kept.add_argument(
        "--slett-tilbakemelding",
        dest="erase",
        metavar=texts_journal.METAVAR_ID,
        help=texts_journal.HELP_ERASE,
    )
    return parser.parse_args(list(arguments))


def _folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--korpus", dest="corpus", type=Path, metavar="MAPPE", help=texts_cli.HELP_CORPUS
    )
    parser.add_argument(
        "--indeks", dest="index", type=Path, metavar="MAPPE", help=texts_cli.HELP_INDEX
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", dest="as_json", action="store_true", help=texts_cli.HELP_JSON)


def _asking(parser: argparse.ArgumentParser) -> None:
    _folders(parser)
    _json(parser)
    parser.add_argument("question", nargs="?", metavar="SPØRSMÅL", help=texts_cli.HELP_QUESTION)
    parser.add_argument("--fil", dest="file", metavar="FIL", help=texts_cli.HELP_FILE)
    parser.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)


def _choosing(parser: argparse.ArgumentParser) -> None:
    _folders(parser)
    _json(parser)
    for flags, name, action, values, help_text in (
        (
            ("--maalgruppe", "--målgruppe"),
            "audience",
            "store",
            forms.AUDIENCES,
            texts_guidance.HELP_AUDIENCE,
        ),
        (("--melding",), "message", "store", forms.MESSAGES, texts_guidance.HELP_MESSAGE),
        (("--hast",), "urgency", "store", forms.URGENCIES, texts_guidance.HELP_URGENCY),
        (("--hensyn",), "concerns", "append", forms.CONCERNS, texts_guidance.HELP_CONCERN),
    ):
        parser.add_argument(
            *flags,
            dest=name,
            action=action,
            choices=values,
            metavar=texts_guidance.METAVAR,
            help=f"{help_text}: {', '.join(values)}",
        )
    parser.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)


def _checking(parser: argparse.ArgumentParser) -> None:
    _folders(parser)
    _json(parser)
    parser.add_argument(
        "description", nargs="?", metavar="BESLUTNING", help=texts_guidance.HELP_DESCRIPTION
    )
    for theme, names in guidance.THEME_FLAGS.items():
        parser.add_argument(
            *(f"--{name}" for name in names),
            dest=f"reply_{names[0]}",
            choices=forms.REPLIES,
            metavar=texts_guidance.METAVAR,
            help=f"{texts_guidance.DECISION_QUESTION[theme]} {texts_guidance.HELP_REPLY}",
        )
    parser.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)


def _serving_tools(parser: argparse.ArgumentParser) -> None:
    _folders(parser)
    parser.add_argument(
        "--adresse",
        dest="address",
        type=_address,
        metavar="ADRESSE",
        help=texts_mcp.HELP_ADDRESS,
    )
    parser.add_argument("--http", type=_port, metavar="PORT", help=texts_mcp.HELP_HTTP)


def _evaluating(parser: argparse.ArgumentParser) -> None:
    _json(parser)
    for flag, name, metavar, help_text in (
        ("--korpus", "corpus", "MAPPE", texts_evaluation.HELP_CORPUS),
        ("--indeks", "index", "MAPPE", texts_cli.HELP_INDEX),
        ("--mot", "against", "FIL", texts_evaluation.HELP_AGAINST),
        ("--lagre", "save", "FIL", texts_evaluation.HELP_SAVE),
        ("--rapport", "report", "MAPPE", texts_evaluation.HELP_REPORT),
    ):
        parser.add_argument(flag, dest=name, type=Path, metavar=metavar, help=help_text)
    parser.add_argument(
        "--sett", dest="sets", type=Path, nargs="+", metavar="FIL", help=texts_evaluation.HELP_SETS
    )
    for flag, name, help_text in (
        ("--ved-behov", "if_needed", texts_evaluation.HELP_IF_NEEDED),
        ("--vis-test", "show_test", texts_evaluation.HELP_SHOW_TEST),
    ):
        parser.add_argument(flag, dest=name, action="store_true", help=help_text)
    parser.add_argument("--dato", dest="day", type=_day, metavar="DATO", help=texts_cli.HELP_DAY)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(texts_cli.bad_date(value)) from None


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(texts_mcp.bad_address(value))
    return value.rstrip("/")


def _port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(texts_mcp.bad_port(value))
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 1000:
        raise argparse.ArgumentTypeError(texts_cli.bad_count(value))
    return int(value)
