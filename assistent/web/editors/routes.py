"""The routes below ``/redaksjon``. Everything works as plain forms; there is no script."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from assistent import guard, texts_feedback
from assistent import texts_editors as texts
from assistent.answering import Assistant
from assistent.editorial import feedback_by_place, needs_work
from assistent.errors import AssistantError
from assistent.journal import Journal, Triage
from assistent.journal.feedback import MAX_TEXT
from assistent.personal_data import find_personal_data, without_personal_data
from assistent.web.addresses import document_address
from assistent.web.editors.chart import KINDS, bars, totals
from assistent.web.editors.csv_file import csv_of
from assistent.web.editors.desk import HERE, EditorsDesk, store_of
from assistent.web.editors.new_question import FaultyError, Filled, add
from assistent.web.editors.sheets import section_of, sheet, title_of
from assistent.web.pages import not_found
from assistent.web.rendering import render
from assistent.web.request_log import code_line
from assistent.web.shell import signed_in_as
from assistent.web.sign_in.person import Person, Role, person_of, require
from assistent.web.sources_html import standing_badge
from assistent.web.tools import in_oslo

_log = logging.getLogger(__name__)

_FIELD = Form()
_USED_SHOWN = 15
_WITHIN = 90
_ALL = "alle"


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor wrote that was not saved, to be shown once more without personal data."""

    identity: str
    triage: Triage
    note: str


EditorOnly = Callable[[Request], object]
"""Lets an editor pass and raises for anybody else."""

EDITOR_ONLY: EditorOnly = require(Role.EDITOR)


