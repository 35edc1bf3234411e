"""Where work is done: here, or in processes of its own."""

from consistency_check.engines.processes import Failure, Work, do_work

__all__ = ["Failure", "Work", "do_work"]
