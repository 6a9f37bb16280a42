"""Counts by tag: which row of the counters a tag has.

Tags are opaque 32-bit numbers, in practice small and dense (a field's number). While all tags seen
lie close together, a tag's row is its distance from the least one; otherwise rows are given out
in order of appearance and looked up for every block.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cachesim.kernels.plan import NEXT, READ, TAG_COLUMNS, WRITE, WRITE_BACK
from cachesim.result import TagCounts

# Rows up to which tags are addressed by distance: 11 MB of counters for three levels.
DENSE = 1 << 16


class TagTable:
    """Counters int64[rows, columns] by tag; they grow with the tags that occur."""

    def __init__(
        self, plan: NDArray[np.int64], first: tuple[int, int, int], *, own_misses: bool = False
    ) -> None:
        """``own_misses``: a column per level counts what missed there."""
        levels = len(plan) - 1
        self._own_misses = own_misses
        self._levels = levels
        self._below = plan[:-1, NEXT : NEXT + WRITE_BACK]
        self._first = first  # the level that each class asks first
        self._pieces = TAG_COLUMNS * (levels + 1)  # the column of pieces beyond the first
        self.counts = np.zeros((0, self._pieces + 1 + own_misses * levels), np.int64)
        self._base = 0  # the tag of row 0, while dense
        self._known: NDArray[np.int32] | None = None  # ascending, once sparse
        self._rows = np.zeros(0, np.int64)  # of each known tag

    def locate(self, tag: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
        """A column and a base such that column - base is the row of each tag in ``counts``."""
        if self._known is None:
            low, high = int(tag.min()), int(tag.max())
            if len(self.counts):
                low, high = min(low, self._base), max(high, self._base + len(self.counts) - 1)
            if high - low < DENSE:
                self._spread(low, high)
                return tag, self._base
            self._become_sparse()
        return self._look_up(tag), 0

    def _spread(self, low: int, high: int) -> None:
        if low == self._base and high == self._base + len(self.counts) - 1:
            return
        # Room for as many again above, so that tags which grow one by one seldom move the rows.
        rows = min(2 * (high - low + 1), DENSE)
        counts = np.zeros((rows, self.counts.shape[1]), np.int64)
        start = self._base - low
        if len(self.counts):
            counts[start : start + len(self.counts)] = self.counts
        self.counts, self._base = counts, low

    def _become_sparse(self) -> None:
        used = np.flatnonzero(self.counts.any(axis=1))
        self._known = (used + self._base).astype(np.int32)
        self._rows = np.arange(len(used))
        self.counts = self.counts[used]

    def _look_up(self, tag: NDArray[np.int32]) -> NDArray[np.int32]:
        assert self._known is not None  # noqa: S101 -- for the type checker; callers ensure it
        unique, inverse = np.unique(tag, return_inverse=True)
        new = np.setdiff1d(unique, self._known, assume_unique=True)
        if len(new):
            used = len(self._known)
            if used + len(new) > len(self.counts):
                counts = np.zeros((2 * (used + len(new)), self.counts.shape[1]), np.int64)
                counts[:used] = self.counts[:used]
                self.counts = counts
            known = np.concatenate([self._known, new])
            rows = np.concatenate([self._rows, used + np.arange(len(new))])
            order = np.argsort(known, kind="stable")
            self._known, self._rows = known[order], rows[order]
        places = self._rows[np.searchsorted(self._known, unique)]
        return places[inverse].astype(np.int32)

    def result(self) -> TagCounts:
        """The counts of every tag that occurred, in ascending order of tags."""
        if self._known is None:
            rows = np.flatnonzero(self.counts.any(axis=1))
            tags = (rows + self._base).astype(np.int32)
        else:
            rows, tags = self._rows, self._known
        counts = self.counts[rows]
        groups = counts[:, : self._pieces].reshape(len(rows), self._levels + 1, TAG_COLUMNS)
        accesses = sum(groups[:, level, kind] for kind, level in enumerate(self._first))
        misses = np.zeros((self._levels, len(rows)), np.int64)
        if self._own_misses:
            misses[:] = counts[:, self._pieces + 1 :].T
        else:
            for level, kinds in enumerate(self._below):
                for kind, below in enumerate(kinds):
                    if below >= 0:
                        misses[level] += groups[:, below, kind]
        return TagCounts(
            tag=tags.copy(),
            accesses=accesses - counts[:, self._pieces],
            reads=groups[:, :-1, READ].T.copy(),
            writes=groups[:, :-1, WRITE].T.copy(),
            misses=misses,
        )
