"""What can go wrong in the service; every error is a BotError."""

from pathlib import Path

__all__ = [
    "AlreadyRunningError",
    "BotError",
    "DeliveryError",
    "DeliveryRefusedError",
    "DeliveryUncertainError",
    "PlatformError",
    "RateLimitedError",
    "SettingsError",
    "StoreError",
    "TokenRefusedError",
    "WorldFileError",
    "WorldUpdateError",
]


class BotError(Exception):
    """Root of the errors that `bot` raises; its message is one line for the admin."""


class SettingsError(BotError, ValueError):
    """The configuration file is wrong: where, which key, and what would be right."""

    def __init__(self, path: Path, line: int | None, key: str, problem: str) -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {key}: {problem}" if key else f"{where}: {problem}")
        self.path = path
        self.line = line
        self.key = key
        self.problem = problem


class StoreError(BotError):
    """The database cannot be opened, read or written."""


class AlreadyRunningError(BotError):
    """Another process serves this database."""

    def __init__(self, database: Path, process: str) -> None:
        which = f"process {process}" if process else "another process"
        super().__init__(f"{which} serves {database} already; stop that one first")
        self.database = database
        self.process = process


class DeliveryError(BotError):
    """A chat platform did not take a message."""

    def __init__(self, chat: str, problem: str) -> None:
        super().__init__(f"{chat}: {problem}")
        self.chat = chat
        self.problem = problem


class DeliveryRefusedError(DeliveryError):
    """The platform refused for good (blocked, no such chat); the reason says what to do."""


class TokenRefusedError(DeliveryRefusedError):
    """The platform refuses the bot itself: the chat is not at fault, so its messages wait."""


class RateLimitedError(DeliveryError):
    """The platform asks to wait."""

    def __init__(self, chat: str, retry_after: float) -> None:
        super().__init__(chat, f"rate limited for {retry_after:g} s")
        self.retry_after = retry_after


class DeliveryUncertainError(DeliveryError):
    """The connection broke after sending: it may have been taken, so it is not sent again."""


class PlatformError(BotError):
    """A chat platform cannot be served at all (its token is refused, another bot polls); the rest goes on."""

    def __init__(self, platform: str, problem: str) -> None:
        super().__init__(f"{platform}: {problem}")
        self.platform = platform
        self.problem = problem


class WorldFileError(BotError):
    """The people that `attache update-world` keeps cannot be read or written."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class WorldUpdateError(BotError):
    """The query service gave no answer that can be used; nothing was changed."""

    def __init__(self, endpoint: str, problem: str) -> None:
        super().__init__(f"{endpoint}: {problem}; nothing was changed")
        self.endpoint = endpoint
        self.problem = problem
