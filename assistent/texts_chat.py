"""What the person who sets up a chat model reads."""

from __future__ import annotations

from collections.abc import Sequence

_MODEL = "ASSISTENT_CHATMODELL"
_URL = "ASSISTENT_CHATMODELL_URL"
_KEY = "ASSISTENT_CHATMODELL_NOEKKEL"


def chat_model_unnamed(value: str, providers: Sequence[str]) -> str:
    """Say that the setting names no provider we know, or no model."""
    *others, last = providers
    return (
        f"Innstillingen {_MODEL} kan ikke ha verdien «{value}». Skriv «leverandør:modell», for "
        f"eksempel «openai:gemma3». Leverandøren er {', '.join(others)} eller {last}."
    )


def chat_package_missing(provider: str, extra: str) -> str:
    """Say which packages a provider needs and how they are installed."""
    return (
        f"Innstillingen {_MODEL} velger {provider}, men pakken for {provider} er ikke installert. "
        f"Kjør «.venv/bin/uv pip install --constraint constraints.txt --editable '.[{extra}]'», "
        "og start på nytt."
    )


def chat_url_unusable(value: str) -> str:
    """Say what the address of a chat server looks like."""
    return (
        f"Innstillingen {_URL} kan ikke ha verdien «{value}». Skriv hele adressen, uten brukernavn "
        "og uten noe etter «?» eller «#», for eksempel «http://127.0.0.1:8000/v1»."
    )


def chat_url_missing(provider: str) -> str:
    """Say that a provider has no address of its own."""
    return (
        f"Innstillingen {_URL} mangler. Skriv adressen til tjenesten hos {provider}, for eksempel "
        "«https://navn.openai.azure.com»."
    )


def chat_key_missing(provider: str) -> str:
    """Say that a provider answers nobody without a key."""
    return (
        f"Innstillingen {_KEY} mangler. Legg inn nøkkelen fra {provider}, eller sett {_URL} hvis "
        "modellen kjører et annet sted."
    )


def chat_key_unusable() -> str:
    """Say that a key holds what no key can hold, without showing it."""
    return (
        f"Nøkkelen i {_KEY} har mellomrom, linjeskift eller tegn som ikke kan stå i en nøkkel. "
        "Kopier den på nytt."
    )


def chat_model_missing(name: str) -> str:
    """Say that a setting of the chat model is set, but no chat model."""
    return (
        f"Innstillingen {name} virker bare sammen med {_MODEL}. Sett {_MODEL}, eller fjern {name}."
    )
