"""How an answer is laid out on the wide page and on the phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs between the pages.

    ``claims`` is how many lines are shown at once, ``fold_sources`` whether the sources wait behind
    a line, ``new_tab`` whether links to documents and tools leave the conversation standing.
    """

    claims: int
    fold_sources: bool
    new_tab: bool


# On the development questions the fourth line is where the share that holds the answer levels
# off: .80 after three, .84 after four, .88 after all.
WIDE = Layout(claims=4, fold_sources=False, new_tab=True)
# A screen of 640 pixels has room for two lines above the composer.
PHONE = Layout(claims=2, fold_sources=True, new_tab=False)
