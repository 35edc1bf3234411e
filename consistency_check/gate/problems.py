"""What is wrong with a file of the gate."""

from __future__ import annotations

from collections.abc import Iterable

from consistency_check.model import Problem, Source


class GateError(Exception):
    """A baseline, or a list of accepted findings, that cannot be used: `problems`, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def refuse(path: str, message: str, line: int = 0, column: int = 0) -> GateError:
    """The error that one problem makes."""
    return GateError([Problem(Source(path, line, column), message)])
