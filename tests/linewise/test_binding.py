"""Binding: every access lands where the object's address and the field's offset say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import layout
from allocator import HEAPS, make_heap
from cachesim import Kind
from linewise.binding import Binding, bind
from linewise.errors import LinewiseError
from linewise.workload import COLUMNS, Events, FieldRef, Operation

RECORDS = layout.layouts(
    "struct a { char tag; double x; short s[3]; }; struct b { int n; };",
    abi="x86_64-linux-gnu",
)
FIELDS = (FieldRef(0, "x"), FieldRef(0, "s[1]"), FieldRef(1, "n"))
PLACES = ((8, 8), (18, 2), (0, 4))  # offset and size, by hand
SIZES = (24, 4)


class Listed:
    """A workload from rows: (operation, thread, object, type, field, value)."""

    name, types, fields, sites = "listed", ("struct a", "struct b"), FIELDS, ()
    threads, length = 4, None

    def __init__(self, *chunks, objects=8):
        self._chunks, self.objects = chunks, objects

    def chunks(self):
        names = ("operation", "thread", "object", "type", "field", "value")
        for rows in self._chunks:
            columns = zip(*rows, strict=True) if rows else ([] for _ in names)
            yield Events(**{
                name: np.array(list(column), COLUMNS[name])
                for name, column in zip(names, columns, strict=True)
            })  # fmt: skip


def bound(workload, heap="bump"):
    out = []
    for trace in bind(workload, RECORDS, make_heap(heap)):
        columns = (trace.address, trace.size, trace.kind, trace.thread, trace.tag)
        out += zip(*(column.tolist() for column in columns), strict=True)
    return out


def alloc(number, kind=0, elements=1, thread=0):
    return (Operation.ALLOC, thread, number, kind, -1, elements)


def access(number, field, operation=Operation.READ, element=0, thread=0):
    return (operation, thread, number, FIELDS[field].type, field, element)


def test_an_access_is_at_the_address_plus_the_offset_with_the_field_as_tag():
    workload = Listed([alloc(0), access(0, 0), access(0, 1, Operation.WRITE, thread=2)])
    (x, s) = bound(workload)
    assert s[0] - x[0] == 18 - 8
    assert x[1:] == (8, Kind.READ, 0, 0)
    assert s[1:] == (2, Kind.WRITE, 2, 1)


def test_an_element_of_an_array_object_is_a_whole_record_further():
    workload = Listed([alloc(0, elements=5), access(0, 1), access(0, 1, element=3)])
    first, fourth = bound(workload)
    assert fourth[0] - first[0] == 3 * 24


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (Operation.READ, Kind.READ),
        (Operation.WRITE, Kind.WRITE),
        (Operation.READ_MODIFY_WRITE, Kind.MODIFY),
        (Operation.ATOMIC, Kind.ATOMIC),
        (Operation.POINTER_STORE, Kind.WRITE),
    ],
)
def test_each_operation_becomes_its_kind_of_access(operation, kind):
    workload = Listed([alloc(0), (operation, 0, 0, 0, 0, 0)])
    assert bound(workload)[0][2] == kind


def test_the_value_of_a_pointer_store_is_its_target_and_not_an_element():
    store = (Operation.POINTER_STORE, 0, 0, 0, 0, 3)
    stored, read = bound(Listed([alloc(0, elements=5), store, access(0, 0)]))
    assert stored[0] == read[0]


def test_an_object_freed_and_allocated_again_in_one_chunk_lies_where_it_lay_at_each_access():
    free = (Operation.FREE, 0, 0, -1, -1, 0)
    workload = Listed([alloc(0), access(0, 0), free, alloc(1), alloc(0), access(0, 0)])
    before, after = bound(workload, "size-class")
    assert before[0] != after[0]
    # Object 1 took the block that object 0 left: last freed, first reused.
    (again,) = bound(Listed([alloc(0), free, alloc(1), access(1, 0)]), "size-class")
    assert again[0] == before[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([access(0, 0)], ["event 0", "object 0", "not live"]),
        ([alloc(0), (Operation.FREE, 0, 0, -1, -1, 0), access(0, 0)], ["event 2", "not live"]),
        ([alloc(0), access(9, 0)], ["event 1", "outside"]),
        ([alloc(0), (Operation.READ, 0, 0, 0, 7, 0)], ["event 1", "field"]),
        ([alloc(0), (Operation.READ, 0, 0, 0, -1, 0)], ["event 1", "field"]),
        ([(Operation.ALLOC, 0, 0, 5, -1, 1)], ["event 0", "type"]),
        ([(200, 0, 0, 0, 0, 0)], ["event 0", "unknown operation"]),
    ],
)
def test_a_damaged_workload_is_refused_with_the_row(rows, words):
    with pytest.raises(LinewiseError) as caught:
        bound(Listed(rows))
    for word in words:
        assert word in str(caught.value)


def test_rows_are_counted_over_chunks():
    with pytest.raises(LinewiseError, match="event 3"):
        bound(Listed([alloc(0), access(0, 0)], [access(0, 1), access(1, 0)]))


def test_a_record_without_a_layout_is_refused():
    with pytest.raises(LinewiseError, match="no layout for struct b"):
        Binding(Listed(), {"struct a": RECORDS["struct a"]}, make_heap("bump"))


def test_columns_of_a_wrong_type_or_length_are_refused():
    good = {"operation": np.zeros(2, np.uint8), "thread": np.zeros(2, np.uint16)}
    with pytest.raises(LinewiseError, match="column object has the type int32"):
        Events(**good, object=np.zeros(2, np.int32))
    with pytest.raises(LinewiseError, match="column object has the shape"):
        Events(**good, object=np.zeros(3, np.int64))


@st.composite
def programs(draw):
    """Valid programs: allocations, frees and accesses of live objects, cut in chunks anywhere."""
    live, rows = {}, []
    for _ in range(draw(st.integers(0, 30))):
        number = draw(st.integers(0, 5))
        thread = draw(st.integers(0, 3))
        if number not in live:
            live[number] = draw(st.integers(0, 1)), draw(st.integers(1, 3))
            rows.append(alloc(number, *live[number], thread=thread))
        elif draw(st.booleans()):
            field = draw(
                st.sampled_from([n for n in range(3) if FIELDS[n].type == live[number][0]])
            )
            element = draw(st.integers(0, live[number][1] - 1))
            rows.append(access(number, field, element=element, thread=thread))
        else:
            del live[number]
            rows.append((Operation.FREE, thread, number, -1, -1, 0))
    cut = draw(st.integers(0, len(rows)))
    return rows, cut


@given(programs(), st.sampled_from(sorted(HEAPS)))
def test_binding_equals_walking_the_events_one_by_one(program, name):
    rows, cut = program
    heap = make_heap(name)
    where, expected = {}, []
    for operation, thread, number, kind, field, value in rows:
        if operation == Operation.ALLOC:
            where[number] = heap.malloc(SIZES[kind] * value, thread=thread)
        elif operation == Operation.FREE:
            heap.free(where.pop(number), thread=thread)
        else:
            offset, size = PLACES[field]
            at = where[number] + value * SIZES[kind] + offset
            expected.append((at, size, Kind.READ, thread, field))
    assert bound(Listed(rows[:cut], rows[cut:]), name) == expected
