"""What a night would do, said without doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from consistency_check.cli.outputs import NightOutput
    from consistency_check.intake import AuditSettings

WIDTH = 11
"""Columns of a heading."""


def print_plan(
    settings: AuditSettings,
    ledger: Path,
    outputs: Sequence[NightOutput],
    day: date,
    keep_from: date | None,
) -> int:
    """Print it; the exit status says whether all of it could be done. Raises what the run itself would."""
    from consistency_check.cli.door import CANNOT_AUDIT
    from consistency_check.report.escape import show_text

    sections = {
        "Day": [day.isoformat()],
        "Replies": _list_sources(settings.sources),
        "Policies": [_show_policies(settings)],
        "Customers": [_show_file(settings.customers) if settings.customers else "-"],
        "Ledger": [_show_ledger(ledger)],
        "Kept": [f"replies of {keep_from} and later" if keep_from else "all replies"],
        "Outputs": [f"{each.format} in {each.shown}" for each in outputs] or ["-"],
    }
    for heading, texts in sections.items():
        for number, text in enumerate(texts):
            typer.echo(f"{'' if number else heading:<{WIDTH}}{show_text(text)}")
    obstacles = list(_list_obstacles(settings, ledger, outputs))
    for obstacle in obstacles:
        typer.echo(show_text(obstacle), err=True)
    would = "fail" if obstacles else "be"
    typer.echo(f"Nothing was done; without --dry-run it would {would}.")
    return CANNOT_AUDIT if obstacles else 0


def _list_obstacles(settings: AuditSettings, ledger: Path, outputs: Sequence[NightOutput]) -> Iterator[str]:
    """What would fail, as far as it can be told without trying."""
    from consistency_check.cli.outputs import OPTION, explain_unwritable
    from consistency_check.identify import UnknownRegionError, find_region
    from consistency_check.intake import SettingsError, compile_references
    from consistency_check.load import InputError, find_zone

    checks: tuple[Callable[[], object], ...] = (
        lambda: find_zone(settings.timezone),
        lambda: find_region(settings.region),
        lambda: compile_references(settings.references),
    )
    for check in checks:
        try:
            check()
        except (InputError, UnknownRegionError, SettingsError) as error:
            yield str(error)
    if settings.customers and not settings.customers.is_file():
        yield f"{settings.customers}: is no file; name the CRM's export of customers"
    written = [(ledger, "--ledger"), *((each.path, OPTION) for each in outputs)]
    yield from (why for path, option in written if (why := explain_unwritable(path, option)))


def _list_sources(sources: Sequence[str]) -> list[str]:
    """Each source with how many files it names, and their bytes on disk."""
    from consistency_check.load import Export, find_exports, measure_sources
    from consistency_check.report.headline import say_count

    found = find_exports(sources)
    files = Counter(each.origin for each in found if isinstance(each, Export))
    sizes = [
        f"{say_count(files[n], 'file')}, {show_bytes(measure_sources([s]))}" for n, s in enumerate(sources)
    ]
    lines = [f"{source}: {size}" for source, size in zip(sources, sizes, strict=True)]
    return lines + [str(each) for each in found if not isinstance(each, Export)]


def _show_policies(settings: AuditSettings) -> str:
    from consistency_check.follow_up import refuse_parts
    from consistency_check.intake import load_knowledge
    from consistency_check.report.headline import say_count

    refuse_parts(settings)
    count = len(load_knowledge(settings).policies)
    return f"{settings.policies}: {say_count(count, 'policy', 'policies')}"


def _show_ledger(path: Path) -> str:
    from consistency_check.ledger import NoLedgerError, read_ledger
    from consistency_check.report.headline import say_count

    try:
        with read_ledger(path) as ledger:
            replies = ledger.fetch_one("SELECT count(*) FROM replies")
            day = ledger.fetch_one("SELECT max(day) FROM runs")
    except NoLedgerError:
        return f"{path}: not there yet; would be made"
    last = f"last run for {day}" if day else "no run yet"
    return f"{_show_file(path)}, {say_count(replies, 'reply', 'replies')}, {last}"


def _show_file(path: Path) -> str:
    return f"{path}: {show_bytes(path.stat().st_size)}" if path.is_file() else str(path)


def show_bytes(count: int) -> str:
    """A size as people read it: `512 bytes`, `3.4 MiB`."""
    if count < 1024:
        return f"{count} bytes"
    size, units = count / 1024, ["KiB", "MiB", "GiB", "TiB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        units.pop(0)
    return f"{size:.1f} {units[0]}"
