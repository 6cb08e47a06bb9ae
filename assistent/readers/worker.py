"""The process that parses files: ``python -m assistent.readers.worker MEGABYTES``.

It gets one JSON line per file on standard input and answers each with eight bytes of length and a
JSON object. It limits its own memory before it imports any parser. What libraries print goes to
standard error, so that it cannot be mistaken for an answer.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from assistent import texts_corpus
from assistent.errors import ReadError
from assistent.readers import read_file
from assistent.readers.packages import check_package
from assistent.readers.wire import MAX_ANSWER, dump_parsed

_PACKED = {".docx", ".pptx"}
_RECURSION = 2000  # deep nesting ends as an error and not as a crash


def main() -> None:
    """Parse files until standard input ends."""
    spare_memory()
    serve(lambda request: _answer(Path(request["path"]), request["max_unpacked"]))


def spare_memory() -> None:
    """Keep out what no reader needs.

    trafilatura takes up py3langid, and numpy with it, wherever it is installed. Guessing languages
    has no part in reading and would take its memory from the file.
    """
    sys.modules["py3langid"] = None  # type: ignore[assignment]


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer requests until standard input ends."""
    limit_memory(int(sys.argv[1]) * 2**20)
    sys.setrecursionlimit(_RECURSION)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limit_cpu(request["cpu_seconds"])
        _send(answers, answer(request))


def _answer(path: Path, max_unpacked: int) -> dict[str, Any]:
    try:
        if path.suffix.lower() in _PACKED:
            check_package(path, max_unpacked=max_unpacked)
        return {"parsed": dump_parsed(read_file(path))}
    except ReadError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # whatever a parser raises on a broken file, the build goes on
        return {"error": texts_corpus.file_damaged(path.name), "cause": type(error).__name__}


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer, ensure_ascii=True).encode("ascii")
    if len(data) > MAX_ANSWER:
        data = json.dumps({"memory": True}).encode("ascii")
    answers.write(len(data).to_bytes(8, "big") + data)
    answers.flush()


def limit_memory(size: int) -> None:
    """Limit this process's address space to ``size`` bytes, and forbid it to write files."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; time and file size still hold there
        return
    for kind, value in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(kind, (value, value))


def limit_cpu(seconds: float) -> None:
    """Let this process use ``seconds`` more of CPU time; the system ends it after that."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    main()
