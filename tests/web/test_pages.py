"""The pages beside the chat."""

from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from assistent.web.pages import build_pages
from assistent.web.source_pages import build_source_pages
from tests.web.fake_assistant import CORPUS, STRATEGY, FakeAssistant
from tests.web.html_select import select


def test_about_names_limits_documents_and_who_to_ask() -> None:
    app = FastAPI()
    app.include_router(build_pages(FakeAssistant(), contact="oss"))
    app.include_router(build_source_pages(FakeAssistant(), corpus=CORPUS))
    client = TestClient(app)
    page = html.document_fromstring(client.get("/om").text)
    text = page.text_content()
    assert "spør oss" in text
    assert "ordrett sitat" in text
    links = [each.get("href") for each in select(page, "ul.documents a")]
    assert f"/kilde/{STRATEGY}" in links
    assert all(client.get(link).status_code == 200 for link in links)
