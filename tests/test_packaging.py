"""What a fresh clone relies on: the locks, the Makefile, and nothing of one machine in the files."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bot
import digest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = ("setup", "brief", "test", "lint", "evaluate", "bench")
#: Put together here, so that this file does not hold what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
#: Folders of a machine, at the start of a path and not inside an address.
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:root|work|home|opt|tmp|Users)/\w")
PINNED = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")


def tracked_texts() -> list[tuple[str, str]]:
    """Name and text of every file that git keeps."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    listed = subprocess.run(  # noqa: S603 - git, by its full path
        [git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace"))
        for path in paths
        if path.is_file()
    ]


def requirements(lock: str) -> list[Requirement]:
    """What a lock pins."""
    found = map(PINNED.fullmatch, (ROOT / lock).read_text(encoding="utf-8").splitlines())
    return [Requirement(match[0].removesuffix(" \\")) for match in found if match]


def pins(lock: str) -> set[tuple[str, str, str]]:
    return {(one.name, str(one.specifier), str(one.marker)) for one in requirements(lock)}


def declared() -> Iterator[Requirement]:
    """The runtime dependencies that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    yield from map(Requirement, project["project"]["dependencies"])
    yield from map(Requirement, project["dependency-groups"]["build"])


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def modules() -> list[str]:
    return [
        found.name
        for package in (bot, digest)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    """A clone must be right wherever it is, and find its packages where its machine finds them."""
    texts = tracked_texts()
    hosts = {(name, host) for name, text in texts for host in HOSTS if host in text}
    paths = {(name, found[0]) for name, text in texts for found in MACHINE_PATH.finditer(text)}

    assert len(texts) > 100
    assert hosts | paths == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_and_their_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    hashes = 0
    for number, line in enumerate(lines, 1):
        if PINNED.fullmatch(line):
            assert number == 1 or hashes, f"{lock}:{number}: the pin before has no hash"
            hashes = 0
        else:
            assert HASH.fullmatch(line), f"{lock}:{number}: {line}"
            hashes += 1

    assert hashes


def test_the_lock_has_what_the_project_asks_for() -> None:
    """A dependency added to pyproject.toml alone would be missing on the next machine: `make lock`."""
    locked = {canonicalize_name(one.name): one for one in requirements("requirements.lock")}
    for wanted in declared():
        pinned = locked[canonicalize_name(wanted.name)]
        version = str(pinned.specifier).removeprefix("==")

        assert wanted.specifier.contains(version), f"{wanted} is pinned to {version}"


def test_developers_run_what_users_run() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_makefile_has_the_commands_and_no_file_hides_one() -> None:
    """A folder is called bench and may one day be called test: only .PHONY targets run all the same."""
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)

    assert phony is not None
    assert targets() == set(phony[1].split())
    assert targets() >= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_show_targets_that_there_are(document: Path) -> None:
    shown = re.findall(r"(?:^ +|`)make ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE)

    assert [name for name in shown if name not in targets()] == []


@pytest.mark.parametrize("module", modules())
def test_exported_names_exist_in_order(module: str) -> None:
    """Constants, then classes, then functions, each by the alphabet."""
    loaded = importlib.import_module(module)
    exported = list(getattr(loaded, "__all__", ()))

    assert [name for name in exported if not hasattr(loaded, name)] == []
    assert exported == sorted(exported, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
