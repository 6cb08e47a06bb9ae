"""Private folders are gone when their process is, however it ends."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistent.private_folders import PrivateFolder, remove_abandoned

_OWNER = """
import sys
from assistent.private_folders import PrivateFolder
folder = PrivateFolder()
(folder.path / "innhold").write_text("kopi")
print(folder.path, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder that only this test uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@contextmanager
def owner() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Run a process with a folder of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", _OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process, Path(process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


def test_a_folder_is_removed_when_closed_and_twice_is_once(temporary: Path) -> None:
    folder = PrivateFolder()
    (folder.path / "under").mkdir()
    folder.close()
    folder.close()
    assert list(temporary.iterdir()) == []


def test_a_folder_goes_with_its_owner() -> None:
    folder = PrivateFolder()
    path = folder.path
    del folder
    assert not path.exists()


def test_what_a_process_that_ends_leaves_is_nothing() -> None:
    with owner() as (process, path):
        assert (path / "innhold").exists()
        process.communicate("slutt\n")
        assert process.returncode == 0
    assert not path.exists()


def test_what_a_killed_process_left_goes_with_the_next() -> None:
    with owner() as (process, path):
        process.kill()
        process.wait()
    assert (path / "innhold").exists()
    folder = PrivateFolder()
    assert not path.exists()
    folder.close()


def test_folders_in_use_stay(temporary: Path) -> None:
    ours = PrivateFolder()
    with owner() as (_, theirs):
        remove_abandoned()
        assert ours.path.is_dir()
        assert (theirs / "innhold").exists()
    ours.close()
    assert temporary.is_dir()


def test_what_only_looks_like_ours_stays(temporary: Path) -> None:
    elsewhere = temporary / "annet"
    elsewhere.mkdir()
    (elsewhere / ".i-bruk").touch()
    (temporary / "assistent-egen-lenke").symlink_to(elsewhere)
    begun = temporary / "assistent-egen-ny"
    begun.mkdir()
    (temporary / "assistent-egen-fil").touch()
    remove_abandoned()
    assert (elsewhere / ".i-bruk").exists()
    assert begun.is_dir()
    assert (temporary / "assistent-egen-fil").exists()
