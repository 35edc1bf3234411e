"""Conversations: a question that one record leaves open is answered by a later record of the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from consistency_check.model import Contact, Reply


class Threads:
    """When each identity was last answered in each conversation of each channel.

    Identities are whole numbers of the caller's. Some 200 bytes are kept of a conversation, as its id's hash.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[int, int], float] = {}

    def note(self, identity: int, reply: Reply) -> None:
        """Remember when an answer was sent; one without a conversation or a time is passed over."""
        if reply.conversation_id and reply.sent_at:
            key = identity, _hash_thread(reply)
            self._last[key] = max(reply.sent_at.timestamp(), self._last.get(key, float("-inf")))

    def settle(
        self, contacts: Iterable[tuple[int, Contact]], name_customer: Callable[[int], str]
    ) -> Iterator[tuple[int, Contact]]:
        """The contacts; a question is answered if its customer was answered in its conversation after it."""
        contacts = list(contacts)
        waiting = {_hash_thread(contact.reply) for _, contact in contacts if _may_wait(contact)}
        last: dict[tuple[str, int], float] = {}
        for (identity, thread), moment in self._last.items():
            if thread in waiting:
                key = name_customer(identity), thread
                last[key] = max(moment, last.get(key, moment))
        for identity, contact in contacts:
            asked_at = contact.reply.asked_at
            if asked_at and _may_wait(contact):
                answered_at = last.get((name_customer(identity), _hash_thread(contact.reply)))
                if answered_at is not None and answered_at > asked_at.timestamp():
                    contact = replace(contact, is_answered=True)
            yield identity, contact


def _may_wait(contact: Contact) -> bool:
    return not contact.is_answered and bool(contact.reply.conversation_id)


def _hash_thread(reply: Reply) -> int:
    return hash((reply.channel, reply.conversation_id))
