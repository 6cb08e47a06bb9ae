"""The editors' pages as an editor meets them: signed in, on a phone, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assistent import texts_editors as editors
from assistent import texts_sign_in
from assistent.bootstrap import build_journal
from assistent.database import Database, open_database
from assistent.journal import Entrance, FeedbackBox, Given, Reason, Triage, entry_of
from assistent.settings import load_settings
from assistent.types import Outcome
from tests.access.providers import honest_provider, register
from tests.browser.conftest import PHONE, served
from tests.browser.test_page_in_browser import no_sideways_scroll, violations
from tests.journal_entries import given
from tests.web.fake_assistant import HOW_TO_WRITE, UNKNOWN, FakeAssistant

pytestmark = pytest.mark.browser

EDITOR, STAFF = "redaktor", "ansatt"
NAMES = {EDITOR: "Randi Redaktør-Ødegård", STAFF: "Ali Ansatt"}
NUMBER = "15108695088"
PAGES = ("", "/ubesvart", "/dokumenter", "/tilbakemeldinger?vis=alle", "/sporsmal")
NARROW = {"width": 320, "height": 256}
"""What is left of 1280 × 1024 at 400 % zoom."""

LEAST_TARGET = 24


@dataclass(frozen=True)
class Running:
    """Where the app and its provider are, and what stands behind."""

    app: str
    provider: str
    database: Database
    folder: Path
    identity: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An app that has been asked, praised and blamed, and whose documents have changed since."""
    folder = tmp_path_factory.mktemp("redaksjon")
    with honest_provider() as provider:
        register(provider, EDITOR, name=NAMES[EDITOR], groups=["redaksjon"])
        register(provider, STAFF, name=NAMES[STAFF], groups=["alle"])
        environment = {
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_JOURNAL": "full",
            "ASSISTENT_EVALUERING": str(folder / "evaluering"),
            "ASSISTENT_OIDC_UTSTEDER": provider,
            "ASSISTENT_OIDC_KLIENT": "assistent",
            "ASSISTENT_OIDC_HEMMELIGHET": "en-hemmelighet",
            "ASSISTENT_GRUPPER_REDAKTOER": "redaksjon",
        }
        with served(FakeAssistant(), **environment) as app:
            database = open_database(environment["ASSISTENT_DATABASE"])
            identity = happened(environment, database)
            yield Running(app, provider, database, folder, identity)
            database.close()


def happened(environment: dict[str, str], database: Database) -> str:
    """Let some questions have been asked, and return the id of feedback that is to be handled."""
    journal = build_journal(load_settings(environment), database)
    assert journal is not None
    source = FakeAssistant().answer(HOW_TO_WRITE).sources[0]
    changed = replace(source, number=2, quote="Ord som er tatt ut av dokumentet.")
    asked = [
        given(HOW_TO_WRITE, Outcome.ANSWERED, source, changed, edition="en-tidligere-utgave"),
        given(UNKNOWN, Outcome.NOT_IN_SOURCES),
        given("Hva koster en parkeringsplass i sentrum?", Outcome.NOT_IN_SOURCES),
    ]
    for answer in asked:
        made = entry_of(
            *(answer, Entrance.PHONE, journal.now()), with_text=True, access=lambda path: ()
        )
        journal.record(made)
    assert journal.flush()
    journal.close()
    box = FeedbackBox(database)
    reference = asked[0].reference
    box.add(Given(reference, useful=True))
    address = "en.ansatt.med.langt.navn@virksomhet.example.no"
    return box.add(
        Given(reference, False, 1, (Reason.UNCLEAR,), "Hva betyr det i praksis?", address)
    )


