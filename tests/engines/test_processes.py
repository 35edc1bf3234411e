"""Work in processes: in order, whatever becomes of them."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from consistency_check.engines.processes import Failure, Work, do_work

HERE = "tests.engines.work"


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(jobs: int) -> None:
    pieces = [str(number).encode() for number in range(40)]
    assert list(do_work(Work(f"{HERE}:open_waiting", b""), iter(pieces), jobs)) == pieces


def test_the_setup_reaches_every_process() -> None:
    work = Work(f"{HERE}:open_reversing", b"<")
    assert list(do_work(work, iter([b"ab", b"cd", b""]), 2)) == [b"<ba", b"<dc", b"<"]


def test_pieces_larger_than_any_pipe_holds() -> None:
    pieces = [bytes([number]) * 3_000_000 for number in range(6)]
    assert list(do_work(Work(f"{HERE}:open_reversing", b""), iter(pieces), 2)) == pieces


def test_nothing_to_do_starts_no_process() -> None:
    assert list(do_work(Work("no.such.module:open", b""), iter([]), 2)) == []


def test_more_than_one_process_works() -> None:
    told = list(do_work(Work(f"{HERE}:open_telling", b""), iter([b""] * 20), 2))
    assert len(set(told)) == 2


def test_a_piece_whose_process_was_killed_is_done_again(tmp_path: Path) -> None:
    work = Work(f"{HERE}:open_dying", str(tmp_path).encode())
    pieces = [b"a", b"once", b"b", b"c", b"d"]
    assert list(do_work(work, iter(pieces), 2)) == [b"done " + piece for piece in pieces]
    assert (tmp_path / "died").exists()


def test_a_piece_that_kills_twice_is_given_up_and_both_processes_are_named(tmp_path: Path) -> None:
    work = Work(f"{HERE}:open_dying", str(tmp_path).encode())
    before, failed, *after = do_work(work, iter([b"a", b"always", b"b", b"c"]), 2)
    assert (before, after) == (b"done a", [b"done b", b"done c"])
    assert isinstance(failed, Failure)
    assert failed.reason.count("was killed (SIGKILL)") == 2


def test_an_error_in_the_work_is_raised_with_its_traceback(tmp_path: Path) -> None:
    work = Work(f"{HERE}:open_dying", str(tmp_path).encode())
    with pytest.raises(RuntimeError, match="ValueError: a bug"):
        list(do_work(work, iter([b"a", b"raise"]), 2))


def test_no_process_is_left_when_nobody_listens_any_longer() -> None:
    results = do_work(Work(f"{HERE}:open_waiting", b""), iter([b"1"] * 50), 2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []
