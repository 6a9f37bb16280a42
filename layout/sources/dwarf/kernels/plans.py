"""Plans: what each abbreviation says about its entries (DWARF 5, section 7.5.3)."""

# ruff: noqa: PLR0911, PLR0915 -- a compiled loop stays whole

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from layout.sources.dwarf.kernels.forms import form_bytes, form_class, inner, sleb, uleb
from layout.sources.dwarf.kernels.rows import (  # fmt: skip
    CHILDREN,
    CODE,
    CONSTANT_NUMBER,
    CUT_OFF,
    DECLARATION,
    EXTERNAL,
    FILE,
    FIRST,
    FIXED,
    FIXED_NUMBER,
    FLAGS,
    KEPT,
    LINE,
    MAIN_STRING,
    NAME,
    PLACE,
    PLACED,
    PLAN_TAG,
    PRESENT,
    SIZE,
    SIZED,
    STEPS,
    TYPE,
    UNIT_REFERENCE,
    UNSIGNED,
)

# Attributes that a row keeps, as flags by their number.
_WANTED = np.zeros(256, np.uint8)
for _attribute in (
    0x03, 0x0B, 0x0C, 0x0D, 0x10, 0x13, 0x16, 0x1B, 0x1C, 0x22, 0x2F, 0x34, 0x37, 0x38, 0x3A,
    0x3B, 0x3C, 0x3E, 0x3F, 0x47, 0x49, 0x4C, 0x69, 0x6B, 0x72, 0x76, 0x88,
):  # fmt: skip
    _WANTED[_attribute] = 1


@inner
def _is_kept(tag: int) -> Any:
    # array, class, enumeration, member, pointer, reference, unit, structure, subroutine, typedef,
    # union, variant, inheritance, pointer to member, module, subrange, base
    if tag in (0x01, 0x02, 0x04, 0x0D, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x15, 0x16, 0x17, 0x19, 0x1C):
        return True
    if tag in (0x1E, 0x1F, 0x20, 0x21, 0x24, 0x26, 0x2D, 0x33, 0x35, 0x37, 0x38, 0x39, 0x3B, 0x3C):
        return True
    # type unit, rvalue reference, template alias, shared, atomic, immutable, skeleton unit
    return tag in (0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x4A, 0x4B)


@inner
def _is_wanted(attribute: int) -> Any:
    if attribute >= 0x100:  # GNU_vector, GNU_dwo_name, GNU_dwo_id
        return attribute in (0x2107, 0x2130, 0x2131)
    return _WANTED[attribute] != 0


@inner
def _straight(attribute: int, kind: int, size: int, tag: int) -> Any:
    """The column that a value goes to as it is, -1 for none, and the flags that go with it.

    Nearly all values are such: the walk takes half the time by it.
    """
    if tag == 0x11 or tag == 0x3C or tag == 0x41 or tag == 0x4A:  # a unit's own entry
        return -1, 0
    if kind == PRESENT and attribute == 0x3C:  # declaration
        return FLAGS, DECLARATION
    if kind == PRESENT and attribute == 0x3F:  # external
        return FLAGS, EXTERNAL
    if attribute == 0x03 and kind == MAIN_STRING and size == 4:
        return NAME, 0
    if attribute == 0x49 and kind == UNIT_REFERENCE and size <= 4:
        return TYPE, 0
    if not (kind == CONSTANT_NUMBER or kind == UNSIGNED or kind == FIXED_NUMBER):
        return -1, 0
    if attribute == 0x3A:  # decl_file
        return FILE, 0
    if attribute == 0x3B:  # decl_line
        return LINE, 0
    if attribute == 0x38:  # data_member_location
        return PLACE, PLACED
    if attribute == 0x0B:  # byte_size
        return SIZE, SIZED
    return -1, 0


def make_plan(digest: str) -> Callable[..., tuple[int, int, int]]:
    """The compiled loop over abbreviations, cached on disk under the digest of its sources."""

    @njit(cache=True, nogil=True)
    def plan(
        abbrev: Any, keys: Any, plans: Any, steps: Any, tables: Any, write: bool, limit: int
    ) -> Any:
        """Plans for the tables at ``keys``: offset, bytes of an offset and of an address, version.

        Counts plans and steps, and writes them when asked to: plans int64[:, PLAN_COLUMNS], steps
        int64[:, STEP_COLUMNS] as attribute, form, constant, bytes or -1, class, and what
        `_straight` says; tables int64[:, 4] as first plan, plans, whether their codes count from
        1, fault. The answer: plans, steps, bytes read, which end beyond the limit.
        """
        digest  # noqa: B018 -- holds the digest in the closure, which is part of the cache's key
        n_plans = 0
        n_steps = 0
        read = 0
        end = abbrev.size
        for table in range(keys.shape[0]):
            if read > limit:
                break
            at = keys[table, 0]
            offset_bytes, address_bytes, version = keys[table, 1], keys[table, 2], keys[table, 3]
            first_plan = n_plans
            dense = True
            fault = 0
            while True:
                code, at = uleb(abbrev, at, end)
                if at < 0:
                    fault = CUT_OFF
                    break
                if code == 0:
                    break
                tag, at = uleb(abbrev, at, end)
                if at < 0 or at >= end:
                    fault = CUT_OFF
                    break
                children = np.int64(abbrev[at])
                at += 1
                kept = _is_kept(tag)
                size = 0
                first_step = n_steps
                joined = False  # the last step may take more bytes
                while True:
                    attribute, at = uleb(abbrev, at, end)
                    if at < 0:
                        break
                    form, at = uleb(abbrev, at, end)
                    if at < 0:
                        break
                    if attribute == 0 and form == 0:
                        break
                    constant = np.int64(0)
                    if form == 0x21:
                        constant, at = sleb(abbrev, at, end)
                        if at < 0:
                            break
                    taken = form_bytes(form, offset_bytes, address_bytes, version)
                    size = size + taken if size >= 0 and taken >= 0 else -1
                    passed = taken >= 0 and not (kept and _is_wanted(attribute))
                    if passed and joined:
                        if write:
                            steps[n_steps - 1, 3] += taken
                        continue
                    joined = passed
                    if write:
                        steps[n_steps, 0] = 0 if passed else attribute
                        steps[n_steps, 1] = form
                        steps[n_steps, 2] = constant
                        steps[n_steps, 3] = taken
                        steps[n_steps, 4] = form_class(form)
                        column, flags = _straight(attribute, form_class(form), taken, tag)
                        steps[n_steps, 5] = column
                        steps[n_steps, 6] = flags
                    n_steps += 1
                if at < 0:
                    fault = CUT_OFF
                    break
                dense = dense and code == n_plans - first_plan + 1
                if write:
                    plans[n_plans, CODE] = code
                    plans[n_plans, PLAN_TAG] = tag
                    plans[n_plans, CHILDREN] = children
                    plans[n_plans, FIXED] = size
                    plans[n_plans, FIRST] = first_step
                    plans[n_plans, STEPS] = n_steps - first_step
                    plans[n_plans, KEPT] = kept
                n_plans += 1
            read += (at if at >= 0 else end) - keys[table, 0]
            if write:
                tables[table, 0] = first_plan
                tables[table, 1] = n_plans - first_plan
                tables[table, 2] = dense
                tables[table, 3] = fault
        return n_plans, n_steps, read

    return plan
