from __future__ import annotations

from pathlib import Path

import pytest

from assistent import guard
from assistent.answering import Assistant
from assistent.extract import MAX_LINES, MAX_LIST_LINES, Extract, write_extract
from assistent.types import Standing
from tests.evals.questions import load_set
from tests.fakes import REGION, STRATEGY, assistant_over

# What the guard stops is never searched for.
QUESTIONS = [
    question
    for question in load_set(Path(__file__).parent / "evals" / "strategi_dev.jsonl")
    if guard.check(question.text) is None and guard.route(question.text) is None
]


def extract(assistant: Assistant, asked: str) -> Extract:
    draft = assistant.draft(asked)
    assert draft is not None
    assert draft.extract is not None
    return draft.extract


def lines(found: Extract) -> list[str]:
    return [claim.text for claim in found.claims]


def test_asking_for_a_list_gives_all_of_it_under_its_lead_in_as_one_source(tmp_path: Path) -> None:
    plan = "# Plan\n\n## Kort\n\nFølgende kort godtas:\n\n- Adgangskort\n- Bankkort\n- Gavekort\n"
    found = extract(assistant_over(tmp_path, plan=plan), "Hvilke kort godtas?")
    assert lines(found) == ["Følgende kort godtas:", "Adgangskort", "Bankkort", "Gavekort"]
    assert [claim.sources for claim in found.claims] == [(1,)] * 4
    (source,) = found.sources
    assert source.quote.startswith("Følgende kort godtas:")
    assert source.quote.endswith("Gavekort")
    assert found.text.splitlines()[1] == "• Adgangskort [1]"


@pytest.mark.parametrize(
    ("lead_in", "shown"),
    [
        ("Det betyr at vi godtar:", ["Alle kort er velkomne", "Det betyr at vi godtar:"]),
        ("Vi godtar:", ["Vi godtar:"]),
        ("Disse kortene godtas:", ["Disse kortene godtas:"]),
    ],
)
def test_a_lead_in_that_points_back_to_its_heading_brings_it(
    tmp_path: Path, lead_in: str, shown: list[str]
) -> None:
    plan = f"# Plan\n\n## Alle kort er velkomne\n\n{lead_in}\n\n- adgangskort\n- bankkort\n"
    found = extract(assistant_over(tmp_path, plan=plan), "Hvilke kort er velkomne?")
    assert lines(found) == [*shown, "adgangskort", "bankkort"]
    (source,) = found.sources
    assert source.quote.startswith(shown[0])
    assert source.section == ("Alle kort er velkomne",)


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ("Hva betyr det at kort er velkomne i kantinen?", True),
        ("Er kort velkomne i kantinen?", False),
        ("Hva betyr det at gjester er velkomne i kantinen?", False),
    ],
)
def test_asking_what_a_heading_means_gives_the_list_that_says_so(
    tmp_path: Path, asked: str, whole: bool
) -> None:
    items = ["ingen blir avvist", "gebyret er borte", "køen går fort"]
    listed = "".join(f"- {item}\n" for item in items)
    plan = f"# Plan\n\n## Kort er velkomne i kantinen\n\nDet betyr at\n\n{listed}\n"
    plan += "## Gjester\n\nGjester er velkomne i kantinen etter klokken tolv.\n"
    found = extract(assistant_over(tmp_path, plan=plan), asked)
    assert (lines(found) == ["Kort er velkomne i kantinen", "Det betyr at", *items]) is whole


@pytest.mark.parametrize(
    ("heading", "whole"), [("Hvilke kort godtas?", True), ("Hva vi ikke vet", False)]
)
def test_what_is_not_known_is_no_list_of_what_there_is(
    tmp_path: Path, heading: str, whole: bool
) -> None:
    listed = f"## {heading}\n\nOm disse kort godtas:\n\n- Bankkort\n- Gavekort\n- Lånekort\n"
    plan = f"# Plan\n\n## Regler\n\nAdgangskort godtas i alle bygg.\n\n{listed}"
    found = extract(assistant_over(tmp_path, plan=plan), "Hvilke kort godtas?")
    assert (lines(found) == ["Om disse kort godtas:", "Bankkort", "Gavekort", "Lånekort"]) is whole
    assert ("Adgangskort godtas i alle bygg." in lines(found)) is not whole


