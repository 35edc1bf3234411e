"""The file of the key by which pseudonyms are made: whoever has it can tell whose a pseudonym is."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

KEY_FILE = ".consistency-check-redact.key"
_BYTES = 32
_OWNER_ONLY = 0o600
_WRITTEN = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")
_LARGEST = 4096


class KeyFileError(ValueError):
    """A key that cannot be read or made; the message says where, and what to do instead."""


def open_key(path: Path) -> tuple[bytes, bool]:
    """The key of a file, and whether it was made just now; only its owner may read it. Raises KeyFileError.

    Two runs that begin at once are given one key: a file is made whole, and never over another.
    """
    if path.exists():
        return _read_key(path), False
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
        with suppress(FileExistsError):
            os.link(temporary, path)
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); choose another place with --redact-key"
        raise KeyFileError(message) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return _read_key(path), True


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
