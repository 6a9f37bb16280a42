"""``linewise optimize``: a better field order for one record, and how it is known to be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import change, emit_json, json_option, paint
from linewise.cli.records import (
    SourceOptions,
    abi_option,
    read_source,
    select_records,
    source_options,
    targets_of,
)
from linewise.cli.show import layout_document
from linewise.declaration import declaration

if TYPE_CHECKING:
    from layout import AccessProfile, Proposal, Record

# As `layout.goals.GOALS` has them: importing that costs what `--help` should not.
GOALS = ("bytes", "lines", "hot", "writers", "pointers", "weighted")


@click.command(
    epilog="Example: linewise optimize order_book.h --struct order --abi x86-64 --abi arm64"
)
@click.argument("file", metavar="FILE")
@click.option("--struct", "name", required=True, metavar="NAME", help="The record to reorder.")
@abi_option
@click.option(
    "--goal",
    type=click.Choice(GOALS),
    help="What to order for.  [default: lines with a scenario, hot with --hot, else bytes]",
)
@click.option(
    "--scenario",
    metavar="FILE.toml",
    help="Who uses which fields and how often: what lines, hot, writers and weighted look at.",
)
@click.option(
    "--hot", multiple=True, metavar="A,B", help="Fields used most, instead of a scenario."
)
@click.option(
    "--weights",
    metavar="lines=N,...",
    help="Prices for the goal weighted: bytes, lines, sharing, hot, pointers.",
)
@click.option(
    "--pin", multiple=True, metavar="NAME=WHERE", help="A field goes first, last, or keeps offset."
)
@click.option("--prefix", type=int, default=0, metavar="N", help="The first N fields stay.")
@click.option("--keep-together", multiple=True, metavar="A,B", help="Fields that lie side by side.")
@click.option("--keep-order", multiple=True, metavar="A,B", help="Fields that stay in this order.")
@click.option(
    "--across",
    type=click.Choice(["worst", "mean"]),
    default="worst",
    help="With several ABIs, which cost counts.  [default: worst]",
)
@click.option(
    "--min-gain",
    default="0",
    metavar="N|N%",
    help="Below this gain (bytes, or the goal's unit) the order stays as it is.",
)
@click.option("--array", is_flag=True, help="Records lie side by side in an array.")
@click.option(
    "--base-align",
    type=int,
    metavar="N",
    help="Alignment of what holds the records, bytes.  [default: a cache line]",
)
@json_option
@source_options
def command(
    file: str,
    name: str,
    abis: tuple[str, ...],
    as_json: bool,
    options: SourceOptions,
    **asked: Any,
) -> int:
    """Propose an order for a record's fields: least bytes, or best for what is done with them."""
    import layout

    source = read_source(file, options)
    records = select_records(source, name)
    if len(records) > 1:
        names = ", ".join(record.name for record in records)
        raise click.UsageError(f"{name!r} matches {len(records)} records ({names}); name one")
    profile = _profile(records[0], asked["scenario"], asked["hot"])
    goal = asked["goal"] or ("hot" if asked["hot"] else "lines" if asked["scenario"] else "bytes")
    proposal = layout.optimize(
        records[0],
        targets_of(source, file, abis, options),
        goal=goal,
        profile=profile,
        constraints=_constraints(asked),
        weights=layout.Weights(**_prices(asked["weights"])) if asked["weights"] else None,
        base_align=asked["base_align"],
        array=asked["array"],
    )
    if as_json:
        emit_json("optimize", 1, _document(file, proposal))
    else:
        print("\n".join(_text(file, proposal)))
    return 0


def _profile(record: Record, scenario: str | None, hot: tuple[str, ...]) -> AccessProfile | None:
    """What a scenario does with the record, or one operation that reads the fields named."""
    from layout import AccessProfile, Operation

    if scenario is not None:
        if hot:
            raise click.UsageError("--hot and --scenario both say what is used; give one")
        from linewise.scenario import load_scenario

        return load_scenario(scenario).profile(record.name)
    if not hot:
        return None
    return AccessProfile((Operation("hot", 1, None, frozenset(_split(hot)), frozenset()),))


def _constraints(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "prefix": asked["prefix"],
        "pin": dict(_pair("--pin", one, "first, last or offset") for one in asked["pin"]),
        "together": [_split((group,)) for group in asked["keep_together"]],
        "in_order": [_split((group,)) for group in asked["keep_order"]],
        "across": asked["across"],
        "min_gain": asked["min_gain"],
    }


def _prices(text: str) -> dict[str, float]:
    known = ("bytes", "lines", "sharing", "hot", "pointers")
    prices = {}
    for one in _split((text,)):
        name, value = _pair("--weights", one, "a number")
        try:
            prices[name] = float(value)
        except ValueError:
            raise click.UsageError(f"--weights: {value!r} is not a number") from None
        if name not in known:
            raise click.UsageError(f"--weights: no price {name!r}; known are {', '.join(known)}")
    return prices


def _pair(option: str, text: str, what: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise click.UsageError(f"{option} {text!r}; give NAME={what}")
    return name, value


def _split(texts: tuple[str, ...]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


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
        "gap": proposal.gap,
        "proof": proposal.proof,
        "before": [layout_document(placed) for placed in proposal.before],
        "after": [layout_document(placed) for placed in proposal.after],
    }


def _text(path: str, proposal: Proposal) -> Iterator[str]:
    from layout.goals import GOALS as ROWS

    yield f"{paint(proposal.record.name, 'bold')}  {paint(f'{path}:{proposal.record.line}', 'dim')}"
    for before, after in zip(proposal.before, proposal.after, strict=True):
        lines = f"{before.lines} → {after.lines}" if after.lines != before.lines else after.lines
        unit = "line" if lines == 1 else "lines"
        yield f"  {before.abi}: {change(before.size, after.size)} bytes, {lines} {unit}"
    if proposal.goal != "bytes":
        row = ROWS[proposal.goal]
        cost = change(proposal.cost_before, proposal.cost_after, 3)
        yield f"  cost for {row.title}: {cost} {row.unit}"
    yield f"  {_proof(proposal)}"
    if not proposal.changed:
        yield "  The order as written stays."
        return
    yield ""
    yield declaration(proposal.record, proposal.after[0])


def _proof(proposal: Proposal) -> str:
    """In plain words: nothing to order, proven, or how much might still be saved."""
    if len(proposal.order) < 2:
        return "one member: there is nothing to order" if proposal.order else (
            "no members: there is nothing to order"
        )  # fmt: skip
    if not proposal.changed and proposal.gap and "threshold" in proposal.proof:
        return proposal.proof
    if not proposal.gap:
        return f"proven: {proposal.proof}"
    least = f"at least {proposal.bound:,.3f}".removesuffix(".000")
    return f"not proven: {proposal.proof}; {least}, so at most {proposal.gap:.0%} more to save"
