"""LW090 and LW091: comments that suppress findings, and how they go wrong."""

from __future__ import annotations

from layout.rules.rule import Rule

__all__ = ["MALFORMED", "UNUSED"]

MALFORMED = Rule(
    code="LW090",
    name="bad-suppression",
    title="suppression without a reason",
    why="""\
A comment that suppresses a finding names the codes and says why: the next reader must be able to
tell whether the reason still holds. One without a reason, without a code or with an unknown code
suppresses nothing.""",
    bad="struct frame { /* linewise: ignore LW002 */",
    good="struct frame { /* linewise: ignore LW002 -- as it is on the wire */",
    leave="Never.",
    fix="write `linewise: ignore CODE,CODE -- reason`",
)

UNUSED = Rule(
    code="LW091",
    name="unused-suppression",
    title="suppression that suppresses nothing",
    why="""\
The record was mended, or the comment stands on another line than what it means: one on the line
of a record (or alone on the line above) counts for the whole record, one on the line of a
member for that member. Left in place it would hide the next finding. Only rules that ran are
judged.""",
    bad="""\
/* linewise: ignore LW002 -- as it is on the wire */
struct pair {
    int first, second;
};""",
    good="""\
struct pair {
    int first, second;
};""",
    leave="Never: remove the comment.",
    fix="remove the comment, or the code from it",
)
