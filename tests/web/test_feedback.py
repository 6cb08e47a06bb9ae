"""Feedback over HTTP: by forms, by the script, by the API; what is stopped and what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html

from assistent import texts_feedback as texts
from assistent import texts_journal
from assistent.journal import Feedback, Reason, new_reference
from assistent.journal.tables import answers
from assistent.settings import load_settings
from assistent.web.answer_html import render_exchange
from assistent.web.conversation import Exchange
from assistent.web.feedback.desk import AT_ONCE, NotTakenError, Sent, read
from assistent.web.feedback.limit import Limit
from assistent.web.kept import kept_by
from assistent.web.server import create_app
from tests.web.fake_assistant import (
    GOALS,
    HOW_TO_WRITE,
    PERSONAL,
    STRATEGY,
    UNKNOWN,
    FakeAssistant,
)
from tests.web.html_select import select
from tests.web.journalled import Served, journalled
from tests.web.vectors import VECTORS

CANARY = "15108695088"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with journalled(FakeAssistant(), tmp_path_factory.mktemp("journal")) as running:
        yield running


@pytest.fixture
def served(app: Served) -> Served:
    """The app with an empty journal; its limit is not."""
    app.empty()
    return app


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """An app of the test's own."""
    with journalled(FakeAssistant(), tmp_path) as running:
        yield running


def ask(served: Served, question: str = HOW_TO_WRITE) -> html.HtmlElement:
    """Return the card of an answer on the phone page."""
    page = html.fromstring(served.client.post("/m", data={"sporsmal": question}).text)
    [card] = select(page, "article.exchange")
    return card


def reference_in(card: html.HtmlElement) -> str:
    [reference] = {each.get("value") for each in select(card, "input[name='svar']")}
    return str(reference)


def fields_of(form: html.HtmlElement) -> dict[str, str]:
    """Return what a browser sends of a form that nobody has touched."""
    return {name: value or "" for name, value in form.form_values()}


def send(served: Served, *, headers: dict[str, str] | None = None, **fields: Any) -> Response:
    return served.client.post("/tilbakemelding", data=fields, headers=headers or {})


def only(served: Served) -> Feedback:
    [found] = served.box.newest(10)
    return found


# --- The form ------------------------------------------------------------------------------------


def test_one_tap_says_that_an_answer_was_useful(served: Served) -> None:
    card = ask(served)
    [form] = select(card, "form.thumb")
    assert form.get("action") == "./tilbakemelding"
    response = send(served, **fields_of(form))
    assert response.status_code == 200
    assert texts.THANKS in response.text
    kept = only(served)
    assert kept.identity in response.text
    assert "kommunikasjonsstaben" in response.text
    assert (kept.given.useful, kept.given.claim, kept.given.reference) == (
        *(True, None),
        reference_in(card),
    )
    assert {place.document for place in kept.places} == {STRATEGY}


def test_the_form_names_every_sentence_and_every_reason(served: Served) -> None:
    card = ask(served, GOALS)
    [form] = select(card, "form.opinion")
    assert [each.get("value") for each in select(form, "option")] == ["", "1", "2", "3", "4"]
    assert [each.get("value") for each in select(form, "[name='arsak']")] == list(Reason)
    assert set(texts.REASONS) == set(Reason)
    assert fields_of(form)["nyttig"] == "nei"
    assert all(each.getparent().tag == "label" for each in select(form, "textarea, select"))


def test_a_sentence_is_disliked_for_several_reasons_with_a_wish_for_a_reply(
    served: Served,
) -> None:
    [form] = select(ask(served), "form.opinion")
    response = send(
        served,
        **{
            **fields_of(form),
            "setning": "2",
            "arsak": ["utdatert", "for-langt", "utdatert"],
            "tekst": "Dette  gjaldt i fjor.\r\nSe side 3.",
            "epost": " ansatt@example.no ",
        },
    )
    assert texts.THANKS_REPLY in response.text
    given = only(served).given
    assert (given.useful, given.claim) == (False, 2)
    assert given.reasons == (Reason.OUTDATED, Reason.TOO_LONG)
    assert given.text == "Dette gjaldt i fjor.\nSe side 3."
    assert given.contact == "ansatt@example.no"


