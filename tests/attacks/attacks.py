"""Attacks on the assistant: ``angrep.toml`` holds them and says what each key means."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistent.types import Turn
from tests.attacks.corpus import QUESTION

FILE = Path(__file__).resolve().parent / "angrep.toml"
PLACES = (
    "document", "question", "history", "two_documents", "table", "hidden_html", "heading",
    "register", "list", "footnote", "unicode",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack; the keys are explained in ``angrep.toml``.

    ``beside`` are other files of the same corpus.
    """

    identity: str
    where: str
    goal: str
    says: tuple[str, ...]
    forbidden: tuple[re.Pattern[str], ...]
    question: str = QUESTION
    history: tuple[Turn, ...] = ()
    quoted: bool = False
    hidden: tuple[str, ...] = ()
    refused: bool = False
    files: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def load() -> list[Attack]:
    """Load all attacks.

    Hidden text must not even be stored, so the files that hide some may share one corpus.
    """
    records: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["attack"]
    attacks = [
        Attack(
            identity=record["id"],
            where=record["where"],
            goal=record["goal"],
            says=tuple(record["says"]),
            forbidden=tuple(re.compile(each, re.IGNORECASE) for each in record["forbidden"]),
            question=record.get("question", QUESTION),
            history=tuple(Turn(role, said) for role, said in record.get("history", ())),
            quoted=record.get("quoted", False),
            hidden=tuple(record.get("hidden", ())),
            refused=record.get("refused", False),
            files=tuple(
                (file["path"], file["text"] * file.get("times", 1))
                for file in record.get("file", ())
            ),
        )
        for record in records
    ]
    hiding = tuple(file for each in attacks if each.where == "hidden_html" for file in each.files)
    return [
        replace(each, beside=hiding) if each.where == "hidden_html" else each for each in attacks
    ]