def test_number_in_the_question_chooses_the_list_of_that_length(tmp_path: Path) -> None:
    two = "## Kort\n\nKort er:\n\n- A1\n- B2\n"
    three = "## Flere kort\n\nKort er:\n\n- C3\n- D4\n- E5\n"
    plan = f"# Plan\n\n{two}\n{three}"
    assistant = assistant_over(tmp_path, plan=plan)
    assert lines(extract(assistant, "Hva er de tre kortene?"))[-3:] == ["C3", "D4", "E5"]
    assert lines(extract(assistant, "Hva er de to kortene?"))[-2:] == ["A1", "B2"]


@pytest.mark.parametrize("asked", ["Hva er de fem kortene?", "Hva er de tre kortene?"])
def test_a_lead_in_that_says_how_many_there_are_corrects_the_question(
    tmp_path: Path, asked: str
) -> None:
    items = "".join(f"- {item}\n" for item in ("A1", "B2", "C3", "D4", "E5"))
    inner = f"### Gule\n\nDe brukes til:\n\n{items}\n"
    plan = f"# Plan\n\n## Kort\n\nVi har tre kort:\n\n- Gule\n- Grå\n- Grønne\n\n{inner}"
    found = extract(assistant_over(tmp_path, plan=plan), asked)
    assert lines(found) == ["Vi har tre kort:", "Gule", "Grå", "Grønne"]


@pytest.mark.parametrize(
    ("asked", "whole"),
    [("Hva er de fire kortene?", True), ("Godtas kort fra fire ansatte?", False)],
)
def test_a_list_of_another_length_answers_who_is_mistaken_about_the_number(
    tmp_path: Path, asked: str, whole: bool
) -> None:
    listed = "Følgende kort finnes:\n\n- Bankkort\n- Gavekort\n- Lånekort\n"
    plan = f"# Plan\n\n## Ansatte\n\nKort fra ansatte godtas i alle bygg.\n\n## Kort\n\n{listed}"
    found = extract(assistant_over(tmp_path, plan=plan), asked)
    assert (lines(found)[1:] == ["Bankkort", "Gavekort", "Lånekort"]) is whole


def test_a_sentence_is_moved_with_the_one_it_points_back_to(tmp_path: Path) -> None:
    text = "Hjelm er gult. Alle får lånt hjelm. Dette gjelder hjelm til syklister i alle bygg."
    found = extract(
        assistant_over(tmp_path, plan=f"# Plan\n\n## Hjelm\n\n{text}\n"),
        "Gjelder det hjelm til syklister i alle bygg?",
    )
    assert lines(found)[:2] == [
        "Alle får lånt hjelm.",
        "Dette gjelder hjelm til syklister i alle bygg.",
    ]
    # Neighbours in the text are one place, wherever they stand in the answer.
    assert len(found.sources) == 1
    assert all(claim.text in found.sources[0].quote for claim in found.claims)


def test_a_heading_that_a_lead_in_brings_takes_no_statement_s_place(tmp_path: Path) -> None:
    colours = "rødt gult grønt blått hvitt svart grått".split()
    items = "".join(f"- {colour} kort godtas i kantinen\n" for colour in colours)
    plan = f"# Plan\n\n## Kort er velkomne\n\nDet betyr at\n\n{items}"
    found = extract(assistant_over(tmp_path, plan=plan), "Godtas kort i kantinen?")
    assert lines(found)[:2] == ["Kort er velkomne", "Det betyr at"]
    assert len(found.claims) == MAX_LINES + 1


