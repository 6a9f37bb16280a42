"""C++ text to layouts, against a real clang for each target: sizes, offsets, bases, every bit."""

import pytest

import layout
from tests.layout.compare_cpp import TARGETS, differences, library
from tests.layout.generate_cpp import Generator, Unit
from tests.oracles import clangxx
from tests.oracles.clang import Member


@pytest.mark.parametrize("target", TARGETS)
def test_generated_classes_lie_as_clang_lays_them(target: str) -> None:
    unit = Generator(TARGETS.index(target), target).unit(230)
    assert len(unit.asked) >= 250  # 2,000 over all targets
    assert differences(unit, target) == []


def asked(name: str, *members: str, bases: tuple[str, ...] = ()) -> clangxx.AskedClass:
    bits = {member.rstrip(":"): member.endswith(":") for member in members}
    return clangxx.AskedClass(
        name, tuple(Member(member, bits=bit) for member, bit in bits.items()), bases
    )


EMPTY = "struct E {}; struct F {}; struct G : E {};"
NEAR = "struct N { virtual void n(); }; struct D { virtual void d(); int x; };"
# Itanium C++ ABI 2.4: one source with a namespace for each rule.
CORNERS = {
    "a base's tail padding is reused": ("struct B { B(); int a; char b; };"
        "struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "that of a POD is not": ("struct B { int a; char b; }; struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "that of a member that may overlap": ("struct B { B(); int a; char b; };"
        "struct S { [[no_unique_address]] B b; char c; };", asked("S", "b", "c")),
    "an empty base takes nothing": (EMPTY + "struct S : E, F { int a; };",
        asked("S", "a", bases=("E", "F"))),
    "an empty base meets a member of its type": (EMPTY + "struct S : E { E e; int a; };",
        asked("S", "e", "a", bases=("E",))),
    "an empty base meets one within a member": (EMPTY + "struct H { G g; }; struct S : E { H h; };",
        asked("S", "h", bases=("E",))),
    "an empty base twice": (EMPTY + "struct S : E, G { char c; };", asked("S", "c", bases=("G",))),
    "empty members that overlap": (EMPTY + "struct S { [[no_unique_address]] E a; "
        "[[no_unique_address]] E b; [[no_unique_address]] F c; char d; };",
        asked("S", "a", "b", "c", "d")),
    "an array of empty ones": (EMPTY + "struct H { E e[3]; }; struct S : E { char a; "
        "[[no_unique_address]] E f; H h; };", asked("S", "a", "f", "h", bases=("E",))),
    "a union of empty ones": (EMPTY + "union U { E e; char c[3]; }; struct S { "
        "[[no_unique_address]] U u; [[no_unique_address]] E f; };", asked("S", "u", "f")),
    "a primary base holds the pointer": (NEAR + "struct S : N, D { char c; };",
        asked("S", "c", bases=("N", "D"))),
    "a later base is the primary one": ("struct A { int a; };" + NEAR +
        "struct S : A, D { char c; };",
        asked("S", "c", bases=("A", "D"))),
    "a nearly empty virtual base is primary": (NEAR + "struct S : virtual N { char c; };",
        asked("S", "c", bases=("N",))),
    "any other virtual base is not": (NEAR + "struct S : virtual D { char c; };",
        asked("S", "c", bases=("D",))),
    "an indirect primary base is taken last": (NEAR + "struct M { virtual void m(); };"
        "struct P : virtual N {}; struct S : virtual N, virtual M, virtual P { char c; };",
        asked("S", "c", bases=("N", "M", "P"))),
    "a diamond has one virtual base": ("struct A { int a; }; struct B : virtual A { int b; };"
        "struct C : virtual A { int c; }; struct S : B, C { int d; };",
        asked("S", "d", bases=("A", "B", "C"))),
    "one class claims a primary virtual base": (NEAR + "struct P : virtual N { char p; };"
        "struct Q : virtual N { char q; }; struct S : P, Q { char c; };",
        asked("S", "c", bases=("N", "P", "Q"))),
    "a virtual base goes into tail padding": ("struct A { A(); char a; };"
        "struct S : virtual A { int b; char c; };", asked("S", "b", "c", bases=("A",))),
    "a base may be packed tight": ("struct __attribute__((packed)) B { B(); char c; int i; };"
        "struct S : B { short s; };", asked("S", "s", bases=("B",))),
    "packed leaves a member that is no POD": ("struct B { B(); int i; char c; };"
        "struct __attribute__((packed)) S { char c; B b; int i; };", asked("S", "c", "b", "i")),
    "a pragma caps the pointer too": ("#pragma pack(push, 1)\nstruct S { virtual ~S(); char c; "
        "int i; };\n#pragma pack(pop)\n", asked("S", "c", "i")),
    "a bit-field follows a base's bits": ("struct B { B(); int a : 3; }; struct S : B { int b : 4; "
        "char c; };", asked("S", "b:", "c", bases=("B",))),
    "an empty class aligned": (EMPTY + "struct alignas(16) H {}; struct S : H { char c; E e; };",
        asked("S", "c", "e", bases=("H",))),
    "a class of empty arrays has size 0": ("struct B { int a[0]; }; struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "an alias in an assignment's parameter": ("struct B { using Self = B; int a; char b; "
        "Self &operator=(const Self &); }; struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "move assignment keeps a POD": ("struct B { int a; char b; B &operator=(B &&); };"
        "struct S : B { char c; };", asked("S", "c", bases=("B",))),
    "defaulted members keep a POD": ("struct B { B() = default; B(const B &) = delete; int a; "
        "char b; }; struct S : B { char c; };", asked("S", "c", bases=("B",))),
    "a private member ends a POD": ("class B { int a; char b; };"
        "struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "an initialised member ends a POD": ("struct B { int a = 1; char b; };"
        "struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "a reference ends a POD": ("struct B { int &a; char b; }; struct S : B { char c; };",
        asked("S", "c", bases=("B",))),
    "a copy constructor of another name": ("struct B { B(B const &, int = 3); int a; char b; };"
        "struct S : B { char c; };", asked("S", "c", bases=("B",))),
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_corners_of_the_abi_lie_as_clang_lays_them(target: str) -> None:
    unit = Unit("")
    for index, (text, wanted) in enumerate(CORNERS.values()):
        space = f"n{index}"
        unit.text += f"namespace {space} {{\n{text}\n}}\n"
        bases = tuple(f"{space}::{base}" for base in wanted.bases)
        unit.asked.append(clangxx.AskedClass(f"{space}::S", wanted.members, bases))
    assert differences(unit, target) == []


FORMS = """
struct A1 { struct { int a; char b; } x, y[2]; union { long l; struct { char c; short s; }; } u; };
struct A2 { enum { P, Q } e : 2; unsigned : 3; enum class K : short { Z } k; };
using A3 = struct { char a; long b; };
typedef struct A4s { int a; } A4, *A4p; struct A5 { A4 a; A4p p; struct A4s s; };
struct A6 { static constexpr std::size_t N = 4, M = N * 2; char a[N], b[M]; };
template <int N> struct Skip { char a[N]; };
constexpr int operator""_k(unsigned long long x) { return x; }
struct A7 { int (*f)(int (*)(char), ...); void (*g[3])(); int (*(*h)[2])(int); };
struct A8 { int a alignas(16); char b __attribute__((aligned(4))); };
struct __attribute__((packed, aligned(4))) A9 { char a; int b; short c; };
struct A10 { const char *n = "a;b}{"; char c = '}'; int x = (1, 2); int y[2] = {1, 2}; };
class A11 { friend class A1; template <int T> friend struct Skip;
  typedef A11 *self; self p; protected: int q; };
namespace { struct A12 { int a; }; }
struct A13 : A12 { char c; };
struct A14 { virtual auto f() const -> int = 0; int a; };
struct A15 final : A14 { auto f() const -> int override { return 0; }
  char b; };
struct A16 { unsigned long long a : 40, b : 30; bool c : 1; signed char d : 7; };
struct A17 { A17 *a, **b, *c[2]; const A17 &d; volatile long e; };
struct A18 : virtual A4s, A16 { using A16::A16; int z; };
struct A19 : A18, virtual A1 { char k; };
inline namespace q1 { inline namespace q2 { struct A20 { int a; }; } }
struct A21 { A20 a; q1::A20 b; };
struct A22 { typedef int T; typedef T U; U a; struct V { U b; } v; };
struct A23 { A22::V a; A22::U b; };
enum E1 { X1 = -1, X2 = 5 };
enum E2 : unsigned char { Y };
struct A24 { E1 a : 4; E2 b : 4; E1 c; E2 d; char e[X2]; };
struct A25 { char a; [[maybe_unused]] int b; alignas(double) char c; alignas(A1) char d; };
struct A26 { int a[sizeof(A25) / alignof(A1)]; char b[sizeof(A22::V) + sizeof(int[3])]; };
"""
ASKED = {
    "A1": "x y u", "A2": "e k", "A3": "a b", "A5": "a p s", "A6": "a b", "A7": "f g h",
    "A8": "a b", "A9": "a b c", "A10": "n c x y", "A11": "p q", "A13": "c", "A15": "b",
    "A17": "a b c d e", "A18": "z", "A19": "k", "A21": "a b", "A23": "a b", "A25": "a b c d",
    "A26": "a b",
}  # fmt: skip


@pytest.mark.parametrize("target", ["x86_64-linux-gnu", "wasm32-wasi", "x86_64-windows-gnu"])
def test_forms_of_declarations_lie_as_clang_lays_them(target: str) -> None:
    unit = Unit(FORMS)
    for name, members in ASKED.items():
        wanted = (
            Member(one, bits=(name, one) == ("A2", "e"), sized=(name, one) != ("A17", "d"))
            for one in members.split()
        )
        unit.asked.append(clangxx.AskedClass(name, tuple(wanted)))
    assert differences(unit, target) == []


def test_the_classes_of_a_real_library_lie_as_clang_lays_them() -> None:
    compared, _, found = library(["string", "memory", "map"], "x86_64-linux-gnu")
    assert compared > 100
    assert found == []


def test_the_classes_of_microsofts_abi_are_refused() -> None:
    with pytest.raises(layout.LayoutError, match=r"^<text>:1: S: .*Microsoft's C\+\+ ABI is not"):
        layout.layouts("struct S { int a; };", language="cpp", abi="x86_64-windows-msvc")
