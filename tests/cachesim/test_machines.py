"""The machines that come along, machines from files, and the host as Linux states it."""

import pytest

import cachesim.machines
from cachesim import CacheError, load_machine, machine_names
from cachesim.host import host_machine

KIB, MIB = 1 << 10, 1 << 20

# Bytes, ways and latency as the manufacturers' documents and the measurements cited state them; the
# files state sets, so that a slip in one of them changes a size.
CITED = {
    "zen2": {
        "L1i": (32 * KIB, 8, None),
        "L1d": (32 * KIB, 8, 4),
        "L2": (512 * KIB, 8, 12),
        "L3": (16 * MIB, 16, 45),
    },
    "skylake-sp": {
        "L1i": (32 * KIB, 8, None),
        "L1d": (32 * KIB, 8, 4),
        "L2": (1 * MIB, 16, 14),
        "L3": (18 * 11 * MIB // 8, 11, 77),  # 1.375 MiB for each of 18 cores
    },
    "cortex-a72": {
        "L1i": (48 * KIB, 3, None),
        "L1d": (32 * KIB, 2, None),
        "L2": (1 * MIB, 16, None),
    },
}


def test_every_machine_that_comes_along_is_cited_here():
    assert set(machine_names()) == set(CITED)


@pytest.mark.parametrize("name", CITED)
def test_sizes_ways_and_latencies_are_those_cited(name):
    machine = load_machine(name)
    assert machine.name == name
    assert machine.source
    assert all(cache.source for cache in machine.caches)
    found = {cache.name: (cache.size, cache.ways, cache.latency_cycles) for cache in machine.caches}
    assert found == CITED[name]
    assert all(cache.line == 64 for cache in machine.caches)


def test_a_machine_is_loaded_from_a_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n[[caches]]\nname = "L1d"\nsets = 64\nways = 8\n')
    assert load_machine(path) == load_machine(str(path))
    assert load_machine(path).caches[0].size == 32 * KIB


CACHE = '[[caches]]\nname = "L1d"\nsets = 64\nways = 8\n'
WRONG = [
    ('name = "x"\n' + CACHE + "line = 48\n", "x.toml: caches[0]: line = 48, but must be a power"),
    ('name = "x"\n' + CACHE + CACHE, "x.toml: caches[1]: name = 'L1d', but caches[0] has it"),
    ('name = "x"\n' + CACHE + "lines = 64\n", "x.toml: caches[0]: Object contains unknown field"),
    ('name = "x"\n' + CACHE.replace("64", '"64"'), "x.toml: caches[0].sets: Expected `int`"),
    ('name = "x"\ncores = 4\n' + CACHE, "x.toml: Object contains unknown field `cores`"),
    (CACHE, "x.toml: Object missing required field `name`"),
    ('name = "x"\n', "x.toml: Object missing required field `caches`"),
    ("name = ", "x.toml: no valid TOML: "),
    ("\xff", "x.toml: no valid TOML: "),
    ("#" * (1 << 20) + "\n", "x.toml: longer than 1048576 bytes"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_mistake_names_the_file_and_the_place(tmp_path, text, message):
    path = tmp_path / "x.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(CacheError) as raised:
        load_machine(path)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_a_name_that_is_not_there_lists_those_that_are():
    with pytest.raises(CacheError, match=r"'z80': there is none .*cortex-a72, skylake-sp, zen2"):
        load_machine("z80")


@pytest.mark.parametrize("name", ["missing.toml", "folder/"])
def test_a_file_that_is_not_there_is_named(tmp_path, name):
    with pytest.raises(CacheError, match="; give a readable file"):
        load_machine(f"{tmp_path}/{name}")


def test_the_default_machine_states_every_latency_of_its_data_path():
    machine = load_machine(cachesim.machines.DEFAULT_MACHINE)
    assert all(machine.caches[n].latency_cycles for n in machine.path(0))
    assert machine.memory_latency_cycles


FACTS = {
    "index0": ("1", "Data", "64", "8"),
    "index1": ("1", "Instruction", "64", "8"),
    "index2": ("2", "Unified", "1024", "16"),
    "index3": ("3", "Unified", "36864", "11"),
}


@pytest.fixture
def sysfs(tmp_path):
    for index, facts in FACTS.items():
        (tmp_path / index).mkdir()
        names = ("level", "type", "number_of_sets", "ways_of_associativity")
        for name, value in zip(names, facts, strict=True):
            (tmp_path / index / name).write_text(value + "\n")
        (tmp_path / index / "coherency_line_size").write_text("64\n")
    return tmp_path


def test_the_host_is_what_the_kernel_states(sysfs):
    machine = host_machine(sysfs)
    found = [(c.name, c.size, c.index, c.private) for c in machine.caches]
    assert found == [
        ("L1d", 32 * KIB, "bits", True),
        ("L1i", 32 * KIB, "bits", True),
        ("L2", 1 * MIB, "bits", True),
        ("L3", 18 * 11 * MIB // 8, "modulo", False),
    ]


def test_a_host_that_states_nothing_or_nonsense_gets_one_line(sysfs, tmp_path_factory):
    with pytest.raises(CacheError, match="states no caches; name a machine"):
        host_machine(tmp_path_factory.mktemp("empty"))
    (sysfs / "index0" / "number_of_sets").write_text("many\n")
    with pytest.raises(CacheError, match="index0: invalid literal"):
        host_machine(sysfs)
    (sysfs / "index0" / "number_of_sets").unlink()
    with pytest.raises(CacheError, match="number_of_sets: cannot be read; name a machine"):
        host_machine(sysfs)
