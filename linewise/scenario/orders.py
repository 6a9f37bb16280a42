"""Which object comes next: one class per order, one row of ``ORDERS`` each.

An order picks among ``count`` objects; ``take(n)`` gives the next n of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Reals = NDArray[np.float64]


class Picker(Protocol):
    """The next objects of one operation."""

    def take(self, number: int) -> Indices:
        """Indices of the next ``number`` objects, 0 to count - 1, int64[number]."""


class Sequential:
    """0, 1, 2 and so on, again from 0 after the last."""

    def __init__(self, count: int, _rng: np.random.Generator, _exponent: float) -> None:
        self._count = count
        self._next = 0

    def take(self, number: int) -> Indices:
        """The next ones in turn."""
        taken = (self._next + np.arange(number, dtype=np.int64)) % self._count
        self._next = (self._next + number) % self._count
        return taken


class Uniform:
    """Each equally likely."""

    def __init__(self, count: int, rng: np.random.Generator, _exponent: float) -> None:
        self._count = count
        self._rng = rng

    def take(self, number: int) -> Indices:
        """Drawn with replacement."""
        return self._rng.integers(0, self._count, number, dtype=np.int64)


class Zipf:
    """The k-th most popular in proportion to k ** -exponent; who is popular is random.

    Drawn exactly and without a table by rejection-inversion: W. Hörmann and G. Derflinger,
    Rejection-inversion to generate variates from monotone discrete distributions, ACM TOMACS 6(3),
    1996. Two of three draws and more are kept, whatever the count.
    """

    def __init__(self, count: int, rng: np.random.Generator, exponent: float) -> None:
        self._rng = rng
        self._exponent = exponent
        self._who = rng.permutation(count)
        one, end = np.array([1.5]), np.array([count + 0.5])
        self._low, self._high = float(self._area(one)[0]) - 1.0, float(self._area(end)[0])
        two = self._area(np.array([2.5])) - 2.0**-exponent
        self._sure = 2.0 - float(self._inverse(two)[0])

    def _area(self, x: Reals) -> Reals:
        """The integral of t ** -exponent from 1 to x."""
        logarithm = np.log(x)
        return logarithm * _ratio(np.expm1, (1.0 - self._exponent) * logarithm)

    def _inverse(self, area: Reals) -> Reals:
        """The x whose integral is ``area``."""
        scaled = np.maximum((1.0 - self._exponent) * area, -1.0 + 1e-15)
        return np.exp(area * _ratio(np.log1p, scaled))

    def take(self, number: int) -> Indices:
        """Drawn with replacement."""
        ranks = np.empty(number, np.int64)
        open_ = np.arange(number)
        while len(open_):
            area = self._high + self._rng.random(len(open_)) * (self._low - self._high)
            x = self._inverse(area)
            rank = np.clip(np.rint(x), 1, len(self._who))
            sure = rank - x <= self._sure
            kept = sure | (area >= self._area(rank + 0.5) - rank**-self._exponent)
            ranks[open_[kept]] = rank[kept].astype(np.int64)
            open_ = open_[~kept]
        taken: Indices = self._who[ranks - 1]
        return taken


def _ratio(function: Callable[[Reals], Reals], x: Reals) -> Reals:
    """``function(x) / x``, and its limit 1 at 0."""
    nonzero = np.where(x == 0.0, 1.0, x)
    return np.where(x == 0.0, 1.0, function(nonzero) / nonzero)


class Linked:
    """Along one random cycle through all: what following pointers through a shuffled list does."""

    def __init__(self, count: int, rng: np.random.Generator, _exponent: float) -> None:
        self._cycle = rng.permutation(count)
        self._turn = Sequential(count, rng, _exponent)

    def take(self, number: int) -> Indices:
        """The next ones along the cycle."""
        taken: Indices = self._cycle[self._turn.take(number)]
        return taken


ORDERS: dict[str, Callable[[int, np.random.Generator, float], Picker]] = {
    "sequential": Sequential,
    "random": Uniform,
    "zipf": Zipf,
    "linked": Linked,
}
