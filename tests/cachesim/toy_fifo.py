"""A policy that only the tests have: first in, first out."""

from numba.extending import register_jitable

from cachesim.kernels.words import least
from cachesim.policies.base import Policy


def words(ways):
    return ways


@register_jitable
def touch(state, row, ways, way, access):
    pass


@register_jitable
def fill(state, row, ways, way, access):
    state[row + way] = access.time


@register_jitable
def invalidate(state, row, ways, way):
    state[row + way] = 0


@register_jitable
def victim(state, row, ways, access):
    return least(state, row, ways)


# Neither flag is set, so that the kernel's general paths are taken.
POLICY = Policy("toy-fifo", words, touch, fill, invalidate, victim)
