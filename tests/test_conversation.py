from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent import texts_conversation
from assistent.answering import Assistant
from assistent.conversation import (
    MOST_LINES,
    InContext,
    Pull,
    focused,
    in_context,
    mixed_vector,
    plainest,
    pull_of,
    pull_of_hits,
    without_lead,
)
from assistent.conversation.contrasts import replaced_stems, swapped
from assistent.conversation.cues import leans, names_a_case
from assistent.conversation.plain import difficulty
from assistent.conversation.requests import asks_simpler
from assistent.conversation.vocabulary import groups_of, topical
from assistent.demands import Demand
from assistent.extract import Extract
from assistent.guard import clean
from assistent.index import Index, open_index
from assistent.questions import Kind, Question, read_question
from assistent.thesaurus import load_thesaurus
from assistent.types import Answer, Outcome, Relation, Standing, Turn
from assistent.words import stem
from tests.conftest import Built
from tests.fakes import TODAY, WORD_JUDGE, WordEmbedder, assistant_over

BEFORE = "Hvilke kanaler bruker vi?"
HISTORY = (
    Turn("user", "Hvem er målgruppene?"),
    Turn("assistant", "Innbyggerne."),
    Turn("user", "Hvilke kanaler\nbruker vi?"),
    Turn("assistant", "Nyhetsbrev."),
)
TURNS = st.lists(
    st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=60)), max_size=6
)


def asked_before(*questions: str) -> list[Turn]:
    return [
        turn for question in questions for turn in (Turn("user", question), Turn("assistant", "A."))
    ]


# --- Whether a question leans on what was said before it -----------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "Og hva med ansatte?",
        "og når stenger den?",
        "Men gjelder det også for konsulentene våre når de jobber hjemmefra?",
        "hvorfor det?",
        "Hvorfor?",
        "Kvifor ikkje?",
        "Why?",
        "What about employees?",
        "Gjelder det alle?",
        "Gjeld dei for tilsette?",
        "Enn nynorsk?",
        "hvem da?",
        "Er den gyldig?",
        "Er den synlig nok?",
        "Hvor ligger de nå?",
        "på engelsk?",
        "i en krise?",
        "mobil?",
        "Hvem har ansvaret?",
        "Hvor lang tid har vi på oss?",
        "hvem tar seg av det",
        "Hvem må sørge for at det skjer?",
        "Hvor fort må jeg svare henne?",
        "Hvilken avtale styrer det her hos oss?",
        "hvordan får vi tak i dem som ikke skjønner norsk da",
        "Også når et privat firma kjører søpla for oss?",
        "Og dem som jobber ute og ikke har pult?",
        "Trenger jeg godkjenning?",
        "Ka ska æ spør ho om først?",
        "Kven bestemmer det?",
        "What happens if we don't?",
        "Who decides?",
        "Even if they are kids?",
        "Is it the same for kids?",
    ],
)
def test_follow_up_leans_on_the_question_before_it(asked: str) -> None:
    assert leans(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "Når ble strategien vedtatt av byrådet?",
        "Hva er klart språk?",
        "Ogsåbrev finnes ikke på huset?",  # begins like a follow-up, but is another word
        "Er det lov å publisere bilder av barn i barnehagen uten samtykke?",
        "Hva heter språkprofilen, og hvem gjelder den for?",  # points back into itself
        "En eldre mann vil ikke ha noe på nettet. Hvordan skal han få brevet sitt?",
        "Hvilke krav stilles til de felles verktøyene for medvirkning?",
        "Når vedtok byrådet den nye kommunikasjonsstrategien?",
        "Hvem er det som egentlig har ansvaret for kommunikasjonen i kommunen?",
        "Men hvilken farge skal brødteksten på nettsidene ha?",
        "Og så må jeg vite om det finnes en mal.",
        "Forresten, hva er visjonen?",
        "By the way, who is it for?",
        "What does the strategy want for internal communication?",
        "",
        "?!",
    ],
)
def test_question_that_says_what_it_is_about_stands_on_its_own(asked: str) -> None:
    assert not leans(asked)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Og på mobil?", True),
        ("hva med ansatte", True),
        ("også i helgene?", True),
        ("Hvorfor?", False),
        ("Hvem da?", False),
        ("Gjelder det ansatte?", False),
        ("Og hvor fort?", False),
    ],
)
def test_case_without_a_verb_asks_nothing_itself(asked: str, names: bool) -> None:
    assert names_a_case(asked) is names


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ("Og hva med ansatte?", "ansatte?"),
        ("enn om vi sender det?", "om vi sender det?"),
        ("What about PowerPoint?", "PowerPoint?"),
        ("Men hvorfor?", "hvorfor?"),
        ("Og?", "Og?"),
        ("Hvor fort?", "Hvor fort?"),
    ],
)
def test_words_that_only_tie_are_left_out(asked: str, rest: str) -> None:
    assert without_lead(asked) == rest


