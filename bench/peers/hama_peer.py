"""hama: an engine of its own that writes down sounds (IPA) with their times; weights come with its package."""

from importlib import metadata
from pathlib import Path

from peer import Peer


class Hama(Peer):
    name = "hama, phonemes"
    gives = ("sounds", "sound_times")
    packages = ("hama", "numpy")
    note = "knows nothing of the text"

    def version(self) -> str:
        return metadata.version("hama")

    def open(self) -> None:
        import hama

        self.model = hama.ASRModel()

    def hear(self, recording: Path, text: str) -> dict:
        result = self.model.transcribe_file(recording)
        spans = self.model.phoneme_spans(result)
        return {"sounds": result.word_phoneme_text, "count": len(spans)}
