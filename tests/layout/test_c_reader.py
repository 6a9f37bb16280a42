"""What the C reader reads, what it refuses and why."""

import contextlib
import random
import subprocess
import sys

import pytest

import layout
from tests.layout.generate import Generator


def reason(text: str, name: str) -> tuple[int, str]:
    """Line and reason of a skipped record."""
    source = layout.read_text(text, name="order.h")
    assert name not in source.records
    return next((entry.line, entry.reason) for entry in source.skipped if entry.name == name)


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("struct S { foo_t a; };", 1, "unknown type 'foo_t'"),
        ("struct S {\n int a;\n int b;\n char a;\n};", 4, "member 'a' twice"),
        ("struct S { int a; struct { int a; }; };", 1, "member 'a' twice"),
        ("struct S {\n struct S s; };", 2, "contains itself"),
        ("struct S { struct S s[2]; };", 1, "contains itself"),
        ("struct S { struct T t; }; struct T { int a; };", 1, "struct T has no members before"),
        ("struct S {\n#ifdef A\n int a;\n#endif\n};", 2, "conditional compilation"),
        ("struct S {\n#include \"members.h\"\n};", 2, "#include inside a record"),
        ("struct S {\n#pragma pack(1)\n char a; int b;\n};", 2, "#pragma pack inside"),
        ("#define F(x) int x;\nstruct S { F(a) };", 2, "macro F(...)"),
        ("struct S { MACRO(a) };", 1, "unknown type 'MACRO'"),
        ("struct S { int a MACRO; };", 1, "'MACRO' is unexpected"),
        ("struct S { int a; } __packed;", 1, "may be a macro"),
        ("struct S { int a; } __aligned(8);", 1, "may be a macro"),
        ("struct S { int a; } aligned_to(8);", 1, "may be a macro"),
        ("struct S { char c; int a; }\n#ifdef X\n__attribute__((packed))\n#endif\n;", 2,
         "conditional"),
        ("struct S { int a; } MACRO other;", 1, "what follows its brace"),
        ("#ifdef A\n#define P __attribute__((packed))\n#else\n#define P\n#endif\n"
         "struct S { char a; int b; } P;", 6, "P depends on conditional compilation"),
        ("#ifdef A\n#define N 4\n#else\n#define N 5\n#endif\nstruct S { char a[N]; };", 6,
         "N depends on conditional compilation"),
        ("#ifdef A\n#pragma pack(push, 1)\n#endif\nstruct S { char a; int b; };", 4,
         "#pragma pack is not known"),
        ("/* */ #pragma pack(1)\n;struct S { char a; int b; };", 2, "#pragma pack is not known"),
        ("#ifdef A\n#pragma ms_struct on\n#endif\nstruct S { char a; int b; };", 4,
         "#pragma ms_struct is not known"),
        ("#pragma ms_struct on\nstruct __attribute__((gcc_struct)) S { char a; };", 2,
         "#pragma ms_struct is not known"),
        ("struct S {\n#pragma ms_struct on\n char a; int b;\n};", 2, "#pragma ms_struct inside"),
        ("#pragma scalar_storage_order big-endian\nstruct S { char a; };", 2,
         "#pragma pack is not known"),
        ("#ifdef A\ntypedef int t;\n#else\ntypedef long t;\n#endif\nstruct S { t a; };", 6,
         "defined differently"),
        ("struct S { int a; };\nstruct S { long a; };", 2, "defined differently"),
        ("struct S { int a[]; int b; };", 1, "flexible array 'a' is not the last"),
        ("struct S { void a; };", 1, "type void"),
        ("struct S { int f(void); };", 1, "a function as a member"),
        ("struct S { char a[N]; };", 1, "unknown constant 'N'"),
        ("struct S { char a[1 / 0]; };", 1, "divides by zero"),
        ("struct S { char a[sizeof x]; };", 1, "sizeof of an expression"),
        ("struct S { char a[1.5]; };", 1, "no integer constant"),
        ("struct S { char a __attribute__((mode(DI))); };", 1, "attribute 'mode(DI)'"),
        ("struct S { int a __attribute__((mode(word))); };", 1, "attribute 'mode(word)'"),
        ("struct S { int a __attribute__((mode(SF))); };", 1, "attribute 'mode(SF)'"),
        ("struct S { int a __attribute__((mode(__))); };", 1, "attribute 'mode(?)'"),
        ("struct __declspec(novtable) __declspec(other) S { int a; };", 1, "__declspec(novtable)"),
        ("struct S { int *a __attribute__((mode(DI))); };", 1, "attribute 'mode(DI)'"),
        ("typedef int t __attribute__((mode(V4SI))); struct S { t a; };", 1, "'mode(V4SI)'"),
        ("struct S { int a __attribute__((ms_struct)); };", 1, "on a member"),
        ("typedef struct { int a; } t __attribute__((ms_struct)); struct S { t a; };", 1,
         "on a typedef"),
        ("__declspec(align(8)) struct S { int a; };", 1, "put it behind the keyword"),
        ("struct __declspec(empty_bases) S { int a; };", 1, "__declspec(empty_bases)"),
        ("struct __declspec S { int a; };", 1, ""),
        ("struct S { int a; } __attribute__((scalar_storage_order(\"big-endian\")));", 1,
         "attribute 'scalar_storage_order'"),
        ("struct S { _BitInt(7) a; };", 1, "_BitInt"),
        ("struct S { int a; ", 1, "no brace closes"),
        ("struct MACRO S { int a; };", 1, ""),
        ("MACRO struct S { int a; };", 1, ""),
        ("struct ALIGNED(8) S { int a; };", 1, "'ALIGNED(...)' may be a macro"),
        ("struct [[foo::bar]] S { int a; };", 1, "attribute [[foo::...]]"),
        ("struct S { int a:3 ? 2; };", 1, ""),
        ("struct S { int \0a; };", 1, "unexpected"),
        ("struct S { int int a; };", 1, "no type"),
        ("struct S { signed float a; };", 1, "no type"),
        ("struct S { typeof(x) a; };", 1, "typeof of an expression"),
        ("enum MACRO E { A } ; struct S { enum E e; };", 1, "enum E has no members"),
        ("#define A B\n#define B A B\nstruct S { A a; };", 3, ""),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_exactly_is_skipped_with_its_reason(
    text: str, line: int, fragment: str
) -> None:
    assert reason(text, "struct S")[0] == line
    assert fragment in reason(text, "struct S")[1]
    with pytest.raises(layout.LayoutError, match=rf"^order\.h:{line}: struct S: "):
        layout.read_text(text, name="order.h").record("S")


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("struct S { int a : 33; };", "33 bits; int has 0 to 32"),
        ("struct S { int a : 0; };", "width 0"),
        ("struct S { float a : 3; };", "use an integer type"),
        ("struct S { char a[-1]; };", "array of -1"),
        ("struct S { char a[0x7fffffffffffffff]; };", "exceeds any address space"),
        ("struct S { char a[1ull << 59]; char b[1ull << 59]; char c[1ull << 59]; };", "exceeds"),
        ("typedef int t __attribute__((aligned(16))); struct S { t a[2]; };", "align the array"),
        ("struct S { int a __attribute__((aligned(3))); };", "alignment 3"),
        ("struct S { int a; } __attribute__((aligned(0)));", "alignment 0"),
        ("struct S { _Atomic(struct { char a[3]; }) b; };", "disagree on an atomic of 3 bytes"),
        ("struct S { char a[sizeof(long) - 9]; };", "exceeds"),
    ],
)
def test_a_record_that_no_abi_can_hold_is_refused_where_it_stands(text: str, fragment: str) -> None:
    with pytest.raises(layout.LayoutError, match=r"^<text>:1: struct S") as caught:
        layout.layouts(text)
    assert fragment in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_typedef_that_aligns_its_record_is_a_type_but_no_record() -> None:
    text = "typedef struct { long a; char b; } t __attribute__((aligned(64))); struct s { t m; };"
    source = layout.read_text(text)
    assert list(source.records) == ["struct s"]
    assert "behind the closing brace" in source.skipped[0].reason
    placed = layout.layouts(text)["struct s"]
    assert (placed.size, placed.align, placed.fields[0].size) == (64, 64, 16)


