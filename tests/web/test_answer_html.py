from dataclasses import replace

import pytest
from fake_assistant import (
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
from html_select import select
from lxml import html

from assistent import texts
from assistent.types import Answer, ClaimRole, Standing
from assistent.web.answer_html import (
    QUESTION_SHOWN,
    render_answer,
    render_conversation,
    standing_badge,
)
from assistent.web.conversation import SHOWN, Exchange, extended, next_number, turns


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
    assert link.get("href") == f"/kilde/{STRATEGY}?fra={source.start}&til={source.end}#sitat"
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
        assert link.get("href").startswith(("#source-", "/kilde/", "./kanal"))


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
    assert texts.QUESTION_EMPTY in render_conversation([Exchange(1, " ", answer)])


def test_a_waiting_question_is_announced_and_then_the_answer() -> None:
    exchange = Exchange(1, CHANNELS, FakeAssistant().answer(CHANNELS))
    waiting = html.fragment_fromstring(
        render_conversation([exchange], pending="Hva nå?", pending_number=2)
    )
    assert waiting.get("data-status") == "Henter svar"
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
    assert texts.QUESTION_REMOVED in render_conversation(exchanges)
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
