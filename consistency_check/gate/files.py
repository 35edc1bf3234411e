"""The files of the gate, as they are on disk or in a git revision."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from consistency_check.gate import accepted as accepted_list
from consistency_check.gate import baseline as known_list
from consistency_check.gate.accepted import AcceptedList, read_accepted
from consistency_check.gate.problems import refuse
from consistency_check.gate.revision import is_tracked, read_revision
from consistency_check.gate.standing import Gate
from consistency_check.model import Problem, Source

ACCEPTED_FILE = Path(".consistency-check-accept.yaml")


def open_gate(
    today: date,
    checks: Collection[str],
    baseline: Path | None = None,
    accepted: Path | None = None,
    revision: str = "",
) -> Gate:
    """What the baseline and the list of accepted findings say; `checks` are the names of checks there are.

    Without `accepted`, `ACCEPTED_FILE` is read where it is there. With `revision`, the list is read as it
    stands there, and so is a baseline that git tracks; one that it does not track no change can have brought.
    Raises GateError for a file that is named and missing, and for a baseline that cannot be used.
    """
    reminders: list[str] = []
    entries = _load_accepted(accepted or ACCEPTED_FILE, accepted is not None, checks, revision, reminders)
    known = _load_known(baseline, revision, reminders) if baseline else frozenset[str]()
    return Gate(today, known, str(baseline or ""), entries, tuple(reminders))


def _load_accepted(
    path: Path, named: bool, checks: Collection[str], revision: str, reminders: list[str]
) -> AcceptedList:
    shown = f"{revision}:{path}" if revision else str(path)
    if revision:
        data = read_revision(path, revision, accepted_list.LARGEST_FILE)
        if data is None and (named or path.exists()):
            reminders.append(f"{path} does not stand in {revision}: nothing is accepted.")
    elif named or path.exists():
        data = _read_file(path, accepted_list.LARGEST_FILE, "write it, or leave --accept out")
    else:
        data = None
    if data is None:
        return AcceptedList()
    try:
        return read_accepted(data.decode("utf-8-sig"), shown, checks)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return AcceptedList(problems=(Problem(Source(shown, line), "this is not UTF-8; save it as UTF-8"),))


def _load_known(path: Path, revision: str, reminders: list[str]) -> frozenset[str]:
    if revision and is_tracked(path):
        data = read_revision(path, revision, known_list.LARGEST_FILE)
        if data is None:
            reminders.append(f"{path} does not stand in {revision}: nothing is known.")
            return frozenset()
        return known_list.read_baseline(data, f"{revision}:{path}")
    return load_baseline(path)


def load_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline on disk. Raises GateError where it is missing or broken."""
    data = _read_file(path, known_list.LARGEST_FILE, "make it with `consistency-check baseline create`")
    return known_list.read_baseline(data, str(path))


def _read_file(path: Path, largest: int, advice: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise refuse(str(path), f"there is no such file; {advice}") from None
    except OSError as error:
        raise refuse(str(path), f"cannot be read ({error.strerror}); let it be read") from None
    if len(data) > largest:
        raise refuse(str(path), f"is larger than {largest // 1024 // 1024} MiB; it is not what it should be")
    return data
