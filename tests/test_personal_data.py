from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from assistent.personal_data import (
    REMOVED,
    PersonalKind,
    find_personal_data,
    without_personal_data,
)
from tests.benchmarks.long_texts import LONG_TEXTS

BORN = "15108695088"  # python-stdnum's own example


def kinds(text: str) -> list[PersonalKind]:
    return [finding.kind for finding in find_personal_data(text)]


def with_control_digits(nine: str) -> str | None:
    first = fodselsnummer.calc_check_digit1(nine)
    second = fodselsnummer.calc_check_digit2(nine + first) if len(first) == 1 else "10"
    return nine + first + second if len(second) == 1 else None


@given(
    day=st.sampled_from([0, 40]),
    month=st.sampled_from([0, 40, 65, 80]),
    date=st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99)),
    person=st.integers(0, 999),
    gap=st.sampled_from(["", " ", "-", ".", " - ", "/", "\u00a0", "–"]),
    beside=st.sampled_from(["{}", "fnr {}", "{}?", "«{}»", "Hva med {}, altså?", "fnr{}"]),
)
def test_control_digits_are_enough(
    day: int, month: int, date: tuple[int, int, int], person: int, gap: str, beside: str
) -> None:
    number = with_control_digits(f"{date[0] + day:02}{date[1] + month:02}{date[2]:02}{person:03}")
    if number is None:
        return
    text = beside.format(number[:6] + gap + number[6:])
    assert find_personal_data(text), text
    assert not any(character.isdigit() for character in without_personal_data(text))


@pytest.mark.parametrize(
    ("shift_day", "shift_month", "kind"),
    [
        (0, 0, PersonalKind.BIRTH_NUMBER),
        (40, 0, PersonalKind.D_NUMBER),
        (0, 40, PersonalKind.H_NUMBER),
        (0, 80, PersonalKind.BIRTH_NUMBER),
    ],
)
def test_kind_follows_from_the_date(shift_day: int, shift_month: int, kind: PersonalKind) -> None:
    numbers = (
        with_control_digits(f"{12 + shift_day:02}{3 + shift_month:02}60{person}")
        for person in range(500, 600)
    )
    assert kinds(next(number for number in numbers if number)) == [kind]


def test_mask_shows_how_it_begins_and_nothing_of_its_length() -> None:
    (finding,) = find_personal_data(f"Hvem er {BORN}?")
    assert finding.masked == "15••••••••"
    (mail,) = find_personal_data("Send til kari.nordmann@example.no")
    assert mail.masked == "k••••••••"


def test_several_pieces_are_each_taken_out() -> None:
    text = f"Kari Nordmann ({BORN}, tlf. 912 34 567) har kreft, skriv til kari@example.no"
    assert kinds(text) == [
        PersonalKind.HEALTH,
        PersonalKind.BIRTH_NUMBER,
        PersonalKind.PHONE,
        PersonalKind.EMAIL,
    ]
    left = f"{REMOVED} ({REMOVED}, tlf. {REMOVED}) har kreft, skriv til {REMOVED}"
    assert without_personal_data(text) == left


@given(st.text(st.sampled_from("0123456789 .-+@/abekKNr§,\n•…[]"), max_size=80))
def test_nothing_is_found_in_what_is_left(text: str) -> None:
    left = without_personal_data(text)
    assert not find_personal_data(left)
    if not find_personal_data(text):
        assert left == text


@pytest.mark.parametrize("text", LONG_TEXTS, ids=lambda text: text[:9])
def test_work_grows_with_the_length_and_not_with_its_square(text: str) -> None:
    # Our own steps; what the patterns cost is measured by tests/benchmarks/long_texts.py.
    assert steps_of(text) < 8 * steps_of(text[-len(text) // 4 :])


def steps_of(text: str) -> int:
    """Return how many lines of ours are run to look through a text."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> Any:  # noqa: ARG001
        nonlocal count
        if "assistent" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return counting

    before = sys.gettrace()
    sys.settrace(counting)
    try:
        find_personal_data(text)
    finally:
        sys.settrace(before)
    return count
