#!/usr/bin/env python3
"""What an idle agent costs: connected to a real NATS server, nothing offered, a heartbeat each 30 s.

memory: what is the process' own (Private_Dirty and anonymous pages of /proc/PID/smaps_rollup). Pages of the program and of libraries
that are only mapped are left out: they are shared with the programs that learners use, and given back when memory is short.
All that is resident (Rss), and its share of what several processes have (Pss), are printed beside it on standard error.
processor: user and system time of ten minutes (EUPHONE_SECONDS), as a share of one core, children included.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import PROGRAM, ROOT, report

sys.path.insert(0, str(ROOT / "tests/integration"))
from fleet_servers import until
from scripted_hub import ScriptedHub

SECONDS = float(os.environ.get("EUPHONE_SECONDS", "600"))


def memory(process: int) -> dict[str, float]:
    """MB by the kernel's names."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return {name: int(kb) * 1024 / 1e6 for name, kb in re.findall(r"^(\w+): +(\d+) kB$", text, re.MULTILINE)}


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")  # utime, stime, cutime, cstime


hub = ScriptedHub()
with tempfile.TemporaryDirectory() as home:
    env = os.environ | {"HOME": home, "EUPHONE_AGENT": f"{home}/agent", "EUPHONE_UPDATES": f"{home}/updates"}
    subprocess.run([PROGRAM, "agent", "join", hub.url], check=True, env=env, stdout=subprocess.DEVNULL)
    agent = subprocess.Popen([PROGRAM, "agent", "run"], env=env, stdout=subprocess.DEVNULL)
    try:
        until(lambda: hub.all("heartbeat"), "a heartbeat")
        before, begun = processor_seconds(agent.pid), time.monotonic()
        while time.monotonic() < begun + SECONDS:  # The hub must be heard of, too, or the server lets it go.
            time.sleep(min(20.0, begun + SECONDS - time.monotonic()))
            hub.hear()
        share = (processor_seconds(agent.pid) - before) / (time.monotonic() - begun)
        resident = memory(agent.pid)
        heartbeats = len(hub.all("heartbeat"))
    finally:
        agent.terminate()
        agent.wait()
        hub.close()
print(f"Rss {resident['Rss']:.1f} MB, Pss {resident['Pss']:.1f} MB; {heartbeats} heartbeats in {SECONDS:.0f} s", file=sys.stderr)
report({"fleet.agent_idle_mb": max(resident["Private_Dirty"], resident["Anonymous"]), "fleet.agent_idle_cpu": 100 * share})
