"""The recorded trace of examples/traces, counted by plain means and by the plain model."""

import lzma
from collections import Counter
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from cachesim import Kind, Trace, load_machine, open_trace, replay
from tests.cachesim.trace_files import plain_lackey, rows_of
from tests.oracles.cache import COUNTS, access, empty_model

PATH = Path(__file__).resolve().parent.parent.parent / "examples/traces/order_book.lackey.xz"
FIRST = 200_000
LETTERS = {"I ": Kind.FETCH, " L": Kind.READ, " S": Kind.WRITE, " M": Kind.MODIFY}
# `xz -dc order_book.lackey.xz | cut -c1-2 | sort | uniq -c`
GOLDEN = {"I ": 2_723_923, " L": 377_492, " S": 609_644, " M": 42_972}


@pytest.fixture(scope="module")
def chunks():
    with open_trace(PATH) as reader:
        assert reader.format == "lackey"
        return list(reader)


def test_the_file_holds_nothing_but_records():
    with lzma.open(PATH, "rt", encoding="ascii") as lines:
        letters = Counter(line[:2] for line in lines)
    assert letters == GOLDEN


def test_every_record_arrives_with_its_kind(chunks):
    kinds = sum(np.bincount(chunk.kind, minlength=5) for chunk in chunks)
    assert {letters: kinds[kind] for letters, kind in LETTERS.items()} == GOLDEN
    assert sum(map(len, chunks)) == sum(GOLDEN.values())


def test_its_beginning_is_what_the_text_says(chunks):
    rows = [row for chunk in first(chunks, FIRST) for row in rows_of([chunk])]
    assert rows == plain_lackey(beginning())


def beginning():
    with lzma.open(PATH, "rt", encoding="ascii") as lines:
        return "".join(islice(lines, FIRST))


@pytest.mark.parametrize("name", ["zen2", "cortex-a72"])
def test_its_beginning_is_replayed_as_the_plain_model_does(chunks, name):
    machine = load_machine(name)
    model = empty_model(
        [
            {"name": c.name, "sets": c.sets, "ways": c.ways, "line": c.line, "private": c.private}
            for c in machine.caches
        ]
    )
    for address, size, kind in plain_lackey(beginning()):
        access(model, address, size, kind)
    result = replay(first(chunks, FIRST), machine)
    assert result.accesses == FIRST
    for level, counts in zip(result.levels, model["counts"], strict=True):
        assert {count: getattr(level, count) for count in COUNTS} == counts, level.name
    assert result.memory_accesses == model["memory_accesses"]
    assert result.memory_writebacks == model["memory_writebacks"]


def first(chunks, rows):
    """The first rows, cut where the chunks end."""
    for chunk in chunks:
        if rows:
            part: Trace = chunk[:rows]
            rows -= len(part)
            yield part
