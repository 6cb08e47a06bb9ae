"""How light and how fast the phone page is on a phone: slow 4G and a CPU slowed four times.

    python -m tests.benchmarks.phone_page [--runs N]

Each run is a fresh browser without a cache, before the real assistant over the index in force:

    usable   until a question can be typed and sent: painted, style in, script run
    answer   from sending a question until the documents' own sentences are on the screen
    shift    cumulative layout shift from the first paint until the answer's sources are open
    loaded   requests and bytes over the wire until the page is there
    kept     what the service worker then fetches to have it without a network

Slow 4G is Lighthouse's: 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from assistent.bootstrap import build_assistant
from assistent.settings import load_settings
from tests.benchmarks.guidance_page import SLOW_4G, SLOWER
from tests.browser.conftest import ARGUMENTS, PHONE, find_chromium, served

QUESTION = "Hvordan når jeg ansatte uten PC?"
LIMITS = {"usable": 1500.0, "answer": 700.0, "shift": 0.05, "requests": 8.0, "kilobytes": 60.0}
_USABLE = """() => new Promise(resolve => requestAnimationFrame(() => setTimeout(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [page] = performance.getEntriesByType('navigation');
  resolve(Math.max(paint.startTime, page.domContentLoadedEventEnd));
})))"""
_WATCH = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
"""
_TIME_ANSWER = """() => new Promise(resolve => {
  let sent = 0;
  document.addEventListener('submit', () => { sent = performance.now(); }, true);
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.claim')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - sent)));
  }).observe(document.getElementById('samtale'), {childList: true, subtree: true});
})"""
_WORKER_READY = "navigator.serviceWorker.ready.then(() => true)"
_KEPT = """async () => {
  const [name] = await caches.keys();
  const found = await (await caches.open(name)).matchAll();
  return [found.length, (await Promise.all(found.map(async each => (await each.blob()).size)))
    .reduce((sum, size) => sum + size, 0)];
}"""


@dataclass(frozen=True)
class Run:
    """Milliseconds, share, count and kilobytes of one visit."""

    usable: float
    answer: float
    shift: float
    requests: float
    kilobytes: float
    kept: tuple[int, float]


def measure(browser: Browser, address: str) -> Run:
    """Visit the page as a phone does, ask one question and open its sources."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.add_init_script(_WATCH)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{address}/m", wait_until="load")
    usable = page.evaluate(_USABLE)
    page.wait_for_timeout(500)
    loaded = list(sizes)
    page.evaluate(f"void (window.answered = ({_TIME_ANSWER})())")
    page.locator("#sporsmal").tap()
    page.locator("#sporsmal").fill(QUESTION)
    page.keyboard.press("Enter")
    answer = page.evaluate("window.answered")
    page.locator(".newest .actions button").first.wait_for()
    page.locator(".newest details.panel summary").tap()
    page.wait_for_timeout(1000)
    shift = page.evaluate("window.shift")
    page.evaluate(_WORKER_READY)
    count, size = page.evaluate(_KEPT)
    context.close()
    return Run(usable, answer, shift, len(loaded), sum(loaded) / 1000, (count, size / 1000))


def report(runs: list[Run]) -> Iterable[tuple[str, bool]]:
    """Yield a line for each figure and whether its limit is kept."""
    for name, limit in LIMITS.items():
        values = [getattr(run, name) for run in runs]
        middle = statistics.median(values)
        line = f"{name:10} median {middle:8.3f}  worst {max(values):8.3f}  limit {limit:g}"
        yield line, middle <= limit
    count, kilobytes = runs[-1].kept
    yield f"{'kept':10} {count} responses, {kilobytes:.0f} kB unpacked", True


def main() -> int:
    """Measure, print a table, and fail if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args().runs
    assistant = build_assistant(load_settings())
    assistant.answer(QUESTION)  # the first question of all loads what the others find loaded
    with served(assistant) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        measure(browser, address)  # the first visit of all compiles the templates
        lines = list(report([measure(browser, address) for _ in range(wanted)]))
        browser.close()
    for line, kept in lines:
        print(line if kept else f"{line}  PASSED")
    return 0 if all(kept for _, kept in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
