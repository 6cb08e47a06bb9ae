"""Follow-ups: a question that is understood only with what was said before it.

«Og hva med ansatte?» names no topic of its own; «hvor fort må jeg svare henne?» names one, but
points back; «kan du si det enklere?» asks for the same answer in plainer words. All three are read
by rules over the questions before and what the last answer quoted. A question that does none of
this is a new topic and is searched as if nothing had been said.
"""

from assistent.conversation.context import InContext, in_context
from assistent.conversation.cues import without_lead
from assistent.conversation.focus import focused, mixed_vector
from assistent.conversation.plain import MOST_LINES, plainest
from assistent.conversation.pull import Pull, pull_of, pull_of_hits

__all__ = [
    "MOST_LINES",
    "InContext",
    "Pull",
    "focused",
    "in_context",
    "mixed_vector",
    "plainest",
    "pull_of",
    "pull_of_hits",
    "without_lead",
]
