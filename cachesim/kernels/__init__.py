"""The compiled loops, and the factory that specialises them to the policies of a machine.

A loop is cached on disk. Numba notices an edit of the file that holds the loop, but not of the
files whose functions it calls: a digest of all these sources is therefore part of the loop's name,
and an edit anywhere makes another one.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from cachesim.policies import find_policy
from cachesim.policies.base import Policy

_ROOM = Path(__file__).parent.parent


def source_digest(policies: tuple[Policy, ...] = ()) -> str:
    """Of the policies' names and every source that may be compiled into a loop: 32 hex digits."""
    files = {*_ROOM.glob("kernels/*.py"), *_ROOM.glob("policies/*.py")}
    for policy in policies:
        home = sys.modules[policy.victim.__module__].__file__
        if home is not None:
            files.add(Path(home))
    digest = hashlib.sha256(" ".join(policy.name for policy in policies).encode() + b"\0")
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


@cache
def replay_loop(policies: tuple[Policy, ...]) -> Callable[..., Any]:
    """The compiled loop for machines of these policies, each once."""
    from cachesim.kernels.loop import make_loop

    return make_loop(policies, source_digest(policies))


@cache
def walk_loop(policies: tuple[Policy, ...]) -> Callable[..., Any]:
    """The compiled walk for machines of these policies, each once."""
    from cachesim.kernels.walk import make_walk

    return make_walk(policies, source_digest(policies))


def walk_for(names: tuple[str, ...]) -> Callable[..., Any]:
    """The compiled walk for machines that use the policies of these names."""
    return walk_loop(tuple(find_policy(name) for name in names))


def loop_for(names: tuple[str, ...]) -> Callable[..., Any]:
    """The compiled loop for machines that use the policies of these names."""
    return replay_loop(tuple(find_policy(name) for name in names))
