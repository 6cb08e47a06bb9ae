"""The question sets: one JSON object per line; see the README beside this file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from assistent.types import Turn

FOLDER = Path(__file__).parent
_BULLETS = re.compile("[•●\uf0b7]")


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question with what is known about its answer."""

    identity: str
    text: str
    language: str
    user: str
    style: str
    answerable: bool
    gold: tuple[tuple[str, str], ...]
    miss: str = ""
    history: tuple[Turn, ...] = ()


def load_sets(part: str) -> list[EvalQuestion]:
    """Load all question sets of a part, ``dev`` or ``test``."""
    return [question for path in set_files(part) for question in load_set(path)]


def set_files(part: str) -> list[Path]:
    """Return the files of a part, ``dev`` or ``test``."""
    return sorted(FOLDER.glob(f"*_{part}.jsonl"))


def load_set(path: Path) -> list[EvalQuestion]:
    """Load one question set."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        EvalQuestion(
            identity=record["id"],
            text=record["question"],
            language=record["language"],
            user=record["user"],
            style=record["style"],
            answerable=record["answerable"],
            gold=tuple((gold["document"], gold["quote"]) for gold in record["gold"]),
            miss=record.get("miss", ""),
            history=tuple(Turn(t["role"], t["content"]) for t in record.get("history", ())),
        )
        for record in records
    ]


def comparable(text: str) -> str:
    """Return a text in the form in which quotes are compared: one line, no bullets, one case."""
    return " ".join(_BULLETS.sub(" ", text).split()).casefold()
