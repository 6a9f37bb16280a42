"""The plain truth about a cache hierarchy: dicts and lists, one access at a time.

Written from the rules in docs/cachesim.md alone; shares no code with the room it judges.
A cache is a list of sets; a set is a list of lines, the least recently used first; a line is
``{"number": ..., "dirty": ...}``.
"""

READ, WRITE, FETCH, MODIFY, ATOMIC = range(5)
COUNTS = (
    "reads", "writes", "fetches", "read_misses", "write_misses", "fetch_misses",
    "evictions", "writebacks",
)  # fmt: skip


def empty_model(levels):
    """levels: dicts with name, sets, ways, line, private, fifo (optional); nearest first."""
    return {
        "levels": levels,
        "counts": [dict.fromkeys(COUNTS, 0) for _ in levels],
        "caches": {},  # (level, thread or None) -> sets
        "tags": {},  # tag -> {"accesses": n, (level, count): n}
        "accesses": 0,
        "memory_accesses": 0,
        "memory_writebacks": 0,
    }


def path_of(model, fetch):
    """Numbers of the levels that a fetch, or a data access, asks in turn."""
    other = "d" if fetch else "i"
    return [n for n, level in enumerate(model["levels"]) if not level["name"].endswith(other)]


def access(model, address, size=1, kind=READ, thread=0, tag=None):
    """Replay one access."""
    model["accesses"] += 1
    count_tag(model, tag, "accesses")
    path = path_of(model, kind == FETCH)
    if not path:
        model["memory_accesses"] += 1
        return
    line = model["levels"][path[0]]["line"]
    for start in range(address // line * line, address + size, line):
        demand(model, path, start, kind, thread, tag, first=True)


def count_tag(model, tag, what):
    if tag is not None:
        counts = model["tags"].setdefault(tag, {})
        counts[what] = counts.get(what, 0) + 1


def find_set(model, n, address, thread):
    level = model["levels"][n]
    key = (n, thread if level["private"] else None)
    if key not in model["caches"]:
        model["caches"][key] = [[] for _ in range(level["sets"])]
    return model["caches"][key][address // level["line"] % level["sets"]]


def demand(model, path, address, kind, thread, tag, first):
    """Ask the first cache of the path for the line at this address."""
    if not path:
        model["memory_accesses"] += 1
        return
    n = path[0]
    what = {WRITE: "write", FETCH: "fetch"}.get(kind, "read")
    plural = {"write": "writes", "fetch": "fetches", "read": "reads"}[what]
    model["counts"][n][plural] += 1
    count_tag(model, tag, (n, plural))
    dirties = first and kind in (WRITE, MODIFY, ATOMIC)
    if use(model, n, address, thread, dirties):
        return
    model["counts"][n][what + "_misses"] += 1
    count_tag(model, tag, (n, "misses"))
    demand(model, path[1:], address, kind, thread, tag, first=False)
    fill(model, n, address, thread, dirties)


def use(model, n, address, thread, dirties):
    """Whether the line is there; if so it is now the most recently used."""
    lines = find_set(model, n, address, thread)
    number = address // model["levels"][n]["line"]
    for line in lines:
        if line["number"] == number:
            if not model["levels"][n].get("fifo"):
                lines.remove(line)
                lines.append(line)
            line["dirty"] = line["dirty"] or dirties
            return True
    return False


def fill(model, n, address, thread, dirty):
    """Put the line in, and write back what it displaces if that is dirty."""
    level = model["levels"][n]
    lines = find_set(model, n, address, thread)
    lines.append({"number": address // level["line"], "dirty": dirty})
    if len(lines) <= level["ways"]:
        return
    victim = lines.pop(0)
    model["counts"][n]["evictions"] += 1
    if victim["dirty"]:
        model["counts"][n]["writebacks"] += 1
        data = path_of(model, fetch=False)
        below = data[data.index(n) + 1 :]
        if not below:
            model["memory_writebacks"] += 1
        elif not use(model, below[0], victim["number"] * level["line"], thread, True):
            fill(model, below[0], victim["number"] * level["line"], thread, True)
