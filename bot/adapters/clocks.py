"""Clocks: the real one, one that stands still, and one that was set to another time."""

import datetime as dt
import time

__all__ = ["FixedClock", "SetClock", "SystemClock"]


class SystemClock:
    """The time it is."""

    def now(self) -> dt.datetime:
        """The time now, aware, in UTC."""
        return dt.datetime.now(dt.UTC)


class FixedClock:
    """Always the same moment, so that a command run twice answers the same."""

    def __init__(self, moment: dt.datetime) -> None:
        self._moment = moment.astimezone(dt.UTC)

    def now(self) -> dt.datetime:
        """That moment, aware, in UTC."""
        return self._moment


class SetClock:
    """Begins at another moment and goes on from there, for a service that runs as if it were then."""

    def __init__(self, moment: dt.datetime) -> None:
        self._moment = moment.astimezone(dt.UTC)
        self._begun = time.monotonic()

    def now(self) -> dt.datetime:
        """The moment, and the time that has passed since."""
        return self._moment + dt.timedelta(seconds=time.monotonic() - self._begun)
