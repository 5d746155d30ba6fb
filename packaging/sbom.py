"""What the packages are made of, as SPDX 2.3: pinned downloads, libraries that are linked, headers that are compiled in, the page's
packages, models and data, each with its licence."""

import base64
import hashlib
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import elf
import tree

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import check_licences

# Rows of THIRD_PARTY.md whose names are not SPDX's, and headers that leave no trace in the program: a file of each.
LICENCES = {"MIT-Festival": "LicenseRef-MIT-Festival", "GPL-3.0-with-GCC-exception": "GPL-3.0-or-later WITH GCC-exception-3.1"}
HEADERS = {"nlohmann/json": "nlohmann/json.hpp", "CLI11": "CLI/CLI.hpp", "Boost": "boost/version.hpp", "protozero": "protozero/version.hpp"}
FESTIVAL = (
    "The licence of the Festival Speech Synthesis System: that of MIT, with the duty to name changes; /usr/share/doc/libflite1/copyright."
)


def licences(root: Path) -> dict[str, str]:
    """The licence of each library in THIRD_PARTY.md, by SPDX's names."""
    text = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|\s*`([^`]+)`\s*\|[^|]*\|\s*([^|]+?)\s*\|", text, re.M)
    return {name: LICENCES.get(licence, licence) for name, licence in rows}


def reviewed(stem: str) -> str:
    """The licence of a library that comes along, where tools/check_licences.py has it from a look at its sources."""
    words = check_licences.REVIEWED.get(stem, "NOASSERTION").split(":")[0]
    return LICENCES.get(words, words.replace(" or ", " OR "))


class Document:
    def __init__(self, root: Path, version: str):
        self.root, self.packages, self.relations = root, [], []
        self.main = self.add("euphone", version, licence="Apache-2.0", purpose="APPLICATION")
        self.relate("SPDXRef-DOCUMENT", "DESCRIBES", self.main)

    def add(self, name: str, version: str, *, licence: str, purpose: str = "LIBRARY", purl: str = "", comment: str = "", sums=()) -> str:
        key = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", f"{name}-{version}").strip("-")
        entry = {
            "SPDXID": key,
            "name": name,
            "versionInfo": version,
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
            "licenseConcluded": licence,
            "licenseDeclared": licence,
            "copyrightText": "NOASSERTION",
            "primaryPackagePurpose": purpose,
        }
        if purl:
            entry["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]
        if sums:
            entry["checksums"] = [{"algorithm": kind, "checksumValue": value} for kind, value in sums]
        if comment:
            entry["comment"] = comment
        if all(one["SPDXID"] != key for one in self.packages):
            self.packages.append(entry)
        return key

    def relate(self, one: str, how: str, other: str) -> None:
        relation = {"spdxElementId": one, "relationshipType": how, "relatedSpdxElement": other}
        if relation not in self.relations:
            self.relations.append(relation)

    def json(self, time: int) -> str:
        known = json.dumps([self.packages, self.relations], sort_keys=True).encode()
        document = {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": "SPDXRef-DOCUMENT",
            "name": f"euphone-{self.packages[0]['versionInfo']}",
            # No page: a name that is another one where the parts are others.
            "documentNamespace": f"https://euphone.invalid/spdx/{hashlib.sha256(known).hexdigest()}",
            "creationInfo": {
                "created": datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "creators": ["Organization: Euphone", "Tool: euphone-sbom"],
            },
            "packages": self.packages,
            "relationships": self.relations,
            "hasExtractedLicensingInfos": [
                {"licenseId": "LicenseRef-MIT-Festival", "name": "Festival's licence", "extractedText": FESTIVAL},
            ],
        }
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def add_pinned(document: Document, known: dict[str, str], machine: str, with_runtime: bool) -> None:
    """What cmake/dependencies.json fetches and the program holds or brings along. The first source is what is taken where it can be had."""
    pins = json.loads((document.root / "cmake/dependencies.json").read_text(encoding="utf-8"))
    parts = {"sqlite3mc": (known["sqlite3mc"], "STATIC_LINK"), "cmudict": ("BSD-2-Clause", "CONTAINS")}
    if with_runtime:
        parts["onnxruntime"] = (known["libonnxruntime"], "CONTAINS")
    for name, (licence, how) in parts.items():
        source = next(s for s in pins[name]["sources"] if s.get("machine", machine) == machine)
        package, version = re.fullmatch(r"(.+?)(?:==|@)([\d.]+)", source["package"]).groups()
        purl = f"pkg:{ {'pip': 'pypi', 'npm': 'npm'}[source['client']] }/{package}@{version}"
        files = {file: pin["sha256"] for file, pin in source["files"].items() if "doc/" not in file and "LICENSE" not in file}
        sums = [("SHA256", value) for value in files.values()] if len(files) == 1 else ()
        comment = "SHA-256 of what is taken out of it: " + ", ".join(f"{file} {value}" for file, value in files.items())
        key = document.add(name, version, licence=licence, purl=purl, sums=sums, comment=comment)
        document.relate(document.main, how, key)


def add_libraries(document: Document, known: dict[str, str], build: Path) -> None:
    """Shared libraries: those that the program names are linked by it, the others come along."""
    program = build / "euphone"
    arch, triplet, _ = elf.machine(program)
    opened = [Path(path).resolve() for name in ("NATS_nats", "PQ_pq", "CAIRO_cairo") if (path := tree.cached(build, f"pkgcfg_lib_{name}"))]
    sysroot = tree.sysroot(build)
    always = elf.closure([program], triplet, sysroot)
    everything = always | elf.closure(opened, triplet, sysroot) | {elf.soname(path): path for path in opened}
    everything = {name: elf.here(path, sysroot) for name, path in everything.items()}
    owners = elf.owners(list(everything.values()))
    direct = {name.split(".so")[0] for name in elf.needed(program)}
    packages: dict[tuple[str, str, str], list[str]] = {}
    for name, path in everything.items():
        packages.setdefault(owners.get(path, (name.split(".so")[0], "unknown", "")), []).append(name)
    for (package, version, source), names in packages.items():
        stems = [name.split(".so")[0] for name in names]
        quoted = version.replace("+", "%2B").replace(":", "%3A").replace("~", "%7E")
        purl = f"pkg:deb/debian/{package}@{quoted}?arch={arch}" if source else ""
        licence = next((known[stem] for stem in stems if stem in known), reviewed(stems[0]))
        key = document.add(package, version, licence=licence, purl=purl, comment=f"{', '.join(names)}, of Debian's source {source}")
        if not set(names) & set(always):
            document.relate(key, "OPTIONAL_DEPENDENCY_OF", document.main)
        else:
            document.relate(document.main, "DYNAMIC_LINK" if set(stems) & direct else "DEPENDS_ON", key)


def add_headers(document: Document, known: dict[str, str]) -> None:
    headers = {name: Path("/usr/include") / file for name, file in HEADERS.items()}
    owners = elf.owners(list(headers.values()))
    for name, path in headers.items():
        package, version, _ = owners.get(path, (name, "unknown", ""))
        key = document.add(name, version, licence=known[name], comment=f"headers of {package}, compiled into the program")
        document.relate(document.main, "STATIC_LINK", key)


def add_page(document: Document) -> None:
    """Packages of npm that are part of the page, by its lock: what its package.json names as dependencies, with theirs."""
    lock = json.loads((document.root / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = list(lock[""].get("dependencies", {}))
    taken = set()
    while asked:
        name = asked.pop()
        if name in taken:
            continue
        taken.add(name)
        asked += lock[f"node_modules/{name}"].get("dependencies", {})
    for name in sorted(taken):
        entry = lock[f"node_modules/{name}"]
        kind, _, value = entry["integrity"].partition("-")
        digest = base64.b64decode(value).hex()
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        key = document.add(
            name, entry["version"], licence=entry["license"], purl=purl, sums=[(kind.upper(), digest)], comment="part of the web page"
        )
        document.relate(document.main, "STATIC_LINK", key)


def add_models(document: Document) -> None:
    for path in sorted((document.root / "models").glob("*/manifest.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        name = path.parent.name
        text = "".join(file.name for file in path.parent.glob("LICENSE.*"))
        licence = {"LICENSE.moonshine": "MIT", "LICENSE.apache": "Apache-2.0", "LICENSE.cmudict": "BSD-2-Clause"}[text]
        digests = sorted((file["path"], file["sha256"]) for file in manifest["files"])
        sums = [("SHA256", hashlib.sha256(path.read_bytes()).hexdigest())]
        comment = "the digest is that of manifest.json; SHA-256: " + ", ".join(f"{file} {value}" for file, value in digests)
        key = document.add(name, str(manifest["version"]), licence=licence, purpose="FILE", sums=sums, comment=comment)
        document.relate(document.main, "CONTAINS", key)


def make(root: Path, build: Path, out: Path) -> Path:
    known = licences(root)
    document = Document(root, tree.version(root))
    add_pinned(document, known, elf.machine(build / "euphone")[2], tree.cached(build, "EUPHONE_WITH_ONNXRUNTIME") != "OFF")
    add_libraries(document, known, build)
    add_headers(document, known)
    add_page(document)
    add_models(document)
    path = out / f"euphone-{tree.version(root)}-{elf.machine(build / 'euphone')[0]}.spdx.json"
    path.write_text(document.json(tree.epoch(root)), encoding="utf-8")
    return path
