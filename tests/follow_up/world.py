"""A small company whose exports, CRM and policies change from night to night, drawn by a seed."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import consistency_check
from consistency_check.intake import AuditSettings
from consistency_check.load import load_replies
from consistency_check.load.asked import wants_answer
from consistency_check.model import Finding, Reply, Report, Status

ROOT = Path(__file__).parents[2]
SAMPLE = Path(consistency_check.__file__).parent / "sample"
FILES = 3
NO_RECORD = '{"channel": "email", "sent_at": "some day", "text": "Thank you."}\n'
"""What no audit can use, and each must tell."""
NEVER_SEEN = {"status": Status.NEW, "status_reason": "", "first_seen": "", "last_seen": ""}
Record = dict[str, Any]


def read_sample() -> list[Record]:
    """The sample's replies as records, without their places."""
    loaded = load_replies((str(SAMPLE / "exports"),), timezone="Europe/London")
    return [make_record(each) for each in loaded if isinstance(each, Reply)]


def make_record(reply: Reply) -> Record:
    """One reply as a line of JSON Lines has it; an id that only names its place is left out."""
    names = ("channel", "text", "question", "conversation_id", "agent", "team", "customer_id", "email")
    record: Record = {name: getattr(reply, name) for name in (*names, "phone", "name", "handle")}
    record.update(reply.attributes)
    if not reply.has_made_id:
        record["id"] = reply.id
    for name in ("sent_at", "asked_at"):
        if moment := getattr(reply, name):
            record[name] = moment.isoformat()
    return {name: said for name, said in record.items() if said}


@dataclass
class World:
    """What lies on disk: `files` are the exports' records, `customers` the CRM's rows."""

    folder: Path
    random: Random
    files: list[list[Record]] = field(default_factory=lambda: [[] for _ in range(FILES)])
    waiting: list[Record] = field(default_factory=list)
    customers: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def begin(cls, folder: Path, seed: int) -> World:
        """Half of the sample's replies; the others wait."""
        world = cls(folder, Random(seed))
        world.waiting = read_sample()
        world.random.shuffle(world.waiting)
        with (SAMPLE / "customers.csv").open(encoding="utf-8") as stream:
            world.customers = list(csv.DictReader(stream))
        shutil.copytree(ROOT / "policies", folder / "policies")
        world.add(len(world.waiting) // 2)
        world.write()
        return world

    @property
    def settings(self) -> AuditSettings:
        """An audit of all that lies there."""
        exports = tuple(str(self.folder / f"export{number}.jsonl") for number in range(FILES))
        return AuditSettings(exports, self.folder / "policies", self.folder / "customers.csv", region="GB")

    def add(self, count: int) -> None:
        """More replies, anywhere in the exports; some are of conversations that have begun."""
        for record in self.waiting[:count]:
            file = self.random.choice(self.files)
            if self.random.random() < 0.3 and file:
                other = self.random.choice(file)
                kept = {name: other[name] for name in ("conversation_id", "channel") if name in other}
                record = record | kept
            file.insert(self.random.randrange(len(file) + 1), record)
        del self.waiting[:count]

    def write(self) -> None:
        """Everything to disk."""
        for number, file in enumerate(self.files):
            lines = "".join(json.dumps(record) + "\n" for record in file) + NO_RECORD * number
            (self.folder / f"export{number}.jsonl").write_text(lines, encoding="utf-8")
        with (self.folder / "customers.csv").open("w", encoding="utf-8", newline="") as stream:
            rows = csv.DictWriter(stream, list(self.customers[0]))
            rows.writeheader()
            rows.writerows(self.customers)

    def pick(self) -> Record:
        """Some record."""
        return self.random.choice([record for file in self.files for record in file if "id" in record])

    def change(self) -> None:
        """One or several things are otherwise."""
        for change in self.random.choices(CHANGES, k=self.random.randint(1, 3)):
            change(self)
        self.write()

    def edit_policies(self, old: str, new: str) -> None:
        """Other words in all policies."""
        for path in sorted((self.folder / "policies").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8")


def add_some(world: World) -> None:
    """New replies."""
    world.add(world.random.randint(1, 8))


def say_otherwise(world: World) -> None:
    """A reply says what another one says."""
    world.pick()["text"] = world.pick().get("text", "We will look into it.")


def ask_otherwise(world: World) -> None:
    """A customer asked something else."""
    record, question = world.pick(), world.pick().get("question", "How long does it take?")
    if "text" in record or wants_answer(question):
        record["question"] = question


def lose_answer(world: World) -> None:
    """A question was never answered, or not by this record of its conversation.

    One that wants no answer would be left out, which a ledger does not take for a reply that is gone.
    """
    record = world.pick()
    if "sent_at" in record and wants_answer(record.get("question", "")):
        record["asked_at"] = record.pop("sent_at")
        record.pop("text", None)


def be_late(world: World) -> None:
    """An answer took some days."""
    record = world.pick()
    if sent_at := record.get("sent_at"):
        days = timedelta(days=world.random.randint(1, 9))
        record["asked_at"] = (datetime.fromisoformat(sent_at) - days).isoformat()


def be_another(world: World) -> None:
    """A reply went to somebody else."""
    one, other = world.pick(), world.pick()
    for name in ("customer_id", "email", "phone", "name", "handle"):
        one.pop(name, None)
        if name in other:
            one[name] = other[name]


def move_lines(world: World) -> None:
    """The export is sorted otherwise."""
    world.random.shuffle(world.random.choice(world.files))


def change_crm(world: World) -> None:
    """A row of the CRM has another tier or another phone."""
    row = world.random.choice(world.customers)
    row["tier"] = world.random.choice(["standard", "plus", ""])
    row["phone"] = world.random.choice(world.customers)["phone"]


def drop_from_crm(world: World) -> None:
    """A customer has left the CRM."""
    if len(world.customers) > 5:
        world.customers.remove(world.random.choice(world.customers))


def change_answer(world: World) -> None:
    """A policy answers otherwise."""
    world.edit_policies("value: 5-7 business days", "value: 9 business days")
    world.edit_policies("value: bill credit", "value: bank transfer")


def change_answer_back(world: World) -> None:
    """The policy answers as before."""
    world.edit_policies("value: 9 business days", "value: 5-7 business days")


def change_wording(world: World) -> None:
    """A policy is said otherwise."""
    world.edit_policies("allow {value} for the refund", "the refund can take {value} to reach you")


def shift_lines(world: World) -> None:
    """The policies stand elsewhere in their files, and are graver."""
    world.edit_policies("policies:\n", "\n\npolicies:\n")
    world.edit_policies("severity: low", "severity: high")


CHANGES: tuple[Callable[[World], None], ...] = (
    add_some,
    add_some,
    say_otherwise,
    ask_otherwise,
    lose_answer,
    be_late,
    be_another,
    move_lines,
    change_crm,
    drop_from_crm,
    change_answer,
    change_answer_back,
    change_wording,
    shift_lines,
)


def strip_memory(report: Report) -> list[Finding]:
    """The findings without what only a ledger knows of them."""
    return [replace(finding, **NEVER_SEEN) for finding in report.findings]
