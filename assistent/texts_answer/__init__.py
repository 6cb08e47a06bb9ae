"""Everything said around an answer: bokmål, nynorsk and English.

One value per language, so that no language can lack a sentence. The documents' own sentences and
titles stand as they are, in Norwegian. What is said before any search stands in
:mod:`assistent.texts_guard`.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistent.texts_answer.bokmal import BOKMAL
from assistent.texts_answer.english import ENGLISH
from assistent.texts_answer.nynorsk import NYNORSK
from assistent.texts_answer.wording import USUAL_CONTACT, AnswerTexts

__all__ = ["BOKMAL", "ENGLISH", "NYNORSK", "TEXTS", "USUAL_CONTACT", "AnswerTexts"]

TEXTS: Mapping[str, AnswerTexts] = {each.language: each for each in (BOKMAL, NYNORSK, ENGLISH)}
