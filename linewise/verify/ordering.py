"""Is the proposed order as short as the shortest of all orders?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import layout
from linewise.verify.finding import Context, Finding, Verdict

NAME = "order"
SAMPLE = """\
struct sample {
    char flag; double rate; short code; char name[5]; int count; void *next; char last;
};
"""


def check(_context: Context) -> Iterator[Finding]:
    """Place a record in every order of its seven members, and compare with the proposal."""
    record = layout.read_text(SAMPLE, name="sample.h").record("sample")
    for abi in (name for name, row in layout.ABIS.items() if row.language == "c"):
        proposal = layout.optimize(record, abi)
        shortest = min(
            layout.place(replace(record, fields=order), abi).size
            for order in permutations(record.fields)
        )
        found = proposal.after[0].size
        verdict = Verdict.EQUAL if found == shortest else Verdict.DIFFERS
        detail = f"{proposal.before[0].size} bytes as written, {found} proposed"
        detail += f"; {shortest} is the least of all 5,040 orders"
        yield Finding(
            NAME, f"least bytes, {abi}", verdict, detail, f"linewise verify --check {NAME}"
        )
