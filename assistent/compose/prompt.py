"""What the chat model is told; the words stand in ``data/ledetekst.toml``.

Documents and questions are material, whoever wrote them. They stand in the user's message inside a
fence that nothing in them can close, each sentence on one line, and no brackets in them can pass
for a number of ours. Paths, addresses and titles of documents are not told at all.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from assistent.readers import characters
from assistent.types import Evidence

MAX_QUESTION = 2000
_FENCES = str.maketrans("<>[]", "‹›()")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages that a chat model gets."""

    system: str
    user: str


def prompt_of(
    question: str,
    evidence: Sequence[Evidence],
    *,
    language: str,
    simpler: bool,
    before: str,
    as_json: bool,
) -> Prompt:
    """Put a question and the sentences to answer it from into words for a model.

    Args:
        language: of the answer, BCP 47.
        simpler: plainer words are wanted.
        before: the question before this one; empty if there is none to tell.
        as_json: the reply is to fit :func:`assistent.compose.structured.schema_of`.
    """
    words = _words()
    earlier = words["before"].lstrip().format(question=harmless(before)) if before else ""
    user = words["user"].format(
        evidence=_rendered(evidence),
        before=earlier,
        question=harmless(question)[:MAX_QUESTION],
        language=_language(language),
        simpler=words["simpler"] if simpler else "",
        form=words["form"]["json" if as_json else "text"],
    )
    return Prompt(words["system"].strip(), user.strip())


def harmless(text: str) -> str:
    """Return a text on one line that can neither close a fence nor pass for a number."""
    return characters.one_line(text).translate(_FENCES)


def _rendered(evidence: Sequence[Evidence]) -> str:
    """Return the sentences under their headings; what stands under the same is said once."""
    words = _words()
    lines: list[str] = []
    place: tuple[str, tuple[str, ...]] | None = None
    said: set[str] = set()
    for each in evidence:
        if (each.document, each.section) != place:
            place = (each.document, each.section)
            said = set()
            if each.section:
                headings = harmless(" › ".join(each.section))
                lines.append(words["section"].format(headings=headings))
        for text in each.context[len(each.section) :]:
            if text not in said:
                lines.append(words["preceding"].format(text=harmless(text)))
        said |= {*each.context, each.text}
        lines.append(f"[{each.number}] {harmless(each.text)}")
    return "\n".join(lines)


def _language(code: str) -> str:
    names: dict[str, str] = _words()["language"]
    return names.get(code) or names["other"].format(code=harmless(code))


@functools.cache
def _words() -> dict[str, Any]:
    source = resources.files("assistent").joinpath("data/ledetekst.toml").read_text("utf-8")
    return tomllib.loads(source)
