"""The table of targets: its names, and what a target has not."""

import pytest

import layout
from layout.abis import ABIS
from layout.abis.triples import normal
from tests.oracles.clang import TARGETS

SPELLINGS = {
    "x86_64-linux-gnu": "x86-64 amd64 x86_64-pc-linux-gnu x86_64-redhat-linux x86_64-suse-linux"
    " x86_64-unknown-linux6.18.44-gnu2.36.0",
    "x86-linux-gnu": "i386 i686 i686-linux-gnu i686-pc-linux-gnu i586-unknown-linux-gnu"
    " i686-redhat-linux x86-unknown-linux-gnu",
    "aarch64-linux-gnu": "arm64 aarch64-unknown-linux-gnu aarch64-redhat-linux arm64-linux-gnu",
    "aarch64-macos": "arm64-apple-macos arm64-apple-macosx14.0.0 arm64-apple-darwin"
    " aarch64-apple-darwin arm64-apple-darwin23.1.0 aarch64-unknown-macos aarch64-macos-none",
    "arm-linux-gnueabihf": "armhf arm-unknown-linux-gnueabihf armv7-unknown-linux-gnueabihf"
    " armv7l-unknown-linux-gnueabihf arm-linux-gnueabi",
    "x86_64-windows-msvc": "msvc x86_64-pc-windows-msvc x86_64-pc-windows-msvc19.40.33811"
    " x86_64-unknown-windows-msvc",
    "x86_64-windows-gnu": "mingw x86_64-w64-mingw32 x86_64-pc-windows-gnu x86_64-w64-windows-gnu"
    " x86_64-pc-windows-gnullvm X86_64-W64-MINGW32",
    "riscv64-linux-gnu": "riscv64 riscv64gc-unknown-linux-gnu riscv64-unknown-linux-gnu",
    "wasm32-wasi": "wasm32 wasm32-unknown-unknown wasm32-unknown-wasi wasm32-wasip1 wasm32-wasip2"
    " wasm32-wasi-threads",
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_is_found_however_a_compiler_spells_it(target: str) -> None:
    assert layout.find_abi(target).name == normal(target) == target
    for spelling in SPELLINGS[target].split():
        assert layout.find_abi(spelling).name == target, spelling


@pytest.mark.parametrize(
    "triple",
    ["x86_64-alpine-linux-musl", "x86_64-linux-gnux32", "x86_64-apple-darwin", "arm-none-eabi",
     "wasm32-unknown-emscripten", "mips-linux-gnu", "aarch64-pc-windows-msvc", "", "-", "a-b-c-d-e",
     "aarch64_be-linux-gnu", "i686-w64-mingw32"],
    ids=lambda triple: triple or "empty",
)  # fmt: skip
def test_another_target_is_no_row_under_a_similar_name(triple: str) -> None:
    with pytest.raises(layout.LayoutError, match="unknown ABI"):
        layout.find_abi(triple)


@pytest.mark.parametrize("target", TARGETS)
def test_a_row_names_its_sources_and_no_alias_is_another_rows(target: str) -> None:
    abi = ABIS[target]
    assert {"scalars", "aggregates", "bit-fields"} <= set(abi.sources)
    assert all(abi.sources.values())
    assert [layout.find_abi(alias).name for alias in abi.aliases] == [target] * len(abi.aliases)
    assert abi.line == (128 if target == "aarch64-macos" else 64)
    assert layout.layouts("struct s { char c; };", abi=target)["struct s"].line == abi.line


@pytest.mark.parametrize(
    ("target", "text", "fault"),
    [
        ("x86-linux-gnu", "__int128 a;", "x86-linux-gnu has no type __int128"),
        ("arm-linux-gnueabihf", "unsigned __int128 a : 3;", "has no type unsigned __int128"),
        ("wasm32-wasi", "_Float16 a;", "has no type _Float16"),
        ("x86_64-windows-msvc", "pid_t a;", "has no type pid_t"),
        ("x86_64-windows-msvc", "struct t { int b; } c; struct t;", "Microsoft makes a member"),
        ("arm-linux-gnueabihf", "_Atomic(double _Complex) a;", "disagree on an atomic of 16"),
        ("x86-linux-gnu", "char a[0x80000000u];", "exceeds any address space"),
        ("wasm32-wasi", "char a[0x7fffffff]; char b;", "exceeds any address space"),
        ("x86_64-windows-msvc", "long a : 33;", "33 bits; long has 0 to 32"),
    ],
)
def test_what_a_target_has_not_is_an_error_of_that_record(
    target: str, text: str, fault: str
) -> None:
    with pytest.raises(layout.LayoutError, match=r"^<text>:1: struct s\b") as caught:
        layout.layouts(f"struct s {{ {text} }};", abi=target)
    assert fault in str(caught.value)


def test_gcc_struct_is_refused_where_no_compiler_has_it() -> None:
    text = "struct __attribute__((gcc_struct)) s { char a; int b : 3; };"
    assert layout.layouts(text, abi="mingw")["struct s"].size == 4
    with pytest.raises(layout.LayoutError, match="gcc_struct on x86_64-windows-msvc"):
        layout.layouts(text, abi="msvc")
