"""What the tests of the phone page do with it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from assistent import texts_phone
from tests.browser.conftest import DESKTOP, PHONE

TOUCH = {"size": PHONE, "has_touch": True, "is_mobile": True}
SIZES = {"phone": TOUCH, "desktop": {"size": DESKTOP}}


def field(page: Page) -> Locator:
    return page.locator("#sporsmal")


def newest(page: Page) -> Locator:
    return page.locator(".exchange.newest")


def heading(page: Page, number: int = 1) -> Locator:
    return page.locator(f"#question-{number}")


def ask(page: Page, question: str, number: int = 1) -> None:
    field(page).fill(question)
    field(page).press("Enter")
    answered(page, number)


def settled(page: Page) -> None:
    """Wait until the page has stopped scrolling: not moved for 30 frames, half a second."""
    page.evaluate(
        """() => new Promise((done) => {
          let place = scrollY, still = 0;
          const look = () => {
            still = scrollY === place ? still + 1 : 0;
            place = scrollY;
            still < 30 ? requestAnimationFrame(look) : done();
          };
          look();
        })"""
    )


def answered(page: Page, number: int = 1) -> None:
    """Wait for the last word on question ``number``."""
    expect(page.locator(f".exchange:has(#question-{number}) .answer")).to_be_visible()
    expect(page.locator(".searching")).to_have_count(0)
    expect(page.locator("#status")).to_have_text(texts_phone.STATUS_DONE)


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true; })")


def hold_network(page: Page) -> None:
    """Let no question through."""
    page.route("**/m/svar", lambda route: route.abort("internetdisconnected"))


def text_size(page: Page, percent: int) -> None:
    page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
