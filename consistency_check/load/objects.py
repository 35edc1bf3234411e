"""The objects of a JSON export and their fields, whatever is in them: not every export is what it says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consistency_check.load.documents import read_documents
from consistency_check.load.files import ExportFile
from consistency_check.load.records import normalise_name
from consistency_check.load.turns import place_record
from consistency_check.model import Problem, Source

Fields = Mapping[str, Any]
_LONGEST_ATTRIBUTE = 80


@dataclass(frozen=True, slots=True)
class Document:
    """One object of a file: the `number`-th of it, at `source`."""

    fields: Fields
    source: Source
    number: int
    file: ExportFile

    @property
    def name(self) -> str:
        """What the document is called where it holds no id: its path, for many folders have a `call.json`."""
        return self.file.path if self.number == 1 else f"{self.file.path}#{self.number}"

    def place(self, number: int) -> Source:
        """The source of a turn, counted from 1: `call.json#3`; of later documents `calls.json#2.3`."""
        return place_record(self.file.path, *([self.number] if self.number > 1 else []), number)


def read_file(file: ExportFile, within: Sequence[str] = ()) -> Iterator[Document | Problem]:
    """Every object of the file (`read_documents`), and a problem for each other value."""
    with file.open() as stream:
        for number, item in enumerate(read_documents(stream, file.path, within), 1):
            if isinstance(item, Problem):
                yield item
                continue
            fields, source = item
            if isinstance(fields, dict):
                yield Document(fields, source, number, file)
            else:
                yield Problem(source, "the record is no JSON object; left out; export the file again")


def find_object(fields: Fields, name: str) -> Fields:
    """The object under a name; an empty one where there is none."""
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def find_objects(fields: Fields, name: str) -> list[Fields]:
    """The objects of the list under a name; for all that is none, an empty one, so that it is missed."""
    found = fields.get(name, [])
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else [{}]


def find_text(fields: Fields, name: str) -> str:
    """A text field, or a number as it is written; "" for anything else."""
    found = fields.get(name)
    return found.strip() if isinstance(found, str) else ""


def find_number(fields: Fields, name: str) -> float | None:
    """A number field, None where there is none."""
    try:
        number = float(find_text(fields, name))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def find_attributes(fields: Fields, name: str) -> dict[str, str]:
    """The plain values of an object as attributes; what is longer than a line says nothing of a case."""
    pairs = ((normalise_name(key), value) for key, value in find_object(fields, name).items())
    return {
        key: text
        for key, value in pairs
        if (text := str(value).lower() if isinstance(value, bool) else value)
        and isinstance(text, str)
        and len(text) <= _LONGEST_ATTRIBUTE
    }


def is_true(fields: Fields, name: str) -> bool:
    """Whether a field is true, as JSON or in words."""
    found = fields.get(name)
    return found is True or (isinstance(found, str) and found.casefold() in {"true", "1"})
