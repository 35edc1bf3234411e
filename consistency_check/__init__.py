"""consistency-check: finds customers who were given different answers in different channels."""

__version__ = "0.1.0"
