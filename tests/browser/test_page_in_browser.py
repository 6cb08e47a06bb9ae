import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from assistent import texts_page
from assistent.texts_answer import BOKMAL
from assistent.web.addresses import viewer_address
from assistent.web.request_log import HEADER
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.web.fake_assistant import (
    ATTACK,
    BROKEN,
    CHANNELS,
    COMPOSED,
    HOSTILE_QUESTION,
    HOW_TO_WRITE,
    PERSONAL,
    PERSONAL_LEFT,
    REGION_CHANNELS,
    REPHRASED,
    SLOW,
    STRATEGY,
    UNKNOWN,
    FakeAssistant,
)

pytestmark = pytest.mark.browser

SIZES = {"phone": PHONE, "desktop": DESKTOP}
VIEWER = viewer_address(FakeAssistant().answer(HOW_TO_WRITE).sources[0])


def field(page: Page):
    return page.get_by_label("Still et spørsmål")


def ask(page: Page, question: str, number: int = 1) -> None:
    field(page).fill(question)
    field(page).press("Enter")
    done(page, number)


def done(page: Page, number: int = 1) -> None:
    page.wait_for_selector(
        f'.conversation[data-newest="{number}"][data-status="{texts_page.STATUS_DONE}"]'
    )


def focused(page: Page) -> str:
    return page.evaluate(
        "() => { const e = document.activeElement;"
        " return e.getAttribute('aria-label') || e.innerText || e.tagName; }"
    )


def violations(page: Page) -> list[str]:
    # All rules are run; only what breaks one is described in full, which takes the most time.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['impact']} {each['id']}: {each['help']}: {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]


def no_sideways_scroll(page: Page) -> bool:
    return page.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
