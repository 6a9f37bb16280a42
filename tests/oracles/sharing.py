"""False-sharing misses, the slow plain way: of every line, who touched and wrote what, and when."""

from collections import defaultdict


def false_sharing(accesses, line):
    """Pairs of one trace: {(tag, other): (lines, misses)}, and how many lines have any.

    accesses: (address, size, kind, thread, tag) in order; kind 0 reads, 2 is a fetch.
    """
    touched = defaultdict(dict)  # line -> thread -> when it last touched it
    written = defaultdict(list)  # line -> (when, thread, byte, tag)
    lines, misses = defaultdict(set), defaultdict(int)
    for now, (address, size, kind, thread, tag) in enumerate(accesses):
        if tag < 0 or kind == 2:
            continue
        bytes_ = range(address, address + max(size, 1))
        for number in sorted({byte // line for byte in bytes_}):
            mine = {byte for byte in bytes_ if byte // line == number}
            if thread in touched[number]:
                since = [
                    entry
                    for entry in written[number]
                    if entry[0] > touched[number][thread] and entry[1] != thread
                ]
                if since and not mine & {byte for _, _, byte, _ in since}:
                    other = since[-1][3]
                    pair = min(tag, other), max(tag, other)
                    lines[pair].add(number)
                    misses[pair] += 1
            touched[number][thread] = now
            if kind != 0:
                written[number] += [(now, thread, byte, tag) for byte in mine]
    shared = set().union(*lines.values()) if lines else set()
    return {pair: (len(lines[pair]), misses[pair]) for pair in misses}, len(shared)
