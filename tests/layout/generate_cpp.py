"""Seeded C++ classes of every kind that the reader and the Itanium placement know."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.oracles.clang import Member
from tests.oracles.clangxx import AskedClass

HEAD = """\
namespace kit {
struct E0 {};
struct E1 {};
struct E2 : E0 {};
class E3 : public E1, E0 {};
struct alignas(8) E4 {};
struct E5 : E4, E2 { void f() const; };
struct E6 { int : 0; static int shared; };
enum class colour : unsigned char { red, green = 7 };
enum class level { low, high };
enum plain { one = 1, two, many = 1 << 20 };
enum wide : long long { w0 };
constexpr int COUNT = 3;
static const unsigned SUM = COUNT + sizeof(int);
using byte5 = unsigned char[5];
typedef double aligned_d __attribute__((aligned(32)));
typedef long low_long __attribute__((aligned(2)));
inline namespace v1 { struct P0 { int a; char b; }; }
class P1 { int a; char b; public: short s() { return 1; } };
struct P2 { P2() {} long a; char b; };
struct P3 { P3() = default; long a; char b; };
struct P4 { P4(const P4 &) = delete; int a = 2; char b{}; };
struct P5 { int a; char b; P5 &operator=(P5 &&) = default; };
struct P6 { int a; char b; P6 &operator=(const P6 &) { return *this; } };
struct P7 { int a; char b; ~P7(); };
struct P8 { char a; E0 e; };
struct P9 { int &r; char c; };
struct V0 { virtual void v0(); };
struct V1 { virtual ~V1(); int a; char b; };
struct V2 : virtual E0 { char c; };
struct V3 : virtual V0 {};
struct __attribute__((packed)) K0 { char c; int i; };
struct __attribute__((packed)) K1 { K1(); char c; int i; };
}
"""
EMPTY = [f"kit::E{index}" for index in range(7)]
PLAIN = [f"kit::P{index}" for index in range(9)] + ["kit::K0", "kit::K1", "kit::P9"]
VIRTUAL = [f"kit::V{index}" for index in range(4)]
SCALARS = [
    "char", "signed char", "unsigned char", "bool", "short", "unsigned short", "int", "unsigned",
    "long", "unsigned long", "long long", "float", "double", "long double", "wchar_t", "char16_t",
    "char32_t", "char8_t", "std::size_t", "std::uint16_t", "::int64_t", "std::byte", "void *",
    "std::nullptr_t", "kit::colour", "kit::level", "kit::plain", "kit::wide", "__int128",
    "_Float16", "const volatile int", "enum kit::plain", "kit::low_long", "ptrdiff_t",
]  # fmt: skip
BITS = {"char": 8, "unsigned char": 8, "short": 16, "int": 32, "unsigned": 32, "long long": 64,
        "std::uint8_t": 8, "bool": 1, "kit::colour": 8, "kit::plain": 32, "kit::level": 32,
        "unsigned short": 16, "uint64_t": 64, "wchar_t": 16}  # fmt: skip
# Types that not every target has, and those that have them.
WIDE = ("__int128", "_Float16")
WIDE_TARGETS = ("x86_64-linux-gnu", "aarch64-linux-gnu", "aarch64-macos")
COUNTS = ["1", "2", "3", "kit::COUNT", "kit::SUM", "kit::COUNT * 2 - 1", "sizeof(kit::P0)", "0",
          "alignof(double)", "std::size_t{4}", "int(kit::two)", "0x3u", "kit::many >> 18",
          "static_cast<int>(sizeof(void *))"]  # fmt: skip


@dataclass
class Known:
    """A class generated so far."""

    name: str
    direct: tuple[tuple[str, bool], ...] = ()  # base, whether virtual
    final: bool = False
    abstract: bool = False
    trivial: bool = True  # may be a union's member


@dataclass
class Unit:
    """One generated source and what to ask about it."""

    text: str = HEAD
    asked: list[AskedClass] = field(default_factory=list)


class Generator:
    """Writes classes into a Unit for one target."""

    def __init__(self, seed: int, target: str = "x86_64-linux-gnu") -> None:
        self.random = random.Random(seed)
        self.scalars = [name for name in SCALARS if name not in WIDE or target in WIDE_TARGETS]
        self.serial = 0
        self.known: dict[str, Known] = {name: Known(name, trivial=name in PLAIN[:2])
                                        for name in [*EMPTY, *PLAIN, *VIRTUAL]}  # fmt: skip
        self.known["kit::E2"].direct = (("kit::E0", False),)
        self.known["kit::E3"].direct = (("kit::E1", False), ("kit::E0", False))
        self.known["kit::E5"].direct = (("kit::E4", False), ("kit::E2", False))
        self.known["kit::V2"].direct = (("kit::E0", True),)
        self.known["kit::V3"].direct = (("kit::V0", True),)
        for name in EMPTY:
            self.known[name].trivial = True
        self.unit_ = Unit()

    def unit(self, records: int) -> Unit:
        """A source of so many top-level classes."""
        for index in range(records):
            self.unit_.text += self.top(index) + "\n"
        return self.unit_

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def fresh(self, letter: str = "m") -> str:
        self.serial += 1
        return f"{letter}{self.serial}"

    def top(self, index: int) -> str:
        space = self.random.choice(["", "", "geo", "geo::deep"])
        pack = self.random.choice([1, 2, 4, 8]) if self.chance(0.08) else 0
        text = self.record(f"C{index}", f"{space}::" if space else "", 0)
        text = f"namespace {space} {{ {text} }}" if space else text
        return f"#pragma pack(push, {pack})\n{text}\n#pragma pack(pop)" if pack else text

    def record(self, name: str, prefix: str, depth: int) -> str:
        pick = self.random
        key = pick.choice(["struct", "struct", "struct", "class", "class", "union"])
        flavour = pick.choice(["plain", "plain", "bits", "empty", "wild"])
        full = prefix + name
        bases = [] if key == "union" or self.chance(0.35) else self.bases()
        known = Known(full, tuple((base, virtual) for base, virtual, _ in bases))
        known.trivial = not bases
        known.abstract = any(self.known[base].abstract for base, _, _ in bases)
        members: list[Member] = []
        body = self.body(key, name, full, known, members, flavour, depth)
        attributes = ""
        if self.chance(0.12):
            attributes += "__attribute__((packed)) "
        if self.chance(0.1):
            attributes += pick.choice(["alignas(64) ", "__attribute__((aligned(16))) ",
                                       "__attribute__((aligned(2))) ",
                                       "[[gnu::aligned(8)]] "])  # fmt: skip
        if key == "union" and "aligned(2)" in attributes:
            attributes = ""
        known.final = self.chance(0.08) and key != "union"
        heads = [
            f"{access}{'virtual ' if virtual else ''}{base}" for base, virtual, access in bases
        ]
        clause = f" : {', '.join(heads)}" if heads else ""
        self.known[full] = known
        asked = () if known.abstract else self.askable(known)
        self.unit_.asked.append(AskedClass(full, tuple(members), asked))
        return f"{key} {attributes}{name}{' final' * known.final}{clause} {{\n{body}}};"

    def bases(self) -> list[tuple[str, bool, str]]:
        pick = self.random
        pool = [name for name in list(self.known)[-14:] if self.usable(name)]
        pools = [pool, EMPTY, PLAIN[:9], VIRTUAL, pool]
        found: dict[str, tuple[str, bool, str]] = {}
        for _ in range(pick.choice([1, 1, 1, 2, 2, 3, 4])):
            base = pick.choice(pick.choice([one for one in pools if one]))
            virtual = self.chance(0.25)
            access = pick.choice(["", "public ", "private ", "protected "])
            found.setdefault(base, (base, virtual, access))
        kept: list[tuple[str, bool, str]] = []
        for entry in found.values():  # repeated bases multiply: keep the trees small
            if self.subobjects([*kept, entry]) < 60:
                kept.append(entry)
        return kept

    def subobjects(self, bases: list[tuple[str, bool, str]]) -> int:
        trial = Known("", tuple((base, virtual) for base, virtual, _ in bases))
        return sum(self.counts(trial).values())

    def usable(self, name: str) -> bool:
        return not self.known[name].final and name not in self.unions

    unions: set[str] = set()  # noqa: RUF012

    def counts(self, known: Known) -> dict[str, int]:
        """How many subobjects of each class a class has as bases."""
        found: dict[str, int] = {}
        virtual: set[str] = set()

        def walk(one: Known) -> None:
            for base, is_virtual in one.direct:
                if is_virtual:
                    if base in virtual:
                        continue
                    virtual.add(base)
                found[base] = found.get(base, 0) + 1
                walk(self.known[base])

        walk(known)
        return found

    def askable(self, known: Known) -> tuple[str, ...]:
        """Direct and virtual bases that can be named without ambiguity."""
        counts = self.counts(known)
        wanted = [base for base, _ in known.direct]

        def walk(one: Known) -> None:
            for base, is_virtual in one.direct:
                if is_virtual and base not in wanted:
                    wanted.append(base)
                walk(self.known[base])

        walk(known)
        return tuple(base for base in wanted if counts[base] == 1)

    def body(
        self, key: str, name: str, full: str, known: Known, members: list[Member], flavour: str,
        depth: int,
    ) -> str:  # fmt: skip
        if key == "union":
            self.unions = self.unions | {full}
        lines: list[str] = []
        count = self.random.choice([0, 0, 1, 2, 3, 4, 5, 7])
        if flavour == "empty" and key != "union":
            count = self.random.choice([0, 0, 0, 1])
        lines += [self.special(name, key, known) for _ in range(self.random.choice([0, 0, 1, 2]))]
        lines = list({_signature(line, name): line for line in lines}.values())
        for _ in range(count):
            if key != "union" and self.chance(0.12):
                lines.append(self.random.choice(["public:", "private:", "protected:"]))
            lines.append(self.member(key, full, known, members, flavour))
        if key != "union" and self.chance(0.15) and depth < 2:
            inner = self.fresh("N")
            lines.insert(self.random.randint(0, len(lines)),
                         "public: " + self.record(inner, f"{full}::", depth + 1))  # fmt: skip
        return "".join(f"  {line}\n" for line in lines)

    def special(self, name: str, key: str, known: Known) -> str:
        pick = self.random
        simple = [
            f"{name}() = default;", f"{name}() : {name}(1) {{ }}  {name}(int x) noexcept;",
            f"{name}(const {name} &) = default;", f"{name}(const {name} &other);",
            f"{name}({name} &&) = delete;", f"{name} &operator=(const {name} &) = default;",
            f"{name} &operator=({name} &&) noexcept;", f"{name} &operator=(const {name} &) &;",
            f"explicit {name}(long, int = 3);", f"template <class T> {name}(T, T *);",
            f"{name}(double) = delete;",
            "void f() const { struct local { int x; } l; if (1 < 2) { (void)l; } }",
            "static int count; static constexpr int LIMIT = 4;",
            "operator bool() const noexcept(true) { return false; }",
            "bool operator<(int) const; int operator()(int a, char b[3]) { return a; }",
            "template <class T, int N = (1 > 2)> T get() const { return T{}; }",
            f"friend bool operator==(const {name} &, const {name} &) {{ return true; }}",
            "auto tail(int x) const -> decltype(x + 1);", "using size = unsigned;",
            "[[nodiscard]] int nothing() const && noexcept;",
            "typedef int (*handler)(int, void *);",
        ]  # fmt: skip
        if key == "union":
            return pick.choice(simple[-10:])
        known.trivial = False
        if self.chance(0.5):
            return pick.choice(simple)
        function = self.fresh("v")
        choices = [f"virtual void {function}();", f"virtual int {function}(int x) {{ return x; }}",
                   f"virtual ~{name}();", f"virtual ~{name}() {{ }}",
                   f"~{name}() {{ }}", f"~{name}();",
                   f"virtual void {function}() const = 0;"]  # fmt: skip
        text = pick.choice(choices)
        known.abstract = known.abstract or text.endswith("= 0;")
        return text

    def member(self, key: str, full: str, known: Known, members: list[Member], flavour: str) -> str:
        share = {"plain": 0.1, "bits": 0.7, "empty": 0.1, "wild": 0.3}[flavour]
        if self.chance(share):
            return self.bit_field(members)
        if self.chance(0.1):
            return self.anonymous(members)
        pick = self.random
        name = self.fresh()
        kind = pick.choice(["scalar", "scalar", "class", "class", "other", "overlap", "empty"])
        if flavour == "empty":
            kind = pick.choice(["overlap", "empty"])
        front = pick.choice(["alignas(64) ", "__attribute__((aligned(8))) "]) if (
            flavour == "wild" and self.chance(0.15)) else ""  # fmt: skip
        if flavour == "wild" and self.chance(0.1):
            front = "__attribute__((packed)) "
        if kind == "other" and key != "union":
            return self.other(full, name, members)
        if kind in ("class", "overlap", "empty"):
            type_ = self.class_type(key, known, empty=kind == "empty" or self.chance(0.2))
            if kind == "overlap" and key != "union":
                front += "[[no_unique_address]] "
        else:
            type_ = pick.choice(self.scalars)
        members.append(Member(name))
        most = 1 if flavour == "bits" or kind != "scalar" else 2
        array = f"[{pick.choice(COUNTS)}]" * min(pick.choice([0, 0, 0, 1, 2]), most)
        if type_ in ("kit::E4", "kit::low_long") and array:
            array = ""
        if front.startswith("[[") and kind == "overlap":
            array = array[:6] if self.chance(0.1) and array[:6].endswith("]") else ""
        elif "[[" in front:
            array = ""
        start = ""
        if key != "union" and self.chance(0.08) and not array and type_ in SCALARS[:14]:
            start = pick.choice([" = 0", "{}"])
            if type_ == "bool":
                start = " = 1 < 2"
        if self.chance(0.04) and "const" not in type_ and "[[" not in front:
            front += "mutable "
        return f"{front}{type_} {name}{array}{start};"

    def class_type(self, key: str, known: Known, *, empty: bool) -> str:
        pool = [name for name in list(self.known)[-12:] if not self.known[name].abstract]
        choices = self.random.choice([EMPTY if empty else PLAIN, pool or EMPTY, EMPTY])
        name = self.random.choice(choices)
        if key == "union" and not self.known[name].trivial:
            name = self.random.choice(EMPTY[:3])
        known.trivial = known.trivial and self.known[name].trivial
        return name

    def other(self, full: str, name: str, members: list[Member]) -> str:
        form = self.random.choice(["int &{n};", "const kit::P0 &&{n};", "int (&{n})[3];",
                                   "int kit::P0::*{n};", "void (kit::P1::*{n})(int) const;",
                                   "void (*{n})(int, ...) noexcept;", "struct later *{n}, *{n}b;",
                                   "int (kit::P1::*{n}[2])(char);", "kit::byte5 {n};",
                                   "kit::aligned_d {n};", "const char *const *{n} = nullptr;",
                                   "{f} *{n};", "int kit::P0::*{n}[3];"])  # fmt: skip
        members.append(Member(name, sized="&" not in form))
        if "{n}b" in form:
            members.append(Member(f"{name}b"))
        return form.format(n=name, f=full)

    def anonymous(self, members: list[Member]) -> str:
        kind = self.random.choice(["union", "struct"])
        parts = []
        for _ in range(self.random.randint(1, 3)):
            if self.chance(0.3):
                parts.append(self.bit_field(members, unnamed=False))
                continue
            name = self.fresh()
            members.append(Member(name))
            parts.append(f"{self.random.choice([*self.scalars, 'kit::E0', 'kit::P0'])} {name};")
        return f"{kind} {{ {' '.join(parts)} }};"

    def bit_field(self, members: list[Member], *, unnamed: bool = True) -> str:
        type_ = self.random.choice(list(BITS))
        out = []
        for _ in range(self.random.choice([1, 1, 2, 3])):
            width = min(self.random.choice([1, 2, 3, 5, 7, 8, 9, 13, 16, 24, 31, 33, 63]),
                        BITS[type_])  # fmt: skip
            form = self.random.random()
            if unnamed and form < 0.1:
                out.append(": 0")
            elif unnamed and form < 0.2:
                out.append(f": {width}")
            else:
                name = self.fresh()
                members.append(Member(name, bits=True, boolean=type_ == "bool"))
                out.append(f"{name} : {width}")
        return f"{type_} {', '.join(out)};"


def _signature(line: str, name: str) -> str:
    """What two declarations of one class must not share."""
    if f"~{name}(" in line:
        return "destructor"
    if "= 0" in line or "virtual" in line:
        return line
    head = line.replace(" &other)", " &)").partition("{")[0]
    return head.partition(" =")[0].partition(" :")[0].rstrip("; &")
