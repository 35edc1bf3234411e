"""What is mechanical about a policy file: order of keys, indentation, quotes, spaces at the ends of lines."""

from consistency_check.policies.tidy.files import tidy_files

__all__ = ["tidy_files"]
