from dataclasses import replace

import pytest
from lxml import html

from assistent import texts_page
from assistent.texts_answer import BOKMAL, TEXTS
from assistent.types import Answer, ClaimRole, Outcome, Relation, Standing, Step
from assistent.web.answer_html import (
    QUESTION_SHOWN,
    render_answer,
    render_conversation,
)
from assistent.web.conversation import SHOWN, Exchange, extended, next_number, turns
from assistent.web.layout import PHONE
from assistent.web.sources_html import standing_badge
from tests.web.fake_assistant import (
    ATTACK,
    CHANNELS,
    GOALS,
    HOSTILE,
    HOSTILE_QUESTION,
    HOW_TO_WRITE,
    PERSONAL,
    REGION,
    REGION_CHANNELS,
    STRATEGY,
    UNKNOWN,
    FakeAssistant,
)
from tests.web.html_select import select


def shown(question: str) -> tuple[Answer, html.HtmlElement]:
    answer = FakeAssistant().answer(question)
    return answer, html.fragment_fromstring(render_answer(answer, 1))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_claim_links_to_its_sources_below() -> None:
    answer, card = shown(HOW_TO_WRITE)
    claims = select(card, "p.claim, ul.claims li")
    assert len(claims) == len(answer.claims) == 2
    for item, claim in zip(claims, answer.claims, strict=True):
        assert words(item).startswith(claim.text)
        for link, number in zip(select(item, "a.mark"), claim.sources, strict=True):
            assert link.get("href") == f"#source-1-{number}"
            assert link.get("aria-label") == f"Kilde {number}"
            assert card.get_element_by_id(f"source-1-{number}") is not None


def test_list_items_become_a_list_below_the_line_that_leads_in() -> None:
    _, card = shown(GOALS)
    kinds = [each.tag for each in select(card, "p.claim, ul.claims, ul.claims li")]
    assert kinds == ["p", "ul", "li", "li", "li"]


def test_a_source_shows_title_section_standing_and_quote() -> None:
    answer, card = shown(CHANNELS)
    (source,) = select(card, "li.source")
    text = words(source)
    assert answer.sources[0].title in text
    assert " › ".join(answer.sources[0].section) in text
    assert "gjeldende" in text
    assert " ".join(answer.sources[0].quote.split()) in words(select(source, "blockquote")[0])


def test_the_link_leads_to_the_quote_in_our_own_viewer() -> None:
    answer, card = shown(CHANNELS)
    link = select(card, "a.open")[0]
    source = answer.sources[0]
    place = f"/kilde/{STRATEGY}?fra={source.start}&til={source.end}&merke="
    assert link.get("href").startswith(place)
    assert link.get("href").endswith("#sitat")
    assert link.get("target") == "_blank"
    assert "noopener" in link.get("rel")
    assert "(åpnes i ny fane)" in words(link)


def test_remarks_follow_the_claims_and_the_standing_stands_beside_them() -> None:
    answer, card = shown(REGION_CHANNELS)
    text = words(card)
    assert len(answer.notices) == 2
    assert all(notice in words(select(card, ".notice")[0]) for notice in answer.notices)
    assert text.index(answer.claims[0].text) < text.index(answer.notices[-1])
    assert "utløpt" in words(select(card, ".claims li")[0])
    assert answer.sources[0].document == REGION
    assert "utløpt" in words(select(card, ".badge")[0])


def test_an_answer_that_was_not_found_does_not_look_like_one() -> None:
    answer, card = shown(UNKNOWN)
    assert card.get("class") == "answer message"
    assert [words(each) for each in select(card, "p")] == [
        *answer.text.splitlines(),
        answer.contact,
    ]
    assert not select(card, "a")


def test_lines_of_a_fixed_text_become_paragraphs() -> None:
    answer = replace(FakeAssistant().answer(UNKNOWN), text="En.\n\n  To.\n", contact="")
    card = html.fragment_fromstring(render_answer(answer, 1))
    assert [words(each) for each in select(card, "p")] == ["En.", "To."]


def test_hostile_text_is_shown_and_never_becomes_markup() -> None:
    answer = FakeAssistant().answer(HOSTILE_QUESTION)
    card = html.fragment_fromstring(render_conversation([Exchange(1, HOSTILE_QUESTION, answer)]))
    assert not select(card, "img, script, iframe, form, style")
    assert card.text_content().count(ATTACK) >= 6
    assert "<img" not in select(card, "a.open")[0].get("href")
    assert HOSTILE.split("/")[0] in select(card, "a.open")[0].get("href")


