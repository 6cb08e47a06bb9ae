"""Feedback in a real browser, on both pages, with and without a script; and the editors' pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistent import texts_editors as editors
from assistent import texts_feedback as texts
from assistent.database import open_database
from assistent.journal import Feedback, FeedbackBox, Reason
from tests.browser import phone_page, test_page_in_browser
from tests.browser.conftest import PHONE, OpenPage, served
from tests.browser.test_page_in_browser import SIZES, no_sideways_scroll, violations
from tests.web.fake_assistant import (
    CHANNELS,
    GOALS,
    HOW_TO_WRITE,
    REGION_CHANNELS,
    UNKNOWN,
    FakeAssistant,
)

pytestmark = pytest.mark.browser

NUMBER = "15108695088"
EDITORS_PAGES = ("", "/ubesvart", "/dokumenter", "/tilbakemeldinger", "/sporsmal")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journal")


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with served(
        FakeAssistant(),
        ASSISTENT_JOURNAL="full",
        ASSISTENT_DATABASE=f"sqlite:///{store / 'assistent.db'}",
        ASSISTENT_EVALUERING=str(store / "evaluering"),
    ) as started:
        yield started


@pytest.fixture
def box(store: Path, address: str) -> Iterator[FeedbackBox]:
    """What has been said; empty at first."""
    assert address
    database = open_database(f"sqlite:///{store / 'assistent.db'}")
    opened = FeedbackBox(database)
    for each in opened.newest(100):
        opened.erase(each.identity)
    yield opened
    database.close()


def only(box: FeedbackBox) -> Feedback:
    [found] = box.newest(10)
    return found


def opinion(page: Page) -> Locator:
    """Open the newest form and return it."""
    fold = page.locator("details.opinion").last
    fold.locator("summary").click()
    return fold.locator("form")


def answered(page: Page, path: str, question: str) -> None:
    if path == "/m":
        phone_page.ask(page, question)
    else:
        test_page_in_browser.ask(page, question)


# --- Whoever asks --------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/m"])
def test_the_form_is_accessible_before_and_after(
    open_page: OpenPage, box: FeedbackBox, path: str, size: str, scheme: str
) -> None:
    page = open_page(
        f"{path}?visning=full" if path == "/" else path, size=SIZES[size], scheme=scheme
    )
    answered(page, path, GOALS)
    form = opinion(page)
    expect(form).to_be_visible()
    assert violations(page) == []
    assert no_sideways_scroll(page)
    form.get_by_role("button", name=texts.SEND).click()
    expect(page.locator(".feedback .said")).to_contain_text(texts.THANKS)
    assert violations(page) == []
    assert only(box).given.useful is False


@pytest.mark.parametrize("path", ["/", "/m"])
def test_a_sentence_is_judged_without_leaving_the_answer(
    open_page: OpenPage, box: FeedbackBox, path: str
) -> None:
    page = open_page(path)
    answered(page, path, GOALS)
    before = page.url
    form = opinion(page)
    form.get_by_label(texts.ABOUT_WHAT).select_option("2")
    form.get_by_label(texts.REASONS["utdatert"]).check()
    form.get_by_label(texts.COMMENT).fill("Målet er endret")
    form.get_by_label(texts.REPLY).fill("ansatt@example.no")
    form.get_by_role("button", name=texts.SEND).click()
    thanks = page.locator(".feedback .said")
    expect(thanks).to_contain_text(texts.THANKS_REPLY)
    expect(thanks).to_be_focused()
    kept = only(box)
    expect(thanks).to_contain_text(kept.identity)
    assert page.url == before
    assert (kept.given.claim, kept.given.reasons) == (2, (Reason.OUTDATED,))
    assert (kept.given.text, kept.given.contact) == ("Målet er endret", "ansatt@example.no")
    # The next answer draws the conversation anew; what was said for this one stays.
    if path == "/m":
        phone_page.ask(page, CHANNELS, 2)
    else:
        test_page_in_browser.ask(page, CHANNELS, 2)
    expect(page.locator(".feedback .said")).to_have_count(1)
    expect(page.locator("form.thumb")).to_have_count(1)


@pytest.mark.parametrize("path", ["/", "/m"])
def test_personal_data_come_back_masked_and_the_rest_can_be_sent(
    open_page: OpenPage, box: FeedbackBox, path: str
) -> None:
    page = open_page(path, may_fail="/tilbakemelding")
    answered(page, path, HOW_TO_WRITE)
    form = opinion(page)
    form.get_by_label(texts.COMMENT).fill(f"Spør {NUMBER} om dette")
    form.get_by_role("button", name=texts.SEND).click()
    notice = form.locator(".notice")
    expect(notice).to_contain_text("fødselsnummer")
    expect(notice).to_be_focused()
    expect(form.get_by_label(texts.COMMENT)).to_have_value("Spør […] om dette")
    assert NUMBER not in page.content()
    assert box.newest(10) == []
    form.get_by_role("button", name=texts.SEND).click()
    expect(page.locator(".feedback .said")).to_contain_text(texts.THANKS)
    assert only(box).given.text == "Spør […] om dette"


def test_without_network_the_form_stays_as_it_was_filled_in(
    open_page: OpenPage, box: FeedbackBox
) -> None:
    page = open_page("/m")
    answered(page, "/m", HOW_TO_WRITE)
    page.route("**/tilbakemelding", lambda route: route.abort("internetdisconnected"))
    form = opinion(page)
    form.get_by_label(texts.COMMENT).fill("Viktig")
    form.get_by_role("button", name=texts.SEND).click()
    expect(form.locator(".notice")).to_have_text(texts.NO_CONTACT)
    expect(form.get_by_label(texts.COMMENT)).to_have_value("Viktig")
    page.unroute("**/tilbakemelding")
    form.get_by_role("button", name=texts.SEND).click()
    expect(page.locator(".feedback .said")).to_be_visible()
    assert only(box).given.text == "Viktig"


def test_one_tap_on_the_phone_says_that_it_was_useful(
    open_page: OpenPage, box: FeedbackBox
) -> None:
    page = open_page("/m", size=PHONE, has_touch=True)
    answered(page, "/m", HOW_TO_WRITE)
    page.get_by_role("button", name=texts.THUMB).tap()
    expect(page.locator(".feedback .said")).to_contain_text(texts.THANKS)
    assert only(box).given.useful is True


def test_without_a_script_it_is_a_page(open_page: OpenPage, box: FeedbackBox) -> None:
    page = open_page("/m", size=PHONE, java_script_enabled=False)
    page.locator("#sporsmal").fill(HOW_TO_WRITE)
    page.get_by_role("button", name="Spør").click()
    form = opinion(page)
    form.get_by_label(texts.REASONS["feil"]).check()
    form.get_by_label(texts.COMMENT).fill(f"Spør {NUMBER} om dette")
    form.get_by_role("button", name=texts.SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts.STOPPED_TITLE)
    page.get_by_role("button", name=texts.RESEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts.THANKS_TITLE)
    assert only(box).given.text == "Spør […] om dette"


def test_an_answer_from_the_devices_store_has_no_form(
    open_page: OpenPage, box: FeedbackBox
) -> None:
    assert box.newest(1) == []
    page = open_page("/m")
    answered(page, "/m", HOW_TO_WRITE)
    expect(page.locator(".feedback")).to_have_count(1)
    page.reload()
    expect(page.locator(".exchange .claim").first).to_be_visible()
    expect(page.locator(".feedback")).to_have_count(0)


# --- Editors -------------------------------------------------------------------------------------


@pytest.fixture
def told(open_page: OpenPage, box: FeedbackBox) -> None:
    """Some questions, and feedback on two of them."""
    page = open_page("/m")
    for number, question in enumerate((HOW_TO_WRITE, REGION_CHANNELS, UNKNOWN), start=1):
        phone_page.ask(page, question, number)
        if question is not UNKNOWN:
            form = opinion(page)
            form.get_by_label(texts.REASONS["uklart"]).check()
            form.get_by_label(texts.COMMENT).fill("Hva betyr dette i praksis?")
            form.get_by_label(texts.REPLY).fill("en.ansatt.med.langt.navn@virksomhet.example.no")
            form.get_by_role("button", name=texts.SEND).click()
            expect(page.locator(".feedback .said")).to_have_count(number)
    assert len(box.newest(10)) == 2


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_editors_pages_are_accessible(open_page: OpenPage, size: str, scheme: str) -> None:
    page = open_page("/redaksjon", size=SIZES[size], scheme=scheme)
    for path in EDITORS_PAGES:
        page.goto(f"/redaksjon{path}")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        assert violations(page) == [], path
        assert no_sideways_scroll(page), path
        assert page.locator("html").get_attribute("lang") == "nb"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("script", [True, False])
def test_an_editor_works_through_feedback_and_makes_a_test_question(
    open_page: OpenPage, store: Path, script: bool
) -> None:
    page = open_page("/redaksjon", java_script_enabled=script)
    expect(page.locator("svg.bars rect.answered").last).to_be_visible()
    page.get_by_role("link", name=editors.FEEDBACK, exact=True).click()
    entry = page.locator(".entry").first
    entry.locator("summary", has_text=editors.HANDLE).click()
    entry.get_by_label(editors.TRIAGE).select_option("løst")
    entry.get_by_label(editors.NOTE).fill("Skrevet om")
    entry.get_by_role("button", name=editors.SAVE).click()
    expect(page.get_by_role("status")).to_contain_text("«løst»")
    page.get_by_role("link", name=editors.FEEDBACK_ALL).click()
    expect(page.locator(".entry", has_text="Skrevet om").first).to_be_visible()
    page.get_by_role("link", name=editors.UNMET, exact=True).click()
    group = page.locator(".entry", has=page.get_by_role("heading", name=UNKNOWN))
    group.get_by_role("link", name=editors.MAKE_TEST).click()
    expect(page.get_by_label(editors.TEST_QUESTION_LABEL)).to_have_value(UNKNOWN)
    page.get_by_role("button", name=editors.TEST_ADD).click()
    expect(page.get_by_role("status")).to_contain_text("red-")
    with page.expect_download() as download:
        page.goto("/redaksjon/ubesvart")
        page.get_by_role("link", name=editors.EXPORT).click()
    assert download.value.suggested_filename.startswith("ubesvart-")
    assert UNKNOWN in (store / "evaluering" / "redaksjonen.jsonl").read_text("utf-8")
