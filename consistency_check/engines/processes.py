"""Work in several processes: bytes in, bytes out, in order, whatever becomes of a process.

Processes begin clean (spawn), so that no lock, file or thread of the parent is in them, and work is the same
on every system. A process that dies is named, and what it had in hand is done once more by another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from queue import SimpleQueue
from threading import Thread

IN_HAND = 2
"""Pieces that a process has at once: it need not wait for the parent between two of them."""
AHEAD = 8
"""Pieces a process may be ahead of the first that is not done: what is done early is held in memory."""
TRIES = 2
Do = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does: `opener` ("module:function") is called with `setup` once, and gives what does it.

    It must be a function of a module that a clean process can import by this name.
    """

    opener: str
    setup: bytes

    def open(self) -> Do:
        """The function from bytes to bytes that does a piece."""
        module, _, name = self.opener.partition(":")
        opened: Do = getattr(import_module(module), name)(self.setup)
        return opened


@dataclass(frozen=True, slots=True)
class Failure:
    """A piece that could not be done, and why, in words: each process that tried is named."""

    reason: str


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    in_hand: deque[int] = field(default_factory=deque)


def do_work(work: Work, pieces: Iterator[bytes], jobs: int) -> Iterator[bytes | Failure]:
    """What `work` makes of each piece, in the order of the pieces, by `jobs` processes.

    The processes end with the iteration, however it ends. An error inside the work is raised here as
    RuntimeError with its traceback in words.
    """
    crew = _Crew(work, jobs)
    try:
        yield from crew.go_through(pieces)
    finally:
        crew.dismiss()


class _Crew:
    """The processes of one piece of work, what each has in hand, and what is done and waits for its turn."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._held: dict[int, bytes] = {}
        self._died: dict[int, list[str]] = {}
        self._again: deque[int] = deque()
        self._done: dict[int, bytes | Failure] = {}

    def go_through(self, pieces: Iterator[bytes]) -> Iterator[bytes | Failure]:
        given, next_out, is_over = 0, 0, False
        while True:
            while not is_over and self._has_room(given - next_out):
                piece = next(pieces, None)
                if piece is None:
                    is_over = True
                    break
                self._held[given] = piece
                self._give(given)
                given += 1
            while next_out in self._done:
                yield self._done.pop(next_out)
                next_out += 1
            if is_over and next_out == given:
                return
            if next_out not in self._done:
                self._await_one()

    def dismiss(self) -> None:
        """End every process, at once: nobody waits for what they have in hand."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def _has_room(self, ahead: int) -> bool:
        if ahead >= self._jobs * (IN_HAND + AHEAD):
            return False
        return len(self._workers) < self._jobs or any(len(w.in_hand) < IN_HAND for w in self._workers)

    def _give(self, number: int) -> None:
        """A piece to whoever has least in hand; one more process begins where all have something."""
        idle = min(self._workers, key=lambda worker: len(worker.in_hand), default=None)
        if idle is None or (idle.in_hand and len(self._workers) < self._jobs):
            idle = self._hire()
        idle.in_hand.append(number)
        try:
            idle.pipe.send_bytes(self._held[number])
        except (BrokenPipeError, OSError):
            self._bury(idle)

    def _hire(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(self._work, theirs), name="consistency-check worker", daemon=True
        )
        with _without_interrupts():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _await_one(self) -> None:
        """Wait until some process has done something, or has died."""
        pipes = {worker.pipe: worker for worker in self._workers if worker.in_hand}
        for pipe in wait(list(pipes)):
            worker = pipes[pipe]  # type: ignore[index]
            try:
                answer = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            number = worker.in_hand.popleft()
            del self._held[number]
            if answer[:1] == _FAILED:
                raise RuntimeError(f"the work failed in process {worker.process.pid}:\n{answer[1:].decode()}")
            self._done[number] = answer[1:]
        while self._again:
            self._give(self._again.popleft())

    def _bury(self, worker: _Worker) -> None:
        """Take back what a dead process had in hand; the first of it was being done, and counts a try."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        for place, number in enumerate(worker.in_hand):
            if not place:
                self._died.setdefault(number, []).append(_say_death(worker.process))
            if len(self._died.get(number, ())) < TRIES:
                self._again.append(number)
            else:
                del self._held[number]
                self._done[number] = Failure(" and ".join(self._died.pop(number)))


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Begin a process whole or not at all: one that is half begun would say so with a traceback.

    It inherits the mask, so that it never heeds Ctrl-C, not even before it has said so itself.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_FAILED, _DONE = b"\x00", b"\x01"


def _serve(work: Work, pipe: Connection) -> None:
    """What a process does until its pipe is closed; Ctrl-C is the parent's to heed.

    A thread takes pieces in, so that the parent never waits to hand one over while this waits to answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    try:
        pieces: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=_take_in, args=(pipe, pieces), daemon=True).start()
        do = work.open()
        while (piece := pieces.get()) is not None:
            pipe.send_bytes(_DONE + do(piece))
    except BrokenPipeError:
        return
    except Exception:
        pipe.send_bytes(_FAILED + traceback.format_exc().encode("utf-8", "replace"))


def _take_in(pipe: Connection, pieces: SimpleQueue[bytes | None]) -> None:
    with suppress(EOFError, OSError):
        while True:
            pieces.put(pipe.recv_bytes())
    pieces.put(None)


def _say_death(process: SpawnProcess) -> str:
    code = process.exitcode or 0
    if code < 0:
        names = {each.value: each.name for each in signal.Signals}
        return f"process {process.pid} was killed ({names.get(-code, f'signal {-code}')})"
    return f"process {process.pid} ended ({code})"
