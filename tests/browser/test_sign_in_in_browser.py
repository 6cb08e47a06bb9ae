"""Signing in and out in a real browser with a real provider, and what each person then sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.access.providers import honest_provider, register
from tests.access.world import LEADERS, assistant_over, restricted_corpus
from tests.browser.conftest import DESKTOP, PHONE, served
from tests.browser.test_page_in_browser import violations
from tests.fakes import WORD_JUDGE, build

QUESTION = "Når flytter kommunikasjonsstaben?"
PLACE = "Kvernhusbekken"
LEADER, STAFF = "leder", "ansatt"


@dataclass(frozen=True)
class Running:
    """Where the app and its provider are."""

    app: str
    provider: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("innlogging")
    build(restricted_corpus(folder), folder / "indeks")
    with honest_provider() as provider:
        register(provider, LEADER, name="Liv Leder", groups=[LEADERS])
        register(provider, STAFF, name="Ali Ansatt", groups=["alle"])
        environment = {
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": provider,
            "ASSISTENT_OIDC_KLIENT": "assistent",
            "ASSISTENT_OIDC_HEMMELIGHET": "en-hemmelighet",
        }
        with (
            patch("assistent.answering.load_judge", lambda: WORD_JUDGE),
            served(assistant_over(folder / "indeks"), **environment) as app,
        ):
            yield Running(app, provider)


@pytest.fixture
def context(browser: Browser, running: Running) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=DESKTOP, base_url=running.app)
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def sign_in(page: Page, running: Running, subject: str, target: str) -> None:
    """Go somewhere and sign in on the way."""
    page.goto(target)
    assert page.url.startswith(running.provider)
    page.fill("input[name=sub]", subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{running.app}{target}")


def asked_on_the_wide_page(page: Page) -> str:
    """Ask on the chat page and return the conversation when it has answered."""
    page.wait_for_selector("#question textarea")
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation [data-status='Svar klart']")
    return page.inner_text("#conversation")


def asked_on_the_phone_page(page: Page) -> str:
    """Ask on the light page and return what it shows when it has answered."""
    page.fill("#sporsmal", QUESTION)
    page.click("#send")
    page.wait_for_selector("#samtale .sources, #samtale .contact, #samtale details")
    expect(page.locator("#status")).not_to_be_empty()
    return page.inner_text("#samtale")


@pytest.mark.browser
@pytest.mark.parametrize(("subject", "told"), [(LEADER, True), (STAFF, False)])
def test_each_person_is_answered_from_what_they_may_see(
    context: BrowserContext, running: Running, subject: str, told: bool
) -> None:
    page = context.new_page()
    sign_in(page, running, subject, "/")
    assert (PLACE in asked_on_the_wide_page(page)) == told
    page.goto("/m")
    assert (PLACE in asked_on_the_phone_page(page)) == told


@pytest.mark.browser
def test_two_people_at_once_do_not_see_each_others_documents(
    browser: Browser, running: Running
) -> None:
    pages = {}
    for subject in (LEADER, STAFF):
        context = browser.new_context(viewport=DESKTOP, base_url=running.app)
        context.set_default_timeout(20_000)
        pages[subject] = context.new_page()
        sign_in(pages[subject], running, subject, "/")
    for page in pages.values():
        page.wait_for_selector("#question textarea")
        page.fill("#question textarea", QUESTION)
    for _ in range(2):
        for page in pages.values():
            page.keyboard.press("Enter")
    shown = {}
    for subject, page in pages.items():
        page.wait_for_selector("#conversation [data-status='Svar klart']")
        shown[subject] = page.inner_text("#conversation")
        page.context.close()
    assert PLACE in shown[LEADER]
    assert PLACE not in shown[STAFF]


@pytest.mark.browser
@pytest.mark.parametrize(("target", "size"), [("/", DESKTOP), ("/m", PHONE)])
def test_one_signs_out_and_nothing_is_left_behind(
    browser: Browser, running: Running, target: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, base_url=running.app)
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, running, LEADER, target)
    expect(page.get_by_text("Logget inn som Liv Leder")).to_be_visible()
    [cookie] = [each for each in context.cookies(running.app) if each["name"] == "assistent"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    page.goto("/kilde/ledelse/flytteplan.md")
    expect(page.get_by_text(PLACE).first).to_be_visible()
    page.goto(target)
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_url(f"{running.provider}/oauth2/end_session*")
    assert [c for c in context.cookies(running.app) if c["name"].startswith("assistent")] == []
    page.goto(f"{running.app}/kilde/ledelse/flytteplan.md")
    assert page.url.startswith(running.provider)
    page.goto(f"{running.app}/ut")
    kept = page.evaluate("() => caches.keys()")
    assert kept == []
    context.close()


@pytest.mark.browser
def test_a_form_that_is_sent_too_late_leads_to_the_provider(
    context: BrowserContext, running: Running
) -> None:
    page = context.new_page()
    sign_in(page, running, STAFF, "/kanal")
    context.clear_cookies()
    page.locator("form button, form input[type=submit]").first.click()
    page.wait_for_url(f"{running.provider}/**")


@pytest.mark.browser
@pytest.mark.parametrize(("target", "field"), [("/", "#question textarea"), ("/m", "#sporsmal")])
def test_who_asks_when_the_session_is_over_is_led_to_sign_in(
    context: BrowserContext, running: Running, target: str, field: str
) -> None:
    page = context.new_page()
    sign_in(page, running, STAFF, target)
    page.wait_for_selector(field)
    context.clear_cookies()
    page.fill(field, QUESTION)
    page.press(field, "Enter")
    page.wait_for_url(f"{running.provider}/**")


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/ut", "/inn/tilbake", "/"])
def test_axe_finds_nothing(
    browser: Browser, running: Running, path: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, base_url=running.app)
    context.set_default_timeout(20_000)
    page = context.new_page()
    if path == "/":
        sign_in(page, running, STAFF, path)
        page.wait_for_selector("#question textarea")
    else:
        page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
