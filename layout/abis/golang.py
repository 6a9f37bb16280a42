"""Go's ABIs: one row each, what its own compiler (gc) does.

Files named are of Go 1.27: *size.go* is cmd/compile/internal/types/size.go, *galign.go* that of
cmd/compile/internal/ARCH, *gcsizes.go* go/types/gcsizes.go. The operating system changes nothing.
"""

from __future__ import annotations

from layout.model import Abi

__all__ = ["ROWS"]

_RULES = {
    "scalars": "size.go, CalcSize; 8-byte numbers are aligned to a register (types.RegSize)",
    "aggregates": "size.go, CalcStructSize and calcStructOffset; gcsizes.go, Offsetsof",
    "trailing member without size": "size.go, CalcStructSize: one byte is added",
    "sync/atomic.Int64, Uint64": "size.go, CalcStructSize: align64 asks for 8 everywhere",
    "pointer bytes": "size.go, PtrDataSize: the end of the last pointer",
}


def _scalars(word: int) -> dict[str, tuple[int, int]]:
    """Underlying type -> size, alignment; 8-byte numbers are aligned to a word (size.go)."""
    return {
        **dict.fromkeys(("bool", "int8", "uint8"), (1, 1)),
        **dict.fromkeys(("int16", "uint16"), (2, 2)),
        **dict.fromkeys(("int32", "uint32", "float32"), (4, 4)),
        **dict.fromkeys(("int64", "uint64", "float64"), (8, word)),
        **dict.fromkeys(("int", "uint", "uintptr", "pointer"), (word, word)),
        "complex64": (8, 4),
        "complex128": (16, word),
        "string": (2 * word, word),
        "slice": (3 * word, word),
        "interface": (2 * word, word),
    }


def _row(arch: str, word: int, title: str, line: int = 64) -> Abi:
    systems = ("linux", "darwin", "windows", "freebsd")
    others = {"amd64": ("go-x86-64", "go-x86_64"), "386": ("go-x86", "go-i386"),
              "arm64": ("go-aarch64",)}  # fmt: skip
    return Abi(
        name=f"go-{arch}",
        title=title,
        aliases=(f"go/{arch}", *others.get(arch, ()), *(f"{os}/{arch}" for os in systems)),
        scalars=_scalars(word),
        line=line,
        sources=_RULES,
        language="go",
        rules="go",
        scanned={"pointer": word, "string": word, "slice": word, "interface": 2 * word},
        # galign.go, MAXWIDTH: 1 << 50 on 64 bits; size.go keeps 32 bits below 1 << 31.
        maximum_size=(1 << 50) - 1 if word == 8 else (1 << 31) - 2,
    )


ROWS = (
    _row("amd64", 8, "Go, x86-64"),
    _row("arm64", 8, "Go, Arm 64 bits"),
    _row("386", 4, "Go, x86 32 bits"),
    _row("arm", 4, "Go, Arm 32 bits"),
)
