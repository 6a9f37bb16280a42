"""The plain truth about replacement policies: one set each, lists and no tricks.

Written from the papers' and nanoBench's definitions; shares no code with the room it judges. A set
is asked by ``access(line) -> hit``. ``seed`` and ``world`` stand for what a whole cache shares.
"""


class World:
    """What all sets of one cache share: a stream of draws and named counters."""

    def __init__(self, seed=1, sets=1):
        self.last = seed
        self.sets = sets
        self.counter = 511  # DRRIP's
        self.table = {}  # SHiP's

    def draw(self, below):
        """minstd_rand of the C++ standard, [rand.predef]."""
        self.last = self.last * 48271 % 2147483647
        return self.last % below


class Set:
    """One set: ``lines[way]`` is the line in that way, None where it is empty."""

    def __init__(self, ways, world, number=0):
        self.ways, self.world, self.number = ways, world, number
        self.lines = [None] * ways
        self.clock = 0
        self.start()

    def start(self):
        pass

    def access(self, line):
        self.clock += 1
        if line in self.lines:
            self.hit(self.lines.index(line))
            return True
        way = self.empty() if None in self.lines else self.victim()
        self.lines[way] = line
        self.filled(way)
        return False

    def empty(self):
        return self.lines.index(None)


class Stamps(Set):
    """Policies that give up the least of some value per way."""

    def start(self):
        self.value = [0] * self.ways

    def victim(self):
        return self.value.index(min(self.value))


class Lru(Stamps):
    def hit(self, way):
        self.value[way] = self.clock

    filled = hit


class Fifo(Stamps):
    def hit(self, way):
        pass

    def filled(self, way):
        self.value[way] = self.clock


class Lfu(Stamps):
    def hit(self, way):
        self.value[way] = (self.value[way][0] + 1, self.clock)

    def filled(self, way):
        self.value[way] = (1, self.clock)


class Random(Set):
    def hit(self, way):
        pass

    filled = hit

    def victim(self):
        return self.world.draw(self.ways)


class Plru(Set):
    """The tree as nested pairs of ranges: for each range which half was used last."""

    def start(self):
        self.recent = {}

    def hit(self, way):
        low, high = 0, self.ways
        while high - low > 1:
            middle = (low + high) // 2
            self.recent[low, high] = "upper" if way >= middle else "lower"
            low, high = (middle, high) if way >= middle else (low, middle)

    filled = hit

    def victim(self):
        low, high = 0, self.ways
        while high - low > 1:
            middle = (low + high) // 2
            upper = self.recent.get((low, high)) == "lower"
            low, high = (middle, high) if upper else (low, middle)
        return low


