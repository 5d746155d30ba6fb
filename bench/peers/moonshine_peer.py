"""Moonshine: a recogniser that writes words down. Its present package holds no weights; those of its model "tiny" are the ones that an
older package of its authors, 0.0.73, still brought along (cmake/dependencies.json pins it; Euphone's own recogniser is made of them)."""

from importlib import metadata
from pathlib import Path

from peer import Peer

WEIGHTS = Path(__file__).resolve().parents[2] / "build/deps/recogniser"


class Moonshine(Peer):
    name = "moonshine-voice, tiny"
    gives = ("words",)
    packages = ("moonshine-voice", "numpy")
    note = "engine of this version, weights of the package 0.0.73; its streaming models need a download"

    def version(self) -> str:
        return metadata.version("moonshine-voice")

    def open(self) -> None:
        from moonshine_voice import ModelArch, Transcriber

        if not (WEIGHTS / "encoder_model.ort").is_file():
            raise FileNotFoundError(f"{WEIGHTS}: no weights; ./dev bench peers fetches them")
        self.model = Transcriber(model_path=str(WEIGHTS), model_arch=ModelArch.TINY)

    def hear(self, recording: Path, text: str) -> dict:
        import numpy as np
        from pocketsphinx_peer import samples

        # As numbers of Python's own, which is what its interface takes; read quicker than its own reader does.
        pcm = (np.frombuffer(samples(recording), "<i2") / 32768.0).tolist()
        lines = self.model.transcribe_without_streaming(pcm, 16000).lines
        return {"words": " ".join(line.text for line in lines), "count": len(lines)}

    def extra_bytes(self) -> int:
        return sum((WEIGHTS / name).stat().st_size for name in ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"))
