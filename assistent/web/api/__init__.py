"""The API for other systems: an app of its own, so that its errors are its own."""

from assistent.web.api.app import build_api
from assistent.web.api.place import MOUNT

__all__ = ["MOUNT", "build_api"]
