#!/usr/bin/env python3
"""Writes files as C++ source that holds their bytes, so that the program needs no folder beside it.

Arguments: the output; a folder, whose files are served from "/" (empty: none); then pairs of a path to serve and its file.
"""

import gzip
import hashlib
import re
import sys
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
LASTING = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.\w+$")  # A name with a digest in it, as bundlers give them.
LINE = 96


def literal(content: bytes) -> str:
    """A string literal in lines; three octal digits each, so that no digit that follows is taken for a part."""
    lines = [content[at : at + LINE // 4] for at in range(0, len(content), LINE // 4)] or [b""]
    return "\n".join('    "' + "".join(f"\\{byte:03o}" for byte in line) + '"' for line in lines)


def files(folder: Path, pairs: list[str]) -> list[tuple[str, Path]]:
    found = [("/" + path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()] if folder.name else []
    return sorted(found + list(zip(pairs[::2], map(Path, pairs[1::2]), strict=True)))


def main() -> None:
    out, folder, pairs = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    entries, constants = [], []
    for number, (path, file) in enumerate(files(folder, pairs)):
        content = file.read_bytes()
        shorter = gzip.compress(content, 9, mtime=0)
        shorter = shorter if len(shorter) < len(content) else b""
        etag = hashlib.sha256(content).hexdigest()[:32]
        for name, data in (("Content", content), ("Gzip", shorter)):
            constants.append(f"constexpr char k{name}{number}[] =\n{literal(data)};")
        kind = TYPES.get(file.suffix, "application/octet-stream")
        lasting = "true" if LASTING.search(path) else "false"
        entries.append(
            f'    {{"{path}", "{kind}", "\\"{etag}\\"", {{kContent{number}, {len(content)}}}, {{kGzip{number}, {len(shorter)}}}, {lasting}}},'
        )
    source = [
        '#include "server/assets.h"',
        "",
        "namespace euphone::server {",
        "namespace {",
        *constants,
        f"constexpr EmbeddedFile kFiles[] = {{\n{chr(10).join(entries)}\n}};",
        "}  // namespace",
        "std::span<const EmbeddedFile> EmbeddedFiles() { return kFiles; }",
        "}  // namespace euphone::server",
        "",
    ]
    out.write_text("\n".join(source), encoding="utf-8")


if __name__ == "__main__":
    main()
