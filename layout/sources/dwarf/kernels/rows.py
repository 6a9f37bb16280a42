"""The columns of rows, units and plans, and the codes that the loops give.

A change here makes other loops: their cache on disk goes by a digest of all these files, and the
loops of `digest` repeat the numbers that they use.
"""

from __future__ import annotations

# Columns of a row, int64[COLUMNS, rows]: what an entry does not say is 0 and was never written to,
# so that a column costs memory only where it says something. References and strings are numbers
# over all sections of all files, see `layout.sources.dwarf.entries`; no entry and no string has the
# number 0. For a unit's own entry: SIZE is the language, PLACE where its line table is, BITS the
# name of its split file, BIT_PLACE its folder, SIGNATURE the split file's mark.
OFFSET, TAG, PARENT, LAST, NAME, DIGEST, TYPE, SIZE = range(8)
PLACE, BITS, BIT_PLACE, ALIGN, FLAGS, SIGNATURE, FILE, LINE = range(8, 16)
COLUMNS = 16

# References in TYPE that are none: no type, and one by signature.
NONE, BY_SIGNATURE = 0, -2

DECLARATION, EXTERNAL, VIRTUAL, ARTIFICIAL, BIT_FROM_START, BIT_FROM_TOP, PLACED, COMPUTED = (
    1 << bit for bit in range(8)
)
UNCOUNTED, COUNTED, VECTOR, CONSTANT, UPPER, SIZED, NARROW, LOWER = (
    1 << bit for bit in range(8, 16)
)
ENCODING_SHIFT = 16

# Columns of a unit and of a plan.
START, END, TABLE, OFFSET_BYTES, ADDRESS_BYTES, VERSION, STRING_TABLE, ENTRIES = range(8)
UNIT_COLUMNS = 8
CODE, PLAN_TAG, CHILDREN, FIXED, FIRST, STEPS, KEPT = range(7)
PLAN_COLUMNS = 8
STEP_COLUMNS = 7

# Levels that entries may nest; compilers stay below 100.
MAX_LEVELS = 1000
# Bytes of a name that its digest looks at; a longer name counts as itself wherever it stands.
MAX_NAME = 512

FAULTS = (
    "",
    "an entry goes beyond the end of its unit",
    "an entry has an abbreviation that its table does not define",
    "a form of attribute is unknown",
    f"entries nest deeper than {MAX_LEVELS} levels",
    "a string lies outside its section",
    "the abbreviation table is cut off",
)
BEYOND, UNDEFINED, UNKNOWN_FORM, TOO_DEEP, BAD_STRING, CUT_OFF = range(1, 7)

# What an attribute holds: a number, a string, a reference, a signature, a block, anything else.
NUMBER, STRING, REFERENCE, SIGNED8, BLOCK, OTHER = range(6)

# Classes of forms, by which a value is read.
(
    FIXED_NUMBER, PRESENT, CONSTANT_NUMBER, UNIT_REFERENCE, SECTION_REFERENCE, SHARED_REFERENCE,
    SIGNATURE8, MAIN_STRING, LINE_STRING, SHARED_STRING, STRING_INDEX, FIXED_OTHER, INLINE_STRING,
    SIGNED, UNSIGNED, UNIT_REFERENCE_ULEB, STRING_INDEX_ULEB, ANY_BLOCK, OTHER_ULEB, INDIRECT,
) = range(20)  # fmt: skip
