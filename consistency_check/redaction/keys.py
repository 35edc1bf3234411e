"""The file of the key by which pseudonyms are made: whoever has it can tell whose a pseudonym is."""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

KEY_FILE = ".consistency-check-redact.key"
_BYTES = 32
_OTHERS = 0o077
_WRITTEN = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")
_LARGEST = 4096


class KeyFileError(ValueError):
    """A key that cannot be read or made; the message says where, and what to do instead."""


def open_key(path: Path) -> tuple[bytes, bool]:
    """The key of a file, and whether this run made it, for its owner alone to read. Raises KeyFileError.

    Runs that begin at once are given one key: a file is made whole, and never over another.
    """
    if path.exists():
        return _read_key(path), False
    try:
        is_new = _make_key(path)
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); choose another place with --redact-key"
        raise KeyFileError(message) from None
    return _read_key(path), is_new


def is_shared(path: Path) -> bool:
    """Whether others than its owner may read or write a file; False where a system has no such rights."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)


def _make_key(path: Path) -> bool:
    """Make the file, but for one that another run has made meanwhile; whether it did. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        Path(temporary).unlink(missing_ok=True)
    return True


def _read_key(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            written = stream.read(_LARGEST).decode("ascii", "replace").strip()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); let it be read, or name another --redact-key"
        raise KeyFileError(message) from None
    if not _WRITTEN.fullmatch(written):
        raise KeyFileError(
            f"{path}: is no key of {2 * _BYTES} hexadecimal digits; restore the file as --redact made it, or "
            "move it away, and a new one gives everybody another pseudonym"
        )
    return bytes.fromhex(written)
