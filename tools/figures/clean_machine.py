#!/usr/bin/env python3
"""./dev demo and ./dev test, each in a bare Debian 12 root of its own, made by debootstrap; needs to be root, and the network.

The suite's package lists and the clients' settings are those of this machine.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from common import ROOT, report, skip

if os.geteuid() != 0 or shutil.which("debootstrap") is None:
    skip("needs to run as root, with debootstrap installed")
if os.environ.get("EUPHONE_CLEAN_MACHINE") != "1":
    skip("takes half an hour; set EUPHONE_CLEAN_MACHINE=1")


def mirror() -> str:
    """The mirror that this machine's own package lists come from."""
    out = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(BASE_URI)"], capture_output=True, text=True, check=True
    )
    for line in out.stdout.splitlines():
        fields = line.split()
        if len(fields) >= 3 and fields[1] == "bookworm" and "security" not in fields[0]:
            return fields[0]
    skip("this machine's package lists name no Debian 12 mirror")
    raise AssertionError


def minutes(root: Path, command: str) -> float | None:
    """How long `./dev COMMAND` takes, where it passes.

    In a mount namespace of its own: the kernel takes /proc and /dev away with the last process, whatever happens.
    """
    inside = f'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" /bin/sh -c "cd /euphone && ./dev {command}"'
    started = time.monotonic()
    result = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "/bin/sh", "-c", inside, root], capture_output=True, text=True, check=False
    )
    taken = (time.monotonic() - started) / 60
    log = f"{result.stdout}{result.stderr}\n./dev {command}: exit {result.returncode} after {taken:.1f} minutes\n"
    (ROOT / "build" / f"clean-machine-{command}.log").write_text(log)
    return round(taken, 1) if result.returncode == 0 else None


base = Path(os.environ.get("EUPHONE_CLEAN_ROOT", tempfile.gettempdir()))
with tempfile.TemporaryDirectory(dir=base) as scratch:
    root = Path(scratch) / "demo"
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", root, mirror()], check=True, stdout=subprocess.DEVNULL)
    for source in (
        "/etc/apt/apt.conf.d",
        "/etc/apt/sources.list",
        "/etc/apt/sources.list.d",
        "/etc/pip.conf",
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/ssl/certs",
        "/usr/local/share/ca-certificates",
        "/etc/apt/auth.conf.d",
    ):
        if os.path.isdir(source):
            shutil.copytree(source, root / source[1:], dirs_exist_ok=True, symlinks=False, ignore_dangling_symlinks=True)
        elif os.path.exists(source):
            (root / source[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, root / source[1:])
    subprocess.run(["git", "clone", "--quiet", ROOT, root / "euphone"], check=True)
    subprocess.run(["cp", "-a", root, Path(scratch) / "test"], check=True)
    taken = {command: minutes(Path(scratch) / command, command) for command in ("demo", "test")}
passed = {command: value for command, value in taken.items() if value is not None}
report({"main.clean_machine": len(passed)} | {f"main.clean_{command}_minutes": value for command, value in passed.items()})
