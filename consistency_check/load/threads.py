"""What a customer said earlier in the same conversation: a question is often some turns before its answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from consistency_check.model import Reply

TURNS = 3
LONGEST_TURN = 400
OPEN_THREADS = 2_000
"""Conversations remembered at once; the one longest without a reply is forgotten first."""


def recall_questions(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Gives each reply, as `asked_before`, the customer's turns before its question.

    They are those of the same conversation and channel that came before it in the input, the last `TURNS`
    of them, one a line.
    """
    threads: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
    for reply in replies:
        if not reply.conversation_id:
            yield reply
            continue
        key = (reply.channel, reply.conversation_id)
        before = threads.pop(key, ())
        yield replace(reply, asked_before="\n".join(before)) if before else reply
        threads[key] = (*before, reply.question[-LONGEST_TURN:])[-TURNS:] if reply.question else before
        if len(threads) > OPEN_THREADS:
            threads.popitem(last=False)
