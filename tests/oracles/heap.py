"""Heaps as plain dictionaries and lists, one event at a time. Slow, and nothing shared with the
room: class sizes are listed, spans are lists of blocks."""

BASE = 1 << 40
PAGE = 4096


def class_sizes():
    """Multiples of 16 to 128, then four classes for each doubling."""
    sizes = list(range(16, 129, 16))
    while sizes[-1] < 1 << 48:
        step = sizes[-1] // 4
        sizes += [sizes[-1] + step * i for i in (1, 2, 3, 4)]
    return sizes


SIZES = class_sizes()


def align_up(value, align):
    while value % align:
        value += align - value % align
    return value


class FaultError(Exception):
    """An event that a heap must refuse."""


class PlainHeap:
    """What both heaps have in common: who is live, and the statistics by adding up."""

    def __init__(self, arena):
        self.end = BASE + arena
        self.top = BASE
        self.live = {}  # object -> address, capacity, requested
        self.peak = 0

    def do(self, operation, number, size, align, thread):
        if operation == "alloc":
            if number in self.live:
                raise FaultError
            address = self._put(number, size, align, thread)
        elif operation == "free":
            if number not in self.live:
                raise FaultError
            at, capacity, _ = self.live.pop(number)
            self.give_back(at, capacity, thread)
            address = 0
        elif operation == "realloc":
            if number not in self.live:
                raise FaultError
            at, capacity, _ = self.live[number]
            if capacity // 2 <= size <= capacity and at % align == 0:
                self.live[number] = at, capacity, size
                address = at
            else:
                address = self._put(number, size, align, thread)
                self.give_back(at, capacity, thread)
        elif operation == "reset":
            self.reset(thread)
            address = 0
        else:
            address = 0
        self.peak = max(self.peak, self.used)
        return address

    def _put(self, number, size, align, thread):
        at, capacity = self.take(size, align, thread)
        self.live[number] = at, capacity, size
        return at

    @property
    def used(self):
        return sum(capacity for _, capacity, _ in self.live.values())

    @property
    def requested(self):
        return sum(size for _, _, size in self.live.values())

    @property
    def reserved(self):
        return self.top - BASE


class Bump(PlainHeap):
    name = "bump"

    def take(self, size, align, _thread):
        start = align_up(self.top, align)
        stop = start + align_up(max(size, 1), 16)
        if stop > self.end:
            raise FaultError
        self.top = stop
        return start, stop - start

    def give_back(self, at, capacity, thread):
        pass

    def reset(self, _thread):
        self.live.clear()
        self.top = BASE


class SizeClass(PlainHeap):
    name = "size-class"

    def __init__(self, arena, span=64 << 10):
        super().__init__(arena)
        self.span = span
        self.freed = {}  # thread, class -> stack of addresses
        self.fresh = {}  # thread, class -> addresses of the span still to be handed out

    def take(self, size, align, thread):
        block = next(s for s in SIZES if s >= size and s % align == 0)
        stack = self.freed.setdefault((thread, block), [])
        if stack:
            return stack.pop(), block
        queue = self.fresh.setdefault((thread, block), [])
        if not queue:
            lowest_bit = 1
            while block % (2 * lowest_bit) == 0:
                lowest_bit *= 2
            start = align_up(self.top, max(PAGE, lowest_bit))
            count = max(self.span // block, 1)
            stop = align_up(start + count * block, PAGE)
            if stop > self.end:
                raise FaultError
            self.top = stop
            queue.extend(start + i * block for i in range(count))
        return queue.pop(0), block

    def give_back(self, at, capacity, thread):
        self.freed.setdefault((thread, capacity), []).append(at)

    def reset(self, thread):
        for number in sorted(self.live):
            at, capacity, _ = self.live.pop(number)
            self.give_back(at, capacity, thread)


PLAIN = {"bump": Bump, "size-class": SizeClass}
