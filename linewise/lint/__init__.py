"""``linewise lint``: the rules of `layout.rules` over files, with a baseline and four outputs."""

from __future__ import annotations
