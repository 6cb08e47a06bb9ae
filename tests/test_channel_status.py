from __future__ import annotations

from datetime import date

import pytest

from assistent.channel_status import (
    closed_channels,
    closed_notices,
    mentioned,
    recommends_closed,
)
from assistent.types import Channel, ChannelStatus

BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 1)


def channel(identity: str, name: str, **fields: object) -> Channel:
    values: dict[str, object] = {
        "nicknames": (),
        "direction": "intern",
        "audiences": ("ansatte",),
        "status": ChannelStatus.IN_USE,
        "status_from": None,
        "replaced_by": "",
        "owner": "",
    }
    return Channel(identity, name, **{**values, **fields})  # type: ignore[arg-type]


WORKPLACE = channel(
    "workplace",
    "Workplace",
    nicknames=("work place",),
    status=ChannelStatus.CLOSED,
    status_from=AFTER,
)
TEAMS = channel("teams", "Teams")


def test_a_channel_closes_on_its_day() -> None:
    assert closed_channels([WORKPLACE, TEAMS], BEFORE) == ()
    assert closed_channels([WORKPLACE, TEAMS], AFTER) == (WORKPLACE,)


@pytest.mark.parametrize("text", ["Bruk Workplace.", "på workplace?", "Hva med Work Place nå"])
def test_names_and_nicknames_are_found_as_whole_words(text: str) -> None:
    assert mentioned([WORKPLACE, TEAMS], text) == (WORKPLACE,)


def test_part_of_a_word_is_no_mention() -> None:
    assert mentioned([TEAMS], "Teamsamlingen er i mai.") == ()


@pytest.mark.parametrize(
    ("text", "recommends"),
    [
        ("Bruk Workplace til nyheter.", True),
        ("Nyheter skal publiseres på Workplace.", True),
        ("Workplace kan ikke brukes lenger.", False),
        ("Workplace er avviklet: Meta la ned tjenesten.", False),
        ("Bruk Teams til nyheter.", False),
        ("Workplace hadde mange brukere.", False),
    ],
)
def test_only_a_statement_that_sends_people_there_recommends(text: str, recommends: bool) -> None:
    assert recommends_closed([WORKPLACE], text) is recommends


def test_notice_says_when_it_closed_and_that_no_replacement_is_known() -> None:
    [notice] = closed_notices([WORKPLACE, TEAMS], ["Kan jeg bruke Workplace?"], AFTER)
    assert notice == (
        "Workplace ble avviklet 1. juni 2026. Det er ikke offentlig kjent hva som erstatter "
        "kanalen."
    )
    assert closed_notices([WORKPLACE], ["Kan jeg bruke Workplace?"], BEFORE) == ()


def test_replacement_is_named_only_if_it_is_in_use() -> None:
    replaced = channel("workplace", "Workplace", status=ChannelStatus.CLOSED, replaced_by="teams")
    [notice] = closed_notices([replaced, TEAMS], ["Workplace"], AFTER)
    assert "Bruk Teams i stedet." in notice
    planned = channel("teams", "Teams", status=ChannelStatus.PLANNED)
    [notice] = closed_notices([replaced, planned], ["Workplace"], AFTER)
    assert "Teams" not in notice
