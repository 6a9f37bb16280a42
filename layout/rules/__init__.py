"""The lint rules: one file per rule, one row in `RULES`."""

from __future__ import annotations

import difflib

from layout.errors import LayoutError
from layout.rules import (
    abis_differ,
    array_padding,
    bit_field_storage,
    fixed_padding,
    hot_member,
    member_order,
    padding_hole,
    pointer_bytes,
    size_class,
    suppressions,
    two_writers,
)
from layout.rules.rule import Notice, Rule, Subject

__all__ = ["RULES", "Notice", "Rule", "Subject", "find_rule"]

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        padding_hole.RULE,
        member_order.RULE,
        hot_member.RULE,
        two_writers.RULE,
        bit_field_storage.RULE,
        size_class.RULE,
        pointer_bytes.RULE,
        abis_differ.RULE,
        array_padding.RULE,
        fixed_padding.RULE,
        suppressions.MALFORMED,
        suppressions.UNUSED,
    )
}


def find_rule(code: str) -> Rule:
    """The rule of that code, or of that name. Raises LayoutError that names the nearest."""
    wanted = code.strip()
    for rule in RULES.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return rule
    spellings = [spelling for rule in RULES.values() for spelling in (rule.code, rule.name)]
    near = difflib.get_close_matches(wanted, spellings, 1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(RULES)}"
    raise LayoutError(f"{wanted[:40]!r}: no such rule; {hint}")
