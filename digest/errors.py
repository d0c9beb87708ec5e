"""What can go wrong in the pure core; every error is a DigestError."""

__all__ = ["DigestError", "InvalidPackError", "InvalidWorldError"]


class DigestError(Exception):
    """Root of the errors that `digest` raises."""


class InvalidPackError(DigestError, ValueError):
    """A language pack breaks the pack schema."""

    def __init__(self, language: str, file: str, key: str, problem: str) -> None:
        super().__init__(f"language pack {language!r}: {file}: {key}: {problem}")
        self.language = language
        self.file = file
        self.key = key
        self.problem = problem


class InvalidWorldError(DigestError, ValueError):
    """A record of the world data breaks its schema."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"world data: {file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem
