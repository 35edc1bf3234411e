"""What a customer said earlier in the same conversation: a question is often some turns before its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from consistency_check.model import Reply

TURNS = 3
LONGEST_TURN = 400


def recall_questions(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Gives each reply, as `asked_before`, the customer's turns before its question.

    They are those of the same conversation and channel that came before it in the input, the last `TURNS`
    of them, one a line. However many conversations lie between two replies of one, it is remembered: for
    each with a question a hash and as much of its last turns, some 400 bytes where they are short.
    """
    threads: dict[bytes, tuple[str, ...]] = {}
    for reply in replies:
        if not reply.conversation_id:
            yield reply
            continue
        key = _sign_thread(reply)
        before = threads.get(key, ())
        yield replace(reply, asked_before="\n".join(before)) if before else reply
        if reply.question:
            threads[key] = (*before, reply.question[-LONGEST_TURN:])[-TURNS:]


def _sign_thread(reply: Reply) -> bytes:
    """What stands for a conversation, for its id may be of any length."""
    name = f"{reply.channel}\0{reply.conversation_id}".encode("utf-8", "surrogatepass")
    return blake2b(name, digest_size=16).digest()
