"""The source viewer in a real browser: what a newcomer sees first, axe, zoom, keyboard, paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistent import texts_viewer
from assistent.answering import Assistant
from assistent.types import Source
from assistent.web.addresses import viewer_address
from tests.browser.conftest import OpenPage, served
from tests.browser.test_page_in_browser import no_sideways_scroll, violations
from tests.web.viewed import (
    COLUMNS,
    CROSSING,
    LONG,
    RULES,
    TABLES,
    assistant_over,
    quote_of,
    viewed_corpus,
)

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
QUOTES = {
    "rules": (RULES, "Kontanter kan ikke benyttes."),
    "list": (RULES, "Adgangskort\n• også gjestekort"),
    "row": (RULES, "Vare: Te. Pris: 8 kroner."),
    "columns": (COLUMNS, "Kommunens viktigste kanaler for å nå innbyggerne og andre målgrupper"),
    "crossing": (CROSSING, "også på mobil og den fortsetter på neste side"),
    "tables": (TABLES, "Farge: dark-blue-1000. Kode: #2a2859."),
    "long": (LONG, "Setning 4 i del 3 av kapittel 20 sier noe om kanaler."),
}
PAGES = [*QUOTES, "whole", "page", "large", "gone"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return viewed_corpus(tmp_path_factory.mktemp("vist"))


@pytest.fixture(scope="module")
def assistant(corpus: Path) -> Assistant:
    return assistant_over(corpus, corpus.parent / "indeks")


@pytest.fixture(scope="module")
def address(assistant: Assistant, corpus: Path) -> Iterator[str]:
    with served(assistant, ASSISTENT_KORPUS=str(corpus)) as started:
        yield started


@pytest.fixture(scope="module")
def sources(assistant: Assistant) -> dict[str, Source]:
    return {
        name: quote_of(assistant.document(path), quote, number)
        for number, (name, (path, quote)) in enumerate(QUOTES.items(), start=1)
    }


@pytest.fixture(scope="module")
def paths(sources: dict[str, Source]) -> dict[str, str]:
    """The address of each page by its name."""
    links = {name: viewer_address(source, sources.values()) for name, source in sources.items()}
    links["whole"] = f"/kilde/{RULES}"
    links["page"] = f"/kilde/{CROSSING}?side=3"
    links["large"] = links["columns"].replace("#sitat", "&stor=1")
    links["gone"] = f"/kilde/{RULES}?fra=3&til=9&merke=abcdef#sitat"
    return links


def settled(page: Page) -> Page:
    for image in page.locator("figure img").all():
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("e => e.naturalWidth") > 0
    return page


def in_view(page: Page, selector: str) -> bool:
    """Whether an element is on the screen and nothing lies over its first words."""
    return page.locator(selector).first.evaluate(
        """e => {
        const box = e.getClientRects()[0];
        const hit = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
        return box.top >= 0 && box.bottom <= innerHeight && (hit === e || e.contains(hit)
            || (hit && hit.contains(e)));
    }"""
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("size", [PHONE, NARROW, DESKTOP], ids=["phone", "narrow", "desktop"])
@pytest.mark.parametrize("name", QUOTES)
def test_the_first_screen_says_document_standing_and_quote(
    open_page: OpenPage,
    paths: dict[str, str],
    sources: dict[str, Source],
    name: str,
    size: dict[str, int],
    script: bool,
) -> None:
    page = open_page(paths[name], size=size, java_script_enabled=script)
    expect(page.locator("#sitat")).to_be_in_viewport()
    expect(page.locator(".bar b")).to_be_in_viewport(ratio=1)
    expect(page.locator(".bar b")).to_have_text(sources[name].title)
    expect(page.locator(".bar .badge")).to_be_in_viewport(ratio=1)
    if script:
        assert in_view(page, "#sitat")
    marks = "".join(page.locator("mark").all_text_contents())
    assert marks == sources[name].quote


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    open_page: OpenPage, paths: dict[str, str], name: str, size: str, scheme: str
) -> None:
    page = settled(open_page(paths[name], size=SIZES[size], scheme=scheme))
    assert violations(page) == []
    for fold in page.locator("details").all():
        fold.evaluate("e => { e.open = true; }")
    assert violations(page) == []


@pytest.mark.parametrize("name", ["rules", "columns", "row"])
def test_axe_finds_nothing_in_forced_colours_and_with_large_text(
    open_page: OpenPage, paths: dict[str, str], name: str
) -> None:
    page = settled(open_page(paths[name], size=PHONE, forced_colors="active"))
    assert violations(page) == []
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page = settled(open_page(paths[name], size=PHONE))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways(open_page: OpenPage, paths: dict[str, str], name: str) -> None:
    page = settled(open_page(paths[name], size={"width": 320, "height": 256}))
    for fold in page.locator("details").all():
        fold.evaluate("e => { e.open = true; }")
    assert no_sideways_scroll(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert no_sideways_scroll(page)
    page.set_viewport_size(PHONE)
    assert no_sideways_scroll(page)


def test_the_line_above_leaves_room_for_the_text(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page(paths["columns"], size=PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.locator(".bar").bounding_box()["height"] < PHONE["height"] / 2
    # On a low screen, such as a phone on its side or 400 % zoom, it scrolls away.
    page.set_viewport_size({"width": 640, "height": 320})
    assert page.locator(".bar").evaluate("e => getComputedStyle(e).position") == "static"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", SIZES)
def test_targets_are_large(
    open_page: OpenPage, paths: dict[str, str], size: str, name: str
) -> None:
    page = open_page(paths[name], size=SIZES[size])
    for fold in page.locator("details").all():
        fold.evaluate("e => { e.open = true; }")
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
        .filter(e => e.offsetParent && !e.closest('.skip'))
        .filter(e => e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_the_frames_lie_over_the_words_of_the_picture(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = settled(open_page(paths["columns"], size=DESKTOP))
    image, drawing = (page.locator(f".paper {tag}").bounding_box() for tag in ("img", "svg"))
    for edge in ("x", "y", "width", "height"):
        assert abs(image[edge] - drawing[edge]) < 1.5
    assert image["height"] / image["width"] == pytest.approx(842 / 595, rel=0.01)
    frames = [frame.bounding_box() for frame in page.locator(".paper rect").all()]
    assert len(frames) >= 2
    for frame in frames:
        assert image["x"] < frame["x"]
        assert frame["x"] + frame["width"] < image["x"] + image["width"] / 2
    # The text stands beside the picture.
    assert page.locator(".sheet-text").bounding_box()["x"] > image["x"] + image["width"]


def test_on_a_phone_the_picture_stands_above_the_text_one_tap_away(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = settled(open_page(paths["columns"], size=PHONE, has_touch=True))
    image = page.locator(".paper img")
    assert image.bounding_box()["y"] < page.locator(".sheet-text").bounding_box()["y"]
    page.get_by_role("link", name=texts_viewer.TO_PICTURE).tap()
    expect(image).to_be_in_viewport()
    expect(page.locator(".paper rect").first).to_be_in_viewport()
    viewport = page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport
    small = image.bounding_box()
    page.get_by_role("link", name=texts_viewer.PAGE_LARGE).tap()
    page.wait_for_url("**stor=1*")
    settled(page)
    assert image.bounding_box()["width"] > 2 * small["width"]
    assert "bredde=1600" in image.evaluate("e => e.currentSrc")
    expect(page.locator(".paper rect").first).to_be_in_viewport()
    page.get_by_role("link", name=texts_viewer.PAGE_WITH_TEXT).tap()
    expect(page.locator("#sitat")).to_be_visible()


def test_the_page_does_not_jump_when_the_picture_comes(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page("/om", size=PHONE)
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver(list => { for (const each of list.getEntries())
            window.shift += each.value; }).observe({type: 'layout-shift', buffered: true});"""
    )
    page.goto(paths["columns"])
    settled(page)
    assert page.evaluate("window.shift") < 0.05


