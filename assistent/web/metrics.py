"""Figures of the running app for Prometheus: no question, no person, no path in any label."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistent.answering import Assistant
from assistent.editions import built_at
from assistent.journal import Journal
from assistent.types import Answer
from assistent.web.answer_streams import Answers

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_STEPS = ("guard", "embed", "search", "write", "verify", "compose", "total")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_CHAT = "chat"


class Metrics:
    """Counts the answers as they are given, and reads the rest when it is asked.

    Args:
        assistant: whose answers are counted.
        journal: tells what it lost; None where none is kept.
        now: tells the time.
    """

    def __init__(
        self,
        assistant: Assistant,
        journal: Journal | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "assistent_step_seconds",
            "Seconds that a step of an answer took.",
            ["step"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._lock = threading.Lock()
        self._given: Tally[tuple[str, str]] = Tally()
        self._assistant = assistant
        self._journal = journal
        self._now = now

    def observe(self, answer: Answer) -> None:
        """Count a finished answer; may be called from several threads."""
        for step in _STEPS:
            if step in answer.milliseconds:
                self._seconds.labels(step).observe(answer.milliseconds[step] / 1000)
        # A chat model's own name is a setting, and no figure of ours depends on it.
        writer = answer.writer if answer.writer in ("extract", "fixed") else _CHAT
        with self._lock:
            self._given[answer.outcome.value, writer] += 1

    def watch(self, answers: Answers) -> None:
        """Tell of what is under way, too; to be called once."""
        self._registry.register(_Present(self._collect, answers))

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self._registry)

    def _collect(self, answers: Answers) -> Iterator[Metric]:
        given = CounterMetricFamily(
            "assistent_answers", "Answers given.", labels=["outcome", "writer"]
        )
        with self._lock:
            tally = dict(self._given)
        for labels, count in sorted(tally.items()):
            given.add_metric(labels, count)
        yield given
        yield GaugeMetricFamily(
            "assistent_answers_running", "Questions under way now.", answers.running
        )
        yield CounterMetricFamily(
            "assistent_answers_refused", "Questions refused, all places taken.", answers.refused
        )
        faults = CounterMetricFamily(
            "assistent_chat_faults", "Answers that the chat model did not write.", labels=["fault"]
        )
        for fault, count in sorted(self._assistant.chat_faults().items()):
            faults.add_metric([fault], count)
        yield faults
        edition = self._assistant.edition
        info = GaugeMetricFamily("assistent_edition_info", "The edition.", labels=["edition"])
        info.add_metric([edition], 1)
        yield info
        if (built := built_at(edition)) is not None:
            yield GaugeMetricFamily(
                "assistent_edition_age_seconds",
                "Seconds since the edition in force was built.",
                max(0.0, (self._now() - built).total_seconds()),
            )
        if self._journal is not None:
            yield CounterMetricFamily(
                "assistent_journal_dropped",
                "Answers that the journal did not keep.",
                self._journal.dropped,
            )
            yield GaugeMetricFamily(
                "assistent_journal_waiting",
                "Answers that the journal has yet to write.",
                self._journal.waiting,
            )


class _Present(Collector):
    """What is read when it is asked for."""

    def __init__(self, read: Callable[[Answers], Iterator[Metric]], answers: Answers) -> None:
        self._read = read
        self._answers = answers

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they are now."""
        return self._read(self._answers)

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: what there is to read depends on the moment."""
        return iter(())
