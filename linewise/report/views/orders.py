"""The proposed order as text for copying, and how good it is known to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linewise.declaration import declaration
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change, decimal
from linewise.score import RecordChange, Run


@dataclass(frozen=True, slots=True)
class OrderView:
    """One record's new declaration."""

    name: str
    source: str
    changed: bool
    code: str
    proof: str
    goal: str
    cost: Change
    bound: str
    optimal: bool


def view(run: Run, drawings: Mapping[str, Drawing]) -> tuple[OrderView, ...]:  # noqa: ARG001
    """Every record; those that stay as written say so."""
    views = [_order(change) for change in run.changes]
    return tuple(sorted(views, key=lambda one: not one.changed))


def _order(change: RecordChange) -> OrderView:
    proposal = change.proposal
    return OrderView(
        name=change.name,
        source=change.source,
        changed=proposal.changed,
        code=declaration(proposal.record, change.after[0]),
        proof=proposal.proof,
        goal=proposal.goal,
        cost=Change(proposal.cost_before, proposal.cost_after),
        bound=_figure(proposal.bound),
        optimal=proposal.cost_after <= proposal.bound,
    )


def _figure(value: float) -> str:
    return decimal(value, 0 if float(value).is_integer() else 2)
