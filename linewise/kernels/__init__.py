"""The compiled loops of this room: nothing else in it imports numba."""
