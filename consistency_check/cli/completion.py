"""The names that a shell completes."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def complete(list_names: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """What completes one of some names for a shell; they are listed only once it asks."""

    def complete_name(incomplete: str) -> list[str]:
        return [name for name in list_names() if name.startswith(incomplete)]

    return complete_name


def list_checks() -> Iterable[str]:
    """The names of the checks."""
    from consistency_check.checks import CHECKS

    return CHECKS


def list_formats() -> Iterable[str]:
    """The names of the formats of a report."""
    from consistency_check.report import OUTPUTS

    return OUTPUTS


def list_explained() -> Iterable[str]:
    """The names of all checks and rules."""
    from consistency_check.checks import CHECKS
    from consistency_check.misreading import ALL_RULES

    return (*CHECKS, *ALL_RULES)


def list_statuses() -> Iterable[str]:
    """What may become of a finding."""
    from consistency_check.model import Status

    return [status.value for status in Status]
