"""What happens when a command cannot go on: one place that turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

CANNOT_AUDIT = 2
INTERRUPTED = 130
TERMINATED = 143
FRAMES_LOGGED = 12
"""Of a bug, the innermost ones."""


class TerminationError(KeyboardInterrupt):
    """The system asks the program to end (SIGTERM); what Ctrl-C leaves whole, it leaves whole too."""


class Door(TyperGroup):
    """The command group whose errors are messages; whatever else is raised is a bug and a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit 2 with a message for an unusable input, 130 or 143 when it is ended early.

        A bug exits with 2 as well: 1 would say that the audit was done, and found something.
        """
        try:
            return super().invoke(ctx)
        except TerminationError:
            raise end_run(TERMINATED, ["terminated; nothing is half-written"]) from None
        except KeyboardInterrupt:
            raise end_run(INTERRUPTED, ["interrupted; nothing is half-written"]) from None
        except BrokenPipeError:
            silence_stdout()
            raise end_run(0) from None
        except typer.Exit as end:
            raise end_run(end.exit_code) from None
        except Exception as error:
            if _is_usage(error):
                messages = list_refusals(error)
                if not messages:
                    raise
            else:
                messages = list_messages(error) or list_places(error)
            if isinstance(error, OSError):
                drop_unwritable()
            raise end_run(CANNOT_AUDIT, messages) from None


def catch_termination() -> None:
    """From now on SIGTERM raises TerminationError where the program is."""
    import signal

    def terminate(*_: object) -> None:
        raise TerminationError

    signal.signal(signal.SIGTERM, terminate)


def end_run(code: int, messages: Sequence[str] = ()) -> typer.Exit:
    """The exit with this status, after its messages: in the log where one is kept, else on standard error."""
    if not _keeps_log():
        for message in messages:
            typer.echo(message, err=True)
    else:
        from consistency_check.cli.logs import end_log

        end_log(code, messages)
    return typer.Exit(code)


def say_aside(message: str) -> None:
    """Say something beside the result: in the log where one is kept, else on standard error."""
    if not _keeps_log():
        typer.echo(message, err=True)
    else:
        from consistency_check.events import Event, tell

        tell(Event.NOTE, message=message)


def _keeps_log() -> bool:
    """Without a command that logs, the log is not even imported."""
    logs = sys.modules.get("consistency_check.cli.logs")
    return logs is not None and logs.is_logging()


def list_refusals(error: Exception) -> list[str]:
    """What is wrong with the command line, where a log is kept; else its own report says it better."""
    return [error.format_message()] if isinstance(error, typer.BadParameter) and _keeps_log() else []


def list_messages(error: Exception) -> list[str]:
    """What to tell the user of an unusable input, setting, knowledge base or disk; empty for a bug."""
    from consistency_check.configuration import ConfigurationError
    from consistency_check.engines.problems import EngineError
    from consistency_check.gate import GateError
    from consistency_check.identify import LinksError, UnknownRegionError
    from consistency_check.intake import SettingsError
    from consistency_check.ledger import LedgerError
    from consistency_check.load import InputError
    from consistency_check.policies import KnowledgeBaseError
    from consistency_check.redaction.keys import KeyFileError
    from consistency_check.report.escape import show_text

    if isinstance(error, KnowledgeBaseError):
        count = len(error.problems)
        total = f"the knowledge base cannot be used: {count} {'problem' if count == 1 else 'problems'}"
        return [*(show_text(str(problem)) for problem in error.problems), total]
    if isinstance(error, GateError | ConfigurationError):
        return [show_text(str(problem)) for problem in error.problems]
    if isinstance(
        error,
        EngineError
        | InputError
        | KeyFileError
        | LedgerError
        | LinksError
        | SettingsError
        | UnknownRegionError,
    ):
        return [show_text(str(error))]
    if isinstance(error, OSError):
        what = f"{error.filename}: it" if error.filename else "a file"
        reason = error.strerror or type(error).__name__
        return [show_text(f"{what} cannot be read or written ({reason}); mend that, and run again")]
    return []


def list_places(error: Exception) -> list[str]:
    """Where a bug shows: its traceback, or in a log, which quotes nobody, the places without its words."""
    import traceback

    if not _keeps_log():
        from consistency_check.report.escape import show_text

        return [show_text(line) for line in "".join(traceback.format_exception(error)).splitlines()]
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_LOGGED:]
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in reversed(frames))
    return [f"this is a bug: {type(error).__name__} at {places}"]


def _is_usage(error: Exception) -> bool:
    """Whether the command line alone was wrong, which spares the rooms' import; its library knows best."""
    return type(error).__module__.partition(".")[0] in ("typer", "click")


def drop_unwritable() -> None:
    """Let go of what standard output cannot take, lest Python's last flush fails anew."""
    try:
        sys.stdout.flush()
    except OSError:
        silence_stdout()


def silence_stdout() -> None:
    """Nobody reads on: point standard output at nothing, so that Python's last flush is quiet."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), sys.stdout.fileno())
