"""The log of the service: one line an event on standard error, never with a secret in it."""

import logging
import sys
from collections.abc import Collection
from typing import TextIO
from urllib.parse import urlsplit

import stamina

from bot.settings import Settings

__all__ = ["log_to", "secrets_of"]

logger = logging.getLogger(__name__)

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Masking(logging.Formatter):
    """Masks secrets in all that is written, tracebacks too: a library's error may spell a token out."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__(_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line, with stars where a secret was."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def secrets_of(settings: Settings) -> frozenset[str]:
    """All that must not be written anywhere."""
    telegram, slack = settings.telegram, settings.slack
    held = (
        *((telegram.token,) if telegram else ()),
        *((slack.bot_token, slack.app_token, slack.signing_secret) if slack else ()),
    )
    passwords = (urlsplit(feed.url).password for feed in settings.feeds)
    return frozenset(
        (
            *(secret.get_secret_value() for secret in held if secret.get_secret_value()),
            # With what stands around it, because a password may be an everyday word.
            *(f":{password}@" for password in passwords if password),
        )
    )


def log_to(secrets: Collection[str], stream: TextIO | None = None) -> logging.Handler:
    """Begin to log what the service does, and what libraries complain of.

    Returns:
        The handler, for whoever wants to end it.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Masking(secrets))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    # A job tells itself what went wrong; a tick left out because the last one is still at work is normal.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    stamina.instrumentation.set_on_retry_hooks([_tell_retry])
    return handler


def _tell_retry(details: stamina.instrumentation.RetryDetails) -> None:
    """Say what was waited for: the library's own line names neither the reason nor the time."""
    reason = " ".join(str(details.caused_by).split())[:200] or type(details.caused_by).__name__
    logger.info("trying again seconds=%.1f reason=%s", details.wait_for, reason)
