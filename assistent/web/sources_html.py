"""The sources under an answer become HTML."""

from __future__ import annotations

from html import escape

from assistent.texts_answer import BOKMAL, AnswerTexts
from assistent.types import Answer, Source, Standing
from assistent.web.addresses import viewer_address
from assistent.web.layout import Layout

_SYMBOLS = {
    Standing.IN_FORCE: "✓",
    Standing.EXPIRED: "!",
    Standing.REPEALED: "×",
    Standing.DRAFT: "…",
    Standing.SUMMARY: "≡",
}


def standing_badge(standing: Standing, said: AnswerTexts = BOKMAL) -> str:
    """Return the standing as a word with a symbol, so that it never rests on colour alone."""
    return (
        f'<span class="badge {standing.name.lower().replace("_", "-")}">'
        f'<span class="only-read">{escape(said.standing_label)} </span>'
        f'<span class="symbol" aria-hidden="true">{_SYMBOLS[standing]}</span> '
        f"{escape(said.standing[standing])}</span>"
    )


def norwegian(text: str, said: AnswerTexts) -> str:
    """Return a document's own words, marked as Norwegian inside an answer in another language."""
    return in_language(text, BOKMAL.language, said)


def in_language(text: str, language: str, said: AnswerTexts) -> str:
    """Return a text, marked with its language where that is not the answer's."""
    if language == said.language:
        return escape(text)
    return f'<span lang="{escape(language)}">{escape(text)}</span>'


def paragraphs(text: str) -> str:
    """Return each line of a text as a paragraph."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def quotation(source: Source, said: AnswerTexts) -> str:
    """Return the quote of a source, marked as Norwegian where the answer is not."""
    language = "" if said is BOKMAL else ' lang="nb"'
    return f"<blockquote{language}>{paragraphs(source.quote)}</blockquote>"


def viewer_link(source: Source, answer: Answer, said: AnswerTexts, layout: Layout) -> str:
    """Return the link to a source's quote in our own viewer."""
    target, aside = "", ""
    if layout.new_tab:
        target = ' target="_blank" rel="noopener"'
        aside = f' <span class="aside">{escape(said.opens_in_new_tab)}</span>'
    return (
        f'<a class="open" href="{escape(viewer_address(source, answer.sources))}"{target}>'
        f"{escape(said.show_in_document)}{aside}</a>"
    )


def render_sources(answer: Answer, number: int, said: AnswerTexts, layout: Layout) -> str:
    """Return the numbered sources; empty for an answer without."""
    if not answer.sources:
        return ""
    items = "".join(_source(source, answer, number, said, layout) for source in answer.sources)
    listed = f'<ol class="sources" role="list">{items}</ol>'
    if not layout.fold_sources:
        return f'<div class="panel"><h3>{escape(said.sources_heading)}</h3>{listed}</div>'
    heading = f"{escape(said.sources_heading)} ({len(answer.sources)})"
    return f'<details class="panel"><summary>{heading}</summary>{listed}</details>'


def _source(source: Source, answer: Answer, number: int, said: AnswerTexts, layout: Layout) -> str:
    language = "" if said is BOKMAL else ' lang="nb"'
    section = " › ".join(source.section)
    place = f'<p class="place"{language}>{escape(section)}</p>' if section else ""
    page = (
        f'<p class="place">{escape(said.page.format(number=source.page).capitalize())}</p>'
        if source.page is not None
        else ""
    )
    note = f'<p class="note"{language}>{escape(source.note)}</p>' if source.note else ""
    return (
        f'<li class="source" id="source-{number}-{source.number}" tabindex="-1">'
        f'<span class="number" aria-hidden="true">{source.number}</span>'
        f'<p class="title"><span class="only-read">'
        f"{escape(said.source_mark.format(number=source.number))}: </span>"
        f"{norwegian(source.title, said)} {standing_badge(source.standing, said)}</p>"
        f"{place}{page}{quotation(source, said)}{note}"
        f"{viewer_link(source, answer, said, layout)}</li>"
    )
