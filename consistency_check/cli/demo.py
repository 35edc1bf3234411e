"""`demo`: a real audit of the bundled sample, with a word before and after it."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import typer

from consistency_check.cli import options
from consistency_check.cli.door import CANNOT_AUDIT
from consistency_check.cli.privacy import Context, Redact, RedactKey, open_privacy

BEFORE = """\
What you are looking at: the replies that an invented company sent to its
customers by e-mail, phone, chat, SMS, letter, web form and social media,
audited against its policies. Nothing is canned: this is what
`consistency-check audit` prints.

Each customer has a heading, each policy that went wrong for them a block: the
policy's sentence and why its value applies, what was found, and the answers
side by side, with the words that give them between « and ».
"""
AFTER = """
What next:
  consistency-check explain channel-conflict
      what a finding means, and how to fix or accept it
  consistency-check audit EXPORTS --policies POLICIES --customers CUSTOMERS.csv
      the same for your own replies and policies
The sample is made of plain files; copy them and change them:
  {exports}
  {policies}
"""


def demo(
    format_name: options.Format = "full",
    group_by: options.GroupByOption = options.GroupBy.CUSTOMER,
    redact: Redact = False,
    redact_key: RedactKey = None,
    context: Context = None,
    no_color: options.NoColour = False,
) -> None:
    """Audit the bundled sample.

    Exits 0 although there are findings: they are what it is for.
    """
    from consistency_check.audit import was_compared
    from consistency_check.cli.audit import print_audit
    from consistency_check.intake import AuditSettings

    with as_file(files("consistency_check") / "sample") as sample:
        exports, policies = sample / "exports", find_policies(sample)
        settings = AuditSettings((str(exports),), policies, sample / "customers.csv")
        _say(BEFORE, format_name)
        report = print_audit(
            settings,
            format_name,
            None,
            group_by,
            privacy=open_privacy(settings, redact, redact_key),
            context=context,
            quiet=True,
            no_color=no_color,
        )
        _say(AFTER.format(exports=exports, policies=policies), format_name)
    raise typer.Exit(0 if was_compared(report) else CANNOT_AUDIT)


def find_policies(sample: Path) -> Path:
    """The sample knowledge base: inside an installed package, or the repository's `policies` folder."""
    bundled = sample / "policies"
    return bundled if bundled.is_dir() else sample.parent.parent / "policies"


def _say(text: str, format_name: str) -> None:
    """Beside the report; on standard error where the report is for a script."""
    typer.echo(text, err=format_name != "full")
