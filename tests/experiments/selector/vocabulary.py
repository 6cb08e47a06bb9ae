"""Keep the part of the vocabulary that Nordic and English text uses.

XLM-R's vocabulary has 250 000 pieces for a hundred languages; their vectors are four fifths of the
model. Pieces that no Norwegian, Danish, Swedish or English word is split into are taken out
(Abdaoui et al. 2020, «Load What You Need»).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistent.model.unigram import UnigramTokenizer, Vocabulary

VOCABULARY = "vocabulary.json"
"""The file in which a run keeps its smaller vocabulary."""

# Text of other scripts is not asked about; single characters of these are kept, so that a name
# with any Latin letter can still be spelled.
_LAST_LATIN = "\u024f"
_PUNCTUATION = "–—‘’‚“”„†•…‰‹›€™−≤≥§©®°±²³·½«»"


def keep_used(full: Vocabulary, texts: Iterable[str]) -> Vocabulary:
    """Return a smaller vocabulary.

    Args:
        full: the whole vocabulary.
        texts: what has to be tokenised as before: word lists and running text.
    """
    tokenizer = UnigramTokenizer(full)
    used = set(full.special)
    for text in texts:
        used.update(tokenizer.encode(text))
    used.update(number for number, piece in enumerate(full.pieces) if _is_character(piece))
    kept = sorted(used)
    place = {number: row for row, number in enumerate(kept)}
    return replace(
        full,
        pieces=[full.pieces[number] for number in kept],
        scores=[full.scores[number] for number in kept],
        begin=place[full.begin],
        end=place[full.end],
        padding=place[full.padding],
        unknown=place[full.unknown],
        special=sorted(place[number] for number in full.special),
    )


def rows_of(smaller: Vocabulary, full: Vocabulary) -> list[int]:
    """Return for each id in the smaller vocabulary the id in the full one."""
    place = {piece: number for number, piece in enumerate(full.pieces)}
    return [place[piece] for piece in smaller.pieces]


def _is_character(piece: str) -> bool:
    character = piece.removeprefix("▁")
    return len(character) <= 1 and (character <= _LAST_LATIN or character in _PUNCTUATION)
