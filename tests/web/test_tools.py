"""The guided tools as pages: every route, hostile and wrong input, proof of every line shown."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from urllib.parse import parse_qs, unquote, urlsplit

import docx
import pytest
from fastapi.testclient import TestClient
from lxml import html

from assistent import forms, texts_tools
from assistent import texts_guidance as words
from assistent.settings import load_settings
from assistent.types import ChannelStatus
from assistent.web.server import create_app
from tests.web.fake_assistant import ATTACK, EDITION, FakeAssistant
from tests.web.html_select import select

LIBRARY = FakeAssistant().library()
NEWS = {"maalgruppe": "innbyggere", "melding": "nyhet", "hast": "god tid", "vis": "1"}
DECISION = {"ansatte": "ja", "media": "usikker", "rettigheter": "nei"}
DESCRIPTION = "Ny vaktplan i hjemmetjenesten"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeAssistant(), load_settings({}))) as running:
        yield running


def page_of(response) -> html.HtmlElement:
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def prove(page: html.HtmlElement) -> int:
    """Every source shown has its quote, to the letter, where its link points."""
    sources = select(page, "details.source")
    for source in sources:
        [quote] = select(source, "blockquote")
        [link] = select(source, "a.open")
        address = urlsplit(link.get("href"))
        path = unquote(address.path).removeprefix("/kilde/")
        place = parse_qs(address.query)
        text = LIBRARY.documents[path].text
        assert text[int(place["fra"][0]) : int(place["til"][0])] == quote.text_content()
        assert select(source, ".badge")
    return len(sources)


# --- Kanalvelger ---------------------------------------------------------------------------------


def test_four_taps_lead_to_a_channel(client: TestClient) -> None:
    address, taps = "/kanal", 0
    for name, answer in ((k, v) for k, v in NEWS.items()):
        page = page_of(client.get(address))
        [form] = [each for each in select(page, "form") if each.get("method") == "get"]
        [button] = [
            each
            for each in select(form, "button")
            if each.get("name") == name and each.get("value") == answer
        ]
        fields = [
            (each.get("name"), each.get("value")) for each in select(form, "input[type='hidden']")
        ]
        address = str(client.get("/kanal", params=[*fields, (name, button.get("value"))]).url)
        taps += 1
    page = page_of(client.get(address))
    assert taps == 4
    assert text_of(select(page, "h1")[0]) == "Bruk først: oslo.kommune.no"


def test_the_result_says_why_what_is_demanded_why_not_and_what_is_unknown(
    client: TestClient,
) -> None:
    page = page_of(client.get("/kanal", params=NEWS))
    headings = [text_of(each) for each in select(page, "h1, h2")]
    assert headings[0] == "Bruk først: oslo.kommune.no"
    for title in (words.DEMANDS_EVERYWHERE_TITLE, words.UNKNOWN_TITLE):
        assert title in headings
    personal = {**NEWS, "melding": forms.PERSONAL}
    page = page_of(client.get("/kanal", params=personal))
    [why_not] = [
        each for each in select(page, "details.fold") if words.REJECTED_TITLE in text_of(each)
    ]
    assert "Sosiale medier" in text_of(why_not)
    assert "open" not in why_not.attrib


def test_every_rule_shown_for_a_channel_is_proven_and_no_channel_is_closed(
    client: TestClient,
) -> None:
    closed = {c.name for c in LIBRARY.registers.channels if c.status is ChannelStatus.CLOSED}
    assert closed
    shown = 0
    for audience, message in product(forms.AUDIENCES, forms.MESSAGES):
        page = page_of(
            client.get("/kanal", params={**NEWS, "maalgruppe": audience, "melding": message})
        )
        shown += prove(page)
        rules = select(page, "ul.rules li")
        assert all(select(rule, "details.source") for rule in rules)
        used = [text_of(each) for each in select(page, "h1")]
        used += [
            text_of(each)
            for each in select(page, "h3")
            if not any(a.tag == "details" for a in each.iterancestors())
        ]
        assert not [name for name in closed for title in used if name in title]
    assert shown > 500


def test_danger_shows_the_crisis_text_before_any_further_question(client: TestClient) -> None:
    page = page_of(client.get("/kanal", params={"hast": forms.DANGER}))
    first = select(page, "main h1, main h2")[0]
    assert words.CRISIS_TITLE in text_of(first)
    assert prove(page) == len(LIBRARY.registers.crisis)
    page = page_of(client.get("/kanal", params={"hast": forms.DANGER, "maalgruppe": "ansatte"}))
    assert words.CRISIS_TITLE in text_of(select(page, "main h1, main h2")[0])
    assert text_of(select(page, "h1")[0]) == texts_tools.CHANNEL_DANGER


def test_one_answer_can_be_changed_and_the_others_stay(client: TestClient) -> None:
    page = page_of(client.get("/kanal", params={**NEWS, "hensyn": "mange språk"}))
    links = [each.get("href") for each in select(page, "dl.answers a")]
    assert len(links) == 4
    for name, link in zip(NEWS, links, strict=True):
        kept = parse_qs(urlsplit(link).query)
        changed = name if name != "vis" else None
        assert changed not in kept
        assert kept["hensyn"] == ["mange språk"]
        page_of(client.get(link))
    last = page_of(client.get(links[3]))
    assert len(select(last, "input[checked]")) == 1


@pytest.mark.parametrize(
    "query",
    [
        {"maalgruppe": "alle", "melding": "nyhet", "hast": "i dag"},
        {"maalgruppe": ATTACK, "melding": "nyhet", "hast": "i dag"},
        {"maalgruppe": ["ansatte", "ledere"], "melding": "nyhet", "hast": "i dag"},
        {"maalgruppe": "x" * 4000, "melding": "nyhet", "hast": "i dag"},
        {"maalgruppe": "krise", "melding": "nyhet", "hast": "i dag"},
        {"maalgruppe": "\x00\u202e", "melding": "nyhet", "hast": "i dag"},
    ],
)
def test_a_wrong_answer_is_explained_and_the_rest_is_kept(client: TestClient, query: dict) -> None:
    response = client.get("/kanal", params=query)
    assert response.status_code == 400
    page = html.fromstring(response.text)
    [faults] = select(page, ".faults")
    assert faults.get("role") == "alert"
    assert words.CHANNEL_QUESTION[forms.AUDIENCE] in text_of(faults)
    assert "Velg" in text_of(faults) or "velge" in text_of(faults)
    assert text_of(select(page, "title")[0]).startswith(texts_tools.FAULT_PREFIX)
    hidden = {e.get("name"): e.get("value") for e in select(page, "form input[type='hidden']")}
    assert hidden == {"melding": "nyhet", "hast": "i dag"}
    assert ATTACK not in response.text
    assert len(response.text) < 8000


def test_a_wrong_concern_keeps_the_right_ones(client: TestClient) -> None:
    response = client.get("/kanal", params={**NEWS, "hensyn": ["mange språk", "tull"]})
    assert response.status_code == 400
    page = html.fromstring(response.text)
    assert [e.get("value") for e in select(page, "input[checked]")] == ["mange språk"]


def test_too_many_fields_and_bytes_that_are_no_text_get_a_page(client: TestClient) -> None:
    assert client.get("/kanal?" + "a=1&" * 500).status_code == 400
    assert client.get("/kanal?maalgruppe=%ff%fe").status_code == 400
    assert client.post("/beslutning", content=b"\xff\xfe=%ff").status_code == 200
    assert client.post("/beslutning", content=b"a=1&" * 500).status_code == 400
    assert client.get("/kanal?ukjent=1&utm_source=x").status_code == 200


# --- Beslutningssjekk ----------------------------------------------------------------------------


def checklist(client: TestClient, **more: object) -> html.HtmlElement:
    return page_of(
        client.post("/beslutning", data={"beskrivelse": DESCRIPTION, **DECISION, **more})
    )


def test_the_questions_are_asked_with_three_answers_each(client: TestClient) -> None:
    page = page_of(client.get("/beslutning"))
    questions = select(page, "fieldset.question")
    assert len(questions) == len(forms.THEMES) == 10
    for question in questions:
        assert [e.get("value") for e in select(question, "input")] == list(forms.REPLIES)
    [description] = select(page, "input[type='text']")
    assert description.get("maxlength") == "200"
    [form] = [e for e in select(page, "form") if select(e, "input[type='text']")]
    assert form.get("method") == "post"


def test_the_checklist_has_three_parts_and_every_line_is_proven(client: TestClient) -> None:
    page = checklist(client)
    assert [text_of(e) for e in select(page, ".part h2")] == list(words.PART_TITLE.values())
    lines = select(page, "li.line")
    assert len(lines) > 15
    assert all(len(select(line, "details.source")) == 1 for line in lines)
    assert all(len(select(line, "input[type='checkbox']")) == 1 for line in lines)
    assert prove(page) >= len(lines)
    assert select(page, ".clarify")
    assert select(page, ".lawyer")
    assert select(page, ".deadline")
    first = lines[0]
    assert text_of(select(first, ".strength")[0]) == "Bør"


@pytest.mark.parametrize("reply", forms.REPLIES)
def test_every_answer_alone_gives_a_proven_list(client: TestClient, reply: str) -> None:
    for key in forms.THEME_KEYS.values():
        page = page_of(client.get("/beslutning", params={key: reply}))
        assert prove(page) >= len(select(page, "li.line")) > 0


def test_a_crisis_comes_first(client: TestClient) -> None:
    page = checklist(client, krise="ja")
    assert words.CRISIS_TITLE in text_of(select(page, "main h1, main h2")[0])


def test_the_link_opens_the_same_state_without_the_description(client: TestClient) -> None:
    page = checklist(client, gjort=["vurder-kommunikasjonskonsekvenser", "finnes-ikke"])
    assert texts_tools.LINES_GONE in text_of(page)
    [link] = select(page, ".link a")
    address = link.get("href")
    assert "vaktplan" not in unquote(address).casefold()
    query = parse_qs(urlsplit(address).query)
    assert query == {
        **{k: [v] for k, v in DECISION.items()},
        "gjort": ["vurder-kommunikasjonskonsekvenser"],
    }
    opened = page_of(client.get(address))
    ids = [e.get("id") for e in select(page, "li.line")]
    assert [e.get("id") for e in select(opened, "li.line")] == ids
    assert [e.get("value") for e in select(opened, "li input[checked]")] == query["gjort"]
    assert DESCRIPTION not in opened.text_content()


def test_the_description_stands_in_no_address_and_is_not_read_from_one(client: TestClient) -> None:
    page = checklist(client)
    for element in page.iter():
        for name in ("href", "action", "formaction", "src"):
            assert "vaktplan" not in unquote(str(element.get(name, ""))).casefold()
    response = client.get("/beslutning", params={**DECISION, "beskrivelse": DESCRIPTION})
    assert DESCRIPTION not in response.text
    for address in ("/beslutning", "/beslutning/kvittering", "/beslutning/kvittering.md"):
        response = client.post(address, data={"beskrivelse": DESCRIPTION, **DECISION})
        assert response.headers["Cache-Control"] == "no-store"


def test_editing_keeps_everything(client: TestClient) -> None:
    page = checklist(client, endre="1", gjort="vurder-kommunikasjonskonsekvenser")
    [description] = select(page, "input[type='text']")
    assert description.get("value") == DESCRIPTION
    checked = {e.get("name"): e.get("value") for e in select(page, "input[checked]")}
    assert checked == DECISION
    assert [e.get("value") for e in select(page, "input[type='hidden']")] == [
        "vurder-kommunikasjonskonsekvenser"
    ]


def test_a_description_that_is_too_long_is_kept_and_explained(client: TestClient) -> None:
    long = "Ny vaktplan " * 30
    for address in ("/beslutning", "/beslutning/kvittering", "/beslutning/kvittering.pdf"):
        response = client.post(address, data={"beskrivelse": long, **DECISION, "gjort": "x-y"})
        assert response.status_code == 400
        page = html.fromstring(response.text)
        assert "200 tegn" in text_of(select(page, ".faults")[0])
        [field] = select(page, "input[type='text']")
        assert field.get("value") == long.strip()
        assert field.get("aria-invalid") == "true"
        assert {e.get("name") for e in select(page, "input[checked]")} == set(DECISION)
        assert [e.get("value") for e in select(page, "input[type='hidden']")] == ["x-y"]


def test_a_wrong_reply_is_explained_and_nothing_is_lost(client: TestClient) -> None:
    response = client.post(
        "/beslutning", data={"beskrivelse": ATTACK, **DECISION, "krise": ["kanskje"]}
    )
    assert response.status_code == 400
    page = html.fromstring(response.text)
    assert "«kanskje»" in text_of(select(page, ".faults")[0])
    [link] = select(page, ".faults a")
    assert select(page, link.get("href"))
    assert {e.get("name") for e in select(page, "input[checked]")} == set(DECISION)
    [field] = select(page, "input[type='text']")
    assert field.get("value") == ATTACK


def test_hostile_text_is_text(client: TestClient) -> None:
    data = {"beskrivelse": ATTACK + " {{ 7*7 }} #panic()", **DECISION, "gjort": [ATTACK, "../../x"]}
    for address in ("/beslutning", "/beslutning/kvittering"):
        response = client.post(address, data=data)
        page = page_of(response)
        assert not select(page, "img, script, iframe")
        assert ATTACK in page.text_content()
        assert "{{ 7*7 }}" in page.text_content()
    markdown = client.post("/beslutning/kvittering.md", data=data).text
    assert "<script" not in markdown.replace("\\<", "")
    for ending in ("docx", "pdf", "md"):
        assert client.post(f"/beslutning/kvittering.{ending}", data=data).status_code == 200


@pytest.mark.parametrize("strange", ["漢字 😀", "a\ufffeb\uffff", "\ud7ff \u0301", "ع עברית", "​"])
def test_characters_that_no_font_has_break_no_receipt(client: TestClient, strange: str) -> None:
    data = {"beskrivelse": strange, **DECISION}
    for ending in ("docx", "pdf", "md"):
        assert client.post(f"/beslutning/kvittering.{ending}", data=data).status_code == 200


# --- Receipt and plan ----------------------------------------------------------------------------


def shown_lines(page: html.HtmlElement) -> list[str]:
    [article] = select(page, "article.paper")
    parts = ("h1", "h2", "h3", "p", "li", "th")
    return [text_of(e) for e in article.iter(*parts) if text_of(e)]


def word_lines(content: bytes) -> list[str]:
    document = docx.Document(BytesIO(content))
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            cells = (cell for row in block.rows for cell in row.cells)
            lines += [p.text for cell in cells for p in cell.paragraphs]
        else:
            lines.append(block.text)
    return [" ".join(line.split()) for line in lines if line.strip()]


def at_the_same_minute(lines: list[str]) -> list[str]:
    return [re.sub(r"kl\. \d\d\.\d\d", "kl.", line) for line in lines]


def test_the_receipt_reads_the_same_on_the_page_and_in_word(client: TestClient) -> None:
    data = {"beskrivelse": DESCRIPTION, **DECISION, "gjort": "vurder-kommunikasjonskonsekvenser"}
    page = page_of(client.post("/beslutning/kvittering", data=data))
    word = client.post("/beslutning/kvittering.docx", data=data)
    lines = shown_lines(page)
    assert at_the_same_minute(word_lines(word.content)) == at_the_same_minute(lines)
    assert EDITION in lines
    assert DESCRIPTION in lines
    assert "1 av " in " ".join(lines)
    assert 'filename="kvittering-beslutningssjekk-' in word.headers["Content-Disposition"]


def test_the_receipt_says_what_the_checklist_says(client: TestClient) -> None:
    data = {"beskrivelse": DESCRIPTION, **DECISION, "gjort": "vurder-kommunikasjonskonsekvenser"}
    page = page_of(client.post("/beslutning", data=data))
    receipt = page_of(client.post("/beslutning/kvittering", data=data))
    rows = [row for row in select(receipt, "tbody tr") if len(select(row, "td")) == 6]
    lines = select(page, "li.line")
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        done, about, strength, who, deadline, _ = select(row, "td")
        assert text_of(done) == ("Ja" if select(line, "input[checked]") else "Nei")
        assert text_of(strength) == text_of(select(line, ".strength")[0])
        facts = [text_of(each) for each in select(line, "dd")]
        assert facts == [text for text in (text_of(who), text_of(deadline)) if text]
        whole = text_of(line)
        for said in select(about, "p"):
            assert text_of(said) in whole
        # And the other way round: nothing on the page is missing in the receipt.
        for said in select(line, "h3, .remark, .clarify, .whose"):
            assert text_of(said).removeprefix("? ") in [text_of(p) for p in select(about, "p")]
    quotes = {" ".join(e.text_content().split()) for e in select(page, "li.line blockquote")}
    listed = " ".join(text_of(e) for e in select(receipt, "article li"))
    assert all(f"«{quote}»" in listed for quote in quotes)


def test_the_plan_on_the_page_is_the_plan_in_word(client: TestClient) -> None:
    data = {"beskrivelse": DESCRIPTION, **DECISION}
    page = page_of(client.post("/beslutning", data=data))
    [plan] = select(page, "details.plan")
    shown = [text_of(e) for e in plan.iter("h3", "p", "li")]
    word = word_lines(client.post("/beslutning/plan.docx", data=data).content)
    assert word[1:] == shown
    assert word[0] == texts_tools.PLAN_TITLE


@pytest.mark.parametrize("name", ["kvittering", "plan"])
@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_files_come_as_what_they_are(client: TestClient, name: str, ending: str) -> None:
    response = client.post(f"/beslutning/{name}.{ending}", data=DECISION)
    kinds = {"docx": "wordprocessingml", "pdf": "application/pdf", "md": "text/markdown"}
    assert kinds[ending] in response.headers["Content-Type"]
    assert response.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["kvittering", "kvittering.pdf", "kvittering.exe", "x/y"])
def test_an_address_of_a_receipt_leads_back_to_the_tool(client: TestClient, path: str) -> None:
    response = client.get(f"/beslutning/{path}", follow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (303, "/beslutning")
    if "." in path and not path.endswith("pdf"):
        response = client.post(f"/beslutning/{path}", data=DECISION, follow_redirects=False)
        assert response.status_code == 303


# --- Policy and weight ---------------------------------------------------------------------------

PAGES = ["/kanal", "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1", "/beslutning"]
LONGEST = "/beslutning?krise=usikker"


@pytest.mark.parametrize("path", [*PAGES, LONGEST, "/kanal?maalgruppe=tull"])
def test_the_tools_have_the_strict_policy_and_no_script(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "form-action 'self'" in policy
    for inline in ("<script", "<style", " style=", " onclick="):
        assert inline not in response.text
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", [*PAGES, LONGEST])
def test_a_page_with_all_it_needs_is_light(client: TestClient, path: str) -> None:
    response = client.get(path)
    page = html.fromstring(response.text)
    needed = [e.get("href") for e in select(page, "link")]
    sizes = [int(response.headers["Content-Length"])]
    sizes += [int(client.get(each).headers["Content-Length"]) for each in needed]
    assert len(sizes) <= 8
    assert sum(sizes) < 60_000, sizes


def test_the_chat_page_leads_to_the_tools(client: TestClient) -> None:
    page = client.get("/").text
    assert 'href="./kanal"' in page
    assert 'href="./beslutning"' in page
