"""Every setting that a configuration may hold, named as its long option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is written for a setting; a relative path is one from the folder of the file.

    SOURCES may have a channel and a format in front, FILES a format: `phone=whatsapp:chats`, `html=a.html`.
    """

    TEXT = "one text"
    TEXTS = "a list of texts"
    FLAG = "yes or no"
    PATH = "a path"
    SOURCES = "a list of files and folders"
    FILES = "a list of files"

    @property
    def is_list(self) -> bool:
        """Whether there may be several."""
        return self in (Kind.TEXTS, Kind.SOURCES, Kind.FILES)

    @property
    def is_path(self) -> bool:
        """Whether it names files."""
        return self in (Kind.PATH, Kind.SOURCES, Kind.FILES)


BASELINES = frozenset({"create", "update", "prune"})
REPORTS = frozenset({"audit", "nightly"})
AUDITS = frozenset({"claims", "customer", "customers", "impact"}) | REPORTS | BASELINES
LOADS = AUDITS | {"load"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, and the commands that heed it: those of them that have an option of its name."""

    name: str
    kind: Kind
    commands: frozenset[str] = AUDITS


SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("paths", Kind.SOURCES, LOADS),
        Setting("policies", Kind.PATH, AUDITS | {"check", "lint", "new", "show", "test"}),
        Setting("customers", Kind.PATH),
        Setting("format", Kind.TEXT, frozenset({"audit"})),
        Setting("group-by", Kind.TEXT),
        Setting("fail-on", Kind.TEXT, REPORTS),
        Setting("max-new", Kind.TEXT, REPORTS),
        Setting("baseline", Kind.PATH),
        Setting("accept", Kind.PATH),
        Setting("accept-from", Kind.TEXT),
        Setting("ledger", Kind.PATH, REPORTS),
        Setting("ledger-wait", Kind.TEXT, REPORTS),
        Setting("keep-days", Kind.TEXT, frozenset({"nightly"})),
        Setting("output", Kind.FILES, frozenset({"nightly"})),
        Setting("log-format", Kind.TEXT, REPORTS),
        Setting("log-level", Kind.TEXT, REPORTS),
        Setting("new-only", Kind.FLAG, frozenset({"audit"})),
        Setting("check", Kind.TEXTS),
        Setting("skip-check", Kind.TEXTS),
        Setting("channel", Kind.TEXTS),
        Setting("topic", Kind.TEXTS),
        Setting("since", Kind.TEXT),
        Setting("until", Kind.TEXT),
        Setting("min-confidence", Kind.TEXT),
        Setting("min-link", Kind.TEXT),
        Setting("links", Kind.PATH, AUDITS - {"nightly"}),
        Setting("reference", Kind.TEXTS),
        Setting("redact", Kind.FLAG),
        Setting("redact-key", Kind.PATH),
        Setting("context", Kind.TEXT),
        Setting("timezone", Kind.TEXT, LOADS),
        Setting("region", Kind.TEXT),
        Setting("jobs", Kind.TEXT, REPORTS | BASELINES | {"claims"}),
        Setting("quiet", Kind.FLAG, LOADS),
        Setting("no-color", Kind.FLAG),
    )
}
LOAD = "load"
RESERVED = frozenset({LOAD, "response-times"})
"""Keys of the same file that are no options: what is below them is read where it is used."""
