"""The editors' pages over HTTP: what they show, what they change, and who may see them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from lxml import html

from assistent import texts_editors as texts
from assistent.bootstrap import evaluation_folder
from assistent.evaluation.appending import FILE
from assistent.evaluation.question_sets import read_question_set
from assistent.journal import Entrance, Given, Reason, Triage, entry_of
from assistent.types import Outcome, Source
from assistent.web.editors.chart import bars, day_of
from assistent.web.editors.csv_file import csv_of, harmless
from assistent.web.editors.routes import build_editors
from assistent.web.sign_in.person import KEY, Person, Role, RoleMissingError
from tests.journal_entries import entry, given
from tests.web.fake_assistant import (
    HOW_TO_WRITE,
    REGION,
    STRATEGY,
    UNKNOWN,
    FakeAssistant,
)
from tests.web.html_select import select
from tests.web.journalled import Served, journalled
from tests.web.vectors import VECTORS

FEEDBACK = ("/tilbakemeldinger", "/tilbakemeldinger?vis=alle")
PAGES = ("", "/ubesvart", "/dokumenter", *FEEDBACK, "/sporsmal")
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with journalled(FakeAssistant(), tmp_path_factory.mktemp("journal")) as running:
        yield running


@pytest.fixture
def served(app: Served) -> Served:
    app.empty()
    return app


def page_of(served: Served, path: str = "") -> html.HtmlElement:
    response = served.client.get(f"/redaksjon{path}")
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def said(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def table_of(served: Served, name: str) -> list[list[str]]:
    response = served.client.get(f"/redaksjon/eksport/{name}.csv")
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def asked(served: Served, *questions: str) -> list[str]:
    """Ask, and return the references of the answers."""
    references = []
    for question in questions:
        answer = served.client.post("/api/svar", json={"question": question}).json()
        references.append(answer["reference"])
    served.flush()
    return references


# --- Who may see them ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/eksport/tilbakemeldinger.csv"])
def test_only_editors_come_in(served: Served, path: str) -> None:
    from_elsewhere = TestClient(
        served.client.app, base_url="http://10.0.0.5", client=("10.0.0.9", 50_000)
    )
    response = from_elsewhere.get(f"/redaksjon{path}")
    assert response.status_code == 403
    assert "eksport" not in response.text
    behind_a_proxy = served.client.get(f"/redaksjon{path}", headers={"X-Forwarded-For": "10.0.0.9"})
    assert behind_a_proxy.status_code == 403


def signed_in(pages: FastAPI, person: Person) -> TestClient:
    """Return a client for whom the gate has found out who it is."""

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        scope[KEY] = person
        await pages(scope, receive, send)

    return TestClient(app)


@pytest.mark.parametrize("roles", [(), (Role.STAFF,), (Role.STAFF, Role.OPERATOR)])
def test_other_roles_do_not_come_in(
    served: Served, tmp_path: Path, roles: tuple[Role, ...]
) -> None:
    pages = FastAPI()
    pages.include_router(build_editors(FakeAssistant(), served.journal, evaluation=tmp_path))
    client = signed_in(pages, Person("1", "Kari", frozenset(roles)))
    for path in (*PAGES, "/eksport/utfall.csv"):
        with pytest.raises(RoleMissingError):
            client.get(f"/redaksjon{path}")
    with pytest.raises(RoleMissingError):
        client.post("/redaksjon/sporsmal", data={"sporsmal": "Hva?", "bruker": "ansatt"})
    assert not (tmp_path / FILE).exists()


def test_other_sites_change_nothing(served: Served) -> None:
    [reference] = asked(served, HOW_TO_WRITE)
    identity = served.box.add(Given(reference, useful=False))
    for path, fields in (
        (f"/redaksjon/tilbakemeldinger/{identity}", {"status": "løst"}),
        ("/redaksjon/sporsmal", {"sporsmal": "Hva?", "bruker": "ansatt"}),
    ):
        for headers in (
            {"Origin": "https://ond.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        ):
            response = served.client.post(path, data=fields, headers=headers)
            assert response.status_code == 403
    found = served.box.find(identity)
    assert found is not None
    assert found.triage is Triage.NEW
    assert not (evaluation_folder(served.settings) / FILE).exists()


class Restricted(FakeAssistant):
    """One of its documents is for leaders only, and one is only there for them."""

    def documents(self):  # type: ignore[no-untyped-def]
        ours, theirs, bad = super().documents()
        return ours, replace(theirs, info=replace(theirs.info, access=("ledere",))), bad


@pytest.mark.parametrize(
    ("groups", "told"), [((), False), (("ansatte",), False), (("ledere",), True)]
)
def test_an_editor_sees_nothing_that_rests_on_what_others_may_see(
    tmp_path: Path, groups: tuple[str, ...], told: bool
) -> None:
    person = Person("1", "Kari", frozenset({Role.EDITOR}), frozenset(groups))
    with journalled(Restricted(), tmp_path) as running:
        [secret] = asked(running, "Hvilke kanaler bruker Osloregionen?")
        asked(running, HOW_TO_WRITE)
        note = "Dette om regionen er feil"
        running.box.add(Given(secret, useful=False, text=note))
        pages = FastAPI()
        pages.include_router(
            build_editors(Restricted(), running.journal, evaluation=tmp_path / "evaluering")
        )

        client = signed_in(pages, person)
        names = texts.FILE_NAMES
        everything = "".join(
            client.get(f"/redaksjon{path}").text
            for path in (*PAGES, f"/sporsmal?svar={secret}", *(f"/eksport/{n}.csv" for n in names))
        )
    shown = everything.replace("Kommunikasjonsstrategi for Osloregionen IPR", "")
    assert (note in shown) is told
    assert ("Hvilke kanaler bruker Osloregionen?" in shown) is told
    assert ("Kanalvalg" in shown) is told
    assert "Medvirkning og åpenhet" in shown


def test_feedback_on_an_open_sentence_tells_no_question_about_a_hidden_document(
    served: Served,
) -> None:
    open_one = FakeAssistant().answer(HOW_TO_WRITE).sources[0]
    hidden = replace(open_one, number=2, document="hemmelig.md", quote="Dette er hemmelig.")
    answer = given("Hva er hemmelig?", Outcome.ANSWERED, open_one, hidden)
    made = entry_of(
        *(answer, Entrance.PAGE, served.journal.now()),
        with_text=True,
        access=lambda path: ("ledere",) if path == "hemmelig.md" else (),
    )
    served.journal.record(made)
    served.flush()
    served.box.add(Given(answer.reference, False, 1, text="Uklart"))
    shown = said(page_of(served, "/tilbakemeldinger"))
    assert "Uklart" in shown
    assert open_one.quote in shown
    told = shown + str(table_of(served, "tilbakemeldinger"))
    told += served.client.get(f"/redaksjon/sporsmal?svar={answer.reference}").text
    assert "hemmelig" not in told


def test_a_follow_up_is_understood_by_who_has_not_read_what_came_before(served: Served) -> None:
    answer = given("Og på mobil?", Outcome.NOT_IN_SOURCES, searched="Hva koster tale på mobil?")
    served.journal.record(entry(answer, at=served.journal.now(), full=True))
    served.flush()
    for path in ("/ubesvart", f"/sporsmal?svar={answer.reference}"):
        assert "Hva koster tale på mobil?" in said(page_of(served, path))


# --- Overview ------------------------------------------------------------------------------------


def test_the_overview_draws_outcomes_and_says_them_in_a_table(served: Served) -> None:
    asked(served, HOW_TO_WRITE, HOW_TO_WRITE, UNKNOWN, "")
    page = page_of(served)
    [chart] = select(page, "svg.bars")
    assert chart.get("role") == "img"
    assert chart.get("aria-label") == texts.OUTCOMES_TEXT
    today = select(page, "table tbody tr")[-1]
    assert [cell.text_content() for cell in today] == [
        f"{datetime.now(OSLO):%Y-%m-%d}",
        *("2", "0", "1", "1", "4"),
    ]
    shown = said(page)
    assert (
        "4 spørsmål de siste 30 dagene: 2 besvart, 1 uten svar i dokumentene og 1 annet." in shown
    )
    assert "Medvirkning og åpenhet 2 svar" in shown
    assert table_of(served, "utfall")[-1][1:] == ["2", "0", "1", "1", "4"]
    assert table_of(served, "kilder")[1][2] == "2"


def test_bars_stand_on_each_other_and_reach_no_higher_than_the_frame() -> None:
    day = day_of(date(2026, 11, 22), {Outcome.ANSWERED: 3, Outcome.PARTIAL: 1, Outcome.FAILED: 2})
    chart = html.fromstring(str(bars([day, day_of(date(2026, 11, 23), {})])))
    drawn = [each for each in select(chart, "rect.bar") if float(each.get("y")) > 40]
    heights = {each.get("class"): float(each.get("height")) for each in drawn}
    assert heights["bar answered"] == pytest.approx(3 * heights["bar partial"], abs=0.2)
    assert "bar missing" not in heights
    lows = [float(each.get("y")) + float(each.get("height")) for each in drawn]
    tops = [float(each.get("y")) for each in drawn]
    assert lows[1:] == pytest.approx(tops[:-1], abs=0.11)


def test_without_any_question_everything_says_so(served: Served) -> None:
    overview = said(page_of(served))
    assert texts.nothing_asked(30) in overview
    assert texts.USED_NONE in overview
    assert texts.FALLEN_NONE in said(page_of(served, "/dokumenter"))
    assert texts.UNMET_NONE in said(page_of(served, "/ubesvart"))
    assert texts.FEEDBACK_NONE in said(page_of(served, "/tilbakemeldinger"))
    for name in texts.FILE_NAMES:
        assert table_of(served, name)[0]


# --- Unanswered ----------------------------------------------------------------------------------


def test_unanswered_questions_are_grouped_with_the_most_asked_first(served: Served) -> None:
    asked(served, "Hvem låner ut sykler?", "Hva koster møterom?", "hva koster møterom")
    page = page_of(served, "/ubesvart")
    assert [each.text_content() for each in select(page, "h2.asked")] == [
        "hva koster møterom",
        "Hvem låner ut sykler?",
    ]
    assert "Spurt 2 ganger" in said(page)
    rows = table_of(served, "ubesvart")
    assert rows[1][:5] == ["hva koster møterom", "2", "2", "0", "0"]
    assert "2 uten svar." in said(page)


def test_without_text_the_page_says_why_it_is_empty(tmp_path: Path) -> None:
    with journalled(FakeAssistant(), tmp_path, "minimal") as running:
        asked(running, UNKNOWN)
        shown = said(page_of(running, "/ubesvart"))
        assert texts.UNMET_MINIMAL in shown
        assert UNKNOWN not in shown
        assert page_of(running, "/sporsmal").text_content().count(UNKNOWN) == 0


def test_without_a_journal_the_pages_say_how_to_turn_it_on(tmp_path: Path) -> None:
    pages = FastAPI()

    def anybody(request: Request) -> None:
        assert request.method in ("GET", "POST")

    pages.include_router(
        build_editors(FakeAssistant(), None, evaluation=tmp_path, editor_only=anybody)
    )
    client = TestClient(pages)
    for path in ("", "/ubesvart", "/dokumenter", "/tilbakemeldinger"):
        response = client.get(f"/redaksjon{path}")
        assert response.status_code == 200
        assert texts.OFF in said(html.fromstring(response.text))
    posted = client.post("/redaksjon/tilbakemeldinger/abc", data={"status": "løst"})
    assert posted.status_code == 404


# --- Documents -----------------------------------------------------------------------------------


def quoted_before(served: Served, *sources: Source) -> None:
    answer = given("Før", Outcome.ANSWERED, *sources, edition="en-tidligere-utgave")
    made = entry_of(
        *(answer, Entrance.PAGE, served.journal.now()), with_text=True, access=lambda path: ()
    )
    served.journal.record(made)
    served.flush()


def test_expired_documents_and_fallen_quotes_are_shown(served: Served) -> None:
    real = FakeAssistant().answer(HOW_TO_WRITE).sources[0]
    gone = replace(real, number=3, document="fjernet.md", quote="Borte for alltid.")
    quoted_before(served, real, replace(real, number=2, quote="Ord som er tatt ut."), gone)
    page = page_of(served, "/dokumenter")
    shown = said(page)
    assert "Kommunikasjonsstrategi for Osloregionen IPR 2021–2024" in shown
    assert "31. desember 2024" in shown
    assert "Ord som er tatt ut." in shown
    assert "Borte for alltid." in shown
    assert real.quote[:40] not in shown
    rows = table_of(served, "sitater")
    assert {(row[2], row[3]) for row in rows[1:]} == {
        ("Ord som er tatt ut.", texts.FALLEN_CHANGED),
        ("Borte for alltid.", texts.FALLEN_GONE),
    }
    assert [row[2] for row in table_of(served, "dokumenter")[1:]] == ["2024-12-31"]
    assert len(table_of(served, "kanaler")) > 1


def test_how_far_ahead_is_a_choice_among_a_few(served: Served) -> None:
    for asked_for, chosen in (("365", "365"), ("7", "90")):
        page = page_of(served, f"/dokumenter?innen={asked_for}")
        [option] = select(page, "option[selected]")
        assert option.get("value") == chosen


# --- Feedback ------------------------------------------------------------------------------------


def test_feedback_stands_by_document_and_section_and_is_worked_through(served: Served) -> None:
    [reference] = asked(served, HOW_TO_WRITE)
    told = Given(
        *(reference, False, 1, (Reason.WRONG, Reason.UNCLEAR), "Stemmer ikke", "a@example.no")
    )
    identity = served.box.add(told)
    page = page_of(served, "/tilbakemeldinger")
    [section] = select(page, "main section")
    assert "Kommunikasjonsstrategi for Oslo kommune" in said(section)
    assert "5. Strategiske innsatsområder › Medvirkning og åpenhet" in said(section)
    assert "Stemmer ikke" in said(section)
    assert "a@example.no" in said(section)
    assert "gjelder setning 1" in said(section)
    assert f"{texts.ASKED_WAS} {HOW_TO_WRITE}" in said(section)
    assert FakeAssistant().answer(HOW_TO_WRITE).claims[0].text in said(section)
    [form] = select(section, "form")
    address = form.get("action")
    response = served.client.post(
        address, data={"status": "under arbeid", "notat": "Sett på i dag"}, follow_redirects=False
    )
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/redaksjon/tilbakemeldinger?lagret={identity}#lagret",
    )
    saved = page_of(served, response.headers["Location"].removeprefix("/redaksjon"))
    assert texts.saved(identity, "under arbeid") in said(saved)
    shown = said(page_of(served, "/tilbakemeldinger"))
    assert "Sett på i dag" in shown
    assert "Lagret." not in shown
    assert texts.THIS_MACHINE in shown
    served.client.post(address, data={"status": "løst", "glem": "ja"})
    assert "Stemmer ikke" not in said(page_of(served, "/tilbakemeldinger"))
    everything = said(page_of(served, "/tilbakemeldinger?vis=alle"))
    assert "Stemmer ikke" in everything
    assert "a@example.no" not in everything
    found = served.box.find(identity)
    assert found is not None
    assert (found.triage, found.given.contact) == (Triage.SOLVED, "")
    [row] = table_of(served, "tilbakemeldinger")[1:]
    assert "a@example.no" not in row


@pytest.mark.parametrize("status", ["", "ukjent", "<script>"])
def test_a_status_that_there_is_not_changes_nothing(served: Served, status: str) -> None:
    identity = served.box.add(Given(asked(served, HOW_TO_WRITE)[0], useful=True))
    response = served.client.post(
        f"/redaksjon/tilbakemeldinger/{identity}", data={"status": status}
    )
    assert response.status_code == 404
    found = served.box.find(identity)
    assert found is not None
    assert found.triage is Triage.NEW


def test_an_editors_note_holds_no_personal_data_either(served: Served) -> None:
    identity = served.box.add(Given(asked(served, HOW_TO_WRITE)[0], useful=True))
    response = served.client.post(
        f"/redaksjon/tilbakemeldinger/{identity}",
        data={"status": "løst", "notat": "Ringte 15108695088"},
    )
    assert response.status_code == 422
    assert texts.NOTE_STOPPED in response.text
    assert "15108695088" not in response.text
    found = served.box.find(identity)
    assert found is not None
    assert (found.triage, found.note) == (Triage.NEW, "")


def test_a_database_that_does_not_answer_is_a_page_of_its_own(tmp_path: Path) -> None:
    with journalled(FakeAssistant(), tmp_path) as running:
        with running.database.writing() as connection:
            connection.execute(sqlalchemy.text("ALTER TABLE answers RENAME TO borte"))
        response = running.client.get("/redaksjon")
        assert response.status_code == 503
        assert texts.STORE_DOWN in response.text
        assert running.client.post("/m", data={"sporsmal": HOW_TO_WRITE}).status_code == 200


# --- Test questions ------------------------------------------------------------------------------


def test_what_somebody_asked_becomes_a_question_for_the_evaluation(
    served: Served,
) -> None:
    [reference] = asked(served, UNKNOWN)
    page = page_of(served, f"/sporsmal?svar={reference}")
    [field] = select(page, "[name='sporsmal']")
    assert field.text == UNKNOWN
    quote = FakeAssistant().answer(HOW_TO_WRITE).sources[0].quote
    for fields in (
        {"sporsmal": UNKNOWN, "bruker": "mobil"},
        {"sporsmal": "Korleis skriv vi?", "bruker": "leder", "dokument": STRATEGY, "sitat": quote},
    ):
        response = served.client.post("/redaksjon/sporsmal", data=fields)
        assert response.status_code == 200, response.text
    made = read_question_set(evaluation_folder(served.settings) / FILE).questions
    assert [(each.text, each.user, each.language) for each in made] == [
        (UNKNOWN, "mobil", "nb"),
        ("Korleis skriv vi?", "leder", "nn"),
    ]
    assert [gold.quote for gold in made[1].gold] == [quote]
    assert made[1].identity in response.text


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"sporsmal": " "}, texts.TEST_NO_QUESTION),
        ({"bruker": "alle"}, texts.TEST_NO_QUESTION),
        ({"sporsmal": "a" * 2001}, texts.TEST_LONG.format(limit=2000)),
        ({"sporsmal": "Hva med 15108695088?"}, texts.TEST_PERSONAL),
        ({"sitat": "Noe"}, texts.TEST_QUOTE_UNUSED),
        ({"dokument": "finnes-ikke.md", "sitat": "Noe"}, texts.TEST_NO_DOCUMENT),
        ({"dokument": STRATEGY}, texts.TEST_NO_QUOTE),
        ({"dokument": STRATEGY, "sitat": "Dette står der ikke."}, texts.TEST_BAD_QUOTE),
        ({"dokument": REGION, "sitat": "Oslo kommune skal bruke"}, texts.TEST_BAD_QUOTE),
    ],
)
def test_a_form_that_is_filled_in_wrongly_says_what_to_mend(
    served: Served, fields: dict[str, str], fault: str
) -> None:
    before = evaluation_folder(served.settings) / FILE
    lines = before.read_text("utf-8") if before.exists() else ""
    filled = {"sporsmal": "Hva gjelder?", "bruker": "ansatt", **fields}
    response = served.client.post("/redaksjon/sporsmal", data=filled)
    assert response.status_code == 422
    assert fault in said(html.fromstring(response.text))
    assert (before.read_text("utf-8") if before.exists() else "") == lines


# --- Hostile text --------------------------------------------------------------------------------


def test_whatever_people_write_is_text_on_every_page(served: Served) -> None:
    for vector in VECTORS:
        answer = given(vector, Outcome.NOT_IN_SOURCES)
        now = served.journal.now() - timedelta(minutes=1)
        served.journal.record(entry(answer, at=now, full=True))
        served.box.add(Given(answer.reference, useful=False, text=vector))
    served.flush()
    found = 0
    for path in PAGES:
        response = served.client.get(f"/redaksjon{path}")
        page = html.fromstring(response.text)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        for name in ("script", "img", "iframe", "object", "embed", "base", "style", "video"):
            assert select(page, name) == []
        for each in page.iter():
            if isinstance(each.tag, str):
                assert not [name for name in each.attrib if name.startswith("on")]
                assert "style" not in each.attrib
                address = each.get("href") or each.get("src") or each.get("action") or ""
                assert address.startswith(("/", "#")) or not address, address
        found += sum(vector in page.text_content() for vector in VECTORS)
    assert found > len(VECTORS)


def test_no_field_of_a_file_is_a_formula(served: Served) -> None:
    formulas = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0")
    for text in (*formulas, *VECTORS):
        answer = given(text, Outcome.NOT_IN_SOURCES)
        served.journal.record(entry(answer, at=served.journal.now(), full=True))
        served.flush()
        served.box.add(Given(answer.reference, useful=False, text=text))
    for name in ("ubesvart", "tilbakemeldinger"):
        rows = table_of(served, name)
        assert all(len(row) == len(rows[0]) for row in rows)
        fields = [field for row in rows for field in row]
        assert not [field for field in fields if field.startswith(tuple("=+-@\t\r＝"))]
    comments = [row[7] for row in table_of(served, "tilbakemeldinger")[1:]]
    assert {"'=1+1", "'-1+2", *map(harmless, VECTORS)} <= set(comments)


@pytest.mark.parametrize(
    ("given_field", "written"),
    [
        ("vanlig", "vanlig"),
        ("a;b", "a;b"),
        ('sa "hei"', 'sa "hei"'),
        (5, "5"),
        (-5, "'-5"),
        ("\n=1", "'\n=1"),
        ("a\0b", "ab"),
        ("", ""),
    ],
)
def test_a_field_comes_back_as_it_was_but_for_what_a_spreadsheet_would_compute(
    given_field: object, written: str
) -> None:
    assert harmless(given_field) == written
    content = csv_of(["navn"], [[given_field]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1] == [written]


def test_a_file_that_there_is_not_is_not_found(served: Served) -> None:
    for name in ("svar", "..%2f..%2fetc%2fpasswd", "utfall.csv"):
        assert served.client.get(f"/redaksjon/eksport/{name}.csv").status_code == 404
