"""An answer from an earlier or later version of the policy."""

from consistency_check.checks.check import Check
from consistency_check.checks.verdicts import find_by_verdict
from consistency_check.model import Verdict

CHECK = Check(
    name="outdated-answer",
    summary="an answer from an earlier or later version of the policy",
    explanation="""\
Finds answers that were right before the day they were sent, or will be right after it: the policy's
value has changed, and the agent gave another version of it.

Why it matters: after a change some agents, macros and phone scripts lag behind. One stale template
tells every customer of a channel yesterday's rule.

Example: returns were 30 days until 14 March and are 60 days since. A chat of 20 March says 30.

How to fix it: correct the customer, then look at the channel and the agent: findings that share one
channel point to a template, findings that share one agent to training. If the change came into force
on another day than the policy says, correct the date in front of its value.

Severity: the policy's own; policies of prose (`type: text`) are never above low.
""",
    find=find_by_verdict("outdated-answer", Verdict.OUTDATED),
)
