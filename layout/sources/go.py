"""The reader of Go: every struct type that a file declares at its top, and the instances of generic
ones that its types and variables name.

The grammar is tree-sitter's; what a type or a constant means is `gotypes` and `goconstants`. Names
that the file lacks are looked up in the other files of its package, see `gofiles`.
"""

from __future__ import annotations

from layout.model import RecordType, Skipped, Source
from layout.sources.gofiles import Declared, GoFile, Package
from layout.sources.gotypes import Scope, TypeReader
from layout.sources.trees import Refused, below, line_of, text_of

__all__ = ["read"]

# Levels of type arguments within type arguments that are listed as instances of their own.
MAX_ARGUMENTS = 8


def read(text: str, file: str) -> Source:
    """Records and skipped records of a Go file; where ``file`` is one on disk, the other files of
    its folder are looked into. Raises LayoutError for a text beyond `trees.MAX_TEXT`."""
    own = GoFile(text.encode("utf-8", errors="replace"), file)
    reader = TypeReader(Package(own))
    skipped = [Skipped(name, line, reason) for name, line, reason in own.hidden]
    for declared in own.types:
        entry = _read_one(reader, declared)
        if entry is not None:
            skipped.append(entry)
    skipped += _instances(reader, own)
    order = sorted(reader.records.values(), key=lambda record: record.line)
    records = {record.name: record for record in order if record.name not in own.twice}
    skipped.sort(key=lambda entry: (entry.line, entry.name))
    aliases = {name: target for name, target in reader.aliases.items() if target in records}
    return Source(file, records, tuple(skipped), aliases)


def _read_one(reader: TypeReader, declared: Declared) -> Skipped | None:
    """Reads a declaration; what to list when it is a record that cannot be read."""
    name, line = declared.name, declared.line
    if name in declared.file.twice:
        return Skipped(name, line, "declared twice; keep one declaration")
    if declared.node.child_by_field_name("type_parameters") is not None:
        if declared.type is not None and declared.type.type == "struct_type":
            reason = "generic: its layout depends on its type arguments; its instances are listed"
            return Skipped(name, line, reason)
        return None
    try:
        type_ = reader.named(declared, "", Scope(declared.file))
    except Refused as fault:
        return Skipped(name, fault.line or line, fault.reason)
    if declared.kind == "alias" and isinstance(type_, RecordType):
        reader.aliases.setdefault(name, type_.record.name)
    return None


def _instances(reader: TypeReader, own: GoFile) -> list[Skipped]:
    """Reads the instances that types and variables name, also behind pointers; what to skip."""
    skipped: dict[str, Skipped] = {}
    scope = Scope(own)
    for declared in own.names.values():
        generic = declared.node.child_by_field_name("type_parameters") is not None
        if generic or declared.kind not in ("type", "alias", "var") or declared.type is None:
            continue
        if b"[" not in (declared.type.text or b""):
            continue
        around: list[int] = []  # ends of the instances that a node is an argument of
        for node in below(declared.type, "generic_type"):
            around = [end for end in around if end > node.start_byte][:MAX_ARGUMENTS]
            if len(around) == MAX_ARGUMENTS:
                continue
            around.append(node.end_byte)
            base = own.names.get(text_of(node.child_by_field_name("type")))
            try:
                reader.type(node, scope)
            except Refused as fault:
                if base is not None and base.type is not None and base.type.type == "struct_type":
                    name = " ".join(text_of(node).split())[:80]
                    skipped.setdefault(name, Skipped(name, line_of(node), fault.reason))
    return list(skipped.values())
