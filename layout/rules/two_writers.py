"""LW004: members that different threads write lie on one cache line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from layout.model import Layout
from layout.profile import AccessProfile, Operation
from layout.rules.hot_member import lines_of
from layout.rules.rule import Notice, Rule, Subject, quoted

__all__ = ["RULE", "writer_pairs"]


def writer_pairs(
    profile: AccessProfile,
) -> Iterator[tuple[Operation, Operation, frozenset[str], frozenset[str]]]:
    """Pairs of operations of different threads, with what each writes that the other never uses.

    What both use is truly shared: the line moves between them whatever lies beside it.
    """
    for one, other in combinations(profile.operations, 2):
        apart = one.thread is None or other.thread is None or one.thread != other.thread
        mine, theirs = one.writes - other.touches, other.writes - one.touches
        if apart and mine and theirs and one.weight and other.weight:
            yield one, other, mine, theirs


def _check(subject: Subject) -> Iterator[Notice]:
    if subject.profile is None:
        return
    for placed in subject.layouts:
        on_lines = _by_line(placed)
        for one, other, mine, theirs in writer_pairs(subject.profile):
            for line, names in on_lines.items():
                left = [name for name in names if name in mine]
                right = [name for name in names if name in theirs]
                if left and right:
                    yield _notice(placed, line, (one.name, left), (other.name, right))


def _by_line(placed: Layout) -> dict[int, list[str]]:
    """The members on each line, but those of long ones that no other member can reach."""
    lines: dict[int, list[str]] = {}
    for field in placed.fields:
        on = lines_of(field, placed.line)
        for line in {*on[:1], *on[-1:]}:
            lines.setdefault(line, []).append(field.name)
    return dict(sorted(lines.items()))


def _notice(
    placed: Layout, line: int, one: tuple[str, list[str]], other: tuple[str, list[str]]
) -> Notice:
    order = [field.name for field in placed.fields]
    first, second = sorted((one, other), key=lambda side: order.index(side[1][0]))
    place = next(field for field in placed.fields if field.name == second[1][0])
    message = (
        f"line {line} has two writers: {first[0]} writes {quoted(first[1])},"
        f" {second[0]} writes {quoted(second[1])}"
    )
    return Notice((placed.abi,), place.line, place.name, message)


RULE = Rule(
    code="LW004",
    name="two-writers-on-a-line",
    title="fields of two writers on one line",
    why="""\
A core must own a whole line to write one byte of it. Two threads that write different members
of one line take it from each other at every write, although they share no data: false sharing.
`linewise run` counts the misses that it costs. Who writes what comes from the scenario given
with `--scenario`. Members that both operations use are shared truly and are not reported. Lines
are counted for a record that starts on one.""",
    bad="""\
struct queue {
    uint64_t head; /* written by the consumer */
    uint64_t tail; /* written by the producer */
};""",
    good="""\
struct queue {
    uint64_t head; /* written by the consumer */
    uint64_t limit;
    void *slots[6];
    uint64_t tail; /* written by the producer: on the next line */
};""",
    leave="""\
When the two threads are never at work on the same object at the same time, or so rarely that
padding costs more than it saves: `linewise run` counts both.""",
    fix="move one of them beyond a multiple of the line, or pad between them",
    check=_check,
    need="profile",
)
