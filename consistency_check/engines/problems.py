"""What engines raise."""


class EngineError(Exception):
    """An engine is not there, cannot be reached, or cannot do what was asked; the message says what to do."""
