"""What is shown instead of a page: not signed in, no access, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi.responses import Response
from markupsafe import Markup

from assistent import texts_sign_in as texts
from assistent.web.api.problems import problem
from assistent.web.rendering import render
from assistent.web.request_log import code_line

NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads on."""

    address: str
    text: str


def message(
    root: str,
    status: int,
    title: str,
    text: str,
    way: Way | None = None,
    *,
    ahead: str = "",
    coded: bool = False,
    who: str = "",
) -> Response:
    """Return a page that says one thing.

    Args:
        root: the path that the app is mounted under.
        status: of the response.
        title: the heading.
        text: what it says.
        way: a link below it; to the start page if none.
        ahead: an address that the browser goes to by itself, at once: a page that leaves after a
            while leaves before some have read it.
        coded: whether the code of the request is shown; where the fault is ours it always is.
        who: HTML that says who is signed in, with the way out.
    """
    way = way or Way(f"{root}/", texts.TO_START)
    code = code_line() if coded or status >= 500 else ""
    values = {
        "title": title,
        "text": text,
        "way": way,
        "ahead": ahead,
        "code": code,
        "who": Markup(who),
    }
    response = render("innlogging.html", status=status, root=root, **values)
    response.headers.update(NO_STORE)
    return response


def problem_response(root: str, code: str) -> Response:
    """Return the same for whoever reads JSON; ``code`` is one of ``texts_api.PROBLEMS``."""
    return problem(f"{root}/api", code, headers=NO_STORE)


def no_access(root: str, contact: str, *, who: str = "") -> Response:
    """Return the page for somebody who is signed in but lacks the role; ``who`` as above."""
    text = texts.NO_ACCESS.format(contact=contact)
    return message(root, 403, texts.NO_ACCESS_TITLE, text, who=who)