@pytest.mark.parametrize("question", [PERSONAL, ""])
def test_what_was_stopped_has_no_form_or_one_without_sentences(
    served: Served, question: str
) -> None:
    card = ask(served, question)
    assert select(card, "form.opinion select") == []
    assert bool(select(card, "form.opinion")) is (question == "")


def test_the_wide_page_has_the_same_form() -> None:
    answer = FakeAssistant().answer(HOW_TO_WRITE)
    assert "feedback" not in render_exchange(Exchange(1, HOW_TO_WRITE, answer))
    known = replace(answer, reference=new_reference())
    card = html.fromstring(render_exchange(Exchange(1, HOW_TO_WRITE, known)))
    assert {form.get("target") for form in select(card, ".feedback form")} == {"_blank"}


# --- What is stopped -----------------------------------------------------------------------------


def test_personal_data_is_stopped_shown_masked_and_can_be_sent_without(served: Served) -> None:
    reference = reference_in(ask(served))
    told = f"Spør Kari, {CANARY}, hun vet det"
    response = send(served, svar=reference, nyttig="nei", arsak="feil", tekst=told, setning="1")
    assert response.status_code == 422
    assert CANARY not in response.text
    assert "fødselsnummer (15••••••••)" in response.text
    assert served.box.newest(10) == []
    page = html.fromstring(response.text)
    [form] = [each for each in select(page, "form") if "tilbakemelding" in each.get("action")]
    assert send(served, **fields_of(form)).status_code == 200
    given = only(served).given
    assert given.text == "Spør Kari, […], hun vet det"
    assert (given.claim, given.reasons, given.useful) == (1, (Reason.WRONG,), False)


def test_a_script_is_told_the_same_in_few_words(served: Served) -> None:
    reference = reference_in(ask(served))
    told = {"svar": reference, "nyttig": "nei", "tekst": f"Ring 15{CANARY[2:]}"}
    stopped = send(served, headers=JSON, **told)
    assert stopped.status_code == 422
    assert stopped.json()["rest"] == "Ring […]"
    assert CANARY not in stopped.text
    thanked = send(served, headers=JSON, svar=reference, nyttig="ja")
    assert only(served).identity in thanked.json()["tekst"]


@pytest.mark.parametrize(
    "address",
    [
        *("uten krøllalfa", "a@b", "a b@c.no", "a@b.no, c@d.no", f"{CANARY}@x.no"),
        *("a@b.no\nBcc: c@d.no", f"{'a' * 300}@b.no", "<script>@b.no", "navn@"),
    ],
)
def test_what_is_no_address_is_not_kept(served: Served, address: str) -> None:
    response = send(served, svar=new_reference(), nyttig="ja", epost=address)
    assert response.status_code == 422
    assert texts.BAD_CONTACT in response.text
    assert CANARY not in response.text
    assert served.box.newest(10) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"svar": ""},
        {"svar": "' OR 1=1 --"},
        {"svar": "K7M2Q9XTAB"},
        {"nyttig": "kanskje"},
        {"setning": "0"},
        {"setning": "-1"},
        {"setning": "1e9"},
        {"setning": "201"},
        {"arsak": "noe helt annet"},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(served: Served, fault: dict[str, str]) -> None:
    fields = {"svar": new_reference(), "nyttig": "ja", **fault}
    assert send(served, **fields).status_code == 400
    assert served.box.newest(10) == []


def test_a_long_comment_is_told_and_a_thousand_characters_with_breaks_are_taken() -> None:
    sent = Sent(new_reference(), "nei", text="a\r\n" * 333)
    assert len(read(sent).text) == 665
    with pytest.raises(NotTakenError, match="too_long"):
        read(Sent(new_reference(), "nei", text="a" * 1001))
    assert len(read(Sent(new_reference(), "nei", text="a" * 1000)).text) == 1000


