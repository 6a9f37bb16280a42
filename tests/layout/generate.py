"""Seeded C records of every kind that the reader and the placement know."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.oracles.clang import Asked, Member

INTEGERS = [
    "char", "signed char", "unsigned char", "short", "unsigned short int", "int", "unsigned",
    "long", "unsigned long", "long long int", "unsigned long long", "int8_t", "uint16_t",
    "uint32_t", "int64_t", "size_t", "intptr_t", "uint_fast16_t", "int_least8_t", "wchar_t",
    "ptrdiff_t",
]  # fmt: skip
OTHERS = [
    "float", "double", "long double", "__int128", "unsigned __int128", "_Bool", "bool",
    "_Complex float", "double _Complex", "long double _Complex", "_Float16", "void *",
    "const char *", "struct unknown *", "_Atomic int", "_Atomic(long)", "atomic_ullong",
    "atomic_bool", "volatile int", "max_align_t", "va_list", "time_t", "ssize_t",
    "_Atomic(long long)", "_Atomic double", "_Atomic(struct eight)", "_Atomic(float _Complex)",
    "_Atomic(enum numbers)", "_Atomic(__int128)", "_Atomic(short *)", "_Atomic(wide_struct)",
    "_Atomic(struct pair16)",
    "atomic_uintptr_t", "off_t", "mode_t", "wint_t",
]  # fmt: skip

# What a target has not: a type, its own headers, or a value that fits.
LACKS = {
    "x86-linux-gnu": {"__int128"},
    "arm-linux-gnueabihf": {"__int128"},
    "wasm32-wasi": {"_Float16"},
    "x86_64-windows-msvc": {
        "time_t", "ssize_t", "off_t", "mode_t", "wint_t", "_fast", "gcc_struct",
    },
}  # fmt: skip
LONG_BITS = {
    "x86-linux-gnu": 32, "arm-linux-gnueabihf": 32, "wasm32-wasi": 32, "x86_64-windows-msvc": 32,
    "x86_64-windows-gnu": 32,
}  # fmt: skip

HEAD = """\
#define COUNT 3
#define SUM COUNT + 2
#define TWICE (2 * SUM)
#define PACKED __attribute__((__packed__))
enum numbers { ONE = 1, TWO, SEVEN = TWO * 2 + 3, BIG = 1 << 4, NEG = -3 };
enum plain { PLAIN_A, PLAIN_B };
enum __attribute__((packed)) tiny { TINY_A, TINY_B = 255 };
enum small { SMALL_A = -1, SMALL_B = 255 } __attribute__((packed));
enum wide { WIDE_A = 1, WIDE_B = 0x100000000 };
enum packed_wide { PW_A = -1, PW_B = 0xffffffff } PACKED;
typedef int int_a16 __attribute__((aligned(16)));
typedef long long_a2 __attribute__((aligned(2)));
typedef long_a2 long_a2_again;
typedef double double_a1 __attribute__((aligned(1)));
typedef long long llong_a4 __attribute__((aligned(4)));
typedef char char_a8 __attribute__((aligned(8)));
typedef unsigned char byte;
typedef byte bytes5[5];
typedef float vec4 __attribute__((vector_size(16)));
typedef int (*callback)(void *, int);
typedef struct { char c; short s; } inner_t;
typedef struct { double d; char c; } __attribute__((aligned(16))) raised_t;
struct eight { char c[8]; };
typedef struct { int a[10]; } wide_struct;
struct pair16 { short a, b; };
typedef char vec1 __attribute__((vector_size(4)));
typedef float vec16 __attribute__((vector_size(64)));
typedef float df_t __attribute__((mode(DF)));
struct none {};
struct hollow { int a[0]; struct none n; };
typedef short vec2 __attribute__((vector_size(8)));
typedef double vec8 __attribute__((vector_size(32)));
typedef long long int di_t __attribute__((mode(HI)));
typedef unsigned int udi_t __attribute__((__mode__(__DI__)));
enum { HUGE = sizeof(long) * 2, LATER, MINUS = sizeof(int) - 5, TOP = 0x80000000 };
"""
FIXED = """\
enum fixed : unsigned char { FIXED_A, FIXED_B };
enum long_fixed : long long { LONG_A = -5 };
"""
ALIGNED_UP = ["int_a16", "char_a8"]
ODD = [
    "long_a2", "long_a2_again", "llong_a4", "double_a1", "byte", "bytes5", "callback", "inner_t",
    "raised_t", "struct none", "struct hollow", "vec1", "vec2", "vec4", "vec8", "vec16", "di_t",
    "udi_t", "df_t",
]  # fmt: skip
ENUMS = ["enum numbers", "enum plain", "enum tiny", "enum small", "enum wide", "enum packed_wide",
         "enum fixed", "enum long_fixed"]  # fmt: skip
COUNTS = ["1", "2", "3", "7", "COUNT", "SUM", "SUM * 2", "TWICE", "SEVEN", "BIG - 1",
          "sizeof(long)",
          "sizeof(int) * 2 + 1", "0x4u", "'\\t'", "TWO << 1", "COUNT > 2 ? 5 : 9", "~NEG",
          "64 - sizeof(void *)", "sizeof(inner_t[COUNT])", "_Alignof(double)",
          "010", "7 % 4 + 11 / 3", "(uint8_t)259", "sizeof(struct unknown *)",
          "(char)200 < 0 ? 2 : 3", "(wchar_t)-1 > 0 ? 4 : 5", "HUGE + LATER - 8",
          "(MINUS & 3) + 1", "MINUS + 0 < 0 ? 6 : 1", "TOP < 0 ? 3 : 4",
          "0xffffffffl + 2 > 9 ? 2 : 3", "0"]  # fmt: skip


# What gcc 12 does not have, or aligns otherwise: vectors wider than the processor's own, and
# arrays of atomic aggregates and complex numbers.
CLANG_ONLY = ("enum fixed", "enum long_fixed", "vec8", "vec16",
              "_Atomic(float _Complex)", "_Atomic(struct eight)",
              "_Atomic(struct pair16)")  # fmt: skip


@dataclass
class Unit:
    """One generated source and what to ask about it."""

    text: str = HEAD
    asked: list[Asked] = field(default_factory=list)


class Generator:
    """Writes records into a Unit, with what the target has; ``gcc`` leaves out what only clang
    accepts or does otherwise."""

    def __init__(self, seed: int, target: str = "x86_64-linux-gnu", *, gcc: bool = False) -> None:
        self.random = random.Random(seed)
        self.gcc = gcc
        self.lacks = LACKS.get(target, set())
        self.long_bits = LONG_BITS.get(target, 64)
        self.msvc = target.endswith("-msvc")
        # Microsoft gives an empty record 4 bytes, so that arrays of one aligned to 8 are refused.
        self.counts = [count for count in COUNTS if not (self.msvc and count == "0")]
        self.windows = "windows" in target
        self.names: list[str] = []
        self.aligned: list[str] = []  # typedefs of records with an alignment of their own
        self.flexible: set[str] = set()
        self.serial = 0
        self.extra: list[Asked] = []

    def unit(self, records: int) -> Unit:
        """A source of so many top-level records."""
        head = HEAD if self.gcc else HEAD + FIXED
        unit = Unit(head)
        for index in range(records):
            self.extra = []
            unit.text += self.record(index) + "\n"
            unit.asked += self.extra
        return unit

    def has(self, type_: str) -> bool:
        """Whether the target has that type."""
        lacks = any(word in type_ for word in self.lacks)
        return not lacks and not (self.gcc and type_ in CLANG_ONLY)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        self.serial += 1
        return f"m{self.serial}"

    def record(self, index: int) -> str:
        pick = self.random
        kind = "union" if self.chance(0.15) else "struct"
        flavour = pick.choice(["plain", "plain", "bits", "bits", "mixed", "wild", "wild"])
        before, after = self.record_attributes(flavour)
        body, members = self.body(kind, flavour, 0)
        pack = self.chance(0.15)
        typedef = self.chance(0.2)
        if typedef:
            name = f"T{index}"
            text = f"typedef {kind} {before}{{\n{body}}} {after}{name};"
        else:
            name = f"{kind} {'U' if kind == 'union' else 'S'}{index}"
            variable = pick.choice(["", "", f" object{index}", f" *p{index}, a{index}[2]"])
            if self.flexible_last or "*" not in variable:
                variable = ""
            text = f"{name.replace(' ', f' {before}')} {{\n{body}}} {after}{variable};"
        self.extra.append(Asked(name, tuple(members)))
        if self.flexible_last:
            self.flexible.add(name)
        self.names.append(name)
        if not self.gcc and "gcc_struct" not in text and self.chance(0.06):
            end = pick.choice(["off", "reset"])
            text = f"#pragma ms_struct on\n{text}\n#pragma ms_struct {end}"
        if not self.flexible_last and self.chance(0.1):
            amount = pick.choice([1, 2, 4, 8, 16, 32])
            text += f"\ntypedef {name} A{index} __attribute__((aligned({amount})));"
            self.aligned.append(f"A{index}")
        if pack:
            style = pick.choice(["push", "plain", "label"])
            amount = pick.choice([1, 2, 4, 8, 16])
            if style == "label":
                other = pick.choice([1, 2, 4])
                return (
                    f"#pragma pack(push, outer, {other})\n#pragma pack(push)\n"
                    f"#pragma pack({amount})\n{text}\n#pragma pack(pop, outer)"
                )
            if style == "push":
                return f"#pragma pack(push, {amount})\n{text}\n#pragma pack(pop)"
            return f"#pragma pack({amount})\n{text}\n#pragma pack()"
        return text

    def record_attributes(self, flavour: str) -> tuple[str, str]:
        before = after = ""
        if flavour in ("wild", "mixed", "bits") and self.chance(0.3):
            if self.chance(0.5):
                before = "__attribute__((packed)) "
            else:
                after = self.random.choice(["PACKED ", "__attribute__((packed)) "])
        if flavour == "wild" and self.chance(0.3):
            amount = self.random.choice([1, 2, 4, 8, 16, 32, 64])
            bare = self.chance(0.15)
            after += f"__attribute__((aligned{'' if bare else f'({amount})'})) "
        elif flavour == "wild" and not self.gcc and self.chance(0.1):
            before += f"__declspec(align({self.random.choice([1, 4, 16])})) "
        if not self.gcc and self.chance(0.08):
            other = "ms_struct" if "gcc_struct" in self.lacks else "gcc_struct"
            before += f"__attribute__(({self.random.choice(['ms_struct', other])})) "
        return before, after

    flexible_last = False

    def body(self, kind: str, flavour: str, depth: int) -> tuple[str, list[Member]]:
        members: list[Member] = []
        lines: list[str] = []
        count = self.random.choice([0, 1, 2, 3, 4, 5, 6, 8, 12]) if depth == 0 else (
            self.random.randint(1, 4))  # fmt: skip
        for _ in range(count):
            lines.append(self.member(members, flavour, depth))
        last_flexible = False
        if depth == 0 and kind == "struct" and count and self.chance(0.08):
            name = self.name()
            elements = [*INTEGERS, *OTHERS, *ODD]
            element = self.random.choice([name for name in elements if self.has(name)])
            lines.append(self.declare(element, name, "[]"))
            members.append(Member(name, sized=False))
            last_flexible = True
        self.flexible_last = last_flexible
        indent = "  " * (depth + 1)
        return "".join(f"{indent}{line}\n" for line in lines), members

    def declare(self, type_: str, name: str, suffix: str = "") -> str:
        return f"{type_} {name}{suffix};"

    def member(self, members: list[Member], flavour: str, depth: int) -> str:
        bits = {"plain": 0.0, "bits": 0.75, "mixed": 0.3, "wild": 0.35}[flavour]
        if self.chance(0.02):
            return '_Static_assert(sizeof(int) == 4, "words");'
        if self.chance(bits):
            return self.bit_field(members, flavour)
        if depth < 3 and self.chance(0.12):
            return self.nested(members, flavour, depth)
        return self.plain(members, flavour)

    def plain(self, members: list[Member], flavour: str) -> str:
        pick = self.random
        pool = [INTEGERS, INTEGERS, OTHERS, ENUMS, ODD]
        if self.names:
            pool.append(self.names[-20:])
        if flavour == "wild":
            pool.append(ALIGNED_UP)
        if self.aligned:
            pool.append(self.aligned[-5:])
        type_ = pick.choice([name for name in pick.choice(pool) if self.has(name)])
        attributes = self.attributes(flavour)
        out = []
        star = type_.endswith("*")
        type_ = type_.rstrip(" *")
        # No array is made of what an attribute aligns, nor of what ends in a flexible array.
        single = {*ALIGNED_UP, *self.aligned, *self.flexible}
        for _ in range(pick.choice([1, 1, 1, 2, 3])):
            name = self.name()
            members.append(Member(name))
            arrays = ""
            if type_ not in single:
                many = pick.choice([0, 0, 0, 1, 1, 2])
                arrays = "".join(f"[{pick.choice(self.counts)}]" for _ in range(many))
            if len(arrays) and type_ in self.names and self.chance(0.7):
                arrays = "[2]"
            form = pick.choice(["{n}{a}"] * 6 + ["*{n}{a}", "(*{n})(int, char[3])",
                                                 "*(*{n}{a})[4]", "(*const {n})[2]"])  # fmt: skip
            if star and form.startswith("(*const"):
                form = "*{n}{a}"
            if type_ in single:
                form = pick.choice(["{n}", "*{n}", "(*{n})(int)"])
            if type_ == "va_list" and form.startswith("(*{n})("):
                form = "*{n}"
            if form.startswith("(*{n})(") and type_ == "bytes5":
                form = "*{n}"
            behind = attributes if self.chance(0.5) else ""
            if behind and form.startswith(("*", "(")):
                behind = ""
            form = form.replace("{n}", "*{n}", 1) if star else form
            out.append(form.format(n=name, a=arrays) + (f" {behind}" if behind else ""))
        front = attributes if attributes and self.chance(0.3) else ""
        if (
            flavour in ("wild", "mixed")
            and not attributes
            and type_ not in (*self.names, "vec8", "vec16", *self.aligned)
            and (self.chance(0.08))
        ):
            counts = ["32", "16", "64", "0", "raised_t"]
            front = f"_Alignas({pick.choice(counts)}) "
        return f"{front}{type_} {', '.join(out)};"

    def attributes(self, flavour: str) -> str:
        if flavour not in ("wild", "mixed") or not self.chance(0.25):
            return ""
        return self.random.choice(
            ["__attribute__((packed)) ", "__attribute__((aligned(8))) ",
             "__attribute__((aligned(2))) ", "__attribute__((__aligned__(16))) ",
             "__attribute__((aligned)) ", "__attribute__((packed, aligned(4))) ",
             "__attribute__((aligned(sizeof(long)))) ", "__attribute__((aligned(1))) ",
             "__attribute__((aligned(32))) "]
        )  # fmt: skip

    def bit_attributes(self, flavour: str) -> str:
        """Attributes of a bit-field. gcc and clang disagree on one with an alignment of its own."""
        text = self.attributes(flavour)
        return "" if self.gcc and "aligned" in text else text

    def bit_field(self, members: list[Member], flavour: str) -> str:
        pick = self.random
        long = self.long_bits
        wide = 32 if self.msvc else 64
        types = {"char": 8, "signed char": 8, "unsigned char": 8, "short": 16, "uint16_t": 16,
                 "int": 32, "unsigned": 32, "unsigned int": 32, "long": long, "uint64_t": 64,
                 "unsigned long long": 64, "_Bool": 1, "bool": 1, "enum numbers": 32,
                 "enum plain": 32, "enum tiny": 8, "enum small": 16, "enum long_fixed": 64,
                 "enum wide": wide, "enum fixed": 8, "byte": 8, "__int128": 128,
                 "unsigned __int128": 128,
                 "const int": 32, "long long": 64, "size_t": 32, "wchar_t": 16, "di_t": 16,
                 "udi_t": 64}  # fmt: skip
        if flavour == "wild" and not self.gcc:  # gcc does not heed a typedef's alignment there
            types |= {"int_a16": 32, "long_a2": long, "llong_a4": 64, "char_a8": 8}
        type_ = pick.choice([name for name in types if self.has(name)])
        most = types[type_]
        out = []
        for _ in range(pick.choice([1, 1, 2, 3])):
            width = pick.choice([1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 24, 31, 32, 33, 48, 63, 64, 100])
            width = min(width, most)
            form = pick.random()
            if form < 0.08:
                out.append(f": 0 {self.bit_attributes(flavour)}")
            elif form < 0.18:
                out.append(f": {width} {self.bit_attributes(flavour)}")
            else:
                name = self.name()
                members.append(Member(name, bits=True, boolean=type_ in ("_Bool", "bool")))
                text = str(width) if self.chance(0.8) else f"{width} + COUNT - 3"
                behind = self.bit_attributes(flavour)
                out.append(f"{name} : {text}" + (f" {behind}" if behind else ""))
        return f"{type_} {', '.join(out)};"

    def nested(self, members: list[Member], flavour: str, depth: int) -> str:
        kind = self.random.choice(["struct", "union"])
        before, after = self.record_attributes(flavour)
        body, inner = self.body(kind, flavour, depth + 1)
        self.flexible_last = False
        style = self.random.choice(["anonymous", "anonymous", "named", "tagged", "declared"])
        if self.windows and style == "declared":  # would be a member there
            style = "tagged"
        indent = "  " * (depth + 1)
        if style == "anonymous":
            members += inner
            return f"{kind} {before}{{\n{body}{indent}}} {after};"
        if style == "named":
            name = self.name()
            members.append(Member(name))
            return f"{kind} {before}{{\n{body}{indent}}} {after}{name};"
        tag = f"N{self.name()}"
        self.extra.append(Asked(f"{kind} {tag}", tuple(inner)))
        declarator = ""
        if style == "tagged":
            name, other = self.name(), self.name()
            members += [Member(name), Member(other)]
            declarator = f"{name}, *{other}"
        return f"{kind} {before}{tag} {{\n{body}{indent}}} {after}{declarator};"
