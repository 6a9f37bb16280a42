"""Names of Rust's own types whose layout is guaranteed, and what they are on a C ABI.

The Rust reference, Type layout, gives the sizes of primitive types; the documentation of ``core``
those of its wrappers. What neither guarantees (``Vec``, ``Rc``, tuples) is no row.
"""

from __future__ import annotations

from layout.abis import STANDARD_NAMES

__all__ = ["ATOMICS", "C_TYPES", "LIBC", "NICHES", "NONZERO", "PRELUDE", "PRIMITIVES", "ROOTS",
           "SIZED", "TRANSPARENT", "WRAPPERS"]  # fmt: skip

# Primitive -> row of `Abi.scalars`. i128 and u128 are C's __int128 since Rust 1.77.
PRIMITIVES = {
    "bool": "_Bool", "char": "unsigned int", "f32": "float", "f64": "double", "f16": "_Float16",
    "i8": "signed char", "u8": "unsigned char", "i16": "short", "u16": "unsigned short",
    "i32": "int", "u32": "unsigned int", "i64": "long long", "u64": "unsigned long long",
    "i128": "__int128", "u128": "unsigned __int128", "isize": "ptrdiff_t", "usize": "size_t",
}  # fmt: skip

# core::ffi and std::os::raw; libc has these and the names that C's headers declare.
C_TYPES = {
    "c_char": "char", "c_schar": "signed char", "c_uchar": "unsigned char", "c_short": "short",
    "c_ushort": "unsigned short", "c_int": "int", "c_uint": "unsigned int", "c_long": "long",
    "c_ulong": "unsigned long", "c_longlong": "long long", "c_ulonglong": "unsigned long long",
    "c_float": "float", "c_double": "double",
}  # fmt: skip
LIBC = {name: name for name in STANDARD_NAMES if name.endswith("_t") and "atomic" not in name}

_WIDTHS = ("8", "16", "32", "64", "128", "size")

# core::num: as the integer within.
NONZERO = {f"NonZero{sign.upper()}{width}": f"{sign}{width}" for sign in "iu" for width in _WIDTHS}

# core::sync::atomic: the integer's size, aligned to it.
ATOMICS = {f"Atomic{sign.upper()}{width}": f"{sign}{width}" for sign in "iu" for width in _WIDTHS}
ATOMICS["AtomicBool"] = "bool"

# Wrappers that their documentation says lie in memory as what they hold.
TRANSPARENT = {"ManuallyDrop", "MaybeUninit", "Cell", "UnsafeCell", "SyncUnsafeCell", "Wrapping",
               "Saturating", "Pin", "NonZero"}  # fmt: skip

# Types that may hold an unsized one: a pointer to them is as wide as one to what they hold.
WRAPPERS = {*TRANSPARENT, "RefCell", "Mutex", "RwLock"} - {"NonZero"}

# core::option, Representation: Option of these is as large as they are.
NICHES = {"Box", "NonNull", "NonZero", *NONZERO}

# Types of the standard library that are sized, so that a pointer to one is one word.
SIZED = {"String", "Vec", "Rc", "Arc", "RefCell", "Mutex", "RwLock", "HashMap", "HashSet", "Option",
         "BTreeMap", "BTreeSet", "VecDeque", "Result", "PathBuf", "OsString", "CString", "c_void",
         "Box", "NonNull", "PhantomData", "PhantomPinned", *TRANSPARENT, *C_TYPES, *LIBC,
         *NONZERO, *ATOMICS}  # fmt: skip

_CORE = frozenset({"std", "core", "alloc"})

# Name -> crates whose name it is; a name of the prelude needs no import.
ROOTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(SIZED | {"AtomicPtr"}, _CORE),
    **dict.fromkeys(C_TYPES, _CORE | {"libc", "cty"}),
    "c_void": _CORE | {"libc", "cty"},
    **dict.fromkeys(LIBC, frozenset({"libc"})),
}
PRELUDE = {"Option", "Box", "String", "Vec", "Result"}
