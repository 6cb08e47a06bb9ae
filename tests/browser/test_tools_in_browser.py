"""The guided tools in a real browser: axe, thumb, keyboard, and never a script."""

import pytest
from playwright.sync_api import Page, expect

from assistent import forms, texts_tools
from assistent import texts_guidance as words
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_page_in_browser import SIZES, ask, no_sideways_scroll, violations

pytestmark = pytest.mark.browser

RESULT = "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1"
ADDRESSES = [
    "/kanal",
    "/kanal?maalgruppe=ansatte&melding=nyhet&hast=i+dag",
    "/kanal?maalgruppe=tull&melding=nyhet",
    "/kanal?hast=fare+for+liv+eller+helse",
    "/kanal?hast=fare+for+liv+eller+helse&maalgruppe=innbyggere",
    RESULT,
    "/kanal?maalgruppe=innbyggere&melding=plikt+eller+vedtak+til+enkeltpersoner&hast=god+tid&vis=1",
    "/beslutning",
    "/beslutning?krise=kanskje",
    "/beslutning?ansatte=ja&krise=usikker&gjort=informasjonsplikt",
]
QUICK = {"grupper": "nei", "rettigheter": "nei", "ansatte": "ja", "media": "usikker"}


def open_all(page: Page) -> None:
    for fold in page.locator("details").all():
        fold.evaluate("e => { e.open = true; }")


def answer_all(page: Page) -> None:
    page.get_by_label(words.DESCRIPTION_LABEL).fill("Ny vaktplan")
    for theme, key in forms.THEME_KEYS.items():
        group = page.get_by_role("group", name=words.DECISION_QUESTION[theme])
        group.get_by_role("radio", name=words.REPLY[QUICK.get(key, "nei")], exact=True).click()
    page.get_by_role("button", name=texts_tools.DECISION_SHOW).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
class TestAxe:
    @pytest.mark.parametrize("path", ADDRESSES)
    def test_pages(self, open_page: OpenPage, size: str, scheme: str, path: str) -> None:
        page = open_page(path, size=SIZES[size], scheme=scheme)
        assert violations(page) == []
        open_all(page)
        assert violations(page) == []
        assert page.locator("html").get_attribute("lang") == "nb"

    def test_checklist_and_receipt(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page("/beslutning", size=SIZES[size], scheme=scheme)
        answer_all(page)
        page.locator(".tick input").first.check()
        assert violations(page) == []
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name=texts_tools.SAVE_PREVIEW).click()
        assert violations(page) == []

    def test_offer_in_the_chat(self, open_page: OpenPage, size: str, scheme: str) -> None:
        page = open_page(size=SIZES[size], scheme=scheme)
        ask(page, "Hvilken kanal bruker vi til en nyhet til innbyggerne?")
        offered = page.get_by_role("link", name=texts_tools.OFFER_LINK["kanal"])
        assert violations(page) == []
        with page.context.expect_page() as opened:
            offered.click()
        opened.value.wait_for_load_state()
        # Audience and message stand in the question; the next thing asked is how soon.
        heading = opened.value.get_by_role("heading", level=1)
        expect(heading).to_have_text(words.CHANNEL_QUESTION[forms.URGENCY])


