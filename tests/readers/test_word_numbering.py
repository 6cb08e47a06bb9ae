from __future__ import annotations

from assistent.readers.word_numbering import Level, Numbering


def numbering(*levels: Level) -> Numbering:
    return Numbering({("1", depth): level for depth, level in enumerate(levels)}, {"1": "a"})


def test_each_level_counts_and_starts_again_under_the_next() -> None:
    lists = numbering(Level("decimal", "%1.", 1), Level("lowerLetter", "%2)", 1))
    seen = [lists.marker("1", level) for level in (0, 1, 1, 0, 1)]
    assert seen == ["1. ", "a) ", "b) ", "2. ", "a) "]


def test_a_level_may_show_those_above_it() -> None:
    lists = numbering(Level("decimal", "%1", 3), Level("decimal", "%1.%2", 1))
    assert [lists.marker("1", 0), lists.marker("1", 1)] == ["3 ", "3.1 "]


def test_letters_and_roman_numerals_are_written_out() -> None:
    assert numbering(Level("upperRoman", "%1.", 4)).marker("1", 0) == "IV. "
    assert numbering(Level("lowerRoman", "%1.", 9)).marker("1", 0) == "ix. "
    assert numbering(Level("upperLetter", "%1", 2)).marker("1", 0) == "B "


def test_bullets_and_invisible_levels() -> None:
    assert numbering(Level("bullet", "\uf0b7", 1)).marker("1", 0) == "• "
    assert numbering(Level("none", "", 1)).marker("1", 0) is None
    assert numbering().marker("9", 0) is None


def test_two_lists_with_one_definition_count_together_unless_restarted() -> None:
    level = Level("decimal", "%1.", 1)
    lists = Numbering(
        {("1", 0): level, ("2", 0): level, ("3", 0): level}, dict.fromkeys("123", "a")
    )
    lists.restarted.add("3")
    assert [lists.marker(name, 0) for name in "1232"] == ["1. ", "2. ", "1. ", "3. "]
