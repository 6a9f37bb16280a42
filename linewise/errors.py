"""What this room raises for a user's mistake."""


class LinewiseError(ValueError):
    """A mistake in a scenario, a workload or a request; the message is one line with the remedy."""
