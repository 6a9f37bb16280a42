"""``optimize``: another order for a record's members, and how good it is known to be.

`layout.goals` lists what an order can be good for, `layout.bytesearch` finds the shortest one,
`layout.affinity` the one of least cost under prices and a profile. Whatever a search claims is
checked afterwards against the record as `place` lays it (`layout.confirm`): what that does not
confirm is not proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layout.abis import find_abi
from layout.atoms import Atom, Problem, arrange, reorder
from layout.bytesearch import least_bytes
from layout.confirm import confirmed
from layout.constraints import Constraints
from layout.errors import LayoutError
from layout.goals import GOALS, Weights, goal_of
from layout.model import Abi, Field, Layout, Proposal, Record
from layout.place import Placer
from layout.profile import AccessProfile

__all__ = ["GOALS", "Request", "optimize", "propose"]

UNION = "the members of a union all lie at offset 0: no order changes anything"
UNCONFIRMED = "placing the record does not confirm what the search assumes"


def optimize(
    record: Record,
    abis: Sequence[str | Abi] | str | Abi,
    *,
    goal: str = "bytes",
    profile: AccessProfile | None = None,
    constraints: Constraints | Mapping[str, Any] | None = None,
    weights: Weights | None = None,
    base_align: int | None = None,
    array: bool = False,
) -> Proposal:
    """The best order of a record's members for a goal, with its layouts and the proof.

    ``goal`` is a row of `layout.goals.GOALS`; all but "bytes" and "pointers" look at ``profile``,
    "weighted" at ``weights``. ``constraints`` is a `Constraints`, or a mapping of its fields. With
    several ABIs the worst one counts, or their mean when the constraints say so. ``base_align``:
    bytes that the record's start is a multiple of, a cache line unless given; ``array``: whether
    other records lie before it, so that its own size decides too where it starts on a line. The
    cost is the mean over all such places.

    Deterministic, and among equals the order nearest to the author's. Raises LayoutError, one line,
    for an unknown goal, ABI or member, for constraints that contradict each other, a missing
    profile or price, and what `place` refuses.
    """
    rules = Constraints.of(constraints)
    prices = goal_of(goal, weights, profiled=profile is not None)
    names = [abis] if isinstance(abis, str | Abi) else list(abis)
    if not names:
        raise LayoutError("no ABI to optimise for; name one")
    if base_align is not None and (base_align < 1 or base_align & (base_align - 1)):
        raise LayoutError(f"base alignment {base_align} is not a power of two; give 16, say")
    placers = [Placer(find_abi(name)) for name in names]
    before = tuple(placer.place(record) for placer in placers)
    if record.language == "cpp":
        from layout.itanium.movable import check_movable

        check_movable(record)
    request = Request(record, placers, before, goal, rules)
    if goal != "bytes":
        from layout.affinity import optimize_cost

        where = (base_align, array)
        return optimize_cost(request, prices, profile or AccessProfile(()), where)
    if record.kind == "union":
        cost = _mean_or_worst(request, [layout.size for layout in before])
        return request.unchanged(cost, cost, UNION)
    return _least_bytes(request)


class Request:
    """What is asked of a search: a record that was placed on each ABI already."""

    def __init__(
        self,
        record: Record,
        placers: Sequence[Placer],
        before: tuple[Layout, ...],
        goal: str,
        constraints: Constraints,
    ) -> None:
        self.record = record
        self.placers = placers
        self.before = before
        self.goal = goal
        self.constraints = constraints

    def problem(self) -> Problem:
        """The atoms of a struct, and the rules over them."""
        return Problem.of(self.record, self.placers, self.before, self.constraints)

    def unchanged(self, cost: float, bound: float, proof: str) -> Proposal:
        """A proposal to leave the record as it is."""
        return propose(self, self.record, (cost, cost, bound), proof)


def propose(
    request: Request, record: Record, costs: tuple[float, float, float], proof: str
) -> Proposal:
    """A proposal for the reordered ``record``; ``costs`` are before, after and the bound."""
    return Proposal(
        record=record,
        order=tuple(_name(field) for field in record.fields),
        before=request.before,
        after=tuple(placer.place(record) for placer in request.placers),
        goal=request.goal,
        cost_before=costs[0],
        cost_after=costs[1],
        bound=costs[2],
        proof=proof,
        changed=record.fields != request.record.fields,
    )


def decide(
    request: Request,
    problem: Problem,
    order: Sequence[Atom],
    costs: tuple[float, float, float],
    proof: str,
) -> Proposal:
    """The proposal for what a search found, or to keep the author's order: when it is as good,
    when the gain is below the threshold, or when nothing confirms the costs."""
    cost, after, bound = costs
    authored = list(problem.atoms)
    if list(order) == authored:
        return request.unchanged(cost, min(bound, cost), proof)
    least = request.constraints.threshold(cost)
    if least > 0 and cost - after < least and problem.permits(authored):
        saved = f"a gain of {_figure(cost - after)} is below the threshold of {_figure(least)}"
        return request.unchanged(cost, min(bound, cost), saved)
    return propose(request, reorder(request.record, order, problem.last), costs, proof)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}"


def _name(field: Field) -> str:
    return field.name if field.name is not None else "<anonymous>"


def _mean_or_worst(request: Request, costs: Sequence[float]) -> float:
    worst = request.constraints.across == "worst"
    return max(costs) if worst else sum(costs) / len(costs)


def _least_bytes(request: Request) -> Proposal:
    problem = request.problem()
    authored = list(problem.atoms)
    sizes = problem.measure(authored)
    cost = problem.overall(sizes)
    if not confirmed(request.record, request.placers, request.before):
        return request.unchanged(cost, 0.0, UNCONFIRMED)
    if not problem.permits(authored):
        arrange(problem, authored)  # raises when nothing is allowed
    order, least, proof = least_bytes(problem)
    after = problem.measure(order)
    if problem.permits(authored) and problem.score(after) == problem.score(sizes):
        order = authored
        proof = proof if problem.score(least) < problem.score(sizes) else ALREADY + proof
    better = reorder(request.record, order, problem.last)
    placed = [placer.place(better) for placer in request.placers]
    if not confirmed(better, request.placers, placed):
        return request.unchanged(cost, 0.0, UNCONFIRMED)
    costs = (cost, problem.overall(after), problem.overall(least))
    return decide(request, problem, order, costs, proof)


ALREADY = "already minimal: "
