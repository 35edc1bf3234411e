"""Measures the checker on the labelled corpora, each with weights that were not learned from it.

Run from the repository's folder:

    python -m tests.accuracy.measure                  prints the figures
    python -m tests.accuracy.measure --errors FILE    writes every error as well, a JSON line each
    python -m tests.accuracy.measure --write-floors   raises the floors that the tests hold
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.accuracy import floors
from tests.accuracy.errors import write_errors
from tests.accuracy.outcome import NAMES, audit_corpus, read_labels, score_outcome
from tests.accuracy.table import draw_tables


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.accuracy.measure",
        description="Measure the checker on the labelled corpora, each with weights not learned from it.",
    )
    known = ", ".join(NAMES)
    parser.add_argument("names", nargs="*", metavar="CORPUS", help=f"of {known}; all where none is named")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write every error to FILE")
    parser.add_argument("--write-floors", action="store_true", help="raise the floors to these figures")
    options = parser.parse_args(arguments)
    names = options.names or NAMES
    if unknown := sorted(set(names) - set(NAMES)):
        parser.error(f"there is no corpus {unknown[0]!r}; write some of {known}")
    if options.write_floors and options.names:
        parser.error("floors are raised for all corpora together; name none")
    outcomes = {name: audit_corpus(name) for name in names}
    scores = {name: score_outcome(read_labels(name), outcome) for name, outcome in outcomes.items()}
    print("\n".join(draw_tables(scores)))
    if options.errors:
        write_errors(options.errors, outcomes)
    if options.write_floors:
        floors.write_floors(floors.list_all_figures(scores))


if __name__ == "__main__":
    main()
