"""An edition as somebody sees it who may not see all of its documents.

Everything is as if the edition had been built without the hidden documents: passages, vectors,
word counts, registers and known questions. So no later step has to know that something is hidden,
and none can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistent.index import Index, lexical_index
from assistent.nearest import Rows
from assistent.types import Channel, ChannelStatus, Document, Registers, Rule


class RestrictedIndex(Index):
    """The part of an opened edition that consists of some of its documents.

    The vectors are the edition's own; they are not copied.

    Args:
        whole: the edition; it stays open as long as this is used.
        visible: the paths of the documents to keep.
    """

    def __init__(self, whole: Index, visible: frozenset[str]) -> None:
        rows = _places(passage.document in visible for passage in whole.passages)
        offsets = whole.statement_offsets
        spans = [np.arange(offsets[row], offsets[row + 1]) for row in rows]
        statements = np.concatenate(spans) if spans else rows
        asked = _places(each.document in visible for each in whole.asked)
        self._whole = whole
        self.edition = whole.edition
        self.fingerprint = whole.fingerprint
        self.documents = visible_documents(whole.documents, visible)
        self.registers = visible_registers(whole.registers, visible)
        self.passages = tuple(whole.passages[row] for row in rows)
        self.passage_vectors = Rows(whole.passage_vectors, rows)
        self.statement_vectors = Rows(whole.statement_vectors, statements)
        self.asked = tuple(whole.asked[row] for row in asked)
        self.asked_vectors = whole.asked_vectors[asked]
        texts = {path: document.text for path, document in self.documents.items()}
        self.lexical = lexical_index(self.passages, texts)
        self._look_up()
        # Chroma's graph leads over hidden passages, and finds less where many are.
        self._by_graph = False
        self.passage_scan = whole.passage_scan.among(rows)
        self.statement_scan = whole.statement_scan.among(statements)
        self.asked_scan = whole.asked_scan.among(asked)

    def close(self) -> None:
        """Do nothing: the whole edition is closed by whoever opened it."""


def visible_documents(
    documents: Mapping[str, Document], visible: frozenset[str]
) -> dict[str, Document]:
    """Return the documents that may be seen, in their order."""
    return {path: document for path, document in documents.items() if path in visible}


def visible_registers(registers: Registers, visible: frozenset[str]) -> Registers:
    """Return the registers without what rests on hidden documents.

    A channel that nothing visible speaks of is left out. Where the proof of a channel's status is
    hidden, the status is unknown, and it is not recommended: it may be closed.
    """

    def seen(rules: Iterable[Rule]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if rule.document in visible)

    def as_seen(channel: Channel) -> Channel:
        proof = channel.status_rule
        shown = replace(
            channel,
            suited=seen(channel.suited),
            unsuited=seen(channel.unsuited),
            demands=seen(channel.demands),
        )
        if proof is None or proof.document in visible:
            return shown
        return replace(
            shown,
            status=ChannelStatus.UNKNOWN,
            status_from=None,
            replaced_by="",
            status_rule=None,
            selectable=False,
        )

    channels = [
        as_seen(channel)
        for channel in registers.channels
        if not (rules := _rules_of(channel)) or seen(rules)
    ]
    known = {channel.id for channel in channels}
    return Registers(
        channels=tuple(
            channel if channel.replaced_by in known else replace(channel, replaced_by="")
            for channel in channels
        ),
        duties=tuple(duty for duty in registers.duties if duty.rule.document in visible),
        demands=seen(registers.demands),
        crisis=seen(registers.crisis),
        unknown_channels=seen(registers.unknown_channels),
        unknown_duties=seen(registers.unknown_duties),
    )


def _rules_of(channel: Channel) -> tuple[Rule, ...]:
    proof = (channel.status_rule,) if channel.status_rule else ()
    return (*channel.suited, *channel.unsuited, *channel.demands, *proof)


def _places(kept: Iterable[bool]) -> NDArray[np.int64]:
    return np.array([place for place, keep in enumerate(kept) if keep], dtype=np.int64)
