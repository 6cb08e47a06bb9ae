"""Hostile strings on the phone page: wherever they come from, they are text and nothing else."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.phone_assistant import PhoneAssistant
from tests.browser.phone_page import TOUCH, answered, ask, field, newest, open_folds
from tests.web.fake_assistant import (
    CHANNELS,
    GOALS,
    HOSTILE_QUESTION,
    HOW_TO_WRITE,
    REGION_CHANNELS,
    UNKNOWN,
)
from tests.web.vectors import VECTORS

PHONE_CONTEXT = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

pytestmark = pytest.mark.browser

# Everything that could run, load, send or cover.
FOREIGN = """() => [...document.querySelectorAll('body *')].filter(each =>
    each.matches('script, img, svg, math, iframe, object, embed, base, style, video, audio, '
      + 'form:not(#skjema, .resend), input:not([name=samtale], [name=sporsmal]), [formaction], '
      + 'select, marquee, [srcdoc], [style]:not(textarea)')
    || each.matches('a[href]') && each.origin !== location.origin
    || [...each.attributes].some(attribute => attribute.name.startsWith('on')))
  .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def address(phone_server: tuple[PhoneAssistant, str]) -> str:
    return phone_server[1]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The page; a dialog that opens fails the test, and so does a request to anybody else."""
    opened: list[str] = []

    def note(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page = open_page("/m", **TOUCH)
    page.on("dialog", note)
    yield page
    assert opened == []


@pytest.fixture
def inert(browser: Browser, address: str) -> Page:
    """The page where the browser may say that it has refused something, as it does of a spoilt
    card while the card is read; nothing may run, and nobody else may be asked.
    """
    page = browser.new_page(base_url=address, **PHONE_CONTEXT)
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(error.message))
    page.goto("/m")
    yield page
    page.close()
    assert [each for each in faults if not each.startswith(f"{address}/")] == []


def first_card(page: Page) -> str:
    """The HTML of an answer as the server sends it."""
    return page.evaluate(
        """async (question) => {
          const body = new URLSearchParams({sporsmal: question});
          const told = await (await fetch('/m/svar', {method: 'POST', body})).text();
          return JSON.parse(told.split('data: ').at(-1).trim()).html;
        }""",
        HOW_TO_WRITE,
    )


def entry(html: str, question: str) -> dict[str, object]:
    return {
        "q": question,
        "html": html,
        "edition": question,
        "day": question,
        "when": 4_000_000_000_000,
        "whole": True,
    }


def test_in_the_question(page: Page) -> None:
    for number, vector in enumerate(VECTORS, start=1):
        ask(page, vector.replace("\n", " "), number)
        assert page.evaluate(FOREIGN) == []
    expect(page.locator(".exchange")).to_have_count(len(VECTORS))
    assert page.title().endswith("Kommunikasjonsassistenten")


def test_in_the_address(page: Page) -> None:
    for vector in VECTORS:
        for name in ("q", "skriv"):
            page.evaluate(
                "([name, value]) => location.assign('/m?' + new URLSearchParams({[name]: value}))",
                [name, vector],
            )
            page.wait_for_url(f"**/m?{name}=*")
            expect(page.locator("#status")).to_be_attached()
            assert page.evaluate(FOREIGN) == []
        page.goto("/m")


def test_in_the_history(page: Page) -> None:
    history = json.dumps([{"role": "user", "content": each} for each in VECTORS])
    page.locator("#historikk").evaluate("(e, value) => { e.value = value; }", history)
    ask(page, CHANNELS)
    assert page.evaluate(FOREIGN) == []
    for vector in VECTORS[::8]:
        page.locator("#historikk").evaluate(
            "(e, value) => { e.value = value; }", json.dumps([{"role": "user", "content": vector}])
        )
        field(page).fill(CHANNELS)
        page.locator("#skjema").evaluate("e => e.submit()")  # as without a script
        page.wait_for_load_state()
        expect(page.locator("details.earlier")).to_be_attached()
        assert page.evaluate(FOREIGN) == []


def test_in_an_answer(page: Page) -> None:
    ask(page, HOSTILE_QUESTION)
    open_folds(page)
    assert page.evaluate(FOREIGN) == []
    expect(newest(page).locator("blockquote").first).to_contain_text("<script>")


def test_in_the_stores_of_the_device(inert: Page) -> None:
    card = first_card(inert)
    kept = [entry(card.replace("<p class=", f"{each}<p class=", 1), each) for each in VECTORS]
    kept += [entry(each, each) for each in VECTORS]
    for start in range(0, len(kept), 8):
        inert.evaluate(
            "(some) => localStorage.setItem('assistent.siste', JSON.stringify(some))",
            kept[start : start + 8],
        )
        inert.reload()
        buttons = inert.locator("#siste li button")
        for at in range(buttons.count()):
            buttons.nth(at).evaluate("e => e.click()")
        assert inert.evaluate(FOREIGN) == []
        talk = {"asked": "", "history": VECTORS[0], "y": 0, "exchanges": kept[start : start + 8]}
        # Written on another page, for this one writes its own conversation when it is left.
        inert.goto("/kanal")
        inert.evaluate(
            "(talk) => sessionStorage.setItem('assistent.samtale', talk)", json.dumps(talk)
        )
        inert.goto("/m")
        open_folds(inert)
        assert inert.evaluate(FOREIGN) == []
        inert.goto("/kanal")
        inert.evaluate("sessionStorage.clear()")
        inert.goto("/m")


@pytest.mark.parametrize(
    "stored",
    [
        "null",
        "{}",
        "[",
        '"x"',
        "[1, null, {}, []]",
        '[{"q": 1}]',
        '[{"q": "x", "html": "x", "edition": "x", "day": "x", "when": "x"}]',
        '{"exchanges": 3}',
        '{"exchanges": [{}], "asked": {}, "y": "x"}',
    ],
)
def test_spoilt_stores_are_none(inert: Page, stored: str) -> None:
    inert.goto("/kanal")
    inert.evaluate(
        "(value) => { localStorage.setItem('assistent.siste', value);"
        " sessionStorage.setItem('assistent.samtale', value); }",
        stored,
    )
    inert.goto("/m")
    expect(inert.locator("#siste")).to_be_hidden()
    ask(inert, CHANNELS)
    start = inert.get_by_role("link", name="Ny samtale")
    start.tap()
    expect(inert.locator("#siste li")).to_have_count(1)


def test_a_form_from_the_store_is_dropped_and_ours_sends_to_us(inert: Page) -> None:
    form = (
        '<form class="resend" method="get" action="https://outside.test/">'
        '<input type="password" name="passord"><button formaction="https://outside.test/">Logg inn'
        "</button></form>"
    )
    card = first_card(inert).replace("<p class=", f"{form}<p class=", 1)
    inert.evaluate(
        "(some) => localStorage.setItem('assistent.siste', JSON.stringify(some))",
        [entry(card, "Hva?")],
    )
    inert.reload()
    inert.locator("#siste summary").tap()
    inert.locator("#siste li button").tap()
    expect(newest(inert).locator(".claim").first).to_be_visible()
    expect(newest(inert).locator("form, input")).to_have_count(0)


def test_what_the_server_sends_comes_through_unchanged(page: Page) -> None:
    changed = """async (question) => {
      const shown = document.querySelector('.newest').cloneNode(true);
      shown.classList.remove('newest');
      shown.querySelectorAll('.actions').forEach(e => e.replaceChildren());
      const number = shown.firstElementChild.id.split('-')[1];
      const body = new URLSearchParams({sporsmal: question, nummer: number});
      const told = await (await fetch('/m/svar', {method: 'POST', body})).text();
      const holder = document.createElement('template');
      holder.innerHTML = JSON.parse(told.split('data: ').at(-1).trim()).html;
      const plain = (card) => [card, ...card.querySelectorAll('*')].map(e => e.localName + ' ' +
        [...e.attributes].map(a => a.name + '=' + a.value).sort().join(' ') + ' ' +
        [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('|'));
      const [ours, theirs] = [plain(shown), plain(holder.content.firstElementChild)];
      return theirs.filter((each, at) => each !== ours[at]);
    }"""
    questions = (HOW_TO_WRITE, CHANNELS, GOALS, REGION_CHANNELS, UNKNOWN)
    for number, question in enumerate(questions, start=1):
        ask(page, question, number)
        answered(page, number)
        assert page.evaluate(changed, question) == []


def test_the_policy_stops_what_got_in(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(f"{address}/m")
    refused = page.evaluate(
        """() => new Promise((resolve) => {
          const refused = new Set();
          document.addEventListener('securitypolicyviolation', (event) => {
            refused.add(event.effectiveDirective);
            if (refused.size === 4) resolve([...refused].sort());
          });
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend',
            '<b id="b" onclick="window.ran = true" style="color: red">x</b>'
            + '<img src="https://outside.test/x.png">');
          document.getElementById('b').click();
        })"""
    )
    assert refused == ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]
    assert page.evaluate("window.ran") is None
    assert not [url for url in asked if not url.startswith(address)]
    page.close()
