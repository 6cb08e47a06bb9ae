"""What a question asks in its conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistent.conversation import cues
from assistent.conversation.contrasts import replaced_stems, swapped
from assistent.conversation.requests import asks_simpler
from assistent.types import Relation, Turn
from assistent.words import normalise

# So much of what was asked before is searched with a follow-up: its last sentences.
_LONGEST_BEFORE = 400
_SENTENCE_END = re.compile(r"(?<=[.!?…]) +")
_ENDS = (".", "!", "?", "…", ":")
# So many of the latest answers tell what the user has read by now.
_LATELY = 2

Leans = Callable[[str, str], bool]
"""Whether a question leans on the one before it."""


def by_wording(question: str, before: str) -> bool:
    """Judge by the wording of the question alone, whatever stands before it."""
    return bool(before) and cues.leans(question)


@dataclass(frozen=True, slots=True)
class InContext:
    """A question as it is searched, and how it stands to what was said before.

    ``text`` is searched for and shown to the user; it is empty where a plainer answer is asked for
    and there is none to make plainer. ``own`` is the question alone. ``before`` is the earlier
    question that it leans on, ``said`` what was answered lately; both are empty for a question
    that stands on its own. ``replaced`` are the stems of the earlier question's words that no
    longer hold. ``request`` is what asked for plainer words, ``requests`` how often in a row.
    """

    text: str
    own: str
    before: str = ""
    said: str = ""
    relation: Relation = Relation.ALONE
    replaced: frozenset[str] = frozenset()
    request: str = ""
    requests: int = 0

    @property
    def joined(self) -> bool:
        """Whether the text is the earlier question and, after it, this one."""
        return bool(self.before) and self.text.startswith(self.before)


def in_context(
    question: str,
    history: Sequence[Turn],
    *,
    leans: Leans = by_wording,
    respell: Callable[[str], str] = lambda text: text,
) -> InContext:
    """Return what a question asks in its conversation.

    Args:
        question: a cleaned question.
        history: the turns before it, oldest first.
        leans: whether a question leans on the one before it.
        respell: mends typing errors.
    """
    question = respell(question)
    asked = [
        (place, respell(" ".join(turn.content.split())))
        for place, turn in enumerate(history)
        if turn.role == "user" and turn.content.strip()
    ]
    topics = [(place, text) for place, text in asked if not asks_simpler(text)]
    if asks_simpler(question):
        if not topics:
            return InContext("", question, relation=Relation.SIMPLER, request=question, requests=1)
        place, text = topics[-1]
        answered = in_context(text, history[:place], leans=leans, respell=respell)
        requests = 1 + sum(later > place for later, _ in asked)
        return replace(answered, relation=Relation.SIMPLER, request=question, requests=requests)
    if not topics:
        return InContext(question, question)
    for count in range(len(topics), 0, -1):
        before = _topic([text for _, text in topics[:count]], leans)
        own = _asked_again(question, before)
        if own:
            place = topics[count][0] if count < len(topics) else len(history)
            return _follow_up(own, before, history[:place])
    if cues.turns_away(question):
        question = cues.without_turn(question)
        return InContext(question, question, relation=Relation.NEW_TOPIC)
    before = _topic([text for _, text in topics], leans)
    if leans(question, before):
        return _follow_up(question, before, history)
    return InContext(question, question, relation=Relation.NEW_TOPIC)


def _follow_up(own: str, before: str, history: Sequence[Turn]) -> InContext:
    said = [turn.content for turn in history if turn.role == "assistant"]
    return InContext(
        text=swapped(own, before) or _joined(before, own),
        own=own,
        before=before,
        said="\n".join(said[-_LATELY:]),
        relation=Relation.FOLLOW_UP,
        replaced=replaced_stems(own, before),
    )


def _topic(asked: Sequence[str], leans: Leans) -> str:
    """Return what the latest of some questions asks: with the one that it leans on.

    Of a row of follow-ups only the last one counts, beside the question that names the topic.
    """
    topic, latest = asked[0], ""
    for question in asked[1:]:
        if not leans(question, topic):
            topic, latest = question, ""
        elif changed := swapped(question, topic):
            topic, latest = changed, ""
        else:
            latest = question
    return _shortened(_joined(topic, latest) if latest else _sentence(topic))


def _asked_again(question: str, before: str) -> str:
    """Return the last part of a question that is searched for as it was shown, empty if it is not.

    «Hvilken skrift bruker vi? Og på nett?» was shown for «og på nett?», and may be sent again.
    """
    if normalise(question).startswith(normalise(before)):
        rest = question[len(before) :].strip()
        return rest if any(map(str.isalpha, rest)) else ""
    return ""


def _joined(before: str, own: str) -> str:
    return f"{_sentence(before)} {_sentence(own)}"


def _sentence(text: str) -> str:
    begun = f"{text[:1].upper()}{text[1:]}"
    return begun if begun.endswith(_ENDS) else f"{begun}?"


def _shortened(text: str) -> str:
    """Return the last sentences of a text that is too long to search with."""
    if len(text) <= _LONGEST_BEFORE:
        return text
    kept = ""
    for sentence in reversed(_SENTENCE_END.split(text)):
        longer = f"{sentence} {kept}".strip()
        if len(longer) > _LONGEST_BEFORE:
            break
        kept = longer
    return kept or text[-_LONGEST_BEFORE:].partition(" ")[2]
