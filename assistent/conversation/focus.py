"""How a follow-up is searched: its own words first, the earlier question's beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistent.conversation.context import InContext
from assistent.conversation.cues import names_a_case
from assistent.index import Vectors
from assistent.languages import reply_language
from assistent.questions import ConceptReader, Question, read_question

# How much a word of the question before counts beside one of the follow-up's own. On the
# development conversations .5 to .8 find about as much, and more than 1.
_EARLIER_SHARE = 0.65


def focused(
    question: Question, context: InContext, *, topic: str, words: ConceptReader
) -> Question:
    """Return a follow-up's question with what it asks itself before what it leans on.

    Its own words count in full, the earlier question's less, and those that it replaces not at
    all. What kind of thing is asked for is read from its own wording, unless it only names another
    case: «hvor stor er overskriften?», «og teksten?».

    Args:
        question: as read from the text that is searched.
        topic: the follow-up itself, without the names of documents.
        words: what finds the weighty words.
    """
    own = read_question(context.own, topic=topic, words=words)
    known = {concept.alternatives[0] for concept in own.concepts}
    share = _EARLIER_SHARE if context.joined else 1.0
    earlier = tuple(
        replace(concept, share=share)
        for concept in question.concepts
        if concept.alternatives[0] not in known | context.replaced
    )
    request = (context.request,) if context.request else ()
    question = replace(
        question,
        language=reply_language(*request, context.own, context.text),
        concepts=(*own.concepts, *earlier),
        demands=own.demands,
    )
    if names_a_case(context.own):
        return question
    return replace(
        question,
        kinds=own.kinds,
        counted=own.counted,
        number=own.number,
        adoption=own.adoption,
        responsibility=own.responsibility,
        point_in_time=own.point_in_time,
    )


def mixed_vector(whole: Vectors, own: Vectors) -> Vectors:
    """Return the direction between a follow-up in its context and the follow-up alone.

    Both have shape (dimensions,) and length 1, and so has what is returned.
    """
    mixed: Vectors = whole + own
    return mixed / np.float32(np.linalg.norm(mixed))
