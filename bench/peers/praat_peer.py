"""Praat, as the package praat-parselmouth carries it: pitch of speech; and pitch, jitter, shimmer and harmonics of a held vowel."""

from importlib import metadata
from pathlib import Path

from peer import Peer

FLOOR_HZ, CEILING_HZ = 75, 600
STEP_S = 0.01


class Praat(Peer):
    name = "Praat, pitch"
    gives = ("pitch",)
    packages = ("praat-parselmouth", "numpy")
    note = "knows nothing of words or sounds"

    def version(self) -> str:
        import parselmouth

        return f"{parselmouth.PRAAT_VERSION} (praat-parselmouth {metadata.version('praat-parselmouth')})"

    def open(self) -> None:
        import parselmouth

        self.sound = parselmouth.Sound

    def hear(self, recording: Path, text: str) -> dict:
        pitch = self.sound(str(recording)).to_pitch_ac(time_step=STEP_S, pitch_floor=FLOOR_HZ, pitch_ceiling=CEILING_HZ)
        values = pitch.selected_array["frequency"]
        return {"first_s": pitch.x1, "step_s": pitch.dx, "pitch_hz": [round(float(f), 2) for f in values], "count": len(values)}


def held_vowel(recording: Path, start: float, end: float) -> dict:
    """With Praat's own settings (docs/decisions/036-voice-constants.md), in per cent, dB and Hz."""
    import parselmouth
    from parselmouth.praat import call

    sound = parselmouth.Sound(str(recording))
    pitch = call(sound, "To Pitch (cc)", 0, FLOOR_HZ, 15, "no", 0.03, 0.45, 0.01, 0.35, 0.14, CEILING_HZ)
    pulses = call([sound, pitch], "To PointProcess (cc)")
    harmonicity = call(sound, "To Harmonicity (cc)", 0.01, FLOOR_HZ, 0.1, 1.0)
    periods = (start, end, 0.0001, 0.02, 1.3)
    return {
        "pitch_hz": call(pitch, "Get mean", start, end, "Hertz"),
        "jitter_percent": 100 * call(pulses, "Get jitter (local)", *periods),
        "shimmer_percent": 100 * call([sound, pulses], "Get shimmer (local)", *periods, 1.6),
        "hnr_db": call(harmonicity, "Get mean", start, end),
    }
