from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from assistent.errors import ReadError
from assistent.readers import READERS, read_file
from assistent.readers.plain_text import decode

TEXT = "Språk og kjønn i Østensjø – «æøå»"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("cp1252"),
    ],
)
def test_letters_come_back_from_every_encoding(data: bytes) -> None:
    assert decode(data, name="a.txt") == TEXT


def test_one_broken_byte_does_not_turn_the_rest_into_garbage() -> None:
    data = (TEXT * 20).encode() + b"\xe6" + (TEXT * 20).encode()
    decoded = decode(data, name="a.txt")
    assert decoded.count("å") == (TEXT * 40).count("å")
    assert "Ã" not in decoded


def test_a_decomposed_letter_is_composed() -> None:
    assert decode("Ma\u030al".encode(), name="a.txt") == "Mål"


def test_binary_content_is_refused() -> None:
    with pytest.raises(ReadError, match="ikke en tekstfil"):
        decode(b"\x00\x01\x02" * 100, name="a.txt")


def test_a_file_without_words_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "tom.txt"
    path.write_text(" \n\n\t\n", "utf-8")
    with pytest.raises(ReadError, match=r"tom\.txt er tom"):
        read_file(path)


def test_an_unknown_ending_names_those_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ark.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(ReadError, match=r"\.docx"):
        read_file(path)


def test_every_format_of_the_contract_has_a_reader() -> None:
    assert set(READERS) == {".txt", ".md", ".pdf", ".docx", ".pptx", ".html", ".htm"}
