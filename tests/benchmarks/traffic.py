"""Made-up traffic of any size: the corpora's replies, taken apart and put together anew.

    python -m tests.benchmarks.traffic 1000000 > traffic.jsonl
    python -m tests.benchmarks.traffic 1000000 --policies policies --customers customers.csv > traffic.jsonl

writes that many replies as JSON Lines, and with the options the knowledge base and the customers that go
with them. Run it from the repository's folder. The same number gives the same bytes.

A reply is one of the corpora's, filled up with sentences of others of its company and channel to about
`WORDS` words. Numbers, names and openings vary, so that few sentences occur twice: what a reader might
remember of one reply helps it no more with the next than it would in a company's own export.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

CORPORA = Path(__file__).parents[1] / "corpora"
TOPICS: Mapping[str, tuple[str, ...]] = {
    "hotel": ("arrival", "cancellation", "lost_property", "payment"),
    "retail": ("orders", "returns", "shipping"),
}
"""The companies whose replies are used, and the topics that together hold 36 policies."""
WORDS = 60
REPLIES_A_CUSTOMER = 6
FIRST_DAY = datetime(2026, 1, 1, 8, tzinfo=UTC)
DAYS = 180
SENTENCE = re.compile(r"(?<=[.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)\s+|\n+")
# Whole numbers of up to three digits that are no part of a time, a date, an address or a longer number.
NUMBER = re.compile(r"(?<![\w:.,@/+-])(\d{1,3})(?![\w:@/-]|[.,]\d)")
DIGITS = ((1, 9), (10, 30), (100, 999))
"""What a number of one, two and three digits may become; a day of a month stays one."""
FIRST_NAMES = (
    "Amara",
    "Callum",
    "Dana",
    "Emil",
    "Farida",
    "Gwen",
    "Jonas",
    "Keiko",
    "Priya",
    "Rosa",
    "Samir",
)
LAST_NAMES = ("Abara", "Brandt", "Dlamini", "Eriksen", "Halloran", "Ibekwe", "Moreau", "Nakamura", "Petrov")
PLACES = ("accounts", "billing", "dispatch", "logistics", "the back office", "the branch", "the warehouse")
OPENINGS = (
    "As promised, ",
    "Just so you know, ",
    "Right, {first}: ",
    "As {colleague} told you, ",
    "I asked {colleague}, and ",
    "{colleague} from {place} confirms that ",
    "Having heard from {colleague} in {place}, I can say that ",
    "According to {place} and to my colleague {colleague}, ",
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of references: so many are possible that of a million hardly two are the same."""
CLOSINGS = (" Does that help, {first}?", " The reference is {reference}.", " Take care, {first}.", "", "")


