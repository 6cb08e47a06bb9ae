"""Beslutningssjekk: ten questions, a checklist, a receipt and a plan draft.

The server stores nothing. The state is replies and ticks, which fit into a link; the description is
the user's own text, so it travels in the body of a POST only and never into an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistent import forms, texts_tools
from assistent import texts_guidance as words
from assistent.answering import Assistant
from assistent.duties import DecisionAnswers, DecisionCheck, Part, check_decision
from assistent.guidance import Library
from assistent.papers import WRITERS
from assistent.papers.model import Paper
from assistent.plan import draft_plan, plan_paper
from assistent.receipt import receipt_paper
from assistent.web.fields import Fault, Reading, from_body, from_query
from assistent.web.rendering import render
from assistent.web.sources import SOURCE_TOOLS

DESCRIPTION = "beskrivelse"
TICK = "gjort"
_EDIT = "endre"
_LINE_ID = re.compile(r"[a-z0-9-]{1,80}")
_MOST_TICKS = 150
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What has been answered, described and ticked."""

    replies: dict[str, str]
    description: str
    ticks: tuple[str, ...]
    edit: bool
    faults: tuple[Fault, ...] = ()

    @property
    def answers(self) -> DecisionAnswers:
        """Return a form without faults as the engine takes it."""
        return DecisionAnswers(self.replies, self.description)

    def pairs(self, ticks: tuple[str, ...] | None = None) -> Iterator[tuple[str, str]]:
        """Yield replies and ticks as fields; the description is none of them."""
        for theme, key in forms.THEME_KEYS.items():
            if theme in self.replies:
                yield key, self.replies[theme]
        for tick in self.ticks if ticks is None else ticks:
            yield TICK, tick


def read_form(reading: Reading, *, described: bool) -> DecisionForm:
    """Read replies and ticks, and the description where it may come from."""
    replies = {}
    for theme, key in forms.THEME_KEYS.items():
        if reply := reading.choice(key, words.DECISION_QUESTION[theme], forms.REPLIES):
            replies[theme] = reply
    description = reading.line(DESCRIPTION) if described else ""
    if len(description) > forms.MAX_DESCRIPTION:
        message = words.description_too_long(len(description))
        reading.faults.insert(0, Fault(DESCRIPTION, message))
    ticks = dict.fromkeys(tick for tick in reading.fields.get(TICK, ()) if _LINE_ID.fullmatch(tick))
    kept = tuple(ticks)[:_MOST_TICKS]
    edit = bool(reading.fields.get(_EDIT))
    return DecisionForm(replies, description, kept, edit, tuple(reading.faults))


def add_decision_pages(
    router: APIRouter, assistant: Assistant, now: Callable[[], datetime]
) -> None:
    """Add the beslutningssjekk, its receipt and its plan to the routes."""

    @router.get("/beslutning")
    def linked(request: Request) -> Response:
        reading = from_query(request)
        form = read_form(reading, described=False)
        empty = not form.replies and not form.ticks
        if form.faults or form.edit or empty:
            return _questions(request, assistant.library(), form)
        return _checklist(request, assistant.library(), form, now())

    @router.post("/beslutning")
    async def sent(request: Request) -> Response:
        form = read_form(await from_body(request), described=True)
        library = assistant.library()
        if form.faults or form.edit:
            return _questions(request, library, form)
        return await run_in_threadpool(_checklist, request, library, form, now())

    @router.post("/beslutning/kvittering")
    async def preview(request: Request) -> Response:
        form = read_form(await from_body(request), described=True)
        library = assistant.library()
        if form.faults:
            return _questions(request, library, form)
        check = check_decision(form.answers, library, now().date())
        return _page(
            "kvittering.html",
            request,
            paper=_receipt(check, form, library, now()),
            form=form,
            kept=list(form.pairs()),
        )

    @router.post("/beslutning/{name}.{ending}")
    async def file(request: Request, name: str, ending: str) -> Response:
        if name not in ("kvittering", "plan") or ending not in WRITERS:
            return RedirectResponse(_here(request), status_code=303)
        form = read_form(await from_body(request), described=True)
        library = assistant.library()
        if form.faults:
            return _questions(request, library, form)
        return await run_in_threadpool(_file, name, ending, form, library, now())

    @router.get("/beslutning/{rest:path}")
    def from_history(request: Request, rest: str) -> Response:  # noqa: ARG001
        # A receipt cannot be opened by its address, for nothing is stored.
        return RedirectResponse(_here(request), status_code=303)


def _here(request: Request) -> str:
    return f"{request.scope.get('root_path', '')}/beslutning"


def _page(template: str, request: Request, *, status: int = 200, **values: Any) -> Response:
    response = render(
        template,
        status=status,
        root=request.scope.get("root_path", ""),
        w=words,
        x=texts_tools,
        keys=forms.THEME_KEYS,
        description_field=DESCRIPTION,
        tick_field=TICK,
        longest=forms.MAX_DESCRIPTION,
        **SOURCE_TOOLS,
        **values,
    )
    response.headers.update(_NO_STORE)
    return response


def _questions(request: Request, library: Library, form: DecisionForm) -> Response:
    return _page(
        "beslutning.html",
        request,
        status=400 if form.faults else 200,
        form=form,
        faults=form.faults,
        ready=bool(library.registers.duties),
        themes=list(forms.THEMES),
        replies=forms.REPLIES,
    )


def _checklist(request: Request, library: Library, form: DecisionForm, now: datetime) -> Response:
    check = check_decision(form.answers, library, now.date())
    skipped = len(forms.THEMES) - len(form.replies)
    ticks = tuple(line.id for line in check.lines if line.id in form.ticks)
    query = urlencode(list(form.pairs(ticks)) or [(_reply_of_nothing(), forms.UNSURE)])
    return _page(
        "sjekkliste.html",
        request,
        form=form,
        check=check,
        parts=[(part, check.part(part)) for part in Part],
        ticks=ticks,
        remarks=[
            *([texts_tools.LINES_GONE] if len(ticks) < len(form.ticks) else []),
            *([texts_tools.unanswered(skipped)] if skipped else []),
            *check.notices,
        ],
        link=f"{_here(request)}?{query}",
        plan=plan_paper(draft_plan(check, library)),
        replies=[
            (words.DECISION_QUESTION[theme], words.REPLY[check.answers.reply(theme)])
            for theme in forms.THEMES
        ],
        kept=[pair for pair in form.pairs(()) if pair[0] != TICK],
    )


def _reply_of_nothing() -> str:
    """Return a field that says that nothing was answered, for no answer is unsure."""
    return forms.THEME_KEYS[forms.THEMES[0]]


def _receipt(check: DecisionCheck, form: DecisionForm, library: Library, now: datetime) -> Paper:
    return receipt_paper(check, frozenset(form.ticks), library.documents, now)


def _file(name: str, ending: str, form: DecisionForm, library: Library, now: datetime) -> Response:
    check = check_decision(form.answers, library, now.date())
    if name == "plan":
        paper = plan_paper(draft_plan(check, library))
        stem = texts_tools.PLAN_FILE_NAME
    else:
        paper = _receipt(check, form, library, now)
        stem = texts_tools.RECEIPT_FILE
    media_type, write = WRITERS[ending]
    named = f'attachment; filename="{stem}-{now:%Y-%m-%d}.{ending}"'
    headers = {**_NO_STORE, "Content-Disposition": named}
    return Response(write(paper), media_type=media_type, headers=headers)
