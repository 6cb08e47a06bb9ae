"""The app as it is served: pages, chat, static files, and the middleware around them."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from assistent import texts_page
from assistent.answering import Assistant
from assistent.bootstrap import evaluation_folder
from assistent.database import Database
from assistent.errors import AssistantError, DatabaseError
from assistent.journal import Journal
from assistent.settings import Settings
from assistent.types import Answer
from assistent.web.answer_streams import Answers
from assistent.web.api import MOUNT, build_api
from assistent.web.choice import PageChoice
from assistent.web.editors.routes import build_editors, store_down
from assistent.web.failures import CodedFailures
from assistent.web.feedback.desk import FeedbackDesk
from assistent.web.feedback.routes import build_feedback
from assistent.web.health import METRICS, Readiness, build_health
from assistent.web.installable import build_installable
from assistent.web.kept import kept_by
from assistent.web.methods import HeadIsGet
from assistent.web.metrics import Metrics
from assistent.web.page import build_page
from assistent.web.pages import build_pages
from assistent.web.phone.routes import build_phone
from assistent.web.recording import Recorder
from assistent.web.request_log import RequestLog
from assistent.web.security import BODY_LIMIT, OnlyWhatThePageNeeds, SecurityHeaders
from assistent.web.shell import NorwegianShell, signed_in_as
from assistent.web.sign_in.building import build_door, public_base
from assistent.web.sign_in.gate import Gate
from assistent.web.sign_in.machines import watch_key
from assistent.web.sign_in.owners import OwnConversations
from assistent.web.sign_in.pages import no_access
from assistent.web.sign_in.person import RoleMissingError, person_of
from assistent.web.sign_in.policy import read_proxies
from assistent.web.sign_in.provider import Provider
from assistent.web.sign_in.routes import build_sign_in_routes
from assistent.web.source_pages import PACKED_TYPES, build_source_pages
from assistent.web.stopping import GRACE, StoppingServer
from assistent.web.theme import build_theme
from assistent.web.tools import build_tools
from assistent.web.tracing import RequestSpans, Tracing, tell_total

_log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
_FLUSH_SECONDS = 1.0
_AROUND_GRADIO = (OnlyWhatThePageNeeds, OwnConversations, NorwegianShell)


def create_app(
    assistant: Assistant,
    settings: Settings,
    *,
    database: Database | None = None,
    journal: Journal | None = None,
    tracing: Tracing | None = None,
) -> FastAPI:
    """Return the whole web app.

    Args:
        assistant: answers; one that takes its groups from ``present_groups`` shows each person
            what they may see, any other what is open to everyone.
        settings: what is set.
        database: where sessions are kept; needed where people sign in.
        journal: keeps what was asked and takes feedback; None where nothing is kept. Whoever
            opened it closes it, but what waits is written when the app stops.
        tracing: makes spans of requests; closed when the app stops. None where nothing is traced.

    Raises:
        SettingsError: the app would be open to other machines without sign-in, or the settings for
            it cannot be used.
    """
    door = build_door(settings, database)
    kept = kept_by(journal)
    desk = FeedbackDesk(journal) if journal else None
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=BODY_LIMIT,
        lifespan=_flushing(journal, tracing),
    )
    app.include_router(build_pages(assistant, contact=settings.contact, kept=kept))
    app.include_router(build_feedback(desk, contact=settings.contact))
    app.include_router(build_editors(assistant, journal, evaluation=evaluation_folder(settings)))
    app.include_router(build_source_pages(assistant, corpus=settings.corpus))
    app.include_router(build_tools(assistant))
    if door is not None:
        provider = Provider(door.policy)
        app.include_router(build_sign_in_routes(door, provider, contact=settings.contact))

    @app.exception_handler(DatabaseError)
    async def unreachable(request: Request, error: DatabaseError) -> Response:
        _log.error("a page cannot be shown: %s", error)
        return store_down(request)

    @app.exception_handler(RoleMissingError)
    async def refused(request: Request, error: RoleMissingError) -> Response:  # noqa: ARG001
        root = request.scope.get("root_path", "")
        who = signed_in_as(person_of(request.scope), root)
        return no_access(root, settings.contact, who=who)

    metrics = Metrics(assistant, journal)
    answers = Answers(
        assistant,
        recorder=Recorder(assistant, journal) if journal else None,
        observe=partial(_observed, metrics),
    )
    metrics.watch(answers)
    app.state.answers = answers
    app.include_router(build_health(Readiness(assistant, answers, database), metrics))
    app.include_router(build_phone(assistant, answers, kept=kept))
    app.include_router(build_installable(assistant, icons=settings.icons))
    app.mount(MOUNT, build_api(assistant, answers, desk=desk))
    app.mount("/ressurser", StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        app,
        build_page(answers, kept=kept),
        path="/",
        server_name=settings.address,
        server_port=settings.port,
        app_kwargs={"middleware": [Middleware(each) for each in _AROUND_GRADIO]},
        theme=build_theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
    )
    # Gradio compresses its assets, but neither its start page nor anything of ours.
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1000,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *PACKED_TYPES),
    )
    app.add_middleware(PageChoice)
    watch = watch_key(METRICS, settings.metrics_key)
    app.add_middleware(Gate, door=door, base=public_base(settings, door), watch=watch)
    app.add_middleware(HeadIsGet)
    app.add_middleware(CodedFailures)
    app.add_middleware(SecurityHeaders)
    if tracing is not None:
        app.add_middleware(RequestSpans, tracing=tracing)
    app.add_middleware(RequestLog)
    return app


def _observed(metrics: Metrics, answer: Answer) -> None:
    metrics.observe(answer)
    tell_total(answer)


def _flushing(
    journal: Journal | None, tracing: Tracing | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what writes the journal's last entries and sends the last spans when the app stops.

    Not later: a server that was told to end does not return to whoever started it.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001
        yield
        last: list[Callable[[], object]] = []
        if journal is not None:
            last.append(partial(journal.flush, _FLUSH_SECONDS))
        if tracing is not None:
            last.append(tracing.close)
        # At the same time, for each may take a second.
        await asyncio.gather(*(run_in_threadpool(each) for each in last))

    return lifespan


def serve(app: FastAPI, settings: Settings) -> None:
    """Serve the app until it is told to stop; answers under way are finished.

    Raises:
        AssistantError: the address or port cannot be used.
    """
    listener = _listener(settings.address, settings.port)
    address = f"http://{_host_to_open(settings.address)}:{settings.port}"
    print(texts_page.SERVING.format(address=address), flush=True)
    with suppress(KeyboardInterrupt):
        config = server_config(app, settings)
        StoppingServer(config, app.state.answers).run(sockets=[listener])


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Return how the app is served."""
    proxies = read_proxies(settings)
    return uvicorn.Config(
        app,
        # As everything else is logged; requests by our own line, which tells of no address.
        log_config=None,
        log_level="warning",
        access_log=False,
        # Open pages hold a connection each (Gradio's heartbeat), so stopping must not wait for
        # them.
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=30,
        # Without a list of our own, uvicorn would believe the environment and this machine.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )


def _host_to_open(address: str) -> str:
    """Return what to write in the browser; the addresses that mean «all» cannot be opened."""
    if address in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{address}]" if ":" in address else address


def _listener(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise AssistantError(texts_page.port_in_use(address, port)) from error
        reason = error.strerror or str(error)
        raise AssistantError(texts_page.address_unusable(address, port, reason)) from error
    return listener