def test_light_words_name_no_topic() -> None:
    assert topical("Hvem har ansvaret for det?") == ()
    assert topical("Hvem har ansvaret for intranettet?") == ("intranett",)
    assert topical("Who is responsible?") == ()


# --- What a follow-up replaces -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "before", "text"),
    [
        (
            "og på intranettet?",
            "Må vi tekste film på nettsiden?",
            "Må vi tekste film på intranettet?",
        ),
        ("Hva med ansatte?", "Hvordan når vi innbyggerne?", "Hvordan når vi ansatte?"),
        ("og i Word?", "Hvilken skrift bruker vi på nett?", "Hvilken skrift bruker vi i Word?"),
        ("på engelsk?", "Må vi svare på nynorsk?", "Må vi svare på engelsk?"),
        ("And in English?", "Do we write it in Norwegian?", "Do we write it in English?"),
    ],
)
def test_word_takes_the_place_of_the_one_it_stands_for(asked: str, before: str, text: str) -> None:
    assert swapped(asked, before) == text


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        ("Og hva med ansatte?", "Hvilke kanaler bruker vi?"),  # «bruker» is a verb here
        ("Og hva med ansatte?", "Hvem leder møtet?"),
        ("Hva med ansatte?", "Hvordan når vi innbyggere og journalister?"),  # which of the two?
        ("og etterpå?", "Hva må være klart i forkant av en sak?"),
        ("Gjelder det ansatte?", "Hvordan når vi innbyggerne?"),  # not the same question
        ("Enn dem som ikke leser norsk?", "Hvordan når vi innbyggerne på engelsk?"),
        ("Hvorfor?", "Hvordan når vi innbyggerne?"),
        ("", ""),
    ],
)
def test_where_no_single_word_is_replaced_both_questions_stay(asked: str, before: str) -> None:
    assert swapped(asked, before) == ""


def test_replaced_words_are_those_of_the_same_group() -> None:
    before = "Hvordan når vi innbyggerne med et brev?"
    assert replaced_stems("Gjelder det ansatte?", before) == {stem("innbyggerne")}
    assert replaced_stems("Gjelder det innbyggere?", before) == frozenset()
    assert replaced_stems("Hvor fort?", before) == frozenset()


def test_every_group_holds_words_that_stand_for_one_another() -> None:
    source = Path("assistent/data/samtale.toml").read_text(encoding="utf-8")
    for name, words in tomllib.loads(source)["motsetninger"].items():
        assert len(words) == len(set(words)) >= 5
        assert all(name in groups_of(word) for word in words)


# --- Asking for plainer words --------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "Kan du si det enklere?",
        "kan du si det på en enklere måte?",
        "kortere, takk",
        "enklere",
        "forklar det lettere",
        "Forklar det så en tenåring skjønner det.",
        "forklar som om jeg er fem år",
        "kan du forklare det?",
        "på klarspråk, takk",
        "oppsummer",
        "kan du korte det ned",
        "gi meg kortversjonen",
        "Jeg forstår ikke svaret",
        "skjønner ikke det du skriver",
        "det var for vanskelig",
        "hva mener du?",
        "hæ?",
        "eg skjønner ikkje",
        "Kan du seie det lettare?",
        "Kva tyder det?",
        "æ skjønne ikkje",
        "in simpler words",
        "Could you put that in plain words?",
        "Explain like I'm five",
        "I don't understand",
        "shorter please",
        "what do you mean?",
    ],
)
def test_request_for_plainer_words_is_recognised(asked: str) -> None:
    assert asks_simpler(clean(asked))