class TestAxe:
    def test_start_page(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page(size=SIZES[size], scheme=scheme)
        assert violations(page) == []

    def test_while_and_after_an_answer(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page(size=SIZES[size], scheme=scheme)
        field(page).fill(SLOW)
        field(page).press("Enter")
        page.wait_for_selector(".searching")
        assert violations(page) == []
        done(page)
        assert violations(page) == []
        for link in page.locator("a.mark").all():
            link.click()
        ask(page, REGION_CHANNELS, 2)
        ask(page, UNKNOWN, 3)
        assert page.locator(".source blockquote:visible").count() >= 2
        assert violations(page) == []

    @pytest.mark.parametrize("path", [VIEWER, "/om", "/finnes-ikke", "/kilde/finnes/ikke"])
    def test_other_pages(self, open_page: OpenPage, size: str, scheme: str, path: str) -> None:
        page = open_page(path, size=SIZES[size], scheme=scheme)
        assert violations(page) == []
        assert page.locator("html").get_attribute("lang") == "nb"

    def test_trouble(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page(size=SIZES[size], scheme=scheme, may_fail="queue/join")
        page.route(
            "**/gradio_api/queue/join*",
            lambda route: route.fulfill(
                status=400, json={"detail": "x"}, headers={HEADER: "k7m2q9xtab"}
            ),
        )
        field(page).fill(CHANNELS)
        field(page).press("Enter")
        trouble = page.get_by_role("alert").filter(has_text=BOKMAL.failed)
        expect(trouble).to_contain_text("Oppgi koden k7m2q9xtab hvis du melder fra om feilen.")
        assert violations(page) == []


def test_the_page_stays_norwegian_whatever_the_browser_speaks(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, CHANNELS)
    assert page.locator("html").get_attribute("lang") == "nb"
    assert page.title() == "Kommunikasjonsassistenten"
    visible = page.locator("body").inner_text()
    assert not re.search(r"\b(submit|loading|error|the|your|built with|settings)\b", visible, re.I)


def test_keyboard_journey_from_the_top_to_a_source(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    page.keyboard.press("Tab")
    assert focused(page) == texts_page.PAGE_SKIP
    page.keyboard.press("Enter")
    page.keyboard.type(HOW_TO_WRITE)
    page.keyboard.press("Enter")
    done(page)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    reached = []
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        reached.append(focused(page))
        if reached[-1] == "Kilde 1":
            break
    assert [each for each in reached if "Vis i dokumentet" in each]
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()
    expect(page.locator("#source-1-1 blockquote")).to_be_visible()
    page.keyboard.press("Tab")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    assert opened.value.locator("#sitat").inner_text()
    # The conversation is still there.
    expect(page.locator(".exchange")).to_have_count(1)


def test_tab_alone_reaches_the_question_field(open_page: OpenPage) -> None:
    page = open_page()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            return
    raise AssertionError("the question field was not reached")


def test_shift_enter_makes_a_new_line(open_page: OpenPage) -> None:
    page = open_page()
    field(page).focus()
    page.keyboard.type("En")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("To")
    expect(field(page)).to_have_value("En\nTo")
    expect(page.locator(".exchange")).to_have_count(0)


def test_what_is_happening_is_announced_once(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          window.heard = [];
          const listen = (region) => new MutationObserver(() => {
            const said = region.textContent.trim();
            if (said) window.heard.push(said);
          }).observe(region, {childList: true, subtree: true, characterData: true});
          document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')
            .forEach(listen);
        }"""
    )
    ask(page, SLOW)
    ask(page, CHANNELS, 2)
    assert page.evaluate("window.heard") == [BOKMAL.steps["searching"], texts_page.STATUS_DONE] * 2
    page.get_by_role("button", name="Ny samtale").click()
    expect(page.locator("#status")).to_have_text(texts_page.STATUS_NEW_CONVERSATION)


def test_an_example_asks_and_the_focus_is_not_lost(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    assert page.locator("button.example").count() == 6
    page.get_by_role("button", name=CHANNELS).click()
    done(page)
    expect(page.locator("button.example")).to_have_count(0)
    assert CHANNELS in focused(page)
    expect(page.locator("a.mark")).to_have_count(1)


def test_a_new_conversation_starts_from_nothing(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, CHANNELS)
    page.get_by_role("button", name="Ny samtale").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("button.example")).to_have_count(6)
    expect(field(page)).to_be_focused()
    ask(page, UNKNOWN)
    expect(page.locator(".exchange")).to_have_count(1)


def test_every_source_shows_its_quote(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOW_TO_WRITE)
    for source in page.locator(".source").all():
        expect(source.locator("blockquote")).to_be_visible()


def test_what_is_being_written_survives_the_answer(open_page: OpenPage) -> None:
    page = open_page()
    field(page).fill(SLOW)
    field(page).press("Enter")
    page.wait_for_selector(".searching")
    expect(field(page)).to_have_value("")
    page.keyboard.type("Neste spørsmål")
    done(page)
    expect(field(page)).to_have_value("Neste spørsmål")


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sent_during_an_answer_follows_it(open_page: OpenPage, size: str) -> None:
    page = open_page(size=SIZES[size])
    field(page).fill(SLOW)
    field(page).press("Enter")
    page.wait_for_selector(".searching")
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.locator("#status")).to_have_text(texts_page.WAITS)
    assert shown_hint(page) == texts_page.WAITS
    assert violations(page) == []
    done(page, 2)
    expect(page.locator("#question-1")).to_contain_text(SLOW)
    expect(page.locator("#question-2")).to_contain_text(CHANNELS)
    assert shown_hint(page) == "none"
    expect(field(page)).to_have_value("")


def test_what_is_sent_as_an_answer_comes_to_stand_is_not_lost(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(
        """(status) => {
          const field = document.querySelector('#question textarea');
          const enter = {key: 'Enter', bubbles: true};
          new MutationObserver((seen, observer) => {
            if (!document.querySelector(`[data-newest="1"][data-status="${status}"]`)) return;
            observer.disconnect();
            for (const kind of ['keydown', 'keypress'])
              field.dispatchEvent(new KeyboardEvent(kind, enter));
          }).observe(document.documentElement, {childList: true, subtree: true, attributes: true});
        }""",
        texts_page.STATUS_DONE,
    )
    field(page).fill(SLOW)
    field(page).press("Enter")
    page.wait_for_selector(".searching")
    field(page).fill(CHANNELS)
    done(page, 2)
    expect(page.locator("#question-2")).to_contain_text(CHANNELS)


def test_what_is_sent_after_an_example_follows_it(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name=CHANNELS).dblclick()
    page.wait_for_selector("#question-1")
    field(page).fill(HOW_TO_WRITE)
    field(page).press("Enter")
    done(page, 2)
    expect(page.locator("#question-1")).to_contain_text(CHANNELS)
    expect(page.locator("#question-2")).to_contain_text(HOW_TO_WRITE)


def test_what_is_sent_twice_is_asked_once(open_page: OpenPage) -> None:
    page = open_page()
    field(page).fill(SLOW)
    page.locator("#send").dblclick()
    field(page).press("Enter")
    ask(page, CHANNELS, 2)
    expect(page.locator("#question-2")).to_contain_text(CHANNELS)
    expect(page.locator(".exchange")).to_have_count(2)


def test_what_is_written_before_the_server_has_taken_the_question_is_not_lost(
    open_page: OpenPage,
) -> None:
    page = open_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/gradio_api/queue/join*", hold)
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(field(page)).to_have_value("")
    page.keyboard.type("Neste spørsmål")
    held[0].continue_()
    done(page)
    expect(field(page)).to_have_value("Neste spørsmål")


@pytest.mark.parametrize("status", [0, 400, 503])
def test_a_question_that_was_not_taken_stands_in_the_field_again(
    open_page: OpenPage, status: int
) -> None:
    page = open_page(may_fail="queue/join")
    page.route(
        "**/gradio_api/queue/join*",
        lambda route: (
            route.fulfill(status=status, json={"detail": "x"}) if status else route.abort()
        ),
    )
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.locator("#trouble")).not_to_be_empty()
    expect(field(page)).to_have_value(CHANNELS)
    if status:  # after a lost connection the page is loaded anew
        page.unroute("**/gradio_api/queue/join*")
        field(page).press("Enter")
        done(page)
        expect(field(page)).to_have_value("")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_to_send_is_said_and_shown(open_page: OpenPage, size: str) -> None:
    page = open_page(size=SIZES[size])
    for send in (field(page).press, lambda _: page.locator("#send").click()):
        field(page).fill("  ")
        send("Enter")
        expect(page.locator("#status")).to_have_text(texts_page.WRITE_FIRST)
        assert shown_hint(page) == texts_page.WRITE_FIRST
        assert violations(page) == []
        field(page).fill("En")
        assert shown_hint(page) == "none"
    ask(page, CHANNELS)
    expect(page.locator(".exchange")).to_have_count(1)


def shown_hint(page: Page) -> str:
    hint = page.locator("#composer").evaluate("e => getComputedStyle(e, '::before').content")
    return hint.strip('"')


def test_a_failure_and_personal_data_get_a_sentence(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, BROKEN)
    expect(page.locator(".answer")).to_contain_text(BOKMAL.failed)
    ask(page, PERSONAL, 2)
    expect(page.locator("#question-2")).to_contain_text(BOKMAL.question_removed)
    assert "Nordmann" not in page.content()


def test_a_question_is_sent_without_its_personal_data(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    resend = page.get_by_role("button", name=BOKMAL.send_without)
    expect(resend).to_have_count(0)
    ask(page, PERSONAL)
    expect(resend).to_be_visible()
    assert violations(page) == []
    assert no_sideways_scroll(page)
    resend.press("Enter")
    done(page, 2)
    expect(page.locator("#question-2")).to_contain_text(PERSONAL_LEFT)
    expect(page.locator("#question-2")).to_be_focused()
    expect(resend).to_have_count(0)


def test_the_quotes_come_at_once_and_give_way_to_the_model_s_words(open_page: OpenPage) -> None:
    page = open_page()
    field(page).fill(COMPOSED)
    field(page).press("Enter")
    expect(page.locator(".writer")).to_have_text(BOKMAL.by_quotes)
    expect(page.locator(".searching")).to_be_visible()
    done(page)
    expect(page.locator(".writer")).to_contain_text(BOKMAL.by_model)
    evidence = page.locator("details.evidence").first
    expect(evidence.locator("blockquote")).to_be_hidden()
    evidence.locator("summary").press("Enter")
    expect(evidence.locator("blockquote").first).to_be_visible()
    assert violations(page) == []


def test_an_answer_is_copied_with_its_sources(open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, CHANNELS)
    page.get_by_role("button", name=BOKMAL.copy).click()
    expect(page.get_by_role("button", name=BOKMAL.copied)).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.count("[1]") == 2
    assert "Kommunikasjonsstrategi for Oslo kommune gjeldende" in copied
    assert "/kilde/strategi/" in copied


def test_what_was_searched_is_edited_in_the_field(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, REPHRASED)
    page.get_by_role("link", name=BOKMAL.edit_search).click()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(CHANNELS)
    field(page).press("Enter")
    done(page, 2)
    expect(page.locator("#question-2")).to_contain_text(CHANNELS)


def test_a_suggestion_is_asked_with_one_press(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, REPHRASED)
    page.get_by_role("link", name=HOW_TO_WRITE).press("Enter")
    done(page, 2)
    expect(page.locator("#question-2")).to_contain_text(HOW_TO_WRITE)
    expect(page.locator("#question-2")).to_be_focused()


def test_hostile_strings_are_text_everywhere(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOSTILE_QUESTION)
    card = page.locator(".exchange")
    assert ATTACK in card.locator(".question").inner_text()
    assert card.locator("img, script, iframe").count() == 0
    assert page.title() == "Kommunikasjonsassistenten"
    with page.context.expect_page() as opened:
        card.locator("a.open").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("mark").inner_text() == ATTACK
    assert "hacked" not in (page.title(), opened.value.title())


def test_the_policy_stops_a_script_that_got_in(open_page: OpenPage, browser) -> None:
    page = browser.new_page()
    page.goto(open_page().url)
    page.wait_for_selector("#question textarea")
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true">');
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", VIEWER, "/om", "/finnes-ikke"])
def test_nothing_scrolls_sideways_at_320_pixels(
    open_page: OpenPage, path: str, scheme: str
) -> None:
    page = open_page(path, size={"width": 320, "height": 640}, scheme=scheme)
    assert no_sideways_scroll(page)
    if path == "/":
        for number, question in enumerate((HOW_TO_WRITE, REGION_CHANNELS, "x" * 300), start=1):
            ask(page, question, number)
        page.locator("a.mark").first.click()
        assert no_sideways_scroll(page)


def test_large_text_still_fits(open_page: OpenPage) -> None:
    page = open_page(size={"width": 640, "height": 400})
    page.add_style_tag(content="html { font-size: 200% }")
    ask(page, HOW_TO_WRITE)
    assert no_sideways_scroll(page)
    # On a low screen the composer must not lie over the answer.
    assert page.locator("#composer").evaluate("e => getComputedStyle(e).position") != "sticky"


@pytest.mark.parametrize("size", SIZES)
def test_targets_are_large_and_the_field_does_not_zoom(open_page: OpenPage, size: str) -> None:
    page = open_page(size=SIZES[size])
    small = """() => [...document.querySelectorAll('button, summary, a.open')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(small) == []
    ask(page, HOW_TO_WRITE)
    assert page.evaluate(small) == []
    font = field(page).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert font >= 16


@pytest.mark.parametrize("size", SIZES)
def test_the_composer_stays_on_the_screen_below_a_long_conversation(
    open_page: OpenPage, size: str
) -> None:
    page = open_page(size=SIZES[size])
    for number in range(1, 4):
        ask(page, HOW_TO_WRITE, number)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("#send").bounding_box()
    assert 0 < box["y"] < SIZES[size]["height"] - box["height"]


@pytest.mark.parametrize("size", SIZES)
def test_the_viewer_scrolls_to_the_quote_and_focuses_it(open_page: OpenPage, size: str) -> None:
    page = open_page(VIEWER, size=SIZES[size])
    mark = page.locator("#sitat")
    expect(mark).to_be_in_viewport(ratio=1)
    expect(mark).to_be_focused()
    assert page.evaluate("scrollY") > 1000


def test_the_viewer_works_without_scripts(open_page: OpenPage) -> None:
    page = open_page(VIEWER, java_script_enabled=False)
    expect(page.locator("#sitat")).to_be_in_viewport()
    page.get_by_role("link", name="Til forsiden").click()
    assert page.url.endswith("/")


def test_motion_is_reduced_on_request(open_page: OpenPage) -> None:
    page = open_page(size=PHONE, reduced_motion="reduce")
    for number in range(1, 4):
        ask(page, HOW_TO_WRITE, number)
    top = page.locator("#question-3").bounding_box()["y"]
    assert 0 <= top < 200


def test_a_busy_service_says_so_in_norwegian(open_page: OpenPage) -> None:
    page = open_page(may_fail="queue/join")
    page.route(
        "**/gradio_api/queue/join*",
        lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}),
    )
    field(page).fill(CHANNELS)
    field(page).press("Enter")
    expect(page.locator("#trouble")).to_have_text(texts_page.SERVICE_BUSY)
    page.unroute("**/gradio_api/queue/join*")
    ask(page, CHANNELS)
    expect(page.locator("#trouble")).to_have_text("")


def test_the_about_page_leads_to_the_documents(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("link", name="Slik virker den").click()
    page.locator("ul.documents a").first.click()
    assert page.url.endswith(f"/kilde/{STRATEGY}")
