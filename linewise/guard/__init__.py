"""``linewise guard``: what records promise about their layout, in a file that is reviewed."""

from __future__ import annotations

# Where promises are kept unless another file is named.
DEFAULT_FILE = "linewise-guard.toml"
