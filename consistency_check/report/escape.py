"""Text from the input made safe to show: what steers a terminal, or hides, becomes visible."""

from __future__ import annotations

import json
import re
from typing import Any

# C0 and C1 controls, DEL, zero-width and bidirectional marks (Unicode annex 9), line separators,
# the byte order mark, tags and lone surrogates. The joiners U+200C and U+200D hold emoji together.
_UNSAFE = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
_UNSAFE_CHARACTER = re.compile(f"[{_UNSAFE}]")
_UNSAFE_IN_JSON = re.compile(f"(?!\\n)[{_UNSAFE}]")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_CONTROL_PICTURES = 0x2400


def show_text(text: str) -> str:
    """`text` on one line: spaces and line ends folded, controls and bidirectional marks made visible."""
    return _UNSAFE_CHARACTER.sub(_show_character, _SPACES.sub(" ", text))


def dump_json(content: Any, indent: int | None = None) -> str:
    """JSON in readable UTF-8, in which unsafe characters are written as `\\u` escapes.

    They can stand only inside strings, so the content that a parser reads is unchanged.
    """
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(_escape_for_json, text)


def _escape_for_json(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else json.dumps(found[0])[1:-1]


def _show_character(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return f"‹U+{code:04X}›"
