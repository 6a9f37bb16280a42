"""The closed loop: every number of a score against slow plain models fed with the same accesses."""

import itertools

import pytest

import layout
import linewise
from allocator import make_heap
from cachesim import CacheError
from linewise.binding import bind
from linewise.cli import main
from linewise.cli.progress import Progress
from linewise.errors import LinewiseError
from linewise.scenario import load_scenario
from tests.oracles.cache import access, empty_model
from tests.oracles.sharing import false_sharing

HEADER = """\
struct item { char tag; long key; char flag; long cold[9]; int hits; struct item *next; };
struct stat { long n; long when; };
"""
SCENARIO = """\
name = "small"
source = "small.h"
machine = "tiny.toml"
seed = 5
threads = 2
abis = ["arm64", "x86-64"]

[heap]
name = "bump"

[[objects]]
name = "items"
type = "struct item"
count = 60

[[objects]]
name = "stats"
type = "struct stat"
count = 2
array = true

[[phases]]
name = "work"
count = 700
[[phases.operations]]
name = "find"
objects = "items"
weight = 2
order = "zipf"
threads = [0]
reads = ["key", "next", "tag"]
updates = ["hits"]
[[phases.operations]]
name = "count"
objects = "stats"
partition = true
updates = ["n"]
writes = ["when"]
"""
MACHINE = """\
name = "tiny"
abi = "x86_64-linux-gnu"
memory_latency_cycles = 100
[[caches]]
name = "L1d"
sets = 2
ways = 2
line = 64
private = true
latency_cycles = 4
[[caches]]
name = "L2"
sets = 4
ways = 2
line = 64
latency_cycles = 12
"""
LEVELS = [
    {"name": "L1d", "sets": 2, "ways": 2, "line": 64, "private": True},
    {"name": "L2", "sets": 4, "ways": 2, "line": 64, "private": False},
]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loop")
    (folder / "small.h").write_text(HEADER)
    (folder / "small.toml").write_text(SCENARIO)
    (folder / "tiny.toml").write_text(MACHINE)
    return folder / "small.toml"


@pytest.fixture(scope="module")
def said(scenario):
    return linewise.run(scenario)


def accesses_of(scenario, layouts):
    """The bound accesses as tuples, each with the time of its operation."""
    loaded = load_scenario(scenario)
    rows = []
    for trace in bind(loaded.workload(), layouts, make_heap("bump")):
        columns = (trace.time, trace.address, trace.size, trace.kind, trace.thread, trace.tag)
        rows += zip(*(column.tolist() for column in columns), strict=True)
    return loaded.workload(), rows


def test_the_bar_of_a_run_counts_operations_and_calls_them_so(scenario, monkeypatch, capsys):
    units, amounts = [], []

    class Bar(Progress):
        def __init__(self, unit):
            units.append(unit)
            super().__init__(unit)

        def update(self, stage, done, total=None, counted=None):
            amounts.append((done, total))
            super().update(stage, done, total, counted)

    monkeypatch.setattr("linewise.cli.run.Progress", Bar)
    assert main(["run", str(scenario)]) == 0
    assert "700 operations" in capsys.readouterr().out
    assert units == ["operations"]
    assert {total for _, total in amounts} == {700}


