"""Takes feedback: checks it, stops personal data in it, and keeps it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistent import guard, texts_guard
from assistent import texts_feedback as texts
from assistent.errors import DatabaseError
from assistent.journal import FeedbackBox, Given, Journal, Reason
from assistent.journal.entries import is_reference
from assistent.journal.feedback import MAX_CONTACT, MAX_TEXT
from assistent.personal_data import find_personal_data, without_personal_data
from assistent.web.feedback.limit import Limit

_log = logging.getLogger(__name__)

AT_ONCE, PER_SECOND = 60, 1.0
"""Feedback taken at once and per second, by one process."""

MAX_CLAIM = 200
_WRITTEN_SECONDS = 1.0  # the answer that is meant may still wait to be written
_CONTACT = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")


class Refusal(StrEnum):
    """Why feedback was not taken."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    BAD_CONTACT = "bad_contact"
    PERSONAL_DATA = "personal_data"
    TOO_OFTEN = "too_often"
    STORE_DOWN = "store_down"


_SAID = {
    Refusal.UNREADABLE: texts.UNREADABLE,
    Refusal.TOO_LONG: texts.TOO_LONG,
    Refusal.BAD_CONTACT: texts.BAD_CONTACT,
    Refusal.TOO_OFTEN: texts.TOO_OFTEN,
    Refusal.STORE_DOWN: texts.STORE_DOWN,
}


class NotTakenError(Exception):
    """Feedback was not taken, and nothing of it is kept.

    ``left`` is the text without the personal data that stopped it; empty for any other reason.
    """

    def __init__(self, refusal: Refusal, text: str = "", *, left: str = "") -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.text = text or _SAID[refusal]
        self.left = left


@dataclass(frozen=True, slots=True)
class Sent:
    """Feedback as it comes in; nothing is known of it yet but that it is text."""

    reference: str
    useful: str
    claim: str = ""
    reasons: Sequence[str] = ()
    text: str = ""
    contact: str = ""


class FeedbackDesk:
    """Where feedback is handed in; one for the whole process.

    Args:
        journal: knows the answers that feedback is about.
        limit: how often feedback may come.
    """

    def __init__(self, journal: Journal, *, limit: Limit | None = None) -> None:
        self._journal = journal
        self._box = FeedbackBox(journal.database, now=journal.now)
        self._limit = limit or Limit(AT_ONCE, PER_SECOND)

    def take(self, sent: Sent) -> str:
        """Keep feedback and return its id.

        Raises:
            NotTakenError: it cannot be used, holds personal data, or cannot be kept now.
        """
        given = read(sent)
        if not self._limit.passes():
            raise NotTakenError(Refusal.TOO_OFTEN)
        self._journal.flush(_WRITTEN_SECONDS)
        try:
            return self._box.add(given)
        except DatabaseError as error:
            _log.warning("feedback cannot be kept: %s", error)
            raise NotTakenError(Refusal.STORE_DOWN) from error


def read(sent: Sent) -> Given:
    """Return feedback that may be kept.

    Raises:
        NotTakenError: it cannot be used, or holds personal data.
    """
    reasons = tuple(dict.fromkeys(sent.reasons))
    claim = int(sent.claim) if sent.claim.isdecimal() and len(sent.claim) < 6 else 0
    usable = (
        is_reference(sent.reference)
        and sent.useful in ("ja", "nei")
        and all(reason in set(Reason) for reason in reasons)
        and (not sent.claim or 1 <= claim <= MAX_CLAIM)
    )
    if not usable:
        raise NotTakenError(Refusal.UNREADABLE)
    return Given(
        reference=sent.reference,
        useful=sent.useful == "ja",
        claim=claim or None,
        reasons=tuple(Reason(reason) for reason in reasons),
        text=_safe_text(sent.text),
        contact=_contact(sent.contact),
    )


def usable_contact(given: str) -> str:
    """Return an address that may be kept; empty if it may not."""
    try:
        return _contact(given)
    except NotTakenError:
        return ""


def _safe_text(text: str) -> str:
    # A browser counts a line break as one character and sends two.
    plain = "\n".join(guard.clean(line) for line in text.splitlines()).strip()
    if len(plain) > MAX_TEXT:
        raise NotTakenError(Refusal.TOO_LONG)
    found = find_personal_data(plain)
    if found:
        kinds = texts_guard.PERSONAL_KIND["nb"]
        masked = [f"{kinds[finding.kind]} ({finding.masked})" for finding in found]
        left = without_personal_data(plain)
        raise NotTakenError(Refusal.PERSONAL_DATA, texts.stopped(masked), left=left)
    return plain


def _contact(given: str) -> str:
    address = given.strip()
    if not address:
        return ""
    # An address may itself be built on a number that nobody should keep.
    hidden = find_personal_data(address.replace("@", " "))
    if len(address) > MAX_CONTACT or not _CONTACT.fullmatch(address) or hidden:
        raise NotTakenError(Refusal.BAD_CONTACT)
    return address
