"""Prepare the embedding model: build it beside its folder, check it, put it in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistent import texts_model
from assistent.errors import ModelError
from assistent.model import conversion, manifest, packed
from assistent.model.encoder import OnnxEncoder
from assistent.model.fast_tokenizer import check_tokenizers_agree
from assistent.model.manifest import FORMAT, Manifest
from assistent.model.reference import ReferenceEngine, check_against_reference

Progress = Callable[[str, float], None]
"""Called with a Norwegian name of the step and the part done, from 0 to 1."""

MODEL_NAME = "multilingual-e5-small-int8"

_SPACE_NEEDED = 1.6e9
"""Bytes on disk while the model is built; measured peak 1.43 GB."""

_WAIT_SECONDS = 900.0
"""How long to wait for another preparation, which takes a minute on a free machine."""


def model_is_ready(folder: Path) -> bool:
    """Tell in microseconds whether ``folder`` holds a whole model; contents are not read."""
    found = manifest.read_manifest(folder)
    return found is not None and manifest.sizes_match(folder, found)


def prepare_model(folder: Path, *, progress: Progress | None = None, force: bool = False) -> Path:
    """Make sure that ``folder`` holds an intact model, and return the folder.

    A model that is there is checked against its checksums, which takes some 0.3 s. Otherwise, or
    with ``force``, it is built: about a minute, 1.6 GB of disk and 3.2 GB of memory. The folder
    changes only when the new model has passed its check; until then the old one serves.

    Args:
        folder: belongs to the model alone and is replaced as a whole.
        progress: told how far the work has come.
        force: build even if an intact model is there.

    Raises:
        ModelError: the folder cannot be used, there is no C compiler for the check, the package
            with the weights is damaged, or the new model does not agree with the original.
    """
    folder = folder.expanduser().absolute()
    tell = progress if progress is not None else _silent
    try:
        tell(texts_model.MODEL_CHECKING, 0.0)
        if not force and _is_intact(folder):
            tell(texts_model.MODEL_DONE, 1.0)
            return folder
        _refuse_foreign(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder, tell):
            if force or not _is_intact(folder):  # another process may have built it meanwhile
                _build(folder, tell)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(texts_model.model_folder_unusable(str(folder), reason)) from error
    tell(texts_model.MODEL_DONE, 1.0)
    return folder


def _silent(step: str, done: float) -> None:
    """Take the place of a missing progress callback."""


def _is_intact(folder: Path) -> bool:
    found = manifest.read_manifest(folder)
    return found is not None and manifest.contents_match(folder, found)


def _refuse_foreign(folder: Path) -> None:
    """Protect a folder that was named by mistake: what is there would be removed."""
    if not folder.exists():
        return
    for entry in sorted(folder.iterdir()):
        if entry.name not in manifest.ENTRIES:
            raise ModelError(texts_model.model_folder_foreign(str(folder), entry.name))


@contextmanager
def _alone(folder: Path, tell: Progress) -> Iterator[None]:
    """Hold the lock of ``folder``, so that two preparations do not collide."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder.with_name(f".{folder.name}.lock"))
    try:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            tell(texts_model.MODEL_WAITING, 0.0)
            lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout as error:
        raise ModelError(texts_model.model_busy(str(folder))) from error
    try:
        yield
    finally:
        lock.release()


def _build(folder: Path, tell: Progress) -> None:
    _remove_leftovers(folder)
    if shutil.disk_usage(folder.parent).free < _SPACE_NEEDED:
        raise ModelError(texts_model.model_no_space(str(folder), _SPACE_NEEDED / 1e9))
    work = folder.with_name(f".{folder.name}-bygges-{os.getpid()}")
    work.mkdir()
    try:
        _fill(work, tell)
        _write_through(work)
        _put_in_place(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _fill(work: Path, tell: Progress) -> None:
    """Write everything that a prepared folder holds into ``work``, and check it."""
    package = packed.package_folder()
    with ReferenceEngine(package) as engine:  # first, as its compiler may be missing
        tell(texts_model.MODEL_READING, 0.05)
        source = packed.read_packed_model(package / packed.WEIGHTS)
        _convert(source, work, tell)
        tell(texts_model.MODEL_VERIFYING, 0.85)
        encoder = OnnxEncoder(work, threads=1)
        check_against_reference(encoder, engine)
        check_tokenizers_agree(work, encoder.tokenizer)
    manifest.write_manifest(work, _describe(work, encoder.dimensions))


def _convert(source: packed.PackedModel, work: Path, tell: Progress) -> None:
    conversion.vocabulary_of(source).save(work / manifest.VOCABULARY)
    with conversion.quiet_libraries():
        tell(texts_model.MODEL_CONVERTING, 0.1)
        conversion.write_training_model(source, work / manifest.TRAINING)
        tell(texts_model.MODEL_EXPORTING, 0.5)
        full = work / "full.onnx"
        conversion.export_onnx(work / manifest.TRAINING, full)
        tell(texts_model.MODEL_SHRINKING, 0.7)
        conversion.quantise(full, work / manifest.WEIGHTS)
        full.unlink()


def _describe(work: Path, dimensions: int) -> Manifest:
    names = (manifest.WEIGHTS, manifest.VOCABULARY)
    return Manifest(
        format=FORMAT,
        name=MODEL_NAME,
        dimensions=dimensions,
        source=packed.PACKAGE,
        source_version=packed.package_version(),
        files=tuple(manifest.mark_file(work / name) for name in names),
    )


def _remove_leftovers(folder: Path) -> None:
    """Remove what an interrupted preparation left; the lock is held, so nobody works on it."""
    for kind in ("bygges", "gammel"):
        for leftover in folder.parent.glob(f".{folder.name}-{kind}-*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _write_through(folder: Path) -> None:
    """Put every file on the disk, so that a power cut after the rename leaves a whole model."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put_in_place(work: Path, folder: Path) -> None:
    """Replace ``folder`` by ``work``. A stop in between leaves no model, never half a one."""
    retired = folder.with_name(f".{folder.name}-gammel-{os.getpid()}")
    if folder.exists():
        folder.replace(retired)
    try:
        work.replace(folder)
    except OSError:
        if retired.exists():
            retired.replace(folder)
        raise
    shutil.rmtree(retired, ignore_errors=True)
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
