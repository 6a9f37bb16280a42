"""What the Go reader reads, what it refuses and why."""

from __future__ import annotations

import contextlib
import itertools
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import layout
from layout.sources import READERS
from tests.layout.generate_go import GoGenerator

HEAD = 'package p\nimport ("sync"; "unsafe"; "C"; y "gopkg.in/yaml.v3"; "crypto/sha256")\n'


def reason(text: str, name: str) -> tuple[int, str]:
    """Line and reason of a skipped record."""
    source = layout.read_text(text, language="go", name="order.go")
    assert name not in source.records
    return next((entry.line, entry.reason) for entry in source.skipped if entry.name == name)


def go(text: str, abi: str = "go-amd64") -> dict[str, layout.Layout]:
    return layout.layouts(text, language="go", abi=abi)


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("type S struct {\n a foo }", 4, "unknown type 'foo'"),
        ("type S struct { a int\n a bool }", 4, "field a twice"),
        ("type S struct {\n s S }", 4, "S contains itself by value"),
        ("type S struct { s [2]T }\ntype T struct { s S }", 3, "S in T in S"),
        ("type S struct { s G[S] }\ntype G[T any] struct { t T }", 3, "contains itself"),
        ("type S struct { s G[int, int] }\ntype G[T any] struct { t T }", 3, "1 type parameters"),
        ("type S struct { s G }\ntype G[T any] struct { t T }", 3, "without its type arguments"),
        ("type S struct { s G[int] }\ntype G[T any] struct { t G[[]T] }", 3, "deeper than 64"),
        ("type G[T any] struct { t T }", 3, "generic"),
        ("type S struct { a C.int }", 3, "C.int is a C type"),
        ("type S struct { a y.Node }", 3, "gopkg.in/yaml.v3.Node by value"),
        ("type S struct { a sync.noCopy }", 3, "sync.noCopy by value"),
        ("type S struct { a bytes.Buffer }", 3, "no import is called bytes"),
        ("type S struct { a [n]int }", 3, "unknown constant 'n'"),
        ("var n = 3\ntype S struct { a [n]int }", 4, "'n' is no constant"),
        ("const n = n + 1\ntype S struct { a [n]int }", 4, "n depends on itself"),
        ("const n = 1 / 0\ntype S struct { a [n]int }", 4, "divides by zero"),
        ("const n uint8 = 256\ntype S struct { a [n]int }", 4, "256 overflows uint8"),
        ("const n = uint8(255) + 1\ntype S struct { a [n]int }", 4, "256 overflows uint8"),
        ("const n = 1 << 512\ntype S struct { a [n]int }", 4, "more than 512 bits"),
        ("type S struct { a [1 << 63]struct{} }", 3, "overflows int"),
        ("type S struct { a [-1]int }", 3, "no positive integer"),
        ("type S struct { a [2.5]int }", 3, "no positive integer"),
        ('type S struct { a ["x"]int }', 3, "no positive integer"),
        ("type S struct { a [len(f())]int }", 3, "unknown type 'f'"),
        ("type S struct { a [1 << 2000000000]int }", 3, "shifts by"),
        ("type S struct { a [1e999999999]int }", 3, "too long"),
        ("type S struct { a [y.Max]int }", 3, "a constant of another package"),
        ("type S struct { a int\n", 3, ""),
        ("type S struct { a int }\ntype S struct { b int }", 3, "declared twice"),
        ("func f() {\n type S struct { a int } }", 4, "inside a function"),
        ("type A = S\ntype S = A", 4, "contains itself"),
        ("type S struct { T }\ntype T []y.Node\nfunc T() {}", 3, "T is declared twice"),
        (f"const n = {'1+' * 100}1\ntype S struct {{ a [n]int }}", 4, "deeper than 64"),
        (f"type S struct {{ a {'[1]' * 100}int }}", 3, "deeper than 64"),
    ],
)
def test_a_record_that_cannot_be_read_exactly_is_skipped_with_its_reason(
    text: str, line: int, fragment: str
) -> None:
    name = "G" if text.startswith("type G") else "S"
    where, why = reason(HEAD + text, name)
    assert fragment in why
    assert where == line
    assert "\n" not in why


def test_records_around_a_broken_one_are_read() -> None:
    found = go(HEAD + "type A struct { a int }\ntype B struct { b = }\ntype D struct { A; d bool }")
    assert list(found) == ["A", "D"]
    assert found["D"].size == 16


def test_sums_and_names_of_the_standard_library_are_known() -> None:
    found = go(HEAD + "type S struct { m sync.Mutex; sum [sha256.Size]byte; o sync.Once }")["S"]
    assert [field.offset for field in found.fields] == [0, 8, 40]


def test_a_package_of_another_origin_is_not_taken_for_the_standard_one() -> None:
    text = 'package p\nimport "go.uber.org/atomic"\ntype S struct { a atomic.Int64 }'
    assert "go.uber.org/atomic.Int64 by value" in reason(text, "S")[1]


