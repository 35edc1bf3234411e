"""What lint found in a knowledge base: a line each for people and editors, or one JSON document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TextIO

from rich.text import Text

from consistency_check.model import Advice, KnowledgeBase, Level
from consistency_check.report.escape import dump_json, show_text
from consistency_check.report.headline import say_count
from consistency_check.report.output import ReportOptions
from consistency_check.report.page import Page
from consistency_check.report.plain import SCHEMA_VERSION

# Editors and grep take one line each; a terminal wraps what is too long for it.
UNWRAPPED = 100_000
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}


def write_advice(
    advice: Sequence[Advice], knowledge: KnowledgeBase, stream: TextIO, options: ReportOptions
) -> None:
    """`path:line:column: level: message [rule]` for each; then how many there are."""
    page = Page(stream, replace(options, width=UNWRAPPED))
    for one in advice:
        line = Text.assemble(
            (show_text(f"{one.source}: "), "bold"),
            (f"{one.level}: ", STYLES[one.level]),
            f"{show_text(one.message)} ",
            (f"[{one.rule}]", "dim"),
        )
        page.write(line)
    policies = say_count(len(knowledge.policies), "policy", "policies")
    found = ", ".join(say_levels(advice)) or "nothing doubtful"
    page.write(Text(f"{policies}: {found}.", style="bold"))


def say_levels(advice: Sequence[Advice]) -> list[str]:
    """`2 errors`, `1 note`: how many of each level, the gravest first."""
    counts = Counter(one.level for one in advice)
    return [say_count(counts[level], level.value) for level in reversed(Level) if counts[level]]


def write_advice_document(advice: Sequence[Advice], knowledge: KnowledgeBase, stream: TextIO) -> None:
    """All of it in names that scripts keep, indented by two."""
    counts = Counter(one.level for one in advice)
    document = {
        "schema_version": SCHEMA_VERSION,
        "summary": {
            "policies": len(knowledge.policies),
            "by_level": {level.value: counts[level] for level in Level},
        },
        "advice": [
            {
                "rule": one.rule,
                "level": one.level.value,
                "path": one.source.path,
                "line": one.source.line,
                "column": one.source.column,
                "message": one.message,
            }
            for one in advice
        ],
    }
    stream.write(dump_json(document, indent=2) + "\n")
