"""C text to layouts, against a real clang for each target: sizes, alignments and every bit."""

import pytest

import layout
from tests.layout.generate import Generator, Unit
from tests.oracles import clang

TARGETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
Row = tuple[str, int, int, bool]


def differences(unit: Unit, target: str) -> list[str]:
    """One line per record that is missing or placed otherwise than by clang."""
    found = []
    placed = layout.layouts(unit.text, language="c", abi=target)
    for asked, truth in zip(unit.asked, clang.ask(unit.text, unit.asked, target), strict=True):
        if asked.name not in placed:
            found.append(f"{asked.name}: missing")
            continue
        got = placed[asked.name]
        rows: list[Row] = [
            (
                field.name,
                field.bit_offset,
                field.bit_width or field.size,
                field.bit_width is not None,
            )
            for field in got.fields
        ]
        # A flexible array has no sizeof: its size is not compared.
        wanted: list[Row] = [
            (name, bit, rows[at][2] if width is None and at < len(rows) else width or 0, bits)
            for at, (name, (bit, width, bits)) in enumerate(truth.members.items())
        ]
        if (got.size, got.align) != (truth.size, truth.align) or rows != wanted:
            found.append(f"{asked.name}: {got.size}/{got.align} {rows} but {truth}")
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", range(14))  # 2,240 records at least
def test_generated_records_lie_as_clang_lays_them(seed: int, target: str) -> None:
    unit = Generator(seed).unit(160)
    assert len(unit.asked) >= 160
    assert differences(unit, target) == []


def asked(name: str, *members: str, bits: bool = False) -> clang.Asked:
    return clang.Asked(name, tuple(clang.Member(member, bits=bits) for member in members))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("struct S { char a; int : 0; char b; };", "struct S", ["a", "b"]),
        ("struct S { char a; int : 7; char b; };", "struct S", ["a", "b"]),
        ("struct S { char a; _Atomic(long) b; };", "struct S", ["a", "b"]),
        ("struct S { int * __attribute__((deprecated)) a; char b; };", "struct S", ["a", "b"]),
        ("typedef struct { char a; } __attribute__((aligned(4))) T, *P; struct S { char c; T t[2]; "
         "P p; };", "struct S", ["c", "t", "p"]),
        ("typedef struct { char a; long b; } T __attribute__((aligned(32)));"
         "struct S { char c; T t; };", "struct S", ["c", "t"]),
        ("typedef struct { char a; long b; } __attribute__((packed)) T __attribute__((packed));"
         "struct S { char c; T t; };", "struct S", ["c", "t"]),
        ("__attribute__((packed)) struct S { char a; int b; };", "struct S", ["a", "b"]),
        ("struct S { char a; int b; } x __attribute__((packed));", "struct S", ["a", "b"]),
        ("struct S { char a; struct I { int x; }; char b; };", "struct S", ["a", "b"]),
        ("struct S { char a; enum { A, B = 1 << 20 }; short b[B >> 18]; };",
         "struct S", ["a", "b"]),
        ("#pragma pack(push, tag, 2)\n#pragma pack(1)\n#pragma pack(pop, tag)\n"
         "struct S { char a; int b; };", "struct S", ["a", "b"]),
        ("#pragma pack(1)\n#pragma pack()\nstruct S { char a; int b; };", "struct S", ["a", "b"]),
        ("#pragma pack(2)\nstruct S { char a; int b __attribute__((aligned(8))); };",
         "struct S", ["a", "b"]),
        ("struct S { char a; __attribute__((aligned(8))) struct { char x; } b; };",
         "struct S", ["a", "b"]),
        ("struct S { char n; struct { long x[0]; }; };", "struct S", ["n", "x"]),
        ("union U { char a[5]; struct { short s[3]; }; long b[0]; };", "union U", ["a", "s", "b"]),
        ("#define W 4\n#define H (W\\\n * 2)\nstruct S { char a[H]; /* ; } */ int b; // }\n};",
         "struct S", ["a", "b"]),
        ("struct S { struct S *n; int (*f[2])(struct S *, int (*)(int)); char c; };",
         "struct S", ["n", "f", "c"]),
        ("#ifndef N\n#define N 3\n#endif\n#if 0\n#define N 9\n#endif\n"
         "struct S { char a[N]; int b; };",
         "struct S", ["a", "b"]),
    ],
)  # fmt: skip
def test_corners_of_the_language_lie_as_clang_lays_them(
    text: str, name: str, members: list[str], target: str
) -> None:
    assert differences(Unit(text, [asked(name, *members)]), target) == []
