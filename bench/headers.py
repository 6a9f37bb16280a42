"""The records in the targets' own headers: where linewise puts every member, and where clang does.

The headers are those that zig brings: glibc's and Linux's, Apple's, MinGW's, WASI's. The target's
compiler preprocesses them, linewise reads what comes out. For Microsoft's there are none.
"""

from __future__ import annotations

import subprocess
import sys

import layout
from layout import Layout, LayoutError
from layout.place import Placer
from tests.layout.compare import compare
from tests.oracles import clang
from tests.oracles.clang import Asked, Member

UNIX = """stdio stdlib string time pthread signal wchar sys/socket netinet/in netinet/tcp netinet/ip
    sys/stat sys/resource sys/time sys/un dirent fcntl poll math net/if inttypes sys/epoll elf link
    sys/utsname complex sys/ptrace linux/input linux/perf_event linux/bpf linux/io_uring
    linux/netlink linux/ethtool linux/fuse linux/videodev2 linux/if_packet linux/btrfs sound/asound
    drm/drm search sched termios"""
APPLE = """stdio stdlib string time pthread signal sys/socket netinet/in netinet/tcp netinet/ip
    sys/stat sys/resource sys/event sys/time sys/un dirent fcntl poll math setjmp mach/mach
    mach-o/loader mach-o/nlist sys/sysctl sys/proc_info net/if net/route sys/mount sys/attr libproc
    sys/kauth"""
WINDOWS = """winsock2 ws2tcpip windows winternl shlobj commctrl mmsystem ddraw d3d9 iphlpapi psapi
    tlhelp32 dbghelp winioctl ntddscsi setupapi rpc ole2 usp10 wincrypt wininet bluetoothapis
    imagehlp lm ntsecapi winsvc stdio math complex setjmp"""


def headers(target: str) -> str:
    """The target's headers, preprocessed."""
    names = WINDOWS if "windows" in target else APPLE if "macos" in target else UNIX
    lines = ["#define _GNU_SOURCE", "#define _WASI_EMULATED_SIGNAL", "#define WIN32_NO_STATUS",
             "#define _WASI_EMULATED_PROCESS_CLOCKS"]  # fmt: skip
    lines += [
        f"#if __has_include(<{name}.h>)\n#include <{name}.h>\n#endif" for name in names.split()
    ]
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, "-E", "-P", "-w"]
    return subprocess.run(
        [*command, "-x", "c", "-"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def asked(placed: Layout) -> Asked:
    """What to ask of a record."""
    members = [
        Member(
            field.name, field.bit_width is not None, "[]" not in field.type, field.type == "_Bool"
        )
        for field in placed.fields
    ]
    return Asked(placed.name, tuple(members))


def main() -> None:
    """Print the differences and the table."""
    print("headers: records in the targets' own headers, compared with clang's object files")
    print(f"{'':24}{'records':>10}{'fields':>10}{'not read':>10}{'differences':>14}")
    for target in clang.TARGETS:
        if target.endswith("-msvc"):
            continue
        text = headers(target)
        source = layout.read_text(text, name=target)
        placer, placed = Placer(layout.find_abi(target)), dict[str, Layout]()
        for name, record in source.records.items():
            try:
                placed[name] = placer.place(record)
            except LayoutError as error:
                print(error)
        questions = [asked(one) for one in placed.values()]
        truths = clang.ask(text, questions, target, prelude="")
        found = compare(placed, questions, truths)
        for line in found:
            print(f"{target}: {line}")
        fields = sum(len(one.fields) for one in placed.values())
        missed = len(source.skipped) + len(source.records) - len(placed)
        print(f"{target:24}{len(placed):10,}{fields:10,}{missed:10,}{len(found):14,}", flush=True)


if __name__ == "__main__":
    main()