@pytest.mark.parametrize(
    "asked",
    [
        "Hvordan skriver vi enklere?",
        "hva er klarspråk",
        "Hva betyr klart språk?",
        "jeg forstår ikke hva språklova krever",
        "kan du forklare informasjonsplikten?",
        "Må brev være kortere?",
        "er det enklere på nett?",
        "kan du sende det på e-post",
        "Hva betyr det for oss som jobber i barnehage?",
        "kan du si hva strategien sier?",
        "og hvor langt",
        "Hvorfor?",
        "takk",
        "",
        "kan du si det enklere " * 50,
    ],
)
def test_question_about_plain_words_is_no_request_for_them(asked: str) -> None:
    assert not asks_simpler(clean(asked))


# --- The question in its conversation ------------------------------------------------------------


def test_follow_up_is_searched_with_the_question_before_it() -> None:
    assert in_context("og på engelsk?", HISTORY) == InContext(
        text=f"{BEFORE} Og på engelsk?",
        own="og på engelsk?",
        before=BEFORE,
        said="Innbyggerne.\nNyhetsbrev.",
        relation=Relation.FOLLOW_UP,
    )


def test_what_is_searched_reads_like_questions() -> None:
    context = in_context("og på engelsk", asked_before("må vi oversette brosjyren"))
    assert context.text == "Må vi oversette brosjyren? Og på engelsk?"
    assert context.joined


def test_replaced_word_is_replaced_in_what_is_searched() -> None:
    context = in_context("Og hva med ansatte?", asked_before("Hvordan når vi innbyggerne?"))
    assert context.text == "Hvordan når vi ansatte?"
    assert context.replaced == {stem("innbyggerne")}
    assert not context.joined


def test_question_on_its_own_gets_nothing_from_before() -> None:
    asked = "Når ble strategien vedtatt av byrådet?"
    expected = InContext(asked, asked, relation=Relation.NEW_TOPIC)
    assert in_context(asked, HISTORY) == expected


@pytest.mark.parametrize("history", [(), (Turn("assistant", "Hei!"),), (Turn("user", " "),)])
def test_without_a_question_before_it_a_question_stands_alone(history: tuple[Turn, ...]) -> None:
    asked = "Og hva med ansatte?"
    assert in_context(asked, history) == InContext(asked, asked)


def test_third_turn_reaches_the_topic_past_the_second() -> None:
    history = asked_before("Hvilke målgrupper har vi?", "Hvem har bestemt det?")
    context = in_context("Hvorfor det?", history)
    assert context.before == "Hvilke målgrupper har vi? Hvem har bestemt det?"
    assert context.text == f"{context.before} Hvorfor det?"


def test_of_a_row_of_follow_ups_the_topic_and_the_latest_count() -> None:
    history = asked_before(
        "Hvem vant?", "Hvilke målgrupper har vi?", "Hvem bestemmer?", "Hvorfor det?", "Og når?"
    )
    assert in_context("Hvor?", history).before == "Hvilke målgrupper har vi? Og når?"


def test_replaced_word_stays_replaced_in_the_third_turn() -> None:
    history = asked_before("Hvordan når vi innbyggerne?", "Og hva med ansatte?")
    assert in_context("Hvorfor?", history).text == "Hvordan når vi ansatte? Hvorfor?"


def test_slips_are_mended_in_both_questions() -> None:
    context = in_context("og pa engelsk?", asked_before("Må vi tekte?"), respell=_mend)
    assert context.text == "Må vi tekste? Og på engelsk?"


def _mend(text: str) -> str:
    return text.replace("tekte", "tekste").replace("pa ", "på ")


@pytest.mark.parametrize("sent_after", [1, 2])
def test_what_was_searched_can_be_sent_again(sent_after: int) -> None:
    asked = ["Hvilken skrift bruker vi?", "Hvorfor?"]
    history = asked_before(*asked)
    shown = in_context(asked[1], history[:2])
    assert in_context(shown.text, history[: 2 * sent_after]) == shown