def test_repetition_is_shown_once_and_from_what_was_adopted(tmp_path: Path) -> None:
    plan = (
        "# Plan\n\n## Sammendrag\n\nHjelm er påbudt for alle syklister.\n\n"
        "## 1. Byrådet vedtar følgende\n\nHjelm er påbudt for alle syklister.\n"
    )
    found = extract(assistant_over(tmp_path, plan=plan), "Er hjelm påbudt for syklister?")
    assert lines(found) == ["Hjelm er påbudt for alle syklister."]
    assert found.sources[0].section == ("1. Byrådet vedtar følgende",)


def test_sentence_that_points_back_brings_the_one_before_it(tmp_path: Path) -> None:
    plan = "# Plan\n\n## Hjelm\n\nAlle får lånt utstyr. Dette gjelder hjelm, lykt og refleks.\n"
    found = extract(assistant_over(tmp_path, plan=plan), "Gjelder det hjelm, lykt og refleks?")
    assert lines(found) == ["Alle får lånt utstyr.", "Dette gjelder hjelm, lykt og refleks."]
    assert len(found.sources) == 1


def test_neighbours_in_the_text_become_one_source(tmp_path: Path) -> None:
    plan = "# Plan\n\n## Hjelm\n\nHjelm er påbudt. Hjelm er gratis.\n"
    found = extract(assistant_over(tmp_path, plan=plan), "Hva med hjelm?")
    assert lines(found) == ["Hjelm er påbudt.", "Hjelm er gratis."]
    assert [source.quote for source in found.sources] == ["Hjelm er påbudt. Hjelm er gratis."]


def test_our_own_rules_are_never_mixed_with_another_organisations(tmp_path: Path) -> None:
    catalogue = (
        '[[dokument]]\nfil = "var.md"\ntittel = "Vår"\neier = "Oslo kommune"\n'
        '[[dokument]]\nfil = "deres.md"\ntittel = "Deres"\neier = "Fjordregionen"\n'
    )
    rule = "# Regel\n\n## Hjelm\n\nHjelm er {}.\n"
    assistant = assistant_over(
        tmp_path, catalogue, var=rule.format("påbudt"), deres=rule.format("frivillig")
    )
    assert lines(extract(assistant, "Hva gjelder om hjelm?")) == ["Hjelm er påbudt."]
    named = extract(assistant, "Hva gjelder om hjelm i Fjordregionen?")
    assert lines(named) == ["Hjelm er frivillig."]


def test_rule_in_force_comes_before_a_repealed_one(tmp_path: Path) -> None:
    catalogue = (
        '[[dokument]]\nfil = "a.md"\ntittel = "Gammel"\nopphevet_dato = 2020-01-01\n'
        '[[dokument]]\nfil = "b.md"\ntittel = "Ny"\ngyldig_fra = 2020-01-01\n'
    )
    assistant = assistant_over(
        tmp_path,
        catalogue,
        a="# A\n\n## Hjelm\n\nHjelm er frivillig.\n",
        b="# B\n\n## Hjelm\n\nHjelm er påbudt.\n",
    )
    found = extract(assistant, "Hva gjelder om hjelm?")
    assert lines(found)[0] == "Hjelm er påbudt."
    assert found.sources[0].standing is Standing.IN_FORCE


def test_what_it_was_chosen_from_comes_best_first_and_holds_what_is_shown(tmp_path: Path) -> None:
    plan = "# Plan\n\n## Hjelm\n\nHjelm er påbudt for syklister. Hjelm er gratis. Annet er lov.\n"
    found = extract(assistant_over(tmp_path, plan=plan), "Er hjelm påbudt for syklister?")
    scores = [candidate.score for candidate in found.considered]
    assert scores == sorted(scores, reverse=True)
    texts = [candidate.text for candidate in found.considered]
    assert set(lines(found)) <= set(texts)
    assert "Annet er lov." in texts
    assert found.best == scores[0]


