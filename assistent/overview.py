"""All channels and all duties on one page each: what the guided tools choose from.

They can be read where the tools cannot compute: without a network, on paper, in a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistent import texts_guidance as texts
from assistent.guidance import Library, ProvenRule, Prover
from assistent.types import Channel, ChannelStatus

_NOTES = {
    ChannelStatus.UNKNOWN: texts.STATUS_UNKNOWN,
    ChannelStatus.CLOSING: texts.STATUS_CLOSING,
}


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """One channel with everything the sources say of it, each line proven."""

    channel: Channel
    note: str
    suited: tuple[ProvenRule, ...]
    unsuited: tuple[ProvenRule, ...]
    demands: tuple[ProvenRule, ...]
    status: ProvenRule | None


@dataclass(frozen=True, slots=True)
class ChannelOverview:
    """The channels in use, those that are not, and what holds everywhere."""

    usable: tuple[ChannelEntry, ...]
    others: tuple[ChannelEntry, ...]
    demands: tuple[ProvenRule, ...]
    notices: tuple[str, ...]


def all_channels(library: Library, day: date) -> ChannelOverview:
    """Return every channel of the register, those that can be used first.

    Raises:
        IndexDamagedError: a quote does not stand where the register says.
    """
    prover = Prover(library, day)
    entries = [_entry(channel, prover, day) for channel in library.registers.channels]
    gone = (ChannelStatus.CLOSED, ChannelStatus.PLANNED)
    return ChannelOverview(
        usable=tuple(e for e in entries if e.channel.status_on(day) not in gone),
        others=tuple(e for e in entries if e.channel.status_on(day) in gone),
        demands=prover.prove_all(library.registers.demands),
        notices=prover.notices(),
    )


def _entry(channel: Channel, prover: Prover, day: date) -> ChannelEntry:
    status = prover.usable([channel.status_rule] if channel.status_rule else [])
    return ChannelEntry(
        channel=channel,
        note=_NOTES.get(channel.status_on(day), ""),
        suited=prover.prove_all(channel.suited),
        unsuited=prover.prove_all(channel.unsuited),
        demands=prover.prove_all(channel.demands),
        status=prover.prove(status[0]) if status else None,
    )
