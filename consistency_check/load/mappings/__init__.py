"""The mappings that come with the program: every YAML file of this folder is one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from consistency_check.load.mapping import ExportMap
from consistency_check.load.mapping_syntax import read_mapping, read_yaml


def read_shipped_mappings() -> Iterator[ExportMap]:
    """Every mapping of the folder, in the order of their files' names."""
    for each in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if each.name.endswith(".yaml") and (node := read_yaml(each.read_text("utf-8"), each.name)):
            yield read_mapping(node, each.name, each.name.removesuffix(".yaml"))
