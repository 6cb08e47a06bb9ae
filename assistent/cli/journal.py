"""``assistent journal``: see what is kept, remove what is old, erase what somebody wants erased."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import timedelta

from assistent import texts_journal as texts
from assistent.errors import AssistantError
from assistent.settings import load_settings


def look_after(arguments: argparse.Namespace) -> int:
    """Do what is asked for; without a wish, say how much is kept."""
    from assistent.database import open_database
    from assistent.journal import FeedbackBox
    from assistent.journal.entries import utc_now
    from assistent.journal.reading import JournalReader
    from assistent.journal.retention import tidy

    settings = load_settings()
    with closing(open_database(settings.database.get_secret_value())) as database:
        if arguments.erase is not None:
            identity = arguments.erase.strip()
            if not FeedbackBox(database).erase(identity):
                raise AssistantError(texts.not_there(identity))
            print(texts.erased(identity))
        if arguments.tidy:
            removed = tidy(database, utc_now() - timedelta(days=settings.journal_days))
            print(texts.tidied(removed.answers, removed.feedback))
        if arguments.erase is None and not arguments.tidy:
            kept = JournalReader(database).contents()
            oldest = kept.oldest.date() if kept.oldest else None
            print(
                texts.contents(
                    kept.answers,
                    kept.feedback,
                    oldest,
                    keeping=settings.journal,
                    days=settings.journal_days,
                )
            )
    return 0
