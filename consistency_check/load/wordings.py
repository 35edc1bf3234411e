"""Which of a message's bodies holds its words: systems keep HTML, plain text, or either in one field."""

from __future__ import annotations

import re

from consistency_check.load.bodies import clean_text
from consistency_check.load.cleaning import mend, read_html

_HTML = re.compile(
    r"<(?:[a-z][a-z0-9]{0,11}\b|!--|/[a-z])[^<>]{0,1000}>|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
# By which Salesforce finds a mail's case again, with the brackets and the space that it writes around them.
_THREAD_MARK = re.compile(r"\[? ?\b(?:ref:[!\w.]{8,80}:ref\b|thread::[\w-]{8,80}::) ?\]?")


def choose_words(html: str, text: str = "", *, mail: bool = False) -> str:
    """The words of the HTML, or of the plain text where there are none in it.

    `html` may be plain text too; then its line ends and signs stay as they are. Of a mail, what it
    quotes, the signature and the mark of its thread are left off.
    """
    words = (read_html(html) if _HTML.search(html) else html).strip() or text.strip()
    return clean_text(_THREAD_MARK.sub("", words)).strip() if mail else mend(words)
