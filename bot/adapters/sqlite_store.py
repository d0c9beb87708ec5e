"""The store in one SQLite file."""

from pathlib import Path
from types import TracebackType
from typing import Self

from bot.adapters.store_feeds import FeedTables
from bot.adapters.store_outbox import BriefingTables, OutboxTables
from bot.adapters.store_schema import Connection
from bot.adapters.store_trips import TripTables
from digest.world import World, load_world

__all__ = ["SqliteStore"]


class SqliteStore(FeedTables, TripTables, BriefingTables, OutboxTables):
    """All that Attaché remembers: implements `ports.Store`.

    Usable by several threads, and by several processes on one file. A context manager: leaving it
    closes the file.

    Args:
        path: The file; it is made where there is none.
        world: Whose people are known when reports are joined; the shipped ones if left out.

    Raises:
        StoreError: The file cannot be opened, or is no database of ours; all methods raise it too.
    """

    def __init__(self, path: Path, world: World | None = None) -> None:
        super().__init__(Connection(path), world or load_world())

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
