"""What people read of the service's own state; the logs themselves are English."""

from __future__ import annotations

ALIVE = "lever"
READY = "klar"
NOT_READY_INDEX = "indeks"
NOT_READY_MODEL = "modell"
NOT_READY_DATABASE = "database"
NOT_READY_STOPPING = "stopper"
"""One word each: what is missing, and no more than that."""

QUOTE_CODE = {
    "nb": "Oppgi koden {code} hvis du melder fra om feilen.",
    "nn": "Oppgje koden {code} dersom du melder frå om feilen.",
    "en": "Please give the code {code} if you report this.",
}
"""Under an answer or a page that failed, by language."""


def bad_metrics_key(name: str) -> str:
    """Say how the key is written, without repeating it."""
    return (
        f"{name} kan ikke brukes som nøkkel. Den må ha minst 32 tegn: bokstaver fra a til z, "
        "tall, punktum, bindestrek, understrek, «~», «+» og «/». Lag en ny, for eksempel med "
        "«openssl rand -hex 32»."
    )


def tracing_not_installed(name: str) -> str:
    """Say what sends the spans, and how to install it."""
    return (
        f"{name} er satt, men det som sender sporene, er ikke installert. Kjør «pip install "
        "--constraint constraints.txt '.[sporing]'» i rotmappen, eller fjern innstillingen."
    )


def bad_tracing_address(name: str) -> str:
    """Say how the receiver's address is written, without repeating what was."""
    return (
        f"{name} er ikke en adresse som spor kan sendes til. Skriv for eksempel "
        "«http://127.0.0.1:4318», uten «/v1/traces»."
    )


def bad_tracing() -> str:
    """Say that one of OpenTelemetry's own settings cannot be used."""
    return (
        "En av innstillingene som begynner med OTEL_, kan ikke brukes. Rett den, eller fjern "
        "OTEL_EXPORTER_OTLP_ENDPOINT, så blir ingenting sporet."
    )
