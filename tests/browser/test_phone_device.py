"""What the phone page keeps on the device, and what is there of it without a network."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistent import texts_guidance, texts_overview, texts_phone
from assistent.texts_answer import BOKMAL
from tests.browser.conftest import OpenPage
from tests.browser.phone_assistant import LATER_EDITION, WRITTEN, PhoneAssistant
from tests.browser.phone_page import (
    TOUCH,
    answered,
    ask,
    field,
    heading,
    hold_network,
    newest,
    open_folds,
    settled,
    text_size,
)
from tests.browser.test_page_in_browser import no_sideways_scroll, violations
from tests.web.fake_assistant import CHANNELS, GOALS, HOW_TO_WRITE, PERSONAL, UNKNOWN

pytestmark = pytest.mark.browser

RESULT = "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1"
STORE = "localStorage.getItem('assistent.siste')"
DAY = 24 * 3600 * 1000


@pytest.fixture(scope="module")
def address(phone_server: tuple[PhoneAssistant, str]) -> str:
    return phone_server[1]


def recent(page: Page) -> list[dict[str, object]]:
    return json.loads(page.evaluate(STORE) or "[]")


def start_again(page: Page) -> None:
    page.get_by_role("link", name=texts_phone.ASK_NEW).tap()
    expect(page.locator(".exchange")).to_have_count(0)


def open_recent(page: Page, question: str) -> None:
    fold = page.locator("#siste")
    if not fold.evaluate("e => e.open"):
        fold.locator("summary").tap()
    fold.get_by_role("button", name=question).tap()


# --- The latest answers --------------------------------------------------------------------------


def test_an_answer_can_be_read_again_with_date_and_edition(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    expect(page.locator("#siste")).to_be_hidden()
    ask(page, CHANNELS)
    start_again(page)
    open_recent(page, CHANNELS)
    expect(heading(page)).to_be_focused()
    notice = newest(page).locator(".notice.local")
    expect(notice).to_contain_text("Lagret svar fra ")
    expect(notice).to_contain_text("slik de var 22. november 2026.")
    expect(notice).not_to_contain_text(texts_phone.RECENT_OTHER_EDITION)
    expect(newest(page).locator(".claim")).to_be_visible()
    assert violations(page) == []
    newest(page).get_by_role("link", name=texts_phone.ASK_AGAIN).tap()
    answered(page, 2)
    expect(newest(page).locator(".notice.local")).to_have_count(0)


def test_its_anchors_are_its_own(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, HOW_TO_WRITE)
    start_again(page)
    ask(page, CHANNELS)
    ask(page, GOALS, 2)
    start_again(page)
    open_recent(page, HOW_TO_WRITE)
    ask(page, CHANNELS, 2)
    assert page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        " return ids.length === new Set(ids).size; })()"
    )
    page.locator("a.mark").first.tap()
    expect(page.locator("#source-1-1")).to_be_focused()


def test_an_answer_from_another_edition_says_so(open_page: OpenPage, phone: PhoneAssistant) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    start_again(page)
    phone.edition = LATER_EDITION
    page.reload()
    open_recent(page, CHANNELS)
    expect(newest(page)).to_contain_text(texts_phone.RECENT_OTHER_EDITION)
    newest(page).get_by_role("link", name=texts_phone.ASK_AGAIN).tap()
    answered(page, 2)
    assert [each["edition"] for each in recent(page)] == [LATER_EDITION]


def test_only_answers_are_kept_and_nothing_personal(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    for number, question in enumerate((CHANNELS, UNKNOWN, PERSONAL, ""), start=1):
        if question:
            ask(page, question, number)
    assert [each["q"] for each in recent(page)] == [CHANNELS]
    everything = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert UNKNOWN in everything  # in the conversation of the tab
    for part in ("Nordmann", "01017012345", "010170"):
        assert part not in everything


def test_what_somebody_typed_is_not_kept_until_the_server_has_seen_it(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    gates = phone.write_slowly()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    expect(page.locator(".searching")).to_be_visible()
    everything = "JSON.stringify({...localStorage, ...sessionStorage})"
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate(everything) == "{}"
    hold_network(page)
    field(page).fill(PERSONAL)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate(everything) == "{}"
    for gate in gates:
        gate.open()


def test_eight_answers_are_kept_for_thirty_days(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    page.evaluate(
        f"""(days) => {{
          const [known] = JSON.parse({STORE});
          const more = days.map((day, at) => ({{...known, q: 'Nr ' + at, when: Date.now() - day}}));
          localStorage.setItem('assistent.siste', JSON.stringify(more));
        }}""",
        [DAY, 29 * DAY, 31 * DAY, *([2 * DAY] * 12)],
    )
    start_again(page)
    shown = page.locator("#siste li")
    expect(shown).to_have_count(8)
    assert "Nr 2" not in shown.all_inner_texts()
    ask(page, GOALS)
    assert [each["q"] for each in recent(page)][:2] == [GOALS, "Nr 0"]
    assert len(recent(page)) == 8


def test_everything_can_be_deleted(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    start_again(page)
    page.locator("#siste summary").tap()
    assert violations(page) == []
    page.get_by_role("button", name=texts_phone.RECENT_DELETE).tap()
    expect(page.locator("#status")).to_have_text(texts_phone.RECENT_DELETED)
    expect(page.locator("#siste")).to_be_hidden()
    expect(field(page)).to_be_focused()
    assert page.evaluate(STORE) is None
    page.reload()
    expect(page.locator("#siste")).to_be_hidden()


def test_a_device_that_keeps_nothing_is_no_trouble(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no'); }});"
    )
    page.reload()
    ask(page, CHANNELS)
    expect(newest(page).locator(".claim")).to_be_visible()


# --- The conversation of the tab -----------------------------------------------------------------


@pytest.mark.parametrize("way", ["back", "link", "reload"])
def test_the_conversation_is_there_after_a_source(open_page: OpenPage, way: str) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    ask(page, HOW_TO_WRITE, 2)
    newest(page).locator("details.panel summary").tap()
    link = newest(page).locator("a.open").nth(1)
    link.scroll_into_view_if_needed()
    settled(page)
    place = link.bounding_box()["y"]
    if way == "reload":
        page.reload()
    else:
        link.tap()
        page.wait_for_url("**/kilde/**")
        page.go_back() if way == "back" else page.goto("/m")
    expect(page.locator(".exchange")).to_have_count(2)
    expect(newest(page).locator("details.panel[open]")).to_have_count(1)
    assert abs(link.bounding_box()["y"] - place) < 3
    expect(page.locator("#start")).to_be_hidden()
    # It goes on where it was, with all that can be done with an answer.
    expect(newest(page).get_by_role("button", name=texts_phone.SHARE)).to_have_count(1)
    expect(newest(page).get_by_role("button", name=BOKMAL.copy)).to_have_count(1)
    ask(page, GOALS, 3)
    expect(page.locator(".exchange")).to_have_count(3)


def test_the_history_goes_on_after_coming_back(open_page: OpenPage, phone: PhoneAssistant) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    page.goto("/kanal")
    page.goto("/m")
    ask(page, GOALS, 2)
    assert [turn.content for turn in phone.asked[-1][1] if turn.role == "user"] == [CHANNELS]


def test_half_an_answer_that_was_left_can_be_asked_again(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    gates = phone.write_slowly()
    gates[0].open()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    expect(newest(page)).to_contain_text(BOKMAL.by_quotes)
    page.goto("/kanal")
    page.goto("/m")
    expect(newest(page)).to_contain_text(texts_phone.STATUS_STOPPED)
    expect(page.locator(".searching")).to_have_count(0)
    for gate in gates:
        gate.open()
    page.get_by_role("button", name=texts_phone.ASK_AGAIN).tap()
    answered(page, 2)
    expect(page.locator(".exchange")).to_have_count(1)


def test_another_tab_and_a_link_begin_anew(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    other = page.context.new_page()
    other.goto("/m")
    expect(other.locator(".exchange")).to_have_count(0)
    page.goto(f"/m?q={GOALS}")
    answered(page)
    expect(page.locator(".exchange")).to_have_count(1)
    expect(heading(page)).to_contain_text(GOALS)
    ask(page, HOW_TO_WRITE, 2)
    page.reload()
    expect(page.locator(".exchange")).to_have_count(2)


def test_an_old_conversation_says_that_the_documents_have_changed(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, CHANNELS)
    phone.edition = LATER_EDITION
    page.reload()
    expect(newest(page)).to_contain_text(texts_phone.RECENT_OTHER_EDITION)


def test_an_address_with_personal_data_is_cleaned(open_page: OpenPage) -> None:
    page = open_page(f"/m?q={PERSONAL}", **TOUCH)
    expect(heading(page)).to_contain_text(BOKMAL.question_removed)
    assert urlsplit(page.url).query == ""
    assert "010170" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


# --- Without a network ---------------------------------------------------------------------------


def ready(page: Page) -> None:
    """Wait until the worker serves the page and its store is full."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("!!navigator.serviceWorker.controller")


