"""The original file can be saved, as long as it is the one that was read."""

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistent import texts_viewer
from assistent.answering import Assistant
from assistent.settings import load_settings
from assistent.web.addresses import ViewerAddress, quote_mark
from assistent.web.server import create_app
from assistent.web.source_pages import FILE_TYPES, attachment
from tests.web.fake_assistant import STRATEGY, FakeAssistant
from tests.web.html_select import select
from tests.web.viewed import (
    COLUMNS,
    LONG,
    RULES,
    SLIDES,
    WEB,
    WORD,
    assistant_over,
    client_of,
    marked,
    shown,
    viewed_corpus,
)


@pytest.fixture(scope="module")
def as_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as the edition was built from it."""
    return viewed_corpus(tmp_path_factory.mktemp("vist"), chapters=1)


@pytest.fixture(scope="module")
def assistant(as_read: Path) -> Assistant:
    return assistant_over(as_read, as_read.parent / "indeks")


@pytest.fixture
def corpus(as_read: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return shutil.copytree(as_read, tmp_path / "korpus")


@pytest.fixture
def client(assistant: Assistant, corpus: Path) -> TestClient:
    return client_of(assistant, corpus)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (COLUMNS, "application/pdf"),
        (RULES, "text/markdown"),
        (LONG, "text/markdown"),
        (WEB, "text/html"),
        (WORD, FILE_TYPES[".docx"]),
        (SLIDES, FILE_TYPES[".pptx"]),
    ],
)
def test_each_document_offers_its_file(
    client: TestClient, corpus: Path, path: str, kind: str
) -> None:
    page = shown(client.get(f"/kilde/{quote(path)}").text)
    [link] = select(page, ".file a")
    response = client.get(link.get("href"))
    assert response.status_code == 200
    assert response.content == (corpus / path).read_bytes()
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Length"] == str((corpus / path).stat().st_size)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.endswith(f"filename*=UTF-8''{quote(Path(path).name)}")


@pytest.mark.parametrize("path", [RULES, WEB, WORD, SLIDES])
def test_each_kind_of_document_is_shown_and_marked_to_the_letter(
    client: TestClient, assistant: Assistant, path: str
) -> None:
    document = assistant.document(path)
    assert document is not None
    assert len(document.blocks) > 3
    for block in document.blocks:
        text = document.text[block.start : block.end]
        page = client.get(ViewerAddress(path, block.start, block.end, quote_mark(text)).to()).text
        assert marked(page) == text
    tags = {each.tag for each in select(shown(page), ".text h2, .text h3, .text li, .text td")}
    assert "h2" in tags
    if path in (RULES, WORD):
        assert {"li", "td"} <= tags


def test_the_link_says_kind_and_size() -> None:
    assert texts_viewer.original_link(".pdf", 1_250_000) == "Last ned originalen (PDF, 1,2 MB)"
    assert texts_viewer.original_link(".txt", 19_927) == "Last ned originalen (tekst, 20 kB)"
    assert texts_viewer.original_link(".docx", 900) == "Last ned originalen (Word, 900 byte)"


@pytest.mark.parametrize(
    "path",
    [
        *("katalog.toml", "../hemmelig.txt", "%2e%2e/hemmelig.txt", "regler", "regler/annen.md"),
        *("registre/kanaler.toml", "/etc/passwd", "regler/kantine.md/..", "."),
    ],
)
def test_only_documents_of_the_edition_can_be_fetched(
    client: TestClient, corpus: Path, path: str
) -> None:
    (corpus.parent / "hemmelig.txt").write_text("hemmelig", encoding="utf-8")
    (corpus / "regler/annen.md").write_text("ikke lest inn", encoding="utf-8")
    response = client.get(f"/kilde/{path}/original")
    assert response.status_code == 404
    assert "hemmelig" not in response.text
    assert "ikke lest inn" not in response.text


def test_a_changed_file_is_not_handed_out(client: TestClient, corpus: Path) -> None:
    (corpus / RULES).write_text("# Kantineordningen\n\nAlt er nytt.\n", encoding="utf-8")
    response = client.get(f"/kilde/{RULES}/original")
    assert response.status_code == 409
    assert texts_viewer.ORIGINAL_CHANGED in response.text
    assert "Alt er nytt" not in response.text
    page = client.get(f"/kilde/{RULES}").text
    assert texts_viewer.ORIGINAL_CHANGED in page
    assert "Kantinen åpner klokken elleve." in page


def test_a_file_that_is_gone_is_said_to_be_gone(client: TestClient, corpus: Path) -> None:
    (corpus / RULES).unlink()
    response = client.get(f"/kilde/{RULES}/original")
    assert response.status_code == 404
    assert texts_viewer.ORIGINAL_MISSING in response.text
    [back] = select(shown(response.text), "main a")
    assert client.get(back.get("href")).status_code == 200


def test_a_link_put_in_the_files_place_leads_nowhere(client: TestClient, corpus: Path) -> None:
    kept = (corpus / RULES).read_bytes()
    (corpus / RULES).unlink()
    outside = corpus.parent / "utenfor.md"
    outside.write_bytes(kept)
    (corpus / RULES).symlink_to(outside)
    assert client.get(f"/kilde/{RULES}/original").status_code == 404


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ("plan.pdf", "plan.pdf", "plan.pdf"),
        ("Årsplan – blå.pdf", "Arsplan  bla.pdf", "%C3%85rsplan%20%E2%80%93%20bl%C3%A5.pdf"),
        ('a"b\r\nX: y.pdf', "a_b_X_ y.pdf", "a_b_X_%20y.pdf"),
        ("..\\..\\x.md", "_.._x.md", "_.._x.md"),
        ("文件.pdf", "dokument.pdf", "%E6%96%87%E4%BB%B6.pdf"),
        ("...", "dokument", "dokument"),
    ],
)
def test_file_names_are_safe(name: str, plain: str, full: str) -> None:
    header = attachment(name)
    assert header == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    header.encode("latin-1")
    assert "\n" not in header


def test_the_whole_app_serves_files_and_does_not_compress_packed_ones() -> None:
    with TestClient(create_app(FakeAssistant(), load_settings({}))) as client:
        response = client.get(f"/kilde/{STRATEGY}/original")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment")
        head = client.head(f"/kilde/{STRATEGY}/original")
        assert head.status_code == 200
        assert head.content == b""
