"""Specs check themselves once; parse_level reads what a user types."""

import msgspec
import pytest

from cachesim import CacheError, CacheSpec, Machine, parse_level

L1 = {"name": "L1d", "sets": 64, "ways": 8}

WRONG_CACHE = [
    ({"line": 48}, "line = 48, but must be a power of two"),
    ({"line": 0}, "line = 0, but must be a power of two"),
    ({"line": -64}, "line = -64, but must be a power of two"),
    ({"line": 2}, "line = 2, but must be 4 to"),
    ({"sets": 0}, "sets = 0, but must be at least 1"),
    ({"sets": 48}, "sets = 48, but must be a power of two; or say index = "),
    ({"ways": 0}, "ways = 0, but must be at least 1"),
    ({"ways": 1 << 40}, "but must be at most 16777216 lines"),
    ({"replacement": "belady"}, "replacement = 'belady', but must be one of lru"),
    ({"index": "slices"}, "index = 'slices', but must be one of bits, modulo, xor, hash"),
    ({"latency_cycles": 0}, "latency_cycles = 0, but must be more than 0"),
    ({"latency_cycles": float("nan")}, "latency_cycles = nan, but must be more than 0"),
    ({"latency_cycles": float("inf")}, "latency_cycles = inf, but must be more than 0"),
    ({"name": ""}, "name = '', but must be printable"),
    ({"name": "L1\n"}, "name = 'L1\\n', but must be printable"),
]


@pytest.mark.parametrize(("change", "message"), WRONG_CACHE)
def test_a_wrong_cache_is_refused_by_its_field(change, message):
    with pytest.raises(CacheError) as raised:
        CacheSpec(**{**L1, **change})
    assert message in str(raised.value)


def cache(name="L1d", **change):
    return CacheSpec(**{**L1, "name": name, **change})


WRONG_MACHINE = [
    ({"caches": ()}, "caches is empty"),
    ({"name": ""}, "name is empty"),
    ({"caches": [cache(), cache()]}, "caches[1]: name = 'L1d', but caches[0] has it already"),
    ({"caches": [cache(str(n)) for n in range(32)]}, "caches has 32 rows, but must have 31"),
    ({"caches": [cache(), cache("L2", line=32)]}, "caches[1]: line = 32, but must be at least 64"),
    ({"caches": [cache(), cache("L2", private=True)]}, "caches[1]: private = true, but L1d above"),
    ({"memory_latency_cycles": -1}, "memory_latency_cycles = -1, but must be more than 0"),
    ({"frequency_ghz": 0}, "frequency_ghz = 0, but must be more than 0"),
    ({"false_sharing_granule": 96}, "false_sharing_granule = 96, but must be a power of two"),
]


@pytest.mark.parametrize(("change", "message"), WRONG_MACHINE)
def test_a_wrong_machine_is_refused_by_its_field(change, message):
    with pytest.raises(CacheError) as raised:
        Machine(**{"name": "m", "caches": (cache(),), **change})
    assert message in str(raised.value)


def test_a_fetch_passes_by_data_caches_and_a_read_by_instruction_caches():
    machine = Machine(name="m", caches=[cache("L1i"), cache("L1d"), cache("L2")])
    assert machine.path(0) == machine.path(1) == machine.path(3) == machine.path(4) == (1, 2)
    assert machine.path(2) == (0, 2)


def test_a_split_level_may_have_two_line_sizes():
    caches = [cache("L1i", line=128), cache("L1d", line=32), cache("L2", line=128)]
    machine = Machine(name="m", caches=caches)
    assert [one.line for one in machine.caches] == [128, 32, 128]


def test_a_spec_is_frozen_and_hashable():
    one = cache()
    with pytest.raises(AttributeError):
        one.ways = 4
    assert hash(one) == hash(cache())


GOOD = {
    "L1d:32KiB:8:64:lru": ("L1d", 64, 8, 64, "bits"),
    "L1d:32KiB:8": ("L1d", 64, 8, 64, "bits"),
    "L2:1MiB:16:128": ("L2", 512, 16, 128, "bits"),
    "L3:16MB:16": ("L3", 16384, 16, 64, "bits"),
    "x:512:2:4": ("x", 64, 2, 4, "bits"),
    "x:48K:8": ("x", 96, 8, 64, "modulo"),
    "tlb:256KiB:full:4KiB": ("tlb", 1, 64, 4096, "bits"),
    "x:1G:16": ("x", 1 << 20, 16, 64, "bits"),
}


@pytest.mark.parametrize("text", GOOD)
def test_a_level_is_read_as_written(text):
    spec = parse_level(text)
    assert (spec.name, spec.sets, spec.ways, spec.line, spec.index) == GOOD[text]


WRONG_LEVEL = [
    ("", "not NAME:SIZE:WAYS"),
    ("L1d", "not NAME:SIZE:WAYS"),
    ("L1d:32KiB:8:64:lru:more", "not NAME:SIZE:WAYS"),
    ("L1d:32kib:8", "'32kib' is no size; write 32KiB"),
    ("L1d:-32KiB:8", "'-32KiB' is no size"),
    ("L1d:3.2KiB:8", "'3.2KiB' is no size"),
    ("L1d:9999999999999999999:8", "is no size"),
    ("L1d:0:8", "0 bytes are no whole number of sets of 8 ways x 64 bytes"),
    ("L1d:32KiB:0", "are no whole number of sets of 0 ways"),
    ("L1d:32KiB:-8", "ways '-8' is no number; write 8, or full"),
    ("L1d:32KiB:\u00b2", "is no number"),
    ("L1d:32KiB:7", "32768 bytes are no whole number of sets of 7 ways x 64 bytes"),
    ("L1d:32KiB:8:48", "are no whole number of sets of 8 ways x 48 bytes"),
    ("L1d:36KiB:8:48", "line = 48, but must be a power of two"),
    ("L1d:32KiB:8:0", "line = 0, but must be a power of two"),
    ("L1d:32KiB:8:64:fancy", "replacement = 'fancy', but must be one of lru"),
    (":32KiB:8", "name = '', but must be printable"),
    ("L3:512GiB:16", "but must be at most 16777216 lines"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_LEVEL)
def test_a_level_that_cannot_be_is_quoted(text, message):
    with pytest.raises(CacheError) as raised:
        parse_level(text)
    assert str(raised.value).startswith(f"level {text!r}: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_spec_is_a_struct_that_refuses_unknown_fields():
    with pytest.raises(msgspec.ValidationError, match="unknown field `size`"):
        msgspec.convert({**L1, "size": 1}, CacheSpec)
