from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.world import World, world_in


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Documents that some may see and others not, and the app in front of them."""
    with world_in(tmp_path_factory.mktemp("tilgang")) as made:
        yield made