def test_no_link_leaves_our_own_pages() -> None:
    answer = FakeAssistant().answer(CHANNELS)
    source = replace(answer.sources[0], url="https://example.org/", document="//evil.example/x")
    card = html.fragment_fromstring(render_answer(replace(answer, sources=(source,)), 1))
    for link in select(card, "a"):
        assert link.get("href").startswith(("#source-", "/kilde/", "./kanal", "./m?"))


def test_anchors_of_two_answers_differ() -> None:
    answer = FakeAssistant().answer(HOW_TO_WRITE)
    page = html.fragment_fromstring(
        render_conversation([Exchange(1, "a", answer), Exchange(2, "b", answer)])
    )
    ids = [each.get("id") for each in select(page, "[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("standing", Standing)
def test_a_standing_is_a_word_and_not_a_colour(standing: Standing) -> None:
    assert standing.value in words(html.fragment_fromstring(standing_badge(standing)))


def test_a_long_question_is_cut_and_an_empty_one_is_named() -> None:
    answer = FakeAssistant().answer("")
    long = render_conversation([Exchange(1, "x" * 9000, answer)])
    assert "x" * QUESTION_SHOWN in long
    assert "x" * (QUESTION_SHOWN + 1) not in long
    assert texts_page.QUESTION_EMPTY in render_conversation([Exchange(1, " ", answer)])


def test_a_waiting_question_is_announced_and_then_the_answer() -> None:
    exchange = Exchange(1, CHANNELS, FakeAssistant().answer(CHANNELS))
    waiting = html.fragment_fromstring(
        render_conversation([exchange], pending="Hva nå?", pending_number=2)
    )
    assert waiting.get("data-status") == "Søker i dokumentene …"
    assert waiting.get("data-newest") == "2"
    assert "Søker i dokumentene …" in words(waiting)
    done = html.fragment_fromstring(render_conversation([exchange]))
    assert done.get("data-status") == "Svar klart"
    assert render_conversation([]) == ""


def test_a_question_with_personal_data_is_neither_kept_nor_shown_again() -> None:
    answer = FakeAssistant().answer(PERSONAL)
    exchanges = extended((), 1, PERSONAL, answer)
    assert PERSONAL not in repr(exchanges)
    assert PERSONAL not in render_conversation(exchanges)
    assert BOKMAL.question_removed in render_conversation(exchanges)
    assert turns(exchanges) == ()


def test_the_conversation_keeps_the_latest_and_counts_on() -> None:
    exchanges: tuple[Exchange, ...] = ()
    answer = FakeAssistant().answer(CHANNELS)
    for _ in range(SHOWN + 5):
        exchanges = extended(exchanges, next_number(exchanges), CHANNELS, answer)
    assert len(exchanges) == SHOWN
    assert exchanges[-1].number == SHOWN + 5
    history = turns(exchanges)
    assert [turn.role for turn in history] == ["user", "assistant"] * 3
    assert history[0].content == CHANNELS


def test_a_long_answer_begins_short_and_never_cuts_a_list() -> None:
    answer = FakeAssistant().answer(HOW_TO_WRITE)
    one = answer.claims[0]
    plain = replace(answer, claims=(one,) * 8)
    card = html.fragment_fromstring(render_answer(plain, 1))
    assert len(select(card, "p.claim")) == 8
    assert len(select(card, "details p.claim")) == 4
    assert words(select(card, "details.more summary")[0]).startswith("Vis 4 setninger til")
    item = replace(one, role=ClaimRole.ITEM)
    listed = replace(answer, claims=(*(one,) * 3, *(item,) * 4, one, one))
    card = html.fragment_fromstring(render_answer(listed, 1))
    assert len(select(card, "details li")) == 0
    assert len(select(card, "details p.claim")) == 2
    assert not select(html.fragment_fromstring(render_answer(answer, 1)), "details.more")


@pytest.mark.parametrize(("answering", "at_once"), [(0, 2), (1, 2), (2, 2), (3, 3), (6, 4)])
def test_what_stands_beside_the_question_waits_behind_the_fold(
    answering: int, at_once: int
) -> None:
    answer = FakeAssistant().answer(HOW_TO_WRITE)
    one = answer.claims[0]
    claims = (one,) * answering + (replace(one, beside=True),) * (8 - answering)
    card = html.fragment_fromstring(render_answer(replace(answer, claims=claims), 1))
    assert len(select(card, "p.claim")) == 8
    assert len(select(card, "details.more p.claim")) == 8 - at_once


def test_a_question_of_a_tool_s_kind_leads_to_the_tool() -> None:
    for question, address in (
        ("Hvilken kanal når ansatte uten PC?", "./kanal?maalgruppe=ansatte+uten+kontor"),
        ("Hva må jeg huske før vi vedtar det?", "./beslutning"),
    ):
        card = html.fragment_fromstring(render_answer(FakeAssistant().answer(question), 1))
        [link] = select(card, ".offer a")
        assert link.get("href") == address
        assert "ny fane" in link.text_content()
    for question in (UNKNOWN, PERSONAL):
        card = html.fragment_fromstring(render_answer(FakeAssistant().answer(question), 1))
        assert not select(card, ".offer")


# --- Other languages -----------------------------------------------------------------------------


def in_language(language: str, question: str = CHANNELS) -> html.HtmlElement:
    answer = replace(FakeAssistant().answer(question), language=language)
    page = html.fragment_fromstring(render_conversation([Exchange(1, question, answer)]))
    [article] = select(page, "article")
    return article


def test_a_bokmal_answer_has_the_page_s_language() -> None:
    article = in_language("nb")
    assert "lang" not in article.attrib
    assert not select(article, "[lang]")


@pytest.mark.parametrize(
    ("language", "asked", "mark", "sources", "standing", "link"),
    [
        ("nn", "Du spurde:", "Kjelde 1", "Kjelder", "gjeldande", "(blir opna i ny fane)"),
        (
            "en",
            "You asked:",
            "Source 1",
            "Sources (in Norwegian)",
            "in force",
            "(opens in a new tab)",
        ),
    ],
)
def test_what_stands_around_an_answer_speaks_its_language(
    language: str, asked: str, mark: str, sources: str, standing: str, link: str
) -> None:
    article = in_language(language)
    assert article.get("lang") == language
    assert words(select(article, "h2")[0]).startswith(asked)
    assert select(article, "a.mark")[0].get("aria-label") == mark
    assert words(select(article, "h3")[-1]) == sources
    assert standing in words(select(article, ".source .badge")[0])
    assert link in words(select(article, "a.open")[0])


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_documents_own_words_are_marked_as_norwegian(language: str) -> None:
    answer = FakeAssistant().answer(CHANNELS)
    article = in_language(language)
    own = [words(each) for each in article.xpath('.//*[@lang="nb"]')]
    quote = " ".join(answer.sources[0].quote.split())
    for text in (answer.claims[0].text, answer.sources[0].title, quote):
        assert " ".join(text.split()) in own


def test_english_says_before_the_quotes_that_they_are_norwegian() -> None:
    assert words(select(in_language("en"), "p.lead")[0]).endswith("quoted in Norwegian:")
    for language in ("nb", "nn"):
        assert not select(in_language(language), "p.lead")


@pytest.mark.parametrize(
    ("asked", "marked"),
    [("Which channels should we use?", []), ("Jak mamy pisać do mieszkańców?", ["pl"])],
)
def test_a_composed_sentence_is_in_the_language_of_the_question(
    asked: str, marked: list[str]
) -> None:
    answer = composed(language="en", question=asked, search_question=asked)
    page = html.fragment_fromstring(render_conversation([Exchange(1, asked, answer)]))
    assert not select(page, "p.lead")
    [claim] = select(page, "p.claim")
    [question] = select(page, "h2")
    for part in (claim, question):
        assert [each.get("lang") for each in part.iterfind(".//span[@lang]")] == marked
    assert {each.get("lang") for each in select(page, "blockquote")} == {"nb"}


def test_a_waiting_question_is_searched_for_in_its_language() -> None:
    for question, searching in (
        ("Which channels?", "Searching the documents …"),
        ("Kva kanalar?", "Søkjer i dokumenta …"),
        ("Hvilke kanaler?", "Søker i dokumentene …"),
    ):
        page = render_conversation([], pending=question, pending_number=1)
        assert searching in words(html.fragment_fromstring(page))


def test_a_doubt_comes_first_in_every_language() -> None:
    for said in TEXTS.values():
        answer = replace(
            FakeAssistant().answer(CHANNELS),
            language=said.language,
            notices=(said.uncertain, "Så."),
        )
        text = words(html.fragment_fromstring(render_answer(answer, 1)))
        first, claim, last = (
            text.index(each) for each in (said.uncertain, answer.claims[0].text, "Så.")
        )
        assert first < claim < last


# --- What a chat model wrote ---------------------------------------------------------------------


def composed(**changes: object) -> Answer:
    return replace(FakeAssistant().answer(CHANNELS), writer="openai:x", **changes)


def test_a_composed_sentence_has_its_evidence_one_tap_away() -> None:
    answer = composed()
    card = html.fragment_fromstring(render_answer(answer, 1))
    evidence = select(card, "details.evidence")
    assert len(evidence) == len(answer.claims)
    cited = [s for s in answer.sources if s.number in answer.claims[0].sources]
    for source in cited:
        assert " ".join(source.quote.split()) in words(evidence[0])
    assert len(select(evidence[0], "a.open")) == len(cited)
    assert not select(html.fragment_fromstring(render_answer(shown(CHANNELS)[0], 1)), ".evidence")


def test_one_line_says_what_kind_of_answer_it_is_and_what_was_left_out() -> None:
    def writer(answer: Answer) -> str:
        [line] = select(html.fragment_fromstring(render_answer(answer, 1)), ".writer")
        return words(line)

    assert writer(shown(CHANNELS)[0]) == BOKMAL.by_quotes
    assert writer(composed()) == BOKMAL.by_model
    assert writer(composed(dropped=1)).endswith(
        "Én setning er utelatt fordi kildene ikke dekker den."
    )
    assert "3 setninger er utelatt" in writer(composed(dropped=3))
    assert "verifisert" not in render_answer(composed(dropped=1), 1).lower()
    assert not select(html.fragment_fromstring(render_answer(shown(UNKNOWN)[0], 1)), ".writer")


def test_an_answer_that_may_be_replaced_says_what_is_being_done() -> None:
    exchange = Exchange(1, CHANNELS, FakeAssistant().answer(CHANNELS))
    growing = html.fragment_fromstring(render_conversation([exchange], step=Step.CHECKING))
    assert growing.get("data-status") == "Kontrollerer påstandene …"
    assert words(select(growing, ".searching")[0]) == "Kontrollerer påstandene …"
    assert select(growing, ".claim")
    assert not select(growing, ".actions, .suggestions")


# --- Asking on -----------------------------------------------------------------------------------


def test_what_was_searched_is_shown_where_it_is_not_what_was_asked() -> None:
    answer = replace(FakeAssistant().answer(CHANNELS), search_question='Kanaler? Og "ledere"?')
    card = html.fragment_fromstring(render_answer(answer, 1))
    [line] = select(card, ".searched")
    assert words(line) == 'Søkte etter: «Kanaler? Og "ledere"?» Endre søket'
    [link] = select(line, "a.edit")
    assert link.get("data-question") == 'Kanaler? Og "ledere"?'
    assert link.get("href").startswith("./m?skriv=Kanaler")
    same = replace(answer, search_question=f"  {answer.question.upper()} ")
    assert not select(html.fragment_fromstring(render_answer(same, 1)), ".searched")


def test_a_change_of_topic_is_said() -> None:
    answer = replace(FakeAssistant().answer(CHANNELS), relation=Relation.NEW_TOPIC)
    [line] = select(html.fragment_fromstring(render_answer(answer, 1)), ".searched")
    assert words(line) == BOKMAL.new_topic


def test_what_could_be_asked_next_can_be_asked_without_a_script() -> None:
    answer = replace(FakeAssistant().answer(CHANNELS), suggestions=("Hva med SMS & e-post?",))
    [link] = select(html.fragment_fromstring(render_answer(answer, 1)), ".suggestions a.ask")
    assert words(link) == link.get("data-question") == "Hva med SMS & e-post?"
    assert link.get("href") == "./m?q=Hva+med+SMS+%26+e-post%3F"


def test_a_question_without_its_personal_data_can_be_sent_all_the_same() -> None:
    answer = replace(FakeAssistant().answer(PERSONAL), question="Hvem svarer [...]?")
    assert answer.outcome is Outcome.PERSONAL_DATA
    [form] = select(html.fragment_fromstring(render_answer(answer, 1)), "form.resend")
    assert (form.get("method"), form.get("action")) == ("post", "./m")
    assert select(form, "input")[0].get("value") == "Hvem svarer [...]?"
    nothing_left = render_answer(replace(answer, question=""), 1)
    assert not select(html.fragment_fromstring(nothing_left), "form")


def test_the_phone_shows_less_at_once_and_folds_the_sources() -> None:
    answer = FakeAssistant().answer(HOW_TO_WRITE)
    one = answer.claims[0]
    long = replace(answer, claims=(one,) * 6)
    card = html.fragment_fromstring(render_answer(long, 1, PHONE))
    assert len(select(card, "details.more p.claim")) == 4
    [panel] = select(card, "details.panel")
    assert words(select(panel, "summary")[0]) == f"Kilder ({len(answer.sources)})"
    assert len(select(panel, ".source")) == len(answer.sources)
    assert not select(card, "[target]")