@pytest.fixture
def context(browser: Browser, running: Running) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, base_url=running.app, locale="en-US")
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def sign_in(context: BrowserContext, running: Running, subject: str, target: str) -> Page:
    """Go somewhere, sign in on the way, and return the page."""
    page = context.new_page()
    page.goto(target)
    page.fill("input[name=sub]", subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{running.app}{target}")
    return page


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, from where the focus is."""
    expect(target).to_be_visible()
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {target}")


def too_small(page: Page) -> list[str]:
    """Return what is to be tapped and is lower than the least target."""
    return page.evaluate(
        """least => [...document.querySelectorAll("a, button, select, textarea, input, summary")]
            .filter(each => each.checkVisibility() && !each.matches(".skip, [type=hidden]"))
            .filter(each => (each.closest("label.tick") ?? each)
                .getBoundingClientRect().height < least)
            .map(each => each.outerHTML.slice(0, 120))""",
        LEAST_TARGET,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_on_a_phone_and_zoomed(
    context: BrowserContext, running: Running, scheme: str
) -> None:
    page = sign_in(context, running, EDITOR, "/redaksjon")
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.set_viewport_size(PHONE)
        page.goto(f"/redaksjon{path}")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        assert violations(page) == [], path
        assert no_sideways_scroll(page), path
        assert too_small(page) == [], path
        page.set_viewport_size(NARROW)
        assert no_sideways_scroll(page), f"{path} at 320 px"


def test_the_overview_says_what_waits_and_leads_there(
    context: BrowserContext, running: Running
) -> None:
    page = sign_in(context, running, EDITOR, "/redaksjon")
    expect(page.get_by_role("img", name=editors.OUTCOMES_TEXT)).to_be_visible()
    expect(page.get_by_text("3 spørsmål de siste 30 dagene: 1 besvart")).to_be_visible()
    page.get_by_role("link", name=editors.waiting_quotes(1)).click()
    fallen = page.locator(".entry", has_text="Ord som er tatt ut av dokumentet.")
    expect(fallen).to_contain_text(editors.FALLEN_CHANGED)


def test_feedback_is_handled_with_the_keyboard(context: BrowserContext, running: Running) -> None:
    page = sign_in(context, running, EDITOR, "/redaksjon/tilbakemeldinger")
    entry = page.locator(".entry")
    expect(entry).to_have_count(1)  # praise alone is no work
    expect(entry.get_by_role("heading")).to_contain_text(HOW_TO_WRITE)
    expect(entry).to_contain_text(FakeAssistant().answer(HOW_TO_WRITE).sources[0].quote)
    tab_to(page, entry.locator("summary", has_text=editors.HANDLE))
    page.keyboard.press("Enter")
    tab_to(page, entry.get_by_label(editors.TRIAGE))
    page.keyboard.type("l")
    expect(entry.get_by_label(editors.TRIAGE)).to_have_value(Triage.SOLVED)
    tab_to(page, entry.get_by_label(editors.NOTE))
    page.keyboard.type(f"Ringte {NUMBER} og skrev om")
    tab_to(page, entry.get_by_role("button", name=editors.SAVE))
    page.keyboard.press("Enter")
    # Nothing is lost but the number.
    expect(page.get_by_role("alert")).to_have_text(editors.NOTE_STOPPED)
    expect(entry.get_by_label(editors.NOTE)).to_have_value("Ringte […] og skrev om")
    expect(entry.get_by_label(editors.TRIAGE)).to_have_value(Triage.SOLVED)
    assert NUMBER not in page.content()
    assert violations(page) == []
    tab_to(page, entry.get_by_role("button", name=editors.SAVE))
    page.keyboard.press("Enter")
    saved = page.get_by_role("status")
    expect(saved).to_contain_text(editors.saved(running.identity, Triage.SOLVED))
    expect(saved).to_be_focused()
    expect(entry).to_have_count(0)
    tab_to(page, page.get_by_role("link", name=editors.FEEDBACK_ALL))
    page.keyboard.press("Enter")
    expect(entry).to_have_count(2)
    expect(entry.filter(has_text=NAMES[EDITOR])).to_have_count(1)


def test_a_question_becomes_one_of_the_evaluation_with_the_keyboard(
    context: BrowserContext, running: Running
) -> None:
    page = sign_in(context, running, EDITOR, "/redaksjon/ubesvart")
    group = page.locator(".entry").first
    expect(group).to_contain_text(editors.what_became(2, 0, 0))
    asked = group.get_by_role("heading").inner_text()
    tab_to(page, group.get_by_role("link", name=editors.MAKE_TEST))
    page.keyboard.press("Enter")
    question = page.get_by_label(editors.TEST_QUESTION_LABEL)
    expect(question).to_have_value(asked)
    where = page.get_by_label(editors.TEST_WHERE)
    tab_to(page, where)
    page.keyboard.press("ArrowDown")
    expect(where).not_to_have_value("")
    tab_to(page, page.get_by_role("button", name=editors.TEST_ADD))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(editors.TEST_NO_QUOTE)
    expect(question).to_have_value(asked)
    assert violations(page) == []
    tab_to(page, where)
    page.keyboard.press("ArrowUp")
    tab_to(page, page.get_by_role("button", name=editors.TEST_ADD))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("red-")
    assert asked in (running.folder / "evaluering" / "redaksjonen.jsonl").read_text("utf-8")


def test_who_is_no_editor_is_told_so_and_can_sign_out(
    context: BrowserContext, running: Running
) -> None:
    page = sign_in(context, running, STAFF, "/redaksjon")
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_sign_in.NO_ACCESS_TITLE)
    expect(page.get_by_text(NAMES[STAFF])).to_be_visible()
    expect(page.get_by_role("button", name=texts_sign_in.SIGN_OUT)).to_be_visible()
    assert HOW_TO_WRITE not in page.content()
    assert violations(page) == []
    assert no_sideways_scroll(page)
