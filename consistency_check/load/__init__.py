"""Exports in, replies or problems out: files are streamed, one file of `formats/` an export format."""

from consistency_check.load.claims import load_claims
from consistency_check.load.customers import load_customers
from consistency_check.load.exports import load_replies
from consistency_check.load.formats import FORMATS
from consistency_check.load.sources import InputError, measure_sources

__all__ = ["FORMATS", "InputError", "load_claims", "load_customers", "load_replies", "measure_sources"]