def stored(page: Page) -> list[str]:
    found = page.evaluate(
        """async () => {
          const [name] = await caches.keys();
          return (await (await caches.open(name)).keys()).map(request => request.url);
        }"""
    )
    return [url.split("/", 3)[3] for url in found]


def test_offline_journey(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    ask(page, CHANNELS)
    page.goto(RESULT)
    page.goto("/m")
    start_again(page)
    page.context.set_offline(True)

    page.reload()
    expect(page.locator("#frakoblet")).to_have_text(texts_phone.OFFLINE)
    expect(page.locator("a.ask")).to_have_count(len(texts_phone.EXAMPLES))
    expect(page.locator("a.ask").first).to_be_hidden()
    assert violations(page) == []
    open_recent(page, CHANNELS)
    expect(newest(page)).to_contain_text(texts_phone.RECENT_UNSURE)
    expect(newest(page).locator(".claim")).to_be_visible()
    assert violations(page) == []

    field(page).fill(GOALS)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text(texts_phone.FAILED_NETWORK)
    expect(field(page)).to_have_value(GOALS)

    page.goto(RESULT)
    expect(page.get_by_role("status")).to_contain_text("Dette er en kopi fra ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bruk først: oslo.kommune.no")
    assert violations(page) == []
    page.goto("/kanal?maalgruppe=ansatte")
    expect(page.get_by_role("status")).to_contain_text("så kanalvelgeren kan ikke svare")
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_overview.CHANNELS_TITLE)
    assert violations(page) == []
    page.goto("/om")
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_phone.OFFLINE_PAGE_TITLE)
    assert violations(page) == []
    page.get_by_role("link", name=texts_phone.OFFLINE_QUESTIONS).tap()
    expect(page.locator("#frakoblet")).to_be_visible()

    page.context.set_offline(False)
    page.goto("/m")
    expect(page.locator("#frakoblet")).to_be_hidden()
    page.goto(RESULT)
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_decision_that_cannot_be_sent_gets_all_duties(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    page.goto("/beslutning")
    page.context.set_offline(True)
    page.get_by_role("button", name="Vis sjekklisten").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_overview.DUTIES_TITLE)
    expect(page.get_by_role("status")).to_contain_text("så beslutningssjekken kan ikke svare")
    page.context.set_offline(False)
    page.goto("/beslutning")
    page.get_by_role("button", name="Vis sjekklisten").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sjekkliste")
    expect(page.locator("body")).to_contain_text(
        texts_guidance.PART_TITLE[next(iter(texts_guidance.PART_TITLE))]
    )


