"""What a cache and a machine are: frozen specs that refuse what they do not know.

Each spec checks itself once, when it is made; everything later may rely on it.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

import msgspec

from cachesim.errors import CacheError
from cachesim.trace import Kind

# Bytes of the smallest line: two bits of every address must be free for the kernels, which keep a
# line's number and its dirty bit in one 64-bit word.
MIN_LINE = 4
# Bytes of the largest line: large enough for the pages of a translation buffer.
MAX_LINE = 1 << 30
# Lines of the largest cache: 1 GiB of 64-byte lines.
MAX_LINES = 1 << 24
# Caches of the largest machine: the kernels keep a level's number in five bits, one for memory.
MAX_CACHES = 31
# Seeds below it give different streams (``cachesim.policies.chance``).
MAX_SEED = (1 << 31) - 1
# How a line's number becomes a set's: its lowest bits; the remainder of a division; all its bits
# folded onto so many; a multiplicative hash, then the remainder.
INDEXES = ("bits", "modulo", "xor", "hash")
WRITES = ("back", "through")
# What a cache holds of the lines above it: whatever was asked for; all of them; none of them.
INCLUSIONS = ("none", "inclusive", "exclusive")
# How an access that touches several lines counts: once for each line, or once.
STRADDLES = ("split", "once")
# Whether a dirty line that arrives from above is a use of the line, leaves the order of
# replacement as it is, or is not modelled at all.
WRITEBACKS = ("touch", "quiet", "none")
# What the caches hold at the start: nothing, or line 0 in every way of its set.
COLD_TAGS = ("empty", "zero")
# Sectors of a line: a bit each in one word.
MAX_SECTORS = 62

# What tools do alike in all these, by name; ``Machine.under`` takes one. DineroIV splits accesses
# and lets copy-backs count as uses; cachegrind (cg_sim.c) counts an access over two lines once,
# cuts data accesses to the smallest line, starts with tags of 0 and knows no write-backs.
CONVENTIONS: dict[str, dict[str, str | bool]] = {
    "hardware": {
        "straddle": "split", "writebacks": "touch", "cold_tags": "empty", "cap_data": False,
    },
    "dinero": {
        "straddle": "split", "writebacks": "touch", "cold_tags": "empty", "cap_data": False,
    },
    "cachegrind": {
        "straddle": "once", "writebacks": "none", "cold_tags": "zero", "cap_data": True,
    },
}  # fmt: skip


def _is_power_of_two(value: int) -> bool:
    return value > 0 and value & (value - 1) == 0


class CacheSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cache of a machine.

    name            "L1d": a name ending in "i" serves fetches only, one ending in "d" data only,
                    any other both
    sets            sets of one instance; a power of two where index is "bits"
    ways            lines per set
    line            bytes, a power of two
    replacement     the policy's name (a row of ``cachesim.policies.POLICIES``)
    seed            of the policy's random choices, 1 to 2**31 - 2; each instance of a private cache
                    takes the next one
    private         one instance per thread; otherwise all threads share one
    latency_cycles  load to use of an access served here; None where no source states it
    index           "bits" (lowest bits of the line's number), "modulo" (any number of sets), "xor"
                    (all bits folded onto the set's) or "hash" (a multiplicative one, any number)
    write           "back" (dirty lines are written when they go) or "through" (every write goes on)
    write_allocate  whether a write that misses puts the line in
    inclusion       "none"; "inclusive": what goes here goes from the caches above; "exclusive": a
                    line is here only when it is in none above, which gives it to them and takes
                    what they displace, as a victim cache does
    sector          bytes of a line that are fetched at a time; None: all of it
    source          where the numbers come from

    Raises CacheError naming the field.
    """

    name: str
    sets: int
    ways: int
    line: int = 64
    replacement: str = "lru"
    seed: int = 1
    private: bool = False
    latency_cycles: float | None = None
    index: str = "bits"
    write: str = "back"
    write_allocate: bool = True
    inclusion: str = "none"
    sector: int | None = None
    source: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name or not self.name.isprintable() or ":" in self.name:
            raise CacheError(f"name = {self.name!r}, but must be printable, without a colon")
        _check_choice("index", self.index, INDEXES)
        _check_choice("write", self.write, WRITES)
        _check_choice("inclusion", self.inclusion, INCLUSIONS)
        if not _is_power_of_two(self.line):
            raise CacheError(f"line = {self.line}, but must be a power of two")
        if not MIN_LINE <= self.line <= MAX_LINE:
            raise CacheError(f"line = {self.line}, but must be {MIN_LINE} to {MAX_LINE}")
        if self.ways < 1:
            raise CacheError(f"ways = {self.ways}, but must be at least 1")
        if self.sets < 1:
            raise CacheError(f"sets = {self.sets}, but must be at least 1")
        if self.sector is not None:
            self._check_sector(self.sector)
        if self.index in ("bits", "xor") and not _is_power_of_two(self.sets):
            raise CacheError(
                f'sets = {self.sets}, but must be a power of two; or say index = "modulo"'
            )
        if self.sets * self.ways > MAX_LINES:
            raise CacheError(
                f"sets x ways = {self.sets * self.ways}, but must be at most {MAX_LINES} lines"
            )
        _check_positive("latency_cycles", self.latency_cycles)
        if not 1 <= self.seed < MAX_SEED:
            raise CacheError(f"seed = {self.seed}, but must be 1 to {MAX_SEED - 1}")
        from cachesim.policies import check_policy

        if fault := check_policy(self.replacement, self.ways):
            raise CacheError(fault)

    def _check_sector(self, sector: int) -> None:
        if not (_is_power_of_two(sector) and MIN_LINE <= sector <= self.line):
            raise CacheError(
                f"sector = {sector}, but must be a power of two from {MIN_LINE} to the line's "
                f"{self.line}"
            )
        if self.line // sector > MAX_SECTORS:
            raise CacheError(
                f"sector = {sector}: {self.line // sector} sectors a line, but at most "
                f"{MAX_SECTORS}; make it larger"
            )
        if self.inclusion == "exclusive":
            raise CacheError('sector and inclusion = "exclusive" exclude each other; drop one')

    @property
    def size(self) -> int:
        """Bytes that one instance holds."""
        return self.sets * self.ways * self.line

    def serves(self, kind: int) -> bool:
        """Whether accesses of this kind go through this cache."""
        if kind == Kind.FETCH:
            return not self.name.endswith("d")
        return not self.name.endswith("i")


