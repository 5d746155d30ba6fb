"""PocketSphinx in two ways: a known text laid over the speech, words and sounds; and a loop of sounds without a text."""

import re
import wave
from importlib import metadata
from pathlib import Path

from peer import Peer


def samples(recording: Path) -> bytes:
    with wave.open(str(recording)) as file:
        return file.readframes(file.getnframes())


class _Sphinx(Peer):
    packages = ("pocketsphinx",)

    def version(self) -> str:
        return metadata.version("pocketsphinx")

    def model(self) -> dict:
        from pocketsphinx import get_model_path

        return {"hmm": get_model_path("en-us/en-us"), "loglevel": "FATAL"}

    def run(self, pcm: bytes) -> None:
        self.decoder.start_utt()
        self.decoder.process_raw(pcm, full_utt=True)
        self.decoder.end_utt()


class Alignment(_Sphinx):
    name = "PocketSphinx, alignment"
    gives = ("word_times", "sound_times")
    note = "needs the text; words that its dictionary lacks are skipped"

    def open(self) -> None:
        from pocketsphinx import Decoder, get_model_path

        self.decoder = Decoder(lm=None, dict=get_model_path("en-us/cmudict-en-us.dict"), **self.model())

    def hear(self, recording: Path, text: str) -> dict:
        words = re.findall(r"[a-z']+", text.lower())
        known = [word for word in words if self.decoder.lookup_word(word)]
        pcm = samples(recording)
        self.decoder.set_align_text(" ".join(known))
        self.run(pcm)
        if self.decoder.hyp() is None:
            return {"words": [], "count": 0, "failed": "no alignment"}
        words_found = [(segment.word, segment.start_frame / 100) for segment in self.decoder.seg()]
        self.decoder.set_alignment()
        try:
            self.run(pcm)
        except RuntimeError:  # Its second pass does not always reach the end of the text; wider beams fail more often.
            return {"words": words_found, "count": 0, "failed": "words, but no sounds"}
        aligned = [(word.name, word.start / 100, [phone.name for phone in word]) for word in self.decoder.get_alignment()]
        return {"words": aligned, "count": sum(len(phones) for _, _, phones in aligned), "unknown": sorted(set(words) - set(known))}


class PhoneLoop(_Sphinx):
    name = "PocketSphinx, phone loop"
    gives = ("sounds", "sound_times")
    note = "knows nothing of the text; beams and weights as its documentation sets them for phones"

    def open(self) -> None:
        from pocketsphinx import Decoder, get_model_path

        loop = {"allphone": get_model_path("en-us/en-us-phone.lm.bin"), "lm": None, "beam": 1e-20, "pbeam": 1e-20, "lw": 2.0}
        self.decoder = Decoder(**loop, **self.model())

    def hear(self, recording: Path, text: str) -> dict:
        self.run(samples(recording))
        sounds = [segment.word for segment in self.decoder.seg()]
        return {"sounds": " ".join(sounds), "count": len(sounds)}
