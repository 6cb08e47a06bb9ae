"""The letters and digits of a page one after the other, and the words they belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistent.pictures.drawing import PageWords
from assistent.readers.characters import clean


def letters_of(text: str) -> str:
    """Return the letters and digits of a text: what survives every mending of the reader."""
    return "".join(filter(str.isalnum, clean(text)))


@dataclass(frozen=True, slots=True)
class Stream:
    """The letters of a page in one order; ``owners`` holds the word of each."""

    letters: str
    owners: tuple[int, ...]
    starts: frozenset[int]  # where words begin
    ends: frozenset[int]  # where they end

    def find(self, letters: str, after: int = 0) -> int:
        """Return where letters begin, preferably with a word and ending with one; -1 if nowhere."""
        first = -1
        at = self.letters.find(letters, after)
        while at >= 0:
            if at in self.starts and at + len(letters) in self.ends:
                return at
            if first < 0:
                first = at
            at = self.letters.find(letters, at + 1)
        return first

    def find_all(self, letters: str) -> list[int]:
        """Return every place where letters stand; whole words only, if there are any."""
        found = []
        at = self.letters.find(letters)
        while at >= 0:
            found.append(at)
            at = self.letters.find(letters, at + 1)
        whole = [at for at in found if at in self.starts and at + len(letters) in self.ends]
        return whole or found

    def longest(self, letters: str, after: int) -> tuple[int, int]:
        """Return place and length of the longest beginning of ``letters`` that ends with a word."""
        low, high = 0, len(letters)
        while low < high:  # if a beginning stands there, so does every shorter one
            middle = (low + high + 1) // 2
            if self.letters.find(letters[:middle], after) >= 0:
                low = middle
            else:
                high = middle - 1
        start = self.letters.find(letters[:low], after)
        while low > 0 and start + low not in self.ends:
            low -= 1
        return start, low

    def words(self, start: int, length: int) -> tuple[int, ...]:
        """Return the word of each of ``length`` letters."""
        return self.owners[start : start + length]


class Pages:
    """The pages of one document while a quote is looked for; each is read once.

    Args:
        words_of: returns the words of a page by its number; what it raises passes through.
    """

    def __init__(self, words_of: Callable[[int], PageWords]) -> None:
        self._words_of = words_of
        self._words: dict[int, PageWords] = {}
        self._streams: dict[int, tuple[Stream, Stream]] = {}

    def words(self, number: int) -> PageWords:
        """Return the words of a page."""
        if number not in self._words:
            self._words[number] = self._words_of(number)
        return self._words[number]

    def streams(self, number: int) -> tuple[Stream, Stream]:
        """Return the letters of a page in reading order, and as the file draws them.

        The second order finds what stands in tables, where the first goes across the columns.
        """
        if number not in self._streams:
            page = self.words(number)
            read = tuple(range(len(page.words)))
            self._streams[number] = (_stream(page, read), _stream(page, page.drawn))
        return self._streams[number]


def _stream(page: PageWords, order: tuple[int, ...]) -> Stream:
    parts: list[str] = []
    owners: list[int] = []
    starts: set[int] = set()
    ends: set[int] = set()
    for place in order:
        letters = letters_of(page.words[place].text)
        if letters:
            starts.add(len(owners))
            owners += [place] * len(letters)
            ends.add(len(owners))
            parts.append(letters)
    return Stream("".join(parts), tuple(owners), frozenset(starts), frozenset(ends))
