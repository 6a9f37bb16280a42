"""What every test shares: deterministic Hypothesis."""

from hypothesis import settings

settings.register_profile("linewise", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("linewise")
