"""What the Rust reader reads, what it refuses and why."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys

import pytest

import layout
from tests.layout.generate_rust import RustGenerator


def reason(text: str, name: str = "S") -> tuple[int, str]:
    """Line and reason of a skipped record."""
    source = layout.read_text(text, language="rust", name="order.rs")
    assert name not in source.records
    return next((entry.line, entry.reason) for entry in source.skipped if entry.name == name)


def rust(text: str) -> dict[str, layout.Layout]:
    return layout.layouts(text, language="rust")


C = "#[repr(C)]\n"


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        (C + "struct S { a: Foo }", 2, "unknown type 'Foo'"),
        (C + "struct S { a: c_int }", 2, "unknown type 'c_int'"),
        ("use mine::c_int;\n" + C + "struct S { a: c_int }", 3, "unknown type 'mine::c_int'"),
        ("use crate::a::Foo;\n" + C + "struct S { a: Foo }", 3, "unknown type 'crate::a::Foo'"),
        (C + "struct S {\n a: u8,\n a: u16 }", 2, "two fields of one name"),
        (C + "struct S { a: S }", 2, "S contains itself"),
        (C + "struct S { a: T }\n" + C + "struct T { s: [S; 2] }", 2, "S contains itself"),
        (C + "struct S { a: *const Foo }", 2, "one word or two? Foo is not known"),
        (C + "struct S<'a> { a: &'a Foo }", 2, "one word or two?"),
        (C + "struct S { a: (u8, u16) }", 2, "a tuple's order is rustc's choice"),
        (C + "struct S { a: Vec<u8> }", 2, "not guaranteed"),
        (C + "struct S { a: Option<u32> }", 2, "only an Option of a pointer"),
        (C + "struct S { a: Option<*const u8> }", 2, "only an Option of a pointer"),
        (C + "struct S { a: str }", 2, "unsized"),
        (C + "struct S { n: u8, a: [u8] }", 2, "unsized"),
        (C + "struct S { a: [u8; N] }", 2, "unknown constant 'N'"),
        ("const N: usize = N + 1;\n" + C + "struct S { a: [u8; N] }", 1, "N depends on itself"),
        (C + "struct S { a: [u8; 1 / 0] }", 2, "not read as a constant"),
        (C + "struct S { a: [u8; 1 - 2] }", 2, "may wrap"),
        (C + "struct S { a: [u8; 300 as u8 as usize] }", 2, "300 as u8 may wrap"),
        (C + "struct S { a: [u8; !0] }", 2, "not read as a constant"),
        (C + "struct S { a: m!() }", 2, "not read as a field's type"),
        (C + "struct S {\n #[cfg(unix)]\n a: u8 }", 3, "depends on #[cfg]"),
        ("#[cfg_attr(unix, repr(C))] struct S { a: u8 }", 1, "depends on #[cfg_attr]"),
        (C + "struct S<T> { a: T }", 2, "generic"),
        (C + "struct S<const N: usize> { a: [u8; N] }", 2, "generic"),
        (C + "struct S { a: G<u8> }\n" + C + "struct G<T> { t: T }", 2, "generic type G by value"),
        ("#[repr(C, packed, align(2))] struct S { a: u8 }", 1, "packed and align together"),
        ("#[repr(C, align(3))] struct S { a: u8 }", 1, "align(3) is no power of two"),
        ("#[repr(C, simd)] struct S { a: u8 }", 1, "repr(simd) is not supported"),
        ("#[bitfield]\n" + C + "struct S { a: u8 }", 1, "rewrites its fields"),
        ("#[repr(C, packed)] struct S { a: A }\n#[repr(C, align(8))] struct A { a: u8 }", 1,
         "packed with an aligned field"),
        (C + "struct S { a: E }\nenum E { A, B }", 2, "an enum without repr"),
        (C + "struct S { a: E }\n#[repr(u8)] enum E { A(u8), B }", 2, "an enum with fields"),
        (C + "struct S { a: E }\n#[repr(C)] enum E { A = 1 << 31 }", 2, "beyond a C int"),
        (C + "struct S { a: R }\nstruct R { a: u8, b: u32 }", 2, "in R, line 3: repr(Rust)"),
        ("struct S { a: u8, b: u32, c: u8 }", 1, "at best 8 bytes on x86_64-linux-gnu"),
        ("struct S { a: Foo }", 1, "repr(Rust): rustc may reorder its fields; read"),
        ("union S { a: u8 }", 1, "offsets of its fields are rustc's choice"),
        ("fn f() {\n struct S { a: u8 } }", 2, "inside a function"),
        (C + "struct S { a: u8 }\n" + C + "struct S { b: u8 }", 4, "declared twice"),
        (C + f"struct S {{ a: {'[' * 100}u8{'; 1]' * 100} }}", 2, "deeper than 64"),
        (C + "struct S { a: u8", 2, "mend it"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_exactly_is_skipped_with_its_reason(
    text: str, line: int, fragment: str
) -> None:
    where, why = reason(text)
    assert fragment in why
    assert where == line
    assert "\n" not in why


def test_repr_rust_records_are_never_placed_but_their_least_size_is_said() -> None:
    source = layout.read_text("struct A { a: u8, b: u64, c: u16 }\nstruct B;", language="rust")
    assert not source.records
    assert ["at best 16 bytes" in source.skipped[0].reason, len(source.skipped)] == [True, 2]


def test_pointers_to_slices_strings_and_traits_are_two_words() -> None:
    text = C + (
        "struct S<'a> { a: &'a [u8], b: *const str, c: Box<dyn Fn(u8) -> u8>, d: &'a Wide, "
        "e: *mut Own, f: &'a &'a str }\nstruct Wide { n: u8, t: Tail }\nstruct Tail { s: [u16] }\n"
        "struct Own { n: Vec<u8>, m: (u8, u32) }"
    )
    assert [field.size for field in rust(text)["S"].fields] == [16, 16, 16, 16, 8, 8]


def test_names_come_from_imports_paths_and_modules() -> None:
    text = """
    use std::{ffi as f, num::{NonZeroU8 as Nz}};
    use libc::*;
    mod a { pub mod b { #[repr(C)] pub struct T { x: super::U, y: u32 } }
            #[repr(transparent)] pub struct U(u16); }
    type Short = a::U;
    #[repr(C)] struct S { a: a::b::T, b: Short, c: f::c_long, d: Option<Nz>, e: size_t,
                          f: core::ffi::c_char }
    """
    source = layout.read_text(text, language="rust")
    assert list(source.records) == ["a::b::T", "a::U", "S"]
    assert source.aliases == {"Short": "a::U"}
    placed = layout.place(source.record("S"), "x86-64")
    assert [field.size for field in placed.fields] == [8, 2, 8, 1, 8, 1]


def test_two_imports_by_star_leave_a_name_open() -> None:
    text = "use libc::*;\nuse mine::*;\n" + C + "struct S { a: c_int }"
    assert "unknown type 'c_int'" in reason(text)[1]


def test_a_rust_order_is_shortened_and_printed_in_rust() -> None:
    from linewise.declaration import declaration

    text = "#[repr(C, align(4))]\nstruct S { a: u8, b: u32, c: u8 }"
    proposal = layout.optimize(layout.read_text(text, language="rust").record("S"), "x86-64")
    assert (proposal.before[0].size, proposal.after[0].size) == (12, 8)
    printed = declaration(proposal.record, proposal.after[0])
    again = layout.layouts(printed, language="rust")["S"]
    assert (again.size, again.align) == (8, 4)
    assert [field.name for field in again.fields] == list(proposal.order)


def test_damaged_sources_end_in_a_reading_or_one_line() -> None:
    text = RustGenerator(5).file(12)
    dice = random.Random(1)
    for _ in range(150):
        data = bytearray(text.encode())
        if dice.random() < 0.5:
            del data[dice.randrange(len(data)) :]
        for _ in range(dice.randrange(8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        source = layout.read_text(data.decode("utf-8", errors="replace"), language="rust")
        for record in source.records.values():
            with contextlib.suppress(layout.LayoutError):
                layout.place(record, "x86-64")


@pytest.mark.parametrize("name", ["brackets", "arrays", "pointers", "sums", "modules", "generics"])
def test_a_hundred_thousand_nested_brackets_neither_hang_nor_crash(name: str) -> None:
    count = 1_000_000 if name == "brackets" else 100_000
    deep = {
        "brackets": f"'fn f() {{' + '(' * {count}",
        "arrays": f"'struct S {{ a: ' + '[' * {count} + 'u8' + '; 1]' * {count} + '}}'",
        "pointers": f"'struct S {{ a: ' + '*const ' * {count} + 'u8 }}'",
        "sums": f"'struct S {{ a: [u8; 1' + '+1' * {count} + '] }}'",
        "modules": f"'mod a {{' * {count} + '}}' * {count}",
        "generics": f"'struct S {{ a: ' + 'Box<' * {count} + 'u8' + '>' * {count} + '}}'",
    }
    code = (
        "import layout\n"
        f"source = layout.read_text('#[repr(C)] ' + {deep[name]}, language='rust')\n"
        "assert 'S' not in source.records\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-400:]
