"""The time zone of this machine, as an IANA name."""

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones

__all__ = ["local_timezone"]


def local_timezone(env: Mapping[str, str] = os.environ, link: Path = Path("/etc/localtime")) -> str:
    """The name that TZ or the system's own link gives, else "UTC"."""
    named = env.get("TZ", "").lstrip(":")
    if named in available_timezones():
        return named
    # The link leads to .../zoneinfo/Asia/Jakarta.
    _, _, name = str(link.resolve()).partition("zoneinfo/")
    return name if name in available_timezones() else "UTC"
