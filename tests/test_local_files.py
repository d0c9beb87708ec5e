"""Saved feeds and pages."""

from pathlib import Path

import pytest

from bot.adapters.local_files import LocalFilesError, read_files, read_page_beside


def names(url: str) -> list[str]:
    return [address.rsplit("/", 1)[1] for address, _ in read_files(url).files]


def test_a_file_is_a_feed(tmp_path: Path) -> None:
    """Any name will do; the content decides."""
    file = tmp_path / "한국 feed"
    file.write_bytes(b"<rss/>")

    found = read_files(file.as_uri())

    assert found.files == ((file.as_uri(), b"<rss/>"),)
    assert not found.are_pages


def test_a_folder_is_its_feed_files_by_name(tmp_path: Path) -> None:
    """Feeds go before saved pages, which they link to."""
    for name in ("b.xml", "a.RSS", "c.json", "d.atom", "page.html", "notes.md"):
        (tmp_path / name).touch()
    (tmp_path / "folder.xml").mkdir()

    assert names(tmp_path.as_uri()) == ["a.RSS", "b.xml", "c.json", "d.atom"]


def test_a_folder_without_feeds_is_its_saved_articles(tmp_path: Path) -> None:
    """Pages and texts are read where there is no feed."""
    for name in ("b.html", "a.txt", "notes.md"):
        (tmp_path / name).touch()

    assert names(tmp_path.as_uri()) == ["a.txt", "b.html"]
    assert read_files(tmp_path.as_uri()).are_pages


def test_the_etag_follows_the_content(tmp_path: Path) -> None:
    """Reading the same twice is told apart from reading something new."""
    file = tmp_path / "feed.xml"
    file.write_bytes(b"one")
    first, again = read_files(tmp_path.as_uri()).etag, read_files(tmp_path.as_uri()).etag
    file.write_bytes(b"two")

    assert first == again
    assert read_files(tmp_path.as_uri()).etag != first


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """The path is named; an empty folder is not a feed."""
    with pytest.raises(LocalFilesError, match=r"no such file: .*nowhere\.xml"):
        read_files((tmp_path / "nowhere.xml").as_uri())
    with pytest.raises(LocalFilesError, match="no feed files in"):
        read_files(tmp_path.as_uri())


def test_a_huge_file_is_not_loaded(tmp_path: Path) -> None:
    """A disk image under a feed's name stays on the disk."""
    with (tmp_path / "feed.xml").open("wb") as file:
        file.truncate(51 * 1024 * 1024)

    with pytest.raises(LocalFilesError, match="over 50 MB"):
        read_files(tmp_path.as_uri())


def test_pages_are_read_beside_their_feed_only(tmp_path: Path) -> None:
    """A saved feed that links elsewhere on the disk gets nothing from there."""
    folder = tmp_path / "feeds"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "a.html").write_bytes(b"page")
    (folder / "feed.xml").write_bytes(b"<rss/>")
    (tmp_path / "secret.html").write_bytes(b"secret")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    page, secret, link = folder / "pages" / "a.html", tmp_path / "secret.html", folder / "link.html"

    for feed in (folder.as_uri(), (folder / "feed.xml").as_uri()):
        assert read_page_beside(page.as_uri(), feed) == b"page"
        assert read_page_beside(secret.as_uri(), feed) is None
        assert read_page_beside(link.as_uri(), feed) is None
        assert read_page_beside(folder.as_uri() + "/../secret.html", feed) is None
        assert read_page_beside((folder / "nowhere.html").as_uri(), feed) is None