def test_long_question_before_is_cut_to_its_last_sentences() -> None:
    situation = "Vi flytter i april, og alt skal være klart da. " * 20
    context = in_context("Hvorfor?", asked_before(f"{situation}Hvem må få vite det?"))
    assert context.before.endswith("da. Hvem må få vite det?")
    assert len(context.before) <= 400
    context = in_context("Hvorfor?", asked_before("ord " * 300))
    assert 300 < len(context.before) <= 400


def test_what_was_said_lately_comes_along() -> None:
    history = [Turn("user", "A?"), *(Turn("assistant", f"Svar {n}.") for n in range(4))]
    assert in_context("Hvorfor?", history).said == "Svar 2.\nSvar 3."


def test_plainer_words_are_asked_for_about_the_question_before() -> None:
    context = in_context("kan du si det enklere?", HISTORY)
    before = in_context("Hvilke kanaler bruker vi?", HISTORY[:2])
    expected = replace(
        before, relation=Relation.SIMPLER, request="kan du si det enklere?", requests=1
    )
    assert context == expected


def test_plainer_words_for_a_follow_up_are_about_it_in_its_context() -> None:
    history = asked_before("Hvilke målgrupper har vi?", "Hvem har bestemt det?")
    context = in_context("kortere, takk", history)
    assert context.text == "Hvilke målgrupper har vi? Hvem har bestemt det?"
    assert context.own == "Hvem har bestemt det?"


def test_requests_for_plainer_words_are_counted_and_passed_over() -> None:
    history = asked_before("Hvilke målgrupper har vi?", "enklere, takk", "kortere")
    assert in_context("enda kortere", history).requests == 3
    assert in_context("Hvem har bestemt det?", history).before == "Hvilke målgrupper har vi?"


def test_nothing_can_be_made_plainer_before_anything_is_answered() -> None:
    for history in ([], asked_before("kortere, takk")):
        context = in_context("kan du si det enklere?", history)
        assert (context.text, context.relation) == ("", Relation.SIMPLER)


@given(st.text(max_size=120), TURNS)
def test_anything_may_be_asked_after_anything(asked: str, history: list[Turn]) -> None:
    context = in_context(asked, history)
    if context.relation in {Relation.ALONE, Relation.NEW_TOPIC}:
        assert (context.text, context.own, context.before, context.said) == (asked, asked, "", "")
    if context.relation is Relation.FOLLOW_UP:
        assert context.before
        assert context.own in asked
    assert bool(context.request) is (context.relation is Relation.SIMPLER)


# --- How a follow-up is read ---------------------------------------------------------------------


def read(asked: str, before: str) -> Question:
    context = in_context(asked, asked_before(before))
    words = load_thesaurus()
    whole = read_question(context.text, words=words, own=context.own)
    return focused(whole, context, topic=context.own, words=words)


def test_own_words_come_first_and_count_most() -> None:
    question = read("Hvem godkjenner den?", "Hvilke farger har logoen?")
    shares = {concept.alternatives[0]: concept.share for concept in question.concepts}
    own = next(iter(shares))
    assert own.startswith("godkjen")
    assert shares[own] == 1
    assert 0 < shares[stem("farger")] < 1


def test_replaced_words_are_not_searched_for() -> None:
    question = read("Og hva med ansatte?", "Hvordan informerer vi innbyggerne?")
    stems = {stem for concept in question.concepts for stem in concept.alternatives}
    assert "ansatt" in stems
    assert "innbygger" not in stems
    assert {concept.share for concept in question.concepts} == {1.0}


def test_kind_is_that_of_the_follow_up_unless_it_only_names_a_case() -> None:
    before = "Når ble strategien vedtatt?"
    assert read("Hvem gjelder den for?", before).kinds == {Kind.WHO}
    assert not read("Hvem gjelder den for?", before).adoption
    assert Kind.WHEN in read("og på engelsk?", before).kinds
    assert read("og på engelsk?", before).adoption


