"""Spans for OpenTelemetry: one for each request, and one below it for each step of an answer.

The only module that knows OpenTelemetry, whose sender comes with the extra ``sporing``. Nothing is
sent unless ``OTEL_EXPORTER_OTLP_ENDPOINT`` says where to. A span tells of method, route template,
status and the request's id: never what was asked or answered, who asked, or from where. Sending
happens in a thread of its own; what cannot be sent in time is dropped.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent import texts_operation as texts
from assistent.clock import Watcher, watched_by, watching
from assistent.errors import SettingsError
from assistent.types import Answer
from assistent.web.request_log import KEY, method_of, template_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
WATCHER = "assistent.watcher"
"""Where a request's scope holds who is told of its steps."""

CLOSING_SECONDS = 1.0
"""For the last spans when the server stops; it has ten seconds for everything."""

CLOSING = "tracing-closing"
"""The thread that sends the last spans."""

_SERVICE = "assistent"
_TIMEOUT = "OTEL_EXPORTER_OTLP_TIMEOUT"
_SECONDS = 2.0
"""For one sending, where nothing else is set; the library would take ten."""
_SENDER = "opentelemetry.exporter.otlp.proto.http.trace_exporter"
_QUIET_SECONDS = 60.0

_log = logging.getLogger(__name__)


class Tracing:
    """Makes the spans and has them sent.

    Args:
        provider: of OpenTelemetry, with the sender in place.
        closing_seconds: how long :meth:`close` waits at most for what is still to be sent.
    """

    def __init__(
        self, provider: TracerProvider, *, closing_seconds: float = CLOSING_SECONDS
    ) -> None:
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._closing_seconds = closing_seconds
        self._tracer = provider.get_tracer(_SERVICE)
        self._trace = trace
        self._caller = TraceContextTextMapPropagator()

    def begin(self, scope: Scope) -> Span:
        """Begin the span of a request, below the caller's if it names one."""
        # Nothing else of the caller's is taken on: its ``tracestate`` may hold anything.
        given = Headers(scope=scope).getlist("traceparent")
        above = self._caller.extract({"traceparent": given[0]} if len(given) == 1 else {})
        method = method_of(scope)
        attributes = {"http.request.method": method, "assistent.request": str(scope.get(KEY, ""))}
        return self._tracer.start_span(
            method, context=above, kind=self._trace.SpanKind.SERVER, attributes=attributes
        )

    def end(self, span: Span, scope: Scope, status: int) -> None:
        """End the span of a request, by now known to have gone to a route."""
        route = template_of(scope)
        span.update_name(f"{method_of(scope)} {route}")
        span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        if status >= 500:
            span.set_status(self._trace.StatusCode.ERROR)
        span.end()

    def below(self, span: Span) -> Watcher:
        """Return what makes a span below a request's of each step of its answer."""
        context = self._trace.set_span_in_context(span)

        def step(name: str, began: int, seconds: float) -> None:
            try:
                child = self._tracer.start_span(name, context=context, start_time=began)
                child.end(began + int(seconds * 1e9))
            except Exception:  # an answer is never lost for its trace
                _log.exception("a step is not traced")

        return step

    def close(self) -> None:
        """Send what waits; what takes longer is dropped."""
        # By itself the library would wait half a minute for a receiver that does not answer.
        closing = threading.Thread(target=self._provider.shutdown, name=CLOSING, daemon=True)
        closing.start()
        closing.join(self._closing_seconds)


class RequestSpans:
    """Trace every request; stands inside the request log. Pure ASGI middleware."""

    def __init__(self, app: ASGIApp, *, tracing: Tracing) -> None:
        self._app = app
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on inside its span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        span = self._tracing.begin(scope)
        scope[WATCHER] = watcher = self._tracing.below(span)
        status = 500  # what the server sends if nothing has been sent when an error comes up

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with watched_by(watcher):
                await self._app(scope, receive, send_noted)
        finally:
            self._tracing.end(span, scope, status)


def tell_total(answer: Answer) -> None:
    """Tell whoever watches how long an answer took in all; to be called when it is there."""
    total = answer.milliseconds.get("total")
    if total is not None and (tell := watching.get()):
        tell("total", time.time_ns() - int(total * 1e6), total / 1000)


def open_tracing(
    environment: Mapping[str, str] | None = None, *, closing_seconds: float = CLOSING_SECONDS
) -> Tracing | None:
    """Return what traces requests; None where nothing says where to send the spans.

    The library reads its other variables (``OTEL_…``) from the process' environment by itself.

    Args:
        environment: says where to; the process's own by default.
        closing_seconds: for the last spans when the server stops.

    Raises:
        SettingsError: the extra is not installed, or something cannot be used.
    """
    present = os.environ if environment is None else environment
    endpoint = present.get(ENDPOINT, "").strip()
    if not endpoint:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(texts.tracing_not_installed(ENDPOINT)) from error
    if not _is_address(endpoint):
        raise SettingsError(texts.bad_tracing_address(ENDPOINT))
    try:
        resource = Resource.create()
        if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
            resource = resource.merge(Resource({SERVICE_NAME: _SERVICE}))
        sender = OTLPSpanExporter(
            endpoint=f"{endpoint.rstrip('/')}/v1/traces",
            timeout=None if present.get(_TIMEOUT) else _SECONDS,
        )
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(sender))
    except ValueError as error:
        raise SettingsError(texts.bad_tracing()) from error
    logging.getLogger(_SENDER).addFilter(_Seldom())
    return Tracing(provider, closing_seconds=closing_seconds)


def _is_address(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and parts.scheme in ("http", "https") and not (parts.query or parts.fragment)


class _Seldom(logging.Filter):
    """Lets one line a minute through: a receiver that is down would fill the log."""

    def __init__(self) -> None:
        super().__init__()
        self._last = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        """Whether a line is logged."""
        now = time.monotonic()
        if now - self._last < _QUIET_SECONDS:
            return False
        self._last = now
        return True
