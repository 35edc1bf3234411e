"""Indentation and quotes, by ruamel.yaml, which keeps comments; it is in the extra `fix`."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, PlainScalarString, SingleQuotedScalarString
from ruamel.yaml.tag import Tag

WIDTH = 10_000
"""Columns; a text is never broken over lines."""
SAFE = re.compile(r"(?:\d+ )?[^\W\d_][\w '’().!%/+-]*[\w.!)%]|[^\W\d_]")
"""Texts that mean the same without quotes wherever they stand."""
TRUTHS = frozenset({"yes", "no", "true", "false", "on", "off", "y", "n", "null"})
"""Words that other tools read as something else where they have no quotes; they keep those that they have."""
TEXT, NOTHING = (Tag(suffix=f"tag:yaml.org,2002:{name}") for name in ("str", "null"))


class _AllText(VersionedResolver):
    """Takes every scalar for a text, as the loader of policies does; nothing at all stays nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return TEXT if value else NOTHING
        return super().resolve(kind, value, implicit)


def lay_out_text(text: str) -> str:
    """The text with two spaces a level, lists below their key, no needless quotes and none missing."""
    yaml = YAML()
    yaml.Resolver = _AllText
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(text)
    _mend_quotes(content)
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def _mend_quotes(content: Any) -> None:
    """Change the texts of a tree in place."""
    places: Any = content.items() if isinstance(content, CommentedMap) else enumerate(content)
    flow = content.fa.flow_style() is True
    for place, value in list(places):
        if isinstance(value, CommentedMap | CommentedSeq):
            _mend_quotes(value)
        elif isinstance(value, str):
            content[place] = mend_quotes(value, flow=flow)


def mend_quotes(value: str, *, flow: bool) -> str:
    """A text with the quotes that it needs; in brackets one with a question mark needs some (see `slips`)."""
    if isinstance(value, DoubleQuotedScalarString | SingleQuotedScalarString):
        needless = SAFE.fullmatch(value) and value.casefold() not in TRUTHS
        plain: str = PlainScalarString(value) if needless else value
        return plain
    if type(value) is str and flow and "?" in value:
        quoted: str = DoubleQuotedScalarString(value)
        return quoted
    return value
