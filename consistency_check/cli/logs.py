"""The log of a run on standard error: a line an event, as text or as JSON."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from consistency_check import __version__
from consistency_check.cli.options import LogFormat, LogLevel
from consistency_check.events import LOGGER, STEPS, Event, Field, tell


def start_log(command: str, format_name: LogFormat | None, level: LogLevel) -> None:
    """Log from here on, until `end_log`; not at all where no format is given."""
    stop_log()
    if format_name:
        LOGGER.addHandler(LogHandler(format_name))
        LOGGER.setLevel(level.value.upper())
        tell(Event.RUN_STARTED, command=command, version=__version__)


def end_log(code: int, messages: Iterable[str] = ()) -> None:
    """Say with which exit status the run ends, and why it failed if it did; then log no more."""
    for message in messages:
        tell(Event.RUN_FAILED, message=message)
    tell(Event.RUN_FINISHED, exit=code)
    stop_log()


def is_logging() -> bool:
    """Whether what happens stands in a log, so that standard error must hold nothing else."""
    return any(isinstance(handler, LogHandler) for handler in LOGGER.handlers)


def stop_log() -> None:
    """Log no more."""
    for handler in LOGGER.handlers[:]:
        if isinstance(handler, LogHandler):
            LOGGER.removeHandler(handler)
    LOGGER.setLevel(logging.NOTSET)


class LogHandler(logging.Handler):
    """Writes events, with the seconds that a step took since the one before it, and at last of all."""

    def __init__(self, format_name: LogFormat) -> None:
        super().__init__()
        self.show = show_json if format_name is LogFormat.JSON else show_line
        self.begun = self.stepped = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; a standard error that nobody reads any more ends no run."""
        fields: dict[str, Field] = dict(getattr(record, "fields", {}))
        now = time.monotonic()
        if record.msg in STEPS:
            fields["seconds"] = round(now - self.stepped, 3)
            self.stepped = now
        elif record.msg == Event.RUN_FINISHED:
            fields["seconds"] = round(now - self.begun, 3)
        moment = datetime.fromtimestamp(record.created, UTC)
        shown = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        try:
            print(self.show(shown, record.levelname.lower(), record.msg, fields), file=sys.stderr, flush=True)  # noqa: T201
        except OSError:
            stop_log()


def show_json(moment: str, level: str, event: str, fields: Mapping[str, Field]) -> str:
    """One JSON object, all of it ASCII: nothing in it can steer a terminal, or break a line."""
    text = json.dumps({"time": moment, "level": level, "event": event, **fields})
    return text.replace("\x7f", "\\u007f")


def show_line(moment: str, level: str, event: str, fields: Mapping[str, Field]) -> str:
    """The same for people: `2026-11-22T02:00:01.250Z info replies-read replies=120 seconds=1.2`."""
    shown = (f"{name}={_show_field(value)}" for name, value in fields.items())
    return " ".join((moment, level, event, *shown))


def _show_field(value: Field) -> str:
    from consistency_check.report.escape import show_text

    text = show_text(str(value))
    is_plain = text and not any(character in text for character in ' "=')
    return text if is_plain else json.dumps(text, ensure_ascii=False)