def build_editors(
    assistant: Assistant,
    journal: Journal | None,
    *,
    evaluation: Path,
    editor_only: EditorOnly = EDITOR_ONLY,
    now: Callable[[], datetime] = in_oslo,
) -> APIRouter:
    """Return the routes.

    Args:
        assistant: whose documents are looked after.
        journal: what was asked; None where nothing is kept.
        evaluation: folder of the question set that editors add to.
        editor_only: who may see these pages.
        now: tells the time in Oslo.
    """
    router = APIRouter(prefix="/redaksjon", dependencies=[Depends(editor_only)])
    store = store_of(journal) if journal else None
    desk = EditorsDesk(assistant, store, now=now)

    @router.get("", response_class=HTMLResponse)
    def overview(request: Request) -> Response:
        days, groups = desk.outcomes(), _groups(request)
        return _page(
            request,
            "redaksjon.html",
            waiting=sum(map(needs_work, desk.feedback(groups))),
            ending=len(desk.ending(_WITHIN)),
            fallen=len(desk.fallen(groups)),
            within=_WITHIN,
            days=days,
            asked=totals(days),
            chart=bars(days),
            kinds=KINDS,
            used=desk.used(groups)[:_USED_SHOWN],
            kept_days=journal.days if journal else 0,
            dropped=journal.dropped if journal else 0,
        )

    @router.get("/ubesvart", response_class=HTMLResponse)
    def unmet(request: Request) -> Response:
        groups = desk.unmet(_groups(request))
        has_text = store is not None and store.has_text
        kept_days = journal.days if journal else 0
        return _page(
            request,
            "redaksjon_ubesvart.html",
            groups=groups,
            has_text=has_text,
            kept_days=kept_days,
        )

    @router.get("/dokumenter", response_class=HTMLResponse)
    def documents(request: Request, innen: int = _WITHIN) -> Response:
        within = innen if innen in texts.WITHIN_DAYS else _WITHIN
        return _page(
            request,
            "redaksjon_dokumenter.html",
            within=within,
            ending=desk.ending(within),
            leaving=desk.leaving(within),
            fallen=desk.fallen(_groups(request)),
        )

    @router.get("/tilbakemeldinger", response_class=HTMLResponse)
    def feedback(request: Request, vis: str = "", lagret: str = "") -> Response:
        return _feedback(request, everything=vis == _ALL, saved=lagret)

    @router.post("/tilbakemeldinger/{identity}", response_class=HTMLResponse)
    def handle(
        request: Request,
        identity: str,
        status: Annotated[str, _FIELD] = "",
        notat: Annotated[str, _FIELD] = "",
        glem: Annotated[str, _FIELD] = "",
        vis: Annotated[str, _FIELD] = "",
    ) -> Response:
        groups, everything = _groups(request), vis == _ALL
        found = store.box.find(identity) if store else None
        if found is not None and not all(place.open_to(groups) for place in found.places):
            found = None
        if store is None or found is None or status not in set(Triage):
            return _feedback(request, everything=everything, fault=texts.FEEDBACK_GONE, code=404)
        note = "\n".join(guard.clean(line) for line in notat[: 2 * MAX_TEXT].splitlines())
        if find_personal_data(note):
            everything = everything or not needs_work(found)
            typed = Typed(identity, Triage(status), without_personal_data(note))
            return _feedback(
                request, everything=everything, fault=texts.NOTE_STOPPED, code=422, typed=typed
            )
        person = person_of(request.scope)
        store.box.handle(
            identity,
            Triage(status),
            note=note,
            by=(person.name if person else "") or texts.THIS_MACHINE,
            forget_contact=glem == "ja",
        )
        query = f"lagret={identity}{f'&vis={_ALL}' if everything else ''}"
        address = f"{_root(request)}/redaksjon/tilbakemeldinger?{query}#lagret"
        return RedirectResponse(address, 303)

    def _feedback(
        request: Request,
        *,
        everything: bool = False,
        saved: str = "",
        fault: str = "",
        code: int = 200,
        typed: Typed | None = None,
    ) -> Response:
        groups = _groups(request)
        known = desk.feedback(groups)
        waiting = [each for each in known if needs_work(each)]
        shown = known if everything else waiting
        return _page(
            request,
            "redaksjon_tilbakemeldinger.html",
            code,
            shown=shown,
            said=feedback_by_place(shown),
            everything=everything,
            waiting=len(waiting),
            quiet=len(known) - len(waiting),
            saved=next((each for each in known if each.identity == saved), None),
            subjects=desk.subjects(shown, groups),
            typed=typed,
            fault=fault,
        )

    @router.get("/eksport/{name}.csv")
    def export(request: Request, name: str) -> Response:
        if name not in texts.FILE_NAMES:
            return not_found(_root(request))
        file = f"{name}-{now():%Y-%m-%d}.csv"
        headers = {
            "Content-Disposition": f'attachment; filename="{file}"',
            "Cache-Control": "no-store",
        }
        content = csv_of(*sheet(name, desk, _groups(request)))
        return Response(content, headers=headers, media_type="text/csv")

    @router.get("/sporsmal", response_class=HTMLResponse)
    def new_question(request: Request, svar: str = "") -> Response:
        return _question_form(request, Filled(question=desk.question(svar, _groups(request))))

    @router.post("/sporsmal", response_class=HTMLResponse)
    def add_question(
        request: Request,
        sporsmal: Annotated[str, _FIELD] = "",
        bruker: Annotated[str, _FIELD] = "ansatt",
        dokument: Annotated[str, _FIELD] = "",
        sitat: Annotated[str, _FIELD] = "",
    ) -> Response:
        filled = Filled(sporsmal, bruker, dokument, sitat)
        try:
            identity = add(filled, desk.documents(), evaluation)
        except FaultyError as error:
            again = filled.to_mend(desk.documents())
            return _question_form(request, again, fault=error.fault, code=422)
        except AssistantError as error:
            _log.exception("a question was not added")
            fault = f"{error} {code_line()}".rstrip()
            return _question_form(request, filled, fault=fault, code=500)
        done = texts.TEST_ADDED.format(identity=identity)
        return _question_form(request, Filled(), done=done)

    def _question_form(
        request: Request, filled: Filled, *, fault: str = "", done: str = "", code: int = 200
    ) -> Response:
        return _page(
            request,
            "redaksjon_sporsmal.html",
            code,
            filled=filled,
            listed=sorted(desk.documents().values(), key=lambda each: each.info.title),
            fault=fault,
            done=done,
        )

    def _page(request: Request, template: str, code: int = 200, **values: Any) -> Response:
        known = desk.documents()
        root = _root(request)
        response = render(
            template,
            status=code,
            root=root,
            e=texts,
            reasons=texts_feedback.REASONS,
            triages=list(Triage),
            journal=journal,
            page=template.removesuffix(".html"),
            who=Markup(signed_in_as(person_of(request.scope), root)),
            title_of=lambda path: title_of(path, known),
            address_of=lambda path: f"{root}{document_address(path)}" if path in known else "",
            section_of=section_of,
            badge=lambda standing: Markup(standing_badge(standing)),
            local=lambda moment: moment.astimezone(HERE),
            **values,
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    return router


def store_down(request: Request) -> Response:
    """Return the page for when the database does not answer."""
    values = {"root": _root(request), "e": texts, "code": code_line()}
    return render("redaksjon_nede.html", status=503, **values)


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


def _groups(request: Request) -> frozenset[str]:
    person: Person | None = person_of(request.scope)
    return person.groups if person else frozenset()
