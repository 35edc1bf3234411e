"""An answer meant for another kind of customer."""

from consistency_check.checks.check import Check
from consistency_check.checks.verdicts import find_by_verdict
from consistency_check.model import Verdict

CHECK = Check(
    name="wrong-case",
    summary="an answer meant for another kind of customer",
    explanation="""\
Finds answers that are right for an exception that is not this customer's, or the general value told
to a customer who has an exception.

Why it matters: it is the easiest mistake to make with two screens open, and it costs either the
company (a gold benefit promised to everybody) or the customer (who is denied what they pay for).

Example: gold members have 60 days to return, others 30. A customer without a tier is told 60 days.

How to fix it: correct the customer. Where many of these turn up, the checker may not know who the
customer is: give it the attributes, in `customers.csv` or as a field of the export. An attribute that
is not known counts as not held, and the finding says so.

Severity: the policy's own; policies of prose (`type: text`) are never above low.
""",
    find=find_by_verdict("wrong-case", Verdict.WRONG_CASE),
)
