"""Text that came from files: what may stand in a page as it is, and what may not."""

from __future__ import annotations

import re

# Written by name, since they look like others: they are typography, not code.
MINUS, TIMES, TO = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"
PERCENT = "\N{NO-BREAK SPACE}%"

# What XML 1.0 (section 2.2) and HTML forbid in text, and halves of surrogate pairs, which
# no encoder writes. Names come from sources and debug info and may hold any of them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """``text`` with each character that a page may not hold replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def short_name(name: str) -> str:
    """``order`` for ``struct order``: what people say."""
    return name.split(" ", 1)[-1]


def plain_identifier(text: str) -> str:
    """``text`` for an element's id or a file's name: ASCII letters, digits and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "unnamed"


def plural(number: float, one: str, many: str | None = None) -> str:
    """``1 line``, ``2 lines``."""
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"
