"""What is wrong with a configuration."""

from __future__ import annotations

from collections.abc import Iterable

from consistency_check.model import Problem


class ConfigurationError(Exception):
    """Settings that cannot be used: `problems`, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
