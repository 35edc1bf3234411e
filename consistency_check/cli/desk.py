"""Where a person is asked: one key where the terminal can give one, else a line; nothing needs colour."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

END = "\x04"
"""What Ctrl-D gives, and what stands for the end of the input."""
ARROWS = {"\x1b[D": "b", "\x1b[C": "s", "\x1bOD": "b", "\x1bOC": "s"}
"""Left goes back, right goes on, in both modes of a terminal's arrow keys."""
_LONGEST_KEY = 16


def ask_key(prompt: str) -> str:
    """One key in lower case, or the first letter of a line; empty for Enter, `END` where nothing comes."""
    if not can_read_keys():
        line = ask_line(prompt)
        return END if line is None else line.strip()[:1].lower()
    key = _read_key(prompt)
    sys.stdout.write(f"{key}\n" if key.isprintable() else "\n")
    return "" if key in "\r\n" else key.lower()


def ask_line(prompt: str) -> str | None:
    """A line without its end; None at the end of the input."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401 - with it, `input` edits the line
        try:
            return input(prompt)
        except EOFError:
            sys.stdout.write("\n")
            return None
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    sys.stdout.write("\n")
    return line.rstrip("\r\n") if line else None


def can_read_keys() -> bool:
    """Whether this is a terminal that gives single keys."""
    if os.environ.get("TERM", "dumb") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        import termios  # not on Windows
    except ImportError:
        return False
    return bool(termios)


def _read_key(prompt: str) -> str:
    """The next key after the prompt; Ctrl-C still interrupts. The terminal is left as it was.

    Keys pressed before it are dropped: they were meant for something else than what is asked now.
    """
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number, termios.TCSAFLUSH)
        sys.stdout.write(prompt)
        sys.stdout.flush()
        pressed = os.read(number, _LONGEST_KEY)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
    text = pressed.decode("utf-8", "replace") or END
    return ARROWS.get(text, text[:1])
