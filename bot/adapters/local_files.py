"""Feeds and articles saved as files, for trials, demonstrations and archives."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

__all__ = ["LocalFiles", "LocalFilesError", "path_of", "read_files", "read_page_beside"]

_FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json"})
_PAGE_SUFFIXES = frozenset({".html", ".htm", ".txt"})
#: A file that is larger is no feed, and would only fill the memory.
_MAX_BYTES = 50 * 1024 * 1024


class LocalFilesError(Exception):
    """There is nothing to read; the message says why in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFiles:
    """What a `file:` address holds."""

    #: Address and content of each file, by name.
    files: tuple[tuple[str, bytes], ...]
    #: They are saved articles, not feeds.
    are_pages: bool
    #: Changes when any of them does.
    etag: str


def path_of(url: str) -> Path:
    """The path that a `file:` URL stands for."""
    return Path(url2pathname(urlsplit(url).path))


def read_files(url: str) -> LocalFiles:
    """Read a feed file; of a folder all its feed files, or its saved articles where it has no feeds.

    Raises:
        LocalFilesError: Nothing is there, or it cannot be read.
    """
    path = path_of(url)
    try:
        paths, are_pages = _feeds_or_pages(path) if path.is_dir() else ((path,), False)
        files = tuple((file.as_uri(), _read(file)) for file in paths)
    except FileNotFoundError as error:
        raise LocalFilesError(f"no such file: {path}") from error
    except OSError as error:
        raise LocalFilesError(f"cannot read {path}: {error.strerror}") from error
    return LocalFiles(files=files, are_pages=are_pages, etag=_etag(files))


def _feeds_or_pages(folder: Path) -> tuple[tuple[Path, ...], bool]:
    for suffixes, are_pages in ((_FEED_SUFFIXES, False), (_PAGE_SUFFIXES, True)):
        paths = sorted(
            path for path in folder.iterdir() if path.suffix.lower() in suffixes and path.is_file()
        )
        if paths:
            return tuple(paths), are_pages
    raise LocalFilesError(f"no feed files in {folder}")


def read_page_beside(link: str, feed_url: str) -> bytes | None:
    """A saved page that a saved feed links to; only pages in the feed's own folder and below.

    A feed saved from the web could otherwise have any file of this machine told to its readers.
    """
    feed = path_of(feed_url).resolve()
    page = path_of(link).resolve()
    if not page.is_relative_to(feed if feed.is_dir() else feed.parent):
        return None
    try:
        return _read(page)
    except (OSError, LocalFilesError):
        return None


def _read(path: Path) -> bytes:
    if path.stat().st_size > _MAX_BYTES:
        raise LocalFilesError(f"too large: {path.name} is over {_MAX_BYTES // 1024 // 1024} MB")
    return path.read_bytes()


def _etag(files: tuple[tuple[str, bytes], ...]) -> str:
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]
