"""A setting as it is written: in YAML or TOML, checked for its name and its kind alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consistency_check.configuration.settings import RESERVED, SETTINGS, Setting
from consistency_check.model import Problem, Source
from consistency_check.policies.node import Kind as NodeKind
from consistency_check.policies.node import Node
from consistency_check.policies.problems import did_you_mean, shorten_text
from consistency_check.policies.shape import Problems, read_entries, read_text

Texts = tuple[str, ...]
FLAGS = ("yes", "no", "true", "false")


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says for one setting, and where; a setting that holds one text has one."""

    setting: Setting
    texts: Texts
    source: Source


def read_yaml_settings(root: Node | None, problems: Problems) -> list[Written]:
    """The settings of a YAML file, in its order."""
    found: list[Written] = []
    for name, key, node in read_entries(root, "the configuration", problems):
        if name in RESERVED or not is_known(name, key.source, problems):
            continue
        setting = SETTINGS[name]
        items = node.items if node.kind is NodeKind.LIST else (node,)
        if node.kind is NodeKind.LIST and not setting.kind.is_list:
            problems.append(explain_kind(setting, node.source))
            continue
        texts = [text for item in items if (text := read_text(item, f"`{name}`", problems)) is not None]
        if len(texts) == len(items):
            found += check_kind(Written(setting, tuple(texts), node.source), problems)
    return found


def is_known(name: str, place: Source, problems: Problems) -> bool:
    """Whether there is a setting of this name; complains where there is none."""
    if name in SETTINGS:
        return True
    known = (*SETTINGS, *RESERVED)
    message = f"there is no setting `{shorten_text(name)}`; {did_you_mean(name.replace('_', '-'), known)}"
    problems.append(Problem(place, message))
    return False


def check_kind(written: Written, problems: Problems) -> Iterable[Written]:
    """The setting, if a flag is one."""
    kind = written.setting.kind
    if kind is kind.FLAG and written.texts[0].casefold() not in FLAGS:
        problems.append(explain_kind(written.setting, written.source))
        return ()
    return (written,)


def explain_kind(setting: Setting, place: Source) -> Problem:
    """The complaint about a setting that holds something of another kind."""
    return Problem(place, f"this cannot be the value of `{setting.name}`; write {setting.kind.value}")
