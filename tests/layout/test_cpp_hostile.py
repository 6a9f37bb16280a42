"""C++ text that is broken, cut, or made to take forever."""

import contextlib
import random

import pytest

import layout
from layout.place import Placer
from tests.layout.generate_cpp import Generator

MANY = 30_000


@pytest.mark.parametrize(
    "text",
    [
        "", "\0", "class", "class S", "class S {", "class S :", "class S : public", "::", "~",
        "template", "template <", "using", "namespace", "namespace {", "operator", "enum class",
        "class S { S(", "class S { S() :", "class S { ~", "class S { operator",
        "struct S { int a =",
        "R\"", "R\"(", "R\"x(" * MANY, "struct S { int a = R\"(" + "x" * MANY, "}" * MANY,
        "{" * MANY, "(" * MANY, "namespace a {" * MANY, "namespace a::" * MANY, "class a {" * MANY,
        "namespace a" + "::a" * MANY + " { struct S { int a; }; }",
        "class a {" * 3_000 + "};" * 3_000, "template <" * MANY, "template <class T> " * MANY,
        "class S : A<" + "B<" * MANY, "struct S { A" + "<A" * MANY + "> a; };",
        "struct S { A" + "<A" * MANY + ">" * MANY + " a; };", "a<" * MANY + ";" + "a<" * MANY,
        "struct S { int " + "&" * MANY + "a; };", "struct S { int " + "(" * MANY + "a; };",
        "struct S { int S::*" * MANY, "struct S { int a" + "::b" * MANY + "; };",
        "struct S { int a" + "[1]" * MANY + "; };", "struct S { int a = " + "(" * MANY,
        "struct S { S() : " + "a(1), " * MANY + "b{} {} };", "struct S { S() : " + "a{" * MANY,
        "struct S { char a[" + "int(" * MANY + "1" + ")" * MANY + "]; };",
        "struct S { char a[" + "static_cast<int>(" * MANY,
        "struct S { static const int a = " * MANY,
        "struct S { enum { " + "A," * MANY + "} e; };", "using a = a;" * MANY,
        "using namespace a;" * MANY, "namespace a { using namespace a; }" * 3_000,
        "namespace a {} namespace b { using namespace a; } " + "using namespace b;" * MANY,
        "typedef int t0;" + "".join(f"using t{at + 1} = t{at}*;" for at in range(MANY // 4)),
        "struct B0 {};" + "".join(f"struct B{at + 1} : B{at} {{}};" for at in range(3_000)),
        "struct B0 {}; struct C0 {};" + "".join(
            f"struct B{at + 1} : B{at}, C{at} {{}}; struct C{at + 1} : B{at}, C{at} {{}};"
            for at in range(60)),
        "struct B0 {}; struct C0 {};" + "".join(
            f"struct B{at + 1} : virtual B{at}, virtual C{at} {{}};"
            f"struct C{at + 1} : virtual B{at}, virtual C{at} {{ virtual void f(); }};"
            for at in range(60)),
        "struct E {}; struct S { E a[1000000000]; }; struct T { [[no_unique_address]] S s;"
        " [[no_unique_address]] E e; };",
        "struct E {}; struct alignas(4294967296) F : E {};"
        "struct G : F, E { F f; E e[99999999]; };",
        "struct S { requires" + " requires" * MANY, "auto f() requires (" * MANY,
        "[[" * MANY, "struct S { [[a" + "::b" * MANY + "]] int a; };", "struct S { friend " * MANY,
        "struct S { virtual " * MANY, "operator" * MANY, "class ~" * MANY, "a::" * MANY,
        "struct S { a::" * 2_000 + "b c; };", "extern \"C\" {" * MANY, "public:" * MANY,
        "struct S {" + "public:" * MANY + "};", "struct S {" + "int a : 3 = 1," * MANY,
        "enum E : " * MANY, "struct S { int a{" * MANY, "struct S { using T = " * MANY,
    ],
    ids=lambda text: f"{len(text)}-{text[:12].encode().hex()}",
)  # fmt: skip
def test_hostile_text_neither_crashes_nor_hangs(text: str) -> None:
    source = layout.read_text(text, language="cpp")
    placer = Placer(layout.find_abi("x86_64"))
    for record in source.records.values():
        with contextlib.suppress(layout.LayoutError):
            assert placer.place(record).size >= 0


def test_flipped_and_cut_sources_neither_crash_nor_hang() -> None:
    pick = random.Random(9)
    text = Generator(77).unit(25).text
    for _ in range(150):
        letters = list(text[: pick.randint(0, len(text))])
        for _ in range(pick.randint(0, 8)):
            if letters:
                signs = "{}()[]<>;:,*&~#\"'\\/=\0\n\udc80a1"
                letters[pick.randrange(len(letters))] = pick.choice(signs)
        source = layout.read_text("".join(letters), language="cpp")
        for record in source.records.values():
            with contextlib.suppress(layout.LayoutError):
                assert layout.place(record, "arm64").size >= 0
