"""Truth from a real rustc: sizes, alignments and offsets that a compiled program prints."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def rustc() -> str | None:
    """The compiler on the path or in cargo's usual folder."""
    home = Path(os.environ.get("HOME", "/")) / ".cargo" / "bin" / "rustc"
    return shutil.which("rustc") or (str(home) if home.exists() else None)


def host() -> str:
    """The triple that programs are compiled for."""
    run = subprocess.run([rustc() or "rustc", "-vV"], capture_output=True, text=True, check=True)
    return next(line[6:] for line in run.stdout.splitlines() if line.startswith("host: "))


def layouts(text: str, asked: Mapping[str, Sequence[str]], folder: Path) -> dict[str, list[int]]:
    """Type -> size, alignment and the offsets of the fields asked for. Raises RuntimeError with
    rustc's complaint."""
    lines = []
    for name, fields in asked.items():
        offsets = "".join(f", std::mem::offset_of!({name}, {field})" for field in fields)
        values = f"std::mem::size_of::<{name}>(), std::mem::align_of::<{name}>(){offsets}"
        lines.append(f'    show("{name}", &[{values}]);')
    shower = 'fn show(name: &str, values: &[usize]) { println!("{name} {values:?}"); }'
    source = folder / "generated.rs"
    body = "\n".join(lines)
    source.write_text(f"#![allow(warnings)]\n{text}\n{shower}\nfn main() {{\n{body}\n}}\n")
    binary = folder / "generated"
    run = subprocess.run(
        [rustc() or "rustc", "--edition", "2021", "-C", "debuginfo=0", "-C", "opt-level=0",
         str(source), "-o", str(binary)],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(run.stderr[:4000])
    out = subprocess.run([str(binary)], capture_output=True, text=True, check=True).stdout
    rows = (line.split(" ", 1) for line in out.splitlines())
    return {name: [int(word) for word in words[1:-1].split(",")] for name, words in rows}