def test_windows_spellings_are_read() -> None:
    text = """
    typedef unsigned char BYTE; typedef BYTE BOOLEAN; typedef unsigned char boolean;
    typedef boolean BOOLEAN; typedef void *HANDLE; typedef int *HANDLE;
    typedef unsigned __int64 ULONGLONG; typedef __int64 LONGLONG;
    typedef int (__stdcall *CALLBACK)(HANDLE, int);
    struct s {
        BOOLEAN b; ULONGLONG u; LONGLONG l; signed __int16 h; CALLBACK c; HANDLE d;
        void (__attribute__((__stdcall__)) *e)(struct s *); int (__cdecl *f[2])(void);
    };"""
    for target, size in (("msvc", 72), ("mingw", 72)):
        assert layout.layouts(text, abi=target)["struct s"].size == size
    with pytest.raises(layout.LayoutError, match="has no type __int64"):
        layout.layouts(text, abi="x86-64")


def test_records_around_a_broken_one_are_read() -> None:
    text = """
    int function(int a) { struct local { int b; } c; if (a) { return '}'; } return 0; }
    struct before { int a; };
    struct broken { struct inside { long a; } i; what is this; struct later { int b; } l; };
    int table[] = { 1, 2 }, other = (3);
    struct after { struct before b; };
    extern "C" { struct last { struct after a; }; }
    """
    source = layout.read_text(text)
    names = ["struct before", "struct inside", "struct later", "struct after", "struct last"]
    assert list(source.records) == names
    assert [entry.name for entry in source.skipped] == ["struct broken"]