@pytest.mark.parametrize("name", ["rules", "columns", "long"])
def test_what_is_sent_is_light(open_page: OpenPage, paths: dict[str, str], name: str) -> None:
    page = open_page("/om", size=PHONE)
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda response: sizes.__setitem__(
            response.request.resource_type,
            sizes.get(response.request.resource_type, 0)
            + response.request.sizes()["responseBodySize"],
        ),
    )
    page.goto(paths[name])
    settled(page)
    page.wait_for_load_state("networkidle")
    picture = sizes.pop("image", 0)
    assert sum(sizes.values()) < 30_000, sizes
    assert picture < 200_000


def test_the_keyboard_goes_from_the_skip_link_to_the_quote_and_on(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page(paths["rules"].replace("#sitat", ""), size=PHONE)
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == [texts_viewer.SKIP, texts_viewer.SKIP_TO_QUOTE]
    page.keyboard.press("Enter")
    expect(page.locator("#sitat")).to_be_focused()
    expect(page.locator("#sitat")).to_be_in_viewport()
    page.locator(".turn a[rel=next]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bar .count")).to_have_text(texts_viewer.quote_number(2, len(QUOTES)))
    assert "".join(page.locator("mark").all_text_contents()) == QUOTES["list"][1]


def test_what_has_the_focus_is_not_under_the_line_above(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page(paths["long"], size=PHONE)
    page.locator("details.contents summary").click()
    page.locator("details.contents a[href^='#']").last.click()
    target = page.url.partition("#")[2]
    assert in_view(page, f"#{target}")


def test_previous_and_next_go_through_all_quotes(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page(paths["rules"], size=PHONE, java_script_enabled=False)
    seen = []
    for number in range(1, len(QUOTES) + 1):
        expect(page.locator(".bar .count")).to_have_text(
            texts_viewer.quote_number(number, len(QUOTES))
        )
        expect(page.locator("#sitat")).to_be_in_viewport()
        seen.append("".join(page.locator("mark").all_text_contents()))
        if number < len(QUOTES):
            page.locator(".turn a[rel=next]").first.click()
    assert seen == [quote for _, quote in QUOTES.values()]


def test_a_page_is_chosen_by_its_number(open_page: OpenPage, paths: dict[str, str]) -> None:
    page = open_page(paths["columns"], size=PHONE)
    page.get_by_label(texts_viewer.PAGE_FIELD).fill("2")
    page.get_by_role("button", name=texts_viewer.PAGE_BUTTON).click()
    expect(page.locator(".pages .count")).to_have_text(texts_viewer.page_of(2, 6))
    page.get_by_role("link", name=texts_viewer.BACK_TO_QUOTE).click()
    expect(page.locator("#sitat")).to_be_in_viewport()


def test_the_original_is_saved_under_its_name(
    open_page: OpenPage, paths: dict[str, str], corpus: Path
) -> None:
    page = open_page(paths["columns"], size=PHONE)
    with page.expect_download() as download:
        page.locator(".file a").click()
    assert download.value.suggested_filename == Path(COLUMNS).name
    assert Path(download.value.path()).read_bytes() == (corpus / COLUMNS).read_bytes()


def test_on_paper_there_is_the_text_and_the_mark(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = settled(open_page(paths["columns"], size=DESKTOP))
    page.emulate_media(media="print")
    for selector in (".bar", ".turn", ".jump", ".service", ".back", ".fold"):
        for each in page.locator(selector).all():
            expect(each).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