class LruPlru4(Set):
    def start(self):
        self.groups = [Plru(4, self.world) for _ in range(self.ways // 4)]
        self.order = list(self.groups)  # the least recent first

    def hit(self, way):
        group = self.groups[way // 4]
        group.hit(way % 4)
        self.order.remove(group)
        self.order.append(group)

    filled = hit

    def victim(self):
        # Among groups never used, and equal, the first.
        return self.groups.index(self.order[0]) * 4 + self.order[0].victim()


class Mru(Set):
    def start(self):
        self.bits = [False] * self.ways

    def hit(self, way):
        self.bits[way] = True
        if all(self.bits):
            self.bits = [other == way for other in range(self.ways)]

    filled = hit

    def victim(self):
        return self.bits.index(False) if False in self.bits else 0


class Nru(Set):
    """ISCA 2010: nru-bit 1 is distant."""

    def start(self):
        self.bits = [1] * self.ways

    def hit(self, way):
        self.bits[way] = 0

    filled = hit

    def victim(self):
        if 1 not in self.bits:
            self.bits = [1] * self.ways
        return self.bits.index(1)


class Srrip(Set):
    def start(self):
        self.rrpv = [3] * self.ways

    def hit(self, way):
        self.rrpv[way] = 0

    def filled(self, way):
        self.rrpv[way] = 2

    def victim(self):
        while 3 not in self.rrpv:
            self.rrpv = [value + 1 for value in self.rrpv]
        return self.rrpv.index(3)


class Brrip(Srrip):
    def filled(self, way):
        self.rrpv[way] = 2 if self.world.draw(32) == 0 else 3


class Drrip(Srrip):
    def side(self):
        """Which policy this set leads for, by the rule of the module's docstring."""
        sets = self.world.sets
        runs = 32 if sets >= 64 else sets // 2
        if sets == 1:
            return "static"
        length = sets // runs
        if self.number % length == 0:
            return "static"
        return "bimodal" if self.number % length == length - 1 else None

    def filled(self, way):
        side = self.side()
        if side == "static":
            self.world.counter = min(1023, self.world.counter + 1)
        elif side == "bimodal":
            self.world.counter = max(0, self.world.counter - 1)
        if side is None:
            side = "bimodal" if self.world.counter >= 512 else "static"
        if side == "static":
            Srrip.filled(self, way)
        else:
            Brrip.filled(self, way)


class Ship(Srrip):
    line_bytes = 64

    def start(self):
        super().start()
        self.signature = [None] * self.ways
        self.used = [False] * self.ways

    def sign(self, line):
        region, folded = line * self.line_bytes // 16384, 0
        while region:
            folded ^= region % 16384
            region //= 16384
        return folded

    def hit(self, way):
        super().hit(way)
        self.used[way] = True
        table, sign = self.world.table, self.signature[way]
        table[sign] = min(7, table.get(sign, 1) + 1)

    def filled(self, way):
        table, old = self.world.table, self.signature[way]
        if old is not None and not self.used[way]:
            table[old] = max(0, table.get(old, 1) - 1)
        self.signature[way] = self.sign(self.lines[way])
        self.used[way] = False
        self.rrpv[way] = 3 if table.get(self.signature[way], 1) == 0 else 2


class Qlru(Set):
    """nanoBench's definition, on ages."""

    def __init__(self, name, ways, world, number=0):
        self.name = name
        self.h, self.m, self.r, self.u = name.split("_")[1:5]
        self.misses_only = name.endswith("_UMO")
        super().__init__(ways, world, number)

    def start(self):
        self.age = [3] * self.ways

    def hit(self, way):
        self.age[way] = {3: int(self.h[1]), 2: int(self.h[2]), 1: 0, 0: 0}[self.age[way]]
        if not self.misses_only:
            self.grow(way)

    def filled(self, way):
        if self.m[1] == "R":
            self.age[way] = int(self.m[3] if self.world.draw(16) == 0 else self.m[2])
        else:
            self.age[way] = int(self.m[1])
        if not self.misses_only:
            self.grow(way)

    def empty(self):
        ways = [way for way in range(self.ways) if self.lines[way] is None]
        return ways[-1] if self.r == "R2" else ways[0]

    def victim(self):
        if self.misses_only:
            self.grow(None)
        if 3 in self.age:
            return self.age.index(3)
        return 0

    def grow(self, accessed):
        others = [way for way in range(self.ways) if way != accessed]
        if self.u == "U0":
            counted, grown, step = range(self.ways), range(self.ways), None
        elif self.u == "U1":
            counted, grown, step = others, others, None
        else:
            counted = range(self.ways)
            grown, step = (range(self.ways) if self.u == "U2" else others), 1
        lack = min((3 - self.age[way] for way in counted), default=0)
        if lack:
            for way in grown:
                self.age[way] += step or lack


PLAIN = {
    "lru": Lru, "fifo": Fifo, "random": Random, "plru": Plru, "LRU3PLRU4": LruPlru4, "mru": Mru,
    "nru": Nru, "lfu": Lfu, "srrip": Srrip, "brrip": Brrip, "drrip": Drrip, "ship-mem": Ship,
}  # fmt: skip


class Cache:
    """A cache of such sets; ``access(line)`` says whether it hit."""

    def __init__(self, name, sets, ways, seed=1):
        world = World(seed, sets)
        make = PLAIN.get(name)
        self.sets = [
            Qlru(name, ways, world, n) if make is None else make(ways, world, n)
            for n in range(sets)
        ]

    def access(self, line):
        return self.sets[line % len(self.sets)].access(line)
