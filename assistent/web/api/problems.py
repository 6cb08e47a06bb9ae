"""Errors as ``application/problem+json`` (RFC 9457): what is wrong, where, and how to repair it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from assistent import texts_api as texts
from assistent.exchange.requests import Fault, explain
from assistent.web.answer_streams import RETRY_SECONDS, AnsweringFailedError, TooBusyError
from assistent.web.api.place import api_root
from assistent.web.request_log import code_line

MEDIA_TYPE = "application/problem+json"

_NO_JSON = "ugyldig-json"
_UNUSABLE = "ugyldig-innhold"
_BUSY = "opptatt"
_FAILED = "intern-feil"
_OUR_FAULT = frozenset({_FAILED, "ikke-lagret"})
"""What goes with the code of the request: the log tells more of it."""
_BY_STATUS = {
    400: _NO_JSON,
    404: "finnes-ikke",
    405: "feil-metode",
    413: "for-stort",
    415: "feil-innholdstype",
}


class ProblemError(Exception):
    """Ends a request with a problem; ``code`` is one of ``texts_api.PROBLEMS``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def problem_record(
    root: str,
    code: str,
    *,
    detail: str = "",
    faults: Iterable[Mapping[str, str]] = (),
    **values: int,
) -> dict[str, Any]:
    """Return a problem.

    Args:
        root: where the API is mounted.
        code: one of ``texts_api.PROBLEMS``.
        detail: in place of the usual one.
        faults: each fault of what was sent.
        values: what is filled into the usual detail.
    """
    status, title, usual = texts.PROBLEMS[code]
    line = code_line() if code in _OUR_FAULT else ""
    record: dict[str, Any] = {
        "type": f"{root}/docs#{code}",
        "title": title,
        "status": status,
        "detail": f"{detail or usual.format(**values)} {line}".rstrip(),
    }
    listed = list(faults)
    return {**record, "errors": listed} if listed else record


def problem(
    root: str, code: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Return the response for a problem; ``more`` is as in :func:`problem_record`."""
    record = problem_record(root, code, **more)
    return JSONResponse(record, record["status"], headers, MEDIA_TYPE)


def failed_record(root: str) -> dict[str, Any]:
    """Return the problem of an answer that failed after it began to be sent."""
    return problem_record(root, _FAILED)


def add_problem_handlers(api: FastAPI) -> None:
    """Answer every error of the API with a problem."""

    @api.exception_handler(ProblemError)
    async def chosen(request: Request, error: ProblemError) -> JSONResponse:
        return problem(api_root(request), error.code, detail=error.detail)

    @api.exception_handler(RequestValidationError)
    async def unusable(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = error.errors()
        if any(each["type"] == "json_invalid" for each in errors):
            return problem(api_root(request), _NO_JSON)
        in_query = bool(errors) and errors[0]["loc"][0] == "query"
        faults = [_fault_record(fault, in_query) for fault in explain(errors, skip=1)]
        return problem(api_root(request), _UNUSABLE, faults=faults)

    @api.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        code = _BY_STATUS.get(error.status_code, _FAILED)
        allowed = {"Allow": ", ".join(_methods(request))} if error.status_code == 405 else None
        return problem(api_root(request), code, headers=allowed)

    @api.exception_handler(TooBusyError)
    async def busy(request: Request, error: TooBusyError) -> JSONResponse:  # noqa: ARG001
        wait = {"Retry-After": str(RETRY_SECONDS)}
        return problem(api_root(request), _BUSY, headers=wait, seconds=RETRY_SECONDS)

    @api.exception_handler(AnsweringFailedError)
    async def unanswered(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
        return problem(api_root(request), _FAILED)

    @api.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
        return problem(api_root(request), _FAILED)


def _methods(request: Request) -> list[str]:
    """Return every method of an address; Starlette names those of its first route only."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    found = (r.methods or () for r in routes if r.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for methods in found for method in methods})


def _fault_record(fault: Fault, in_query: bool) -> dict[str, str]:
    place = (
        {"parameter": str(fault.where[-1]) if fault.where else ""}
        if in_query
        else {"pointer": "".join(["#", *(f"/{_escaped(str(part))}" for part in fault.where)])}
    )
    return {**place, "detail": fault.what, "repair": fault.repair}


def _escaped(key: str) -> str:
    """Return a key as RFC 6901 writes it in a pointer."""
    return key.replace("~", "~0").replace("/", "~1")