def test_only_the_follow_up_itself_demands_a_thing() -> None:
    before = "Hvor mange prosent leser e-post?"
    assert read("Hvem sier det?", before).demands == frozenset()
    assert read("og på mobil?", before).demands == frozenset()
    assert read("Hva koster det?", before).demands == {Demand.PRICE}


def test_language_is_that_of_the_follow_up_where_it_shows_one() -> None:
    assert read("What about employees?", "Hvordan når vi innbyggerne?").language == "en"
    assert read("PowerPoint?", "Which font do we use?").language == "en"


def test_mixed_vector_lies_between() -> None:
    one, other = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    mixed = mixed_vector(one, other)
    assert mixed == pytest.approx([0.5**0.5, 0.5**0.5])
    assert mixed.dtype == np.float32


# --- Where a follow-up is drawn to ---------------------------------------------------------------


@pytest.fixture(scope="module")
def index(small_index: Built) -> Index:
    return open_index(small_index.edition)


@pytest.mark.parametrize(
    "said",
    [
        "Kontanter kan ikke benyttes. [1]",
        "Kontanter kan ikke benyttes. [1] [2]",
        "• Kontanter kan ikke benyttes. [3]",
        "Det står «Kontanter kan ikke benyttes.» der.",
    ],
)
def test_document_and_section_that_were_quoted_draw(index: Index, said: str) -> None:
    pull = pull_of(said, index)
    assert set(pull.documents) == {"regler/kantine.md"}
    drawn = [passage for passage in index.passages if passage.id in pull.passages]
    assert drawn
    assert any("Kontanter kan ikke benyttes." in index.text_of(passage) for passage in drawn)
    assert {passage.section for passage in drawn} == {drawn[0].section}


@pytest.mark.parametrize("said", ["", "Kontanter bør ikke benyttes.", "Kort. [1]"])
def test_what_stands_in_no_document_draws_nothing(index: Index, said: str) -> None:
    assert not pull_of(said, index)
    assert pull_of(said, index) == Pull()


def test_answer_from_one_place_draws_more_than_one_from_many(index: Index) -> None:
    canteen, cycles = "Kontanter kan ikke benyttes. [1]", "Sykler lånes i resepsjonen. [2]"
    one = pull_of(canteen, index).documents["regler/kantine.md"]
    both = pull_of(f"{canteen}\n{cycles}", index).documents
    assert set(both) == {"regler/kantine.md", "regler/sykkel.md"}
    assert 0 < both["regler/kantine.md"] < one


def test_a_line_that_stands_more_than_once_tells_no_place_unless_nothing_else_was_quoted(
    tmp_path: Path,
) -> None:
    repeated = "Det betyr at arbeidet bidrar til at"
    plan = (
        f"# Plan\n\n## Sykler\n\n{repeated}\n\n- syklene er hele\n\n"
        f"## Kantine\n\n{repeated}\n\n- kantinen har åpent i alle helger\n"
    )
    assistant_over(tmp_path, plan=plan)
    index = open_index(next((tmp_path / "indeks").glob("*/utgave.json")).parent)
    sections = {passage.id: passage.section[-1:] for passage in index.passages}
    one = pull_of(f"{repeated} [1]\n• kantinen har åpent i alle helger [1]", index)
    assert {sections[passage] for passage in one.passages} == {("Kantine",)}
    assert pull_of(f"{repeated} [1]", index).passages


def test_pull_is_added_to_what_a_document_has(index: Index) -> None:
    pull = pull_of("Kontanter kan ikke benyttes. [1]", index)
    added = pull.documents["regler/kantine.md"]
    over = pull.over({"regler/kantine.md": 0.5, "regler/sykkel.md": -1.0})
    assert over == {"regler/kantine.md": 0.5 + added, "regler/sykkel.md": -1.0}


def test_hits_draw_like_quotes(index: Index, small_index: Built) -> None:
    assistant = Assistant(small_index.index, WordEmbedder(), today=lambda: TODAY)
    hits = assistant.find("Hvor lånes sykler?").hits[:1]
    assert set(pull_of_hits(hits, index).documents) == {hits[0].passage.document}


# --- The plainest sentences ----------------------------------------------------------------------

