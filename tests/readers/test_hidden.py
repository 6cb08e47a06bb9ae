from __future__ import annotations

import pytest

from assistent.readers.hidden import hidden_names, hidden_places, is_hidden_tag, is_white


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
        '<div style="max-height:0;overflow:hidden">',
        '<p style="color:transparent">',
        '<p style="color:rgba(0, 0, 0, 0)">',
        '<p style="color:#fff;background-color:#FFFFFF">',
        '<p style="background:#eee;color:#eee">',
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
        '<p style="color:#fff;background:#2a2859">',
        '<p style="color:rgba(0,0,0,0.8);background-color:transparent">',
        '<p style="border-color:transparent">',
    ],
)
def test_tags_that_show_their_words_are_left_alone(tag: str) -> None:
    assert not is_hidden_tag(tag)


def test_a_style_sheet_tells_hidden_classes_and_ids() -> None:
    css = """/* .nei{display:none} */ .skjult, p.borte { display: none } #x{opacity:0}
    .vis { display: block } @media print { .utskrift { display: none } } .a .b {display:none}"""
    assert hidden_names(css) == (frozenset({"skjult", "borte"}), frozenset({"x"}))


def test_longer_selectors_become_paths_of_what_is_hidden_and_shown() -> None:
    css = """main p.skjult, #meny > li { display: none } ul.a.b { display: block }
    p::before { display: none } a[href] { display: none }"""
    hidden, shown = hidden_places(css)
    skjult = "[contains(concat(' ', normalize-space(@class), ' '), ' skjult ')]"
    assert hidden == (f"//main//p{skjult}", "//*[@id='meny']/li")
    assert len(shown) == 1
    assert shown[0].startswith("//ul[")


@pytest.mark.parametrize(
    ("tag", "white"),
    [
        ('<p style="color:#FFF">', True),
        ('<p style="color: rgb(255, 255, 255)">', True),
        ('<p style="color:white;background:navy">', False),
        ('<p style="color:#333">', False),
        ('<p style="background-color:white">', False),
    ],
)
def test_white_words_on_an_unknown_ground_are_known(tag: str, white: bool) -> None:
    assert is_white(tag) is white
