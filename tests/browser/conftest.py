"""A real browser, and the page on a free loopback port with a hand-made assistant behind it."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from assistent.answering import Assistant
from assistent.bootstrap import build_database, build_journal
from assistent.settings import load_settings
from assistent.web.server import create_app
from tests.browser.phone_assistant import PhoneAssistant
from tests.web.fake_assistant import FakeAssistant

# The one without a window first: the same engine, and the tests take half the time with it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

OpenPage = Callable[..., Page]

# Five seconds, as Playwright has it, may pass on a busy machine without anything being wrong.
expect.set_options(timeout=20_000)


def find_chromium() -> str | None:
    places = [path for name in NAMES for path in (f"/usr/bin/{name}", shutil.which(name)) if path]
    return next((path for path in places if Path(path).is_file()), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        except Error as error:
            pytest.fail(
                f"No Chromium to test with: looked for {', '.join(NAMES)} in /usr/bin and on "
                f"PATH, and Playwright's own (playwright install chromium). {error.message}",
                pytrace=False,
            )
        yield found
        found.close()


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    with served(FakeAssistant()) as started:
        yield started


@pytest.fixture(scope="package")
def phone_server() -> Iterator[tuple[PhoneAssistant, str]]:
    """An assistant that plays scripts, and where it is served."""
    assistant = PhoneAssistant()
    with served(assistant) as started:
        yield assistant, started


@pytest.fixture
def phone(phone_server: tuple[PhoneAssistant, str]) -> Iterator[PhoneAssistant]:
    """The assistant behind the phone page, for a test to give scripts to."""
    yield phone_server[0]
    phone_server[0].reset()


@contextmanager
def served(assistant: Assistant, **environment: str) -> Iterator[str]:
    """Serve the whole app on a free port and give its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port = listener.getsockname()[1]
    given = {"ASSISTENT_PORT": str(port), "ASSISTENT_JOURNAL": "av", **environment}
    settings = load_settings(given)
    database = build_database(settings)
    journal = build_journal(settings, database)
    app = create_app(assistant, settings, database=database, journal=journal)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the server ended before it was up"
        assert time.monotonic() < deadline, "the server did not start in 30 seconds"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    for opened in (journal, database):
        if opened is not None:
            opened.close()


class Watch:
    """What went wrong in a context: foreign requests, failed ones, script and policy errors."""

    def __init__(self, own: str, may_fail: str) -> None:
        self.faults: list[str] = []
        self._own = own
        self._may_fail = may_fail

    def attach(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in (self._own, ""):
            self.faults.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        expected = response.request.resource_type == "document" or (
            self._may_fail and self._may_fail in response.url
        )
        if response.status >= 400 and not expected:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # Failed requests are judged above, where their address is known.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Open a path in a fresh context; afterwards, nothing may have gone wrong in any of them."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_path(
        path: str = "/",
        *,
        size: dict[str, int] = DESKTOP,
        scheme: str = "light",
        may_fail: str = "",
        **more: object,
    ) -> Page:
        # The browser speaks English on purpose: the page must be Norwegian all the same.
        context = browser.new_context(
            viewport=size, color_scheme=scheme, locale="en-US", base_url=address, **more
        )
        context.set_default_timeout(20_000)
        watch = Watch(urlsplit(address).netloc, may_fail)
        watch.attach(context)
        opened.append((context, watch))
        page = context.new_page()
        page.goto(path)
        if path == "/":
            page.wait_for_selector("#question textarea")
        return page

    yield open_path
    for context, _ in opened:
        context.close()
    assert [fault for _, watch in opened for fault in watch.faults] == []
