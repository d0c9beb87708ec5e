"""Settings and fixtures of the whole suite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.adapters.sqlite_store import SqliteStore

# A slow machine is no failure: examples have no time limit. In CI hypothesis draws the same ones every time.
settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database file may be made."""
    return tmp_path / "attache.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """An empty store in a file of its own."""
    with SqliteStore(path) as opened:
        yield opened
