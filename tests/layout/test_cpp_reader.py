"""What the C++ reader reads, what it refuses and why."""

import pytest

import layout
from layout.sources.cppguess import is_cpp


def reason(text: str, name: str) -> tuple[int, str]:
    """Line and reason of a skipped class."""
    source = layout.read_text(text, language="cpp", name="book.hpp")
    assert name not in source.records
    return next((entry.line, entry.reason) for entry in source.skipped if entry.name == name)


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("struct S { foo_t a; };", 1, "unknown type 'foo_t'"),
        ("struct S { ns::foo_t a; };", 1, "unknown type 'ns::foo_t'"),
        ("#include <string>\nstruct S {\n std::string a; };", 3, "std::string is of the library"),
        ("struct S { std::atomic_int a; };", 1, "std::atomic_int is of the library"),
        ("struct S { atomic_int a; };", 1, "unknown type 'atomic_int'"),
        ("template <class T> struct S { T a; };", 1, "a class template"),
        ("template <class T> struct T1 { T a; };\nstruct S { T1<int> a; };", 2,
         "'T1' is a template"),
        ("struct S { other<int, 3> a; };", 1, "an instance of a template"),
        ("template <class T> struct T1 {}; struct S : T1<S> { int a; };", 1, "base 'T1<...>'"),
        ("struct S : Unknown { int a; };", 1, "base 'Unknown'"),
        ("struct Unknown; struct S : Unknown { int a; };", 1, "has no members before"),
        ("struct S { S s; };", 1, "contains itself"),
        ("struct T1; struct S { T1 t; }; struct T1 { int a; };", 1, "has no members before"),
        ("class API S { int a; };", 1, "'{' is unexpected"),
        ("struct S { API void f(); int a; };", 1, "two types in one declaration"),
        ("struct S { void f() API; int a; };", 1, "'API' is unexpected"),
        ("struct S { Q_OBJECT\n int a; };", 2, "two types"),
        ("struct S { Q_OBJECT\n public: int a; };", 2, "'public' is unexpected"),
        ("struct S {\n MACRO(a) int b; };", 2, ""),
        ("struct S { MACRO(); int b; };", 1, "'MACRO(...)' may be a macro"),
        ("struct S { int a; } __packed;", 1, "may be a macro"),
        ("struct S {\n#ifdef A\n virtual void f();\n#endif\n};", 2, "conditional compilation"),
        ("struct S { auto a = 3; };", 1, "auto deduces a type"),
        ("struct S { decltype(x) a; };", 1, "decltype deduces a type"),
        ("struct S { int a = b < c, d = 3; };", 1, "a comma behind '<'"),
        ("struct S { [[foo::bar]] int a; };", 1, "attribute [[foo::...]]"),
        ("struct [[foo::bar]] S { int a; };", 1, "attribute [[foo::...]]"),
        ("struct __attribute__((ms_struct)) S { int a; };", 1, "attribute 'ms_struct'"),
        ("struct __declspec(align(8)) S { int a; };", 1, "use alignas"),
        ("struct S { _BitInt(7) a; };", 1, "_BitInt"),
        ("struct S { char a[N]; };", 1, "unknown constant 'N'"),
        ("constexpr int N = f(); struct S { char a[N]; };", 1, "not computed"),
        ("const int N = 3; const int N = 4; struct S { char a[N]; };", 1, "defined twice"),
        ("struct S { char a[sizeof(int &)]; };", 1, "sizeof of a reference"),
        ("struct S { unknown S::*a; };", 1, "unknown type"),
        ("struct S { int a; }; struct S { long a; };", 1, "defined differently"),
        ("namespace a { struct T {}; } namespace b { struct T { int x; }; }"
         "using namespace a; using namespace b; struct S { T t; };", 1, "ambiguous"),
        ("typedef int T; struct B : Unknown {}; struct S : B { T t; };", 1, "base 'B'"),
        ("struct S { int a : 3; int a; };", 1, "member 'a' twice"),
        ("struct S { int a", 1, "no brace closes"),
        ("struct S { int f() { int a; };", 1, "no brace closes"),
    ],
)  # fmt: skip
def test_a_class_that_cannot_be_read_exactly_is_skipped_with_its_reason(
    text: str, line: int, fragment: str
) -> None:
    assert reason(text, "S")[0] == line
    assert fragment in reason(text, "S")[1]
    with pytest.raises(layout.LayoutError, match=rf"^book\.hpp:{line}: S: "):
        layout.read_text(text, language="cpp", name="book.hpp").record("S")


def test_names_within_a_class_whose_base_is_unknown_are_not_guessed() -> None:
    text = """typedef int id;
    struct S : Unknown { struct Plain { int a; }; struct Risky { id a; }; };"""
    source = layout.read_text(text, language="cpp")
    assert list(source.records) == ["S::Plain"]
    assert "may come from a base of S" in reason(text, "S::Risky")[1]


