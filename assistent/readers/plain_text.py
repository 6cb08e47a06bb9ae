"""Read plain text files."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers.assembly import assemble
from assistent.readers.structure import blocks_from_plain_text
from assistent.readers.titles import main_title
from assistent.types import ParsedText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Above this share of undecodable bytes a text is not lightly broken UTF-8 but something else.
_MAX_BROKEN_SHARE = 0.002


def read_plain_text(path: Path) -> ParsedText:
    """Read a text file and rebuild its structure.

    Raises:
        ReadError: the file cannot be opened, is empty, or is not text.
    """
    text = decode(read_bytes(path), name=path.name)
    drafts = blocks_from_plain_text(text)
    parsed = assemble(drafts, title=main_title(drafts) or None)
    if not parsed.text:
        raise ReadError(texts_corpus.file_empty(path.name))
    return parsed


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        ReadError: the file cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(
            texts_corpus.file_not_readable(path.name, error.strerror or str(error))
        ) from error


def decode(data: bytes, *, name: str) -> str:
    """Decode the bytes of a text file to NFC-normalised text.

    A byte order mark decides; else UTF-8; else, where only a stray byte is wrong, UTF-8 with that
    byte replaced (a damaged letter is better than «Ã¥» throughout); else Windows-1252.

    Raises:
        ReadError: the bytes are not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return unicodedata.normalize("NFC", text)
    if b"\x00" in data:
        raise ReadError(texts_corpus.file_not_text(name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", errors="replace")
        broken = lenient.count("\ufffd")
        multibyte = sum(1 for character in lenient if ord(character) > 127) - broken
        if broken <= max(1, _MAX_BROKEN_SHARE * len(lenient)) and multibyte > broken:
            text = lenient
        else:
            text = data.decode("cp1252", errors="replace")
    if _control_share(text) > 0.05:
        raise ReadError(texts_corpus.file_not_text(name))
    return unicodedata.normalize("NFC", text)


def _control_share(text: str) -> float:
    control = sum(1 for c in text if unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v")
    return control / max(1, len(text))
