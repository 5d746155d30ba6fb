#!/usr/bin/env python3
"""What bare systems make of the packages: installed, run, upgraded and purged in a root of Debian 12 that mmdebstrap made; the tarball in
it and in one of Debian 13. Wants root, for chroot. Arguments: the build folder, a folder for roots, the page to write."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, TEXT = "librispeech-118-47824-0022.opus", "You see, I spent a good deal in Smithtown yesterday."
# What changes whenever apt and dpkg work.
NOISE = ("/var/log", "/var/cache", "/var/lib/apt", "/tmp", "/proc", "/etc/ld.so.cache", "/var/lib/dpkg/status", "/var/lib/dpkg/available",
         "/var/lib/dpkg/lock", "/var/lib/dpkg/triggers", "/var/lib/dpkg/diversions", "/var/lib/dpkg/statoverride", "/drop")  # fmt: skip


def root_of(suite: str, roots: Path) -> Path:
    """A fresh root of this release, from an archive that is made once."""
    archive = roots / f"{suite}.tar"
    if not archive.is_file():
        print(f"making a root of Debian {suite}", flush=True)
        part = archive.with_suffix(".part.tar")
        subprocess.run(["mmdebstrap", "-q", "--variant=minbase", suite, part], check=True)
        part.rename(archive)
    root = Path(tempfile.mkdtemp(prefix=f"{suite}-", dir=roots))
    subprocess.run(["tar", "-C", root, "-xf", archive, "--exclude=./dev/*"], check=True)
    (root / "drop").mkdir()
    return root


class System:
    """A root, with /proc and the devices that programs want while this lives."""

    def __init__(self, suite: str, roots: Path):
        self.root = root_of(suite, roots)
        subprocess.run(["mount", "-t", "proc", "proc", self.root / "proc"], check=True)
        for name in ("null", "zero", "urandom", "random"):
            (self.root / "dev" / name).touch()
            subprocess.run(["mount", "--bind", f"/dev/{name}", self.root / "dev" / name], check=True)
        shutil.copy(Path("/etc/resolv.conf").resolve(), self.root / "etc/resolv.conf")

    def close(self) -> None:
        for name in ("dev/null", "dev/zero", "dev/urandom", "dev/random", "proc"):
            subprocess.run(["umount", "-l", self.root / name], check=False)
        shutil.rmtree(self.root)

    def run(self, *command: str, user: str = "root", status: int = 0) -> str:
        whole = ["chroot", f"--userspec={user}", self.root, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]
        whole += ["HOME=/drop/home", "DEBIAN_FRONTEND=noninteractive", *command]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise SystemExit(f"packages: {' '.join(command)}: status {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def drop(self, *paths: Path) -> None:
        for path in paths:
            shutil.copy(path, self.root / "drop")

    def files(self) -> set[str]:
        found = set()
        for folder, folders, names in os.walk(self.root):
            here = folder.removeprefix(str(self.root))
            if here in ("/proc", "/dev", "/drop"):
                folders.clear()
                continue
            found |= {f"{here}/{name}" for name in (*folders, *names)}
        return {name for name in found if not name.startswith(NOISE)}


def works(system: System, program: str) -> str:
    """Scores a sample as a user who owns nothing; the line with the score."""
    (system.root / "drop/home").mkdir(exist_ok=True)
    (system.root / "drop/home").chmod(0o777)
    page = system.run(program, "analyze", f"/drop/{SAMPLE}", "--text", TEXT, user="65534:65534")
    doctor = system.run(program, "doctor", user="65534:65534")
    if "✗" in doctor:
        raise SystemExit(f"packages: doctor is not content:\n{doctor}")
    return next(line for line in page.splitlines() if "Score" in line).strip()


def package(build: Path, out: Path, *options: str) -> None:
    command = [sys.executable, ROOT / "packaging/package.py", *options, "--fast", "--build", build, "--out", out]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def tried_deb(new: Path, old: Path, roots: Path, rows: list) -> None:
    with contextlib.closing(System("bookworm", roots)) as system:
        system.drop(new, old, ROOT / "samples" / SAMPLE)
        system.run("apt-get", "update", "-qq")
        depends = subprocess.run(["dpkg-deb", "-f", new, "Depends"], capture_output=True, text=True, check=True).stdout.strip()
        system.run("apt-get", "satisfy", "-y", "-qq", "--no-install-recommends", depends)
        before = system.files()
        system.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/drop/{old.name}")
        version = system.run("dpkg-query", "-W", "-f", "${Version}", "euphone")
        rows.append(("installs", f"`apt install ./{old.name}` in a bare root: {version}"))
        rows.append(("runs", f"`euphone analyze` as nobody: “{works(system, '/usr/bin/euphone')}”; `euphone doctor` is content"))
        with (system.root / "etc/default/euphone").open("a", encoding="utf-8") as settings:
            settings.write("# changed here\n")
        system.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/drop/{new.name}")
        version = system.run("dpkg-query", "-W", "-f", "${Version}", "euphone")
        kept = "# changed here" in (system.root / "etc/default/euphone").read_text(encoding="utf-8")
        if not kept:
            raise SystemExit("packages: an upgrade has lost what was set in /etc/default/euphone")
        rows.append(("upgrades", f"to {version}; /etc/default/euphone keeps what was changed there; “{works(system, '/usr/bin/euphone')}”"))
        system.run("dpkg", "--verify", "euphone")
        for name in ("var/lib/private/euphone/euphone", "etc/euphone"):
            (system.root / name).mkdir(parents=True)
            (system.root / name / "kept").touch()
        system.run("apt-get", "remove", "-y", "-qq", "euphone")
        if not (system.root / "var/lib/private/euphone/euphone/kept").exists():
            raise SystemExit("packages: removing, which is not purging, has taken what the services keep")
        system.run("apt-get", "purge", "-y", "-qq", "euphone")
        left = system.files() - before - {"/var/lib/private"}
        if left:
            raise SystemExit(f"packages: purging leaves {', '.join(sorted(left))}")
        rows.append(("purges", "no file is left that was not there before; removed only, it leaves what services keep and what was set"))


def tried_tarball(archive: Path, roots: Path, rows: list) -> None:
    for suite in ("bookworm", "trixie"):
        with contextlib.closing(System(suite, roots)) as system:
            system.drop(ROOT / "samples" / SAMPLE)
            subprocess.run(["tar", "-C", system.root / "drop", "-xf", archive], check=True)
            program = f"/drop/{next((system.root / 'drop').glob('euphone-*')).name}/bin/euphone"
            score = works(system, program)
            # No ALSA: a line, not an abort.
            system.run(program, "devices", user="65534:65534", status=1)
            rows.append((f"tarball, bare {suite}", f"with nothing installed, `analyze` as nobody: “{score}”; `doctor` is content"))


def main() -> int:
    build, roots, page = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(sys.argv[3])
    roots.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory(dir=roots) as scratch:
        old, new = Path(scratch) / "old", Path(scratch) / "new"
        package(build, new, "deb")
        package(build, new, "tarball")
        current = next(new.glob("euphone_*.deb"))
        version = current.name.split("_")[1]
        package(build, old, "deb", "--version", f"{version}~1")
        tried_deb(current, next(old.glob("euphone_*.deb")), roots, rows)
        tried_tarball(next(new.glob("*.tar.gz")), roots, rows)
        size = subprocess.run(["dpkg-deb", "-f", current, "Installed-Size"], capture_output=True, text=True, check=True).stdout
        rows.append(("installed size", f"{int(size) * 1024 / 1e6:.1f} MB (`euphone`)"))
    lines = [f"| {name} | {what} |" for name, what in rows]
    head = "# What bare systems made of the packages\n\nWritten by `./dev verify packages`, which tries all of this anew.\n\n"
    today = time.strftime("%Y-%m-%d")
    page.write_text(f"{head}Run on {today}.\n\n| tried | |\n| --- | --- |\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
