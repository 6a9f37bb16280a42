"""LW002: another order of the members is shorter."""

from __future__ import annotations

from collections.abc import Iterator

from layout.rules.rule import Notice, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Notice]:
    for placed, least in zip(subject.layouts, subject.least, strict=True):
        saved = placed.size - least
        if saved <= 0:
            continue
        lines = -(-least // placed.line)
        fewer = f", {lines} instead of {placed.lines} lines" if lines < placed.lines else ""
        message = f"{placed.size} bytes, {least} in another order (-{saved}{fewer})"
        yield Notice((placed.abi,), subject.record.line, None, message, saved)


RULE = Rule(
    code="LW002",
    name="order-not-minimal",
    title="order not minimal",
    why="""\
The same members in another order take fewer bytes. Every object pays for it in memory, and
every walk over many of them in cache lines. The size given is the least there is, not a guess:
the search is exact (see docs/layout.md), and with several ABIs one order is sought that serves
all of them.""",
    bad="""\
struct job {
    bool urgent;
    struct job *next;
    uint32_t id;
    void *data;
    uint16_t worker;
};                  /* 40 bytes on x86_64-linux-gnu */""",
    good="""\
struct job {
    struct job *next;
    void *data;
    uint32_t id;
    uint16_t worker;
    bool urgent;
};                  /* 24 bytes */""",
    leave="""\
When the order is a format or an interface, when members are grouped by who uses them and the
lines matter more than the bytes (`linewise optimize --scenario` weighs both), or when there is
only ever one such object.""",
    fix="`linewise optimize FILE --struct NAME` prints the order",
    check=_check,
)