def test_braces_split_over_the_branches_of_a_conditional_lose_only_their_record() -> None:
    text = """
    #ifdef A
    struct one {
    #else
    struct two {
    #endif
      int a; };
    int f(void) {
    #ifdef A
      if (a) {
    #else
      if (b) {
    #endif
      } }
    struct three { int a; };
    """
    source = layout.read_text(text)
    assert list(source.records) == ["struct three"]


def test_both_branches_at_file_scope_are_read_unless_the_file_decides() -> None:
    text = """
    #ifdef A
    struct a { int x; };
    #else
    struct b { int x; };
    #endif
    #ifdef __cplusplus
    struct c { int x; };
    #endif
    #if 0
    struct d { int x; };
    #elif 1
    struct e { int x; };
    #else
    struct f { int x; };
    #endif
    """
    assert list(layout.read_text(text).records) == ["struct a", "struct b", "struct e"]


def test_names_are_as_c_says_them() -> None:
    text = """typedef struct { int a; } anonymous, *pointer; union u { int a; };
    typedef struct tagged { struct { int b; } named; struct { int c; }; } alias;
    typedef alias again;
    """
    source = layout.read_text(text)
    assert list(source.records) == ["anonymous", "union u", "struct tagged"]
    assert source.record("again") is source.record("tagged") is source.records["struct tagged"]
    assert source.record("u").kind == "union"
    assert [field.name for field in layout.place(source.record("alias"), "arm64").fields] == [
        "named",
        "c",
    ]


def test_types_are_spelled_as_c_spells_them() -> None:
    text = """struct s { const char *const name; int (*f[2])(void *, int); struct s **n[3];
    unsigned long long big; int (*rows)[4]; char text[8 * 2]; unsigned bit : 3; };"""
    placed = layout.layouts(text)["struct s"]
    assert [field.type for field in placed.fields] == [
        "const char * const", "int (*[2])(void *, int)", "struct s **[3]", "unsigned long long",
        "int (*)[4]", "char [8 * 2]", "unsigned",
    ]  # fmt: skip
    assert {field.line for field in placed.fields[:3]} == {1}
    assert placed.fields[-1].line == 2


@pytest.mark.parametrize(
    "text",
    [
        "", "\0", "\ufeffstruct s { int a; };", "struct", "struct s {", "}" * 1000, "#", "#define",
        "struct s " + "{" * 100_000, "struct s {" * 100_000,
        "struct s {" * 100_000 + "};" * 100_000, "struct s { int a" + "[1]" * 100_000 + "; };",
        "struct s { int " + "*" * 100_000 + "a; };", "struct s { int " + "(" * 100_000 + "a; };",
        "struct s { int " + "(" * 100_000 + "a" + ")" * 100_000 + "; };",
        "struct s { char a[" + "(" * 50_000 + "1" + ")" * 50_000 + "]; };",
        "struct s { char a[" + "-" * 100_000 + "1]; };",
        "struct s { char a[" + "1+" * 100_000 + "1]; };",
        "struct s { char a[" + "sizeof(int)+" * 100_000 + "1]; };",
        "struct s { char a[" + "1?" * 50_000 + "1" + ":1" * 50_000 + "]; };",
        "typedef int t0;" + "".join(f"typedef t{i}* t{i + 1};" for i in range(20_000)),
        "typedef int t0;" + "".join(f"typedef t{i} t{i + 1}[1];" for i in range(20_000)),
        "struct s0 { int a; };" + "".join(f"struct s{i + 1} {{ struct s{i} a, b; }};"
                                          for i in range(5_000)),
        "#define M0 1\n" + "".join(f"#define M{i + 1} M{i}+M{i}\n" for i in range(60))
        + "struct s { char a[M60]; };",
        "#define M0 1\n" + "".join(f"#define M{i + 1} M{i}\n" for i in range(60_000))
        + "struct s { char a[M60000]; };",
        "enum { A0 = sizeof(int)," + "".join(f"A{i + 1} = A{i} + A{i}," for i in range(2_000))
        + "}; struct s { char a[A50]; };",
        "/*" * 200_000, '"' * 200_001, "'\\" * 100_000, '"\\' * 100_000, "#if 1\n" * 100_000,
        "#else\n#endif\n" * 50_000, "#pragma pack(push, 1)\n" * 50_000, "\\\n" * 100_000,
        "struct s { int a; } " * 20_000, "typedef " * 100_000, "[[" * 100_000,
        "__attribute__((" * 50_000, "struct s { int a; } __attribute__((aligned(" * 20_000,
    ],
    ids=lambda text: f"{len(text)}-characters",
)  # fmt: skip
def test_hostile_text_neither_crashes_nor_hangs(text: str) -> None:
    source = layout.read_text(text)
    for record in source.records.values():
        try:
            placed = layout.place(record, "x86_64")
        except layout.LayoutError:
            continue
        assert placed.size >= 0


