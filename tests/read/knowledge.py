"""A small knowledge base that the tests of reading share, and replies to read with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from consistency_check.model import KnowledgeBase, Policy, Reply
from consistency_check.policies import load_policies
from consistency_check.read import Reader, build_reader
from consistency_check.read.passages import Sentence
from consistency_check.read.scene import Scene, lay_out

FILES = {
    "loans.yaml": """\
topic: loans
title: Borrowing from the toy library
keywords: [toy, borrow, loan]
policies:
  period:
    statement: Toys can be borrowed for {value}.
    type: duration
    value: 21 days
    questions: ["How long can I keep a toy?"]
    exceptions:
      - when: {tier: gold}
        value: 60 days
  late_fee:
    statement: A late toy costs {value} a day.
    type: money
    value: $2
    questions: ["What is the fine for a late toy?"]
  puzzles:
    statement: Puzzles can be borrowed.
    type: yes_no
    value: yes
    questions: ["Do you lend puzzles?"]
    phrasings:
      yes: [puzzles are on the shelf for everyone]
      no: [puzzles stay in the building]
  deposit:
    statement: A deposit must be left.
    type: yes_no
    value: no
  renewal:
    statement: Loans are renewed {value}.
    type: choice
    value: online
    options:
      online: [on our website]
      at the counter: [in person, at the desk]
  spares:
    statement: Missing pieces are handled as {value}.
    type: text
    value: we print a new piece in the workshop
""",
    "attributes.yaml": """\
attributes:
  tier:
    gold: [gold, gold member]
    silver: [silver]
""",
}


@cache
def load_base() -> KnowledgeBase:
    """The knowledge base."""
    with TemporaryDirectory() as folder:
        for name, text in FILES.items():
            Path(folder, name).write_text(text, "utf-8")
        return load_policies(Path(folder))


@cache
def build_once() -> Reader:
    """A reader for it."""
    return build_reader(load_base())


def find_policy(key: str) -> Policy:
    """One of its policies."""
    return load_base().policies[f"loans.{key}"]


def make_reply(text: str, question: str = "", name: str = "R1") -> Reply:
    """A reply with these words."""
    return Reply(name, "email", text, question)


def lay(text: str, question: str = "") -> Scene:
    """A reply laid out."""
    return lay_out(make_reply(text, question))


def find_sentence(text: str) -> Sentence:
    """The one sentence of a text."""
    (sentence,) = lay(text).sentences
    return sentence
