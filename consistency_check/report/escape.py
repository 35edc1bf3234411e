"""Text from the input made safe to show: what steers a terminal, or hides, becomes visible."""

from __future__ import annotations

import json
import re
from typing import Any

# C0 and C1 controls, DEL, zero-width and bidirectional marks (Unicode annex 9), line separators, the byte
# order mark, tags, lone surrogates, and what is drawn as nothing: soft hyphens, fillers, the empty braille
# pattern. The joiners U+200C and U+200D stay, for they hold emoji and scripts together.
_UNSAFE = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# A variation selector chooses how a symbol, an emoji, a keycap, an ideograph or a Mongolian letter before it
# looks; any other one, and a second one, is drawn as nothing.
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_VARYING = (
    "\xa9\xae\u1820-\u18aa\u203c-\u3299\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U000323af"
)
_IS_IDLE = f"(?<![{_VARYING}][{_SELECTORS}])(?!(?<=[0-9#*]\ufe0f)\u20e3)"
_UNSAFE_CHARACTER = re.compile(f"[{_UNSAFE}{_SELECTORS}]{_IS_IDLE}")
_UNSAFE_IN_JSON = re.compile(f"(?!\\n)[{_UNSAFE}{_SELECTORS}]{_IS_IDLE}")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_CONTROL_PICTURES = 0x2400


def show_text(text: str) -> str:
    """`text` on one line: spaces and line ends folded, what steers or cannot be seen made visible."""
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
