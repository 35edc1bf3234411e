"""Which replies went to one customer, and by what evidence: keys link, names alone never do."""

from consistency_check.identify.linker import Linker
from consistency_check.identify.phones import UnknownRegionError
from consistency_check.identify.resolution import Resolution

__all__ = ["Linker", "Resolution", "UnknownRegionError"]
