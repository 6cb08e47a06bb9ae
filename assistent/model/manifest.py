"""The manifest of a prepared model: what the folder must hold, and whether it still does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
"""Raised when the files or their meaning change; a folder of another format is rebuilt."""

MANIFEST = "manifest.json"
WEIGHTS = "model.onnx"
VOCABULARY = "vocabulary.json"
TRAINING = "sentence-transformers"

ENTRIES = frozenset({MANIFEST, WEIGHTS, VOCABULARY, TRAINING})
"""Everything a prepared folder may hold."""


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file as it was when the model was prepared; ``size`` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was prepared, from which package, and the files that the assistant runs on."""

    format: int
    name: str
    dimensions: int
    source: str
    source_version: str
    files: tuple[FileMark, ...]

    def fingerprint(self) -> str:
        """Identify the model by name and weights; equal fingerprints give equal vectors."""
        digest = hashlib.sha256("".join(file.sha256 for file in self.files).encode())
        return f"{self.name}:{digest.hexdigest()[:16]}"


def mark_file(path: Path) -> FileMark:
    """Describe a file as it is now."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return FileMark(path.name, path.stat().st_size, digest.hexdigest())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into ``folder``."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the folder's manifest, or None where it is missing, broken or of another format."""
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(FileMark(**file) for file in entries.pop("files"))
        manifest = Manifest(files=files, **entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    named = {file.name for file in files}
    return manifest if manifest.format == FORMAT and named == {WEIGHTS, VOCABULARY} else None


def sizes_match(folder: Path, manifest: Manifest) -> bool:
    """Tell whether every file is there with its size: a check in microseconds."""
    try:
        return all((folder / file.name).stat().st_size == file.size for file in manifest.files)
    except OSError:
        return False


def contents_match(folder: Path, manifest: Manifest) -> bool:
    """Tell whether every file is byte for byte as prepared: reads some 130 MB."""
    return sizes_match(folder, manifest) and all(
        mark_file(folder / file.name) == file for file in manifest.files
    )