@pytest.mark.parametrize(("abi", "size"), [("go-386", 16), ("go-arm", 16), ("go-amd64", 16)])
def test_atomic_64_bit_integers_are_aligned_to_8_on_32_bits_too(abi: str, size: int) -> None:
    text = 'package p\nimport "sync/atomic"\ntype S struct { a bool; b atomic.Uint64 }'
    assert (go(text, abi)["S"].size, go(text, abi)["S"].align) == (size, 8)
    plain = go("package p\ntype S struct { a bool; b uint64 }", abi)["S"]
    assert plain.size == (16 if abi == "go-amd64" else 12)


def test_a_field_without_size_costs_a_byte_at_the_end_only() -> None:
    text = (
        "package p\ntype A struct { _ [0]func(); a int64 }\ntype B struct { a int64; _ [0]func() }"
    )
    found = go(text + "\ntype C struct { _ struct{}; _ [0]int }")
    assert [(one.size, one.tail_padding) for one in found.values()] == [(8, 0), (16, 8), (0, 0)]


def test_pointer_bytes_end_with_the_last_pointer() -> None:
    text = "package p\ntype S struct { n int; s string; a [3]struct { p *int; n int }; t int }"
    assert go(text)["S"].pointer_bytes == 24 + 2 * 16 + 8
    assert go("package p\ntype S struct { n [4]int }")["S"].pointer_bytes == 0
    assert layout.layouts("struct S { int *p; };")["struct S"].pointer_bytes is None


