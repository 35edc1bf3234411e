"""What an audit holds in memory grows with the claims it read, not with the replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.child import run_module
from tests.benchmarks.traffic import WORDS, Person, write_policies

pytest.importorskip("resource", reason="peak memory is not told here")

FEW = 4_000
MANY = 16_000
REFERENCES = 9
STOCK = 2_000
"""Odd words in a reply, as product names are, and how many of them there are: nearly all have been met before
the first measurement, so that the reader's table of words, which is bounded, has stopped growing."""
PEOPLE = 500
TRIES = 3
A_REPLY = 300
"""Bytes that may stay of a reply without claims: its id's hash and its place in the customers' tables.
Measured: 35 to 141. Its text alone takes more than 350."""
CHATTER = (
    "Thank you so much for getting in touch with us today, {first}.",
    "I am really sorry that this has been such a frustrating experience for you.",
    "I have passed your kind words on to the whole team, and they were delighted.",
    "It was a pleasure talking to you, and I hope that the rest of your day goes well.",
    "My colleague {last} is looking into it as we speak and will come back to you.",
    "I completely understand how you feel, and I would feel the same way.",
)


def write_reference(number: int) -> str:
    """A word for each number; it has only letters, so that nothing takes it for a value."""
    return "Ref" + str(number).translate(str.maketrans("0123456789", "bcdfghjklm"))


def write_chatter(file: Path, count: int) -> None:
    """Replies of some `WORDS` words that claim nothing, always to the same people."""
    random = Random(count)
    with file.open("w", encoding="utf-8") as stream:
        for number in range(count):
            person = Person(number % PEOPLE)
            said = [write_reference(random.randrange(STOCK)) for _ in range(REFERENCES)]
            while len(" ".join(said).split()) < WORDS:
                said.append(random.choice(CHATTER).format(first=person.first, last=person.last))
            record = {
                "id": f"R{number}",
                "text": " ".join(said),
                **person.show_in("email"),
                "channel": "email",
            }
            stream.write(json.dumps(record) + "\n")


@pytest.fixture
def measure(tmp_path: Path) -> Callable[[int], dict[str, int]]:
    """Audits that many replies in a process of its own; its replies, claims and peak in bytes.

    The least of some tries: what a process takes to begin differs by some megabytes, and only ever adds.
    """
    write_policies(tmp_path / "policies")

    def measure_audit(count: int) -> dict[str, int]:
        write_chatter(tmp_path / "replies.jsonl", count)
        files = (tmp_path / "replies.jsonl", tmp_path / "policies")
        measured: list[dict[str, int]] = [run_module("tests.benchmarks.peak", *files) for _ in range(TRIES)]
        return min(measured, key=lambda one: one["bytes"])

    return measure_audit


def test_memory_does_not_grow_with_replies_that_claim_nothing(
    measure: Callable[[int], dict[str, int]], note: Callable[[str], None]
) -> None:
    few, many = measure(FEW), measure(MANY)
    assert (few["replies"], many["replies"]) == (FEW, MANY)
    assert many["claims"] < MANY / 100, "the replies were to claim nothing"
    growth = (many["bytes"] - few["bytes"]) / (MANY - FEW)
    peak = many["bytes"] / 2**20
    note(f"memory: {peak:.0f} MiB for {MANY:,} replies without claims, {growth:.0f} bytes a reply")
    assert growth < A_REPLY
