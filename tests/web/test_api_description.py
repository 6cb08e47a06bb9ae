"""The API describes itself truthfully, in Norwegian, and without anything from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from lxml import html

from assistent import texts_api
from assistent.answering import Assistant
from assistent.database import open_database
from assistent.journal import Journal, Keeping
from assistent.web.answer_streams import Answers
from assistent.web.api import build_api
from assistent.web.feedback.desk import FeedbackDesk
from assistent.web.recording import Recorder
from assistent.web.security import STRICT_POLICY, SecurityHeaders
from tests.fakes import STRATEGY
from tests.web.html_select import select


@pytest.fixture(scope="module")
def client(
    starter_by_words: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('journal') / 'assistent.db'}")
    journal = Journal(database, keeping=Keeping.MINIMAL, days=90)
    answers = Answers(starter_by_words, recorder=Recorder(starter_by_words, journal))
    app = FastAPI(openapi_url=None)
    app.mount("/api", build_api(starter_by_words, answers, desk=FeedbackDesk(journal)))
    app.add_middleware(SecurityHeaders)
    yield TestClient(app)
    journal.close()
    database.close()


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    return client.get("/api/openapi.json").json()


def operations(description: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_the_description_names_every_address(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["servers"] == [{"url": "/api"}]
    assert {(method, path) for method, path, _ in operations(description)} == {
        ("post", "/svar"),
        ("get", "/finn"),
        ("post", "/finn"),
        ("get", "/kilder"),
        ("get", "/kilder/{document}"),
        ("post", "/kanal"),
        ("post", "/sjekk"),
        ("post", "/tilbakemelding"),
    }


def test_everything_is_described_in_norwegian(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert schema["description"].endswith("."), name
        assert "title" not in schema
        for field, its in schema["properties"].items():
            assert its["description"].endswith("."), f"{name}.{field}"
            assert "title" not in its
    for _, path, operation in operations(description):
        assert operation["summary"], path
        assert operation["description"].endswith(".")
        for parameter in operation.get("parameters", ()):
            assert parameter["description"].endswith(".")
        for response in operation["responses"].values():
            assert response["description"] in (texts_api.OK, texts_api.PROBLEM)
    for english in ("Successful", "Default Response", "Validation Error", "HTTPException"):
        assert english not in json.dumps(description)


def test_no_text_of_the_description_is_left_over() -> None:
    from assistent.exchange import replies, requests
    from assistent.exchange.described import Described

    models = {
        name: model
        for module in (requests, replies)
        for name, model in vars(module).items()
        if isinstance(model, type) and issubclass(model, Described)
    }
    for name, texts in {**texts_api.REQUESTS, **texts_api.REPLIES}.items():
        fields = set(models[name].model_fields) | {""}
        assert set(texts) <= fields, f"{name}: {set(texts) - fields}"


def test_every_reference_leads_to_a_type(description: dict[str, Any]) -> None:
    types = set(description["components"]["schemas"])
    assert set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description))) == types


def test_the_examples_give_what_the_description_promises(
    client: TestClient, description: dict[str, Any]
) -> None:
    tried = 0
    for method, path, operation in operations(description):
        if method != "post":
            continue
        body = operation["requestBody"]["content"]["application/json"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        response = client.post(f"/api{path}", json=body["example"])
        assert response.status_code == 200
        for schema, value in ((body["schema"], body["example"]), (answer, response.json())):
            whole = {**schema, "components": description["components"]}
            Draft202012Validator(whole).validate(value)
        tried += 1
    assert tried == len(texts_api.EXAMPLES)


def test_a_problem_has_the_form_that_is_described(
    client: TestClient, description: dict[str, Any]
) -> None:
    schema = {
        "$ref": "#/components/schemas/ProblemReply",
        "components": description["components"],
    }
    response = client.post("/api/svar", json={})
    Draft202012Validator(schema).validate(response.json())
    for _, _, operation in operations(description):
        assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]


# --- The page ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(client: TestClient) -> html.HtmlElement:
    return html.fromstring(client.get("/api/docs").text)


def test_the_page_needs_no_script_and_nothing_from_elsewhere(
    client: TestClient, page: html.HtmlElement
) -> None:
    response = client.get("/api/docs")
    assert response.headers["Content-Security-Policy"] == STRICT_POLICY
    assert not page.xpath("//script | //style | //@style | //iframe | //img")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    addresses = page.xpath("//@href | //@src")
    assert addresses
    assert all(address.startswith(("/", "#")) for address in addresses)
    assert not any(address.startswith("//") for address in addresses)


def test_the_page_explains_every_address_type_and_problem(
    page: html.HtmlElement, description: dict[str, Any]
) -> None:
    assert page.get("lang") == "nb"
    targets = page.xpath("//@id")
    assert len(targets) == len(set(targets))
    for address in page.xpath("//@href"):
        if address.startswith("#"):
            assert address[1:] in targets, address
    for expected in (
        *description["components"]["schemas"],
        *texts_api.PROBLEMS,
        *(operation["operationId"] for _, _, operation in operations(description)),
    ):
        assert expected in targets
    said = page.text_content()
    for _, path, _ in operations(description):
        assert f"/api{path}" in said
    assert "None" not in said
    assert "{limit}" not in said
    assert not re.search(r"\{(limit|seconds|form|kind)\}", said)
    fields = [element.text_content() for element in select(page, "dt code")]
    assert "replies.ansatte" in fields
    for name, demands in (("AnswerRequest", True), ("AnswerReply", False)):
        [section] = page.xpath(f"//section[@aria-labelledby='{name}']")
        assert (texts_api.DOCS_REQUIRED in section.text_content()) is demands
    assert "question" in fields


def test_the_addresses_follow_where_the_app_is_mounted(starter_by_words: Assistant) -> None:
    inner = FastAPI(openapi_url=None)
    inner.mount("/api", build_api(starter_by_words, Answers(starter_by_words)))
    outer = FastAPI(openapi_url=None)
    outer.mount("/assistent", inner)
    client = TestClient(outer)
    assert client.get("/assistent/api/openapi.json").json()["servers"] == [
        {"url": "/assistent/api"}
    ]
    page = html.fromstring(client.get("/assistent/api/docs").text)
    own = [address for address in page.xpath("//@href") if not address.startswith("#")]
    assert all(address.startswith("/assistent/") for address in own)
    assert client.get("/assistent/api/x").json()["type"].startswith("/assistent/api/docs#")
    document = client.get(f"/assistent/api/kilder/{STRATEGY}").json()
    assert document["viewer"] == f"/assistent/kilde/{STRATEGY}"
    found = client.get("/assistent/api/finn?question=kanaler&k=1").json()
    assert found["hits"][0]["viewer"].startswith("/assistent/kilde/")
