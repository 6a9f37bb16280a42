"""The numbers that a kernel needs about each level, and how an item of the stream is packed.

A block of accesses goes through the stages one after the other as a stream of items (line, info).
A stage holds the caches at the same depth under the same policy. It answers the items addressed
to its caches and puts in their place what they ask of the caches below: a miss's demand for its
line first, then the write-back of the dirty line that the fill displaced. Items addressed to other
caches pass through. Each cache thus sees exactly the accesses that it would see if each access of
the trace ran down the hierarchy alone, in the same order, because nothing flows upwards.
"""

from __future__ import annotations

# Columns of the plan, int64[level, PLAN_COLUMNS]; one more row, all zeros, stands for memory.
STAGE = 0  # the stage that the level belongs to
BASE = 1  # first word of the level's first set in the store
INSTANCE = 2  # words from one thread's instance to the next; 0 for a shared cache
ROW = 3  # words of one set: a word per way (line << 1 | dirty, or EMPTY), padding, the policy's
WAYS = 4
SHIFT = 5  # bits from the stream's line numbers to the level's
MASK = 6  # selects the set by bits; -1 where the index is a remainder
SETS = 7
POLICY_WORDS = 8  # words of a set before the policy's: the ways in whole groups of LANES
CACHE_WORDS = 9  # words before the first set, which the policy keeps for all sets
NEXT = 10  # + class: the level below for a read, write, fetch, write-back; -1: not served here
# What only the walk (`cachesim.kernels.walk`) asks.
POLICY = 14  # index of the level's policy
PREFERS_EMPTY = 15
LINE_BITS = 16  # of a quad's number: log2(line) - QUAD_BITS
INCLUSION = 17  # NEITHER, INCLUSIVE or EXCLUSIVE
ABOVE = 18  # a bit per level whose lines an inclusive level holds too
THROUGH = 19  # writes go on to the level below
ALLOCATES = 20  # writes that miss are filled
SECTOR_BITS = 21  # of a quad's number; LINE_BITS where lines are not sectored
SECTORS = 22  # words of a set before those that say which sectors each way holds; 0: none
INDEX = 23  # how the line's number becomes the set's: BY_BITS ...
PLAN_COLUMNS = 24
NEITHER, INCLUSIVE, EXCLUSIVE = 0, 1, 2
BY_BITS, BY_REMAINDER, BY_XOR, BY_HASH = 0, 1, 2, 3

# The walk's unit of addresses, the smallest line: 4 bytes, so that numbers fit int64.
QUAD_BITS = 2

# Columns of the counters, int64[level and memory, COUNT_COLUMNS]. What missed in a level is what
# arrived at the level below it, class by class.
ARRIVED = 0  # + class: reads, writes, fetches, write-backs that came to the level
EVICTED = 4
WROTE_BACK = 5
MISSED = 6  # + class; counted by the walk alone, see above
BACK_INVALIDATED = 9  # lines that an eviction from an inclusive level below took
COUNT_COLUMNS = 10

# Columns of the counters by tag, int64[slot, TAG_COLUMNS * (levels + 1) + 1]: what arrived at each
# level and memory, by class; the last column counts the pieces of straddling accesses beyond the
# first. The walk adds a column per level for what missed there.
TAG_COLUMNS = 3

# An item's info: class in bits 0 and 1, DIRTIES, level, thread slot, DEMANDED (a miss sent it), tag
# slot. The level and the thread slot together (WHERE) choose one instance of one cache.
READ, WRITE, FETCH, WRITE_BACK = 0, 1, 2, 3
CLASS_BITS = 3
DIRTIES = 1 << 2
LEVEL_SHIFT = 3
LEVEL_MASK = 31
THREAD_SHIFT = 8
WHERE = 0x1FFFFF << LEVEL_SHIFT
THREAD_MASK = 0xFFFF
DEMANDED = 1 << 24
TAG_SHIFT = 25

# A way without a line. No line has this word: lines have at most 62 bits.
EMPTY = -1

# Rows of the trace that go through all stages at once. The items that they make must stay in the
# first- and second-level cache of the host.
BLOCK = 2048
# Lines that one access can touch: 65,535 bytes in the smallest lines, not aligned.
MAX_PIECES = 65535 // 4 + 2
# Items that ``collect`` makes of one block at most; it stops early where pieces pile up.
MAX_ITEMS = 2 * BLOCK + MAX_PIECES

# Caches of the largest machine: a level's number takes five bits, one stands for memory.
MAX_CACHES = 31

# What ``collect`` found: words of its state, int64[STATE_WORDS].
NEXT_ROW = 0
LAST_LINE = 1
LAST_INFO = 2
STATUS = 3
PENDING = 4  # entries of the walk's stack
STATE_WORDS = 5
# Values of STATUS.
GOING_ON, WRAPS, NEW_THREAD = 0, 1, 2
