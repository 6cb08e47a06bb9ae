"""Refuses and records every connection but those to the scripted chat server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from tests.chat_servers import ScriptedServer


class OutboundError(OSError):
    """A connection to anything but the scripted server was tried."""


@contextmanager
def only(server: ScriptedServer) -> Iterator[list[str]]:
    """Refuse and record every connection and look-up but those of the server."""
    host, port = "127.0.0.1", urlsplit(server.url).port
    tried: list[str] = []
    originals = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    look_up = socket.getaddrinfo

    def checked(name: str) -> Callable[..., Any]:
        def connect(sock: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if sock.family != socket.AF_UNIX and address[:2] != (host, port):
                tried.append(f"{name} {address}")
                raise OutboundError(f"refused: {address}")
            return originals[name](sock, *arguments)

        return connect

    def looked_up(name: Any, *arguments: Any, **options: Any) -> Any:
        if name != host:
            tried.append(f"look-up {name}")
            raise OutboundError(f"refused: {name}")
        return look_up(name, *arguments, **options)

    with ExitStack() as stack:
        for name in originals:
            stack.enter_context(patch.object(socket.socket, name, checked(name)))
        stack.enter_context(patch.object(socket, "getaddrinfo", looked_up))
        yield tried
