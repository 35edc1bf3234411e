"""A cue: some phrases, and the reason for which a value that meets them may be no claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of wording.

    `reason` says in words why a value that meets the cue may be no claim; empty where it speaks for one.
    """

    name: str
    phrases: str
    matches: str
    silent: str
    reason: str = ""

    def list_phrases(self) -> list[str]:
        """Every phrase written out, and without its apostrophes as chats write it."""
        written = [phrase for line in self.phrases.split(",") for phrase in expand_phrase(line.strip())]
        bare = [phrase.replace("'", "") for phrase in written if "n't" in phrase]
        return sorted({*written, *bare})


def expand_phrase(text: str) -> Iterator[str]:
    """All readings of a phrase with alternatives in brackets; an empty alternative leaves the word out."""
    parts = [
        part[1:-1].split("|") if part[:1] == "(" else [part] for part in re.findall(r"\([^)]*\)|[^(]+", text)
    ]
    for choice in product(*parts):
        yield " ".join("".join(choice).split())
