"""Places in inputs and what could not be used there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_CHANNEL = re.compile(r"([^/\\=]+)=(.+)", re.DOTALL)
# At least two letters, so that a Windows drive is none.
_FORMAT = re.compile(r"([a-z][a-z0-9-]+):(.+)", re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://.+", re.DOTALL)


def name_field(name: str) -> str:
    """A field's or attribute's one name: "Customer ID" and " customer-id" are `customer_id`."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def split_labels(source: str, is_there: Callable[[str], bool]) -> tuple[str, str, str]:
    """The channel, the format and the path of an input as users name it: `phone=whatsapp:chats`.

    A path that is there has no labels; an address such as `s3a://lake/replies` has no format.
    """
    channel, format_, path = "", "", source
    if not is_there(path) and (label := _CHANNEL.fullmatch(path)):
        channel, path = label[1], label[2]
    if not is_address(path) and not is_there(path) and (label := _FORMAT.fullmatch(path)):
        format_, path = label[1], label[2]
    return channel, format_, path


def is_address(path: str) -> bool:
    """Whether it is an address with a scheme, as `s3a://lake/replies`, and no path on this machine."""
    return _ADDRESS.fullmatch(path) is not None


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
