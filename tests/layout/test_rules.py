"""The lint rules: what each finds, with numbers worked out by hand or by brute force."""

import random
from dataclasses import replace

import pytest

import layout
from layout.lint import Settings, lint
from layout.model import Layout
from layout.place import Placer
from layout.rules import RULES, Subject, find_rule
from layout.rules.least import least_sizes
from layout.rules.pointer_bytes import least_pointer_bytes
from layout.sizeclasses import ALLOCATORS
from tests.layout.lint_helpers import ABI, ARM, lint_text, operation, profile, said
from tests.layout.small import SMALL_ABI, orders, small_record

PREFACES = {"c": "#include <stdint.h>\n#include <stdbool.h>\n", "go": "package p\n"}
READABLE = set(layout.sources.READERS)

# What the examples of the rules that need more than a source are about.
USES = {
    "struct session": profile(operation("check", reads=["quota"])),
    "struct queue": profile(
        operation("take", thread=0, reads=["slots"], writes=["head"]),
        operation("put", thread=1, reads=["slots"], writes=["tail"]),
    ),
}
EXAMPLES = [code for code, rule in RULES.items() if rule.language in READABLE]


def example(code: str, text: str) -> list[str]:
    language = RULES[code].language
    abis = (ABI, ARM, SMALL_ABI) if code == "LW008" else (ABI,)
    codes = (code, "LW002") if code in ("LW090", "LW091") else (code,)
    found = lint_text(
        PREFACES[language] + text, *codes, language=language, profiles=USES, allocator="jemalloc",
        abis=abis if language == "c" else ("go-amd64",),
    )  # fmt: skip
    assert not found.skipped
    assert found.records
    return [one.code for one in found.findings if one.code == code]


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_of_a_rule_is_found_and_the_good_one_is_not(code):
    rest = " char a; long b; char c; };" if code == "LW090" else ""
    assert example(code, RULES[code].bad + rest)
    assert not example(code, RULES[code].good + rest)


def test_codes_are_unique_and_texts_are_whole():
    assert len(RULES) == 12
    for code, rule in RULES.items():
        assert code == rule.code
        assert rule.why.rstrip().endswith((".", ")."))
        assert rule.leave.rstrip().endswith(".")
        assert not rule.fix.endswith(".")
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_a_rule_is_found_by_code_and_name_and_a_wrong_one_names_the_nearest():
    assert find_rule("lw002") is find_rule("order-not-minimal") is RULES["LW002"]
    with pytest.raises(layout.LayoutError, match="did you mean LW002"):
        find_rule("LW02")


def test_a_hole_is_reported_at_the_member_behind_it():
    text = "struct s {\n char a;\n\n long b;\n short c;\n int d;\n char e; };"
    # 32 bytes as written (a, b at 8, c, d at 20, e), 16 in another order.
    assert said(text, "LW001", "LW002") == [
        ("LW002", 1, None, 16), ("LW001", 4, "b", 7), ("LW001", 6, "d", 2),
    ]  # fmt: skip


def test_a_hole_that_no_order_closes_is_reported_only_as_room():
    text = "struct s {\n int a;\n long b;\n};\nstruct t { long a; char b; };"
    assert said(text, "LW001", "LW002") == []
    assert said(text, "LW010") == [("LW010", 3, "b", 4), ("LW010", 5, None, 7)]


def test_records_that_are_minimal_or_unions_have_no_findings_by_default():
    text = "struct s { long a; int b; char c; };\nunion u { char a; long b; };\nstruct e {};"
    assert lint(layout.read_text(text), Settings(), text=text).findings == ()


@pytest.mark.parametrize("seed", range(60))
def test_the_least_size_equals_brute_force(seed):
    record = small_record(seed, 5)
    names = [(ABI,), (ARM, SMALL_ABI)][seed % 2]
    placers = tuple(Placer(layout.find_abi(name)) for name in names)
    layouts = tuple(placer.place(record) for placer in placers)
    sizes = [[placer.place(other).size for placer in placers] for other, _ in orders(record)]
    found = least_sizes(record, placers, layouts)
    assert list(found) in sizes
    # No order is shorter on one ABI and no longer on any.
    assert not [one for one in sizes if one != list(found) and all(map(int.__le__, one, found))]