def test_names_are_as_cpp_says_them() -> None:
    text = """namespace a {
    inline namespace v2 { class Order { public: struct Leg { int q; }; }; } }
    namespace { struct Hidden { int x; }; }
    namespace a::b { typedef struct { struct Deep { int y; } d; } Named; union U { int i; }; }
    struct a::Order; struct Outer { struct Later; }; struct Outer::Later { int z; };
    using Alias = a::b::Named; typedef a::Order *OrderPointer;
    enum class Side : char { buy, sell };"""
    source = layout.read_text(text, language="cpp")
    assert list(source.records) == [
        "a::v2::Order::Leg", "a::v2::Order", "Hidden", "a::b::Named::Deep", "a::b::Named",
        "a::b::U", "Outer", "Outer::Later",
    ]  # fmt: skip
    assert source.record("a::Order") is source.record("class a::v2::Order")
    assert source.record("Alias") is source.record("struct a::b::Named")
    assert source.record("union a::b::U").kind == "union"


def test_layouts_are_found_by_class_key_too() -> None:
    placed = layout.layouts("class S { int a; }; union U { int b; };", language="cpp")
    assert list(placed) == ["S", "U"]
    assert placed["struct S"] is placed["class S"] is placed["S"]
    assert "union U" in placed
    assert "struct T" not in placed
    with pytest.raises(KeyError):
        placed["struct T"]


def test_the_nearest_declaration_is_the_one_meant() -> None:
    text = """typedef char id; struct B { typedef short id; }; namespace n { typedef int id;
    struct One { id a; }; struct Two : ::B { id a; }; struct Three { ::id a; };
    struct Four { typedef long id; id a; struct In { id a; }; }; namespace m { typedef double id; }
    using namespace m; struct Five { m::id a; }; struct Six { Four::id a; }; }
    using n::Four; struct Seven { Four::In a; B::id b; };"""
    sizes = {name: one.size for name, one in layout.layouts(text, language="cpp").items()}
    assert sizes == {
        "B": 1, "n::One": 4, "n::Two": 2, "n::Three": 1, "n::Four::In": 8, "n::Four": 8,
        "n::Five": 8, "n::Six": 8, "Seven": 16,
    }  # fmt: skip


def test_what_is_declared_again_is_the_same() -> None:
    text = """typedef struct A A; struct A { int x; A *next; }; typedef struct B { A a; } B, *P;
    enum class E : char; struct C { E e; }; enum class E : char { x }; enum class E : char;
    struct D { E e; B b; struct B c; P p; }; struct D; typedef int T; typedef int T; class D;
    struct F { T t; D d; }; typedef enum G { g1 } G; struct H { G g; };"""
    sizes = {name: one.size for name, one in layout.layouts(text, language="cpp").items()}
    assert sizes == {"A": 16, "B": 16, "C": 1, "D": 48, "F": 56, "H": 4}


def test_what_is_no_member_is_passed_over() -> None:
    text = r"""struct S {
      S() : a(1), b{2} { if (a < b) { struct Local { int x; }; } }  template <class T> S(T &&);
      ~S() noexcept; operator bool() const; S &operator=(const S &) = default; void operator()();
      friend struct Other; friend bool operator==(S, S) { return true; } using Self = S;
      typedef int (*callback)(S *); static int count; static constexpr unsigned N = 4;
      enum { A, B }; enum class C : char; struct Forward; static_assert(N > 3, "}");
      auto f(int x = 3, const char *text = "};") const & noexcept -> decltype(x) try { return x; }
      catch (...) { throw; }  virtual void g() = 0, h(); [[nodiscard]] [[foo::bar]] int i();
      int a, b = f(1, 2), *c{nullptr}; char d[N] = "x}"; const char *e = R"z(}; int no;)z";
    };"""
    placed = layout.layouts(text, language="cpp")["S"]
    assert [(field.name, field.offset) for field in placed.fields] == [
        ("a", 8), ("b", 12), ("c", 16), ("d", 24), ("e", 32),
    ]  # fmt: skip
    assert placed.vptr_bytes == 8


def test_types_are_spelled_as_written() -> None:
    text = """namespace n { struct T {}; } struct S { const n::T &r; n::T &&rr; int n::T::*m;
    void (n::T::*f)(int) const; std::uint32_t u; unsigned long long w; int (&rows)[4]; };"""
    placed = layout.layouts(text, language="cpp")["S"]
    assert [field.type for field in placed.fields] == [
        "const n::T &", "n::T &&", "int n::T::*", "void (n::T::*)(int)", "std::uint32_t",
        "unsigned long long", "int (&)[4]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class S { int a; };", True),
        ("#pragma once\n#include <x>\nnamespace a { int b; }", True),
        ("#ifndef X\n#define X\ntemplate <class T> struct S {};\n#endif", True),
        ("class S;", True),
        ("struct S { int a; };", False),
        ("#ifdef __cplusplus\nclass S { int a; };\nnamespace a { }\n#endif", False),
        ("int class; struct template { int namespace; }; struct s { int class : 3; };", False),
        ("extern int class(int template);", False),
        ("", False),
    ],
)
def test_a_header_is_cpp_only_where_no_reading_of_it_is_c(text: str, expected: bool) -> None:
    assert is_cpp(text) is expected


def test_a_header_of_cpp_is_read_as_such_unless_the_caller_says_otherwise(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "book.h"
    path.write_text("namespace n { class S { int a; }; }")
    assert list(layout.read(path).records) == ["n::S"]
    assert not layout.read(path, language="c").records
    path.write_text("struct S { int a; };")
    assert list(layout.read(path).records) == ["struct S"]
    assert list(layout.read(path, language="cpp").records) == ["S"]
    path.rename(tmp_path / "book.hpp")
    assert list(layout.read(tmp_path / "book.hpp").records) == ["S"]