def test_what_may_not_be_shown_is_not_considered_either(tmp_path: Path) -> None:
    plan = "# Plan\n\n## Hjelm\n\nHjelm er påbudt. Hjelm er gratis.\n"
    assistant = assistant_over(tmp_path, plan=plan)
    draft = assistant.draft("Er hjelm påbudt?")
    assert draft is not None
    index = assistant._current.opened.index
    found = write_extract(
        draft.question, draft.hits, index, {}, unusable=lambda text: "påbudt" in text
    )
    assert found is not None
    assert [candidate.text for candidate in found.considered] == ["Hjelm er gratis."]
    assert write_extract(draft.question, draft.hits, index, {}, unusable=lambda text: True) is None


def test_who_asks_on_hears_something_else_first(tmp_path: Path) -> None:
    rule = "Hjelm er påbudt for barn som sykler."
    plan = f"# Plan\n\n## Barn\n\n{rule}\n\n## Andre\n\nHjelm er påbudt for voksne som sykler.\n"
    assistant = assistant_over(tmp_path, plan=plan)
    draft = assistant.draft("Er hjelm påbudt for barn som sykler?")
    assert draft is not None
    index = assistant._current.opened.index
    fresh = write_extract(draft.question, draft.hits, index, {})
    again = write_extract(draft.question, draft.hits, index, {}, said=f"{rule} [1]")
    assert fresh is not None
    assert again is not None
    gaps = [_lead(found, rule) for found in (fresh, again)]
    assert gaps[0] > gaps[1]


def _lead(found: Extract, text: str) -> float:
    """Return how far a statement is before the best of the others."""
    own = next(c.score for c in found.considered if c.text == text)
    return own - max(c.score for c in found.considered if c.text != text)


@pytest.fixture(scope="module")
def extracts(strategies_by_words: Assistant) -> dict[str, Extract]:
    """What is chosen for each development question."""
    return {q.identity: extract(strategies_by_words, q.text) for q in QUESTIONS}


@pytest.mark.parametrize("identity", [question.identity for question in QUESTIONS])
def test_extract_is_whole_quotes_in_places_of_their_own(
    strategies_by_words: Assistant, extracts: dict[str, Extract], identity: str
) -> None:
    found = extracts[identity]
    assert found.claims
    assert [source.number for source in found.sources] == list(range(1, len(found.sources) + 1))
    taken: dict[str, list[tuple[int, int]]] = {STRATEGY: [], REGION: []}
    for source in found.sources:
        document = strategies_by_words.document(source.document)
        assert document is not None
        assert document.text[source.start : source.end] == source.quote
        for start, end in taken[source.document]:
            assert source.end <= start or source.start >= end
        taken[source.document].append((source.start, source.end))
    for claim, written in zip(found.claims, _written(found), strict=True):
        (number,) = claim.sources
        assert claim.text in found.sources[number - 1].quote
        assert written.removeprefix("• ") == f"{claim.text} [{number}]"
    assert 0 <= found.coverage <= 1
    assert len({source.document for source in found.sources}) == 1


def _written(found: Extract) -> list[str]:
    """Cut the answer's text where its claims are; a claim may hold line breaks."""
    parts, rest = [], found.text
    for claim in found.claims:
        mark = f" [{claim.sources[0]}]"
        end = rest.index(claim.text) + len(claim.text) + len(mark)
        parts.append(rest[:end])
        rest = rest[end:].removeprefix("\n")
    assert rest == ""
    return parts


def test_no_answer_is_longer_than_a_list_with_what_leads_in(
    extracts: dict[str, Extract],
) -> None:
    counts = [len(found.claims) for found in extracts.values()]
    assert max(counts) <= MAX_LIST_LINES + 2  # the heading that a lead-in means comes first
    assert sorted(counts)[len(counts) // 2] <= MAX_LINES
