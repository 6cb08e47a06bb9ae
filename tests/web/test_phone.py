"""The phone page over HTTP: forms without a script, events with one, and hostile input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html

from assistent import texts_page, texts_phone
from assistent.settings import load_settings
from assistent.texts_answer import BOKMAL
from assistent.types import Answer, Outcome, Relation, Turn
from assistent.web.answer_streams import Answers
from assistent.web.phone.cards import edition_day, facts
from assistent.web.phone.history import MAX_BYTES, MAX_TURNS, read_history, write_history
from assistent.web.phone.routes import build_phone
from assistent.web.security import BODY_LIMIT
from assistent.web.server import create_app
from tests.web.fake_assistant import (
    CHANNELS,
    COMPOSED,
    EDITION,
    HOW_TO_WRITE,
    PERSONAL,
    PERSONAL_LEFT,
    UNKNOWN,
    FakeAssistant,
)
from tests.web.html_select import select
from tests.web.scripted import ScriptedAssistant
from tests.web.vectors import VECTORS

FORBIDDEN = "script img svg math iframe object embed base style video audio marquee body".split()


@pytest.fixture(scope="module")
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def client(fake: FakeAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(fake, load_settings({}))) as running:
        yield running


def page_of(response: Response, status: int = 200) -> html.HtmlElement:
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def value(page: html.HtmlElement, name: str) -> str:
    [field] = select(page, f"[name='{name}']")
    return str(field.text or "" if field.tag == "textarea" else field.get("value"))


def said(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def events(response: Response) -> list[tuple[str, dict[str, str]]]:
    assert response.status_code == 200, response.text
    found = []
    for part in response.text.split("\n\n"):
        if part and not part.startswith(":"):
            kind, data = part.split("\n")
            found.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


# --- Without a script ----------------------------------------------------------------------------


def test_the_first_page_has_all_it_needs_and_nothing_inline(client: TestClient) -> None:
    response = client.get("/m")
    page = page_of(response)
    assert page.get("lang") == "nb"
    [form] = select(page, "form")
    assert (form.get("method"), form.get("action")) == ("post", "/m")
    assert len(select(page, "a.ask")) == len(texts_phone.EXAMPLES)
    assert texts_page.PAGE_LABEL in said(page)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    [script] = select(page, "script")
    assert script.text is None
    assert not select(page, "style")
    assert not [each for each in page.iter() if "style" in each.attrib]
    assert "://" not in response.text


def test_its_style_and_script_may_be_kept_for_a_year(client: TestClient) -> None:
    page = page_of(client.get("/m"))
    [sheet] = select(page, "link[rel='stylesheet']")
    [script] = select(page, "script")
    for address, kind in ((sheet.get("href"), "text/css"), (script.get("src"), "text/javascript")):
        response = client.get(address)
        assert response.headers["Content-Type"].startswith(kind)
        assert "immutable" in response.headers["Cache-Control"]
        assert "?v=" in address


def test_a_posted_question_comes_back_with_its_answer(client: TestClient) -> None:
    response = client.post("/m", data={"sporsmal": CHANNELS})
    page = page_of(response)
    assert CHANNELS in said(select(page, "h2.question")[0])
    assert select(page, ".answer.found .claim")
    assert select(page, "details.panel .source")
    assert value(page, "sporsmal") == ""
    assert response.headers["Cache-Control"] == "no-store"


def test_a_further_question_takes_the_conversation_with_it(
    client: TestClient, fake: FakeAssistant
) -> None:
    page = page_of(client.post("/m", data={"sporsmal": CHANNELS}))
    page = page_of(
        client.post("/m", data={"sporsmal": HOW_TO_WRITE, "samtale": value(page, "samtale")})
    )
    question, history = fake.asked[-1]
    assert question == HOW_TO_WRITE
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0].content == CHANNELS
    assert CHANNELS in said(select(page, "details.earlier")[0])
    assert len(read_history(value(page, "samtale"))) == 4


def test_an_empty_question_is_answered_with_what_to_do(client: TestClient) -> None:
    page = page_of(client.post("/m", data={"sporsmal": "  "}))
    assert "Skriv et spørsmål" in said(select(page, ".answer")[0])
    page_of(client.post("/m"))


def test_a_link_opens_question_and_answer(client: TestClient) -> None:
    response = client.get("/m", params={"q": CHANNELS})
    page = page_of(response)
    assert CHANNELS in said(select(page, "h2.question")[0])
    assert select(page, ".answer.found .claim")
    assert response.headers["Cache-Control"] == "no-store"
    assert "hidden" in select(page, "#start")[0].attrib


def test_a_link_does_not_wait_for_a_chat_model(client: TestClient) -> None:
    page = page_of(client.get("/m", params={"q": COMPOSED}))
    assert BOKMAL.by_quotes in said(page)
    known = json.loads(select(page, "#samtale")[0].get("data-svar"))
    assert "historikk" not in known  # the script asks for the rest
    page = page_of(client.post("/m", data={"sporsmal": COMPOSED}))
    assert BOKMAL.by_model in said(page)
    assert "historikk" in json.loads(select(page, "#samtale")[0].get("data-svar"))


def test_a_search_can_be_edited(client: TestClient) -> None:
    page = page_of(client.get("/m", params={"skriv": HOW_TO_WRITE}))
    assert value(page, "sporsmal") == HOW_TO_WRITE
    assert not select(page, ".exchange")


def test_a_question_with_personal_data_can_be_sent_without_them(client: TestClient) -> None:
    response = client.post("/m", data={"sporsmal": PERSONAL})
    assert "01017012345" not in response.text
    page = page_of(response)
    [form] = select(page, "form.resend")
    assert (form.get("method"), form.get("action")) == ("post", "./m")
    left = select(form, "input[name='sporsmal']")[0].get("value")
    assert left == PERSONAL_LEFT
    assert value(page, "samtale") in ("", "[]")
    page = page_of(client.post("/m", data={"sporsmal": left}))
    assert PERSONAL_LEFT in said(select(page, "h2.question")[0])


def test_personal_data_in_a_link_are_not_repeated(client: TestClient) -> None:
    for field in ("q", "skriv"):
        assert "01017012345" not in client.get("/m", params={field: PERSONAL}).text


# --- Trouble -------------------------------------------------------------------------------------


@contextmanager
def app_of(answers_for: object, *, held: int = 1) -> Iterator[tuple[TestClient, Answers]]:
    """Serve the phone page alone over an assistant of the test's own."""
    app = FastAPI()
    answers = Answers(answers_for, held=held)
    app.include_router(build_phone(answers_for, answers))
    with TestClient(app) as client:
        yield client, answers


