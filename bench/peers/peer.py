"""What is compared: one class a program, each in a file of its own."""

from __future__ import annotations

from pathlib import Path

# What somebody who learns to speak might want out of a recording, in the order of the table.
OUTPUTS = {
    "words": "what was said, as words",
    "word_times": "when each word was said",
    "sounds": "which sounds were said",
    "sound_times": "when each sound was said",
    "word_scores": "how well each word was said",
    "sound_scores": "how well each sound was said",
    "heard_instead": "what was heard instead of a sound",
    "left_out": "words left out, put in, said twice",
    "whole_scores": "accuracy, fluency, completeness of the whole",
    "pitch": "the voice's pitch over time",
    "advice": "what to do next",
    "refuses": "says when a recording allows no answer",
}


class Peer:
    """One way to listen. A process of its own makes one, opens it once, and has it hear recordings."""

    name = ""
    gives: tuple[str, ...] = ()  # Keys of OUTPUTS.
    packages: tuple[str, ...] = ()  # Distributions that are installed for it.
    note = ""  # What one should know of how it was run.

    def version(self) -> str:
        raise NotImplementedError

    def open(self) -> None:
        """All that is done once."""

    def hear(self, recording: Path, text: str) -> dict:
        """From a 16-bit mono WAV file of 16 kHz to what it gives; the text is what was read."""
        raise NotImplementedError

    def extra_bytes(self) -> int:
        """Weights that lie outside of its packages."""
        return 0
