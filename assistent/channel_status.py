"""Channels that are closed: never recommended, and named as closed where a source names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistent.texts_answer import TEXTS
from assistent.types import Channel, ChannelStatus
from assistent.words import tokens

_SAYS_CLOSED = re.compile(
    r"avvik[lt]|lagt ned|la ned|legges ned|ikke (?:lenger|mer)|avslutt|stengt|opphør|erstatt"
    r"|kan ikke|fortsatt|tidligere",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:bruk(?:e|es|er)?|skal|bør|kan|publiser\w*|legg\w*|del\w*|send\w*)\b", re.I
)


def closed_channels(channels: Iterable[Channel], day: date) -> tuple[Channel, ...]:
    """Return the channels that are closed on a day."""
    return tuple(c for c in channels if c.status_on(day) is ChannelStatus.CLOSED)


def mentioned(channels: Iterable[Channel], text: str) -> tuple[Channel, ...]:
    """Return the channels that a text names, by name or nickname, as whole words."""
    words = f" {' '.join(tokens(text))} "
    return tuple(
        channel
        for channel in channels
        if any(
            f" {' '.join(tokens(name))} " in words for name in (channel.name, *channel.nicknames)
        )
    )


def recommends_closed(closed: Sequence[Channel], text: str) -> bool:
    """Whether a statement tells people to use a closed channel.

    One that says that the channel is closed does not.
    """
    if not closed or _SAYS_CLOSED.search(text) or not _RECOMMENDS.search(text):
        return False
    return bool(mentioned(closed, text))


def closed_notices(
    channels: Sequence[Channel], shown: Sequence[str], day: date, *, language: str = "nb"
) -> tuple[str, ...]:
    """Return one notice for each closed channel that a question or an answer names.

    The replacement is named only if the register knows one that is in use.
    """
    closed = closed_channels(channels, day)
    by_id = {channel.id: channel for channel in channels}
    notices = []
    for channel in mentioned(closed, " . ".join(shown)):
        replacement = by_id.get(channel.replaced_by)
        in_use = replacement and replacement.status_on(day) is ChannelStatus.IN_USE
        notices.append(
            TEXTS[language].closed_channel(
                channel.name,
                since=channel.status_from,
                replacement=replacement.name if replacement and in_use else "",
            )
        )
    return tuple(notices)