@pytest.mark.parametrize("order", ["written", "proposed"])
def test_a_score_equals_the_plain_models(scenario, said, order):
    score = getattr(said, order)
    layouts = {
        one.name: (one.before if order == "written" else one.after)[0] for one in said.changes
    }
    workload, rows = accesses_of(scenario, layouts)
    model = empty_model(LEVELS)
    for _, address, size, kind, thread, tag in rows:
        access(model, address, size, kind, thread, tag)
    assert score.accesses == len(rows) == model["accesses"]
    cycles = 0
    for level, counts in zip(score.levels, model["counts"], strict=True):
        assert level.accesses == counts["reads"] + counts["writes"]
        assert level.misses == counts["read_misses"] + counts["write_misses"]
        assert level.writebacks == counts["writebacks"]
        assert level.misses_per_thousand == pytest.approx(1000 * level.misses / len(rows))
        cycles += (level.accesses - level.misses) * {"L1d": 4, "L2": 12}[level.name]
    cycles += score.levels[-1].misses * 100
    assert score.average_access.value == pytest.approx(cycles / score.levels[0].accesses)
    assert (score.average_access.mark, score.average_access.note) == ("modelled", "")
    for field in score.fields:
        tag = next(
            number
            for number, ref in enumerate(workload.fields)
            if (workload.types[ref.type], ref.path) == (field.record, field.field)
        )
        counts = model["tags"][tag]
        assert field.reads == counts.get((0, "reads"), 0)
        assert field.writes == counts.get((0, "writes"), 0)
        assert field.misses == (counts.get((0, "misses"), 0), counts.get((1, "misses"), 0))
        assert field.heat == pytest.approx(counts["accesses"] / len(rows))
    pairs, lines = false_sharing([row[1:] for row in rows], 64)
    assert score.shared_lines == lines
    assert sum(pair.misses for pair in score.sharing) == sum(misses for _, misses in pairs.values())
    operations = itertools.groupby(rows, key=lambda row: row[0])
    touched = [
        len(
            {
                line
                for _, at, size, *_ in group
                for line in range(at // 64, (at + size - 1) // 64 + 1)
            }
        )
        for _, group in operations
    ]
    assert score.lines_per_operation.value == pytest.approx(sum(touched) / len(touched))


def test_both_orders_see_the_same_operations_and_the_proposal_gains(said):
    assert said.written.accesses == said.proposed.accesses
    assert said.proposed.average_access.value < said.written.average_access.value
    assert said.abis == ("x86_64-linux-gnu", "aarch64-linux-gnu")
    (item, stat) = said.changes
    assert item.proposal.changed
    assert not stat.proposal.changed
    assert item.after[0].size < item.before[0].size
    assert {name for one in said.proposed.sharing for name in (one.field, one.other_field)} == {
        "n", "when",
    }  # fmt: skip


def test_bytes_of_a_record_are_those_of_its_layout_and_heap(said):
    item, stat = said.written.records
    placed = said.changes[0].before[0]
    assert (item.objects, item.size) == (60, placed.size)
    assert item.heap_bytes == -(-placed.size // 16) * 16
    assert (stat.objects, stat.size, stat.heap_bytes) == (2, 16, 16)
    # One behind the other from an address that is a multiple of the line.
    starts = [number * item.heap_bytes for number in range(60)]
    spans = [(at + placed.size - 1) // 64 - at // 64 + 1 for at in starts]
    assert item.lines_spanned == pytest.approx(sum(spans) / 60)
    assert stat.lines_spanned == 1


def test_a_run_is_the_same_again(scenario, said):
    again = linewise.run(scenario, machine=scenario.parent / "tiny.toml")
    assert again.written == said.written
    assert again.proposed == said.proposed


def test_progress_reaches_the_last_operation(scenario):
    calls = []
    linewise.run(
        scenario,
        machine=scenario.parent / "tiny.toml",
        progress=lambda stage, done, total: calls.append((stage, done, total)),
    )
    done = [at for _, at, _ in calls]
    assert done == sorted(done)
    assert calls[-1] == ("replaying", 700, 700)


@pytest.mark.parametrize(
    ("text", "machine", "error", "words"),
    [
        (SCENARIO.replace('"bump"', '"bumb"'), None, LinewiseError, ["small2.toml", "bump"]),
        (
            SCENARIO.replace('name = "bump"', 'name = "bump"\noptions = { arena = 5 }'),
            None,
            LinewiseError,
            ["small2.toml", "arena = 5"],
        ),
        (
            SCENARIO.replace('name = "bump"', 'name = "bump"\noptions = { arena = 4096 }'),
            None,
            LinewiseError,
            ["small2.toml", "event 36", "used up", "larger arena"],
        ),
        (SCENARIO, "zen9", CacheError, ["zen9"]),
    ],
)
def test_a_mistake_in_heap_or_machine_is_named(scenario, text, machine, error, words):
    path = scenario.parent / "small2.toml"
    path.write_text(text)
    with pytest.raises(error) as caught:
        linewise.run(path, machine=machine or scenario.parent / "tiny.toml")
    for word in words:
        assert word in str(caught.value)


def test_the_layouts_are_those_of_place(said):
    for one in said.changes:
        for before, abi in zip(one.before, said.abis, strict=True):
            assert before == layout.place(before.record, abi)
