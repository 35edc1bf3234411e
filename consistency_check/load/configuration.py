"""The section `load:` of `.consistency-check.yaml`: how exports are read, and what their columns are."""

from __future__ import annotations

from pathlib import Path

import yaml

from consistency_check.load.encodings import is_encoding
from consistency_check.load.mapping_syntax import NodeReader, read_mapping, read_yaml
from consistency_check.load.options import LoadOptions
from consistency_check.load.sources import InputError
from consistency_check.load.written_times import ORDERS

_KEYS = ("agents", "customers", "bots", "day_order", "encoding", "mappings")


def read_configuration(path: Path) -> LoadOptions:
    """What the file says of reading exports; the defaults where there is no file.

    The other sections are not looked at here. Raises InputError, with file, line and column, for an unknown
    key of this one and whatever else is wrong in it.
    """
    return _read_options(_read_text(path), str(path))


def _read_options(text: str, path: str) -> LoadOptions:
    node = read_yaml(text, path)
    reader = NodeReader(path)
    top = reader.pairs(node, None, "the configuration") if node else {}
    given = reader.pairs(top["load"], _KEYS, "`load`") if "load" in top else {}
    mappings = reader.pairs(given["mappings"], None, "`mappings`") if "mappings" in given else {}
    return LoadOptions(
        agents=reader.texts(given["agents"], "`agents`") if "agents" in given else (),
        customers=reader.texts(given["customers"], "`customers`") if "customers" in given else (),
        bots=reader.flag(given["bots"], "`bots`") if "bots" in given else False,
        day_order=reader.choice(given["day_order"], "`day_order`", ORDERS) if "day_order" in given else "",
        encoding=_read_encoding(given["encoding"], reader) if "encoding" in given else "",
        mappings={name: read_mapping(each, path, name) for name, each in mappings.items()},
    )


def add_mapping(text: str, path: str, name: str, mapping: str) -> str:
    """The configuration's text with one more mapping (YAML at no indent); all else stays as it is written.

    Raises InputError where there is one of this name already, where the file is not in block style, and
    where it could not be read again.
    """
    added = _add_lines(text, path, name, mapping)
    _read_options(added, path)
    return added


def _add_lines(text: str, path: str, name: str, mapping: str) -> str:
    node = read_yaml(text, path)
    reader = NodeReader(path)
    top = reader.pairs(node, None, "the configuration") if node else {}
    load = top.get("load")
    if load is None:
        return _end_line(text) + "load:\n  mappings:\n" + _indent(f"{name}:\n{_indent(mapping, 2)}", 4)
    mappings = reader.pairs(load, None, "`load`").get("mappings")
    if mappings is None:
        return _insert(text, load, f"mappings:\n  {name}:\n{_indent(mapping, 4)}", reader)
    if name in reader.pairs(mappings, None, "`mappings`"):
        raise reader.fail(mappings, f"there is a mapping {name!r} already; remove it, or name another")
    return _insert(text, mappings, f"{name}:\n{_indent(mapping, 2)}", reader)


def _insert(text: str, node: yaml.Node, block: str, reader: NodeReader) -> str:
    """The block in front of a mapping's first key, as far indented."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise reader.fail(
            node, "this is not written as lines below their key; write it so, then run it again"
        )
    lines = text.splitlines(keepends=True)
    at = node.start_mark.line
    return "".join([*lines[:at], _indent(block, node.start_mark.column), *lines[at:]])


def _indent(block: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}\n" for line in block.splitlines())


def _end_line(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise InputError(
            f"{path}: cannot be opened ({str(error.strerror).lower()}); allow reading it"
        ) from error


def _read_encoding(node: yaml.Node, reader: NodeReader) -> str:
    name = reader.text(node, "`encoding`")
    if not is_encoding(name):
        raise reader.fail(node, f"there is no encoding {name!r}; write a name such as windows-1252")
    return name
