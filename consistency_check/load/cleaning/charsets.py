"""Bytes into text, whatever they say of themselves: what is declared is often not what was written."""

from __future__ import annotations

import codecs

from consistency_check.load.cleaning.mojibake import mend
from consistency_check.load.encodings import find_encoding

# In these every byte is ASCII, so that the text itself says nothing against UTF-8.
_SEVEN_BITS = ("iso-2022", "utf-7", "hz")
# What is declared so is this in practice, and has more letters.
_IN_PRACTICE = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Python knows them, no mail is written in them, and some take the square of the length.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "unicode_escape")
)


def decode_text(data: bytes, declared: str = "", chosen: str = "") -> str:
    """The bytes as text: UTF-8 where they are, else as declared, as `chosen`, as it looks; never fails."""
    declared = declared.strip().strip("\"'").lower()
    if declared.startswith(_SEVEN_BITS) or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = [declared, "utf-16"]
    else:
        tried = ["utf-8-sig", declared]
    for name in (*tried, chosen, find_encoding(data)):
        try:
            codec = codecs.lookup(name).name if name else ""
            if codec and codec not in _NO_CHARSETS:
                return mend(data.decode(_IN_PRACTICE.get(codec, codec)))
        except (LookupError, UnicodeError, ValueError, TypeError):
            continue
    return data.decode("cp1252", "replace")
