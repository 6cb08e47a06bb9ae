from __future__ import annotations

import pytest

from tests.benchmarks import chat_faults
from tests.chat_servers.replies import FAULTS
from tests.conftest import Built
from tests.fakes import WORD_JUDGE


def test_every_fault_of_the_chat_server_ends_in_quotes(
    small_index: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistent.answering.load_judge", lambda: WORD_JUDGE)
    rows = chat_faults.rows(small_index.index)
    assert len(rows) == len(FAULTS) + 2
    assert [row.name for row in rows if not row.survived] == []
    for row in rows:
        first, second = row.answers
        assert "Bankkort" in first.text
        assert second.question == chat_faults.SECOND
        assert not first.provisional
