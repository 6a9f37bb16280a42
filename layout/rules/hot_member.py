"""LW003: a hot member that crosses from one cache line into the next."""

from __future__ import annotations

from collections.abc import Iterator

from layout.model import PlacedField
from layout.profile import AccessProfile
from layout.rules.rule import Notice, Rule, Subject, plural

__all__ = ["HOT_SHARE", "RULE", "hot_members", "lines_of"]

# Share of a record's operations from which a member that they use counts as hot. Lower and what is
# rarely used is reported too; higher and only the one or two hottest members are.
HOT_SHARE = 0.1


def hot_members(profile: AccessProfile) -> dict[str, float]:
    """Members that at least HOT_SHARE of the operations use, with that share, by name."""
    total = sum(operation.weight for operation in profile.operations)
    heat: dict[str, float] = {}
    for operation in profile.operations:
        for name in operation.touches:
            heat[name] = heat.get(name, 0.0) + operation.weight
    least = HOT_SHARE * total
    return {name: heat[name] / total for name in sorted(heat) if heat[name] >= least > 0}


def lines_of(field: PlacedField, line: int) -> range:
    """The cache lines that a member lies on when the record starts on one; none without bytes."""
    if field.end_bit == field.bit_offset:
        return range(0)
    return range(field.bit_offset // (8 * line), (field.end_bit - 1) // (8 * line) + 1)


def _check(subject: Subject) -> Iterator[Notice]:
    if subject.profile is None:
        return
    hot = hot_members(subject.profile)
    for placed in subject.layouts:
        for field in placed.fields:
            lines = lines_of(field, placed.line)
            small = field.end_bit - field.bit_offset <= placed.line * 8
            if field.name in hot and len(lines) > 1 and small:
                message = (
                    f"hot member `{field.name}` ({hot[field.name]:.0%} of the operations) lies on"
                    f" lines {lines[0]} and {lines[-1]}: {plural(field.size, 'byte')} at offset"
                    f" {field.offset}"
                )
                yield Notice((placed.abi,), field.line, field.name, message)


RULE = Rule(
    code="LW003",
    name="hot-member-straddles",
    title="hot member straddles a line",
    why="""\
A member that would fit on one cache line lies on two: each use of it may miss twice, and an
atomic operation on it becomes a split lock on x86. Scalars at their natural alignment never
straddle; arrays, nested records and packed members do. Hot is what at least a tenth of the
operations on the record use in the scenario given with `--scenario`. Lines are counted for a
record that starts on one.""",
    bad="""\
struct session {
    char name[56];
    struct { uint64_t used, limit; } quota; /* bytes 56 to 71: on two lines */
    uint32_t id;
};""",
    good="""\
struct session {
    struct { uint64_t used, limit; } quota; /* bytes 0 to 15 */
    char name[56];
    uint32_t id;
};""",
    leave="""\
When objects do not start on a line and their size is no multiple of one: then every member
straddles in some of them, and only alignment or another size helps.""",
    fix="move it to where it does not cross a multiple of the line",
    check=_check,
    need="profile",
)