def test_a_hot_member_that_crosses_a_line_is_found_and_a_cold_or_large_one_is_not():
    text = "struct s { char a[60]; int b[2]; int c; char d[100]; };"
    uses = {"struct s": profile(
        operation("often", 95, reads=["b", "d"]), operation("rarely", 5, reads=["a", "c"])
    )}  # fmt: skip
    found = lint_text(text, "LW003", profiles=uses).findings
    assert [(one.field, one.message) for one in found] == [
        ("b", "hot member `b` (95% of the operations) lies on lines 0 and 1: 8 bytes at offset 60")
    ]
    assert said(text, "LW003") == []


WRITERS = "struct s { long a; long b; char gap[48]; long c; };"


def writers(thread, other, **changes):
    one = operation("one", thread=thread, writes=["a"])
    two = replace(operation("two", thread=other, writes=["b"]), **changes)
    return said(WRITERS, "LW004", profiles={"struct s": profile(one, two)})


def test_two_threads_that_write_on_one_line_are_found_at_the_later_member():
    assert writers(0, 1) == [("LW004", 1, "b", None)]
    assert writers(0, None) == [("LW004", 1, "b", None)]


def test_one_thread_or_two_lines_or_true_sharing_are_no_two_writers():
    assert writers(0, 0) == []
    assert writers(0, 1, writes=frozenset("c")) == []
    assert writers(0, 1, reads=frozenset("a")) == []
    assert writers(0, 1, weight=0.0) == []


def test_bit_fields_that_do_not_fill_their_units_are_found():
    text = "struct s { int a : 20; int b : 20; int c : 3; };"
    # a in bits 0-19, b from 32 to 51, c beside it: 43 bits in 7 bytes.
    assert said(text, "LW005") == [("LW005", 1, "b", 1)]
    assert said(text.replace("int b", "int : 12; int b"), "LW005") == []
    assert said(text.replace("int a : 20", "int a : 12"), "LW005") == []
    assert said("struct s { char a : 3; int b : 3; };", "LW005") == []
    assert said("struct s { char a : 7; char b : 7; };", "LW005") == []  # no whole byte is lost


@pytest.mark.parametrize(
    ("size", "allocator", "bytes_"),
    [(64, "jemalloc", None), (72, "jemalloc", 16), (136, "jemalloc", 32), (152, "jemalloc", None),
     (136, "tcmalloc", 16), (520, "mimalloc", 128), (24, "jemalloc", None), (8, "jemalloc", None),
     (56, "glibc", None), (64, "glibc", 16), (136, None, None), (40000, "jemalloc", None)],
)  # fmt: skip
def test_a_record_just_above_a_size_class_is_found(size, allocator, bytes_):
    text = f"struct s {{ char a[{size}]; }};"
    found = said(text, "LW006", allocator=allocator)
    assert found == ([] if bytes_ is None else [("LW006", 1, None, bytes_)])


def test_the_size_class_says_when_another_order_fits():
    text = "struct s { char a; long b; char c; char d[120]; };"
    (found,) = lint_text(text, "LW006", allocator="jemalloc").findings
    block = "144 bytes take a block of 160 from jemalloc; 16 fewer fit one of 128"
    assert found.message == block  # the other order has 136
    (found,) = lint_text(text.replace("120", "112"), "LW006", allocator="jemalloc").findings
    assert found.message.startswith("136 bytes take a block of 160 from jemalloc; 8 fewer fit one")
    assert found.message.endswith("of 128: another order has 128")


def test_every_table_of_size_classes_rises():
    for classes in ALLOCATORS.values():
        assert list(classes.sizes) == sorted(set(classes.sizes))
        assert classes.around(0) is None
        assert classes.around(max(classes.sizes) + 1) is None


