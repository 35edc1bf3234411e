"""The reading of replies, here or in processes of its own: the same readings, in the order of the replies."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as midnight
from itertools import chain, islice

from consistency_check.engines.processes import Do, Failure, Work, do_work
from consistency_check.explanation import find_least, open_question_reader, open_reader
from consistency_check.intake import BATCH, part_replies
from consistency_check.model import Asking, Claim, KnowledgeBase, Problem, Reply

FEW = 16 * BATCH
"""So many are read in less time than a process takes to begin."""
UNREAD = "unread"
"""Why a reply is left out of an audit whose processes were killed over it."""
NOTHING = Asking()


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """What is read, and by which policies: claims, which count from `min_confidence` on (None: the reader's).

    Where it `asks`, what was asked for is read too; where it `keeps`, what a ledger settles claims anew with.
    """

    knowledge: KnowledgeBase
    min_confidence: float | None = None
    asks: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class ReadReply:
    """What was read of one reply; `met` are the policies whose answers have a part in what is `kept`."""

    claims: tuple[Claim, ...] = ()
    asking: Asking = NOTHING
    kept: bytes = b""
    met: tuple[str, ...] = ()


Read = Callable[[Sequence[Reply]], list[ReadReply]]
Outcome = tuple[Reply, ReadReply | Problem]


def read_replies(replies: Iterable[Reply], task: ReadingTask, jobs: int = 1) -> Iterator[Outcome]:
    """Each reply with what was read of it, in their order; `jobs` processes read where there are many.

    A reply that two processes were killed over is a Problem.
    """
    rest = iter(replies)
    first = list(islice(rest, FEW)) if jobs > 1 else []
    batches = part_replies(chain(first, rest))
    return _read_apart(batches, task, jobs) if len(first) == FEW else _read_here(batches, task)


def open_task(task: ReadingTask) -> Read:
    """The function that reads some replies; it takes the time of reading some hundreds to make it."""
    reader = open_reader(task.knowledge, task.min_confidence, near_misses=False)
    asker = open_question_reader(task.knowledge) if task.asks else None

    def ask(replies: Sequence[Reply]) -> list[Asking]:
        return asker.read_batch(replies) if asker else [NOTHING] * len(replies)

    def read(replies: Sequence[Reply]) -> list[ReadReply]:
        readings = reader.read_batch(replies)
        return [ReadReply(one.claims, asking) for one, asking in zip(readings, ask(replies), strict=True)]

    if not task.keeps:
        return read
    from consistency_check.read import Settler  # its libraries take a second to import

    settler = Settler(task.knowledge, find_least(task.min_confidence))

    def read_kept(replies: Sequence[Reply]) -> list[ReadReply]:
        read = reader.read_kept(replies)
        met = settler.list_met([kept for _, kept in read])
        return [
            ReadReply(reading.claims, asking, kept, policies or ())
            for (reading, kept), policies, asking in zip(read, met, ask(replies), strict=True)
        ]

    return read_kept


def open_reading(setup: bytes) -> Do:
    """The work of a process: packed replies in, what was read of them out."""
    gc.set_threshold(50_000, 20, 1_000)  # as `cli.main` has it
    read = open_task(pickle.loads(setup))  # noqa: S301 - of the process that began this one
    gc.freeze()

    def do(piece: bytes) -> bytes:
        return pickle.dumps(read([_make_reply(*parts) for parts in pickle.loads(piece)]))  # noqa: S301

    return do


def _read_here(batches: Iterator[list[Reply]], task: ReadingTask) -> Iterator[Outcome]:
    read = open_task(task)
    gc.freeze()  # what is built so far lives to the end
    try:
        for batch in batches:
            yield from zip(batch, read(batch), strict=True)
    finally:
        gc.unfreeze()


def _read_apart(batches: Iterator[list[Reply]], task: ReadingTask, jobs: int) -> Iterator[Outcome]:
    waiting: deque[list[Reply]] = deque()

    def pack() -> Iterator[bytes]:
        for batch in batches:
            waiting.append(batch)
            yield pickle.dumps([(r.id, r.text, r.question, r.asked_before, r.day) for r in batch])

    # Pickle, for these are our own processes: it takes a seventh of the time of the ledger's JSON.
    work = Work(f"{__name__}:{open_reading.__name__}", pickle.dumps(task))
    for result in do_work(work, pack(), jobs):
        batch = waiting.popleft()
        if isinstance(result, Failure):
            yield from ((reply, _say_unread(reply, result.reason)) for reply in batch)
        else:
            yield from zip(batch, pickle.loads(result), strict=True)  # noqa: S301


def _make_reply(id_: str, text: str, question: str, asked_before: str, day: date | None) -> Reply:
    """As much of a reply as reading needs."""
    sent_at = datetime.combine(day, midnight()) if day else None
    return Reply(id_, "", text, question=question, asked_before=asked_before, sent_at=sent_at)


def _say_unread(reply: Reply, reason: str) -> Problem:
    remedy = "run it again with fewer --jobs, for the memory may not have sufficed"
    return Problem(reply.source, f"was not read, nor were those beside it: {reason}; {remedy}")
