"""Scenarios: what a file may say, the events it means, the answer to every mistake."""

from collections import Counter

import numpy as np
import pytest

from linewise.errors import LinewiseError
from linewise.scenario import load_scenario
from linewise.scenario.generate import CHUNK
from linewise.scenario.orders import ORDERS
from linewise.workload import Operation

HEADER = """\
struct item { int hot; char pad[100]; int cold; struct { int x, y; } at; int list[4]; };
struct stat { long n; };
struct lost { unknown_t what; };
"""
FILE = """\
name = "test"
source = "test.h"
seed = 3
threads = 3

[[objects]]
name = "items"
type = "struct item"
count = 10
threads = [0, 1]

[[objects]]
name = "stats"
type = "struct stat"
count = 3
array = true

[[phases]]
name = "fill"
count = 10
[[phases.operations]]
name = "write"
objects = "items"
order = "sequential"
threads = [0]
writes = ["hot", "cold"]

[[phases]]
name = "work"
count = 1000
[[phases.operations]]
name = "read"
objects = "items"
weight = 3
order = "zipf"
threads = [1, 2]
reads = ["hot", "at.x", "list[2]"]
[[phases.operations]]
name = "count"
objects = "stats"
partition = true
updates = ["n"]
"""


@pytest.fixture
def write(tmp_path):
    """Write the scenario with some text replaced; every replacement must apply."""
    (tmp_path / "test.h").write_text(HEADER)

    def written(*pairs):
        text = FILE
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "test.toml"
        path.write_text(text)
        return path

    return written


def rows(path):
    """Every event of a scenario: (operation, thread, object, time, field's path, value)."""
    workload = load_scenario(path).workload()
    out = []
    for events in workload.chunks():
        columns = zip(
            events.operation, events.thread, events.object, events.time, events.field,
            events.value, strict=True,
        )  # fmt: skip
        for operation, thread, number, time, field, value in columns:
            path_ = workload.fields[field].path if field >= 0 else None
            out.append((int(operation), int(thread), int(number), int(time), path_, int(value)))
    return out


def test_objects_are_allocated_first_by_their_threads_in_turn(write):
    allocated = [row for row in rows(write()) if row[0] == Operation.ALLOC]
    assert [(thread, number) for _, thread, number, *_ in allocated[:10]] == [
        (number % 2, number) for number in range(10)
    ]
    assert allocated[10] == (Operation.ALLOC, 0, 10, 0, None, 3)  # one array of three
    assert len(allocated) == 11


def test_a_sequential_operation_visits_each_object_in_turn(write):
    filled = rows(write())[11:31]
    expected = [
        (Operation.WRITE, 0, number, number + 1, path, 0)
        for number in range(10)
        for path in ("hot", "cold")
    ]
    assert filled == expected


def test_the_accesses_of_an_operation_are_contiguous_and_share_its_time(write):
    work = rows(write())[31:]
    times = [row[3] for row in work]
    assert times == sorted(times)
    assert set(times) == set(range(11, 1011))
    by_time = Counter(times)
    assert set(by_time.values()) == {1, 3}


def test_operations_are_mixed_by_their_weights(write):
    reads = {row[3] for row in rows(write())[31:] if row[0] == Operation.READ}
    assert 700 < len(reads) < 800  # 750 expected, standard deviation 14


def test_threads_take_turns_and_a_partition_keeps_each_to_its_own(write):
    work = rows(write())[31:]
    assert {row[1] for row in work if row[0] == Operation.READ} == {1, 2}
    counted = [row for row in work if row[0] == Operation.READ_MODIFY_WRITE]
    assert {row[1] for row in counted} == {0, 1, 2}
    assert all(row[1] == row[5] for row in counted)  # thread k has element k
    assert {row[2] for row in counted} == {10}


def test_the_same_seed_gives_the_same_events_and_another_does_not(write):
    first = rows(write())
    assert rows(write()) == first
    assert rows(write(("seed = 3", "seed = 4"))) != first


def test_replacing_frees_and_allocates_before_the_access(write):
    path = write(('order = "sequential"\n', 'order = "sequential"\nreplace = true\n'))
    filled = rows(path)[11:15]
    assert [row[0] for row in filled] == [
        Operation.FREE, Operation.ALLOC, Operation.WRITE, Operation.WRITE,
    ]  # fmt: skip
    assert [row[2] for row in filled] == [0] * 4
    assert filled[1][5] == 1


def test_chunks_are_bounded_whatever_the_length(write):
    workload = load_scenario(write(("count = 1000", f"count = {5 * CHUNK}"))).workload()
    chunks = [len(events) for events in workload.chunks()]
    assert max(chunks) <= 3 * CHUNK
    assert sum(chunks) > 5 * CHUNK


