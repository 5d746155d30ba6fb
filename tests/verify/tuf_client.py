"""Has python-tuf, the reference client of The Update Framework, read a repository that `euphone bundle` made: it follows the roots, checks
every signature and fetches each release. tuf_client.py PROGRAM BUNDLE"""

import functools
import hashlib
import http.server
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.ngclient import Updater


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main(program: Path, bundle: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)

        def euphone(*words: str) -> None:
            subprocess.run([program, "bundle", *words], cwd=path, check=True, stdout=subprocess.DEVNULL)

        for key in ("one", "two", "next", "releases", "hub"):
            euphone("keygen", key, "--no-passphrase")
        euphone(*"init repo --root one.pub two.pub --root-threshold 2 --release releases.pub --hub hub.pub".split())
        euphone("sign", "repo", "--key", "one", "two")
        euphone("add", "repo", str(bundle))
        euphone("sign", "repo", "--key", "releases")
        euphone("announce", "repo", "--key", "hub")
        repo = path / "repo"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=repo))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        first_root = (repo / "metadata/1.root.json").read_bytes()
        (path / "metadata").mkdir()
        (path / "targets").mkdir()

        def client() -> Updater:
            return Updater(
                metadata_dir=str(path / "metadata"),
                metadata_base_url=f"{url}/metadata/",
                target_base_url=f"{url}/targets/",
                target_dir=str(path / "targets"),
                bootstrap=first_root,
            )

        def fetched() -> None:
            updater = client()
            updater.refresh()
            for file in sorted(repo.glob("targets/*.euphone")):
                digest, target = file.name.split(".", 1)
                info = updater.get_targetinfo(target)
                got = Path(updater.download_target(info)).read_bytes()
                assert hashlib.sha256(got).hexdigest() == digest
                print(f"python-tuf fetched {target}: {info.length} bytes, {info.custom['name']} {info.custom['version']}")

        fetched()
        euphone("keys", "repo", "--root", "next.pub", "--revoke", "one.pub")
        euphone("sign", "repo", "--key", "one", "two", "next")
        euphone("announce", "repo", "--key", "hub")
        fetched()
        print("python-tuf followed the keys to root 2")
        forged = repo / "metadata/timestamp.json"
        forged.write_text(forged.read_text().replace('"version":2', '"version":3'))
        try:
            client().refresh()
        except RepositoryError as refusal:
            print(f"python-tuf refused what was forged: {refusal}")
        else:
            sys.exit("a forged timestamp was believed")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
