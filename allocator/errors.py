"""The one base error of the room."""


class HeapError(ValueError):
    """Events or options that a heap cannot serve: ``place: what is wrong; what to do``."""
