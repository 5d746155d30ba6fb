"""Writes what the published tokenizer makes of 1,000 texts, for the test of ours (engine/retrieve/embedder_test.cc)."""

from __future__ import annotations

import random
from pathlib import Path

from .bundle import reference_tokenizer

# Whatever people type: accents, scripts, signs, spaces of all kinds, words that no dictionary has.
_ODD = (
    "",
    " ",
    "a",
    "!",
    "…",
    "\u00a0",
    "\t \r",
    "THINK",
    "Café crème à la carte",
    "naïve façade, coöperate",
    "Zoë's résumé",
    "İstanbul ve ığdır",
    "straße Straße STRASSE",
    "ﬁne ﬂuent oﬃce",
    "Ångström",
    "﻿with a mark of order",
    "soft\u00adhyphen",
    "zero\u200bwidth\u200djoiner",
    "don't won't can't it's y'all",
    "e-mail, co-op; mother-in-law",
    "3.14159 1,000,000 €5 £9.99 $12",
    "http://example.org/a?b=c&d=e#f",
    "me@example.org",
    "#hashtag @name",
    "a/b\\c|d",
    "(round) [square] {curly} <angle>",
    "“curly” ‘quotes’ «guillemets» „low“",
    "--- *** ___ ~~~",
    "θ ð ʃ ʒ ŋ ɹ ɫ æ ɑ ɔ ɪ ʊ ə ɚ",
    "/θɪŋk/ is not [sɪŋk]",
    "ˈfoʊtəˌɡræf fəˈtɑɡɹəfɚ",
    "발음 연습",
    "発音の練習をします",
    "发音练习很难",
    "คำถาม",
    "مرحبا كيف حالك",
    "नमस्ते दुनिया",
    "Привет, как дела?",
    "Γειά σου Κόσμε",
    "שלום עולם",
    "🙂 smile 👩‍🏫 teacher 🇯🇵",
    "x² + y³ = z⁴",
    "½ ¾ ℃ № ™ ©",
    "supercalifragilisticexpialidocious",
    "antidisestablishmentarianism",
    "a" * 100,
    "a" * 101,
    "q" * 250,
    "日本" * 60,
    "word " * 300,
    "tab\tbetween",
    "two\nlines",
    "nul\u0000byte",
    "bell\u0007",
    "\ud7ff edge",
    "private \ue000 use",
    "Ⅷ roman ⅷ",
    "ẞ ß",
    "Σίσυφος ΣΊΣΥΦΟΣ",
    "ＦＵＬＬ ｗｉｄｔｈ",
    "ａ、ｂ。",
    "combining e\u0301 a\u0308 o\u0302",
    "q\u0307\u0323",
    "l'été d'où",
    "rock'n'roll",
    "1st 2nd 3rd 4th",
    "10:30pm",
    "½cup",
    "a_b_c",
    "C++20 isn't C#",
    "1e-9",
    "..",
    "?!?!",
    "’tis",
    "ʼn",
    "ĳ Ĳ ǆ ǅ",
    "ſhort",
    "Kelvin K vs K",
)


def _sentences(root: Path) -> list[str]:
    """Tips and lessons of the project, in a fixed order of chance."""
    lines = []
    for file in sorted((root / "data/knowledge").glob("*/*.md")):
        lines += [line[2:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    for file in sorted((root / "packs").glob("*/lessons/*.tsv")):
        lines += [
            cell for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#") for cell in line.split("\t")[1:2]
        ]
    unique = sorted(set(lines) - {""})
    random.Random(7).shuffle(unique)
    return unique


def _escaped(text: str) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in text.encode())


def write_golden(published: Path, root: Path, out: Path, count: int = 1000) -> None:
    """Each line a text, with \\xNN for bytes that are no visible ASCII, a tab, and its tokens."""
    tokenizer = reference_tokenizer(published)
    texts = [*_ODD, *_sentences(root)][:count]
    if len(texts) < count:
        raise ValueError(f"only {len(texts)} texts")
    rows = [f"{_escaped(text)}\t{' '.join(map(str, tokenizer.encode(text).ids))}" for text in texts]
    out.write_text("\n".join(rows) + "\n", encoding="ascii")
