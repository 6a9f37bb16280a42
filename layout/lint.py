"""``lint``: what the rules say about records, less what comments in the source suppress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layout.abis import DEFAULT_ABI, find_abi
from layout.errors import LayoutError
from layout.model import Record, Skipped, Source
from layout.place import Placer
from layout.profile import AccessProfile
from layout.rules import RULES, Notice, Rule, Subject
from layout.rules.rule import Level
from layout.rules.suppressions import MALFORMED, UNUSED
from layout.suppress import Suppression, find_suppressions, opening_line

__all__ = ["Finding", "Linted", "Settings", "lint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one record, on all the ABIs where it is.

    ``line`` is the member's or the record's; ``record`` is empty for a comment that stands nowhere;
    ``bytes`` are those lost on the worst ABI, None where it is not about bytes.
    """

    file: str
    line: int
    code: str
    record: str
    field: str | None
    abis: tuple[str, ...]
    message: str
    bytes: int | None
    level: Level
    fix: str

    @property
    def fingerprint(self) -> tuple[str, str, str]:
        """What stays when lines move: record, code, member."""
        return self.record, self.code, self.field or ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look for.

    abis       names of ABIs; a finding that holds on several is one
    codes      of the rules that run; None for those that run by default
    min_bytes  findings that lose fewer are left out
    profiles   who uses what, by record name
    allocator  a row of `layout.sizeclasses.ALLOCATORS` for records that are not Go's
    """

    abis: tuple[str, ...] = (DEFAULT_ABI,)
    codes: frozenset[str] | None = None
    min_bytes: int = 1
    profiles: Mapping[str, AccessProfile] = field(default_factory=dict)
    allocator: str | None = None

    def rules(self) -> list[Rule]:
        """The rules that run, by code."""
        codes = self.codes
        return [r for r in RULES.values() if (r.default if codes is None else r.code in codes)]


@dataclass(frozen=True, slots=True)
class Linted:
    """The findings of one source in order; those a comment suppresses, each with its reason."""

    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, str], ...]
    skipped: tuple[Skipped, ...]
    records: int


def lint(
    source: Source,
    settings: Settings,
    *,
    text: str | None = None,
    records: Sequence[Record] | None = None,
) -> Linted:
    """Check ``records`` (all of the source's when None) with the rules of ``settings``.

    ``text`` is the source's own, for the comments that suppress; None for a binary. A record that
    an ABI refuses is skipped with the reason. Raises LayoutError for an unknown ABI or allocator.
    """
    run = _Run(source, settings, list(source.records.values()) if records is None else records)
    run.check()
    if text is not None:
        lines = text.split("\n")
        try:
            comments = find_suppressions(text)
        except LayoutError as error:
            raise LayoutError(f"{source.path}: {error}") from None
        for comment in comments:
            run.apply(comment, lines)
    findings = [f for f in run.findings if f.bytes is None or f.bytes >= settings.min_bytes]
    skipped = sorted((*source.skipped, *run.skipped), key=lambda skip: (skip.line, skip.name))
    return Linted(
        tuple(sorted(findings, key=_position)),
        tuple(sorted(run.suppressed, key=lambda entry: _position(entry[0]))),
        tuple(skipped),
        len(run.records),
    )


def _position(finding: Finding) -> tuple[str, int, str, str, str, str]:
    place = (finding.file, finding.line, finding.code)
    return *place, finding.record, finding.field or "", finding.message


class _Run:
    """One source while it is checked."""

    def __init__(self, source: Source, settings: Settings, records: Sequence[Record]) -> None:
        self.source = source
        self.settings = settings
        self.records = records
        self.rules = settings.rules()
        self.placers = tuple(Placer(find_abi(name)) for name in settings.abis)
        self.findings: list[Finding] = []
        self.suppressed: list[tuple[Finding, str]] = []
        self.skipped: list[Skipped] = []
        self.ran: dict[str, set[str]] = {}  # record -> codes of the rules that looked at it
        self.lines: dict[str, set[int]] = {}  # record -> lines of its members

    def check(self) -> None:
        """Add what the rules find."""
        for record in self.records:
            try:
                self._check_one(record)
            except LayoutError as error:
                reason = str(error).removeprefix(f"{record.place}: ")
                reason = reason.removeprefix(f"{record.name}: ")
                self.skipped.append(Skipped(record.name, record.line, reason))

    def _check_one(self, record: Record) -> None:
        settings = self.settings
        layouts = tuple(placer.place(record) for placer in self.placers)
        profile = settings.profiles.get(record.name)
        subject = Subject(record, self.placers, layouts, profile, settings.allocator)
        merged = _Merged()
        ran = set()
        for rule in self.rules:
            if rule.check is not None and subject.meets(rule.need):
                ran.add(rule.code)
                for notice in rule.check(subject):
                    merged.add(rule, notice)
        self.ran[record.name] = ran
        self.lines[record.name] = {field.line for field in layouts[0].fields}
        self.findings += merged.findings(self._file(record), record.name)

    def _file(self, record: Record) -> str:
        return self.source.path if record.file == "<text>" else record.file

    def apply(self, comment: Suppression, lines: list[str]) -> None:
        """Take out what a comment suppresses; a comment that is wrong is a finding itself."""
        target = comment.target
        heads = {record.name for record in self.records if opening_line(record, target, lines)}
        inside = {name for name, members in self.lines.items() if target in members}
        owner = min(heads or inside, default="")
        fault = _fault(comment)
        if fault:
            self._complain(MALFORMED, comment, owner, fault)
            return
        hit = [
            finding
            for finding in self.findings
            if finding.code in comment.codes and (finding.record in heads or finding.line == target)
        ]
        self.findings = [finding for finding in self.findings if finding not in hit]
        self.suppressed += [(finding, comment.reason) for finding in hit]
        judged = self._judged(heads | inside, target) - {finding.code for finding in hit}
        idle = [code for code in comment.codes if code in judged]
        if idle:
            message = f"no finding of {', '.join(idle)} here to suppress"
            self._complain(UNUSED, comment, owner, message)

    def _judged(self, means: set[str], line: int) -> set[str]:
        """Codes of the rules that have looked at the records that a comment means."""
        if means:
            return set[str]().union(*(self.ran.get(name, ()) for name in means))
        # It means no record that was checked. Perhaps one that was not read, or not chosen.
        others = [record.line for record in self.source.records.values()]
        others = [start for start in others if start <= line]
        skipped = [skip.line for skip in (*self.source.skipped, *self.skipped) if skip.line <= line]
        partial = len(self.records) < len(self.source.records)
        if partial or max(skipped, default=0) > max(others, default=0):
            return set()
        return set[str]().union(*self.ran.values())

    def _complain(self, rule: Rule, comment: Suppression, record: str, message: str) -> None:
        if rule in self.rules:
            notice = Notice((), comment.line, None, message)
            self.findings.append(_finding(self.source.path, record, rule, notice))


def _fault(comment: Suppression) -> str:
    """What is wrong with a comment itself; nothing for a good one."""
    if not comment.codes:
        return "a suppression without a code; write `linewise: ignore CODE -- reason`"
    unknown = [code for code in comment.codes if code not in RULES]
    if unknown:
        return f"no rule {unknown[0][:20]!r}; `linewise explain` lists them"
    if not comment.reason:
        codes = ",".join(comment.codes)
        return f"a suppression without a reason; write `linewise: ignore {codes} -- reason`"
    return ""


class _Merged:
    """Notices of one record, those that hold on several ABIs brought together."""

    def __init__(self) -> None:
        self._groups: list[tuple[Rule, list[Notice]]] = []

    def add(self, rule: Rule, notice: Notice) -> None:
        """Add a notice to what another ABI said of the same thing, the same words preferred."""
        place = (rule.code, notice.field, notice.line)
        alike = [
            notices
            for other, notices in self._groups
            if (other.code, notices[0].field, notices[0].line) == place
            and not any(set(one.abis) & set(notice.abis) for one in notices)
        ]
        same = [notices for notices in alike if notices[0].message == notice.message]
        if alike:
            (same or alike)[0].append(notice)
        else:
            self._groups.append((rule, [notice]))

    def findings(self, file: str, record: str) -> list[Finding]:
        """One finding for each group."""
        return [_finding(file, record, rule, _joined(group)) for rule, group in self._groups]


def _joined(notices: Sequence[Notice]) -> Notice:
    """One notice for several: what all say once, else what each ABI has."""
    first = notices[0]
    by_message: dict[str, list[str]] = {}
    for notice in notices:
        by_message.setdefault(notice.message, []).extend(notice.abis)
    message = first.message
    if len(by_message) > 1:
        message = "; ".join(f"{text} on {', '.join(abis)}" for text, abis in by_message.items())
    abis = tuple(abi for notice in notices for abi in notice.abis)
    worst = max((notice.bytes for notice in notices if notice.bytes is not None), default=None)
    return Notice(abis, first.line, first.field, message, worst)


def _finding(file: str, record: str, rule: Rule, notice: Notice) -> Finding:
    return Finding(
        file=file,
        line=notice.line,
        code=rule.code,
        record=record,
        field=notice.field,
        abis=notice.abis,
        message=notice.message,
        bytes=notice.bytes,
        level=rule.level,
        fix=rule.fix,
    )
