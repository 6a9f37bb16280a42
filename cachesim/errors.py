"""The one base error of the room, and what derives from it."""


class CacheError(ValueError):
    """A spec, trace or file that cannot be used; one line: ``place: what is wrong; what to do``."""


class TruncatedTrace(CacheError):  # noqa: N818 -- the name says what the trace is, as users meet it
    """A trace file that ends in the middle: no result is ever computed from it."""
