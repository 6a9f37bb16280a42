"""Random Go declarations, for comparison with what Go itself makes of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

PRELUDE = """\
package generated

import (
	"sync"
	at "sync/atomic"
	"time"
	"unsafe"
)

const (
	kA = iota + 1
	kB
	_
	kD uint8 = 1 << iota
	kE
	kF, kG = iota, 'a' - 'A'
)

const (
	text  = "héllo\\n"
	big   = 1 << 100
	ratio = 2.5
	hexed = 0x1p-2
	word  = 4 << (^uintptr(0) >> 63)
	masked = ^uint8(kD) & 0x0F
)

type ID [16]byte
type Handler func(int) (string, error)
type Names []string
type Level uint8
type Big int64
type Any = interface{ Do(x int) }
type Empty struct{}
type Number interface{ ~int | ~int64 }

type Pair[K comparable, V any] struct {
	key   K
	value V
}
type Opt[T any] struct {
	value T
	set   bool
}
type List[T any] struct {
	head *List[T]
	item Pair[uint16, T]
	more []T
}
type Vec[T any] = [3]T

var shared ID
"""

BASIC = ("bool", "string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16",
         "uint32", "uint64", "uintptr", "float32", "float64", "complex64", "complex128", "byte",
         "rune")  # fmt: skip
WORDS = ("*int", "[]byte", "map[string][]int", "chan int", "<-chan bool", "func()", "any", "error",
         "func(a, b int) (c string, err error)", "interface{ Do(x int) }", "unsafe.Pointer",
         "*[4]string", "[][]any", "struct{}", "[0]func()", "[0]int64")  # fmt: skip
NAMED = ("ID", "Handler", "Names", "Level", "Big", "Any", "Empty")
FOREIGN = ("at.Int64", "at.Uint64", "at.Int32", "at.Bool", "at.Value", "at.Pointer[ID]",
           "sync.Mutex", "sync.RWMutex", "sync.WaitGroup", "sync.Once", "time.Time",
           "time.Duration", "*sync.Pool", "[]time.Time")  # fmt: skip
# fmt: off
LENGTHS = (
    "0", "1", "2", "3", "5", "kA", "kB*2", "kD>>2", "kF", "kG>>3", "len(text)", "0x_3", "0b11",
    "0o7", "1_0", "big>>98", "2 * ratio", "hexed * 8", "word", "unsafe.Sizeof(shared)",
    "unsafe.Sizeof(int(0))", "len(ID{})", "max(kA, kB, 3)", "masked", "7 &^ 2", "-3 + 5", "7 / 2",
    "unsafe.Alignof(int64(0))", "unsafe.Sizeof(Pair[byte, int64]{}) / 4", "-7 % 4 + 4", "(1 + 2)",
    "unsafe.Offsetof(Opt[string]{}.set)", "1e0", "'\\x02'", "10.0 / 4 * 2",
)
# fmt: on


@dataclass
class Known:
    """A struct written before, with a bound on its size in words."""

    name: str
    weight: int
    depth: int


class GoGenerator:
    """Writes structs that may hold earlier ones by value."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known: list[Known] = []
        self.weight = 0
        self.depth = 0

    def file(self, count: int) -> str:
        """A file of so many structs, ``S0`` first."""
        return PRELUDE + "\n".join(self.struct(f"S{index}") for index in range(count))

    def struct(self, name: str) -> str:
        """One struct."""
        self.weight, self.depth = 0, 0
        lines, taken = [], set[str]()
        for index in range(self.random.choice((0, 1, 2, 3, 4, 5, 6, 8, 12))):
            lines.append(self.field(index, taken))
        self.known.append(Known(name, self.weight, self.depth + 1))
        body = "\n".join(f"\t{line}" for line in lines if line)
        return f"type {name} struct {{\n{body}\n}}\n"

    def field(self, index: int, taken: set[str]) -> str:
        """One line: a field, several of one type, a blank or an embedded one."""
        kind = self.random.random()
        if kind < 0.12:
            return self.embedded(taken)
        type_ = self.type(3)
        if kind < 0.18:
            return f"_ {type_} // blank"
        if kind < 0.3:
            self.weight *= 2
            return f"a{index}, b{index} {type_}"
        return f'f{index} {type_} `json:"f{index}"`' if kind < 0.4 else f"f{index} {type_}"

    def embedded(self, taken: set[str]) -> str:
        """An embedded field, unless one of that name is there."""
        choices = ["Empty", "ID", "*ID", "Any", "sync.Mutex", "at.Int64", "*at.Int64",
                   "Pair[int8, string]", "*Opt[int]", "error", "time.Time"]  # fmt: skip
        light = [one for one in self.known[-60:] if one.weight < 60 and one.depth < 8]
        if light:
            one = self.random.choice(light)
            choices += [one.name, f"*{one.name}", one.name, one.name]
            self.depth = max(self.depth, one.depth)
            self.weight += one.weight
        type_ = self.random.choice(choices)
        name = type_.lstrip("*").split("[")[0].split(".")[-1]
        if name in taken:
            return ""
        taken.add(name)
        return type_

    def type(self, depth: int) -> str:
        """A type of at most that depth."""
        self.weight += 3
        kind = self.random.random()
        if kind < 0.45 or depth == 0:
            return self.random.choice(BASIC)
        if kind < 0.6:
            return self.random.choice(WORDS)
        if kind < 0.66:
            return self.random.choice(NAMED)
        if kind < 0.74:
            return self.random.choice(FOREIGN)
        if kind < 0.84:
            before = self.weight
            element = self.type(depth - 1)
            self.weight += 9 * (self.weight - before)
            return f"[{self.random.choice(LENGTHS)}]{element}"
        if kind < 0.88:
            inner = "; ".join(
                f"x{at} {self.type(depth - 1)}" for at in range(self.random.randint(0, 3))
            )
            return f"struct {{ {inner} }}"
        if kind < 0.94:
            return self.generic(depth)
        light = [one for one in self.known[-60:] if one.weight < 60 and one.depth < 8]
        if not light:
            return "int"
        one = self.random.choice(light)
        self.weight += one.weight
        self.depth = max(self.depth, one.depth)
        return one.name

    def generic(self, depth: int) -> str:
        """An instance of a generic type."""
        key = self.random.choice(("int", "string", "uint8", "ID", "Level"))
        value = self.type(depth - 1) if self.random.random() < 0.5 else self.random.choice(BASIC)
        return self.random.choice(
            (f"Pair[{key}, {value}]", f"Opt[{value}]", f"List[{value}]", f"Vec[{value}]",
             f"Opt[Pair[{key}, {value}]]", f"*List[{value}]")
        )  # fmt: skip
