"""Places in inputs and what could not be used there."""

from __future__ import annotations

import re
from dataclasses import dataclass


def name_field(name: str) -> str:
    """A field's or attribute's one name: "Customer ID" and " customer-id" are `customer_id`."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in an input: path (or `-`), 1-based line and column; 0 where it has none."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.path + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")


NOWHERE = Source("")
"""The place of what no input holds."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something in the input that could not be used: where, what is wrong and what to write instead."""

    source: Source
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many records of an export are rightly no answers (`reason`: "internal notes", "events")."""

    source: Source
    reason: str
    count: int = 1
