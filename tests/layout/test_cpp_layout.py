"""What a C++ class's layout shows: bases, the virtual table pointer, holes, and what moves."""

import pytest

import layout

TEXT = """namespace market {
struct Tag {};
class Instrument { public: virtual ~Instrument(); std::uint32_t id; bool is_halted; };
class Future : public Instrument, private Tag {
  bool is_cash_settled = false; double tick; [[no_unique_address]] Tag tag;
};
struct Audit { int who; };
struct Option : Future, virtual Audit { char kind; };
struct Quote { bool firm; double price; std::uint16_t venue; double size; };
}
"""


def placed(name: str, abi: str = "x86_64-linux-gnu") -> layout.Layout:
    return layout.layouts(TEXT, language="cpp", abi=abi)[f"market::{name}"]


def test_the_virtual_table_pointer_is_the_class_s_own_or_its_primary_base_s() -> None:
    assert placed("Instrument").vptr_bytes == 8
    assert placed("Instrument", "arm-linux-gnueabihf").vptr_bytes == 4
    assert placed("Future").vptr_bytes == placed("Quote").vptr_bytes == 0


def test_bases_are_listed_where_they_lie_with_what_they_take() -> None:
    rows = [(base.name, base.offset, base.size, base.virtual) for base in placed("Option").bases]
    assert rows == [
        ("market::Future", 0, 25, False),
        ("market::Audit", 28, 4, True),
    ]
    assert [(base.name, base.size) for base in placed("Future").bases] == [
        ("market::Instrument", 13),
        ("market::Tag", 0),
    ]


def test_holes_are_those_between_what_is_used_and_not_those_of_a_base() -> None:
    assert [(hole.offset, hole.size) for hole in placed("Instrument").holes] == []
    assert placed("Instrument").tail_padding == 3
    future = placed("Future")  # 13 of Instrument, then the first member in its tail padding
    assert [(field.name, field.offset) for field in future.fields] == [
        ("is_cash_settled", 13), ("tick", 16), ("tag", 24),
    ]  # fmt: skip
    assert [(hole.offset, hole.size) for hole in future.holes] == [(14, 2)]
    assert (future.size, future.tail_padding) == (32, 8)
    option = placed("Option")
    assert [(hole.offset, hole.size) for hole in option.holes] == [(26, 2)]
    assert (option.size, option.tail_padding) == (32, 0)


def test_a_class_that_lies_as_a_struct_is_optimised() -> None:
    record = layout.read_text(TEXT, language="cpp").record("market::Quote")
    proposal = layout.optimize(record, ["x86-64", "arm64"])
    assert [one.size for one in (*proposal.before, *proposal.after)] == [32, 32, 24, 24]
    assert proposal.gap == 0


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("struct B {}; struct S : B { char a; int b; char c; };", "with bases"),
        ("struct S { virtual void f(); char a; int b; char c; };", "virtual functions"),
        ("struct B {}; struct S { [[no_unique_address]] B b; int a; };", "no_unique_address"),
        ("struct S { char a; private: int b; char c; };", "access specifiers"),
        ("struct B {}; struct __attribute__((packed)) S { B b; int a; };", "a packed class"),
    ],
)
def test_a_class_whose_members_cannot_move_freely_is_refused(text: str, fragment: str) -> None:
    record = layout.read_text(text, language="cpp", name="book.hpp").record("S")
    with pytest.raises(layout.LayoutError, match=rf"^book\.hpp:1: S: .*{fragment}.*by hand$"):
        layout.optimize(record, "x86-64")


def test_base_subobjects_beyond_reason_are_refused() -> None:
    text = "struct B0 {}; struct C0 {};" + "".join(
        f"struct B{at + 1} : B{at}, C{at} {{}}; struct C{at + 1} : B{at}, C{at} {{}};"
        for at in range(20)
    )
    record = layout.read_text(text, language="cpp").record("B20")
    with pytest.raises(layout.LayoutError, match="more than 4000 base subobjects"):
        layout.place(record, "x86-64")
