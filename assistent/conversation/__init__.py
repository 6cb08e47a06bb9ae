"""Follow-ups: a question that is understood only with what was said before it.

«Og hva med ansatte?» names no topic of its own; «hvor fort må jeg svare henne?» names one, but
points back; «kan du si det enklere?» asks for the same answer in plainer words. What
leans is judged by wording and, where that does not tell, by likeness and by where the question
finds something. A question that does none of this is a new topic and is searched as if nothing
had been said.
"""

from assistent.conversation.context import InContext, in_context
from assistent.conversation.cues import leans, without_lead
from assistent.conversation.focus import focused, mixed_vector
from assistent.conversation.leaning import Leaning
from assistent.conversation.plain import MOST_LINES, plainest
from assistent.conversation.pull import Pull, pull_of, pull_of_hits
from assistent.conversation.vocabulary import topical

__all__ = [
    "MOST_LINES",
    "InContext",
    "Leaning",
    "Pull",
    "focused",
    "in_context",
    "leans",
    "mixed_vector",
    "plainest",
    "pull_of",
    "pull_of_hits",
    "topical",
    "without_lead",
]
