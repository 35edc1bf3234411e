"""`json`: the whole report as one JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from consistency_check.model import Report
from consistency_check.report.escape import dump_json
from consistency_check.report.output import Output, ReportOptions
from consistency_check.report.plain import build_finding, build_head


def write_document(report: Report, stream: TextIO, options: ReportOptions) -> None:
    """`schema_version`, `summary`, `findings`, `fixed`, `problems`, `notes`, `headline` and `nights`.

    `fixed` are the findings of earlier runs that are gone.
    """
    del options
    head = build_head(report)
    members = [(name, head.pop(name)) for name in ("schema_version", "summary")]
    members += [(name, map(build_finding, getattr(report, name))) for name in ("findings", "fixed")]
    before = "{"
    for name, content in [*members, *head.items()]:
        stream.write(f'{before}\n  "{name}": ')
        if isinstance(content, Iterator):
            _write_each(content, stream)
        else:
            stream.write(_lay_out(content, 2))
        before = ","
    stream.write("\n}\n")


def _write_each(items: Iterator[Any], stream: TextIO) -> None:
    """A list one by one, for all that it says need not fit into memory."""
    before = "["
    for item in items:
        stream.write(f"{before}\n    {_lay_out(item, 4)}")
        before = ","
    stream.write("[]" if before == "[" else "\n  ]")


def _lay_out(content: Any, depth: int) -> str:
    """As JSON that stands `depth` spaces from the left."""
    return dump_json(content, indent=2).replace("\n", "\n" + " " * depth)


OUTPUT = Output("json", "one JSON document", write_document)
