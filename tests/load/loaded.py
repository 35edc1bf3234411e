"""What a test of a format looks at: the replies, what was left out and the problems of some files."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consistency_check.load import load_replies
from consistency_check.load.options import LoadOptions
from consistency_check.model import LeftOut, Problem, Reply


@dataclass
class Loaded:
    """All that came of one loading; problems as they are printed, with their files' names alone."""

    replies: list[Reply] = field(default_factory=list)
    unanswered: list[Reply] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each reply with the question before it."""
        return [(reply.question, reply.text) for reply in self.replies]

    @property
    def reply(self) -> Reply:
        """The only reply."""
        (reply,) = self.replies
        return reply

    @property
    def problem(self) -> str:
        """The only problem."""
        (problem,) = self.problems
        return problem


def load(source: Path | str, **options: Any) -> Loaded:
    """Load a file, a folder or `format:path` with these fields of LoadOptions, or a `timezone`."""
    loaded = Loaded()
    path = Path(str(source).rpartition(":")[2])
    folder = path if path.is_dir() else path.parent
    timezone = options.pop("timezone", "UTC")
    for item in load_replies([str(source)], timezone=timezone, options=LoadOptions(**options)):
        if isinstance(item, Reply):
            (loaded.replies if item.text else loaded.unanswered).append(item)
        elif isinstance(item, LeftOut):
            loaded.left_out[item.reason] += item.count
        else:
            assert isinstance(item, Problem)
            loaded.problems.append(str(item).removeprefix(f"{folder}/"))
    return loaded


def write(folder: Path, **files: str | bytes | dict[str, Any] | list[Any]) -> Path:
    """Write files into a folder, `call_vtt` as `call.vtt`: text, bytes, or what becomes JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        else:
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder
