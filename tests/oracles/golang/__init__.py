"""Truth from the real Go toolchain: go/types for four architectures, and compiled programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ARCHES = ("amd64", "arm64", "386", "arm")

# Prints, for each type, its size and the bytes that its runtime type says a collector scans: the
# first two words of internal/abi.Type. println needs nothing but the runtime.
PROGRAM = """
type header struct{ typ *[2]uintptr; data unsafe.Pointer }

func show(name string, value any, align uintptr, offsets ...uintptr) {
	typ := (*header)(unsafe.Pointer(&value)).typ
	print(name, " ", typ[0], " ", align, " ", typ[1])
	for _, offset := range offsets { print(" ", offset) }
	println()
}
"""


def go() -> str | None:
    """The go command of the wheel beside this interpreter, else the one on the path."""
    beside = Path(sys.executable).with_name("go")
    return str(beside) if beside.exists() else shutil.which("go")


def environment(**more: str) -> dict[str, str]:
    """For the go command: nothing is downloaded; what it compiled is kept for the next run."""
    cache = Path(tempfile.gettempdir()) / f"linewise-go-{os.getuid()}"
    return {**os.environ, "GOCACHE": str(cache / "cache"), "GOPATH": str(cache / "path"),
            "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOPROXY": "off", **more}  # fmt: skip


def run(*argv: str, cwd: Path = HERE, **more: str) -> subprocess.CompletedProcess[str]:
    """A go command. Raises RuntimeError with its complaint."""
    done = subprocess.run([go() or "go", *argv], cwd=cwd, env=environment(**more),
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[:4000])
    return done


def sizes(text: str, folder: Path) -> dict[str, dict[str, Any]]:
    """What go/types says: architecture -> type -> {Size, Align, Fields}."""
    source = folder / "generated.source"
    source.write_text(text, encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(
        run("run", "sizes.go", str(source), *ARCHES).stdout
    )
    return found


def compiled(
    text: str, asked: Mapping[str, Sequence[str]], folder: Path, arch: str
) -> dict[str, list[int]]:
    """What a compiled program says, run here: type -> size, alignment, pointer bytes, and the
    offsets of the fields asked for. Raises RuntimeError where it neither builds nor runs."""
    lines = []
    for index, (name, fields) in enumerate(asked.items()):
        offsets = "".join(f", unsafe.Offsetof(v{index}.{field})" for field in fields)
        lines.append(f"var v{index} {name}\n")
        lines.append(
            f'func w{index}() {{ show("{name}", v{index}, unsafe.Alignof(v{index}){offsets}) }}\n'
        )
    calls = "\n".join(f"\tw{index}()" for index in range(len(asked)))
    program = text.replace("package generated", "package main", 1)
    program = f"{program}\n{PROGRAM}\n{''.join(lines)}\nfunc main() {{\n{calls}\n}}\n"
    (folder / "main.go").write_text(program, encoding="utf-8")
    (folder / "go.mod").write_text("module main\n\ngo 1.24\n")
    binary = folder / f"program-{arch}"
    run("build", "-gcflags=-N -l", "-o", str(binary), "main.go",
        cwd=folder, GOARCH=arch, GOOS="linux", CGO_ENABLED="0")  # fmt: skip
    done = subprocess.run([str(binary)], capture_output=True, text=True, check=True)
    rows = [line.rsplit("] ", 1) if "]" in line else line.split(" ", 1)
            for line in done.stderr.splitlines()]  # fmt: skip
    names = list(asked)
    return {name: [int(word) for word in row[1].split()]
            for name, row in zip(names, rows, strict=True)}  # fmt: skip
