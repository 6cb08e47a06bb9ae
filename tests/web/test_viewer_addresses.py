"""A link carries the quote, its check mark and the other quotes of the answer."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.types import Source
from assistent.web.addresses import (
    LONGEST,
    document_id,
    find_documents,
    quote_mark,
    read_address,
    viewer_address,
)
from tests.web.fake_assistant import source, strategy

DOCUMENT = strategy()


def sources(count: int, path: str = "") -> list[Source]:
    """Sources of many places, every third in another document."""
    first = source(DOCUMENT, 1, DOCUMENT.text[:40])
    made = []
    for number in range(count):
        start = 50 * number
        made.append(
            replace(
                first,
                number=number + 1,
                document=path or ("annet/dokument.md" if number % 3 else first.document),
                start=start,
                end=start + 40,
                quote=DOCUMENT.text[start : start + 40],
            )
        )
    return made


def read(address: str):
    parts = urlsplit(address)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return read_address(unquote(parts.path).removeprefix("/kilde/"), query)


def test_a_link_says_document_place_and_check_mark() -> None:
    [only] = sources(1)
    assert viewer_address(only) == (
        f"/kilde/{only.document}?fra=0&til=40&merke={quote_mark(only.quote)}#sitat"
    )


def test_the_quotes_of_the_answer_come_back_in_order() -> None:
    all_of_them = sources(12)
    address = viewer_address(all_of_them[4], all_of_them)
    assert len(address) < 500
    found = read(address)
    assert found.number() == 4
    assert [(each.start, each.length, each.mark) for each in found.answer] == [
        (each.start, 40, quote_mark(each.quote)) for each in all_of_them
    ]
    paths = find_documents(found.answer, ["x.md", "annet/dokument.md", DOCUMENT.info.path])
    assert [paths[each.document] for each in found.answer] == [
        each.document for each in all_of_them
    ]


def test_every_link_of_an_answer_carries_the_same_list() -> None:
    all_of_them = sources(6)
    lists = {read(viewer_address(each, all_of_them)).answer for each in all_of_them}
    assert len(lists) == 1


def test_a_place_cited_twice_is_listed_once() -> None:
    one, other = sources(2)
    again = replace(one, number=3)
    assert len(read(viewer_address(again, [one, other, again])).answer) == 2


@pytest.mark.parametrize("number", [0, 40, 79])
def test_a_long_answer_keeps_what_is_near(number: int) -> None:
    all_of_them = sources(80, path="mappe/dokument-æøå.md")
    address = viewer_address(all_of_them[number], all_of_them)
    assert len(address) <= LONGEST
    found = read(address)
    assert found.number() is not None
    starts = [each.start for each in found.answer]
    assert starts == list(range(starts[0], starts[-1] + 1, 50))
    assert 50 * number in starts
    assert len(starts) > 30


def test_an_endless_path_still_makes_a_link() -> None:
    some = sources(3, path="æ" * 400)
    found = read(viewer_address(some[1], some))
    assert (found.start, found.end) == (50, 90)


@pytest.mark.parametrize(
    "svar",
    [
        *("x", ".", "~", "abcdef.1.2", "abcdef.1.2.ghijkl~", ".1.2.abcdef", "abcdef.a.2.ghijkl"),
        *("abcdef.1.2.ghijk!", "abcdef.-1.2.ghijkl", "abcdef.1.9999999999.ghijkl"),
        "æøåæøå.1.2.abcdef",
        "~".join(["abcdef.1.2.ghijkl"] * 100),
        "abcdef.1.2.ghijkl" + "~.1.2.ghijkl" * 1000,
    ],
)  # fmt: skip
def test_a_list_that_is_nonsense_is_no_list(svar: str) -> None:
    found = read_address("a.md", {"fra": "1", "til": "3", "svar": svar})
    assert found is not None
    assert found.answer == ()
    assert found.number() is None


@given(st.text(max_size=60))
def test_no_list_makes_it_fall(svar: str) -> None:
    assert read_address("a.md", {"fra": "1", "til": "3", "merke": svar, "svar": svar}) is not None


@given(st.text(min_size=1, max_size=200))
def test_marks_and_ids_need_no_escaping(text: str) -> None:
    for short in (quote_mark(text), document_id(text)):
        assert len(short) == 6
        assert short.isascii()
        assert short.replace("-", "").replace("_", "").isalnum()


def test_the_mark_changes_with_the_words() -> None:
    assert quote_mark("Skriv klart.") != quote_mark("Skriv klart!")
    assert document_id("a.md") != document_id("b.md")
