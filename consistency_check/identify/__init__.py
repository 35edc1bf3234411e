"""Which replies went to one customer, and by what evidence: keys link, names alone never do."""

from consistency_check.identify.explaining import explain_places
from consistency_check.identify.grown import Grown
from consistency_check.identify.growth import Grower
from consistency_check.identify.known import KnownCustomer
from consistency_check.identify.linker import Linker
from consistency_check.identify.links import LinksError, read_links, remember, write_links
from consistency_check.identify.names import fold_name, list_forms
from consistency_check.identify.patterns import PatternError, compile_pattern
from consistency_check.identify.phones import UnknownRegionError, find_region
from consistency_check.identify.resolution import Resolution
from consistency_check.identify.sightings import Spotter, find_personal, list_called
from consistency_check.identify.spelling import list_spellings
from consistency_check.identify.weights import LEAST

__all__ = [
    "LEAST",
    "Grower",
    "Grown",
    "KnownCustomer",
    "Linker",
    "LinksError",
    "PatternError",
    "Resolution",
    "Spotter",
    "UnknownRegionError",
    "compile_pattern",
    "explain_places",
    "find_personal",
    "find_region",
    "fold_name",
    "list_called",
    "list_forms",
    "list_spellings",
    "read_links",
    "remember",
    "write_links",
]
