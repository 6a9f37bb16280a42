"""C text to layouts, against a real clang for each target: sizes, alignments and every bit."""

import re
import shutil

import pytest

import layout
from layout.evaluate import is_integer
from tests.layout.compare import differences
from tests.layout.generate import Generator, Unit
from tests.oracles import clang

TARGETS = clang.TARGETS
GCC = {"x86_64-linux-gnu": "gcc", "aarch64-linux-gnu": "aarch64-linux-gnu-gcc"}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", range(3))  # 5,000 records at least over all targets
def test_generated_records_lie_as_clang_lays_them(seed: int, target: str) -> None:
    unit = Generator(seed, target).unit(190)
    assert len(unit.asked) >= 190
    assert differences(unit, target) == []


@pytest.mark.parametrize("target", GCC)
def test_generated_records_lie_as_gcc_lays_them(target: str) -> None:
    compiler = GCC[target]
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    for seed in (40, 41):
        unit = Generator(seed, target, gcc=True).unit(250)
        said = differences(unit, target, lambda text, of: clang.ask_gcc(text, of, [compiler]))
        assert said == []


def asked(name: str, *members: str, bits: bool = False) -> clang.Asked:
    return clang.Asked(name, tuple(clang.Member(member, bits=bits) for member in members))


# Text, and after it the record's name and its members; those behind a colon are bit-fields,
# those before [] have no size.
CORNERS = [
    ("struct S { char a; int : 0; char b; };", "struct S a b"),
    ("struct S { char a; int : 7; char b; };", "struct S a b"),
    ("struct S { char a; int b : 3; };", "struct S a :b"),
    ("struct S { long long a : 3; };", "struct S :a"),
    ("struct S { int a : 3; char b : 3; int c : 30; };", "struct S :a :b :c"),
    ("struct S { char a; int b : 20; int c : 20; char d; };", "struct S a :b :c d"),
    ("struct __attribute__((packed)) S { char a; int b : 3; int c : 30; };", "struct S a :b :c"),
    ("#pragma pack(16)\nstruct S { int a : 20; int b : 20; char c; };", "struct S :a :b c"),
    ("#pragma pack(1)\nstruct S { char a; int b __attribute__((aligned(8))); };", "struct S a b"),
    ("#pragma pack(1)\nstruct S { char a; int b : 3; int : 0; char c; };", "struct S a :b c"),
    ("union U { char a; int b : 3; int : 0; long long : 9; };", "union U a :b"),
    ("union U { int a : 3; long long : 0; };", "union U :a"),
    ("struct S {};", "struct S"),
    ("struct S {} __attribute__((aligned(2)));", "struct S"),
    ("struct S {} __attribute__((aligned(16)));", "struct S"),
    ("union U {};", "union U"),
    ("struct E {}; struct S { char a; struct E b; struct E c[3]; char d; };", "struct S a b c d"),
    ("enum { A = 1, B = 0x7fffffff }; enum __attribute__((packed)) t { C, D };"
     "struct S { char a; enum t b; };", "struct S a b"),
    ("struct S { char a; long double b; };", "struct S a b"),
    ("struct S { char a; double b; long long c; _Atomic long long d; };", "struct S a b c d"),
    ("struct S { char a; } __attribute__((aligned));", "struct S a"),
    ("struct __attribute__((packed)) S { char a; int b __attribute__((aligned(8))); };",
     "struct S a b"),
    ("typedef long t __attribute__((aligned(1))); struct S { char a; t b; t c[2]; };",
     "struct S a b c"),
    ("struct S { long long a; char b; char c[]; };", "struct S a b c[]"),
    ("typedef float v __attribute__((vector_size(32))); struct S { char a; v b; };",
     "struct S a b"),
    ("struct S { char a[(char)200 < 0 ? 2 : 3]; char b[(wchar_t)-1 > 0 ? 4 : 5]; };",
     "struct S a b"),
    ("struct __attribute__((ms_struct)) S { char a; int b : 3; short c : 3; int : 0; char d; };",
     "struct S a :b :c d"),
    ("#pragma ms_struct on\nstruct S { char a; int b : 3; };\n#pragma ms_struct reset\n"
     "struct T { char a; struct S b; int c : 3; };", "struct T a b :c"),
    ("#pragma pack(1)\nstruct __attribute__((ms_struct)) S { char a; int b : 3; int : 0; };",
     "struct S a :b"),
    ("typedef long t __attribute__((aligned(1))); struct __attribute__((ms_struct)) S { char a; "
     "t b; t c[2]; char d; t e[]; };", "struct S a b c d e[]"),
    ("struct __attribute__((ms_struct)) S { char a; long double b; };", "struct S a b"),
    ("struct S { char a; __declspec(align(16)) int b; };", "struct S a b"),
    ("struct __declspec(align(32)) __declspec(dllexport) S { char a; };", "struct S a"),
    ("typedef int t __attribute__((mode(DI))); typedef unsigned u __attribute__((mode(__QI__)));"
     "typedef int p __attribute__((mode(pointer)));"
     "struct S { u a; t b; p c; int d __attribute__((mode(HI))); };", "struct S a b c d"),
    ("struct S { _Static_assert(sizeof(char) == 1, \"a byte\"); int a; };", "struct S a"),
    ("enum { A = 5u, B = sizeof(int) }; struct S { char a[A - 6 < 0 ? 3 : 1]; "
     "char b[B - 5 < 0 ? 3 : 1]; };", "struct S a b"),
    ("struct S { char a; _Atomic(long) b; };", "struct S a b"),
    ("struct S { int * __attribute__((deprecated)) a; char b; };", "struct S a b"),
    ("typedef struct { char a; } __attribute__((aligned(4))) T, *P; struct S { char c; T t[2]; "
     "P p; };", "struct S c t p"),
    ("typedef struct { char a; long b; } T __attribute__((aligned(32)));"
     "struct S { char c; T t; };", "struct S c t"),
    ("typedef struct { char a; long b; } __attribute__((packed)) T __attribute__((packed));"
     "struct S { char c; T t; };", "struct S c t"),
    ("__attribute__((packed)) struct S { char a; int b; };", "struct S a b"),
    ("struct S { char a; int b; } x __attribute__((packed));", "struct S a b"),
    ("struct S { char a; enum { A, B = 1 << 20 }; short b[B >> 18]; };", "struct S a b"),
    ("#pragma pack(push, tag, 2)\n#pragma pack(1)\n#pragma pack(pop, tag)\n"
     "struct S { char a; int b; };", "struct S a b"),
    ("#pragma pack(1)\n#pragma pack()\nstruct S { char a; int b; };", "struct S a b"),
    ("#pragma pack(2)\nstruct S { char a; int b __attribute__((aligned(8))); };", "struct S a b"),
    ("struct S { char a; __attribute__((aligned(8))) struct { char x; } b; };", "struct S a b"),
    ("struct S { char n; struct { long x[0]; }; };", "struct S n x"),
    ("union U { char a[5]; struct { short s[3]; }; long b[0]; };", "union U a s b"),
    ("typedef struct P P; struct P { int x; char y; }; struct S { char c; P p[2]; P *q; };",
     "struct S c p q"),
    ("typedef struct P P; typedef P Q; typedef struct P P; struct P { long x; };\n"
     "typedef struct P P; struct S { char c; Q p; char d[sizeof(P)]; };",
     "struct S c p d"),
    ("typedef union U U; typedef U *V; union U { short s; V next; char c[5]; };\n"
     "struct S { char c; U u; V v; };", "struct S c u v"),
    ("#define W 4\n#define H (W\\\n * 2)\nstruct S { char a[H]; /* ; } */ int b; // }\n};",
     "struct S a b"),
    ("struct S { struct S *n; int (*f[2])(struct S *, int (*)(int)); char c; };", "struct S n f c"),
    ("#ifndef N\n#define N 3\n#endif\n#if 0\n#define N 9\n#endif\n"
     "struct S { char a[N]; int b; };", "struct S a b"),
]  # fmt: skip


