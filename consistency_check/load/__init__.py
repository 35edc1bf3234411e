"""Exports in, replies or problems out: files are streamed, one file of `formats/` an export format."""

from consistency_check.load.claims import load_claims
from consistency_check.load.columns import Columns, read_columns
from consistency_check.load.configuration import add_mapping, read_configuration
from consistency_check.load.customers import load_customers
from consistency_check.load.encodings import is_encoding
from consistency_check.load.exports import (
    load_replies,
    plan_steps,
    read_exports,
    read_step,
    refuse_id,
)
from consistency_check.load.formats import FORMATS
from consistency_check.load.options import LoadOptions
from consistency_check.load.proposals import Proposal, propose_mapping, show_document
from consistency_check.load.records import FIELDS
from consistency_check.load.sources import (
    Export,
    InputError,
    find_exports,
    find_reading_source,
    measure_sources,
)
from consistency_check.load.threads import recall_questions
from consistency_check.load.times import find_zone
from consistency_check.load.watching import Opened
from consistency_check.load.written_times import ORDERS

__all__ = [
    "FIELDS",
    "FORMATS",
    "ORDERS",
    "Columns",
    "Export",
    "InputError",
    "LoadOptions",
    "Opened",
    "Proposal",
    "add_mapping",
    "find_exports",
    "find_reading_source",
    "find_zone",
    "is_encoding",
    "load_claims",
    "load_customers",
    "load_replies",
    "measure_sources",
    "plan_steps",
    "propose_mapping",
    "read_columns",
    "read_configuration",
    "read_exports",
    "read_step",
    "recall_questions",
    "refuse_id",
    "show_document",
]
