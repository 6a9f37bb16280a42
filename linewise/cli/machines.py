"""``linewise machines``: the processors in the house, with where each number comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

from linewise.cli.output import count, emit_json, json_option, paint, table

if TYPE_CHECKING:
    from cachesim import Machine


@click.command(epilog="Example: linewise machines zen2")
@click.argument("name", required=False, metavar="[NAME|FILE]")
@json_option
def command(name: str | None, as_json: bool) -> int:
    """List the machines, or show one with the source of each of its numbers."""
    import cachesim

    names = [name] if name is not None else list(cachesim.machine_names())
    machines = [cachesim.load_machine(one) for one in names]
    if as_json:
        documents = [_document(machine) for machine in machines]
        emit_json("machines", 1, {"machines": documents})
    elif name is not None:
        print("\n".join(_one(machines[0])))
    else:
        print("\n".join(_list(machines)))
    return 0


def _document(machine: Machine) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(machine)
    for cache, spec in zip(document["caches"], machine.caches, strict=True):
        cache["size"] = spec.size
    return document


def _cycles(value: float | None) -> str:
    return "unknown" if value is None else f"{value:g}"


def _list(machines: list[Machine]) -> list[str]:
    rows = []
    for machine in machines:
        caches = ", ".join(
            f"{spec.name} {spec.size // 1024:,} KiB/{spec.ways}" for spec in machine.caches
        )
        rows.append((machine.name, machine.title, machine.abi, caches))
    return table(("machine", "processor", "ABI", "caches (size/ways)"), rows, left=(0, 1, 2, 3))


def _one(machine: Machine) -> list[str]:
    rows = [
        (
            spec.name,
            count(spec.size),
            count(spec.sets),
            str(spec.ways),
            str(spec.line),
            spec.replacement,
            _cycles(spec.latency_cycles),
            "each core" if spec.private else "all cores",
            "; ".join(spec.source) or "none",
        )
        for spec in machine.caches
    ]
    head = ("cache", "bytes", "sets", "ways", "line", "policy", "cycles", "owner", "source")
    return [
        f"{paint(machine.name, 'bold')}  {machine.title}  {machine.abi}",
        *table(head, rows, left=(0, 5, 7, 8)),
        f"  memory: {_cycles(machine.memory_latency_cycles)} cycles",
        *(f"  {line}" for line in machine.notes),
    ]
