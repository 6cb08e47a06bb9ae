"""Which chat models can be chosen, and how LangChain builds them.

The choice is checked when the program starts, without importing anything. Nothing is read from
the environment variables that LangChain and the providers' clients know: address and key are ours.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistent import texts_chat
from assistent.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_TOKENS = 1200
# A version that is in general use; the newer way into Azure is openai with its /openai/v1 address.
_AZURE_VERSION = "2024-10-21"
# Servers of OpenAI's own know this limit by another name than those that are like them.
_OPENAI_HOSTS = (".openai.com", ".openai.azure.com", ".services.ai.azure.com")
# They write prompts into their logs when somebody turns on all messages.
_TALKATIVE = ("openai", "anthropic", "httpx", "httpx2", "httpcore", "httpcore2", "langchain_openai")

_LOGIN = re.compile(r"//[^/]*@")


@dataclass(frozen=True, slots=True)
class _Provider:
    """How a provider is reached: its package, the extra that installs it, its own address."""

    package: str
    extra: str
    url: str


_PROVIDERS = {
    "openai": _Provider("langchain_openai", "", "https://api.openai.com/v1"),
    "azure_openai": _Provider("langchain_openai", "", ""),
    "anthropic": _Provider("langchain_anthropic", "anthropic", "https://api.anthropic.com"),
    "mistralai": _Provider("langchain_mistralai", "mistral", "https://api.mistral.ai/v1"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A chat model that has been checked as far as that goes without asking it."""

    provider: str
    model: str
    url: str
    key: SecretStr

    @property
    def name(self) -> str:
        """«provider:model», as it was set."""
        return f"{self.provider}:{self.model}"


def choose(name: str, url: str | None, key: SecretStr | None) -> Choice:
    """Check what is set.

    Args:
        name: «provider:model»; a model's name may hold further colons.
        url: the server's base address; the provider's own by default.
        key: what the server knows us by; servers of one's own need none.

    Raises:
        SettingsError: it cannot work; says what is wrong and how to mend it.
    """
    provider, _, model = name.partition(":")
    if provider not in _PROVIDERS or not model.strip():
        raise SettingsError(texts_chat.chat_model_unnamed(name, tuple(_PROVIDERS)))
    known = _PROVIDERS[provider]
    if importlib.util.find_spec(known.package) is None:
        raise SettingsError(texts_chat.chat_package_missing(provider, known.extra))
    if url is not None and not _is_address(url):
        raise SettingsError(texts_chat.chat_url_unusable(_LOGIN.sub("//…@", url)))
    if url is None and not known.url:
        raise SettingsError(texts_chat.chat_url_missing(provider))
    if url is None and key is None:
        raise SettingsError(texts_chat.chat_key_missing(provider))
    if key is not None and not _is_key(key.get_secret_value()):
        raise SettingsError(texts_chat.chat_key_unusable())
    # The clients insist on a key, even where the server wants none.
    return Choice(provider, model, (url or known.url).rstrip("/"), key or SecretStr("ingen"))


def build(choice: Choice, *, seconds: float) -> BaseChatModel:
    """Build LangChain's model. The first time this imports LangChain, which takes seconds.

    Args:
        seconds: after which the client gives up by itself.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "api_key": choice.key,
        "timeout": seconds,
        "max_retries": 0,
        "cache": False,
        **_options(choice),
    }
    model: BaseChatModel = init_chat_model(choice.model, model_provider=choice.provider, **options)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return model


def call_options(
    choice: Choice, model: BaseChatModel, schema: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what goes with every call.

    Args:
        schema: the JSON schema that the answer has to fit; None for free text.
    """
    options: dict[str, Any] = {}
    # Some models refuse to be told how much to vary.
    if (model.profile or {}).get("temperature") is not False:
        options["temperature"] = 0
    form = _response_format(schema) if schema is not None else {}
    if choice.provider in {"openai", "azure_openai"}:
        # In the body rather than as an option, since LangChain would no longer stream piece by
        # piece, and would call a limit by a name that only OpenAI's own servers know.
        body = dict(form) if _is_openai(choice) else {"max_tokens": MAX_TOKENS, **form}
        return {**options, "extra_body": body} if body else options
    return {**options, **form}


def _options(choice: Choice) -> dict[str, Any]:
    """Return what one provider's class wants to be built with."""
    if choice.provider not in {"openai", "azure_openai"}:
        return {"base_url": choice.url, "max_tokens": MAX_TOKENS}
    from assistent.chat.transport import bounded_client

    options: dict[str, Any] = {
        "http_async_client": bounded_client(),
        "openai_proxy": None,
        "use_responses_api": False,
        # It waits for each piece in a way that can lose a cancellation (Python 3.11's wait_for).
        "stream_chunk_timeout": None,
    }
    if _is_openai(choice):
        options["max_tokens"] = MAX_TOKENS
    if choice.provider == "azure_openai":
        place = {"azure_endpoint": choice.url, "azure_deployment": choice.model}
        return {**options, **place, "api_version": _AZURE_VERSION}
    return {**options, "base_url": choice.url}


def _response_format(schema: Mapping[str, Any]) -> dict[str, Any]:
    described = {"name": "svar", "strict": True, "schema": dict(schema)}
    return {"response_format": {"type": "json_schema", "json_schema": described}}


def _is_openai(choice: Choice) -> bool:
    host = urlsplit(choice.url).hostname or ""
    return choice.provider == "azure_openai" or f".{host}".endswith(_OPENAI_HOSTS)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        usable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        usable
        and parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not (parts.query or parts.fragment)
        and url.isprintable()
        and " " not in url
    )


def _is_key(key: str) -> bool:
    return key.isascii() and key.isprintable() and " " not in key
