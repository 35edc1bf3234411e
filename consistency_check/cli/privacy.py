"""`--redact` and `--context`: the options, the key, and what cannot be shown without people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency_check.cli.door import say_aside

if TYPE_CHECKING:
    from consistency_check.intake import AuditSettings
    from consistency_check.privacy import Privacy

Redact = Annotated[
    bool,
    typer.Option(
        "--redact/--no-redact",
        help="Pseudonyms for names, e-mails, phones, references, cards, addresses.",
    ),
]
RedactKey = Annotated[
    Path | None,
    typer.Option(
        "--redact-key",
        metavar="FILE",
        help="The secret by which pseudonyms are made, itself made where it is missing; "
        ".consistency-check-redact.key beside the configuration.",
        show_default=False,
    ),
]
Context = Annotated[
    int | None,
    typer.Option(
        "--context",
        metavar="N",
        min=0,
        help="Show at most N characters on each side of the words quoted, and of the question.",
    ),
]


def open_privacy(settings: AuditSettings, redact: bool, key: Path | None) -> Privacy | None:
    """What takes people out of this run's results; None where that is not asked for. Raises KeyFileError.

    A key that is not there yet is made, and that is said; so is that others may read the one that is there.
    """
    if not redact:
        return None
    from consistency_check.privacy import Privacy
    from consistency_check.redaction import is_shared, open_key
    from consistency_check.report.escape import show_text

    path = key or find_default_key()
    secret, is_new = open_key(path)
    if is_new:
        made = f"{path}: made; keep it, as pseudonyms hang on it, and secret, as it tells whose they are"
        say_aside(show_text(made))
    elif is_shared(path):
        say_aside(
            show_text(f"{path}: others may read it, and tell whose pseudonyms are; `chmod 600` mends it")
        )
    return Privacy(settings, secret)


def find_default_key() -> Path:
    """The key beside the configuration file, or in this folder where there is none."""
    from consistency_check.configuration import find_configuration
    from consistency_check.redaction.keys import KEY_FILE

    found = find_configuration(Path.cwd()).path
    folder = found.parent if found and found.parent != Path.cwd() else Path()
    return folder / KEY_FILE


@contextmanager
def hide_names(privacy: Privacy | None) -> Iterator[None]:
    """What cannot be done is said without the customers that were meant, perhaps."""
    from consistency_check.intake import SettingsError
    from consistency_check.redaction import hide_quoted

    try:
        yield
    except SettingsError as error:
        if privacy is None:
            raise
        raise SettingsError(hide_quoted(str(error), keeps_advice=False)) from None


def refuse_redact(redact: bool, option: str) -> None:
    """Raises typer.BadParameter where `option` shows what --redact takes out."""
    if redact:
        message = "it shows a reply or a person as they are; leave it or --redact out, or write --no-redact"
        raise typer.BadParameter(message, param_hint=option)
