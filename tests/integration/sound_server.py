"""A sound server of one's own, without hardware: PulseAudio with a null sink, whose monitor is a microphone that hears what is
played. Programs find it through ALSA, as PortAudio does on most Linux machines."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

RATE = 48000
ASOUND = """
pcm_type.pulse { lib "libasound_module_pcm_pulse.so" }
pcm.default { type pulse }
pcm."lesson loudspeaker" { type pulse device "lesson" }
pcm."lesson microphone" { type pulse device "lesson.monitor" }
"""


class SoundServer:
    """A context: `environment` is what programs need to find it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="euphone_sound_")
        root = Path(self.folder.name)
        self.socket = root / "native"
        (root / "asound.conf").write_text(ASOUND)
        self.environment = os.environ | {
            "HOME": str(root),
            "XDG_RUNTIME_DIR": str(root),
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_COOKIE": str(root / "cookie"),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            "LC_ALL": "C",
            "ALSA_CONFIG_PATH": str(root / "asound.conf"),
        }
        self.log = (root / "log").open("wb")
        self.daemon = None
        self.listener = None

    def __enter__(self):
        self.daemon = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no"),
                *("--exit-idle-time=-1", "--realtime=no", "--high-priority=no"),
                *("-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"),
                *("-L", f"module-null-sink sink_name=lesson rate={RATE} channels=1"),
            ],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        self.wait_for(lambda: self.socket.exists() and self.control("info").returncode == 0)
        # A null sink that nobody listens to moves in steps of two seconds; with a listener it runs like a sound card.
        heard = Path(self.folder.name) / "heard"
        self.listener = subprocess.Popen(
            ["parec", "--latency-msec=20", "--device=lesson.monitor", "--raw", heard], env=self.environment, stderr=self.log
        )
        self.wait_for(lambda: heard.exists() and heard.stat().st_size > 0)
        return self

    def __exit__(self, *_):
        self.kill()
        self.log.close()
        self.folder.cleanup()

    def kill(self):
        """At once, as when a cable is pulled."""
        if self.listener:
            self.listener.kill()
            self.listener.wait()
            self.listener = None
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()

    def control(self, *arguments):
        return subprocess.run(["pactl", *arguments], env=self.environment, capture_output=True, check=False, text=True, timeout=60)

    def recording(self):
        """Whether a program hears the microphone by now, not only asks for it; beside the listener, which always does."""
        return self.control("list", "source-outputs").stdout.count("Corked: no") > 1

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.daemon.poll() is not None:
                raise AssertionError(f"it did not happen in {seconds} s; the sound server says: {Path(self.log.name).read_text()}")
            time.sleep(0.05)