def test_questions_and_answers_stay_out_of_the_store_of_pages(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    page.goto(f"/m?q={CHANNELS}")
    answered(page)
    page.goto("/m?skriv=Noe")
    page.goto(RESULT)
    page.goto("/kanal")
    names = stored(page)
    assert [each for each in names if each.startswith("m?")] == []
    assert RESULT[1:] in names


def test_a_link_opened_without_a_network_shows_what_is_known(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    ask(page, CHANNELS)
    start_again(page)
    page.context.set_offline(True)
    page.goto(f"/m?q={CHANNELS}")
    expect(newest(page)).to_contain_text(texts_phone.RECENT_UNSURE)
    page.goto(f"/m?q={GOALS}")
    expect(field(page)).to_have_value(GOALS)
    page.context.set_offline(False)


def test_deleting_takes_the_visited_pages_along(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    ask(page, CHANNELS)
    page.goto(RESULT)
    page.goto("/m")
    start_again(page)
    assert RESULT[1:] in stored(page)
    page.locator("#siste summary").tap()
    page.get_by_role("button", name=texts_phone.RECENT_DELETE).tap()
    expect(page.locator("#status")).to_have_text(texts_phone.RECENT_DELETED)
    names = stored(page)
    assert RESULT[1:] not in names
    assert "kanal/alle" in names  # what is everybody's stays


def test_a_new_edition_replaces_the_store(open_page: OpenPage, phone: PhoneAssistant) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    page.goto(RESULT)
    page.goto("/m")
    [old] = page.evaluate("caches.keys()")
    assert not old.endswith(LATER_EDITION)
    phone.edition = LATER_EDITION
    page.evaluate("navigator.serviceWorker.getRegistration().then(each => each.update())")
    page.evaluate(
        """async (old) => {
          while ((await caches.keys()).includes(old)) await new Promise(r => setTimeout(r, 50));
        }""",
        old,
    )
    [new] = page.evaluate("caches.keys()")
    assert new.endswith(LATER_EDITION)
    assert RESULT[1:] not in stored(page)


def test_no_more_than_sixty_visited_pages_are_kept(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ready(page)
    page.evaluate(
        """async () => {
          const [name] = await caches.keys();
          const store = await caches.open(name);
          for (let at = 0; at < 80; at++) {
            await store.put('/kilde/nr' + at, new Response('x'));
          }
        }"""
    )
    page.goto(RESULT)
    page.goto("/m")
    visited = [each for each in stored(page) if each.startswith(("kilde/", "kanal?"))]
    assert len(visited) == 60
    assert RESULT[1:] in visited
    assert "kilde/nr0" not in visited


@pytest.mark.parametrize("width", [320, 360])
def test_stored_answers_fit_large_text(open_page: OpenPage, width: int) -> None:
    page = open_page("/m", size={"width": width, "height": 740}, has_touch=True)
    text_size(page, 200)
    ask(page, CHANNELS)
    start_again(page)
    text_size(page, 200)
    open_recent(page, CHANNELS)
    open_folds(page)
    assert no_sideways_scroll(page)
    assert violations(page) == []
