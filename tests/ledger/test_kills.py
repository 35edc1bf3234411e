"""A run that is killed at any point leaves a ledger with which the next one is right; two runs take turns."""

import os
import random
import signal
import time
from datetime import date

import pytest

from consistency_check.follow_up import run_follow_up
from consistency_check.ledger import LedgerError, open_ledger, read_ledger, store
from consistency_check.ledger.upkeep import forget_customer
from tests.ledger.nights import FEE, RIGHT, WRONG, strip

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it forks")


class Deadly:
    """A connection that kills its process before, or just after, one of its statements."""

    def __init__(self, connection, countdown, after):
        self._connection = connection
        self._countdown = countdown
        self._after = after

    def execute(self, *arguments):
        self._countdown -= 1
        if self._countdown == 0 and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = self._connection.execute(*arguments)
        if self._countdown == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def __getattr__(self, name):
        return getattr(self._connection, name)


def in_child(work):
    """What became of a process that does this: its exit status, negative for a signal."""
    number = os.fork()
    if number == 0:
        try:
            work()
        except BaseException:  # the child must never come back into pytest
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def die_at(countdown, work, after=False):
    """Do this in a process that kills itself at a statement; False where it was done before that."""
    honest = store._connect

    def connect(*arguments, **rest):
        return Deadly(honest(*arguments, **rest), countdown, after)

    def die():
        store._connect = connect
        work()

    return in_child(die) == -signal.SIGKILL


def run_night(company, day="2026-05-02"):
    with open_ledger(company.ledger) as ledger:
        run_follow_up(ledger, company.settings, date.fromisoformat(day))


def change(company):
    """The day after: one answer other than before, and one more."""
    company.records[0]["text"] = RIGHT if company.records[0]["text"] == WRONG else WRONG
    company.tell("ann", "phone", "2026-05-01", FEE)
    company.write()


def count_statements(company, work):
    """How many statements this takes; done with a copy of the ledger, which is then put back."""
    kept = company.ledger.read_bytes() if company.ledger.exists() else None
    honest, opened = store._connect, []

    def connect(*arguments, **rest):
        opened.append(Deadly(honest(*arguments, **rest), 1_000_000, False))
        return opened[0]

    store._connect = connect
    try:
        work()
    finally:
        store._connect = honest
    company.ledger.unlink()
    if kept is not None:
        company.ledger.write_bytes(kept)
    return 1_000_000 - opened[0]._countdown


@pytest.mark.parametrize("is_first", [True, False])
def test_the_next_run_is_right_wherever_one_is_killed(busy, is_first):
    if not is_first:
        busy.night("2026-05-01")
        change(busy)
    busy.write()
    count = count_statements(busy, lambda: run_night(busy))
    assert count > 20
    before = 0 if is_first else 1
    points = {1, 2, count - 2, count - 1, count, *random.Random(7).sample(range(1, count), 7)}
    for number in sorted(points):
        kept = busy.ledger.read_bytes() if busy.ledger.exists() else None
        assert die_at(number, lambda: run_night(busy), after=number % 2 == 0), number
        with open_ledger(busy.ledger) as ledger:
            was_done = ledger.last_run == before + 1
            assert was_done or ledger.last_run == before
        assert not was_done or number >= count - 2
        if (was_done or is_first) and number < count:
            busy.ledger.unlink()
            if kept:
                busy.ledger.write_bytes(kept)
    report = busy.night("2026-05-02")
    assert strip(report.findings) == strip(busy.night("2026-05-02", busy.folder / "fresh").findings)
    assert strip(report.findings) == strip(busy.audit())


def test_a_run_killed_at_any_time_is_as_if_it_had_not_been(busy):
    """By the clock, so that it dies within statements as well."""
    busy.night("2026-05-01")
    draw = random.Random(11)
    for number in range(4):
        change(busy)
        child = os.fork()
        if child == 0:
            try:
                run_night(busy)
            finally:
                os._exit(0)
        time.sleep(draw.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with read_ledger(busy.ledger) as ledger:
            assert ledger.last_run >= 1
        assert strip(busy.night(f"2026-05-{number + 3:02}").findings) == strip(busy.audit())


@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_forgetting_killed_at_any_point_is_done_again(busy, number):
    busy.night()

    def forget():
        with open_ledger(busy.ledger, rewrites=True) as ledger:
            forget_customer(ledger, "dana@mail.example")

    count = count_statements(busy, forget)
    assert die_at(max(1, count - number), forget)
    with open_ledger(busy.ledger, rewrites=True) as ledger:
        forget_customer(ledger, "dana@mail.example")
    assert b"dana" not in busy.ledger.read_bytes().lower()
    assert [path.name for path in busy.folder.glob("*audit.duckdb*")] == ["audit.duckdb"]
    assert {each.customer for each in busy.night().findings} == {"max@mail.example", "zoe@mail.example"}


def hold(path):
    """A process that holds a ledger until it is told to let go, and the end by which to tell it."""
    ready, told = os.pipe(), os.pipe()
    number = os.fork()
    if number == 0:
        try:
            os.close(told[1])
            with open_ledger(path):
                os.write(ready[1], b"!")
                os.read(told[0], 1)
        finally:
            os._exit(0)
    os.read(ready[0], 1)
    os.close(told[0])
    return number, told[1]


def test_a_held_ledger_is_refused_with_its_holder(busy):
    busy.night()
    number, end = hold(busy.ledger)
    try:
        for enter in (open_ledger, read_ledger):
            with (
                pytest.raises(LedgerError, match=rf"in use by another run \(process {number}\)"),
                enter(busy.ledger),
            ):
                pass
    finally:
        os.close(end)
        os.waitpid(number, 0)
    busy.night()


def test_a_held_ledger_is_waited_for(busy):
    busy.night()
    number, end = hold(busy.ledger)
    waits = []

    def let_go():
        waits.append(1)
        os.close(end)

    with open_ledger(busy.ledger, wait=30, on_wait=let_go) as ledger:
        assert ledger.last_run == 1
    os.waitpid(number, 0)
    assert waits == [1]


def test_two_runs_at_once_both_count(busy):
    busy.night("2026-05-01")
    change(busy)
    children = []
    for _ in range(2):
        number = os.fork()
        if number == 0:
            try:
                with open_ledger(busy.ledger, wait=60) as ledger:
                    run_follow_up(ledger, busy.settings, date(2026, 5, 2))
            finally:
                os._exit(0)
        children.append(number)
    for number in children:
        os.waitpid(number, 0)
    with read_ledger(busy.ledger) as ledger:
        assert ledger.last_run == 3
    assert strip(busy.night("2026-05-03").findings) == strip(busy.audit())
