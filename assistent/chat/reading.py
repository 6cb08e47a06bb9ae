"""Reading one reply: in pieces, bounded, and finished in good order."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

from assistent.chat.faults import ChatError, ChatFault

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

MAX_CHARACTERS = 8000
# Thinking and empty pieces count too.
_MAX_PIECES = 10_000
# Some models under a grammar write white space for ever.
_MAX_BLANKS = 400
_CUT = frozenset({"length", "max_tokens", "model_length", "content_filter", "refusal", "error"})


async def bounded(chunks: AsyncIterator[AIMessageChunk]) -> AsyncGenerator[str]:
    """Yield the text of a reply.

    Raises:
        ChatError: it is empty, too long, or ends before it is finished.
    """
    characters, pieces, blanks, finish = 0, 0, 0, ""
    async for chunk in chunks:
        pieces += 1
        text = str(chunk.text)
        finish = finish or _finish(chunk.response_metadata)
        characters += len(text)
        blanks = len(text) - len(text.rstrip()) if text.strip() else blanks + len(text)
        if characters > MAX_CHARACTERS or pieces > _MAX_PIECES or blanks > _MAX_BLANKS:
            raise ChatError(ChatFault.RUBBISH)
        if text:
            yield text
    if not finish:
        raise ChatError(ChatFault.DOWN)
    if finish in _CUT or characters == blanks:
        raise ChatError(ChatFault.RUBBISH)


def _finish(metadata: Mapping[str, Any]) -> str:
    return str(metadata.get("finish_reason") or metadata.get("stop_reason") or "")


# --- What an exception means ---------------------------------------------------------------------


def fault_of(error: BaseException) -> ChatFault:
    """Return what an exception of LangChain's, a provider's or a transport's means."""
    if isinstance(error, ChatError):
        return error.fault
    status = status_of(error)
    if status is not None:
        return _fault_of_status(status)
    # By name, since each provider brings its own client and none of them is to be imported here.
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & {"TimeoutError", "APITimeoutError", "TimeoutException"}:
        return ChatFault.SLOW
    if isinstance(error, json.JSONDecodeError):
        return ChatFault.RUBBISH
    if kinds & {"OSError", "APIError", "TransportError", "StreamError"}:
        return ChatFault.DOWN
    return ChatFault.RUBBISH


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status that an exception carries, if any."""
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    return status if isinstance(status, int) else None


def wait_of(error: BaseException) -> float | None:
    """Return the seconds that a server asks us to stay away; None if it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if not isinstance(value, str):
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return email.utils.parsedate_to_datetime(value).timestamp() - time.time()
    except ValueError:
        return None


def _fault_of_status(status: int) -> ChatFault:
    if status == 429 or status == 529:
        return ChatFault.QUOTA
    if status in {408, 504}:
        return ChatFault.SLOW
    return ChatFault.DOWN if status >= 500 else ChatFault.REFUSED
