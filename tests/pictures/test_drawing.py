"""Pages are drawn by a worker, one at a time, within limits."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assistent.pictures.drawing import WIDTHS, PagePictures, PictureError, PictureFault
from assistent.pictures.render import MAX_PIXELS
from tests.pictures.papers import Paper


@pytest.fixture(scope="module")
def pictures() -> Iterator[PagePictures]:
    drawer = PagePictures()
    yield drawer
    drawer.close()


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    paper = Paper(tmp_path / "notat.pdf")
    paper.heading("Kanaler")
    paper.paragraph("Skriv til alle.")
    return paper


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as image:
        assert image.format == "WEBP"
        return image.size


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_drawn_as_wide_as_asked(paper: Paper, pictures: PagePictures, width: int) -> None:
    paper.document()
    picture = pictures.picture(paper.path, "a", 1, width)
    across, down = size_of(picture)
    assert abs(across - width) <= 1
    assert down / across == pytest.approx(842 / 595, rel=0.01)
    assert len(picture) < 40_000


def test_a_turned_page_is_drawn_upright(paper: Paper, pictures: PagePictures) -> None:
    paper.new_page(turned=True)
    paper.paragraph("Liggende side.")
    paper.document()
    across, down = size_of(pictures.picture(paper.path, "b", 2, 800))
    assert across > down


def test_a_huge_page_stays_within_the_limit(tmp_path: Path, pictures: PagePictures) -> None:
    paper = Paper(tmp_path / "plakat.pdf")
    paper.canvas.setPageSize((400, 14000))
    paper.canvas.drawString(70, 13000, "Plakat på høykant")
    paper.canvas.save()
    across, down = size_of(pictures.picture(paper.path, "c", 1, 1600))
    assert across * down <= MAX_PIXELS * 1.01
    assert across > 100


def test_words_come_with_page_size_and_count(paper: Paper, pictures: PagePictures) -> None:
    paper.new_page()
    paper.line("Side to.")
    paper.document()
    page = pictures.words(paper.path, "d", 1)
    assert [word.text for word in page.words] == ["Kanaler", "Skriv", "til", "alle."]
    assert (page.number, page.pages) == (1, 2)
    assert (page.width, page.height) == (595, 842)


@pytest.mark.parametrize("number", [0, 3, 999_999])
def test_a_page_that_is_not_there_is_told_apart(
    paper: Paper, pictures: PagePictures, number: int
) -> None:
    paper.document()
    with pytest.raises(PictureError) as caught:
        pictures.words(paper.path, "e", number)
    assert caught.value.fault is PictureFault.NO_PAGE


def test_a_damaged_file_is_told_apart_and_the_next_one_is_drawn(
    tmp_path: Path, paper: Paper, pictures: PagePictures
) -> None:
    broken = tmp_path / "ødelagt.pdf"
    broken.write_bytes(b"%PDF-1.7\nikke mer\n")
    with pytest.raises(PictureError) as caught:
        pictures.picture(broken, "f", 1, 800)
    assert caught.value.fault is PictureFault.DAMAGED
    paper.document()
    assert pictures.picture(paper.path, "g", 1, 800)


def test_what_has_been_drawn_is_kept(paper: Paper, pictures: PagePictures) -> None:
    paper.document()
    drawn = pictures.picture(paper.path, "h", 1, 800)
    words = pictures.words(paper.path, "h", 1)
    paper.path.unlink()
    assert pictures.picture(paper.path, "h", 1, 800) == drawn
    assert pictures.words(paper.path, "h", 1) is words
    with pytest.raises(PictureError):
        pictures.picture(paper.path, "another version", 1, 800)


def worker(folder: Path, body: str) -> list[str]:
    script = folder / "worker.py"
    script.write_text(body, encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.mark.parametrize(
    "answer",
    [
        b"{}",
        b'{"picture": 5}',
        b'{"picture": "not base64!"}',
        b'{"picture": "PHNjcmlwdD4="}',
        b"[]",
        b"nonsense",
    ],
)
def test_a_worker_that_was_taken_over_is_not_believed(tmp_path: Path, answer: bytes) -> None:
    body = (
        "import sys\nsys.stdin.buffer.readline()\n"
        f"answer = {answer!r}\n"
        "sys.stdout.buffer.write(len(answer).to_bytes(8, 'big') + answer)\n"
    )
    drawer = PagePictures(worker(tmp_path, body))
    with pytest.raises(PictureError) as caught:
        drawer.picture(tmp_path / "a.pdf", "x", 1, 800)
    assert caught.value.fault is PictureFault.DAMAGED
    drawer.close()


@pytest.mark.parametrize(
    "words",
    [
        '[["a", 1, 2, 3]]',
        '[["a", 1, 2, 3, "NaN", 0]]',
        "[[5, 1, 2, 3, 4, 0]]",
        "7",
    ],
)
def test_words_of_a_wrong_shape_are_not_believed(tmp_path: Path, words: str) -> None:
    answer = f'{{"pages": 1, "width": 9, "height": 9, "words": {words}}}'.encode()
    body = (
        "import sys\nsys.stdin.buffer.readline()\n"
        f"answer = {answer!r}\n"
        "sys.stdout.buffer.write(len(answer).to_bytes(8, 'big') + answer)\n"
    )
    drawer = PagePictures(worker(tmp_path, body))
    with pytest.raises(PictureError):
        drawer.words(tmp_path / "a.pdf", "x", 1)
    drawer.close()


def test_whoever_comes_too_many_is_told_at_once(tmp_path: Path) -> None:
    begun, go_on = tmp_path / "begun", tmp_path / "go-on"
    os.mkfifo(begun)
    os.mkfifo(go_on)
    body = (
        "import sys\nsys.stdin.buffer.readline()\n"
        f"open({str(begun)!r}, 'w').close()\n"
        f"open({str(go_on)!r}).close()\n"
    )
    drawer = PagePictures(worker(tmp_path, body), waiting=1)
    faults: list[PictureFault] = []

    def ask() -> None:
        try:
            drawer.picture(tmp_path / "a.pdf", "x", 1, 800)
        except PictureError as error:
            faults.append(error.fault)

    first = threading.Thread(target=ask)
    first.start()
    begun.open().close()  # waits until the worker has the request
    ask()
    assert faults == [PictureFault.BUSY]
    go_on.open("w").close()
    first.join(30)
    assert faults == [PictureFault.BUSY, PictureFault.DAMAGED]
    drawer.close()
