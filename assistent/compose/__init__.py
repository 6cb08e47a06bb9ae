"""An answer in a chat model's words: which sentences it gets, what it is told, what it returns.

    selection   the numbered sentences that the model may build on
    prompt      what the model is told (``data/ledetekst.toml``)
    lines       a reply in pieces becomes lines
    claims      a line becomes a claim with its numbers, or is refused
    plain       a claim as plain text
    composer    asks the model and yields the claims

Nothing here decides whether a claim is true: that is :mod:`assistent.verify`'s.
"""

from assistent.compose.claims import Completeness, Proposal, Rejection
from assistent.compose.composer import Composer
from assistent.compose.selection import evidence_of

__all__ = ["Completeness", "Composer", "Proposal", "Rejection", "evidence_of"]
