"""What is wrong with a knowledge base, in words that a person who writes one understands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from consistency_check.model import Problem

SHOWN = 60
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class KnowledgeBaseError(Exception):
    """A knowledge base that cannot be used: `problems` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        # A text of the file may hold control characters, and messages go to terminals.
        shown = {Problem(problem.source, CONTROL.sub("\ufffd", problem.message)) for problem in problems}
        self.problems: tuple[Problem, ...] = tuple(sorted(shown))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quote_text(text: str) -> str:
    """A text as it can stand in YAML: in double quotes, escaped, cut to 60 characters."""
    short = shorten_text(text)
    return '"' + short.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shorten_text(text: str) -> str:
    """A text on one line, without characters that steer a terminal, cut to 60 characters."""
    line = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def list_words(words: Iterable[str], last: str = "or") -> str:
    """`a, b or c`, each in backquotes."""
    quoted = [f"`{shorten_text(word)}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def suggest_word(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    choices = sorted(known)
    if word in choices:
        return word
    from rapidfuzz import fuzz, process  # late: only a broken knowledge base needs it

    found = process.extractOne(word.casefold(), choices, scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean `x`?`, or the list of what is known where nothing is near."""
    names = tuple(known)
    near = suggest_word(word, names)
    return f"did you mean `{near}`?" if near else f"write {list_words(names)}"
