"""The plain truth about caches that act on one another: LRU, dicts and lists, one access at a time.

Written from the rules in docs/cachesim.md alone; shares no code with the room it judges. A cache is
``sets``: a list of lists of entries, the least recently used first; an entry is a dict with the
line's number, whether it is dirty, and its sectors that are there.
"""

READ, WRITE, FETCH, MODIFY, ATOMIC = range(5)
WHAT = {READ: "read", WRITE: "write", FETCH: "fetch", MODIFY: "read", ATOMIC: "read"}
PLURAL = {"read": "reads", "write": "writes", "fetch": "fetches"}
COUNTS = (
    "reads", "writes", "fetches", "read_misses", "write_misses", "fetch_misses", "evictions",
    "writebacks", "back_invalidations",
)  # fmt: skip


def set_number(level, line):
    sets, index = level["sets"], level.get("index", "modulo")
    if index in ("bits", "modulo"):
        return line % sets
    if index == "hash":
        return (line * 0x9E3779B97F4A7C15 % 2**64 >> 32) % sets
    folded = 0  # xor
    while sets > 1 and line:
        folded ^= line % sets
        line //= sets
    return folded


class Hierarchy:
    """``levels``: dicts with name, sets, ways, line, private, and any of index, write,
    write_allocate, inclusion, sector; ``rules``: straddle, writebacks, cold_tags, cap_data."""

    def __init__(self, levels, rules=None):
        self.levels = levels
        self.rules = {
            "straddle": "split", "writebacks": "touch", "cold_tags": "empty", "cap_data": False,
            **(rules or {}),
        }  # fmt: skip
        self.counts = [dict.fromkeys(COUNTS, 0) for _ in levels]
        self.caches = [{} for _ in levels]  # thread, or None where shared -> sets
        self.tags = {}  # tag -> {"accesses": n, (level, what): n}
        self.accesses = self.memory_accesses = self.memory_writebacks = 0

    def path(self, kind):
        other = "d" if kind == FETCH else "i"
        return [n for n, level in enumerate(self.levels) if not level["name"].endswith(other)]

    def sets(self, n, thread):
        level = self.levels[n]
        key = thread if level["private"] else None
        if key not in self.caches[n]:
            self.caches[n][key] = [[] for _ in range(level["sets"])]
            if self.rules["cold_tags"] == "zero":
                self.caches[n][key][0] = [self.entry(0, False) for _ in range(level["ways"])]
        return self.caches[n][key]

    @staticmethod
    def entry(line, dirty):
        return {"line": line, "dirty": dirty, "sectors": set()}

    def find(self, n, thread, line):
        """The set of a line, and its entry or None."""
        entries = self.sets(n, thread)[set_number(self.levels[n], line)]
        return entries, next((e for e in reversed(entries) if e["line"] == line), None)

    def sectors(self, n, low, high):
        sector = self.levels[n].get("sector")
        return set(range(low // sector, high // sector + 1)) if sector else set()

    def count(self, n, what, tag):
        self.counts[n][what] += 1
        if tag is not None:
            key = (n, "misses" if what.endswith("misses") else what)
            self.tags[tag][key] = self.tags[tag].get(key, 0) + 1

    def access(self, address, size=1, kind=READ, thread=0, tag=None):
        self.accesses += 1
        if tag is not None:
            counts = self.tags.setdefault(tag, {})
            counts["accesses"] = counts.get("accesses", 0) + 1
        if self.rules["cap_data"] and kind != FETCH:
            size = min(size, *(level["line"] for level in self.levels), 1 << 16)
        dirties = kind in (WRITE, MODIFY, ATOMIC) and self.rules["writebacks"] != "none"
        path, what, last = self.path(kind), WHAT[kind], address + size - 1
        if not path:
            self.memory_accesses += 1
        elif self.rules["straddle"] == "once":
            self.once(path, what, dirties, address, last, thread, tag)
        else:
            line = self.levels[path[0]]["line"]
            for piece in range(address // line, last // line + 1):
                low, high = max(address, piece * line), min(last, piece * line + line - 1)
                self.ask(path, what, dirties, low, high, thread, tag, takes=False)

    def once(self, path, what, dirties, low, high, thread, tag):
        """Every cache on the way sees all lines, fills what it lacks, and misses at most once."""
        displaced = []
        for n in path:
            self.count(n, PLURAL[what], tag)
            missed = False
            for line in range(low // self.levels[n]["line"], high // self.levels[n]["line"] + 1):
                entries, entry = self.find(n, thread, line)
                if entry is None:
                    missed = True
                    displaced.append((n, self.put(n, thread, line, dirties)))
                else:
                    self.use(entries, entry, dirties)
            if not missed:
                break
            self.count(n, what + "_misses", tag)
            dirties = False
        else:
            self.memory_accesses += 1
        for n, gone in reversed(displaced):
            self.leave(n, thread, gone)

    def use(self, entries, entry, dirties, refresh=True):
        if refresh:
            at = next(i for i, e in enumerate(entries) if e is entry)
            entries.append(entries.pop(at))
        entry["dirty"] = entry["dirty"] or dirties

    def put(self, n, thread, line, dirty):
        """Put a line in; the entry that it displaces, or None."""
        entries, _ = self.find(n, thread, line)
        entries.append(self.entry(line, dirty))
        return entries.pop(0) if len(entries) > self.levels[n]["ways"] else None

    def ask(self, path, what, dirties, low, high, thread, tag, takes):
        """Ask the caches of a path for bytes of one line; whether the line that came is dirty.

        ``takes``: a cache above will hold the line."""
        if not path:
            self.memory_accesses += 1
            return False
        n, rest = path[0], path[1:]
        level = self.levels[n]
        self.count(n, PLURAL[what], tag)
        line = low // level["line"]
        entries, entry = self.find(n, thread, line)
        through = level.get("write", "back") == "through"
        exclusive = level.get("inclusion", "none") == "exclusive"
        if entry is not None and self.sectors(n, low, high) <= entry["sectors"]:
            self.use(entries, entry, dirties and not through)
            if exclusive and takes:
                entries[:] = [e for e in entries if e is not entry]
                return entry["dirty"]
            if dirties and through:
                self.ask(rest, "write", True, low, high, thread, tag, takes=False)
            return False
        self.count(n, what + "_misses", tag)
        refused = what == "write" and dirties and not level.get("write_allocate", True)
        if refused or exclusive:
            return self.ask(rest, what, dirties, low, high, thread, tag, takes)
        unit = level.get("sector") or level["line"]
        asked = "read" if dirties and through else what
        came_dirty = self.ask(
            rest, asked, False, low // unit * unit, high // unit * unit + unit - 1, thread, tag,
            takes=True,
        )  # fmt: skip
        dirty = (dirties and not through) or came_dirty
        entries, entry = self.find(n, thread, line)
        gone = None
        if entry is not None:  # another sector of it is there
            self.use(entries, entry, dirty)
        else:
            gone = self.put(n, thread, line, dirty)
            _, entry = self.find(n, thread, line)
        entry["sectors"] |= self.sectors(n, low, high)
        self.leave(n, thread, gone)
        if dirties and through:
            self.ask(rest, "write", True, low, high, thread, tag, takes=False)
        return False

    def leave(self, n, thread, gone):
        """What happens with a displaced entry."""
        if gone is None:
            return
        level = self.levels[n]
        self.counts[n]["evictions"] += 1
        dirty = gone["dirty"]
        low = gone["line"] * level["line"]
        if level.get("inclusion", "none") == "inclusive":
            dirty = self.forget_above(n, low) or dirty
        self.counts[n]["writebacks"] += dirty
        path = self.path(READ) if n in self.path(READ) else self.path(FETCH)
        self.arrive(path[path.index(n) + 1 :], low, low + level["line"] - 1, dirty, thread)

    def forget_above(self, n, low):
        """Take the bytes of an inclusive cache's line from all caches above it."""
        dirty = False
        above = {m for kind in (READ, FETCH) if n in self.path(kind)
                 for m in self.path(kind)[: self.path(kind).index(n)]}  # fmt: skip
        for m in above:
            for sets in self.caches[m].values():
                for entries in sets:
                    for entry in list(entries):
                        if (
                            low
                            <= entry["line"] * self.levels[m]["line"]
                            < low + self.levels[n]["line"]
                        ):
                            dirty = dirty or entry["dirty"]
                            entries[:] = [e for e in entries if e is not entry]
                            self.counts[m]["back_invalidations"] += 1
        return dirty

    def arrive(self, path, low, high, dirty, thread):
        """A displaced line comes to the first cache of a path, or to memory."""
        if not path:
            self.memory_writebacks += dirty
            return
        n = path[0]
        level = self.levels[n]
        exclusive = level.get("inclusion", "none") == "exclusive"
        if not (dirty or exclusive):
            return
        through = level.get("write", "back") == "through"
        line = low // level["line"]
        entries, entry = self.find(n, thread, line)
        gone = None
        if entry is not None:
            refresh = exclusive or self.rules["writebacks"] == "touch"
            self.use(entries, entry, dirty and not through, refresh)
        elif exclusive or level.get("write_allocate", True):
            gone = self.put(n, thread, line, dirty and not through)
            _, entry = self.find(n, thread, line)
        if entry is not None:
            entry["sectors"] |= self.sectors(n, low, high)
        if dirty and (entry is None or through):
            self.arrive(path[1:], low, high, True, thread)
        self.leave(n, thread, gone)
