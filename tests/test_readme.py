"""The README's commands run as written, and what it shows of their output is what they print.

How to write them, for whoever edits the README:

    ```console                  A line that begins with `$ ` is a command; the lines below it are its
    $ consistency-check ...     output, shown as an example: it may be cut short.
    ...
    ```

    ```console exact            Here the output is compared, line for line, at 80 columns. Below a command
    $ consistency-check ...     with `--help` it is compared in any fence. A line that is only `…` stands
    ```                         for any number of lines.

- Commands that begin with `consistency-check` are run, by a shell and in this order, all in one folder with
  the sample's `exports/`, `policies/` and `customers.csv`; others (`pip …`, `pytest`) are not.
- A command must exit with 0 or, for findings, 1. One that shows an error says so: `console exits=2`; both
  words may stand together. Standard output is what is compared; standard error where it exits with 2.
- A fence `yaml file=NAME` is a whole file, which is written into that folder before the command below it.
- A command that goes on in the next line ends in a backslash, and that line begins with `> `.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import consistency_check
from consistency_check.cli.demo import find_policies
from consistency_check.load import read_configuration

README = Path(__file__).parents[1] / "README.md"
SAMPLE = Path(consistency_check.__file__).parent / "sample"
SET_UP = ("pip install . && consistency-check demo", "pip install '.[test]' && pytest")
FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\s*$", re.DOTALL | re.MULTILINE)
PROGRAM = "consistency-check"
RUN = re.compile(rf"(?:\w+=\S+ )*{PROGRAM}(?: |$)")
ANY_LINES = "…"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the README, the output below it, what its fence says of both, and the files above it."""

    text: str
    shown: tuple[str, ...]
    exact: bool
    exits: tuple[int, ...]
    files: tuple[tuple[str, str], ...] = ()

    @property
    def is_compared(self) -> bool:
        """Whether the output shown must be what is printed."""
        return self.exact or (bool(self.shown) and "--help" in self.text)


def read_commands(document: str) -> Iterator[Command]:
    """Every command of the `console` fences that can be run here, in order."""
    files: list[tuple[str, str]] = []
    for fence in FENCE.finditer(document):
        language, *words = fence["info"].split() or [""]
        files += [(w.removeprefix("file="), fence["body"]) for w in words if w.startswith("file=")]
        if language != "console":
            continue
        said = [int(word.removeprefix("exits=")) for word in words if word.startswith("exits=")]
        exits = tuple(said) or (0, 1)
        for text, shown in split_commands(fence["body"].splitlines()):
            if RUN.match(text):
                yield Command(text, shown, "exact" in words, exits, tuple(files))
                files.clear()


def split_commands(lines: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each command of a fence with the output below it."""
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text, below = lines[start].removeprefix("$ "), lines[start + 1 : end]
        while text.endswith("\\") and below:
            text = text.removesuffix("\\") + below.pop(0).removeprefix("> ")
        yield text, tuple(below)


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same, trailing blanks aside, where `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY_LINES else re.escape(line) + "\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def trim(lines: list[str]) -> list[str]:
    """The lines without trailing blanks, nor empty lines before and after them."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").split("\n")


DOCUMENT = README.read_text("utf-8") if README.exists() else ""
COMMANDS = list(read_commands(DOCUMENT))
needs_readme = pytest.mark.skipif(not README.exists(), reason="there is no README.md yet")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run: the sample's files, and the program on the path."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(SAMPLE / "exports", place / "exports")
    shutil.copytree(find_policies(SAMPLE), place / "policies")
    shutil.copy(SAMPLE / "customers.csv", place / "customers.csv")
    programs = place / ".programs"
    programs.mkdir()
    started = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m consistency_check "$@"\n'
    (programs / PROGRAM).write_text(started, "utf-8")
    (programs / PROGRAM).chmod(0o755)
    return place


def run_command(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command as a shell does, on a terminal of 80 columns without colour."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(folder / ".programs"), os.environ.get("PATH", "")]),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
    return subprocess.run(
        command.text,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@needs_readme
def test_the_readme_has_commands_to_run() -> None:
    assert COMMANDS, f"README.md has no ```console fence with a line `$ {PROGRAM} …`"


@needs_readme
@pytest.mark.parametrize("command", SET_UP)
def test_the_readme_sets_up_in_one_command(command: str) -> None:
    assert re.search(rf"^(?:\$ )?{re.escape(command)}$", DOCUMENT, re.MULTILINE), f"README.md lacks {command}"


@needs_readme
def test_the_readme_shows_the_help_as_it_is() -> None:
    assert any(command.is_compared and "--help" in command.text for command in COMMANDS)


@pytest.mark.skipif(os.name != "posix", reason="the README's commands are for a POSIX shell")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.text)
def test_a_command_runs_as_written(command: Command, folder: Path) -> None:
    for name, text in command.files:
        (folder / name).write_text(text, "utf-8")
    done = run_command(command, folder)
    assert done.returncode in command.exits, done.stderr
    assert "Traceback" not in done.stderr
    if command.is_compared:
        shown = trim(list(command.shown))
        printed = trim((done.stderr if done.returncode == 2 else done.stdout).splitlines())
        assert matches(shown, printed), "\n".join(["README.md shows other lines than these:", *printed])


EXAMPLE = """
```console
$ pip install .
$ consistency-check audit exports \\
>   --quiet
3 findings
$ consistency-check demo
```

```yaml file=settings.yaml
region: GB
```

```console exact exits=2
$ REGION=x consistency-check audit nowhere
there is nothing
```

```sh
$ consistency-check not-run
```
"""


def test_commands_are_found_with_their_output() -> None:
    assert list(read_commands(EXAMPLE)) == [
        Command("consistency-check audit exports   --quiet", ("3 findings",), False, (0, 1)),
        Command("consistency-check demo", (), False, (0, 1)),
        Command(
            "REGION=x consistency-check audit nowhere",
            ("there is nothing",),
            True,
            (2,),
            (("settings.yaml", "region: GB\n"),),
        ),
    ]


@pytest.mark.parametrize(
    ("shown", "same"),
    [(["a", "b", "c"], True), (["a", "…"], True), (["a", "…", "c"], True), (["a", "c"], False)],
)
def test_output_may_be_left_out_where_a_line_says_so(shown: list[str], same: bool) -> None:
    assert matches(shown, ["a", "b", "c"]) is same


def test_help_is_compared_in_any_fence() -> None:
    [command] = read_commands("```console\n$ consistency-check --help\nUsage: …\n```\n")
    assert command.is_compared


@needs_readme
def test_the_configuration_shown_can_be_read(tmp_path: Path) -> None:
    fences = [fence["body"] for fence in FENCE.finditer(DOCUMENT) if fence["body"].startswith("load:")]
    assert fences
    for number, body in enumerate(fences):
        path = tmp_path / f"{number}.yaml"
        path.write_text(body, encoding="utf-8")
        assert read_configuration(path).mappings