def test_the_profile_weighs_operations_and_tells_threads_apart(write):
    scenario = load_scenario(write())
    write_, read = scenario.profile("struct item").operations
    assert (write_.weight, write_.thread, write_.writes) == (10, 0, {"hot", "cold"})
    assert (read.weight, read.thread, read.reads) == (750, None, {"hot", "at", "list"})
    (count,) = scenario.profile("struct stat").operations
    assert count.weight == 250
    assert count.thread is not None  # each thread keeps to its own objects
    assert count.thread not in range(3)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("count", [1, 2, 17])
def test_every_order_stays_within_its_objects(order, count):
    picker = ORDERS[order](count, np.random.default_rng(1), 1.2)
    taken = np.concatenate([picker.take(3), picker.take(0), picker.take(1000)])
    assert len(taken) == 1003
    assert set(taken.tolist()) == set(range(count))


def test_a_linked_order_visits_all_once_per_round_in_one_fixed_order():
    picker = ORDERS["linked"](50, np.random.default_rng(1), 1.0)
    first = picker.take(50).tolist()
    assert sorted(first) == list(range(50))
    assert first != list(range(50))
    assert picker.take(50).tolist() == first


@pytest.mark.parametrize("exponent", [0.0, 0.7, 1.0, 1.3, 2.5])
def test_zipf_draws_in_proportion_to_the_power_of_the_rank(exponent):
    number, count = 200_000, 40
    taken = ORDERS["zipf"](count, np.random.default_rng(5), exponent).take(number)
    counts = np.sort(np.bincount(taken, minlength=count))[::-1]
    expected = np.arange(1, count + 1) ** -exponent
    expected *= number / expected.sum()
    # Chi squared with 39 degrees of freedom passes 75 once in 2,000 times. Sorting the counts
    # makes a flat distribution look steeper than it is, hence the wider bound for exponent 0.
    statistic = float(((counts - expected) ** 2 / expected).sum())
    assert statistic < (75 if exponent else 110)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"hot", "cold"', '"hto"', ["phases[0].operations[0].writes[0]", "'hto'", "'hot'"]),
        ('"at.x"', '"at.z"', ["phases[1].operations[0].reads[1]", "at.z"]),
        ('"list[2]"', '"list[4]"', ["reads[2]", "list[4]"]),
        ('objects = "items"', 'objects = "itmes"', ["operations[0]", "'itmes'", "'items'"]),
        ('"struct item"', '"struct itm"', ["objects[0]", "'struct itm'", "'struct item'"]),
        ('"struct item"', '"struct lost"', ["objects[0]", "struct lost", "unknown_t"]),
        ("threads = [0, 1]", "threads = [0, 3]", ["objects[0]", "thread 3", "0 to 2"]),
        ("threads = [1, 2]", "threads = [-1]", ["phases[1].operations[0]", "thread -1"]),
        ('name = "stats"', 'name = "items"', ["objects[1]", "second group", "'items'"]),
        ("count = 10\n", "count = 0\n", ["objects[0]", "count = 0"]),
        ("count = 10\n", "count = 1000000000000\n", ["objects[0]", "count = 1000000000000"]),
        ("count = 1000\n", "count = -5\n", ["phases[1]", "count = -5"]),
        ("weight = 3", "weight = nan", ["phases[1].operations[0]", "weight = nan"]),
        ("weight = 3", "wieght = 3", ["phases[1].operations[0]", "wieght"]),
        ('order = "zipf"', 'order = "gauss"', ["phases[1].operations[0].order", "gauss"]),
        ('updates = ["n"]', "", ["phases[1].operations[1]", "fields used = 0"]),
        ("seed = 3", 'seed = "three"', ["seed"]),
        ("threads = 3", "threads = 0", ["threads = 0"]),
        ('source = "test.h"\n', "", ["source"]),
        ("partition = true", "replace = true", ["phases[1].operations[1]", "one array"]),
        ("count = 3\n", "count = 2\n", ["phases[1].operations[1]", "3 threads share 2"]),
        ("seed = 3", 'abis = ["vax"]', ["abis[0]", "vax"]),
        ("[[phases]]", "[phases", ["TOML"]),
    ],
)
def test_every_mistake_names_the_file_the_place_and_what_is_wrong(write, old, new, words):
    with pytest.raises(LinewiseError) as caught:
        load_scenario(write((old, new)))
    said = str(caught.value)
    assert said.startswith("test.toml: ")
    assert "\n" not in said
    for word in words:
        assert word in said
