"""The API: what it answers, how it refuses, and that it repeats nothing that was sent."""

from __future__ import annotations

import http.client
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistent import forms, texts_api
from assistent.answering import Assistant
from assistent.exchange import replies
from assistent.exchange.described import Described
from assistent.texts_answer import BOKMAL
from assistent.web.answer_streams import RETRY_SECONDS, Answers
from assistent.web.api import build_api
from assistent.web.api.bodies import LIMIT_KILOBYTES
from tests.fakes import STRATEGY, TODAY
from tests.serving import served
from tests.web.scripted import PATIENCE, WRITING, Gate, ScriptedAssistant, answered

QUESTION = "Hvordan skal vi skrive?"
SECRET = "01017012345"
JSON = {"Content-Type": "application/json"}
EVENTS = {"Accept": "text/event-stream"}


def app_of(assistant: Any, answers: Answers | None = None) -> FastAPI:
    app = FastAPI(openapi_url=None)
    api = build_api(assistant, answers or Answers(assistant), today=lambda: TODAY)
    app.mount("/api", api)
    return app


def client_of(assistant: Any, answers: Answers | None = None) -> TestClient:
    return TestClient(app_of(assistant, answers), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client(starter_by_words: Assistant) -> TestClient:
    return client_of(starter_by_words)


def content_of(response: Response, model: type[Described]) -> dict[str, Any]:
    """Return what was answered; it has exactly the form that is described."""
    assert response.status_code == 200, response.text
    record = response.json()
    assert (
        model.model_validate_json(response.content, strict=True).model_dump(mode="json") == record
    )
    return record


def problem_of(response: Response, status: int) -> dict[str, Any]:
    """Return a problem; it has the form of RFC 9457 and leads to its explanation."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    record = response.json()
    assert record["status"] == status
    assert record["title"]
    assert record["detail"]
    address, code = record["type"].split("#")
    assert (address, texts_api.PROBLEMS[code][0]) == ("/api/docs", status)
    replies.ProblemReply.model_validate(record)
    return record


def prove(client: TestClient, record: dict[str, Any]) -> None:
    """Every source of an answer stands where it says, to the letter."""
    assert record["sources"]
    for source in record["sources"]:
        document = client.get(f"/api/kilder/{source['document']}").json()
        assert document["text"][source["start"] : source["end"]] == source["quote"] != ""
        assert document["standing"] == source["standing"]
        assert source["viewer"].startswith(f"/kilde/{source['document']}?fra={source['start']}&")


# --- svar ----------------------------------------------------------------------------------------


def test_an_answer_has_sources_that_stand_in_the_documents(client: TestClient) -> None:
    response = client.post("/api/svar", json={"question": QUESTION})
    record = content_of(response, replies.AnswerReply)
    assert record["outcome"] == "answered"
    assert response.headers["Cache-Control"] == "no-store"
    prove(client, record)


def test_a_follow_up_is_understood_with_the_history(client: TestClient) -> None:
    history = [
        {"role": "user", "content": "Hvilke kanaler bruker vi?"},
        {"role": "assistant", "content": "Oslo kommune bruker flere kanaler."},
    ]
    asked = {"question": "Og hva med ansatte?", "history": history}
    record = content_of(client.post("/api/svar", json=asked), replies.AnswerReply)
    assert "Hvilke kanaler bruker vi?" in record["search_question"]


def test_a_question_without_an_answer_is_no_error(client: TestClient) -> None:
    asked = {"question": "Hva er hovedstaden i Mongolia?"}
    record = content_of(client.post("/api/svar", json=asked), replies.AnswerReply)
    assert record["outcome"] == "not_in_sources"
    assert "kommunikasjonsstaben" in record["contact"]


def events_of(body: str) -> list[tuple[str, Any]]:
    events = []
    for block in body.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_an_answer_comes_as_events_where_that_is_asked_for(client: TestClient) -> None:
    response = client.post("/api/svar", json={"question": QUESTION}, headers=EVENTS)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert response.headers["Cache-Control"] == "no-store"
    status, answer, end = events_of(response.text)
    assert status == ("status", {"step": "searching", "text": BOKMAL.steps["searching"]})
    plain = client.post("/api/svar", json={"question": QUESTION}).json()
    assert answer == ("svar", {**plain, "milliseconds": answer[1]["milliseconds"]})
    assert end == ("ferdig", {"outcome": "answered", "edition": plain["edition"]})


def test_provisional_answers_are_events_and_say_that_they_are() -> None:
    shown = answered("utdrag", provisional=True)
    assistant = ScriptedAssistant(lambda question: (shown, WRITING, answered("til slutt")))
    client = client_of(assistant, Answers(assistant, interval=0))
    response = client.post("/api/svar", json={"question": "q"}, headers=EVENTS)
    events = events_of(response.text)
    answers = [(data["text"], data["provisional"]) for name, data in events if name == "svar"]
    assert answers[-1] == ("til slutt", False)
    assert set(answers[:-1]) <= {("utdrag", True)}
    assert [name for name, _ in events].count("ferdig") == 1
    assert client.post("/api/svar", json={"question": "q"}).json()["text"] == "til slutt"


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("*/*", False),
        ("application/json", False),
        ("text/event-stream", True),
        ("text/event-stream, */*;q=0.1", True),
        ("application/json, text/event-stream", False),
        ("application/json;q=0.5, Text/Event-Stream", True),
        ("text/event-stream;q=0", False),
        ("text/event-stream;q=mye", False),
        ("text/html", False),
        ("", False),
    ],
)
def test_the_form_of_an_answer_follows_the_accept_header(accept: str, events: bool) -> None:
    client = client_of(ScriptedAssistant(lambda question: (answered("svar"),)))
    response = client.post("/api/svar", json={"question": "q"}, headers={"Accept": accept})
    assert response.headers["Content-Type"].startswith("text/event-stream") is events


def test_a_full_house_asks_to_wait() -> None:
    gate = Gate()
    assistant = ScriptedAssistant(lambda question: (gate, answered("svar")))
    client = client_of(assistant, Answers(assistant, held=0))
    for headers in ({}, EVENTS):
        response = client.post("/api/svar", json={"question": "q"}, headers=headers)
        assert str(RETRY_SECONDS) in problem_of(response, 503)["detail"]
        assert response.headers["Retry-After"] == str(RETRY_SECONDS)
    for path in ("/api/finn", "/api/sjekk"):
        body = {"question": "q"} if path == "/api/finn" else {}
        problem_of(client.post(path, json=body), 503)


def test_a_failure_inside_says_nothing_of_its_cause() -> None:
    client = client_of(ScriptedAssistant(lambda question: (RuntimeError("/hemmelig/sti"),)))
    response = client.post("/api/svar", json={"question": "q"})
    assert "hemmelig" not in response.text
    failed = problem_of(response, 500)
    response = client.post("/api/svar", json={"question": "q"}, headers=EVENTS)
    assert events_of(response.text)[-1] == ("feil", failed)


@pytest.mark.parametrize("headers", [{}, EVENTS], ids=["json", "events"])
def test_the_work_stops_when_the_client_goes_away(headers: dict[str, str]) -> None:
    gate, too_far = Gate(), Gate()
    provisional = answered("foreløpig", provisional=True)
    assistant = ScriptedAssistant(lambda question: (WRITING, gate, provisional, too_far))
    answers = Answers(assistant)
    with served(app_of(assistant, answers)) as (host, port):
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", **headers}
        connection.request("POST", "/api/svar", '{"question": "q"}', headers)
        assert gate.reached.wait(PATIENCE)
        connection.close()
        # Round trips on another connection, in which the server has seen that the first is gone.
        other = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        for _ in range(20):
            other.request("GET", "/api/finnes-ikke")
            assert other.getresponse().read()
        other.close()
        gate.open()
        assert assistant.ended.wait(PATIENCE)
    assert not too_far.reached.is_set()


# --- finn ----------------------------------------------------------------------------------------


def test_a_search_finds_the_same_by_address_and_by_body(client: TestClient) -> None:
    asked = {"question": "Hvilke kanaler når innbyggerne?", "k": 3}
    record = content_of(client.post("/api/finn", json=asked), replies.FoundReply)
    by_address = content_of(client.get("/api/finn", params=asked), replies.FoundReply)
    assert [hit["rank"] for hit in record["hits"]] == [1, 2, 3]
    assert by_address["hits"] == record["hits"]
    for hit in record["hits"]:
        document = client.get(f"/api/kilder/{hit['document']}").json()
        assert document["text"][hit["start"] : hit["end"]] == hit["text"] != ""
        assert hit["standing"] == document["standing"]
        assert hit["viewer"].startswith("/kilde/")


@pytest.mark.parametrize("question", [f"{SECRET} vil klage", "", "?"])
def test_what_cannot_be_searched_for_is_explained(client: TestClient, question: str) -> None:
    for response in (
        client.post("/api/finn", json={"question": question}),
        client.get("/api/finn", params={"question": question}),
    ):
        problem_of(response, 422)
        assert SECRET not in response.text


# --- kilder --------------------------------------------------------------------------------------


def test_the_documents_are_listed_with_their_standing(
    client: TestClient, starter_by_words: Assistant
) -> None:
    record = content_of(client.get("/api/kilder"), replies.DocumentsReply)
    assert record["day"] == TODAY.isoformat()
    assert record["edition"] == starter_by_words.edition
    listed = {document["document"]: document["standing"] for document in record["documents"]}
    documents = starter_by_words.documents()
    assert listed == {each.info.path: each.info.standing_on(TODAY) for each in documents}
    assert len(set(listed.values())) > 1


def test_a_document_comes_with_its_whole_text(
    client: TestClient, starter_by_words: Assistant
) -> None:
    record = content_of(client.get(f"/api/kilder/{STRATEGY}"), replies.DocumentTextReply)
    document = starter_by_words.document(STRATEGY)
    assert document is not None
    assert record["text"] == document.text


@pytest.mark.parametrize(
    "path", ["finnes-ikke.md", "../katalog.toml", "..%2f..%2fetc/passwd", "%00", "/etc/passwd"]
)
def test_nothing_but_the_documents_can_be_had(client: TestClient, path: str) -> None:
    response = client.get(f"/api/kilder/{path}")
    problem_of(response, 404)
    assert "passwd" not in response.text


# --- kanal, sjekk --------------------------------------------------------------------------------


def test_a_channel_is_advised_with_sources(client: TestClient) -> None:
    asked = {"audience": "innbyggere", "message": forms.PERSONAL, "concerns": ["mange språk"] * 2}
    record = content_of(client.post("/api/kanal", json=asked), replies.AdviceReply)
    assert record["answers"] == {**asked, "urgency": "god tid", "concerns": ["mange språk"]}
    assert record["recommended"]
    assert record["rejected"]
    prove(client, record)


def test_a_decision_is_checked_with_sources(client: TestClient) -> None:
    asked = {"replies": {"ansatte": "ja", "media": "nei"}}
    record = content_of(client.post("/api/sjekk", json=asked), replies.CheckReply)
    given = record["answers"]["replies"]
    assert (given["ansattes arbeid"], given["medieinteresse"]) == ("ja", "nei")
    assert given[forms.CRISIS] == "usikker"
    assert all(record["parts"].values())
    prove(client, record)


# --- Refusals ------------------------------------------------------------------------------------

TURN = {"role": "user", "content": "Hei"}


@pytest.mark.parametrize(
    ("path", "body", "pointer", "said"),
    [
        ("svar", {}, "#/question", "«question» mangler"),
        ("svar", None, "#", "må være et objekt"),
        ("svar", [], "#", "må være et objekt"),
        ("svar", {"question": 1}, "#/question", "må være en tekst"),
        ("svar", {"question": None}, "#/question", "må være en tekst"),
        ("svar", {"question": "a" * 20_001}, "#/question", "er for lang"),
        ("svar", {"question": "q", "sporsmal": "q"}, "#/sporsmal", "er ikke et felt"),
        ("svar", {"question": "q", "a/b~c": 1}, "#/a~1b~0c", "er ikke et felt"),
        ("svar", {"question": "q", "history": "x"}, "#/history", "må være en liste"),
        ("svar", {"question": "q", "history": [TURN] * 21}, "#/history", "for mange"),
        ("svar", {"question": "q", "history": ["x"]}, "#/history/0", "må være et objekt"),
        ("svar", {"question": "q", "history": [[[]]]}, "#/history/0", "må være et objekt"),
        (
            "svar",
            {"question": "q", "history": [{**TURN, "role": "system"}]},
            "#/history/0/role",
            "ukjent verdi",
        ),
        (
            "svar",
            {"question": "q", "history": [TURN, {**TURN, "content": "a" * 8001}]},
            "#/history/1/content",
            "er for lang",
        ),
        ("svar", {"question": "q", "history": [{**TURN, "id": 1}]}, "#/history/0/id", "felt"),
        ("finn", {"question": "q", "k": 0}, "#/k", "for lite"),
        ("finn", {"question": "q", "k": 51}, "#/k", "for stort"),
        ("finn", {"question": "q", "k": 1.5}, "#/k", "helt tall"),
        ("finn", {"question": "q", "k": "ti"}, "#/k", "helt tall"),
        ("kanal", {"message": "nyhet"}, "#/audience", "mangler"),
        ("kanal", {"audience": "alle", "message": "nyhet"}, "#/audience", "ukjent verdi"),
        (
            "kanal",
            {"audience": "media", "message": "nyhet", "concerns": ["x"]},
            "#/concerns/0",
            "ukjent verdi",
        ),
        ("sjekk", {"replies": {"ansatt": "ja"}}, "#/replies/ansatt", "er ikke et felt"),
        ("sjekk", {"replies": {"ansatte": "kanskje"}}, "#/replies/ansatte", "ukjent verdi"),
        ("sjekk", {"replies": {"ansatte": True}}, "#/replies/ansatte", "må være en tekst"),
        ("sjekk", {"description": "Ny vaktplan"}, "#/description", "er ikke et felt"),
    ],
)
def test_each_fault_says_what_where_and_the_repair(
    client: TestClient, path: str, body: Any, pointer: str, said: str
) -> None:
    response = client.post(f"/api/{path}", content=json.dumps(body), headers=JSON)
    [fault] = problem_of(response, 422)["errors"]
    assert fault["pointer"] == pointer
    assert said in fault["detail"]
    assert fault["repair"].endswith((".", "}.", "]."))


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("", "question"), ("question=q&k=mange", "k"), ("question=q&k=99", "k"), ("sok=q", "sok")],
)
def test_a_fault_in_an_address_names_its_field(
    client: TestClient, query: str, parameter: str
) -> None:
    faults = problem_of(client.get(f"/api/finn?{query}"), 422)["errors"]
    assert parameter in [fault["parameter"] for fault in faults]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"question=q",
        b"[" * 30_000,
        b'{"question": "\xff"}',
        b'{"question": NaN, }',
        b'{"question": "q", "k": ' + b"9" * 5000 + b"}",
    ],
    ids=["cut", "form", "deep", "no utf-8", "no json", "endless number"],
)
def test_what_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    problem_of(client.post("/api/svar", content=body, headers=JSON), 400)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/jsonx",
        "",
    ],
)
def test_another_type_of_content_is_refused(client: TestClient, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    problem_of(client.post("/api/svar", content=b'{"question": "q"}', headers=headers), 415)


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(client: TestClient) -> None:
    large = json.dumps({"question": "a" * 1000 * LIMIT_KILOBYTES}).encode()
    said = client.post("/api/svar", content=large, headers=JSON)
    in_parts = client.post("/api/svar", content=iter([large[:9000], large[9000:]]), headers=JSON)
    for response in (said, in_parts):
        assert str(LIMIT_KILOBYTES) in problem_of(response, 413)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"question": f"Kari er syk, {SECRET}"},
        {"question": "q", "history": [{"role": SECRET, "content": SECRET}]},
        {"question": "q", "history": [{"role": "user", SECRET: SECRET}]},
        {"question": "q", "history": SECRET},
        {"question": [SECRET]},
        {SECRET: SECRET},
        {"question": "q", "k": SECRET},
        {"audience": SECRET, "message": SECRET, "urgency": SECRET, "concerns": [SECRET]},
        {"replies": {SECRET: SECRET, "ansatte": SECRET}},
        SECRET,
        [SECRET],
    ],
)
@pytest.mark.parametrize("path", ["svar", "finn", "kanal", "sjekk"])
def test_personal_data_are_never_repeated(client: TestClient, path: str, body: Any) -> None:
    for headers in (JSON, {**JSON, **EVENTS}):
        response = client.post(f"/api/{path}", content=json.dumps(body), headers=headers)
        assert SECRET not in response.text


def test_addresses_and_methods_that_are_not_there_are_problems_too(client: TestClient) -> None:
    problem_of(client.get("/api/finnes-ikke"), 404)
    for path, allowed in (("svar", "POST"), ("finn", "GET, POST"), (f"kilder/{STRATEGY}", "GET")):
        for method in ("OPTIONS", "DELETE", "PUT"):
            response = client.request(method, f"/api/{path}")
            problem_of(response, 405)
            assert response.headers["Allow"] == allowed


def test_no_other_site_may_read_what_is_answered(client: TestClient) -> None:
    asked = {"Origin": "https://eksempel.no", "Access-Control-Request-Method": "POST"}
    for response in (
        client.options("/api/svar", headers=asked),
        client.post("/api/svar", json={"question": QUESTION}, headers=asked),
    ):
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_every_answer_stays_out_of_caches(client: TestClient) -> None:
    for response in (
        client.get("/api/kilder"),
        client.get("/api/finn?question=kanaler"),
        client.get("/api/finnes-ikke"),
        client.post("/api/svar", content=b"x"),
        client.post("/api/kanal", json={}),
    ):
        assert response.headers["Cache-Control"] == "no-store"
