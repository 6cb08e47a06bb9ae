"""Starts the server as the settings say."""

from __future__ import annotations

from contextlib import closing, nullcontext

from assistent.bootstrap import build_assistant, build_database, build_journal
from assistent.languages import load_guesser
from assistent.settings import Settings
from assistent.web.logs import configure_logging
from assistent.web.server import create_app, serve
from assistent.web.sign_in.person import present_groups
from assistent.web.sign_in.policy import read_policy
from assistent.web.tracing import open_tracing


def start(settings: Settings) -> None:
    """Serve the page, the API and everything beside them until it is interrupted.

    Raises:
        AssistantError: something that is needed is missing or set wrong.
    """
    configure_logging(settings.log_form)
    read_policy(settings)  # what is set wrong is said before anything takes time
    tracing = open_tracing()
    database = build_database(settings)
    with closing(database) if database else nullcontext():
        assistant = build_assistant(settings, groups=present_groups)
        load_guesser()
        journal = build_journal(settings, database)
        with closing(journal) if journal else nullcontext():
            app = create_app(
                assistant, settings, database=database, journal=journal, tracing=tracing
            )
            serve(app, settings)
