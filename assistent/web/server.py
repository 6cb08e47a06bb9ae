"""The app as it is served: pages, chat, static files, and the middleware around them."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from assistent import texts_page
from assistent.answering import Assistant
from assistent.errors import AssistantError
from assistent.settings import Settings
from assistent.web.answer_streams import Answers
from assistent.web.api import MOUNT, build_api
from assistent.web.choice import PageChoice
from assistent.web.installable import build_installable
from assistent.web.methods import HeadIsGet
from assistent.web.page import build_page
from assistent.web.pages import build_pages
from assistent.web.phone.routes import build_phone
from assistent.web.security import BODY_LIMIT, OnlyWhatThePageNeeds, SecurityHeaders
from assistent.web.shell import NorwegianShell
from assistent.web.source_pages import PACKED_TYPES, build_source_pages
from assistent.web.theme import build_theme
from assistent.web.tools import build_tools

STATIC = Path(__file__).parent / "static"


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the whole web app for ``assistant``."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=BODY_LIMIT)
    app.include_router(build_pages(assistant, contact=settings.contact))
    app.include_router(build_source_pages(assistant, corpus=settings.corpus))
    app.include_router(build_tools(assistant))
    answers = Answers(assistant)
    app.include_router(build_phone(assistant, answers))
    app.include_router(build_installable(assistant, icons=settings.icons))
    app.mount(MOUNT, build_api(assistant, answers))
    app.mount("/ressurser", StaticFiles(directory=STATIC))
    gr.mount_gradio_app(
        app,
        build_page(answers),
        path="/",
        server_name=settings.address,
        server_port=settings.port,
        app_kwargs={"middleware": [Middleware(OnlyWhatThePageNeeds), Middleware(NorwegianShell)]},
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
    app.add_middleware(HeadIsGet)
    app.add_middleware(SecurityHeaders)
    return app


def serve(app: FastAPI, settings: Settings) -> None:
    """Serve the app until it is interrupted.

    Raises:
        AssistantError: the address or port cannot be used.
    """
    listener = _listener(settings.address, settings.port)
    address = f"http://{_host_to_open(settings.address)}:{settings.port}"
    print(texts_page.SERVING.format(address=address), flush=True)
    # Open pages hold a connection each (Gradio's heartbeat), so stopping must not wait for them.
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=2, timeout_keep_alive=30
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


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
