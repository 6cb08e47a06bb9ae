from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import docx
import pptx
import pytest

from assistent.errors import ReadError
from assistent.readers.packages import check_package

WORD_TYPE = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def package(path: Path, parts: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def word(tmp_path: Path, **parts: bytes | str) -> Path:
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    return package(tmp_path / "fil.docx", {"[Content_Types].xml": WORD_TYPE, **named})


def test_real_files_pass(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    pptx.Presentation().save(str(tmp_path / "b.pptx"))
    check_package(tmp_path / "a.docx")
    check_package(tmp_path / "b.pptx")


def test_a_bomb_is_told_by_its_directory(tmp_path: Path) -> None:
    path = word(tmp_path, document=b"0" * (30 * 2**20))
    with pytest.raises(ReadError, match=r"fil\.docx vokser til mer enn 200 MB"):
        check_package(path)


def test_many_parts_that_together_are_too_large_are_refused(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 4096
    path = word(tmp_path, **{f"del{number}": noise for number in range(4)})
    with pytest.raises(ReadError, match="vokser til mer enn 3 MB"):
        check_package(path, max_unpacked=3 * 2**20)


def test_a_directory_that_lies_about_sizes_is_no_way_past(tmp_path: Path) -> None:
    path = word(tmp_path, document=b"<a>" + b"0" * 200_000 + b"</a>")
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match=r"fil\.docx er skadet"):
        check_package(path)


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b"<!doctype a><a/>",
        b"<a>" + b" " * (2**20 - 8) + b"<!DOCTYPE a [<!ENTITY b 'c'>]></a>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
        '<?xml version="1.0" encoding="utf-16le"?><!DOCTYPE a []>'.encode("utf-16-le"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-',
    ],
)
def test_xml_that_defines_entities_is_refused_in_every_disguise(tmp_path: Path, xml: bytes) -> None:
    with pytest.raises(ReadError, match="XML-definisjoner"):
        check_package(word(tmp_path, document=xml))


def test_another_kind_of_office_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kurs.docx"
    pptx.Presentation().save(str(path))
    with pytest.raises(ReadError, match=r"kurs\.docx er egentlig en PowerPoint"):
        check_package(path)


def test_an_archive_is_no_document(tmp_path: Path) -> None:
    path = package(tmp_path / "arkiv.docx", {"a.txt": "hei"})
    with pytest.raises(ReadError, match="ZIP-arkiv"):
        check_package(path)


def test_a_file_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kuttet.docx"
    docx.Document().save(str(path))
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ReadError, match="skadet eller avkortet"):
        check_package(path)
