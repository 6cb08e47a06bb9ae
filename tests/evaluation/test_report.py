from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import assistent.evaluation
from assistent.errors import AssistantError
from assistent.evaluation.asking import ShownQuote
from assistent.evaluation.comparison import compare
from assistent.evaluation.question_sets import TEST
from assistent.evaluation.report import render_report, write_report
from assistent.evaluation.runs import Run, groups_of
from assistent.web.theme import DARK, LIGHT
from tests.evaluation.samples import answerable, refused, run_of, unanswerable

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)> & {{ 7 * 7 }}"
STYLES = Path(assistent.evaluation.__file__).parent / "templates" / "report.css"


class Page(HTMLParser):
    """Collects what is needed to judge a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def hostile_run(set_name: str = "prøve_dev") -> Run:
    shown = (ShownQuote(HOSTILE, (HOSTILE,), HOSTILE),)
    missed = {"gold_shown": False, "question": HOSTILE, "style": HOSTILE, "gold": (HOSTILE,)}
    return run_of(
        answerable(HOSTILE, set_name=set_name, shown=shown, **missed),
        answerable("2", set_name=set_name, support=0.8),
        unanswerable("3", set_name=set_name, outcome="answered", support=0.4, shown=shown),
        unanswerable("4", set_name=set_name, miss="near"),
    )


def render(run: Run, **options: bool) -> str:
    return render_report(run, groups_of(run), **options)


def test_a_hostile_question_stays_text() -> None:
    run = hostile_run()
    earlier = run_of(*(refused(r.identity, question=r.question) for r in run.results))
    text = render_report(run, groups_of(run), compare(run, groups_of(run), earlier))
    page = Page(text)
    assert page.count("script") == page.count("img") == 0
    assert HOSTILE in page.text
    assert "49" not in re.findall(r"(?<=& )\S+", page.text)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = render(hostile_run())
    page = Page(text)
    assert {"link", "script", "iframe", "img"} & {tag for tag, _ in page.tags} == set()
    addresses = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in {"href", "src", "xlink:href", "data", "action"}
    ]
    assert addresses
    assert all(address and address.startswith("#") for address in addresses)
    assert "url(" not in text
    assert "@import" not in text


def test_the_page_can_be_read_without_eyes() -> None:
    page = Page(render(hostile_run()))
    assert dict(page.tags)["html"]["lang"] == "nb"
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert page.count("table") == page.count("caption") > 0
    identities = [a["id"] for _, a in page.tags if "id" in a]
    assert len(identities) == len(set(identities))
    named = {n for _, a in page.tags for n in (a.get("aria-labelledby") or "").split()}
    links = {(a["href"] or "")[1:] for tag, a in page.tags if tag == "a"}
    assert named | links <= set(identities)
    # Every chart has a title, a description and a table.
    assert page.count("svg") == page.count("title") - 1 == page.count("desc") == 3
    scopes = [a.get("scope") for tag, a in page.tags if tag == "th"]
    assert set(scopes) == {"col", "row"}


def test_the_numbers_of_a_chart_stand_in_a_table() -> None:
    text = render(hostile_run())
    table = text.split("Fordeling av sannsynligheten</caption>")[1].split("</table>")[0]
    rows = [re.findall(r">([^<]+)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    assert rows[1] == ["10–20 %", "0", "0", "1"]
    assert rows[4] == ["40–50 %", "0", "1", "0"]
    assert rows[9] == ["90–100 %", "1", "0", "0"]


def test_misses_of_a_test_set_are_only_counted() -> None:
    run = hostile_run(f"prøve_{TEST}")
    hidden = Page(render(run)).text
    assert "2 bom. De vises ikke" in hidden
    assert HOSTILE not in hidden.replace(f"Stil: {HOSTILE}", "")
    shown = Page(render(run, show_test=True)).text
    assert HOSTILE in shown.replace(f"Stil: {HOSTILE}", "")
    assert "De vises ikke" not in shown


def test_changed_questions_of_a_test_set_are_only_counted() -> None:
    run = run_of(answerable("ny-vunnet", set_name="a_test"), refused("tapt", set_name="a_test"))
    earlier = run_of(refused("ny-vunnet", set_name="a_test"), answerable("tapt", set_name="a_test"))
    comparison = compare(run, groups_of(run), earlier)
    text = Page(render_report(run, groups_of(run), comparison)).text
    assert "ny-vunnet" not in text
    assert "Vunnet (1)" in text
    assert "ny-vunnet" in render_report(run, groups_of(run), comparison, show_test=True)


def test_without_probabilities_the_page_says_so() -> None:
    text = render(run_of(answerable("1", support=None)))
    assert "oppga ingen sannsynlighet" in text
    assert "<svg" not in text


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    folder = tmp_path / "ny" / "rapport"
    run = hostile_run()
    file = write_report(folder, run, groups_of(run))
    assert file.read_text("utf-8") == render(run)
    assert [each.name for each in folder.iterdir()] == ["index.html"]
    with pytest.raises(AssistantError, match="Kan ikke skrive"):
        write_report(file, run, groups_of(run))


@pytest.mark.parametrize(("number", "palette"), [(0, LIGHT), (1, DARK)])
def test_the_colours_are_those_of_the_page(number: int, palette: dict[str, str]) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLES.read_text("utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#\w+);", blocks[number]))
    assert len(colours) > 5
    assert colours == {name: palette[name] for name in colours}
    used = set(re.findall(r"var\(--([a-z-]+)\)", STYLES.read_text("utf-8")))
    assert used == set(colours)
