"""The tokenizer that runs: SentencePiece's Unigram model over the XLM-R vocabulary.

The package ``tokenizers`` gives the same tokens (preparation and the tests compare them), but it
takes 0.9 s and 280 MB to build its search tree from 250 000 pieces. A dictionary takes 0.3 s and
60 MB, and short questions and passages are all it is used for.

Source of the method: Kudo 2018, "Subword Regularization", section 3.2 (Viterbi over pieces).
"""

from __future__ import annotations

import json
import math
import unicodedata
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

WORD_START = "▁"
"""Stands before every word in the vocabulary; text is split at spaces, so never inside a piece."""

UNKNOWN_PENALTY = 10.0
"""How much less likely an unknown character is than the rarest piece, as in SentencePiece."""

_LONGEST_REMEMBERED = 40
"""Characters of the longest word that is kept in the cache; a longer one is hardly a word."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tokenizer knows; a piece's place in the list is its id.

    ``special`` are the ids of marks such as ``<s>``, which never stand for text. ``spaces`` are
    characters read as a space, ``dropped`` those that vanish, both before NFKC normalisation.
    """

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    padding: int
    unknown: int
    special: list[int]
    spaces: str
    dropped: str

    def save(self, path: Path) -> None:
        """Write the vocabulary as JSON."""
        path.write_text(
            json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read a vocabulary.

        Raises:
            OSError: the file cannot be read.
            ValueError, TypeError: it is not a vocabulary.
        """
        return cls(**json.loads(path.read_text(encoding="utf-8")))


class UnigramTokenizer:
    """Splits text into the ids of the most probable sequence of pieces. Safe between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        for number in vocabulary.special:
            del self._ids[vocabulary.pieces[number]]  # «<s>» in a question is text, not a mark
        self._longest = max(map(len, self._ids))
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY
        self._characters = str.maketrans(
            dict.fromkeys(vocabulary.spaces, " ") | dict.fromkeys(vocabulary.dropped, "")
        )
        self._remembered = lru_cache(maxsize=1 << 16)(self._split_word)

    def encode(self, text: str, limit: int | None = None) -> list[int]:
        """Return the ids of ``text`` without marks around it, at most ``limit`` of them."""
        ids: list[int] = []
        for word in unicodedata.normalize("NFKC", text.translate(self._characters)).split():
            split = self._remembered if len(word) <= _LONGEST_REMEMBERED else self._split_word
            ids.extend(split(WORD_START + word))
            if limit is not None and len(ids) >= limit:
                return ids[:limit]
        return ids

    def _split_word(self, word: str) -> tuple[int, ...]:
        ids, scores, unknown = self._ids, self.vocabulary.scores, self.vocabulary.unknown
        best = [0.0] + [-math.inf] * len(word)
        arrived = [(0, unknown)] * (len(word) + 1)  # where the last piece began, and its id
        for start in range(len(word)):
            so_far = best[start]
            for stop in range(start + 1, min(start + self._longest, len(word)) + 1):
                piece = ids.get(word[start:stop])
                if piece is not None and so_far + scores[piece] > best[stop]:
                    best[stop] = so_far + scores[piece]
                    arrived[stop] = (start, piece)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1] = so_far + self._unknown_score
                arrived[start + 1] = (start, unknown)
        return tuple(self._walk_back(arrived))

    def _walk_back(self, arrived: list[tuple[int, int]]) -> list[int]:
        unknown = self.vocabulary.unknown
        ids: list[int] = []
        stop = len(arrived) - 1
        while stop > 0:
            stop, piece = arrived[stop]
            if not (piece == unknown and ids and ids[-1] == unknown):  # a run counts as one
                ids.append(piece)
        return ids[::-1]
