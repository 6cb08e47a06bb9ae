from __future__ import annotations

import json
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from assistent.editions import (
    MANIFEST,
    POINTER,
    Fingerprint,
    Manifest,
    build_lock,
    current_edition,
    editions,
    new_edition,
    point_to,
    prune,
    publish,
    read_manifest,
    seal,
)
from assistent.errors import (
    AssistantError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
)
from tests.builders import hold_lock

PRINT = Fingerprint("ord:1", 8, 1)


def make_edition(index: Path, name: str) -> Path:
    """Publish an edition of two files."""
    folder = index / f".bygges-{name}"
    (folder / "chroma").mkdir(parents=True)
    (folder / "utdrag.npy").write_bytes(b"0123456789" * 100)
    (folder / "chroma/chroma.sqlite3").write_bytes(b"SQLite format 3")
    seal(folder, Manifest(name, PRINT, "korpus", documents=1, passages=2, statements=3))
    publish(index, folder, name)
    return index / name


def test_published_edition_is_the_current_one_and_says_what_was_sealed(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    assert current_edition(tmp_path) == folder.name
    manifest = read_manifest(folder)
    assert manifest.fingerprint == PRINT
    assert (manifest.documents, manifest.passages, manifest.statements) == (1, 2, 3)
    assert sorted(manifest.files) == ["chroma/chroma.sqlite3", "utdrag.npy"]


def test_nothing_built_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError) as caught:
        current_edition(tmp_path / "ikke" / "her")
    message = f"Fant ingen indeks i {tmp_path}/ikke/her. Kjør «assistent indekser» først."
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "pointer", [b"", b"\n", b"\xff\xfe\x00", b"../annet", b"a" * 5000, b"20990101T000000-borte1"]
)
def test_unusable_pointer_counts_as_no_index(tmp_path: Path, pointer: bytes) -> None:
    make_edition(tmp_path, "20260101T000000-aaaaaa")
    (tmp_path / POINTER).write_bytes(pointer)
    with pytest.raises(IndexMissingError):
        current_edition(tmp_path)


def test_edition_without_its_manifest_is_not_complete(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    (folder / MANIFEST).unlink()
    assert editions(tmp_path) == []
    with pytest.raises(IndexMissingError):
        current_edition(tmp_path)


def test_build_under_way_is_never_listed(tmp_path: Path) -> None:
    make_edition(tmp_path, "20260101T000000-aaaaaa")
    with new_edition(tmp_path) as (_, folder):
        seal(folder, Manifest("halv", PRINT, "", 0, 0, 0))
        assert editions(tmp_path) == ["20260101T000000-aaaaaa"]


def test_new_edition_that_was_not_published_is_removed(tmp_path: Path) -> None:
    def fail_halfway() -> None:
        with new_edition(tmp_path) as (_, folder):
            (folder / "utdrag.npy").write_bytes(b"halv")
            raise ValueError("avbrutt")

    with pytest.raises(ValueError, match="avbrutt"):
        fail_halfway()
    assert list(tmp_path.iterdir()) == []


def test_pointing_back_serves_an_earlier_edition(tmp_path: Path) -> None:
    make_edition(tmp_path, "20260101T000000-aaaaaa")
    make_edition(tmp_path, "20260102T000000-bbbbbb")
    point_to(tmp_path, "20260101T000000-aaaaaa")
    assert current_edition(tmp_path) == "20260101T000000-aaaaaa"


def test_pruning_keeps_the_last_ones(tmp_path: Path) -> None:
    names = [f"2026010{day}T000000-aaaaaa" for day in range(1, 6)]
    for name in names:
        make_edition(tmp_path, name)
    prune(tmp_path, keep=3)
    assert editions(tmp_path) == names[2:]


def test_pruning_never_removes_the_edition_in_force(tmp_path: Path) -> None:
    names = [f"2026010{day}T000000-aaaaaa" for day in range(1, 6)]
    for name in names:
        make_edition(tmp_path, name)
    point_to(tmp_path, names[0])
    prune(tmp_path, keep=2)
    assert editions(tmp_path) == [names[0], *names[3:]]


# --- Damage --------------------------------------------------------------------------------------


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["utdrag.npy", "chroma/chroma.sqlite3"])
@pytest.mark.parametrize("damage", [truncate, alter, Path.unlink])
def test_damaged_file_is_named_with_the_repair(tmp_path: Path, name: str, damage: object) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    damage(folder / name)  # type: ignore[operator]
    with pytest.raises(IndexDamagedError) as caught:
        read_manifest(folder)
    reason = "mangler" if damage is Path.unlink else "er endret eller avkortet"
    assert str(caught.value) == (
        f"Indeksen i {tmp_path} er skadet (filen {name} {reason}). "
        "Kjør «assistent indekser» på nytt."
    )


def test_file_that_cannot_be_read_counts_as_damage(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    (folder / "utdrag.npy").unlink()
    (folder / "utdrag.npy").symlink_to("/proc/self/mem")  # opens, but reading fails
    with pytest.raises(IndexDamagedError, match=r"utdrag\.npy"):
        read_manifest(folder)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"{}", b"\xff", b'{"format": 1}', b'{"format": 1, "x": 2}'],
)
def test_unreadable_manifest_counts_as_damage(tmp_path: Path, content: bytes) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(IndexDamagedError, match="«assistent indekser» på nytt"):
        read_manifest(folder)


def test_edition_of_another_format_is_refused(tmp_path: Path) -> None:
    folder = make_edition(tmp_path, "20260101T000000-aaaaaa")
    content = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**content, "format": 99}), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="laget av en annen versjon av programmet"):
        read_manifest(folder)


# --- One builder at a time -----------------------------------------------------------------------


def test_second_builder_is_told_to_wait_until_the_first_has_gone(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    held = processes.Event()
    first = processes.Process(target=hold_lock, args=(tmp_path, held))
    first.start()
    try:
        assert held.wait(30)
        with pytest.raises(IndexBusyError) as caught, build_lock(tmp_path):
            pass
    finally:
        first.kill()
        first.join()
    message = f"En annen indeksering av {tmp_path} pågår. Vent til den er ferdig, og prøv igjen."
    assert str(caught.value) == message
    # A killed builder leaves its lock file behind, but no lock.
    with build_lock(tmp_path):
        assert (tmp_path / ".lås").exists()


def test_lock_is_free_again_after_a_build_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="feil"), build_lock(tmp_path):
        raise ValueError("feil")
    with build_lock(tmp_path):
        pass


def test_leftovers_of_killed_builds_are_cleared_away(tmp_path: Path) -> None:
    name = make_edition(tmp_path, "20260101T000000-aaaaaa").name
    (tmp_path / ".bygges-x" / "chroma").mkdir(parents=True)
    (tmp_path / ".bygges-x" / "chroma" / "halv").write_bytes(b"halv")
    (tmp_path / ".bygges-1234abcd").write_text("halv peker", encoding="utf-8")
    with build_lock(tmp_path):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, POINTER, ".lås"])


def test_index_folder_that_is_a_file_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "indeks").write_text("", encoding="utf-8")
    expected = r"Kan ikke skrive til .*/indeks \(.*«--indeks MAPPE»"
    with pytest.raises(AssistantError, match=expected), build_lock(tmp_path / "indeks"):
        pass
