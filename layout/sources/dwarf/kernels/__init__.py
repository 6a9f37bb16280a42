"""The compiled loops over debug info. Each file stands alone: Numba sees an edit of that file only.

All of them read hostile bytes: every read is checked against the end of its array, and whatever
makes no sense ends the unit with a code of `walk.FAULTS`.
"""
