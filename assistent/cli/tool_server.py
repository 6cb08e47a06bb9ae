"""``assistent mcp``: the assistant as tools for language models."""

from __future__ import annotations

import argparse

from assistent.cli.commands import chosen_settings
from assistent.types import Source


def serve_tools(arguments: argparse.Namespace) -> int:
    """``assistent mcp``: serve one client on standard input and output, or several over HTTP."""
    from assistent import bootstrap
    from assistent.mcp_server import build_tools, create_server, serve_http, serve_stdio
    from assistent.web.addresses import viewer_address

    assistant = bootstrap.build_assistant(chosen_settings(arguments))
    page = arguments.address or ""

    def viewer(source: Source) -> str:
        return f"{page}{viewer_address(source)}"

    server = create_server(build_tools(assistant, viewer))
    if arguments.http is None:
        serve_stdio(server)
    else:
        serve_http(server, arguments.http)
    return 0
