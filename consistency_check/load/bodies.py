"""The body of a message as a person reads it: no markup, nothing quoted, no signature."""

from __future__ import annotations

from consistency_check.load.cleaning import clean_mail, mend, read_html


def clean_html(html: str) -> str:
    """The words of an HTML body, without what it quotes and without its signature."""
    return clean_mail(read_html(mend(html)))


def clean_text(text: str) -> str:
    """The words of a plain body, without what it quotes and without its signature."""
    return clean_mail(mend(text))
