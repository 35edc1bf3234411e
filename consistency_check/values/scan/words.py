"""Word lists, written as running text so that they can be read and added to."""

from __future__ import annotations


def split_words(text: str) -> list[str]:
    """The words of a text, in its order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for asking whether a token is one of them."""
    return frozenset(text.split())