def test_a_full_house_says_so_and_keeps_what_was_written() -> None:
    history = write_history([Turn("user", CHANNELS), Turn("assistant", "Svar")])
    asked = {"sporsmal": HOW_TO_WRITE, "samtale": history}
    with app_of(FakeAssistant(), held=0) as (client, _):
        response = client.post("/m", data=asked)
        page = page_of(response, 503)
        assert texts_page.SERVICE_BUSY in said(page)
        assert (value(page, "sporsmal"), value(page, "samtale")) == (HOW_TO_WRITE, history)
        assert int(response.headers["Retry-After"]) > 0
        page_of(client.get("/m", params={"q": HOW_TO_WRITE}), 503)
        response = client.post("/m/svar", data=asked)
        assert (response.status_code, response.text) == (503, texts_page.SERVICE_BUSY)


def test_an_assistant_that_breaks_gets_a_sentence() -> None:
    broken = ScriptedAssistant(lambda question: [RuntimeError("broken on purpose")])
    with app_of(broken) as (client, _):
        page = page_of(client.post("/m", data={"sporsmal": CHANNELS}), 500)
        assert BOKMAL.failed in said(page)
        assert value(page, "sporsmal") == CHANNELS
        *_, last = events(client.post("/m/svar", data={"sporsmal": CHANNELS}))
        assert last[0] == "feil"
        assert last[1]["tekst"].startswith(BOKMAL.failed)


# --- Events --------------------------------------------------------------------------------------


def test_events_tell_the_steps_and_end_with_the_answer(client: TestClient) -> None:
    data = {"sporsmal": COMPOSED, "samtale": "", "nummer": "3"}
    response = client.post("/m/svar", data=data)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    told = events(response)
    assert [kind for kind, _ in told] == ["status", "kort", "status", "ferdig"]
    assert told[0][1] == {"tekst": BOKMAL.steps["searching"]}
    first, last = told[1][1], told[3][1]
    assert 'id="question-3"' in first["html"]
    assert BOKMAL.steps["writing"] in first["html"]
    assert "historikk" not in first
    assert "searching" not in last["html"]
    assert (last["sporsmal"], last["utgave"], last["lagres"]) == (COMPOSED, EDITION, "ja")
    assert read_history(last["historikk"])[0].content == COMPOSED


