"""The assistant as tools for language models, over the Model Context Protocol (MCP)."""

from assistent.mcp_server.server import create_server, http_app, serve_http, serve_stdio
from assistent.mcp_server.tools import build_tools

__all__ = ["build_tools", "create_server", "http_app", "serve_http", "serve_stdio"]