def corners() -> Unit:
    """All of them in one unit, each with its own one-letter names, so that a target is one run."""
    unit = Unit("")
    for index, (text, question) in enumerate(CORNERS):
        text, question = (  # noqa: PLW2901
            re.sub(r"(?<![\w'])([A-Za-z])(?![\w'])", rf"\1_{index}", part)
            for part in (text, question)
        )
        kind, tag, *members = question.split()
        of = tuple(
            clang.Member(name.strip(":[]"), bits=name[0] == ":", sized=name[-1] != "]")
            for name in members
        )
        unit.text += f"{text}\n#pragma pack()\n#pragma ms_struct reset\n"
        unit.asked.append(clang.Asked(f"{kind} {tag}", of))
    return unit


@pytest.mark.parametrize("target", TARGETS)
def test_corners_of_the_language_lie_as_clang_lays_them(target: str) -> None:
    assert differences(corners(), target) == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_tagged_record_without_a_declarator_is_no_member_but_on_windows(target: str) -> None:
    text = "struct S { char a; struct I { int x; }; char b; };"
    if "windows" in target:
        with pytest.raises(layout.LayoutError, match="which Microsoft makes a member"):
            layout.layouts(text, abi=target)
    else:
        assert differences(Unit(text, [asked("struct S", "a", "b")]), target) == []