@pytest.mark.parametrize(
    ("question", "kept", "remembered"),
    [(CHANNELS, "ja", True), (UNKNOWN, "", True), (PERSONAL, "", False), ("", "", False)],
)
def test_only_an_answer_that_can_be_used_again_is_kept(
    client: TestClient, question: str, kept: str, remembered: bool
) -> None:
    kind, told = events(client.post("/m/svar", data={"sporsmal": question}))[-1]
    assert kind == "ferdig"
    assert told["lagres"] == kept
    assert bool(read_history(told["historikk"])) == remembered
    assert "01017012345" not in json.dumps(told)


def test_a_follow_up_is_kept_as_it_can_be_asked_on_its_own() -> None:
    answer = Answer(
        question="Gjelder det også for barnehager?",
        search_question="Hvordan når jeg ansatte? Gjelder det også for barnehager?",
        language="nb",
        outcome=Outcome.ANSWERED,
        text="Ja.",
        writer="extract",
        relation=Relation.FOLLOW_UP,
    )
    assert facts(answer, [])["sporsmal"] == answer.search_question
    [asked, _] = read_history(facts(answer, [])["historikk"])
    assert asked.content == answer.question


def test_an_edition_is_shown_by_its_day() -> None:
    assert edition_day(EDITION) == "22. november 2026"
    assert edition_day("min-utgave") == "min-utgave"
    assert edition_day("") == ""


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "1" * 50, "²", "1e9"])
def test_a_number_that_is_none_counts_as_the_first(client: TestClient, number: str) -> None:
    _, told = events(client.post("/m/svar", data={"sporsmal": CHANNELS, "nummer": number}))[-1]
    assert 'id="question-1"' in told["html"]


# --- The conversation in the form ----------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        "",
        "null",
        "{}",
        "[",
        "[1, null, [], {}]",
        '[{"role": "system", "content": "x"}]',
        '[{"role": "user"}]',
        '[{"role": "user", "content": 3}]',
        "[" * 5000,
        "9" * 5000,
        "\x00",
    ],
)
def test_whatever_is_no_conversation_is_none(client: TestClient, field: str) -> None:
    assert read_history(field) == ()
    page_of(client.post("/m", data={"sporsmal": CHANNELS, "samtale": field}))


def test_halves_of_characters_do_no_harm(client: TestClient) -> None:
    field = '[{"role": "user", "content": "a\\ud800b"}]'
    assert read_history(field)[0].content == "a?b"
    page_of(client.post("/m", data={"sporsmal": CHANNELS, "samtale": field}))


def test_the_field_holds_the_latest_turns_that_fit() -> None:
    turns = [Turn("user" if n % 2 == 0 else "assistant", f"{n}") for n in range(20)]
    kept = read_history(write_history(turns))
    assert [turn.content for turn in kept] == [str(n) for n in range(14, 20)]
    assert len(kept) == MAX_TURNS
    long = [Turn("user", "“" * 9000), Turn("assistant", "\n" * 9000)] * 3
    field = write_history(long)
    assert read_history(field)
    assert len(quote_plus(field)) <= MAX_BYTES
    assert MAX_BYTES + len(quote_plus("ø" * 2000)) < BODY_LIMIT


# --- Hostile strings -----------------------------------------------------------------------------


def harmless(page: html.HtmlElement) -> None:
    """Nothing but what the page itself is made of, and no link away from it."""
    body = select(page, "body")[0]
    found = [each for each in body.iter() if each is not body and each.tag in FORBIDDEN]
    assert found == []
    for each in page.iter():
        assert not [name for name in each.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction"):
            address = each.get(name, "/")
            assert address.startswith(("/", "./", "#"))
            assert not address.startswith("//")
    assert {form.get("action") for form in select(page, "form")} <= {"/m", "./m"}


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_strings_are_text_only(client: TestClient, vector: str) -> None:
    history = write_history([Turn("user", vector), Turn("assistant", vector)])
    responses = [
        client.get("/m", params={"q": vector}),
        client.get("/m", params={"skriv": vector}),
        client.post("/m", data={"sporsmal": vector, "samtale": history}),
        client.post("/m", data={"sporsmal": CHANNELS, "samtale": vector}),
    ]
    for response in responses:
        harmless(page_of(response))
    kind, told = events(client.post("/m/svar", data={"sporsmal": vector, "samtale": history}))[-1]
    assert kind == "ferdig"
    harmless(html.document_fromstring(told["html"]))


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) >= 40
