"""Random Rust records with a fixed layout, for comparison with what rustc makes of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

PRELUDE = """\
use std::cell::{Cell, UnsafeCell as Unsafe};
use std::ffi::{c_char, c_int, c_void};
use std::marker::PhantomData;
use std::mem;
use std::num::{NonZeroU16, NonZeroU64, NonZero};
use std::os::raw::c_ulong;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64};

const N: usize = 3;
const M: usize = (N << 1) - 0x1 + mem::size_of::<Wide>();
pub const SMALL: u8 = 2;
type Id = [u8; 16];
type Word = c_ulong;
#[repr(u8)] #[derive(Clone, Copy)] pub enum Tiny { A, B = 7, C }
#[repr(C)] #[derive(Clone, Copy)] pub enum Plain { A = -1, B, C = 1000 }
#[repr(i64)] #[derive(Clone, Copy)] pub enum Long { A, B }
#[repr(C)] #[derive(Clone, Copy)] pub struct Wide { a: u8, b: u64 }
#[repr(transparent)] #[derive(Clone, Copy)] pub struct Wrapped(u32, PhantomData<u64>);
pub struct Opaque { x: (u8, u32) }
pub trait Act { fn act(&self); }
pub struct Slice { n: u8, rest: [u16] }
mod inner { #[repr(C)] #[derive(Clone, Copy)] pub struct Deep { pub a: u16, pub b: super::Wide } }
"""

# fmt: off
TYPES = (
    "u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "u128", "i128", "usize", "isize", "f32",
    "f64", "bool", "char", "()", "Id", "Word", "Tiny", "Plain", "Long", "Wide", "Wrapped",
    "inner::Deep", "c_int", "c_char", "[u8;3]", "[u16;N]", "[u32;SMALL as usize]", "[Wide;2]",
    "[u64;0]", "[u8;M]", "[[u16;2];N+1]", "*const u8", "&'static str", "*mut c_void",
    "Option<&'static [u8]>", "Option<NonZeroU16>", "NonZero<u32>", "NonNull<Opaque>",
    "PhantomData<Wide>", "fn(u8)->u16", "Option<extern \"C\" fn(c_int)>", "&'static dyn Act",
    "*const Slice", "*const Opaque", "Option<NonNull<u8>>", "*const [u16]", "Option<NonZeroU64>",
    "*mut dyn Act",
)
# fmt: on
UNCOPIED = (
    "AtomicBool",
    "AtomicU32",
    "AtomicU64",
    "AtomicPtr<u8>",
    "Cell<u16>",
    "Unsafe<u64>",
    "Box<dyn Act>",
    "Box<u8>",
    "mem::ManuallyDrop<u64>",
    "std::mem::MaybeUninit<Wide>",
    "Option<Box<dyn Act>>",
    "Option<Box<Opaque>>",
    "Box<[u8]>",
    "&'static mut Opaque",
)  # fmt: skip


@dataclass
class RustRecord:
    """A record written, and its fields."""

    name: str
    fields: list[str]
    aligned: bool
    copied: bool


class RustGenerator:
    """Writes records that may hold earlier ones by value."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known: list[RustRecord] = []

    def file(self, count: int) -> str:
        """A file of so many records, ``R0`` first."""
        return PRELUDE + "\n".join(self.record(f"R{index}") for index in range(count))

    def record(self, name: str) -> str:
        """A struct, tuple struct or union."""
        dice = self.random
        kind = dice.choice(("struct", "struct", "struct", "tuple", "union"))
        mark = dice.choice(("C", "C", "C, packed", f"C, packed({dice.choice((2, 4, 8))})",
                            f"C, align({dice.choice((1, 2, 16, 64))})"))  # fmt: skip
        aligned, copied = "align" in mark, True
        types = []
        for _ in range(dice.randint(1 if kind == "union" else 0, 8)):
            types.append(self.type("packed" in mark, kind == "union"))
            name_held = types[-1].removeprefix("[").partition(";")[0]
            held = next((one for one in self.known if one.name == name_held), None)
            aligned = aligned or types[-1].startswith("Atomic") or bool(held and held.aligned)
            copied = copied and types[-1] not in UNCOPIED and (held is None or held.copied)
        names = [str(at) if kind == "tuple" else f"f{at}" for at in range(len(types))]
        self.known.append(RustRecord(name, names, aligned, copied))
        if kind == "tuple":
            body = f"({', '.join(f'pub {one}' for one in types)});"
        else:
            pairs = zip(names, types, strict=True)
            body = "{ " + ", ".join(f"{field}: {one}" for field, one in pairs) + " }"
        derive = "#[derive(Clone, Copy)] " if self.known[-1].copied else ""
        return (
            f"#[repr({mark})] {derive}pub {'union' if kind == 'union' else 'struct'} {name} {body}"
        )

    def type(self, packed: bool, copied: bool) -> str:
        """A field's type; one that may stand in a packed record or a union when asked."""
        dice = self.random
        if dice.random() < 0.2 and not copied:
            return dice.choice([one for one in UNCOPIED if not (packed and "Atomic" in one)])
        if dice.random() < 0.15:
            fitting = [one for one in self.known[-40:] if not (packed and one.aligned)]
            fitting = [one for one in fitting if one.copied or not copied]
            if fitting:
                name = dice.choice(fitting).name
                return name if dice.random() < 0.7 else f"[{name}; 2]"
        return dice.choice(TYPES)
