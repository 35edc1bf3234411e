"""What happens when a command cannot go on: one place that turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

CANNOT_AUDIT = 2
INTERRUPTED = 130


class Door(TyperGroup):
    """The command group whose errors are messages; whatever else is raised is a bug and a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit 2 with a message for an unusable input, 130 when interrupted."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("interrupted; nothing was written", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            silence_stdout()
            raise typer.Exit(0) from None
        except Exception as error:
            messages = list_messages(error) if _is_ours(error) else []
            if not messages:
                raise
            for message in messages:
                typer.echo(message, err=True)
            raise typer.Exit(CANNOT_AUDIT) from None


def list_messages(error: Exception) -> list[str]:
    """What to tell the user of an unusable input, setting or knowledge base; empty for any other error."""
    from consistency_check.configuration import ConfigurationError
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
        error, InputError | KeyFileError | LedgerError | LinksError | SettingsError | UnknownRegionError
    ):
        return [show_text(str(error))]
    return []


def _is_ours(error: Exception) -> bool:
    """Spares the rooms' import where the command line alone was wrong, or help was asked for."""
    return type(error).__module__.startswith("consistency_check.")


def silence_stdout() -> None:
    """Nobody reads on: point standard output at nothing, so that Python's last flush is quiet."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), sys.stdout.fileno())
