"""The protocol around the tools, on the official SDK: over standard input and output, or HTTP."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version

import uvicorn
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as DescribedTool
from starlette.applications import Starlette

from assistent import texts_mcp as texts
from assistent.errors import AssistantError
from assistent.mcp_server.tools import Tool, ToolError

log = logging.getLogger(__name__)

_BODY_LIMIT = 64 * 1024
_LOOPBACK = "127.0.0.1"


def create_server(tools: Mapping[str, Tool]) -> Server:
    """Return the server for some tools."""
    described = [_described(name, tool) for name, tool in tools.items()]

    async def list_tools(
        context: ServerRequestContext,  # noqa: ARG001
        parameters: PaginatedRequestParams | None,  # noqa: ARG001
    ) -> ListToolsResult:
        return ListToolsResult(tools=described)

    async def call_tool(
        context: ServerRequestContext,  # noqa: ARG001
        parameters: CallToolRequestParams,
    ) -> CallToolResult:
        tool = tools.get(parameters.name)
        if tool is None:
            return _refused(texts.unknown_tool(list(tools)))
        try:
            result = await asyncio.to_thread(tool.call, parameters.arguments or {})
        except ToolError as error:
            return _refused(str(error))
        except Exception:
            # The last line of defence: the caller gets a sentence, the log gets the trace.
            log.exception("a tool failed")
            return _refused(texts.FAILED)
        return CallToolResult(
            content=[TextContent(type="text", text=result.text)],
            structured_content=result.record,
        )

    return Server(
        "kommunikasjonsassistenten",
        version=version("assistent"),
        title=texts.TITLE,
        instructions=texts.INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(server: Server) -> None:
    """Serve one client until it closes our standard input; nothing else is written to output."""

    async def serve() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    asyncio.run(serve())


def http_app(server: Server) -> Starlette:
    """Return an app that serves clients on this machine at ``/mcp``, each request on its own.

    The SDK refuses every request whose Host or Origin is not this machine, so that no web page
    reaches the tools through a name that it has made point here.
    """
    return server.streamable_http_app(
        host=_LOOPBACK, stateless_http=True, json_response=True, max_request_body_size=_BODY_LIMIT
    )


def serve_http(server: Server, port: int) -> None:
    """Serve :func:`http_app` on a port of this machine until interrupted.

    Raises:
        AssistantError: the port cannot be used.
    """
    listener = _listener(port)
    print(texts.listening(f"http://{_LOOPBACK}:{port}/mcp"), flush=True)
    config = uvicorn.Config(http_app(server), log_level="warning", timeout_graceful_shutdown=2)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listener(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise AssistantError(texts.port_unusable(port)) from error
    return listener


def _described(name: str, tool: Tool) -> DescribedTool:
    title, description = texts.TOOLS[name]
    return DescribedTool(
        name=name,
        title=title,
        description=description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _refused(reason: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=reason)], is_error=True)
