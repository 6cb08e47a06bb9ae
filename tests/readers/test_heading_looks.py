from __future__ import annotations

import pytest

from assistent.readers.heading_looks import Look, heading_levels, may_be_heading


def test_larger_is_above_smaller_and_bold_above_regular() -> None:
    looks = [Look(11, True), Look(16, False), Look(16, True), Look(13, True)]
    levels = heading_levels(looks)
    assert [levels[look] for look in looks] == [4, 2, 1, 3]


def test_sizes_half_a_point_apart_are_one() -> None:
    levels = heading_levels([Look(14, True), Look(13.5, True), Look(12, True)])
    assert list(levels.values()) == [1, 1, 2]


def test_numbers_part_headings_of_one_look() -> None:
    one, two = (Look.of(text, 12, bold=True) for text in ("1 Mål", "1.1 Delmål"))
    assert heading_levels([one, two]) == {one: 1, two: 2}


@pytest.mark.parametrize("text", ["Mål", "1.2 Tiltak", "Hva skjer nå?", "Mål 1.", "Behov: Nå alle"])
def test_short_lines_can_be_headings(text: str) -> None:
    assert may_be_heading(text)


@pytest.mark.parametrize(
    "text", ["", "12", "– 3 –", "Dette er en hel setning.", "ord " * 30, "a, b og c,"]
)
def test_sentences_and_numbers_cannot(text: str) -> None:
    assert not may_be_heading(text)