HARD = (
    "Kantinen serverer varmmat, ifølge virksomhetslederens kvalitetssikrede informasjonsmateriell "
    "om ernæringsmessige forutsetninger."
)
EASY = "Kantinen serverer varmmat hver dag."
LISTED = "# Plan\n\n## Kort\n\nFølgende kort godtas:\n\n" + "".join(
    f"- {name}kort\n" for name in ("Adgangs", "Bank", "Gave", "Buss", "Skole")
)


def made_plainer(
    assistant: Assistant, asked: str, lines: int = MOST_LINES
) -> tuple[Extract, Index]:
    draft = assistant.draft(asked)
    assert draft is not None
    assert draft.extract is not None
    index = assistant._current.opened.index
    standings = dict.fromkeys(index.documents, Standing.IN_FORCE)
    return plainest(draft.extract, draft.question, index, standings, lines=lines), index


def test_easier_sentence_is_kept_where_one_line_is_left(tmp_path: Path) -> None:
    plan = f"# Plan\n\n## Mat\n\n{HARD}\n\n## Mer mat\n\n{EASY}\n"
    plain, _ = made_plainer(assistant_over(tmp_path, plan=plan), "Serverer kantinen varmmat?", 1)
    assert plain.text == f"{EASY} [1]"


def test_each_sentence_kept_is_a_quote_with_its_own_place(tmp_path: Path) -> None:
    plan = f"# Plan\n\n## Mat\n\n{EASY} Kantinen serverer varmmat til ansatte.\n"
    plain, index = made_plainer(assistant_over(tmp_path, plan=plan), "Serverer kantinen varmmat?")
    assert len(plain.claims) == len(plain.sources) == 2
    for number, (claim, source) in enumerate(zip(plain.claims, plain.sources, strict=True), 1):
        assert claim.sources == (source.number,) == (number,)
        assert claim.text == source.quote
        assert index.documents[source.document].text[source.start : source.end] == source.quote


def test_of_a_list_the_lead_in_and_the_first_items_are_kept(tmp_path: Path) -> None:
    plain, _ = made_plainer(assistant_over(tmp_path, plan=LISTED), "Hvilke kort godtas?")
    lines = ["Følgende kort godtas: [1]", "• Adgangskort [2]", "• Bankkort [3]"]
    assert plain.text.splitlines() == lines


def test_thing_asked_for_is_kept(tmp_path: Path) -> None:
    plan = (
        "# Plan\n\n## Plasser\n\nKantinen har plass. Kantinen har, ifølge virksomhetslederens "
        "informasjonsmateriell, 120 plasser.\n"
    )
    assistant = assistant_over(tmp_path, plan=plan)
    plain, _ = made_plainer(assistant, "Hvor mange plasser har kantinen?", 1)
    assert "120" in plain.text


def test_at_least_one_line_is_left(tmp_path: Path) -> None:
    assistant = assistant_over(tmp_path, plan=f"# Plan\n\n{EASY}\n")
    plain, _ = made_plainer(assistant, "Serverer kantinen varmmat?", -5)
    assert len(plain.claims) == 1


def test_difficulty_is_lix() -> None:
    assert difficulty("Vi sier fra.") == 3
    assert difficulty("Kommunen informerer innbyggerne.") == 3 + 100
    assert difficulty("… –") == 0


# --- In an answer --------------------------------------------------------------------------------


