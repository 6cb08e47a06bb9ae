"""What one may not see does not exist: two hundred tries, and none learns anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.access.looking import (
    Outsiders,
    Worlds,
    ask,
    leaks,
    outsiders_in,
    secrets_in,
    worlds_in,
)
from tests.access.tries import Try, tries
from tests.access.world import FRAME, LAWYERS, LEADERS, PLAN
from tests.fakes import STRATEGY

TRIES = list(tries())


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    with worlds_in(tmp_path_factory.mktemp("verdener")) as made:
        yield made


@pytest.fixture(scope="module")
def outsiders(worlds: Worlds) -> Iterator[Outsiders]:
    with outsiders_in(worlds) as found:
        yield found


@pytest.fixture(scope="module")
def insider(worlds: Worlds) -> Iterator[TestClient]:
    with worlds.full.client(LEADERS, LAWYERS, "redaksjon") as client:
        yield client


@pytest.mark.parametrize("one", TRIES, ids=[each.name for each in TRIES])
def test_a_try_gives_nothing_away(outsiders: Outsiders, one: Try) -> None:
    assert leaks(outsiders, one) == []


def test_there_are_two_hundred_different_tries() -> None:
    assert len({repr(each) for each in TRIES}) == len(TRIES) >= 200


def test_the_tries_would_find_what_may_be_seen(worlds: Worlds, insider: TestClient) -> None:
    found: dict[str, int] = {}
    for one in TRIES:
        seen = ask(insider, one, ids=worlds.ids)
        if (one.twin and seen.status == 200) or secrets_in(seen, one):
            found[one.kind] = found.get(one.kind, 0) + 1
    assert found.keys() == {each.kind for each in TRIES}, found
    assert sum(found.values()) > 80, found


def test_what_not_everyone_may_see_is_kept_on_no_device(insider: TestClient) -> None:
    for address in (f"/kilde/{PLAN}", f"/kilde/{PLAN}/original", f"/kilde/{FRAME}/side/1?v=0"):
        response = insider.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    open_to_all = insider.get(f"/kilde/{STRATEGY}").headers
    assert "no-store" not in open_to_all["Cache-Control"]
