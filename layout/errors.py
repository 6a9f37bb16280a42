"""What the room raises."""

from __future__ import annotations


class LayoutError(ValueError):
    """A record, an ABI or a request that cannot be honoured; one line: place, fault, remedy."""