@pytest.fixture
def small(small_index: Built, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setattr("assistent.answering.load_judge", lambda: WORD_JUDGE)
    return Assistant(small_index.index, WordEmbedder(), today=lambda: TODAY)


def told(assistant: Assistant, *questions: str) -> Answer:
    history: list[Turn] = []
    for question in questions:
        answer = assistant.answer(question, history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


def test_answer_says_how_the_question_stands_to_the_conversation(small: Assistant) -> None:
    first, topic = "Når åpner kantinen?", "Hvor lånes sykler i rådhuset?"
    assert told(small, first).relation is Relation.ALONE
    assert told(small, first, "Hvorfor da?").relation is Relation.FOLLOW_UP
    assert told(small, first, topic).relation is Relation.NEW_TOPIC
    assert told(small, first, "kortere, takk").relation is Relation.SIMPLER


def test_what_no_document_names_is_a_topic_of_its_own(small: Assistant) -> None:
    first, strange = "Når åpner kantinen?", "Finnes det en podkastmal?"
    refused = told(small, first, strange)
    assert (refused.relation, refused.search_question) == (Relation.NEW_TOPIC, strange)
    assert "«podkastmal»" in refused.text
    # A question that says itself that it goes on is believed.
    assert told(small, first, "Og hva med podkastmal?").relation is Relation.FOLLOW_UP
    # One word that is known is enough to lean with.
    assert told(small, first, "Finnes det kort?").relation is Relation.FOLLOW_UP


def test_nothing_is_built_on_what_no_document_names(small: Assistant) -> None:
    strange, known = "Finnes det en podkastmal?", "Finnes det kort?"
    assert told(small, "Når åpner kantinen?", known).relation is Relation.FOLLOW_UP
    after = told(small, strange, known)
    assert (after.relation, after.search_question) == (Relation.NEW_TOPIC, known)
    assert "podkastmal" not in after.text


def test_only_what_is_asked_now_is_said_to_be_missing(small: Assistant) -> None:
    answer = told(small, "Finnes det en podkastmal?", "Og hva med vernerunder?")
    assert answer.relation is Relation.FOLLOW_UP
    assert "«vernerunder»" in answer.text
    assert "podkastmal" not in answer.text


def test_plainer_answer_is_part_of_the_answer_and_says_why(small: Assistant) -> None:
    asked = "Hva gjelder for betaling i kantinen?"
    whole, plain = told(small, asked), told(small, asked, "Kan du si det enklere?")
    assert 1 <= len(plain.claims) <= MOST_LINES
    assert {claim.text for claim in plain.claims} <= {claim.text for claim in whole.claims}
    assert plain.search_question == asked
    assert plain.question == "Kan du si det enklere?"
    assert texts_conversation.OWN_SENTENCES["nb"] in plain.notices
    assert texts_conversation.OWN_SENTENCES["nb"] not in whole.notices


def test_asked_for_again_the_answer_gets_shorter(small: Assistant) -> None:
    asked = "Hva gjelder for betaling i kantinen?"
    again = ["enklere", "enda enklere", "kortere", "kortere"]
    lengths = [len(told(small, asked, *again[:n]).claims) for n in range(1, 5)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] == 1


@pytest.mark.parametrize(
    ("asked", "language"),
    [("kan du si det enklere?", "nb"), ("Eg skjønar ikkje", "nn"), ("simpler, please", "en")],
)
def test_without_an_answer_before_it_the_request_is_unclear(
    small: Assistant, asked: str, language: str
) -> None:
    answer = small.answer(asked)
    assert (answer.outcome, answer.writer) == (Outcome.UNCLEAR, "fixed")
    assert answer.text == texts_conversation.NOTHING_BEFORE[language]
    assert small.find(asked).hits == ()
    assert small.draft(asked) is None


def test_texts_are_there_in_all_three_languages() -> None:
    for texts in (texts_conversation.OWN_SENTENCES, texts_conversation.NOTHING_BEFORE):
        assert list(texts) == ["nb", "nn", "en"]
        assert len(set(texts.values())) == 3


def test_answer_in_other_words_draws_to_what_its_question_finds(small: Assistant) -> None:
    asked = "Hvem gjelder det for?"
    history = [Turn("user", "Hvor lånes sykler?"), Turn("assistant", "Spør noen i første etasje.")]
    quoted = [history[0], Turn("assistant", "Sykler lånes i resepsjonen. [1]")]
    for before in (history, quoted):
        assert small.find(asked, before).hits[0].passage.document == "regler/sykkel.md"


def test_personal_data_does_not_come_back_through_the_history(small: Assistant) -> None:
    number = "01019012481"
    history = [Turn("user", f"Når åpner kantinen for {number}?"), Turn("assistant", f"{number}!")]
    answer = small.answer("Hvorfor da?", history)
    assert answer.relation is Relation.FOLLOW_UP
    assert number not in repr(answer)
    assert number not in repr(small.find("Hvorfor da?", history))
