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
    from assistent.web.logs import configure_logging

    settings = chosen_settings(arguments)
    # The client keeps what we write on standard error; an error there may not tell what was asked.
    configure_logging(settings.log_form)
    assistant = bootstrap.build_assistant(settings)
    page = arguments.address or ""

    def viewer(source: Source) -> str:
        return f"{page}{viewer_address(source)}"

    server = create_server(build_tools(assistant, viewer))
    if arguments.http is None:
        serve_stdio(server)
    else:
        serve_http(server, arguments.http)
    return 0
