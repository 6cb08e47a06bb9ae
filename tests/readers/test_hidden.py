from __future__ import annotations

import pytest

from assistent.readers.hidden import hidden_names, is_hidden_tag


@pytest.mark.parametrize(
    "tag",
    [
        '<p style="display:none">',
        '<p style="color:red; DISPLAY : NONE !important">',
        "<span hidden>",
        '<span hidden="">',
        '<div aria-hidden="true">',
        '<div style="visibility:hidden">',
        '<div style="font-size:0">',
        '<div style="font-size: 0px;">',
        '<div style="font-size:1px">',
        '<div style="opacity:0">',
        '<div style="position:absolute;left:-9999px">',
        '<div style="text-indent:-999em">',
        '<div style="height:0;overflow:hidden">',
    ],
)
def test_tags_that_hide_their_words_are_known(tag: str) -> None:
    assert is_hidden_tag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "<p>",
        '<p style="font-size:1.2em">',
        '<p style="font-size:10px;opacity:0.8">',
        '<p style="line-height:1;max-width:100%;max-height:0.5em">',
        '<p style="height:100px;margin-left:-10px">',
        '<div aria-hidden="false" class="hidden-gem">',
    ],
)
def test_tags_that_show_their_words_are_left_alone(tag: str) -> None:
    assert not is_hidden_tag(tag)


def test_a_style_sheet_tells_hidden_classes_and_ids() -> None:
    css = """/* .nei{display:none} */ .skjult, p.borte { display: none } #x{opacity:0}
    .vis { display: block } @media print { .utskrift { display: none } } .a .b {display:none}"""
    assert hidden_names(css) == (frozenset({"skjult", "borte"}), frozenset({"x"}))
