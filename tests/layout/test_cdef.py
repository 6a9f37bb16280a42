"""cffi's declarations lie as cffi itself says."""

from __future__ import annotations

import cffi
import pytest

import layout
from layout.sources.dtype import host_abi

TEXT = """
typedef struct { long double x; char c; } T, *PT;
typedef struct opaque O;
union U { int a; char b[7]; double d; };
struct inner { char c; short s; };
struct Z {
    int q : 3, r : 30;
    unsigned char t : 5;
    size_t n; wchar_t w; struct inner in_; int (*fn)(int, char *); enum E { A = -2, B, C } e;
    void *p; char t2[3][2]; _Bool b; T t3; O *o; uint8_t bytes[5]; union U u; PT more;
};
struct open { int n; double tail[]; };
struct nothing { int a; struct { char x; union { float f; double d; }; }; char z; };
"""


def differences(source: layout.Source, ffi: cffi.FFI, names: dict[str, str]) -> list[str]:
    found = []
    for name, spelling in names.items():
        placed, ctype = layout.place(source.record(name), host_abi()), ffi.typeof(spelling)
        wanted = {
            field: (one.offset * 8 + max(one.bitshift, 0)) for field, one in ctype.fields or ()
        }
        got = {field.name: field.bit_offset for field in placed.fields}
        if (placed.size, placed.align, got) != (ffi.sizeof(ctype), ffi.alignof(ctype), wanted):
            found.append(f"{name}: {got} but {wanted}")
    return found


NAMES = {"T": "T", "struct Z": "struct Z", "union U": "union U", "struct inner": "struct inner",
         "struct open": "struct open"}  # fmt: skip


def test_the_text_of_a_cdef_lies_as_cffi_lays_it() -> None:
    ffi = cffi.FFI()
    ffi.cdef(TEXT)
    source = layout.from_cdef(TEXT)
    assert not source.skipped
    names = {**NAMES, "struct nothing": "struct nothing"}
    assert differences(source, ffi, names) == []


def test_an_ffi_object_is_read_with_the_packing_it_was_given() -> None:
    for options in ({}, {"packed": True}, {"pack": 2}, {"pack": 4}):
        ffi = cffi.FFI()
        ffi.cdef(TEXT.replace("int q : 3, r : 30;\n    unsigned char t : 5;", "char q;"), **options)
        source = layout.from_cdef(ffi)
        # cffi lists the members of anonymous records flat, which is no C struct any more.
        assert [entry.name for entry in source.skipped] == ["struct nothing"]
        assert differences(source, ffi, NAMES) == []
        assert source.aliases == {}


def test_a_cdef_is_optimised() -> None:
    ffi = cffi.FFI()
    ffi.cdef("struct S { char a; double b; char c; };")
    proposal = layout.optimize(layout.from_cdef(ffi).record("S"), host_abi())
    assert (proposal.before[0].size, proposal.after[0].size) == (24, 16)


def test_a_record_whose_members_are_not_all_declared_is_skipped() -> None:
    source = layout.from_cdef("struct S { int a; ...; };\nstruct T { int b; };")
    assert list(source.records) == ["struct T"]
    assert [entry.name for entry in source.skipped] == ["struct S"]


def test_what_is_no_cdef_is_refused() -> None:
    with pytest.raises(layout.LayoutError, match="int is no cdef; give its text or an FFI"):
        layout.from_cdef(3)
