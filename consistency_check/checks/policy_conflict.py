"""An answer that contradicts the policy in force."""

from consistency_check.checks.check import Check
from consistency_check.checks.verdicts import find_by_verdict
from consistency_check.model import Verdict

CHECK = Check(
    name="policy-conflict",
    summary="an answer that contradicts the policy in force",
    explanation="""\
Finds answers whose value the policy never had: not on the day they were sent, not before or after
it, and not for any other kind of customer.

Why it matters: the customer will act on it. They send the parcel back on day 40 because they were
told 45, and the company either honours the mistake or breaks its word.

Example: the policy says "Items can be returned within 30 days". An e-mail says "you have six weeks".

How to fix it: correct the customer, and find out where the agent had it from: a macro, an old
article, a guess. If the answer is right and the policy is not, correct the policy's value; if some
customers do get that value, write an exception with its `when`.

Severity: the policy's own. Policies of prose (`type: text`) are never above low, because meaning is
less certain than a number.
""",
    find=find_by_verdict("policy-conflict", Verdict.CONFLICTS),
)
