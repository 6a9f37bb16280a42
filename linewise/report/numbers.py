"""Numbers as a reader wants them: thousands separated, real minus signs, shares with a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linewise.report.text import MINUS, PERCENT

Direction = Literal["less", "more", "same", "unknown"]

# A change below this share is said to be none worth having: replays are exact, programs are not.
MATERIAL = 0.005


def count(value: float) -> str:
    """``1,234,567``."""
    return f"{value:,.0f}".replace("-", MINUS)


def decimal(value: float | None, digits: int = 2) -> str:
    """A number with a fixed number of digits, ``unknown`` for None."""
    return "unknown" if value is None else f"{value:,.{digits}f}".replace("-", MINUS)


def percent(share: float) -> str:
    """A share of one in percent: more digits the smaller it is, never a false zero."""
    if share == 0:
        return f"0{PERCENT}"
    if abs(share) < 0.0005:
        return f"<\N{NO-BREAK SPACE}0.1{PERCENT}"
    return f"{share * 100:.{1 if abs(share) < 0.0995 else 0}f}{PERCENT}".replace("-", MINUS)


def compact(value: float) -> str:
    """Three leading digits and a unit, for the end of a bar: ``1.23 M``."""
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            scaled = value / (1e3 if unit == "k" else limit)
            return f"{scaled:,.{max(0, 3 - len(str(int(abs(scaled)))))}f} {unit}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.{2 if abs(value) < 100 else 1}f}"


@dataclass(frozen=True, slots=True)
class Change:
    """From ``before`` to ``after``, None where unknown. Less is better everywhere here."""

    before: float | None
    after: float | None

    @property
    def share(self) -> float | None:
        """``after - before`` over ``before``; None when that has no meaning."""
        if self.before is None or self.after is None or self.before == 0:
            return None
        return (self.after - self.before) / self.before

    @property
    def direction(self) -> Direction:
        if self.before is None or self.after is None:
            return "unknown"
        if self.before == self.after:
            return "same"
        return "less" if self.after < self.before else "more"

    @property
    def material(self) -> bool:
        """Whether the change is worth a reader's attention."""
        if self.direction in ("same", "unknown"):
            return False
        return self.share is None or abs(self.share) >= MATERIAL

    @property
    def text(self) -> str:
        """A share with its sign, ``unchanged``, ``gone``, ``new`` or ``unknown``."""
        if self.direction in ("same", "unknown"):
            return "unchanged" if self.direction == "same" else "unknown"
        if self.after == 0:
            return "gone"
        share = self.share
        if share is None:
            return "new"
        sign = MINUS if share < 0 else "+"
        return f"{sign}{percent(abs(share))}"
