"""Which replies the answers of a finding show: by their numbers, for a place may become another reply's."""

from __future__ import annotations

from collections.abc import Iterable

from consistency_check.ledger.packing import unpack_reply
from consistency_check.ledger.store import Ledger
from consistency_check.model import Finding, FindingAnswer, Reply


class Shown:
    """Knows the numbers of replies by what answers tell of them."""

    def __init__(self) -> None:
        self._replies: list[tuple[int, Reply]] = []

    def add(self, number: int, reply: Reply) -> None:
        """One more that findings may show."""
        self._replies.append((number, reply))

    def find(self, findings: Iterable[Finding]) -> list[list[list[int]]]:
        """Of each finding's answers the numbers of their replies; several where nothing tells them apart."""
        numbers: dict[tuple[str, str, str, str], list[int]] = {}
        found = list(findings)
        for number, reply in self._replies if found else ():
            for key in _name_reply(reply):
                numbers.setdefault(key, []).append(number)
        return [[numbers.get(_name_answer(each), []) for each in finding.answers] for finding in found]


def _name_reply(reply: Reply) -> set[tuple[str, str, str, str]]:
    """Answers tell when a reply was sent; some, where nothing says that, when it was asked for."""
    times = {reply.sent_at, reply.sent_at or reply.asked_at}
    return {(reply.id, reply.channel, time.isoformat() if time else "", reply.question) for time in times}


def _name_answer(answer: FindingAnswer) -> tuple[str, str, str, str]:
    return answer.reply_id, answer.channel, answer.sent_at, answer.question


def load_shown(ledger: Ledger, findings: Iterable[Finding]) -> Shown:
    """The replies of these findings, whoever they went to."""
    shown = Shown()
    ids = sorted({answer.reply_id for finding in findings for answer in finding.answers})
    rows = ledger.fetch(
        """
        SELECT seq, head, place, question FROM replies
        WHERE list_contains(?, json_extract_string(place, '$[0]')) ORDER BY seq
        """,
        [ids],
    )
    for number, head, place, question in rows if ids else ():
        shown.add(number, unpack_reply(head, place, "", question))
    return shown
