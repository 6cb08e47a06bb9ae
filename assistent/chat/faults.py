"""What can go wrong with a chat model, as a closed list."""

from __future__ import annotations

from enum import StrEnum


class ChatFault(StrEnum):
    """Why a chat model gave no answer that can be used."""

    DOWN = "down"  # not reached, broken off, or an error of the server's own
    SLOW = "slow"  # not finished in time
    QUOTA = "quota"  # the server wants us to come back later
    REFUSED = "refused"  # the key, the model's name or the request's format is not accepted
    RUBBISH = "rubbish"  # no text, garbage, too much, or cut off by the limit on its length
    BUSY = "busy"  # too many answers are being written at once


class ChatError(Exception):
    """A chat model gave no usable answer.

    It carries no text of the server's, which may repeat the prompt or the key.
    """

    def __init__(self, fault: ChatFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
