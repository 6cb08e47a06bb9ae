"""Where the API is mounted, and where the pages beside it are."""

from __future__ import annotations

from fastapi import Request

MOUNT = "/api"


def api_root(request: Request) -> str:
    """Return what stands before every address of the API."""
    root: str = request.scope.get("root_path", "")
    return root


def page_root(request: Request) -> str:
    """Return what stands before every address of the pages."""
    return api_root(request).removesuffix(MOUNT)
