"""Rust's repr(C) records lie as rustc lays them."""

from __future__ import annotations

from pathlib import Path

import pytest

import layout
from tests.layout.generate_rust import RustGenerator
from tests.oracles import rustc

pytestmark = pytest.mark.skipif(rustc.rustc() is None, reason="no rustc; install Rust")


@pytest.mark.parametrize("seed", range(2))
def test_generated_records_lie_as_rustc_lays_them(seed: int, tmp_path: Path) -> None:
    if rustc.host() != "x86_64-unknown-linux-gnu":
        pytest.skip(f"rustc compiles for {rustc.host()}; the truth is asked for on x86-64")
    generator = RustGenerator(seed)
    text = generator.file(400)
    truth = rustc.layouts(text, {one.name: one.fields for one in generator.known}, tmp_path)
    source = layout.read_text(text, language="rust")
    assert {entry.name for entry in source.skipped} == {"Opaque", "Slice"}  # repr(Rust)
    assert len(truth) == 400
    for name, values in truth.items():
        placed = layout.place(source.records[name], "x86_64-linux-gnu")
        found = [placed.size, placed.align, *(field.offset for field in placed.fields)]
        assert found == values, name


@pytest.mark.parametrize("abi", [name for name, abi in layout.ABIS.items() if abi.language == "c"])
def test_a_rust_record_is_placed_by_the_rules_of_every_c_abi(abi: str) -> None:
    text = RustGenerator(3).file(150)
    source = layout.read_text(text, language="rust")
    placed = 0
    for record in source.records.values():
        try:
            assert layout.place(record, abi).size >= 0
            placed += 1
        except layout.LayoutError as error:
            # C has no 128-bit integers on 32 bits; Rust has, with an alignment of its own.
            assert "has no type" in str(error)  # noqa: PT017
    assert placed > 60