def test_four_taps_by_thumb_without_a_script(open_page: OpenPage) -> None:
    page = open_page("/kanal", size=PHONE, java_script_enabled=False, has_touch=True)
    for label in ("Innbyggere", "Nyhet", "Vi har god tid", texts_tools.CHANNEL_SHOW):
        button = page.get_by_role("button", name=label, exact=True)
        expect(button).to_be_in_viewport(ratio=1)  # no scrolling before the tap
        button.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bruk først: oslo.kommune.no")
    page.locator(".channel.first details.source summary").first.tap()
    expect(page.locator(".channel.first blockquote").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_decision_by_thumb_from_question_to_receipt(open_page: OpenPage, script: bool) -> None:
    page = open_page("/beslutning", size=PHONE, java_script_enabled=script)
    answer_all(page)
    expect(page.locator(".decision")).to_have_text("Ny vaktplan")
    page.locator(".tick").first.click()
    page.get_by_role("button", name=texts_tools.SAVE_LINK_MAKE).click()
    expect(page.locator(".tick input").first).to_be_checked()
    link = page.get_by_role("link", name=texts_tools.SAVE_LINK).get_attribute("href")
    assert "vaktplan" not in link
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{texts_tools.SAVE_FILE}: PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("button", name=texts_tools.SAVE_PREVIEW).click()
    expect(page.locator("article")).to_contain_text("1 av ")
    page.get_by_role("button", name=texts_tools.PREVIEW_BACK).click()
    expect(page.locator(".tick input").first).to_be_checked()
    page.goto(link)
    expect(page.locator(".tick input").first).to_be_checked()
    expect(page.locator(".decision")).to_have_count(0)


def tab_past_the_header(page: Page, count: int) -> None:
    """Go by the skip link to the control that is ``count`` steps into the content."""
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == texts_tools.SKIP
    page.keyboard.press("Enter")
    for _ in range(count):
        page.keyboard.press("Tab")


def test_the_keyboard_alone_finds_a_channel(open_page: OpenPage) -> None:
    page = open_page("/kanal", size=DESKTOP)
    for question, place in ((forms.AUDIENCE, 1), (forms.MESSAGE, 4), (forms.URGENCY, 4)):
        expect(page.get_by_role("heading", level=1)).to_have_text(words.CHANNEL_QUESTION[question])
        tab_past_the_header(page, place)
        page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox")).to_have_count(4)
    tab_past_the_header(page, 2)
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    answers = page.locator("dl.answers")
    for label in ("Innbyggere", "Nyhet", "Vi har god tid", "Mottakerne snakker mange språk"):
        expect(answers).to_contain_text(label)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bruk først")


def test_the_keyboard_alone_answers_ticks_and_edits(open_page: OpenPage) -> None:
    page = open_page("/beslutning", size=DESKTOP)
    page.get_by_label(words.DESCRIPTION_LABEL).focus()
    page.keyboard.type("Ny vaktplan")
    for _ in forms.THEMES:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tick input")
    assert page.locator("dl.answers dd").all_inner_texts() == ["Nei"] * 10
    page.locator(".tick input").first.focus()
    page.keyboard.press("Space")
    page.get_by_label(words.DESCRIPTION_LABEL).focus()
    # Enter in the field must not throw anything away.
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".tick input").first).to_be_checked()
    expect(page.locator(".decision")).to_have_text("Ny vaktplan")
    page.get_by_role("button", name=texts_tools.CHANGE_ANSWERS).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(words.DESCRIPTION_LABEL)).to_have_value("Ny vaktplan")
    assert page.locator("input:checked").count() == 10


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("size", SIZES)
def test_targets_are_large(open_page: OpenPage, size: str, path: str) -> None:
    page = open_page(path, size=SIZES[size])
    open_all(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, label, input[type=text]')]
        .filter(e => e.offsetParent && !e.closest('.skip') && !e.matches('.field label'))
        .filter(e => e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 100))"""
    )
    assert small == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_scrolls_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page(path, size={"width": 320, "height": 640})
    open_all(page)
    assert no_sideways_scroll(page)
    page.set_viewport_size({"width": 640, "height": 640})
    assert no_sideways_scroll(page)


def test_the_tools_are_one_tap_from_the_chat(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    link = page.get_by_role("link", name=texts_tools.TO_CHANNEL)
    expect(link).to_be_in_viewport(ratio=1)
    assert link.bounding_box()["height"] >= 44
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvem skal du nå?")


def test_a_conversation_is_not_lost_when_a_tool_is_opened(open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    ask(page, "Hvordan skal vi skrive?")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=texts_tools.TO_DECISION).click()
    opened.value.wait_for_load_state()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(words.DECISION_TITLE)
    expect(page.locator(".exchange")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
def test_the_jumps_lead_to_their_part(open_page: OpenPage, size: str) -> None:
    page = open_page("/beslutning?krise=usikker", size=SIZES[size])
    for target in ("#del-3", "#ta-vare", "#del-2", "#svar"):
        page.evaluate("scrollTo(0, 0)")
        page.locator(f".jump a[href='{target}']").click()
        expect(page.locator(target)).to_be_in_viewport(ratio=1)