@dataclass(frozen=True, slots=True)
class Person:
    """A customer, by what each channel knows of them."""

    number: int

    @property
    def first(self) -> str:
        """The first name."""
        return FIRST_NAMES[self.number % len(FIRST_NAMES)]

    @property
    def last(self) -> str:
        """The last name."""
        return LAST_NAMES[self.number // len(FIRST_NAMES) % len(LAST_NAMES)]

    @property
    def email(self) -> str:
        """An address that only this customer has."""
        return f"{self.first}.{self.last}.{self.number}@mail.example".lower()

    @property
    def phone(self) -> str:
        """A number that only this customer has, up to some eight million customers."""
        area, line = divmod(self.number, 10_000)
        return f"+1 {201 + area % 789} 555 {line:04d}"

    def show_in(self, channel: str) -> dict[str, str]:
        """The fields by which a channel's export names them."""
        if channel == "email":
            return {"name": f"{self.first} {self.last}", "email": self.email}
        if channel in ("phone", "sms"):
            return {"name": self.first, "phone": self.phone}
        if channel == "social":
            return {"handle": f"@{self.first}{self.number}".lower()}
        return {"customer_id": f"C{self.number:07d}"}


@dataclass(frozen=True, slots=True)
class Company:
    """A corpus's records, and for each channel the sentences of all its replies."""

    records: tuple[Mapping[str, Any], ...]
    sentences: Mapping[str, tuple[str, ...]]

    @staticmethod
    def split(record: Mapping[str, Any]) -> list[str]:
        """The sentences of one record, ready for another customer."""
        return [part for part in SENTENCE.split(anonymise(record)) if part]


def read_company(folder: Path) -> Company:
    """The replies of one corpus."""
    records = [
        json.loads(line)
        for file in sorted((folder / "exports").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    sentences: dict[str, list[str]] = {}
    for record in records:
        sentences.setdefault(record["channel"], []).extend(Company.split(record))
    return Company(tuple(records), {channel: tuple(said) for channel, said in sentences.items()})


def anonymise(record: Mapping[str, Any]) -> str:
    """A reply's text with `{first}` and `{last}` for its customer's name, ready for another's."""
    text = str(record["text"]).replace("{", "(").replace("}", ")")
    names = str(record.get("name") or "").split()
    for name, field in zip((*names[:1], *names[-1:]), ("{first}", "{last}"), strict=False):
        text = re.sub(rf"\b{re.escape(name)}\b", field, text)
    return text


def make_replies(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """That many records of a canonical export, one at a time."""
    random = Random(seed)
    companies = [read_company(CORPORA / name) for name in sorted(TOPICS)]
    people = max(1, count // REPLIES_A_CUSTOMER)
    for number in range(count):
        company = random.choice(companies)
        record = random.choice(company.records)
        person = Person(random.randrange(people))
        text = write_text(record, company.sentences[record["channel"]], person, random)
        yield {
            **{
                name: value
                for name, value in record.items()
                if name not in ("name", "email", "phone", "handle")
            },
            "id": f"R{number:08d}",
            "sent_at": (FIRST_DAY + timedelta(seconds=number * 97 % (DAYS * 86_400))).isoformat(),
            "conversation_id": f"T{number:08d}",
            "question": fill(vary_numbers(str(record.get("question") or ""), random), person),
            "text": text,
            "customer_id": "",
            **person.show_in(record["channel"]),
        }


def write_text(
    record: Mapping[str, Any], stock: Sequence[str], person: Person, random: Random, *, varied: bool = True
) -> str:
    """The record's own words, then sentences of its channel's other replies, up to about `WORDS` words.

    Its own sentences stay together as they are, and so do all numbers, if it is not to be `varied`.
    """
    own = Company.split(record)
    said = [open_sentence(part, random) for part in own] if varied else [" ".join(own)]
    words = sum(len(part.split()) for part in said)
    while words < WORDS - 12:
        part = random.choice(stock)
        opened = open_sentence(part, random)
        said.insert(random.randint(min(1, len(said)), len(said)), opened)
        words += len(opened.split())
    parts = (vary_numbers(part, random) if varied else part for part in said)
    text = " ".join(parts) + random.choice(CLOSINGS)
    return fill(text, person).replace(
        "{reference}", f"{random.randrange(10**8):08d}{''.join(random.choices(LETTERS, k=3))}"
    )


def open_sentence(sentence: str, random: Random) -> str:
    """Three of four sentences with an opening before it."""
    if random.random() < 0.25:
        return sentence
    opening = random.choice(OPENINGS).replace("{colleague}", random.choice(FIRST_NAMES))
    opening = opening.replace("{place}", random.choice(PLACES))
    return opening + (sentence if sentence.startswith("I ") else sentence[:1].lower() + sentence[1:])


def vary_numbers(text: str, random: Random) -> str:
    """Every second small number made another one of as many digits."""

    def change(match: re.Match[str]) -> str:
        if random.random() < 0.5:
            return match[1]
        first, last = DIGITS[len(match[1]) - 1]
        return str(random.randint(first, last))

    return NUMBER.sub(change, text)


def fill(text: str, person: Person) -> str:
    """The customer's name where the text has room for one."""
    return text.replace("{first}", person.first).replace("{last}", person.last)


def write_policies(folder: Path) -> None:
    """The knowledge base: the files of `TOPICS`, and the attributes of all companies in one."""
    attributes: dict[str, dict[str, list[str]]] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for company, topics in TOPICS.items():
        source = CORPORA / company / "policies"
        for topic in topics:
            (folder / f"{topic}.yaml").write_bytes((source / f"{topic}.yaml").read_bytes())
        # Every scalar stays text, as in the knowledge base itself.
        document = yaml.load((source / "attributes.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
        for name, values in document["attributes"].items():
            attributes.setdefault(name, {}).update(values)
    text = yaml.safe_dump({"attributes": attributes}, allow_unicode=True, sort_keys=True)
    (folder / "attributes.yaml").write_text(text, "utf-8")


def write_customers(file: Path, count: int, others: Sequence[Person] = ()) -> None:
    """The CRM's export of the customers of `count` replies, and of some others."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("customer_id", "name", "email", "phone", "handle"))
        for person in (*map(Person, range(max(1, count // REPLIES_A_CUSTOMER))), *others):
            identity = [person.show_in(channel) for channel in ("chat", "email", "phone", "social")]
            fields = {name: value for part in reversed(identity) for name, value in part.items()}
            writer.writerow(fields[name] for name in ("customer_id", "name", "email", "phone", "handle"))


def write_records(file: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Records as JSON Lines."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write_replies(file: Path, count: int, seed: int = 1) -> None:
    """The replies as JSON Lines."""
    write_records(file, make_replies(count, seed))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.traffic", description="Write made-up replies as JSON Lines."
    )
    parser.add_argument("count", type=int, metavar="N", help="how many")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other replies")
    parser.add_argument(
        "--policies", type=Path, metavar="FOLDER", help="write the knowledge base there as well"
    )
    parser.add_argument("--customers", type=Path, metavar="FILE", help="write the CRM's export there as well")
    options = parser.parse_args(arguments)
    if options.policies:
        write_policies(options.policies)
    if options.customers:
        write_customers(options.customers, options.count)
    for record in make_replies(options.count, options.seed):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