def test_feedback_comes_no_faster_than_a_process_takes_it(fresh: Served) -> None:
    fields = {"svar": new_reference(), "nyttig": "ja"}
    answered = [send(fresh, **fields).status_code for _ in range(AT_ONCE + 30)]
    assert answered.count(200) >= AT_ONCE
    assert 429 in answered
    assert len(fresh.box.newest(1000)) == answered.count(200)
    refused = send(fresh, **fields)
    if refused.status_code == 429:
        assert int(refused.headers["Retry-After"]) > 0


def test_the_limit_fills_up_again_with_time() -> None:
    now = [0.0]
    limit = Limit(2, 0.5, clock=lambda: now[0])
    assert [limit.passes() for _ in range(3)] == [True, True, False]
    now[0] = 1.9
    assert not limit.passes()
    now[0] = 2.0
    assert [limit.passes() for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert [limit.passes() for _ in range(3)] == [True, True, False]


def test_feedback_from_another_site_is_refused(served: Served) -> None:
    foreign = {"Origin": "https://ond.example", "Sec-Fetch-Site": "cross-site"}
    response = send(served, headers=foreign, svar=new_reference(), nyttig="ja")
    assert response.status_code == 403
    assert served.box.newest(10) == []


def test_nobody_is_thanked_for_what_could_not_be_kept(fresh: Served) -> None:
    with fresh.database.writing() as connection:
        connection.execute(sqlalchemy.text("ALTER TABLE feedback RENAME TO borte"))
    response = send(fresh, svar=new_reference(), nyttig="ja")
    assert response.status_code == 503
    assert texts.STORE_DOWN in response.text
    assert texts.THANKS not in response.text


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_feedback_is_text_on_the_page_that_repeats_it(served: Served, vector: str) -> None:
    told = f"{vector} {CANARY}"
    response = send(served, svar=new_reference(), nyttig="nei", tekst=told)
    assert response.status_code == 422
    page = html.fromstring(response.text)
    for name in ("script", "img", "svg", "iframe", "object", "embed", "base", "style", "video"):
        assert select(page, name) == []
    assert not [each for each in page.iter() if any(a.startswith("on") for a in each.attrib)]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


# --- The API -------------------------------------------------------------------------------------


def test_the_api_gives_a_reference_and_takes_feedback_on_it(served: Served) -> None:
    answer = served.client.post("/api/svar", json={"question": HOW_TO_WRITE}).json()
    given = {
        "reference": answer["reference"],
        "useful": False,
        "claim": 1,
        "reasons": ["uklart"],
        "text": "Hva betyr «personlig»?",
        "contact": "noen@example.no",
    }
    response = served.client.post("/api/tilbakemelding", json=given)
    assert response.status_code == 200, response.text
    kept = only(served)
    assert response.json()["id"] == kept.identity
    assert kept.given.reasons == (Reason.UNCLEAR,)
    assert [place.document for place in kept.places] == [STRATEGY]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"text": f"Hun heter {CANARY}"}, 422, "tilbakemelding-stoppet"),
        ({"contact": "ikke en adresse"}, 422, "tilbakemelding-stoppet"),
        ({"reference": "tull"}, 422, "tilbakemelding-stoppet"),
        ({"reasons": ["dårlig"]}, 422, "ugyldig-innhold"),
        ({"useful": "kanskje"}, 422, "ugyldig-innhold"),
        ({"claim": 0}, 422, "ugyldig-innhold"),
        ({"navn": "Kari"}, 422, "ugyldig-innhold"),
    ],
)
def test_the_api_says_what_is_wrong_with_feedback(
    served: Served, change: dict[str, Any], status: int, code: str
) -> None:
    given = {"reference": new_reference(), "useful": True, **change}
    response = served.client.post("/api/tilbakemelding", json=given)
    assert response.status_code == status
    assert response.json()["type"].endswith(f"#{code}")
    assert CANARY not in response.text
    assert served.box.newest(10) == []


