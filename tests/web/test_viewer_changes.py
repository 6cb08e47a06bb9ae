"""Links outlive the edition they were made from: the quote is found again, or said to be gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent import texts_viewer
from assistent.answering import Assistant
from assistent.types import Span
from assistent.web.addresses import ViewerAddress, quote_mark, viewer_address
from assistent.web.quoted_place import Fate, Located, locate
from tests.conftest import Built
from tests.fakes import TODAY, WordEmbedder, build
from tests.web.html_select import select
from tests.web.viewed import client_of, marked, quote_of, shown, words

CANTEEN = "regler/kantine.md"
BIKES = "regler/sykkel.md"
QUOTE = "Kantinen stenger klokken fjorten."


class Service:
    """An assistant whose corpus is edited and read anew while links to it are kept."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.path = built.corpus / CANTEEN
        self.open()

    def open(self) -> None:
        self.assistant = Assistant(self.built.index, WordEmbedder(), today=lambda: TODAY)
        self.client = client_of(self.assistant, self.built.corpus)

    def edit(self, old: str, new: str) -> None:
        text = self.path.read_text("utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")
        build(self.built.corpus, self.built.index)
        self.open()

    def link(self, quote: str = QUOTE, path: str = CANTEEN) -> str:
        return viewer_address(quote_of(self.assistant.document(path), quote))


@pytest.fixture
def service(own_index: Built) -> Service:
    return Service(own_index)


def notices(page: str) -> str:
    return words(select(shown(page), "p.notice"))


def test_a_quote_that_has_moved_is_found_again(service: Service) -> None:
    link = service.link()
    service.edit("## Åpningstider", "## Innledning\nKantinen er åpen for alle.\n\n## Åpningstider")
    page = service.client.get(link).text
    assert marked(page) == QUOTE
    assert texts_viewer.QUOTE_MOVED in notices(page)
    assert "Åpningstider" in words(select(shown(page), ".bar-section"))


def test_a_quote_that_was_rewritten_is_said_to_be_gone(service: Service) -> None:
    link = service.link()
    service.edit("klokken fjorten", "klokken femten!")
    page = service.client.get(link).text
    assert marked(page) == ""
    assert texts_viewer.QUOTE_GONE in notices(page)
    assert "klokken femten!" in page


def test_a_quote_that_stands_several_times_is_not_guessed(service: Service) -> None:
    link = service.link()
    service.edit("# Kantineordningen", f"# Kantineordningen\n\n{QUOTE} Slik var det.\n")
    page = service.client.get(link).text
    assert marked(page) == ""
    assert texts_viewer.QUOTE_DOUBTFUL in notices(page)


def test_a_quote_that_stands_where_it_stood_is_no_news(service: Service) -> None:
    link = service.link()
    service.edit("Alle betaler med kort.", "Alle betaler med mobil.")
    page = service.client.get(link).text
    assert marked(page) == QUOTE
    assert notices(page) == ""


def test_quotes_of_a_document_that_is_gone_are_passed_over(service: Service) -> None:
    quotes = [
        quote_of(service.assistant.document(CANTEEN), QUOTE, 1),
        quote_of(service.assistant.document(BIKES), "Hjelm følger med sykkelen.", 2),
        quote_of(service.assistant.document(CANTEEN), "Alle betaler med kort.", 3),
    ]
    link = viewer_address(quotes[0], quotes)
    assert words(select(shown(service.client.get(link).text), ".count")) == "Sitat 1 av 3"
    catalogue = service.built.corpus / "katalog.toml"
    catalogue.write_text(catalogue.read_text("utf-8").split("\n\n")[0], encoding="utf-8")
    (service.built.corpus / BIKES).unlink()
    service.edit("Bankkort", "Bankkort ")
    page = shown(service.client.get(link).text)
    assert words(select(page, ".count")) == "Sitat 1 av 2"
    [following] = select(page, ".turn a[rel='next']")
    assert marked(service.client.get(following.get("href")).text) == "Alle betaler med kort."


def test_the_quotes_of_an_answer_lead_to_each_other_and_back(service: Service) -> None:
    quotes = [
        quote_of(service.assistant.document(CANTEEN), QUOTE, 1),
        quote_of(service.assistant.document(BIKES), "Hjelm følger med sykkelen.", 2),
        quote_of(service.assistant.document(CANTEEN), "Alle betaler med kort.", 3),
    ]
    address, seen, titles = viewer_address(quotes[0], quotes), [], []
    while address:
        response = service.client.get(address)
        page = shown(response.text)
        seen.append(marked(page))
        following = select(page, ".turn a[rel='next']")
        titles += [words(select(each, ".only-read")) for each in following]
        address = following[0].get("href") if following else ""
    assert seen == [each.quote for each in quotes]
    assert titles == ["i «Sykkelordningen»", "i «Kantineordningen»"]
    for earlier in reversed(seen[:-1]):
        [before] = select(page, ".turn a[rel='prev']")
        page = shown(service.client.get(before.get("href")).text)
        assert marked(page) == earlier
    assert not select(page, ".turn a[rel='prev']")


def test_a_single_quote_has_no_neighbours(service: Service) -> None:
    page = shown(service.client.get(service.link()).text)
    assert words(select(page, ".bar b")) == "Kantineordningen"
    assert not select(page, ".turn")


# --- Finding it again ----------------------------------------------------------------------------


def place(quote: str, start: int, text: str | None = None) -> ViewerAddress:
    return ViewerAddress("a.md", start, start + len(quote), quote_mark(text or quote))


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_what_is_found_is_the_quote(before: str, after: str) -> None:
    quote = "Skriv klart."
    text = f"{before} {quote} {after}"
    start = len(before) + 1
    assert locate(text, place(quote, start)) == Located(Fate.THERE, Span(start, start + len(quote)))
    moved = locate(text, place(quote, start + 7))
    assert moved == Located(Fate.MOVED, Span(start, start + len(quote)))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (0, 10**9), (10**8, 10**8 + 5), (3, 3)])
def test_places_outside_the_text_are_nowhere_or_gone(start: int, end: int) -> None:
    text = "Skriv klart. Skriv kort."
    for mark in ("", "abcdef"):
        found = locate(text, ViewerAddress("a.md", start, end, mark))
        assert found.span is None
        assert found.fate in {Fate.NOWHERE, Fate.GONE}


def test_a_link_without_a_check_mark_is_taken_at_its_word() -> None:
    assert locate("Skriv klart.", ViewerAddress("a.md", 0, 5)) == Located(Fate.THERE, Span(0, 5))
    assert locate("a   b", ViewerAddress("a.md", 1, 4)) == Located(Fate.NOWHERE)
