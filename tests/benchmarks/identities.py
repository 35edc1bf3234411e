"""Made-up people as the channels of a company know them, and how long it takes to tell who is who.

    python -m tests.benchmarks.identities 1000000

makes replies of that many different identities, links them in one process, and prints as JSON what it took
and what became of the people. The same number makes the same replies.

A person has a name, an e-mail, a phone, mostly an order and a handle; one phone in ten is a family's, with
one surname and several given names. Each channel knows a part: e-mail the address and the name, the phone
line the number and the name, chat the name and the order in the text, the letter desk the customer id.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from consistency_check.identify import Linker
from consistency_check.model import Reply
from tests.benchmarks.peak import measure_peak

SURNAME_STARTS = (
    "Ab",
    "Bar",
    "Cor",
    "Dun",
    "El",
    "Fal",
    "Gar",
    "Hol",
    "Iv",
    "Jan",
    "Kov",
    "Lin",
    "Mar",
    "Nor",
    "Os",
)
SURNAME_ENDS = (
    "ara",
    "bury",
    "chuk",
    "dahl",
    "ek",
    "field",
    "gan",
    "hurst",
    "ic",
    "kins",
    "land",
    "man",
    "nova",
    "ov",
)
GIVEN_NAMES = (
    *("Amara", "Callum", "Dana", "Emil", "Farida", "Gwen", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mina"),
    *("Nadia", "Oscar", "Priya", "Rosa", "Samir", "Tara", "Victor", "Yusuf"),
)
IDENTITIES_A_PERSON = 4
"""About as many ways in which one person of the corpora appears (2.6 to 5.1)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `phone` may be a family's."""

    number: int
    given: str
    surname: str
    phone: str

    @property
    def order(self) -> str:
        """An order that nobody else has."""
        return f"QF-{self.number:08d}"

    @property
    def email(self) -> str:
        """An address that nobody else has."""
        return f"{self.given}.{self.surname}.{self.number}@mail.example".lower()


def make_people(count: int, random: Random) -> Iterator[Person]:
    """That many people; every tenth has the phone and the surname of the one before, another given name."""
    family: list[str] = []
    shared = ("", "")
    for number in range(count):
        surname = random.choice(SURNAME_STARTS) + random.choice(SURNAME_ENDS) + random.choice(SURNAME_ENDS)
        given = random.choice(GIVEN_NAMES)
        area, line = divmod(number, 10_000)
        phone = f"+1 {210 + area % 700} {200 + area // 700:03d} {line:04d}"
        if random.random() < 0.1 and family and given not in family:
            surname, phone = shared
        else:
            family, shared = [], (surname, phone)
        family.append(given)
        yield Person(number, given, surname, phone)


def make_replies(identities: int, seed: int = 1) -> Iterator[tuple[int, Reply]]:
    """Replies of about that many identities, each with the number of its person."""
    random = Random(seed)
    number = 0
    for person in make_people(max(1, identities // IDENTITIES_A_PERSON), random):
        for fields in _list_appearances(person, random):
            yield person.number, Reply(id=f"r{number}", **{"text": "Thank you.", **fields})
            number += 1


def _list_appearances(person: Person, random: Random) -> Iterator[dict[str, Any]]:
    full, initial = f"{person.given} {person.surname}", f"{person.given[0]}. {person.surname}"
    yield {
        "channel": "email",
        "email": person.email,
        "name": full,
        "text": f"Your order {person.order} is on its way.",
    }
    yield {"channel": "phone", "phone": person.phone, "name": random.choice((full, initial, full.upper()))}
    if random.random() < 0.8:
        thread = f"T-{person.number:08d}"
        order = {"order_id": person.order}
        yield {
            "channel": "email",
            "email": person.email,
            "name": initial,
            "conversation_id": thread,
            "attributes": order,
        }
        yield {"channel": "chat", "conversation_id": thread, "name": person.given}
    if random.random() < 0.5:
        yield {
            "channel": "chat",
            "conversation_id": f"c{person.number}",
            "name": full,
            "text": f"{person.order}: yes",
        }
    if random.random() < 0.5:
        known = {"customer_id": f"K{person.number:07d}", "email": person.email, "phone": person.phone}
        yield {"channel": "letter", "name": full, **known}
    if random.random() < 0.4:
        yield {
            "channel": "social",
            "handle": f"@{person.given}{person.number}",
            "text": f"Is it {person.order}?",
        }


def measure(identities: int) -> dict[str, float]:
    """What linking takes, in seconds of this process and bytes, and what became of the people."""
    gc.set_threshold(50_000, 20, 20)  # as the command line sets it
    start = time.process_time()
    linker = Linker()
    people = array("q")
    nodes = array("q")
    for person, reply in make_replies(identities):
        people.append(person)
        nodes.append(linker.add(reply))
    added = time.process_time()
    resolution = linker.resolve()
    done = time.process_time()
    homes = [resolution.customer_of(node).key for node in nodes]
    return {
        "identities": len(set(nodes)),
        "people": people[-1] + 1,
        "customers": len(resolution.customers),
        "mixed": count_mixed(homes, people),
        "seconds to take in": round(added - start, 1),
        "seconds to link": round(done - added, 1),
        "bytes": measure_peak(),
    }


def count_mixed(homes: Sequence[str], people: Sequence[int]) -> int:
    """The customers that hold two people."""
    first: dict[str, int] = {}
    pairs = zip(homes, people, strict=True)
    return len({home for home, person in pairs if first.setdefault(home, person) != person})


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