# --- Off, and what is said -----------------------------------------------------------------------


def test_where_nothing_is_kept_there_is_no_form_and_nothing_is_taken() -> None:
    app = create_app(FakeAssistant(), load_settings({"ASSISTENT_JOURNAL": "av"}))
    with TestClient(app) as client:
        page = client.post("/m", data={"sporsmal": HOW_TO_WRITE}).text
        assert "tilbakemelding" not in page
        assert texts_journal.kept("av", 0) in page
        sent = client.post("/tilbakemelding", data={"svar": new_reference(), "nyttig": "ja"})
        assert sent.status_code == 404
        given = {"reference": new_reference(), "useful": True}
        assert client.post("/api/tilbakemelding", json=given).status_code == 404
        answer = client.post("/api/svar", json={"question": HOW_TO_WRITE}).json()
        assert answer["reference"] == ""


@pytest.mark.parametrize("keeping", ["minimal", "full"])
def test_every_page_says_what_is_kept(tmp_path: Path, keeping: str) -> None:
    line = texts_journal.kept(keeping, 90)
    with journalled(FakeAssistant(), tmp_path, keeping) as running:
        phone = html.fromstring(running.client.get("/m").text)
        [place] = select(phone, "p.kept")
        assert line in place.text_content()
        assert select(place, "a")[0].get("href") == "/om#lagring"
        assert line in json.dumps(running.client.get("/").text, ensure_ascii=False)
        about = html.fromstring(running.client.get("/om").text)
        said = " ".join(about.text_content().split())
        for paragraph in kept_by(running.journal).about:
            assert paragraph in said
        assert select(about, "#lagring")


# --- The journal behind it -----------------------------------------------------------------------


def test_each_entrance_is_written_once_and_knows_its_own(served: Served) -> None:
    ask(served)
    served.client.post("/m/svar", data={"sporsmal": UNKNOWN})
    served.client.get("/m", params={"q": GOALS})
    served.client.post("/api/svar", json={"question": HOW_TO_WRITE})
    served.flush()
    with served.database.reading() as connection:
        rows = connection.execute(sqlalchemy.select(answers.c.entrance, answers.c.question)).all()
    assert sorted(map(tuple, rows)) == sorted(
        [("m", HOW_TO_WRITE), ("m", UNKNOWN), ("m", GOALS), ("api", HOW_TO_WRITE)]
    )


def test_a_number_is_nowhere_after_it_was_asked_and_told(fresh: Served, tmp_path: Path) -> None:
    asked = f"Når kan {CANARY[:6]} {CANARY[6:]} få svar?"
    for send_question in (
        lambda: fresh.client.post("/m", data={"sporsmal": PERSONAL}),
        lambda: fresh.client.post("/api/svar", json={"question": asked}),
        lambda: send(fresh, svar=new_reference(), nyttig="nei", tekst=asked),
        lambda: send(fresh, svar=new_reference(), nyttig="nei", epost=f"{CANARY}@a.no"),
        lambda: fresh.client.post(
            "/redaksjon/sporsmal", data={"sporsmal": asked, "bruker": "ansatt"}
        ),
    ):
        send_question()
    fresh.flush()
    send(fresh, svar=new_reference(), nyttig="nei", tekst="Ikke noe nummer")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    forms = (CANARY, CANARY[6:], f"{CANARY[:6]} {CANARY[6:]}", "01017012345")
    for form in forms:
        assert not [path for path in files if form.encode() in path.read_bytes()]
    for name in ("ubesvart", "tilbakemeldinger", "utfall", "kilder", "sitater"):
        response = fresh.client.get(f"/redaksjon/eksport/{name}.csv")
        assert response.status_code == 200
        assert not [form for form in forms if form in response.text]
