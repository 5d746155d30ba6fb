#!/usr/bin/env python3
"""Runs a program under those of a unit's restrictions that the kernel takes from any process: SystemCallFilter and
MemoryDenyWriteExecute, as systemd makes filters of them. Arguments: the unit, the program, its arguments."""

import mmap
import os
import re
import subprocess
import sys
from pathlib import Path

import seccomp


def members(group: str) -> set[str]:
    """The calls in one of systemd's groups, with those of groups in it."""
    shown = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True).stdout
    names = {line.strip() for line in shown.splitlines()[1:] if line.strip() and not line.strip().startswith("#")}
    groups = {name for name in names if name.startswith("@")}
    return (names - groups).union(*map(members, groups))


def allowed(unit: str) -> set[str]:
    calls: set[str] = set()
    for value in re.findall(r"^SystemCallFilter=(.+)$", unit, re.M):
        named = set().union(*(members(word) if word.startswith("@") else {word} for word in value.lstrip("~").split()))
        calls = calls - named if value.startswith("~") else calls | named
    return calls


def confine(unit: str) -> None:
    refused = seccomp.ERRNO(1)  # EPERM, as SystemCallErrorNumber= says
    # exec is what the next line of this program needs; in a unit it is in the group of what is always allowed.
    rules = seccomp.SyscallFilter(refused)
    exec_gain = ("mmap", "mprotect", "pkey_mprotect", "shmat") if "MemoryDenyWriteExecute=yes" in unit else ()
    for name in sorted((allowed(unit) | members("@default") | {"execve"}) - set(exec_gain)):
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError, OSError):
            continue  # No call of this machine.
    if exec_gain:
        both = mmap.PROT_WRITE | mmap.PROT_EXEC
        for prot in (0, mmap.PROT_WRITE, mmap.PROT_EXEC):
            rules.add_rule(seccomp.ALLOW, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, both, prot))
        rules.add_rule(seccomp.ALLOW, "mprotect", seccomp.Arg(2, seccomp.MASKED_EQ, mmap.PROT_EXEC, 0))
    rules.load()


if __name__ == "__main__":
    confine(Path(sys.argv[1]).read_text(encoding="utf-8"))
    os.execv(sys.argv[2], sys.argv[2:])