class GoLike(Placer):
    """Places like Go as far as pointer bytes go: up to the end of the last pointer."""

    def place(self, record) -> Layout:
        placed = super().place(record)
        ends = [field.offset + 8 for field in placed.fields if "*" in field.type]
        nested = [field.offset + 16 for field in placed.fields if "holder" in field.type]
        return replace(placed, pointer_bytes=max(ends + nested, default=0))


HOLDER = "struct holder { long x; void *p; long y[2]; };\n"


def go_like(text):
    placer = GoLike(layout.find_abi(ABI))
    record = layout.read_text(HOLDER + text).record("s")
    return placer, record, placer.place(record)


@pytest.mark.parametrize("seed", range(30))
def test_the_least_pointer_bytes_equal_brute_force(seed):
    pick = random.Random(seed)
    kinds = ["long {}", "void *{}", "struct holder {}", "char {}", "int {}[3]"]
    members = [pick.choice(kinds).format(f"m{at}") for at in range(pick.randint(1, 5))]
    placer, record, placed = go_like(f"struct s {{ {'; '.join(members)}; }};")
    shortest = min(
        other.pointer_bytes
        for order, _ in orders(record)
        if (other := placer.place(order)).size <= placed.size
    )
    least = least_pointer_bytes(placed, placer)
    assert least is None or least == shortest


def test_pointer_bytes_behind_plain_data_are_found():
    placer, record, placed = go_like("struct s { long a[4]; struct holder h; void *p; };")
    # p first, then h up to its pointer: 8 + 16.
    assert (placed.pointer_bytes, least_pointer_bytes(placed, placer)) == (72, 24)
    subject = Subject(record, (placer,), (placed,))
    assert subject.meets("pointers")
    (notice,) = RULES["LW007"].check(subject)
    assert (notice.bytes, notice.field) == (48, None)
    assert not Subject(record, (placer,), (layout.place(record, ABI),)).meets("pointers")


def test_gos_classes_count_the_header_of_large_objects_with_pointers():
    placer, record, placed = go_like("struct s { void *p; char a[1016]; };")
    (notice,) = RULES["LW006"].check(Subject(record, (placer,), (placed,)))
    assert notice.message.startswith("1024 bytes and a header of 8 take a block of 1152 from go; 8")
    plain = replace(placed, pointer_bytes=0)
    assert list(RULES["LW006"].check(Subject(record, (placer,), (plain,)))) == []


def test_a_size_that_differs_between_abis_is_one_finding_with_all_of_them():
    text = "struct s { char a; long b; };"
    (found,) = lint_text(text, "LW008", abis=(ABI, ARM, SMALL_ABI)).findings
    assert found.abis == (ABI, ARM, "small")
    assert found.bytes == 8
    assert found.message == (f"16 bytes on {ABI}, {ARM}; 8 bytes on small; `b` (long) has 8 and 4")
    assert said(text, "LW008", abis=(ABI, ARM)) == []
    assert said(text, "LW008") == []


def test_tail_padding_is_found_where_an_array_repeats_it():
    text = (
        "struct e { long a; char b; };\ntypedef struct e e_t;\n"
        "struct few { struct e a[9]; };\nstruct many {\n int n;\n e_t a[5][2];\n struct e f[]; };"
    )
    assert said(text, "LW009") == [("LW009", 6, "a", 70)]


def test_members_of_absurd_sizes_are_no_trouble():
    text = "struct s { char x; long a; char b[1L << 50]; char c; struct s *d[1 << 30]; };"
    uses = {"struct s": profile(operation("one", thread=0, writes=["b"]),
                                operation("two", thread=1, writes=["a", "c"]))}  # fmt: skip
    found = said(text, profiles=uses, allocator="jemalloc")
    assert ("LW004", 1, "b", None) in found
    assert ("LW004", 1, "c", None) in found