def test_flipped_and_cut_sources_neither_crash_nor_hang() -> None:
    pick = random.Random(5)
    text = Generator(77).unit(15).text
    for _ in range(150):
        letters = list(text[: pick.randint(0, len(text))])
        for _ in range(pick.randint(0, 8)):
            if letters:
                letters[pick.randrange(len(letters))] = pick.choice("{}()[];:,*#\"'\\/\0\n\udc80a1")
        source = layout.read_text("".join(letters))
        for record in source.records.values():
            with contextlib.suppress(layout.LayoutError):
                assert layout.place(record, "arm64").size >= 0


def test_a_file_is_read_whatever_its_bytes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.h"
    path.write_bytes(b"// caf\xe9\r\nstruct s {\r\n\tint a; /* \xff */\r\n\tchar b;\r\n};\r\n")
    source = layout.read(path)
    assert source.records["struct s"].fields[1].line == 4
    with pytest.raises(layout.LayoutError, match="name a source file"):
        layout.read(tmp_path / "none.h")
    with pytest.raises(layout.LayoutError, match="name a source file"):
        layout.read(tmp_path, language="c")
    (tmp_path / "a.xyz").write_text("struct s { int a; };")
    with pytest.raises(layout.LayoutError, match="no reader for this ending"):
        layout.read(tmp_path / "a.xyz")
    with pytest.raises(layout.LayoutError, match="known are c"):
        layout.read(path, language="cobol")


def test_an_unknown_abi_is_answered_with_the_nearest() -> None:
    assert layout.find_abi("AMD64") is layout.find_abi("x86-64") is layout.ABIS["x86_64-linux-gnu"]
    assert layout.find_abi("arm64").name == "aarch64-linux-gnu"
    with pytest.raises(layout.LayoutError, match="did you mean aarch64"):
        layout.find_abi("aarch46")


def test_reading_and_placing_import_neither_numba_nor_numpy() -> None:
    code = (
        "import layout, sys; layout.layouts('struct s { int a; };'); "
        "sys.exit(any(name in sys.modules for name in ('numba', 'numpy', 'pyarrow')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("typedef struct P P; struct S { P p; };", "struct P has no members before this line"),
        ("typedef struct P P; struct S { P p; }; struct P { int x; };", "has no members before"),
        ("typedef struct S T; struct S { int a; T t; };", "struct S contains itself"),
        ("typedef struct P P[2]; struct P { int x; }; struct S { P p; };", "has no members"),
        ("typedef struct P P; struct P { nothing x; }; struct S { P p; };", "nothing"),
    ],
    ids=["never", "too late", "within itself", "an array of it", "not read"],
)
def test_a_typedef_of_a_tag_waits_for_its_members_and_no_longer(text: str, reason: str) -> None:
    source = layout.read_text(text)
    assert "struct S" not in source.records
    skipped = {skip.name: skip.reason for skip in source.skipped}
    assert reason in skipped["struct S"]


def test_a_record_is_found_by_a_typedef_that_came_before_it() -> None:
    source = layout.read_text("typedef struct P Q; struct P { int x; };")
    assert source.record("Q") is source.records["struct P"]
