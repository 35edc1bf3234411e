"""Words in what stands around them, and texts cut to so many characters."""

from __future__ import annotations

from dataclasses import dataclass

_CUT = "…"


@dataclass(frozen=True, slots=True)
class Passage:
    """The words quoted between what stands before and after them."""

    before: str
    quote: str
    after: str


def find_place(context: str, quote: str, at: int) -> int:
    """`at` where the quote stands there in its context, else -1."""
    return at if at >= 0 and context.startswith(quote, at) else -1


def split_context(context: str, quote: str, at: int) -> Passage:
    """The quote in its context; alone where `at` is -1."""
    return Passage(context[:at], quote, context[at + len(quote) :]) if at >= 0 else Passage("", quote, "")


def cut_after(text: str, most: int) -> str:
    """The whole words of the first `most` characters, and a mark where more was there.

    Where they are all of one word (Chinese has no spaces), as much of it as there is room for.
    """
    if len(text) <= most:
        return text
    kept = (text[:most] if text[most].isspace() else text[:most].rpartition(" ")[0]).rstrip()
    hard = text[:most].rstrip()
    return f"{kept} {_CUT}" if kept else f"{hard}{_CUT}" if hard else ""


def cut_before(text: str, most: int) -> str:
    """The same of the last `most` characters."""
    if len(text) <= most:
        return text
    at = len(text) - most
    kept = (text[at:] if text[at - 1].isspace() else text[at:].partition(" ")[2]).lstrip()
    hard = text[at:].lstrip()
    return f"{_CUT} {kept}" if kept else f"{_CUT}{hard}" if hard else ""
