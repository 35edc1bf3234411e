"""People taken out of what is printed: names, keys and numbers become pseudonyms, in reports and in lines."""

from consistency_check.redaction.composed import compose
from consistency_check.redaction.impact import redact_impact
from consistency_check.redaction.keys import KeyFileError, is_shared, open_key
from consistency_check.redaction.lines import redact_claim, redact_customer, redact_history
from consistency_check.redaction.people import Called, People
from consistency_check.redaction.redactor import Redactor
from consistency_check.redaction.report import hide_quoted, redact_report
from consistency_check.redaction.trimming import trim_report

__all__ = [
    "Called",
    "KeyFileError",
    "People",
    "Redactor",
    "compose",
    "hide_quoted",
    "is_shared",
    "open_key",
    "redact_claim",
    "redact_customer",
    "redact_history",
    "redact_impact",
    "redact_report",
    "trim_report",
]
