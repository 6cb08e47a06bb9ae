"""What was asked and what became of it, and what people said of the answers.

Who asked is never known here. Text of a question is kept only where :class:`Keeping` says so, and
only of questions that the guard has let through.
"""

from assistent.journal.entries import Entrance, Entry, Keeping, Quoted, entry_of, new_reference
from assistent.journal.feedback import Feedback, FeedbackBox, Given, Place, Reason, Triage
from assistent.journal.writer import Journal

__all__ = [
    "Entrance",
    "Entry",
    "Feedback",
    "FeedbackBox",
    "Given",
    "Journal",
    "Keeping",
    "Place",
    "Quoted",
    "Reason",
    "Triage",
    "entry_of",
    "new_reference",
]
