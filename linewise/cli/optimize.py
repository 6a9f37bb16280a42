"""``linewise optimize``: a better field order for one record, and how it is known to be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import change, emit_json, json_option, paint
from linewise.cli.records import abi_option, select_records, targets_of
from linewise.cli.show import layout_document
from linewise.declaration import declaration

if TYPE_CHECKING:
    from layout import Proposal


@click.command(
    epilog="Example: linewise optimize order_book.h --struct order --abi x86-64 --abi arm64"
)
@click.argument("file", metavar="FILE")
@click.option("--struct", "name", required=True, metavar="NAME", help="The record to reorder.")
@abi_option
@click.option(
    "--scenario",
    metavar="FILE.toml",
    help="Order for what this scenario does with the record (fewest lines touched, writers "
    "apart) instead of for bytes alone.",
)
@json_option
def command(
    file: str, name: str, abis: tuple[str, ...], scenario: str | None, as_json: bool
) -> int:
    """Propose an order for a record's fields: least bytes, or best for a scenario."""
    import layout

    records = select_records(layout.read(file), name)
    if len(records) > 1:
        names = ", ".join(record.name for record in records)
        raise click.UsageError(f"{name!r} matches {len(records)} records ({names}); name one")
    targets = targets_of(file, abis)
    if scenario is None:
        proposal = layout.optimize(records[0], targets)
    else:
        from linewise.scenario import load_scenario

        profile = load_scenario(scenario).profile(records[0].name)
        proposal = layout.optimize(records[0], targets, goal="lines", profile=profile)
    if as_json:
        emit_json("optimize", 1, _document(file, proposal))
    else:
        print("\n".join(_text(file, proposal)))
    return 0


def _document(path: str, proposal: Proposal) -> dict[str, Any]:
    return {
        "file": path,
        "line": proposal.record.line,
        "name": proposal.record.name,
        "goal": proposal.goal,
        "changed": proposal.changed,
        "order": list(proposal.order),
        "cost_before": proposal.cost_before,
        "cost_after": proposal.cost_after,
        "bound": proposal.bound,
        "proof": proposal.proof,
        "before": [layout_document(placed) for placed in proposal.before],
        "after": [layout_document(placed) for placed in proposal.after],
    }


def _text(path: str, proposal: Proposal) -> Iterator[str]:
    yield f"{paint(proposal.record.name, 'bold')}  {paint(f'{path}:{proposal.record.line}', 'dim')}"
    for before, after in zip(proposal.before, proposal.after, strict=True):
        yield f"  {before.abi}: {change(before.size, after.size)} bytes"
    if proposal.goal != "bytes":
        yield f"  cost: {change(proposal.cost_before, proposal.cost_after, 3)}"
    yield f"  {proposal.proof}"
    if not proposal.changed:
        yield "  The order as written stays."
        return
    yield ""
    yield declaration(proposal.record, proposal.after[0])