class Machine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A processor: its caches from the core outwards, and what else its file states.

    An access asks the caches that serve its kind, in the order given; memory is below the last.

    memory_latency_cycles   load to use of an access that no cache served; None where unknown
    frequency_ghz           what turns cycles into time; None where unknown
    false_sharing_granule   bytes within which two threads disturb each other
    abi                     the target triple of programs on it
    straddle                "split": an access over several lines is one to each, as in hardware;
                            "once": one access, a miss if any line misses
    writebacks              "touch": a dirty line from above is a use of the line; "quiet": it is
                            not; "none": nothing is dirty, as in cachegrind
    cold_tags               "empty", or "zero": every way starts with line 0, as in cachegrind
    cap_data                whether data accesses are cut to the smallest line of all caches

    Raises CacheError naming the field.
    """

    name: str
    caches: tuple[CacheSpec, ...]
    title: str = ""
    abi: str = ""
    memory_latency_cycles: float | None = None
    frequency_ghz: float | None = None
    false_sharing_granule: int = 64
    straddle: str = "split"
    writebacks: str = "touch"
    cold_tags: str = "empty"
    cap_data: bool = False
    source: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # A caller may have given a list; a spec is immutable.
        msgspec.structs.force_setattr(self, "caches", tuple(self.caches))
        if not self.name:
            raise CacheError("name is empty, but must name the machine")
        if not self.caches:
            raise CacheError("caches is empty, but must list at least one cache")
        if len(self.caches) > MAX_CACHES:
            raise CacheError(
                f"caches has {len(self.caches)} rows, but must have {MAX_CACHES} at most"
            )
        _check_choice("straddle", self.straddle, STRADDLES)
        _check_choice("writebacks", self.writebacks, WRITEBACKS)
        _check_choice("cold_tags", self.cold_tags, COLD_TAGS)
        _check_positive("memory_latency_cycles", self.memory_latency_cycles)
        _check_positive("frequency_ghz", self.frequency_ghz)
        if not _is_power_of_two(self.false_sharing_granule):
            raise CacheError(
                f"false_sharing_granule = {self.false_sharing_granule}, but must be a power of two"
            )
        seen: dict[str, int] = {}
        for number, cache in enumerate(self.caches):
            if cache.name in seen:
                raise CacheError(
                    f"caches[{number}]: name = {cache.name!r}, "
                    f"but caches[{seen[cache.name]}] has it already"
                )
            seen[cache.name] = number
        for kind in (Kind.READ, Kind.FETCH):
            self._check_path(kind)
        below = {*self.path(Kind.READ)[1:], *self.path(Kind.FETCH)[1:]}
        for number, cache in enumerate(self.caches):
            if cache.inclusion != "none" and number not in below:
                raise CacheError(
                    f'caches[{number}]: inclusion = "{cache.inclusion}", but nothing is above '
                    f"{cache.name}; drop it"
                )
        if self.straddle == "once":
            self._check_once()

    def _check_path(self, kind: Kind) -> None:
        path = self.path(kind)
        for above, below in pairwise(path):
            upper, lower = self.caches[above], self.caches[below]
            if lower.line < upper.line:
                raise CacheError(
                    f"caches[{below}]: line = {lower.line}, but must be at least {upper.line} "
                    f"as in {upper.name} above it"
                )
            if lower.inclusion == "exclusive":
                self._check_exclusive(below, upper, lower)
            if lower.private and not upper.private:
                raise CacheError(
                    f"caches[{below}]: private = true, but {upper.name} above it is shared"
                )

    @staticmethod
    def _check_exclusive(number: int, upper: CacheSpec, lower: CacheSpec) -> None:
        if upper.line != lower.line:
            raise CacheError(
                f"caches[{number}]: line = {lower.line}, but an exclusive cache must have the "
                f"{upper.line} of {upper.name} above it"
            )
        if upper.write == "through" or upper.sector is not None:
            raise CacheError(
                f'caches[{number}]: inclusion = "exclusive", but {upper.name} above it '
                f"{'writes through' if upper.write == 'through' else 'has sectors'}; change one"
            )

    def _check_once(self) -> None:
        for number, cache in enumerate(self.caches):
            plain = cache.write == "back" and cache.write_allocate and cache.inclusion == "none"
            if not plain or cache.sector is not None:
                raise CacheError(
                    f'caches[{number}]: straddle = "once" goes with write-back, write-allocate '
                    "caches without inclusion and sectors only; drop one"
                )

    def under(self, convention: str) -> Machine:
        """This machine under another tool's rules: a row of ``CONVENTIONS``.

        Raises CacheError for a name that the table has not.
        """
        if convention not in CONVENTIONS:
            raise CacheError(
                f"convention {convention!r}: not known; take one of {', '.join(CONVENTIONS)}"
            )
        return msgspec.structs.replace(self, **CONVENTIONS[convention])

    def path(self, kind: int) -> tuple[int, ...]:
        """Indices into ``caches`` that an access of this kind asks, nearest to the core first."""
        return tuple(n for n, cache in enumerate(self.caches) if cache.serves(kind))


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise CacheError(f"{name} = {value!r}, but must be one of {', '.join(choices)}")


def _check_positive(name: str, value: float | None) -> None:
    if value is not None and not (value > 0 and math.isfinite(value)):
        raise CacheError(f"{name} = {value}, but must be more than 0")


# Units that parse_level understands, in bytes.
_UNITS = {
    "": 1, "B": 1, "K": 1 << 10, "KB": 1 << 10, "KiB": 1 << 10,
    "M": 1 << 20, "MB": 1 << 20, "MiB": 1 << 20, "G": 1 << 30, "GB": 1 << 30, "GiB": 1 << 30,
}  # fmt: skip


def parse_level(text: str) -> CacheSpec:
    """The cache that ``NAME:SIZE:WAYS[:LINE[:POLICY]]`` describes, as ``L1d:32KiB:8:64:lru``.

    SIZE is in bytes or carries B, KiB, MiB or GiB (KB, MB, GB and K, M, G mean the same powers of
    two). WAYS may be ``full``: one set. A number of sets that is no power of two gives the index
    "modulo". Raises CacheError that quotes the text.
    """
    parts = text.split(":")
    if not 3 <= len(parts) <= 5:
        raise CacheError(f"level {text!r}: not NAME:SIZE:WAYS[:LINE[:POLICY]]; write L1d:32KiB:8")
    name, size_text, ways_text, *rest = parts
    size = _parse_size(text, size_text)
    line = _parse_size(text, rest[0]) if rest else 64
    if line < 1:
        raise CacheError(f"level {text!r}: line = {line}, but must be a power of two")
    full = ways_text == "full"
    if not full and not (ways_text.isascii() and ways_text.isdigit() and len(ways_text) < 19):
        raise CacheError(f"level {text!r}: ways {ways_text!r} is no number; write 8, or full")
    ways = max(size // line, 1) if full else int(ways_text)
    if ways < 1 or size < 1 or size % (ways * line):
        raise CacheError(
            f"level {text!r}: {size} bytes are no whole number of sets of "
            f"{ways} ways x {line} bytes; change one of them"
        )
    sets = size // (ways * line)
    try:
        return CacheSpec(
            name=name,
            sets=sets,
            ways=ways,
            line=line,
            replacement=rest[1] if len(rest) > 1 else "lru",
            index="bits" if _is_power_of_two(sets) else "modulo",
        )
    except CacheError as error:
        raise CacheError(f"level {text!r}: {error}") from None


def _parse_size(text: str, size: str) -> int:
    found = re.fullmatch(r"([0-9]{1,18})([A-Za-z]*)", size)
    digits, unit = found.groups() if found else ("", "?")
    if unit not in _UNITS:
        raise CacheError(f"level {text!r}: {size!r} is no size; write 32KiB, 1MiB or 64")
    return int(digits) * _UNITS[unit]
