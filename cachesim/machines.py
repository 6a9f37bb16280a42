"""Machines from files: one TOML file per processor, in the package or anywhere else."""

from __future__ import annotations

from pathlib import Path

from cachesim.errors import CacheError
from cachesim.spec import Machine
from cachesim.specfile import load_spec

_FOLDER = Path(__file__).parent / "machines"
# Used where nobody names a machine: the one whose latencies are all known.
DEFAULT_MACHINE = "zen2"


def machine_names() -> tuple[str, ...]:
    """The machines that come with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_machine(name_or_path: str | Path = DEFAULT_MACHINE) -> Machine:
    """The machine of this name, or in this TOML file (anything with a slash or ending in .toml).

    Raises CacheError that names the file and the field, or the machines there are.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text:
        return load_spec(Path(name_or_path), Machine, CacheError)
    if text not in machine_names():
        raise CacheError(
            f"machine {text!r}: there is none of this name; "
            f"take one of {', '.join(machine_names())}, or give a path to a .toml file"
        )
    return load_spec(_FOLDER / f"{text}.toml", Machine, CacheError)
