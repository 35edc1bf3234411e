"""Text that was read in the wrong encoding, put right: `Ã©` is `é`."""

from __future__ import annotations

import re

# UTF-8 read as a Western or Cyrillic code page: a lead byte's letter and, behind it, what such a page
# has for 0x80 to 0xBF. Correct text has such pairs almost never.
_SUSPICIOUS = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "|[\u0420\u0421][\u00a0-\u00bf\u0402-\u040f\u0452-\u045f\u2013-\u2122]"
)


def mend(text: str) -> str:
    """The text with what was decoded in the wrong encoding, once or twice, decoded again; else as it is."""
    if text.isascii() or not _SUSPICIOUS.search(text):
        return text
    # Slow to import, and most exports have nothing to mend.
    import ftfy

    return ftfy.fix_encoding(text)
