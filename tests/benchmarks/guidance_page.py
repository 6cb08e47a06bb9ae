"""How light and how fast the guided tools are on a phone: slow 4G and a CPU slowed four times.

    python -m tests.benchmarks.guidance_page [--runs N]

Each page is opened in a fresh browser without a cache; "usable" is when the first control of the
content can be tapped: DOMContentLoaded and the stylesheets in, measured in the page. Slow 4G is
Lighthouse's: 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import sys
import threading
import time

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from assistent.settings import load_settings
from assistent.web.server import create_app
from tests.browser.conftest import ARGUMENTS, PHONE, find_chromium
from tests.web.fake_assistant import FakeAssistant

PAGES = {
    "kanal, question 1": "/kanal",
    "kanal, result": "/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1",
    "beslutning, questions": "/beslutning",
    "beslutning, all unsure": "/beslutning?krise=usikker",
}
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
_USABLE = """() => new Promise(resolve => requestAnimationFrame(() => setTimeout(() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const page = performance.getEntriesByType('navigation')[0];
  resolve(Math.max(paint ? paint.startTime : 0, page.domContentLoadedEventEnd, page.loadEventEnd));
})))"""


def serve() -> tuple[uvicorn.Server, str]:
    """Serve the app on a free port; return the server and its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    app = create_app(FakeAssistant(), load_settings({}))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{listener.getsockname()[1]}"


def measure(browser: Browser, address: str) -> tuple[float, int, int]:
    """Return milliseconds until usable, bytes over the wire, and requests."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    usable = page.evaluate(_USABLE)
    page.wait_for_timeout(300)
    context.close()
    return usable, int(sum(sizes)), len(sizes)


def main() -> int:
    """Measure every page and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    server, address = serve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for name, path in PAGES.items():
            measure(browser, address + path)  # the first rendering compiles the template
            results = [measure(browser, address + path) for _ in range(runs)]
            usable = [result[0] for result in results]
            print(
                f"{name:24} usable {statistics.median(usable):5.0f} ms "
                f"(worst {max(usable):5.0f}), {results[0][1] / 1000:5.1f} kB, "
                f"{results[0][2]} requests"
            )
        browser.close()
    server.should_exit = True
    return 0


if __name__ == "__main__":
    sys.exit(main())