# Names that a target's headers have under another condition, or of which Microsoft's own headers,
# which do not come with zig, say something else than clang's.
UNASKED = ("_Float32", "_Float64", "_Float32x", "_Float64x", "int_fast16_t", "uint_fast16_t",
           "atomic_int_fast16_t", "atomic_uint_fast16_t", "time_t", "clock_t", "off_t", "dev_t",
           "ino_t", "wint_t", "sig_atomic_t", "char16_t", "char32_t")  # fmt: skip
HEADERS = ("uchar.h", "time.h", "signal.h", "pthread.h", "sys/socket.h", "netinet/in.h",
           "sys/resource.h", "sys/stat.h", "linux/types.h", "math.h")  # fmt: skip

POINTERS = ("pthread_t", "clockid_t")  # on some targets


@pytest.mark.parametrize("target", TARGETS)
def test_standard_names_are_as_the_targets_own_headers_have_them(target: str) -> None:
    abi = layout.find_abi(target)
    microsoft = target == "x86_64-windows-msvc"
    names = sorted(set(abi.scalars) - {"pointer"} - set(UNASKED if microsoft else ()))
    lines = ["#define _WASI_EMULATED_PTHREAD"]
    if not microsoft:
        lines += [f"#if __has_include(<{name}>)\n#include <{name}>\n#endif" for name in HEADERS]
    signs = [
        name
        for name in names
        if is_integer(name) and not name.startswith("atomic_") and name not in POINTERS
    ]
    for index, name in enumerate(names):
        lines.append(f"struct names_{index} {{ {name} a; }};")
        if name in signs:
            # An array of one where the type has a sign, and of two where it has none.
            lines.append(f"struct sign_{index} {{ char a[({name})-1 > 0 ? 2 : 1]; }};")
    text = "\n".join(line for line in lines if line.startswith("struct"))
    of = [clang.Asked(line.split(" {")[0], (clang.Member("a"),)) for line in text.splitlines()]
    truths = clang.ask("\n".join(lines), of, target, ["-D_GNU_SOURCE"])
    placed = layout.layouts(text, abi=target)
    assert {name: (one.size, one.align) for name, one in placed.items()} == {
        one.name: (truth.size, truth.align) for one, truth in zip(of, truths, strict=True)
    }
