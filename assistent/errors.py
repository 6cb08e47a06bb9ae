"""The errors that callers can act on.

    AssistantError               one Norwegian line: what, where, how to repair
    ├── SettingsError            an ASSISTENT_ variable is unknown or has a bad value
    ├── UsageError               a command was called in a wrong way (exit code 2)
    ├── CorpusError              the corpus folder or its catalogue cannot be used
    │   └── ReadError            one file cannot be read; the build goes on without it
    ├── IndexMissingError        there is no edition to search in
    ├── IndexDamagedError        an edition is incomplete, altered or of another model
    ├── IndexBusyError           another process is building
    ├── HeldBackError            a new edition was not published because of its figures
    └── ModelError               the embedding model cannot be prepared or loaded

The message is written for the person at the screen and comes from :mod:`assistent.texts`.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of every error with a message for the user."""


class SettingsError(AssistantError):
    """A setting is unknown or has a value that cannot be used."""


class UsageError(AssistantError):
    """A command was called with arguments that do not fit together."""


class CorpusError(AssistantError):
    """The corpus folder or its catalogue cannot be used."""


class ReadError(CorpusError):
    """One file of the corpus cannot be read."""


class IndexMissingError(AssistantError):
    """There is no edition of the index to search in."""


class IndexDamagedError(AssistantError):
    """An edition is incomplete, altered, or was built with another model."""


class IndexBusyError(AssistantError):
    """Another process holds the lock for building."""


class HeldBackError(AssistantError):
    """A new edition was built but not published, for its figures are too low."""


class ModelError(AssistantError):
    """The embedding model cannot be prepared or loaded."""


class DatabaseError(AssistantError):
    """The database is down, full, locked, damaged, or newer than this program."""
