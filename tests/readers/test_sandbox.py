"""Hostile and broken files: each is named with its reason, and the next file is still read."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistent.errors import ReadError
from assistent.readers.sandbox import Limits, SafeReader, read_safely
from tests.readers.support import paths
from tests.readers.test_packages import WORD_TYPE, package


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "korpus"
    folder.mkdir()
    (folder / "god.md").write_text("# Plan\n\n## Mål\n\nNå alle.\n", "utf-8")
    return folder


@pytest.fixture
def reader(root: Path) -> Iterator[SafeReader]:
    with SafeReader(root) as opened:
        yield opened


def reason(reader: SafeReader, path: Path) -> str:
    """The error for one file; afterwards a good file must still be read."""
    with pytest.raises(ReadError) as caught:
        reader.read(path)
    assert path.name in str(caught.value)
    assert paths(reader.read(path.parent / "god.md")) == [(), ("Mål",)]
    return str(caught.value)


def pdf(path: Path, *lines: str, **options: object) -> Path:
    canvas = Canvas(str(path), **options)
    for number, line in enumerate(lines):
        canvas.drawString(70, 770 - 15 * number, line)
    canvas.save()
    return path


def test_every_format_goes_through_the_same_door(root: Path, reader: SafeReader) -> None:
    (root / "a.txt").write_text("Formål\n\nNå alle med klart språk på én side.\n", "utf-8")
    (root / "b.html").write_text(
        "<main><h1>Formål</h1><p>Nå alle på én side nå.</p></main>", "utf-8"
    )
    pdf(root / "c.pdf", "Nå alle med klart språk på én side.")
    word = docx.Document()
    word.add_paragraph("Nå alle på én side.")
    word.save(str(root / "d.docx"))
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "Nå alle på én side"
    slides.save(str(root / "e.pptx"))
    for path in sorted(root.iterdir()):
        assert "Nå alle" in reader.read(path).text


def test_one_file_can_be_read_without_keeping_a_worker(root: Path) -> None:
    assert read_safely(root / "god.md", root=root).title == "Plan"


# --- Told from the outside -----------------------------------------------------------------------


def test_a_link_out_of_the_folder_is_refused(root: Path, reader: SafeReader) -> None:
    secret = root.parent / "hemmelig.txt"
    secret.write_text("Ikke les dette.", "utf-8")
    (root / "lenke.txt").symlink_to(secret)
    assert "lenke ut av korpusmappen" in reason(reader, root / "lenke.txt")


def test_a_path_that_climbs_out_of_the_folder_is_refused(root: Path, reader: SafeReader) -> None:
    (root.parent / "ute.txt").write_text("Ute.", "utf-8")
    with pytest.raises(ReadError, match="ut av korpusmappen"):
        reader.read(root / ".." / "ute.txt")


def test_a_link_within_the_folder_is_followed(root: Path, reader: SafeReader) -> None:
    (root / "lenke.md").symlink_to(root / "god.md")
    assert reader.read(root / "lenke.md").title == "Plan"


def test_a_link_to_nowhere_and_a_loop_are_errors(root: Path, reader: SafeReader) -> None:
    (root / "død.md").symlink_to(root / "finnes-ikke.md")
    (root / "ring.md").symlink_to(root / "ring.md")
    assert "kan ikke leses" in reason(reader, root / "død.md")
    assert "kan ikke leses" in reason(reader, root / "ring.md")


def test_a_pipe_or_a_folder_is_no_file(root: Path, reader: SafeReader) -> None:
    os.mkfifo(root / "rør.txt")
    (root / "mappe.txt").mkdir()
    assert "ikke en vanlig fil" in reason(reader, root / "rør.txt")
    assert "ikke en vanlig fil" in reason(reader, root / "mappe.txt")


def test_an_empty_file_is_refused(root: Path, reader: SafeReader) -> None:
    (root / "tom.pdf").write_bytes(b"")
    assert "er tom" in reason(reader, root / "tom.pdf")


def test_a_file_of_200_megabytes_is_refused_without_reading_it(
    root: Path, reader: SafeReader
) -> None:
    with (root / "stor.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(200 * 2**20)
    assert "200 MB, og grensen er 100 MB" in reason(reader, root / "stor.pdf")


def test_a_file_with_the_wrong_ending_is_named(root: Path, reader: SafeReader) -> None:
    docx.Document().save(str(root / "egentlig.pdf"))
    assert "er egentlig et ZIP-arkiv" in reason(reader, root / "egentlig.pdf")
    pdf(root / "egentlig.docx", "Hei")
    assert "er egentlig en PDF" in reason(reader, root / "egentlig.docx")


def test_an_unknown_kind_is_refused(root: Path, reader: SafeReader) -> None:
    (root / "ark.xlsx").write_bytes(b"PK\x03\x04")
    assert "filtype som ikke kan leses" in reason(reader, root / "ark.xlsx")


# --- Told by the parsers -------------------------------------------------------------------------


def test_an_encrypted_pdf_is_refused(root: Path, reader: SafeReader) -> None:
    pdf(root / "låst.pdf", "Hei", encrypt="passord")
    assert "beskyttet med passord" in reason(reader, root / "låst.pdf")


def test_a_scanned_pdf_lacks_a_text_layer(root: Path, reader: SafeReader) -> None:
    picture = BytesIO()
    Image.new("L", (100, 140), 180).save(picture, "PNG")
    canvas = Canvas(str(root / "skannet.pdf"))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.save()
    assert "mangler tekstlag" in reason(reader, root / "skannet.pdf")


def test_a_zip_bomb_is_refused(root: Path, reader: SafeReader) -> None:
    parts = {"[Content_Types].xml": WORD_TYPE, "word/document.xml": b"0" * (60 * 2**20)}
    package(root / "bombe.docx", parts)
    assert "vokser til mer enn 200 MB" in reason(reader, root / "bombe.docx")


def test_an_xml_bomb_is_refused(root: Path, reader: SafeReader) -> None:
    path = root / "xml.docx"
    docx.Document().save(str(path))
    entities = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}">' * 1 for n in range(9)
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = f"<!DOCTYPE a [{entities}]><a>&l8;</a>".encode()
    package(path, dict(parts))
    assert "XML-definisjoner" in reason(reader, path)


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".pptx"])
def test_a_file_that_is_cut_off_is_named(root: Path, reader: SafeReader, ending: str) -> None:
    path = root / f"kuttet{ending}"
    if ending == ".pdf":
        pdf(path, "Hei")
    elif ending == ".docx":
        docx.Document().save(str(path))
    else:
        pptx.Presentation().save(str(path))
    path.write_bytes(path.read_bytes()[:300])
    assert reason(reader, path)


def test_bytes_that_are_no_text_are_named(root: Path, reader: SafeReader) -> None:
    (root / "støy.txt").write_bytes(bytes(range(256)) * 50)
    assert "ikke en tekstfil" in reason(reader, root / "støy.txt")


# --- Time, memory, crashes, changes --------------------------------------------------------------

STAND_IN = """
import os, sys, time
from assistent.readers import READERS, worker
from assistent.types import ParsedText
real = READERS[".txt"]
def read(path):
    if path.stem == "evig":
        while True: pass
    if path.stem == "sover":
        time.sleep(600)
    if path.stem == "sluker":
        hold = ["x" * 2**20 for _ in range(10_000)]
    if path.stem == "krasjer":
        os.abort()
    if path.stem == "lyver":
        return ParsedText("abc", (), 5)
    if path.stem == "endres":
        path.write_text("Noe helt annet.") if os.path.exists("/nei") else os.utime(path, (1, 1))
    return real(path)
READERS[".txt"] = read
worker.main()
"""


@pytest.fixture
def stand_in(root: Path, tmp_path: Path) -> Iterator[SafeReader]:
    """A reader whose worker misbehaves on files with certain names."""
    script = tmp_path / "arbeider.py"
    script.write_text(STAND_IN, "utf-8")
    limits = Limits(seconds=1.0, memory=400 * 2**20)
    with SafeReader(root, limits=limits, command=[sys.executable, str(script)]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("evig", "tok mer enn 1 sekunder"),
        ("sover", "tok mer enn 1 sekunder"),
        ("sluker", "krever mer enn 400 MB minne"),
        ("krasjer", "fikk leseprogrammet til å krasje"),
        ("lyver", "fikk leseprogrammet til å krasje"),
        ("endres", "ble endret mens den ble lest. Prøv igjen."),
    ],
)
def test_a_file_that_misbehaves_is_named_and_the_next_is_read(
    root: Path, stand_in: SafeReader, name: str, why: str
) -> None:
    (root / f"{name}.txt").write_text("Mål\n\nNå alle.\n", "utf-8")
    stand_in.read(root / "god.md")
    assert why in reason(stand_in, root / f"{name}.txt")
