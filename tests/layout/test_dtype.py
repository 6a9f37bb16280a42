"""NumPy's structured dtypes are records, and layouts are dtypes."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import layout
from layout.sources.dtype import host_abi
from tests.layout.generate import Generator

SCALARS = ("?", "i1", "u2", "<i4", ">i4", "u8", "f2", "f4", "f8", "c8", "c16", "g", "S5", "V3",
           "U2", "M8[ns]", "m8[s]", "O")  # fmt: skip


def random_dtype(dice: random.Random, depth: int) -> np.dtype[Any]:
    fields: list[Any] = []
    for at in range(dice.randint(1, 6)):
        kind: Any = dice.choice(SCALARS)
        if depth and dice.random() < 0.25:
            kind = random_dtype(dice, depth - 1)
        shape = (dice.choice(((2,), (3, 2), (1,))),) if dice.random() < 0.2 else ()
        fields.append((f"f{at}", kind, *shape))
    return np.dtype(fields, align=dice.random() < 0.6)


@pytest.mark.parametrize("seed", range(4))
def test_a_dtype_lies_as_its_record_is_placed(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(150):
        dtype = random_dtype(dice, 2)
        record = layout.from_dtype(dtype)
        placed = layout.place(record, host_abi())
        fields = dtype.fields
        assert fields is not None
        wanted = [(name, fields[name][1], fields[name][0].itemsize) for name in dtype.names or ()]
        assert [(one.name, one.offset, one.size) for one in placed.fields] == wanted
        assert placed.size == dtype.itemsize
        if dtype.isalignedstruct:
            assert placed.align == dtype.alignment


@pytest.mark.parametrize("seed", range(3))
def test_a_layout_becomes_a_dtype_with_the_same_offsets(seed: int) -> None:
    made = 0
    for record in layout.read_text(Generator(seed).unit(120).text).records.values():
        placed = layout.place(record, "x86-64")
        try:
            dtype = layout.to_dtype(placed)
        except layout.LayoutError as error:
            if "bit-field" not in str(error):
                raise
            continue
        assert dtype.itemsize == placed.size
        found = {} if dtype.fields is None else dtype.fields
        assert {name: entry[1] for name, entry in found.items()} == {
            field.name: field.offset for field in placed.fields
        }
        sizes = {field.name: field.size for field in placed.fields}
        assert {name: entry[0].itemsize for name, entry in found.items()} == sizes
        made += 1
    assert made > 40


def test_there_and_back_is_the_same_dtype() -> None:
    inner = np.dtype([("x", "f4"), ("y", "f8")], align=True)
    aligned = np.dtype([("a", "u1"), ("b", inner, (2,)), ("s", "S6"), ("p", "i8")], align=True)
    packed = np.dtype([("a", "u1"), ("b", "i4"), ("c", "?")])
    for dtype in (aligned, packed):
        again = layout.to_dtype(layout.place(layout.from_dtype(dtype), host_abi()))
        assert again == dtype
        assert again.isalignedstruct == dtype.isalignedstruct


def test_an_aligned_dtype_is_shortened_and_a_go_struct_becomes_one() -> None:
    dtype = np.dtype([("a", "u1"), ("b", "i8"), ("c", "u1")], align=True)
    proposal = layout.optimize(layout.from_dtype(dtype, name="row"), host_abi())
    after = layout.to_dtype(proposal.after[0])
    assert (dtype.itemsize, after.itemsize, after.names) == (24, 16, ("b", "a", "c"))
    text = "package p\ntype S struct { n int; s string; ok bool; _ [3]byte; p *int }"
    go = layout.to_dtype(layout.layouts(text, language="go")["S"])
    assert (go.itemsize, go["s"].itemsize, go["p"].str, go["n"].str) == (40, 16, "<u8", "<i8")


@pytest.mark.parametrize(
    ("dtype", "fragment"),
    [
        (np.dtype("i4"), "has no fields"),
        (np.dtype({"names": ["a", "b"], "formats": ["i4", "i4"], "offsets": [0, 2]}),
         "field 'b' overlaps"),
        (np.dtype({"names": ["a", "b"], "formats": ["i4", "i4"], "offsets": [0, 7]}),
         "field 'b' lies at 7, a C struct has it at 4"),
        (np.dtype({"names": ["a"], "formats": ["i4"], "offsets": [0], "itemsize": 7}),
         "its size is 7, a C struct's 4"),
        (np.dtype([("a", np.dtype({"names": ["x"], "formats": ["i1"], "offsets": [3]}))]),
         "field 'x' lies at 3"),
    ],
)  # fmt: skip
def test_a_dtype_that_no_c_record_has_is_refused(dtype: np.dtype[Any], fragment: str) -> None:
    with pytest.raises(layout.LayoutError, match=r"^dtype: ") as caught:
        layout.from_dtype(dtype)
    assert fragment in str(caught.value)
    assert "\n" not in str(caught.value)


def test_fields_listed_out_of_order_are_taken_in_the_order_of_their_offsets() -> None:
    dtype = np.dtype({"names": ["b", "a"], "formats": ["i4", "u1"], "offsets": [4, 0]})
    assert [field.name for field in layout.from_dtype(dtype).fields] == ["a", "b"]


def test_a_bit_field_becomes_no_dtype() -> None:
    with pytest.raises(layout.LayoutError, match="bit-field 'a': NumPy has none"):
        layout.to_dtype(layout.layouts("struct S { int a : 3; };")["struct S"])


def test_integers_keep_their_sign() -> None:
    text = "struct S { size_t a; uint8_t b; int c; unsigned long d; ssize_t e; _Bool f; char g; };"
    dtype = layout.to_dtype(layout.layouts(text)["struct S"])
    assert [dtype[at].kind for at in range(7)] == ["u", "u", "i", "u", "i", "b", "S"]
