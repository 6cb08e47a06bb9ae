"""Faults that are quick to make, each a test; ``make faults`` makes them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Built
from tests.faults import database_faults, disk_faults, index_faults, server_faults
from tests.faults.finding import Checks, Fault, Finding, NotTriedError
from tests.faults.run import GROUPS, faults_of, tried

# The killed builder has a test of its own in tests/test_ingestion.py, with more moments, and the
# faults of the chat server one in tests/benchmarks/test_chat_faults.py.
_ELSEWHERE = {"builder killed"}
QUICK = [
    each
    for each in (*index_faults.FAULTS, *disk_faults.FAULTS, *database_faults.FAULTS)
    if each.name not in _ELSEWHERE
]


@pytest.mark.usefixtures("model_folder")
@pytest.mark.parametrize("fault", [*QUICK, *server_faults.FAULTS], ids=lambda each: each.name)
def test_a_fault_is_survived(
    fault: Fault, tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTENT_MODELL_MAPPE", str(model_folder))
    try:
        finding = fault.make(tmp_path)
    except NotTriedError as error:
        pytest.skip(str(error))
    assert finding.broken == ()


def test_each_row_has_a_name_of_its_own() -> None:
    names = [fault.name for group in GROUPS for fault in faults_of(group)]
    assert len(names) == len(set(names)) > 40


def test_what_does_not_hold_is_seen(small_index: Built) -> None:
    checks = Checks()
    checks.holds("this holds", True)
    checks.holds("this does not", False)
    checks.refused("this is not refused", lambda: None)
    checks.refused("this says too little", lambda: index_faults.opened(small_index.corpus), "øl")
    broken = ("this does not", "this is not refused", "this says too little: says øl")
    assert checks.found() == Finding(broken)
    assert not checks.found().survived


def test_what_comes_late_is_not_survived() -> None:
    checks = Checks()
    checks.in_time("this", 1.9, 2)
    assert checks.found().survived
    checks.in_time("that", 2.04, 2)
    assert checks.found() == Finding(late=("that: 2.0 s of at most 2",))
    assert not checks.found().survived


def test_a_row_that_breaks_is_not_survived() -> None:
    def breaks(folder: Path) -> Finding:
        raise RuntimeError(str(folder.name))

    finding = tried(Fault("a", "b", breaks))
    assert isinstance(finding, Finding)
    assert not finding.survived

    def forbidden(folder: Path) -> Finding:
        raise NotTriedError(str(folder.exists()))

    assert tried(Fault("a", "b", forbidden)) == "not tried: True"
