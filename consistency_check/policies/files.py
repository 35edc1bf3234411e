"""Which files make up a knowledge base, and their text; a file that cannot be read is a problem."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from consistency_check.model import Problem, Source

# The largest knowledge bases seen hold about 40 KiB a topic.
LARGEST_FILE = 1024 * 1024
SUFFIXES = (".yaml", ".yml")
TEST_SUFFIXES = tuple(".test" + suffix for suffix in SUFFIXES)
ATTRIBUTE_FILES = frozenset({"attributes.yaml", "attributes.yml"})
# What YAML 1.1 allows in a stream, negated (https://yaml.org/spec/1.1/#c-printable).
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
LINE_BREAK = re.compile("\r\n|[\n\r]")
# YAML 1.1 breaks lines at these, editors do not: read as spaces, so that places agree.
INVISIBLE_BREAK = re.compile("[\x85\u2028\u2029]")
MANY_UNPRINTABLE = 20


def find_test_files(path: Path) -> list[Path]:
    """The `*.test.yaml` in a folder, sorted; of one policy file those beside it that bear its name."""
    if path.is_dir():
        return sorted(_walk_folder(path, [], is_test_file))
    beside = (path.with_name(f"{path.stem}.test{suffix}") for suffix in SUFFIXES)
    return sorted(file for file in beside if file.is_file())


def find_files(path: Path, problems: list[Problem]) -> list[Path]:
    """The policy files at a path, sorted; hidden files and `*.test.yaml` are left out."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        problems.append(Problem(Source(str(path)), f"{_reason(error)}; name a folder of policy files"))
        return []
    if not stat.S_ISDIR(mode):
        return [path]
    found = sorted(_walk_folder(path, problems, _is_policy_file))
    if not found:
        message = "holds no policy files; put files that end in .yaml there, one topic a file"
        problems.append(Problem(Source(str(path)), message))
    return found


def _walk_folder(top: Path, problems: list[Problem], is_wanted: Callable[[str], bool]) -> Iterator[Path]:
    waiting, seen = [top], set()
    while waiting:
        folder = waiting.pop()
        try:
            about = folder.stat()
            if (about.st_dev, about.st_ino) in seen:
                continue
            seen.add((about.st_dev, about.st_ino))
            entries = sorted(folder.iterdir(), reverse=True)
        except OSError as error:
            problems.append(
                Problem(Source(str(folder)), f"{_reason(error)}; let it be read, or move it away")
            )
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                waiting.append(entry)
            elif is_wanted(entry.name.lower()):
                yield entry


def _is_policy_file(name: str) -> bool:
    return name.endswith(SUFFIXES) and not is_test_file(name)


def is_test_file(name: str) -> bool:
    """True for a lower-case name that ends in `.test.yaml`."""
    return name.endswith(TEST_SUFFIXES)


def read_file(path: Path, problems: list[Problem]) -> str | None:
    """The text of one file; None where it is no text at all.

    Characters that cannot be used are complained about and replaced, so that the file's other
    problems come out as well.
    """
    where = Source(str(path))
    try:
        if not path.is_file():
            problems.append(Problem(where, "is no file that can be read; replace it, or move it away"))
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        problems.append(Problem(where, f"{_reason(error)}; let it be read, or move it away"))
        return None
    if len(data) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // 1024:,} KiB"
        problems.append(Problem(where, f"is larger than {limit}; split it into one file a topic"))
        return None
    return _decode(data, str(path), problems)


def _decode(data: bytes, path: str, problems: list[Problem]) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problems.append(Problem(Source(path, 1, 1), "is written in UTF-16; save it as UTF-8"))
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        byte = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
        problems.append(Problem(_place_after(before, path), f"{byte}; {hint}"))
        text = data.decode("utf-8", errors="replace")
    bad = list(UNPRINTABLE.finditer(text))
    for match in bad[:1] if len(bad) > MANY_UNPRINTABLE else bad:
        what = f"the character U+{ord(match[0]):04X} cannot stand in a text file"
        problems.append(Problem(_place_after(text[: match.start()], path), f"{what}; delete it"))
    return None if len(bad) > MANY_UNPRINTABLE else INVISIBLE_BREAK.sub(" ", UNPRINTABLE.sub("\ufffd", text))


def _place_after(before: str, path: str) -> Source:
    lines = LINE_BREAK.split(before)
    return Source(path, len(lines), len(lines[-1]) + 1)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "may not be read"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"
