"""The phone page in a real browser, as a person with a phone, a keyboard or a bad network meets it.

What stays on the device stands in ``test_phone_device.py``, what is hostile in
``test_phone_attacks.py``.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistent import texts_page, texts_phone, texts_tools
from assistent.texts_answer import BOKMAL
from assistent.web.request_log import HEADER
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.phone_assistant import WRITTEN, PhoneAssistant
from tests.browser.phone_page import (
    SIZES,
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
from tests.browser.test_page_in_browser import focused, no_sideways_scroll, violations
from tests.web.fake_assistant import (
    CHANNELS,
    GOALS,
    HOW_TO_WRITE,
    PERSONAL,
    PERSONAL_LEFT,
    REGION_CHANNELS,
    UNKNOWN,
)

pytestmark = pytest.mark.browser

LONG_WORD = "Kommunikasjonsrådgivningsavdelingsleder" * 4
QUESTIONS = (HOW_TO_WRITE, REGION_CHANNELS, GOALS, UNKNOWN, PERSONAL)


@pytest.fixture(scope="module")
def address(phone_server: tuple[PhoneAssistant, str]) -> str:
    return phone_server[1]


# --- Accessible in every state -------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
class TestAxe:
    def test_from_start_to_answer(
        self, open_page: OpenPage, phone: PhoneAssistant, size: str, scheme: str
    ) -> None:
        gates = phone.write_slowly()
        page = open_page("/m", scheme=scheme, **SIZES[size])
        assert violations(page) == []
        field(page).fill(WRITTEN)
        field(page).press("Enter")
        expect(page.locator(".searching")).to_be_visible()
        assert violations(page) == []
        for gate, shown in zip(gates, (BOKMAL.by_quotes, BOKMAL.by_model, "Kopier"), strict=True):
            gate.open()
            expect(newest(page)).to_contain_text(shown)
            assert violations(page) == []
        open_folds(page)
        assert violations(page) == []

    def test_every_kind_of_answer(
        self, open_page: OpenPage, phone: PhoneAssistant, size: str, scheme: str
    ) -> None:
        phone.out_of_scope()
        page = open_page("/m", scheme=scheme, **SIZES[size])
        for number, question in enumerate((*QUESTIONS, WRITTEN), start=1):
            ask(page, question, number)
        open_folds(page)
        assert violations(page) == []

    def test_trouble(
        self, open_page: OpenPage, phone: PhoneAssistant, size: str, scheme: str
    ) -> None:
        phone.break_midway()
        page = open_page("/m", scheme=scheme, **SIZES[size])
        field(page).fill(WRITTEN)
        field(page).press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []
        hold_network(page)
        field(page).fill(CHANNELS)
        field(page).press("Enter")
        expect(page.locator("#frakoblet")).to_be_visible()
        assert violations(page) == []

    def test_without_a_script(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page("/m", scheme=scheme, **SIZES[size])
        page.route("**/m/side.js*", lambda route: route.fulfill(body=""))
        page.reload()
        field(page).fill(HOW_TO_WRITE)
        page.locator("#send").click()
        field(page).fill(CHANNELS)
        page.locator("#send").click()
        open_folds(page)
        assert violations(page) == []

    @pytest.mark.parametrize("path", ["/kanal/alle", "/beslutning/alle", "/m/frakoblet"])
    def test_pages_beside_it(self, open_page: OpenPage, size: str, scheme: str, path: str) -> None:
        page = open_page(path, scheme=scheme, **SIZES[size])
        assert violations(page) == []
        for fold in page.locator("details").all()[:8]:
            fold.evaluate("e => { e.open = true; }")
        assert violations(page) == []


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(320, 640), (360, 740), (320, 185)], ids=str)
def test_small_screens_and_large_text(
    open_page: OpenPage, size: tuple[int, int], percent: int
) -> None:
    page = open_page("/m", size={"width": size[0], "height": size[1]})
    text_size(page, percent)
    assert no_sideways_scroll(page)
    assert violations(page) == []
    for number, question in enumerate((*QUESTIONS, LONG_WORD), start=1):
        ask(page, question, number)
    open_folds(page)
    assert no_sideways_scroll(page)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/kanal/alle", "/beslutning/alle", "/m/frakoblet"])
def test_pages_beside_it_fit_a_small_screen(open_page: OpenPage, path: str) -> None:
    page = open_page(path, size={"width": 320, "height": 640})
    for fold in page.locator("details").all():
        fold.evaluate("e => { e.open = true; }")
    assert no_sideways_scroll(page)


def test_forced_colours(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH, forced_colors="active")
    ask(page, HOW_TO_WRITE)
    open_folds(page)
    assert violations(page) == []
    for selector in (".newest .answer", "#sporsmal", "#send"):
        edge = page.locator(selector).evaluate("e => getComputedStyle(e).borderLeftStyle")
        assert edge != "none"


# --- One hand and a thumb ------------------------------------------------------------------------


def test_everything_to_tap_is_large_and_nothing_zooms(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    small = """() => [...document.querySelectorAll('a, button, summary, textarea')]
        .filter(e => e.checkVisibility() && !e.closest('.skip') && !e.matches('a.mark, .edit'))
        .filter(e => e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 100))"""
    assert page.evaluate(small) == []
    for number, question in enumerate(QUESTIONS, start=1):
        ask(page, question, number)
    open_folds(page)
    assert page.evaluate(small) == []
    assert field(page).evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16


def test_the_first_screen_belongs_to_question_and_answer(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator("#send")).to_be_in_viewport(ratio=1)
    for link in (texts_tools.TO_CHANNEL, texts_tools.TO_DECISION):
        expect(page.get_by_role("link", name=link)).to_be_in_viewport(ratio=1)
    for example in texts_phone.EXAMPLES:
        expect(page.get_by_role("link", name=example)).to_be_in_viewport(ratio=1)
    ask(page, HOW_TO_WRITE)
    expect(heading(page)).to_be_in_viewport(ratio=1)
    expect(page.locator(".newest .claim").first).to_be_in_viewport(ratio=1)
    answered(page)
    room = page.evaluate("document.querySelector('#skjema').getBoundingClientRect().top")
    assert room > 0.8 * PHONE["height"]


def test_each_new_question_gets_the_screen(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    for number, question in enumerate((HOW_TO_WRITE, GOALS, UNKNOWN), start=1):
        ask(page, question, number)
        settled(page)
        assert -2 <= heading(page, number).bounding_box()["y"] < 40


def test_after_sending_the_phones_keyboard_gives_way(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    assert field(page).get_attribute("enterkeyhint") == "send"
    field(page).tap()
    ask(page, HOW_TO_WRITE)
    expect(heading(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_the_field_grows_with_the_question_but_leaves_room(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    low = field(page).bounding_box()["height"]
    field(page).fill("Hvordan skriver vi " * 8)
    high = field(page).bounding_box()["height"]
    assert high > low + 20
    field(page).fill("Hvordan skriver vi " * 80)
    assert field(page).bounding_box()["height"] < 0.4 * PHONE["height"]
    field(page).fill("Kort")
    assert field(page).bounding_box()["height"] == low


@pytest.mark.parametrize(("height", "most"), [(360, 80), (200, 80)])
def test_on_its_side_the_field_does_not_cover_the_answer(
    open_page: OpenPage, height: int, most: int
) -> None:
    page = open_page("/m", size={"width": 740, "height": height}, has_touch=True, is_mobile=True)
    ask(page, HOW_TO_WRITE)
    settled(page)
    composer = page.locator("#skjema")
    covered = composer.evaluate(
        "e => getComputedStyle(e).position === 'sticky' ? e.offsetHeight : 0"
    )
    assert covered <= most
    assert height - covered >= 200
    # What is not seen is read: the field still has its name and its hint.
    expect(field(page)).to_have_accessible_description(texts_phone.QUESTION_HINT)


def test_nothing_lies_under_the_phones_own_edges(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    devtools = page.context.new_cdp_session(page)
    insets = {"top": 47, "bottom": 34, "left": 20, "right": 20}
    devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    settled(page)
    send = page.locator("#send").bounding_box()
    assert send["y"] + send["height"] <= PHONE["height"] - 34
    assert send["x"] + send["width"] <= PHONE["width"] - 20
    assert page.locator(".name a").bounding_box()["y"] >= 47


# --- The keyboard, and what is said aloud --------------------------------------------------------


def test_keyboard_journey(open_page: OpenPage) -> None:
    page = open_page("/m", size=DESKTOP)
    page.keyboard.press("Tab")
    assert focused(page) == texts_page.PAGE_SKIP
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("Én linje")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("og én til")
    expect(field(page)).to_have_value("Én linje\nog én til")
    field(page).fill(HOW_TO_WRITE)
    page.keyboard.press("Enter")
    answered(page)
    expect(field(page)).to_be_focused()
    while not focused(page).startswith(BOKMAL.sources_heading):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith(BOKMAL.show_in_document)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kilde/**")
    page.go_back()
    expect(newest(page).locator(".answer")).to_be_visible()


def test_a_mark_leads_to_its_source(open_page: OpenPage) -> None:
    page = open_page("/m", size=DESKTOP)
    ask(page, HOW_TO_WRITE)
    expect(page.locator("#source-1-1")).to_be_hidden()
    page.locator("a.mark").first.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()
    expect(page.locator("#source-1-1 blockquote")).to_be_visible()
    assert urlsplit(page.url).fragment == ""


def test_what_has_the_focus_is_never_under_the_field(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    for number, question in enumerate((HOW_TO_WRITE, REGION_CHANNELS), start=1):
        ask(page, question, number)
    open_folds(page)
    page.evaluate("scrollTo(0, 0); document.querySelector('.skip').focus()")
    hidden = """() => {
      const e = document.activeElement;
      const top = document.querySelector('#skjema').getBoundingClientRect().top;
      const covered = e.getBoundingClientRect().bottom > top + 1;
      return covered && !e.closest('#skjema, .foot') ? e.outerHTML : '';
    }"""
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(hidden) == ""
        if page.evaluate("document.activeElement.id") == "sporsmal":
            return
    raise AssertionError("the field was not reached")


LISTEN = """() => {
  window.heard = [];
  for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
    new MutationObserver(() => {
      const said = region.textContent.trim();
      if (said) window.heard.push(said);
    }).observe(region, {childList: true, characterData: true, subtree: true});
  }
}"""


def test_a_quick_answer_is_announced_once(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    page.evaluate(LISTEN)
    ask(page, HOW_TO_WRITE)
    ask(page, CHANNELS, 2)
    assert page.evaluate("window.heard") == [texts_phone.STATUS_DONE] * 2


def test_a_slow_answer_is_announced_step_by_step(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    gates = phone.write_slowly()
    page = open_page("/m", **TOUCH)
    page.evaluate(LISTEN)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    for gate, step in zip(gates, ("searching", "writing", "checking"), strict=True):
        expect(page.locator("#status")).to_have_text(BOKMAL.steps[step])
        expect(newest(page).locator(".searching")).to_have_text(BOKMAL.steps[step])
        gate.open()
    expect(page.locator("#status")).to_have_text(texts_phone.STATUS_DONE)
    assert page.evaluate("window.heard") == [*BOKMAL.steps.values(), texts_phone.STATUS_DONE]


def test_a_slow_network_is_announced(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    waiting = []
    page.route("**/m/svar", lambda route: waiting.append(route))
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.locator("#status")).to_have_text(texts_phone.STATUS_SENDING)
    waiting[0].continue_()
    answered(page)


def test_names_are_norwegian(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, HOW_TO_WRITE)
    open_folds(page)
    expect(page.get_by_role("textbox", name=texts_phone.QUESTION_LABEL)).to_be_visible()
    expect(page.get_by_role("button", name=texts_phone.SEND, exact=True)).to_be_visible()
    expect(page.get_by_role("article", name=f"{BOKMAL.you_asked} {HOW_TO_WRITE}")).to_be_visible()
    expect(page.get_by_role("navigation", name=texts_tools.TOOLS_LABEL)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nb"


def test_an_empty_question_is_not_sent(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    field(page).fill("   ")
    field(page).press("Enter")
    expect(page.locator("#status")).to_have_text(texts_phone.STATUS_EMPTY)
    expect(page.locator(".exchange")).to_have_count(0)


def test_motion_is_reduced_on_request(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH, reduced_motion="reduce")
    page.evaluate(
        """() => {
          window.asked = [];
          Element.prototype.scrollIntoView = function (how) { window.asked.push(how.behavior); };
        }"""
    )
    ask(page, HOW_TO_WRITE)
    assert page.evaluate("window.asked") == ["auto"]


# --- An answer that becomes better while it is read ----------------------------------------------


def test_what_is_typed_and_focused_stays_when_the_answer_changes(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    gates = phone.write_slowly()
    page = open_page("/m", size=DESKTOP)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    for gate in gates:
        gate.open()
        page.keyboard.type("Neste ")
    expect(newest(page)).to_contain_text(BOKMAL.by_model)
    answered(page)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("Neste Neste Neste ")


def test_opened_sources_and_the_focus_in_them_stay(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    first, second, third = phone.write_slowly()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    first.open()
    expect(newest(page)).to_contain_text(BOKMAL.by_quotes)
    sources = newest(page).locator("details.panel")
    sources.locator("summary").press("Enter")
    link = sources.locator("a.open").nth(1)
    link.focus()
    settled(page)
    place = link.bounding_box()["y"]
    for gate in (second, third):
        gate.open()
    expect(newest(page)).to_contain_text(BOKMAL.by_model)
    answered(page)
    assert sources.evaluate("e => e.open")
    expect(link).to_be_focused()
    assert abs(link.bounding_box()["y"] - place) < 2


def test_the_line_being_read_stays_where_it_is(open_page: OpenPage, phone: PhoneAssistant) -> None:
    first, second, third = phone.write_slowly()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    first.open()
    expect(newest(page)).to_contain_text(BOKMAL.by_quotes)
    open_folds(page)
    quote = page.locator("#source-1-2 blockquote")
    quote.evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    settled(page)
    place = quote.bounding_box()["y"]
    second.open()
    third.open()
    answered(page)
    assert abs(quote.bounding_box()["y"] - place) < 2


def test_a_new_question_stops_the_one_before(open_page: OpenPage, phone: PhoneAssistant) -> None:
    gates = phone.write_slowly()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    expect(page.locator(".searching")).to_be_visible()
    ask(page, CHANNELS, 2)
    expect(page.locator(".exchange").first).to_contain_text(texts_phone.STATUS_REPLACED)
    expect(page.locator(".searching")).to_have_count(0)
    for gate in gates:
        gate.open()


# --- When something goes wrong -------------------------------------------------------------------


def test_half_an_answer_is_kept_and_can_be_asked_again(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    phone.break_midway()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text(texts_phone.STATUS_STOPPED)
    expect(newest(page).locator(".claim").first).to_be_visible()
    expect(page.locator(".searching")).to_have_count(0)
    phone.scripts.clear()
    page.get_by_role("button", name=texts_phone.TRY_AGAIN).tap()
    answered(page, 2)
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_failure_before_anything_gives_the_question_back(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    phone.break_at_once()
    page = open_page("/m", **TOUCH)
    field(page).fill(WRITTEN)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(BOKMAL.failed)
    expect(page.get_by_role("alert")).to_contain_text("Oppgi koden ")
    expect(field(page)).to_have_value(WRITTEN)


@pytest.mark.parametrize(
    ("status", "said"), [(503, texts_page.SERVICE_BUSY), (500, BOKMAL.failed), (413, BOKMAL.failed)]
)
def test_a_refusal_of_the_server_gets_a_sentence(
    open_page: OpenPage, status: int, said: str
) -> None:
    page = open_page("/m", may_fail="/m/svar", **TOUCH)
    page.route(
        "**/m/svar", lambda route: route.fulfill(status=status, body=texts_page.SERVICE_BUSY)
    )
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text(said)
    expect(field(page)).to_have_value(CHANNELS)
    page.unroute("**/m/svar")
    page.get_by_role("button", name=texts_phone.TRY_AGAIN).tap()
    answered(page, 2)
    expect(heading(page, 2)).to_contain_text(CHANNELS)


def test_a_failure_of_the_server_is_said_with_its_code(open_page: OpenPage) -> None:
    page = open_page("/m", may_fail="/m/svar", **TOUCH)
    page.route("**/m/svar", lambda route: route.fulfill(status=500, headers={HEADER: "k7m2q9xtab"}))
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    said = f"{BOKMAL.failed} Oppgi koden k7m2q9xtab hvis du melder fra om feilen."
    expect(page.get_by_role("alert")).to_have_text(said)


def test_a_lost_network_says_so_and_a_found_one_goes_on(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    hold_network(page)
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text(texts_phone.FAILED_NETWORK)
    expect(page.locator("#frakoblet")).to_be_visible()
    expect(field(page)).to_have_value(CHANNELS)
    page.unroute("**/m/svar")
    page.get_by_role("button", name=texts_phone.TRY_AGAIN).tap()
    answered(page, 2)
    expect(page.locator("#frakoblet")).to_be_hidden()


# --- What an answer offers -----------------------------------------------------------------------


def test_an_example_asks(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    example = page.locator("a.ask").first
    text = example.inner_text()
    example.tap()
    answered(page)
    expect(heading(page)).to_contain_text(text)
    expect(heading(page)).to_be_focused()
    assert urlsplit(page.url).query == ""


def test_a_question_is_sent_without_its_personal_data(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    ask(page, PERSONAL)
    expect(heading(page)).to_contain_text(BOKMAL.question_removed)
    assert "01017012345" not in page.content()
    page.get_by_role("button", name=BOKMAL.send_without).tap()
    answered(page, 2)
    expect(heading(page, 2)).to_contain_text(PERSONAL_LEFT)


def test_only_the_question_is_shared(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH, permissions=["clipboard-read", "clipboard-write"])
    ask(page, CHANNELS)
    ask(page, HOW_TO_WRITE, 2)
    newest(page).get_by_role("button", name=texts_phone.SHARE).tap()
    expect(page.locator("#status")).to_have_text(texts_phone.SHARED)
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query) == {"q": [HOW_TO_WRITE]}
    other = open_page(link, **TOUCH)
    expect(heading(other)).to_contain_text(HOW_TO_WRITE)
    expect(other.locator(".newest .claim").first).to_be_visible()
    expect(other.locator(".exchange")).to_have_count(1)


def test_where_nothing_can_be_copied_the_link_is_shown(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    ask(page, CHANNELS)
    newest(page).get_by_role("button", name=texts_phone.SHARE).tap()
    link = newest(page).locator(".link a")
    expect(link).to_be_focused()
    assert parse_qs(urlsplit(link.get_attribute("href")).query) == {"q": [CHANNELS]}


def test_the_phones_own_sharing_is_used(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    page.evaluate("navigator.share = async (what) => { window.given = what; }")
    ask(page, CHANNELS)
    newest(page).get_by_role("button", name=texts_phone.SHARE).tap()
    given = page.evaluate("window.given")
    assert set(given) == {"title", "url"}
    assert parse_qs(urlsplit(given["url"]).query) == {"q": [CHANNELS]}


def test_a_shared_link_goes_on_where_a_chat_model_writes(
    open_page: OpenPage, phone: PhoneAssistant
) -> None:
    gates = phone.write_slowly()
    gates[0].open()
    page = open_page(f"/m?q={WRITTEN}", **TOUCH)
    expect(newest(page)).to_contain_text(BOKMAL.by_quotes)
    gates[1].open()
    gates[2].open()
    expect(newest(page)).to_contain_text(BOKMAL.by_model)
    answered(page)
    expect(page.locator(".exchange")).to_have_count(1)


# --- Without a script ----------------------------------------------------------------------------


def test_without_a_script_one_can_ask_go_on_and_send_again(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH, java_script_enabled=False)
    send = page.locator("#send")
    field(page).fill(CHANNELS)
    send.tap()
    expect(heading(page)).to_contain_text(CHANNELS)
    page.locator("details.panel summary").tap()
    expect(page.locator(".source blockquote").first).to_be_visible()
    field(page).fill(HOW_TO_WRITE)
    send.tap()
    expect(heading(page, 3)).to_contain_text(HOW_TO_WRITE)
    expect(page.locator("details.earlier")).to_be_visible()
    page.locator("details.earlier summary").tap()
    expect(page.locator("details.earlier")).to_contain_text(CHANNELS)
    field(page).fill(PERSONAL)
    send.tap()
    page.get_by_role("button", name=BOKMAL.send_without).tap()
    expect(page.locator(".question")).to_contain_text(PERSONAL_LEFT)
    send.tap()
    expect(page.locator(".answer")).to_contain_text("Skriv et spørsmål")
    page.get_by_role("link", name=texts_phone.ASK_NEW).tap()
    expect(page.locator(".exchange")).to_have_count(0)
    page.locator("a.ask").first.tap()
    expect(page.locator(".exchange")).to_have_count(1)


def test_without_a_script_a_search_can_be_edited(open_page: OpenPage) -> None:
    page = open_page(f"/m?skriv={HOW_TO_WRITE}", **TOUCH, java_script_enabled=False)
    expect(field(page)).to_have_value(HOW_TO_WRITE)


def opened(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_wide_page_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page("/m", **TOUCH)
    page.get_by_role("link", name=texts_phone.TO_WIDE).tap()
    opened(page)
    assert urlsplit(page.url).path == "/"
