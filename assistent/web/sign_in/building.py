"""Puts the parts of signing in together, from the settings."""

from __future__ import annotations

from assistent.database import Database
from assistent.sessions import Sessions
from assistent.settings import Settings
from assistent.web.sign_in.cookies import Cookies
from assistent.web.sign_in.gate import Door
from assistent.web.sign_in.policy import read_policy, read_public_address


def build_door(settings: Settings, database: Database | None) -> Door | None:
    """Return how people come in; None where nobody has to sign in.

    Raises:
        SettingsError: see :func:`assistent.web.sign_in.policy.read_policy`.
        ValueError: people have to sign in, and there is nowhere to keep their sessions.
    """
    policy = read_policy(settings)
    if policy is None:
        return None
    if database is None:
        raise ValueError("sign-in needs a database")
    return Door(policy, Sessions(database), Cookies(secure=policy.secure))


def public_base(settings: Settings, door: Door | None) -> str | None:
    """Return where people reach the app, as an origin; None if only a request itself tells."""
    return door.policy.base if door else read_public_address(settings)
