"""The command line: ``assistent VERB``. Rendering only; the work is done below."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence

from assistent import texts_cli
from assistent.cli.arguments import parse_arguments
from assistent.errors import AssistantError, UsageError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it did its work (also when the answer is "not in the sources"), 1 after an error
        with one line on standard error, 2 after wrong usage, 3 when a new edition did not pass.
    """
    _write_utf8()
    # What is logged is for the log of the server, which opens its own.
    logging.getLogger("assistent").addHandler(logging.NullHandler())
    try:
        parsed = parse_arguments(sys.argv[1:] if arguments is None else arguments)
        command = parsed.command
        result: int = command(parsed)
        sys.stdout.flush()
        return result
    except UsageError as error:
        _complain(str(error))
        return 2
    except AssistantError as error:
        _complain(str(error))
        return 1
    except BrokenPipeError:
        return 0  # someone piped into «head»: no error
    except KeyboardInterrupt:
        print(texts_cli.INTERRUPTED, file=sys.stderr)
        return 130
    except Exception as error:
        _complain(texts_cli.UNEXPECTED.format(reason=f"{type(error).__name__}: {error}"))
        return 1


def _complain(message: str) -> None:
    """Print an error on one line, whatever line breaks a file name or a cause holds."""
    print(" ".join(message.split()), file=sys.stderr)


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale is, and a mark for bytes that are no text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
