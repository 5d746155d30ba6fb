#!/usr/bin/env python3
"""Makes a Greengrass v2 component of one release in a signed repository: recipe.json and release.zip (docs/howto/greengrass.md).

build.py REPOSITORY BUNDLE OUT --uri s3://BUCKET/PREFIX [--version VERSION] [--component NAME] [--publisher NAME]
"""

import argparse
import json
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = (1980, 1, 1, 0, 0, 0)  # A zip of the same release has the same bytes.


def newest(folder: Path, role: str) -> Path:
    found = sorted(folder.glob(f"metadata/*.{role}.json"), key=lambda path: int(path.name.split(".")[0]))
    if not found:
        sys.exit(f"{folder}: there is no published {role}; sign and announce first")
    return found[-1]


def release(folder: Path, bundle: str, version: str) -> dict:
    """What is signed for about a release."""
    targets = json.loads(newest(folder, "targets").read_text(encoding="utf-8"))["signed"]["targets"]
    found = [one["custom"] for one in targets.values() if one["custom"]["name"] == bundle and version in ("", one["custom"]["version"])]
    if not found:
        sys.exit(f"{folder}: there is no release of {bundle} {version}")
    return max(found, key=lambda one: [int(part) for part in one["version"].split("-")[0].split(".")])


def files(folder: Path, custom: dict) -> list[Path]:
    """All that a device reads of the repository for it: documents, the index, and its pieces."""
    index = folder / "chunks" / f"{custom['chunks']['hashes']['sha256']}.index"
    pieces = {line.split()[0] for line in index.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("file ")}
    documents = [*sorted(folder.glob("metadata/*.root.json")), newest(folder, "targets"), newest(folder, "snapshot")]
    timestamp = folder / "metadata/timestamp.json"
    return [*documents, timestamp, index, *(folder / "chunks" / piece[:2] / f"{piece}.zst" for piece in sorted(pieces))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", type=Path)
    parser.add_argument("bundle")
    parser.add_argument("out", type=Path)
    parser.add_argument("--uri", required=True, help="where release.zip will lie")
    parser.add_argument("--version", default="")
    parser.add_argument("--component", default="", help="default: euphone.BUNDLE")
    parser.add_argument("--publisher", default="")
    chosen = parser.parse_args()
    custom = release(chosen.repository, chosen.bundle, chosen.version)
    recipe = json.loads((HERE / "recipe.json").read_text(encoding="utf-8"))
    recipe |= {"ComponentName": chosen.component or f"euphone.{chosen.bundle}", "ComponentVersion": custom["version"]}
    recipe |= {"ComponentPublisher": chosen.publisher}
    recipe["Manifests"][0]["Artifacts"][0]["URI"] = chosen.uri.rstrip("/") + "/release.zip"
    chosen.out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(chosen.out / "release.zip", "w", zipfile.ZIP_STORED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, FIRST), content)

        for script in ("component.sh", "bridge.py"):
            put(script, (HERE / script).read_bytes())
        put("release.env", f"NAME={custom['name']}\nVERSION={custom['version']}\n".encode())
        for file in files(chosen.repository, custom):
            put(f"repository/{file.relative_to(chosen.repository).as_posix()}", file.read_bytes())
    (chosen.out / "recipe.json").write_text(json.dumps(recipe, indent=2) + "\n", encoding="utf-8")
    print(f"{chosen.out}: {recipe['ComponentName']} {custom['version']}")


if __name__ == "__main__":
    main()
