"""One measured figure beside its target, as a row."""

from dataclasses import dataclass

__all__ = ["Row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured figure."""

    what: str
    measured: float
    unit: str
    #: None: told for comparison, without a target.
    at_most: float | None = None

    def __str__(self) -> str:
        line = f"{self.what:<58}{self.measured:>8.2f} {self.unit:<3}"
        if self.at_most is None:
            return line.rstrip()
        verdict = "met" if self.measured <= self.at_most else "MISSED"
        return f"{line}  target <= {self.at_most:g} {self.unit}: {verdict}"