def test_other_files_of_the_package_are_looked_into(tmp_path: Path) -> None:
    files = {
        "a.go": 'package p\nimport t "time"\ntype S struct { i Inner; a [size]byte; n local }',
        "b.go": 'package p\nimport t "sync"\ntype Inner struct { m t.Once }\nconst size = half * 2',
        "c.go": "package p\nconst half = 3\ntype local = twice\ntype Twice struct { s S }",
        "c_test.go": "package p\ntype half int\ntype Inner struct { a [100]int }",
        "other.go": "package q\ntype Inner struct { a [100]int }",
        "gen.go": "//go:build ignore\n\npackage p\ntype Inner struct { a [100]int }",
        "d_linux.go": "package p\ntype twice int32",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    source = layout.read(tmp_path / "a.go")
    assert list(source.records) == ["S"]
    found = layout.place(source.record("S"), "go-amd64")
    assert [(field.offset, field.size) for field in found.fields] == [(0, 12), (12, 6), (20, 4)]
    (tmp_path / "d_darwin.go").write_text("package p\ntype twice int64")
    with pytest.raises(layout.LayoutError, match=r"a\.go:3: S: .*build constraints: declared in "):
        layout.read(tmp_path / "a.go").record("S")


@pytest.mark.parametrize(
    ("language", "abi", "fragment"),
    [("go", "x86_64-linux-gnu", "a Go record on x86_64"), ("c", "go-amd64", "a C record on go-")],
)
def test_a_record_is_not_placed_by_the_rules_of_another_language(
    language: str, abi: str, fragment: str
) -> None:
    text = "package p\ntype S struct { a int }" if language == "go" else "struct S { int a; };"
    with pytest.raises(layout.LayoutError, match=rf"^<text>:[12]: .*{fragment}.*; choose one of"):
        layout.layouts(text, language=language, abi=abi)


def test_a_go_source_is_placed_on_a_go_abi_when_nobody_names_one() -> None:
    assert layout.layouts("package p\ntype S struct { a uint }", language="go")["S"].size == 8
    assert (READERS["go"].abi, READERS["c"].abi) == ("go-amd64", "x86_64-linux-gnu")


@pytest.mark.parametrize("abi", ["go-amd64", "go-386", "go/arm64", "linux/arm"])
def test_what_no_compiler_holds_is_refused(abi: str) -> None:
    with pytest.raises(layout.LayoutError, match=r"^<text>:2: S, .*(address space|overflows int)"):
        go("package p\ntype S struct { a [1 << 50]byte }", abi)
    with pytest.raises(layout.LayoutError, match="address space"):
        go("package p\ntype S struct { a [1 << 20][1 << 30]byte }", abi)
    if layout.find_abi(abi).scalars["int"] == (4, 4):
        with pytest.raises(layout.LayoutError, match=r"^<text>:2: S, .*overflows int"):
            go("package p\ntype S struct { a [1 << 31]struct{} }", abi)


def test_the_spans_of_fields_are_characters_of_the_text() -> None:
    text = "package p\n// héllo\ntype S struct { a, b int; *S }"
    record = layout.read_text(text, language="go").record("S")
    parts = [text[slice(*field.part)] for field in record.fields if field.part]
    assert parts == ["a", "b", "*S"]
    assert text[slice(*(record.fields[0].span or ()))] == "a, b int"
    assert text[slice(*(record.span or ()))] == "{ a, b int; *S }"


def least(record: layout.Record, abi: str) -> int:
    """The least size over all orders, by trying them."""
    orders = itertools.permutations(record.fields)
    return min(layout.place(replace(record, fields=order), abi).size for order in orders)


@pytest.mark.parametrize("seed", range(3))
def test_the_shortest_order_equals_the_best_of_all_orders(seed: int) -> None:
    text = GoGenerator(100 + seed).file(220)
    records = layout.read_text(text, language="go").records.values()
    small = [record for record in records if 2 <= len(record.fields) <= 5]
    assert len(small) > 60
    shorter = 0
    for record in small:
        for abi in ("go-amd64", "go-386"):
            proposal = layout.optimize(record, abi)
            assert proposal.after[0].size == least(record, abi), (record.name, abi)
            shorter += proposal.after[0].size < proposal.before[0].size
    assert shorter > 10


def test_the_field_without_size_moves_away_from_the_end_and_nothing_else_does() -> None:
    text = "package p\ntype S struct { a int64; b int32; c int32; _ [0]func() }"
    proposal = layout.optimize(layout.read_text(text, language="go").record("S"), "go-amd64")
    assert proposal.order == ("a", "_", "b", "c")
    assert (proposal.before[0].size, proposal.after[0].size, proposal.gap) == (24, 16, 0)


def test_damaged_sources_end_in_a_reading_or_one_line() -> None:
    text = GoGenerator(5).file(12)
    dice = random.Random(1)
    for _ in range(150):
        data = bytearray(text.encode())
        if dice.random() < 0.5:
            del data[dice.randrange(len(data)) :]
        for _ in range(dice.randrange(8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        source = layout.read_text(data.decode("utf-8", errors="replace"), language="go")
        for record in source.records.values():
            with contextlib.suppress(layout.LayoutError):
                layout.place(record, "go-386")


@pytest.mark.parametrize(
    "name", ["brackets", "arrays", "structs", "sums", "pointers", "funcs", "generics"]
)
def test_a_million_nested_brackets_neither_hang_nor_crash(name: str) -> None:
    count = 1_000_000 if name in ("brackets", "sums") else 100_000
    deep = {
        "brackets": f"'(' * {count}",
        "arrays": f"'type S struct {{ a ' + '[1]' * {count} + 'int }}'",
        "structs": f"'type S ' + 'struct {{ a ' * {count} + 'int' + '}}' * {count}",
        "sums": f"'type S struct {{ a [1' + '+1' * {count} + ']int }}'",
        "pointers": f"'type S struct {{ a ' + '*' * {count} + 'int }}'",
        "funcs": f"'type S struct {{ a ' + 'func(' * {count} + ')' * {count} + '}}'",
        "generics": f"'type S struct {{ a ' + 'G[' * {count} + 'int' + ']' * {count} + '}}'",
    }
    code = (
        "import layout\n"
        f"text = 'package p\\ntype G[T any] struct {{ t T }}\\n' + {deep[name]}\n"
        "source = layout.read_text(text, language='go')\n"
        "assert 'S' not in source.records\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-400:]


def test_types_that_double_with_each_level_are_refused_in_time() -> None:
    lines = [f"type T{at}[A any] struct {{ x, y [8]T{at + 1}[A] }}" for at in range(14)]
    text = "\n".join(["package p", *lines, "type T14[A any] struct { a A }",
                      "type S struct { t T0[int] }"])  # fmt: skip
    with pytest.raises(layout.LayoutError, match="exceeds any address space"):
        go(text)


def test_types_whose_arguments_grow_are_refused_in_time() -> None:
    lines = [f"type W{at}[A any] struct {{ x W{at + 1}[[2][2]W0[A]] }}" for at in range(50)]
    text = "\n".join(["package p", *lines, "type W50[A any] struct { a A }",
                      "type S struct { w W0[int] }"])  # fmt: skip
    assert len(reason(text, "S")[1]) < 400


def test_constants_may_rest_on_each_other_in_any_number() -> None:
    chain = "\n".join(f"const k{at} = k{at - 1} + 1" for at in range(1, 500))
    text = f"package p\nconst k0 = 1\n{chain}\ntype S struct {{ a [k499]byte; b [k300]byte }}"
    assert [field.size for field in go(text)["S"].fields] == [500, 301]


def test_types_in_a_chain_are_refused_in_time() -> None:
    chain = "\n".join(f"type T{at} struct {{ x, y T{at + 1} }}" for at in range(5000))
    source = layout.read_text(f"package p\n{chain}\ntype T5000 struct {{ a int }}", language="go")
    assert "T5000" in source.records
    assert "deeper than 64 levels" in source.skipped[0].reason


def test_an_instance_is_found_as_the_compiler_and_as_go_types_write_it() -> None:
    text = "package p\ntype Pair[K, V any] struct { k K; v V }\nvar x Pair[int, string]\n"
    found = layout.layouts(text, language="go")
    assert found["Pair[int, string]"] is found["Pair[int,string]"]
    assert "Pair[int, string]" in found
    assert "Pair[int, bool]" not in found
    source = layout.read_text(text, language="go")
    assert source.record("Pair[int, string]") is source.records["Pair[int,string]"]
