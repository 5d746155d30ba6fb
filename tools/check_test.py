"""Plants a fault for every rule of the checkers in a scratch tree, and sees that it is caught there and named."""

import subprocess
import sys
from pathlib import Path

import check_knowledge
import check_licences
import pytest

TOOLS = Path(__file__).resolve().parent


@pytest.fixture
def tree(tmp_path):
    """Writes files, given as {name: text}, into a scratch tree that holds the layers' folders and table."""

    def plant(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    plant({"tools/layers.toml": (TOOLS / "layers.toml").read_text(encoding="utf-8")})
    return plant


def run(checker, *arguments):
    script = TOOLS / checker if (TOOLS / checker).exists() else TOOLS.parent / checker
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


# layers

LAYERS = (
    "base corpus labels audio anomaly devices text lesson model lexicon reference model_ort model_litert kernels model_kernels "
    "align command score session report live voice evaluate assembly"
).split()
ALLOWED = {  # one file for every permission of layers.toml, so that none is reported as unused
    "engine/base/file.cc": "#include <vector>\n#include <unistd.h>\n#include <zstd.h>\n",
    "engine/audio/reader.cc": '#include "base/file.h"\n#include <sndfile.h>\n',
    "engine/audio/resampler.cc": "#include <mpg123.h>\n#include <soxr.h>\n#include <kiss_fftr.h>\n#include <SoundTouch.h>\n",
    "engine/anomaly/history.cc": '#include "audio/reader.h"\n#include <nlohmann/json.hpp>\n',
    "engine/devices/pa.cc": '#include "audio/resampler.h"\n#include <portaudio.h>\n#include <latch>\n#include <ctime>\n#include <poll.h>\n'
    "#include <sanitizer/lsan_interface.h>\n",
    "engine/lesson/pack.cc": '#include "text/script.h"\n#include <archive.h>\n#include <pugixml.hpp>\n#include <filesystem>\n',
    **dict.fromkeys(
        ("engine/practice/memory.cc", "engine/align/align.cc", "engine/voice/pulses.cc", "engine/embed/x.cc"), "#include <cmath>\n"
    ),
    "engine/curves/runs.cc": "#include <boost/crc.h>\n#include <protozero/p.h>\n#include <fmt/format.h>\n#include <nlohmann/json.hpp>\n",
    "engine/reference/voice.cc": '#include "lesson/pack.h"\n#include <flite/flite.h>\n#include <mutex>\n#include <cstdlib>\n',
    "engine/text/fold.cc": "#include <utf8proc.h>\n",
    "engine/model/bundle.cc": "#include <openssl/evp.h>\n#include <archive.h>\n#include <filesystem>\n#include <nlohmann/json.hpp>\n",
    "engine/lexicon/pack.cc": '#include "text/script.h"\n#include <filesystem>\n#include <nlohmann/json.hpp>\n',
    "engine/rollout/plan.cc": "#include <nlohmann/json.hpp>\n",
    "engine/update/trust.cc": '#include "model/bundle.h"\n#include <sodium.h>\n#include <filesystem>\n#include <chrono>\n'
    "#include <nlohmann/json.hpp>\n",
    "engine/model_ort/ort.cc": "#include <onnxruntime_c_api.h>\n#include <dlfcn.h>\n#include <future>\n",
    "engine/model_litert/x.cc": "#include <cstdio>\n#include <dlfcn.h>\n#include <mutex>\n",
    "engine/align/align_test.cc": "#include <gtest/gtest.h>\n#include <random>\n#include <thread>\n",
    "engine/command/hands_free.cc": '#include "lexicon/pack.h"\n#include "align/tracker.h"\n',
    **dict.fromkeys(("engine/score/calibration.cc", "engine/sync/x.cc", "engine/telemetry/x.cc"), "#include <nlohmann/json.hpp>\n"),
    "engine/coach/advice.cc": '#include "score/scorer.h"\n',
    "engine/session/analyzer.cc": '#include "anomaly/history.h"\n#include "score/scorer.h"\n',
    "engine/report/json.cc": "#include <utf8proc.h>\n#include <fmt/format.h>\n#include <nlohmann/json.hpp>\n",
    "engine/live/live_runner.cc": "#include <thread>\n#include <chrono>\n",
    "engine/store/vault.cc": "#include <archive.h>\n#include <sodium.h>\n#include <sqlite3.h>\n"
    "#include <filesystem>\n#include <cstdlib>\n#include <nlohmann/json.hpp>\n",
    "engine/retrieve/search.cc": '#include "coach/advice.h"\n',
    "engine/tutor/folder.cc": '#include "store/vault.h"\n#include <filesystem>\n#include <nlohmann/json.hpp>\n',
    "engine/assembly/open.cc": "#include <dlfcn.h>\n#include <filesystem>\n#include <future>\n#include <cstdlib>\n",
    "bindings/python/src/euphone/_core.cc": '#include "live/event.h"\n#include <nanobind/nanobind.h>\n',
    "bindings/node/src/addon.cc": "#include <euphone.h>\n#include <napi.h>\n",
    "engine/corpus/kaldi.cc": "#include <filesystem>\n#include <archive.h>\n#include <nlohmann/json.hpp>\n",
    **dict.fromkeys(("bench/ort.cc", "tests/compute/x.cc"), "#include <onnxruntime_c_api.h>\n"),
    "engine/model_ort/map.cc": "#include <filesystem>\n#include <nlohmann/json.hpp>\n",
    "engine/assembly/x.cc": "#include <nlohmann/json.hpp>\n",
    "engine/devices/alsa.cc": "#include <dlfcn.h>\n",
    "engine/kernels/x.cc": "#include <immintrin.h>\n",
    "engine/model_kernels/graph.cc": "#include <protozero/pbf_reader.hpp>\n",
    "engine/labels/elan.cc": "#include <pugixml.hpp>\n",
    "engine/evaluate/corpus.cc": "#include <filesystem>\n#include <fmt/format.h>\n#include <nlohmann/json.hpp>\n",
    "apps/cli/main.cc": '#include "terminal.h"\n#include "session/analyzer.h"\n#include <cairo.h>\n#include <histedit.h>\n',
    "apps/cli/terminal.h": "#include <CLI/CLI.hpp>\n#include <curses.h>\n#include <fmt/format.h>\n#include <nlohmann/json.hpp>\n",
    "apps/hub/x.h": "#include <fmt/core.h>\n#include <nlohmann/json.hpp>\n",
    "apps/fleet/api.h": "#include <fmt/core.h>\n#include <libpq-fe.h>\n#include <nats/nats.h>\n#include <nlohmann/json.hpp>\n",
    "apps/hub/desk.h": "#include <fmt/core.h>\n#include <nlohmann/json.hpp>\n",
    **dict.fromkeys(
        ("apps/server/router.h", "apps/mcp/tool.h", "apps/agent/x.h", "apps/llm/x.h", "apps/updates/x.h"), "#include <nlohmann/json.hpp>\n"
    ),
    "apps/server/server.cc": '#include "server/router.h"\n#include <boost/asio.hpp>\n#include <openssl/evp.h>\n#include <netdb.h>\n',
    "apps/http/connection.cc": "#include <boost/asio.hpp>\n",
    "apps/server/sound.cc": "#include <opus.h>\n",
    "tools/probe/main.cc": '#include "terminal.h"\n',
}


def test_layers_accepts_what_is_allowed(tree):
    assert run("check_layers.py", tree(ALLOWED)) == (0, "layers: every include points downwards\n")


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("engine/base/up.h", '#include "audio/reader.h"', "base must not include audio/reader.h"),
        ("apps/server/x.cc", '#include "terminal.h"', '"terminal.h" is none of our headers'),
        ("apps/server/x.cc", '#include "router.h"', '"router.h" is none of our headers'),
        ("apps/mcp/x.cc", '#include "terminal.h"', '"terminal.h" is none of our headers'),
        ("apps/cli/x.cc", "#include <boost/beast.hpp>", "only apps/server, apps/http, engine/curves may include boost/beast.hpp"),
        ("engine/live/x.cc", "#include <netdb.h>", "only tests may include netdb.h"),
        ("engine/align/x.cc", '#include "x.h"', 'include our headers as "layer/file.h"'),
        ("engine/align/x.cc", '#include "nlohmann/json.hpp"', 'include our headers as "layer/file.h"'),
        ("engine/align/x.cc", '#include "base/../audio/reader.h"', 'include our headers as "layer/file.h"'),
        ("engine/align/x.cc", "#include <base/file.h>", "only engine/base, engine/audio"),
        ("engine/align/x.cc", '#include "base/file.h"', "only engine/base, engine/audio"),
        ("engine/align/x.cc", "#include <kiss_fft.h>", "<kiss_fft.h> is neither standard nor listed"),
        ("engine/align/x.cc", "#include <nlohmann/json.hpp>", "only engine/anomaly, engine/assembly, engine/corpus"),
        ("engine/align/x.cc", "# include <onnxruntime_c_api.h>", "only engine/model_ort, bench, tests/compute may"),
        ("engine/command/x.cc", '#include "live/event.h"', "command must not include live/event.h"),
        ("engine/command/x.cc", "#include <thread>", "may include thread (threads)"),
        ("engine/align/x.cc", "#include <math.h>", "<math.h> is neither standard nor listed"),
        ("engine/base/result.h", "#include <gtest/gtest.h>", "<gtest/gtest.h> is neither standard nor listed"),
        ("engine/session/x.cc", "#include <condition_variable>", "engine/live, engine/assembly may include condition_variable (threads)"),
        ("engine/session/x.cc", '#include "model/fake_model.h"', "only tests may include model/fake_model.h"),
        ("engine/session/x.cpp", "#include <Poco/Net.h>", "<Poco/Net.h> is neither standard nor listed"),
        *(
            ("engine/align/x.h", f"#include <{name}>", f"may include {name}")
            for name in "ctime chrono atomic future thread mutex random fstream filesystem cstdio".split()
            + "iostream cstdlib unistd.h dlfcn.h clocale".split()
        ),
        ("engine/align/x_test.cc", "#include <Poco/Test.h>", "<Poco/Test.h> is neither standard nor listed"),
        ("apps/cli/x.cc", "#include <sndfile.h>", "only engine/audio may include sndfile.h (libsndfile)"),
        ("apps/cli/x.cc", '#include "sndfile.h"', '"sndfile.h" is none of our headers'),
        ("apps/cli/x.cc", '#include "align/scripted_speech.h"', "only tests may include align/scripted_speech.h"),
        ("tools/probe/x.cc", "#include <gtest/gtest.h>", "<gtest/gtest.h> is neither"),
        ("bindings/c/x.cc", '#include "terminal.h"', '"terminal.h" is none of our headers'),
        ("fuzz/x_fuzz.cc", "#include <sndfile.h>", "only engine/audio may"),
        ("bench/x.cc", "#include <sndfile.h>", "only engine/audio may"),
        ("tests/rejects/x.cc", "#include <Poco/Net.h>", "<Poco/Net.h> is neither"),
    ],
)
def test_layers_refuses(tree, file, line, message):
    status, output = run("check_layers.py", tree(ALLOWED | {file: f"#pragma once\n{line}  // why\n"}))
    assert status == 1 and output.startswith(f"{file}:2: ") and message in output and output.count("\n") == 1


def test_layers_refuses_a_permission_that_nobody_uses(tree):
    status, output = run("check_layers.py", tree(ALLOWED | {"engine/text/fold.cc": ""}))
    assert (status, output) == (1, "tools/layers.toml: engine/text no longer includes libutf8proc\n")


def test_layers_refuses_a_source_that_does_not_begin_with_its_own_header(tree):
    source = {"engine/text/own.h": "", "engine/text/own.cc": '#include <string>\n#include "text/own.h"\n'}
    status, output = run("check_layers.py", tree(ALLOWED | source))
    assert (status, output) == (1, "engine/text/own.cc: include text/own.h first\n")


def test_layers_refuses_a_folder_that_is_not_listed(tree):
    status, output = run("check_layers.py", tree(ALLOWED | {"engine/cellar/db.h": ""}))
    assert (status, output) == (1, "tools/layers.toml: engine/cellar is listed or exists, but not both\n")


# sizes


@pytest.mark.parametrize(
    ("file", "budget"),
    [
        ("engine/base/a.h", 200),
        ("engine/base/a.cc", 400),
        ("tools/a.py", 400),
        ("cmake/a.cmake", 400),
        ("dev", 400),
        ("engine/base/a_test.cc", 500),
        ("tests/test_a.py", 500),
        ("engine/base/a_bench.cc", 500),
        ("engine/base/CMakeLists.txt", 60),
    ],
)
def test_sizes_refuses_one_line_too_many(tree, file, budget):
    assert run("check_sizes.py", tree({file: "\n" * budget}))[0] == 0
    assert run("check_sizes.py", tree({file: "\n" * (budget + 1)})) == (1, f"{file}: {budget + 1} lines, budget {budget}\n")


def test_sizes_refuses_an_exception_that_is_not_needed_and_an_empty_tree(tree, tmp_path):
    text = (TOOLS / "check_sizes.py").read_text(encoding="utf-8")
    named = text.replace("EXCEPTIONS: dict[str, tuple[int, str]] = {}", 'EXCEPTIONS = {"a.h": (300, "a table"), "b.h": (300, "gone")}')
    script = tree({"sizes/check.py": named, "a.h": "\n" * 250}) / "sizes/check.py"
    assert run(script, tmp_path) == (1, "tools/check_sizes.py: the exception for b.h is no longer needed\n")
    (tmp_path / "empty").mkdir()
    assert run("check_sizes.py", tmp_path / "empty")[0] == 1


# words

FAULTS = [
    ('path = "/home/me/data"', "a path of one machine"),
    ("cd /work/main", "a path of one machine"),
    ("cd /Users/me", "a path of one machine"),
    ("log > /tmp/out.log", "a fixed path in the scratch folder"),
    ("log > /var/tmp/$name", "a fixed path in the scratch folder"),
    ("<<<<<<< ours", "a conflict mark"),
    ("// TODO: later", "a note to do later"),
    ("# FIXME", "a note to do later"),
    ("// XXX slow", "a note to do later"),
    ("pip --index https://pypi.org/simple", "the host of a registry"),
    ("registry.npmjs.org", "the host of a registry"),
    ("http://deb.debian.org/debian", "the host of a registry"),
    ("https://repo1.maven.org/maven2", "the host of a registry"),
    ("https://static.crates.io/x", "the host of a registry"),
    ("GOPROXY=proxy.golang.org", "the host of a registry"),
    ("https://mirrors.example.org/debian", "the host of a mirror"),
    ("error: @FIGURES@", "a mark of a template that nobody filled in"),
]


@pytest.mark.parametrize("git", [True, False])
@pytest.mark.parametrize(("line", "message"), FAULTS)
def test_words_refuses(tree, git, line, message):
    root = tree({"docs/a.md": f"fine\n{line}\n"})
    if git:
        subprocess.run(["git", "init", "-q", root], check=True)
    assert run("check_words.py", root) == (1, f"docs/a.md:2: {message}\n")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("dev", 'scratch=$(mktemp -d "${TMPDIR:-/tmp}/x.XXXX")'),
        ("dev", "rm -rf $build/tmp/x; cd src/home/x"),
        ("engine/base/file_test.cc", 'Read("/tmp/none")'),
        ("tests/x.py", 'read("/tmp/none")'),
        ("cmake/a.pc.in", "prefix=@CMAKE_INSTALL_PREFIX@"),
        ("docs/a.md", "https://www.debian.org/doc and https://json-schema.org; a@b.c"),
        ("docs/a.md", "method TODOs, Superbowl XXX"),
        ("build/a.md", "cd /home/me"),
        (".git/a.md", "cd /home/me"),
    ],
)
def test_words_accepts(tree, file, line):
    assert run("check_words.py", tree({file: line}))[0] == 0


def test_words_leaves_what_git_ignores_and_refuses_an_empty_tree(tree, tmp_path):
    root = tree({".gitignore": "/out/\n", "out/a.md": "cd /home/me\n"})
    subprocess.run(["git", "init", "-q", root], check=True)
    assert run("check_words.py", root)[0] == 0
    (tmp_path / "out/none").mkdir()
    assert run("check_words.py", tmp_path / "out/none")[0] == 1


# figures


FIGURE = '[[figure]]\nid = "a.b"\nwhat = "w"\nunit = "s"\nat_most = 1\ncommand = "a.py --hours 8"\n'


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (FIGURE + "unit = 2\n", "Cannot overwrite a value"),
        (FIGURE.replace('unit = "s"', "unit = 2"), "a.b has no unit"),
        (FIGURE.replace("at_most = 1", ""), "a.b needs one of at_most and at_least"),
        (FIGURE + "at_least = 1\n", "a.b needs one of at_most and at_least"),
        (FIGURE + FIGURE, "a.b is there twice"),
        (FIGURE.replace("a.py", "b.py"), "a.b is measured by b.py, which is not there"),
        ("", "holds no figure"),
    ],
)
def test_figures_refuses(tree, table, message):
    status, told = run("check_figures.py", tree({"tools/figures/figures.toml": table, "tools/figures/a.py": ""}))
    assert status == 1
    assert message in told


def test_figures_accepts_a_whole_one(tree):
    assert run("check_figures.py", tree({"tools/figures/figures.toml": FIGURE, "tools/figures/a.py": ""}))[0] == 0


# licences


@pytest.fixture
def machine(tree, monkeypatch, capsys):
    """Runs the check on a machine made of: what is linked, what comes along {name: copyright text}, the table's rows."""

    def check(linked, along, rows, opened="libruntime.so.1"):
        table = "".join(f"| `{name}` | - | {licence} |\n" for name, licence in rows.items())
        root = tree(
            {
                "THIRD_PARTY.md": table,
                "tools/layers.toml": '[foreign]\nheadonly = { headers = ["h/*"], folders = [] }\n',
                **{f"doc/{name}/copyright": text for name, text in along.items() if text},
            }
        )
        files = {f"{name}.so.1": f"/lib/{name}.so.1" for name in (*linked, *along)}
        tags = {("program", "NEEDED"): [f"{name}.so.1" for name in linked], ("opened", "SONAME"): [opened]}
        monkeypatch.setattr(check_licences, "elf", lambda path, tag: tags.get((path.name, tag), []))
        monkeypatch.setattr(check_licences, "loaded", lambda path: files if path.name == "program" else {})
        monkeypatch.setattr(check_licences, "packages", lambda names: {name: check_licences.stem(name) for name in names})
        monkeypatch.setattr(check_licences, "DOC", root / "doc")
        monkeypatch.setattr(sys, "argv", ["", str(root), "program", "opened"])
        return check_licences.main(), capsys.readouterr().out

    return check


ROWS = {"liba": "MIT", "libruntime": "MIT", "headonly": "MIT"}
MIT, GPL, PROSE = "Format: x\n\nFiles: *\nLicense: MIT\n\nFiles: debian/*\nLicense: GPL-2+\n", "Files:\n *\nLicense: GPL-2+\n", "Prose.\n"


def test_licences_accepts_what_is_listed_and_what_comes_along_freely(machine):
    along = {"libb": MIT, "libc1": "Files: *\nLicense: LGPL-2.1+\n", "libd": "Files: *\nLicense: LGPL-3+ or GPL-2+\n", "libacl": GPL}
    status, output = machine(["liba"], along, ROWS)
    assert status == 0 and output.startswith("licences: 2 libraries are listed, none of 5 is under the GPL alone")


@pytest.mark.parametrize(
    ("linked", "along", "rows", "message"),
    [
        (["liba", "libx"], {}, ROWS, "libx is used but THIRD_PARTY.md does not list it"),
        (["liba"], {}, ROWS | {"liba": "GPL-3.0-only"}, "liba: licence GPL-3.0-only is not accepted"),
        (["liba"], {}, {"liba": "MIT", "headonly": "MIT"}, "libruntime is used but"),
        (["liba"], {}, {"liba": "MIT", "libruntime": "MIT"}, "headonly is used but"),
        (["liba"], {"libg": GPL}, ROWS, "libg.so.1 comes along under GPL-2+"),
        (["liba"], {"libg": "Files: *\nLicense: MIT and AGPL-3\n"}, ROWS, "libg.so.1 comes along under MIT and AGPL-3"),
        (["liba"], {"libg": PROSE}, ROWS, "does not tell its licence: look, and add it to REVIEWED"),
        ([], {}, ROWS, "links nothing, so nothing was checked"),
    ],
)
def test_licences_refuses(machine, linked, along, rows, message):
    status, output = machine(linked, along, rows)
    assert status == 1 and message in output and output.splitlines()[0].count(message) == 1


def test_licences_names_what_no_package_owns(machine):
    status, output = machine(["liba"], {"libz": ""}, ROWS)
    assert status == 0 and "no package tells the licence of liba, libz" in output


def test_licences_reads_real_programs(tree):
    check_licences.elf(Path(sys.executable), "NEEDED")
    files = check_licences.loaded(Path(sys.executable))
    libc = next(file for name, file in files.items() if name.startswith("libc.so"))
    assert check_licences.packages([libc]) in ({libc: "libc6"}, {})


# knowledge

TEXT = "word " * 60
SOUND = (
    "---\nid: sound/{0}\ntitle: t\nphones: {1}\nwords: {2}\nsources: ours1999\n---\n"
    + TEXT
    + ("\n## How it is made\n- {1} one\n- {1} two\n- {1} three\n\n## When it is left out\n- {1} four\n- {1} five\n\n## Spelling\n- x\n")
)
CONTRAST = (
    "---\nid: contrast/s-z\ntitle: t\nphones: S, Z\nlanguages: ja\nload: low\npairs: sip/zip, ice/eyes, bus/buzz\nsources: ours1999\n---\n"
    f"{TEXT}\n## When S is said as Z\n- Let no voice in.\n- Blow\n- Blow more\n"
    "## When Z is said as S\n- Use your voice.\n- Buzz\n- Buzz more\n"
)
KNOWLEDGE = {
    "contract/phones.en-us.json": '{"phones": [{"arpabet": "S", "voiced": false}, {"arpabet": "Z", "voiced": true}]}',
    "cmudict.dict": "sip S IH1 P\nzip Z IH1 P\nice AY1 S\neyes AY1 Z\nbus B AH1 S\nbuzz B AH1 Z # a bee\nuse Y UW1 S\nuse(2) Y UW1 Z\n",
    "data/knowledge/sources.md": "- `ours1999` Somebody (1999)\n",
    "data/knowledge/sounds/s.md": SOUND.format("s", "S", "sip, ice, bus, use, bus, sip"),
    "data/knowledge/sounds/z.md": SOUND.format("z", "Z", "zip, eyes, buzz, use, buzz, zip"),
    "data/knowledge/contrasts/s-z.md": CONTRAST,
    "data/knowledge/languages/ja.md": "---\nid: language/ja\ntitle: t\nnames: Japanese, Japan\nlanguages: ja\nsources: ours1999\n---\n"
    f"{TEXT}\n## Sounds\n- a\n- b\n- c\n## Syllables\n- a\n- b\n## Rhythm and tone\n- a\n- b\n",
    "data/knowledge/prosody/stress.md": f"---\nid: prosody/stress\ntitle: t\nsources: ours1999\n---\n{TEXT}\n## Tips\n- a\n- b\n- c\n",
}


@pytest.fixture
def knowledge(tree, monkeypatch, capsys):
    """Checks the small base above after words of one of its files were replaced."""

    def check(file="contrasts/s-z.md", old="", new="", least=1, dictionary=("cmudict.dict",)):
        name = f"data/knowledge/{file}"
        root = tree(KNOWLEDGE | {name: KNOWLEDGE.get(name, CONTRAST).replace(old, new, 1 if old else 0)})
        monkeypatch.setattr(check_knowledge, "LEAST", dict.fromkeys(check_knowledge.LEAST, least))
        monkeypatch.setattr(sys, "argv", ["", str(root), *(str(root / path) for path in dictionary)])
        return check_knowledge.main(), capsys.readouterr().out

    return check


def test_knowledge_accepts_a_base_in_order(knowledge):
    assert knowledge() == (0, "knowledge: 2 sounds, 1 contrasts, 1 languages, 1 prosody and 19 tips are in order\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("---\nid", "id", "does not begin with front matter"),
        ("load: low", "load low", "`load low` is no `key: value`"),
        ("title: t\n", "", "has no `title`"),
        ("phones: S, Z\n", "", "its phones are none, not those of its name"),
        ("title: t", "titel: t\ntitle: t", "`titel` is no key of a contrast"),
        ("contrast/s-z", "contrast/z-s", "its id is contrast/z-s, not contrast/s-z"),
        ("S, Z", "Z, S", "its phones are Z, S, not those of its name"),
        ("languages: ja", "languages: ja, xx", "there is no languages/xx.md"),
        ("sources: ours1999", "sources: ours1999, other", "sources.md does not list other"),
        ("load: low", "load: heavy", "load is heavy, not low, medium or high"),
        ("word word", "word", "explains in 59 words, not in 60 to 140"),
        ("sip/zip", "sip/zipp", "the dictionary does not have zipp"),
        ("sip/zip", "sip/buzz", "sip/buzz is no minimal pair of S and Z"),
        ("sip/zip", "zip/sip", "zip/sip has its words in the other order than S and Z"),
        ("sip/zip", "zip/sip/ice", "zip/sip/ice is no pair of words"),
        ("sip/zip", "buzz/bus", "one of its pairs is there twice"),
        ("sip/zip, ", "", "2 pairs, not 3 to 6"),
        ("Z is said as S", "Z is said like S", "has no section `When Z is said as S`"),
        ("## When Z", "## More\n- x\n## When Z", "`More` is no section of a contrast"),
        ("- Blow more\n", "", "section `When S is said as Z` has 2 items, at least 3 are wanted"),
        ("- Blow more", "Blow more", "stands in a section and is no item"),
        ("Blow more", "x" * 141, "141 characters are too many for a tip"),
        ("Blow more", "Buzz more.", "gives this tip too: Buzz more"),
        ("Blow more", "Use your voice", "`When S is said as Z` adds voice to a voiceless sound: Use your voice"),
        ("Blow more", "Let it buzz; no air", "adds voice to a voiceless sound"),
        ("Buzz more", "Say it without voice", "takes the voice from a voiced sound: Say it without voice"),
    ],
)
def test_knowledge_refuses(knowledge, old, new, message):
    status, output = knowledge("contrasts/s-z.md", old, new)
    assert status == 1 and "data/knowledge/contrasts/s-z.md: " in output and message in output


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("sounds/s.md", "sip, ice", "zip, ice", "zip has no S"),
        ("sounds/s.md", "sip, ice, ", "", "4 words, not 6 to 12"),
        ("sounds/s.md", "S one", "Switch the voice on", "`How it is made` adds voice to a voiceless sound"),
        ("sounds/th.md", "", "", "its id is contrast/s-z, not sound/th"),
        ("notes/s-z.md", "", "", "is in none of the folders"),
        ("languages/ja.md", "names: Japanese, Japan\n", "", "has no `names`"),
        ("languages/ja.md", "Japanese, Japan", "Japanese,Japan", "`Japanese,Japan` is no name"),
        ("languages/ja.md", "Japan\n", "japanese\n", "data/knowledge/languages/ja.md gives the name japanese already"),
        ("sources.md", "1999)", "1999)\n- `idle` Nobody", "nobody cites idle"),
    ],
)
def test_knowledge_refuses_elsewhere(knowledge, file, old, new, message):
    status, output = knowledge(file, old, new)
    assert status == 1 and f"data/knowledge/{file}: {message}" in output


def test_knowledge_wants_enough_topics_and_says_what_it_skips(knowledge):
    assert knowledge(least=3)[1].count("at least 3 are wanted") == 4
    assert knowledge(dictionary=(), old="sip/zip", new="sip/zipp")[0] == 0
    assert knowledge(dictionary=())[1].startswith("SKIPPED: no dictionary is given")


# format


@pytest.mark.parametrize(("version", "verdict", "status"), [("14.0.6", 0, 0), ("14.0.6", 1, 1), ("19.1.7", 0, 77), ("", 0, 77)])
def test_format_judges_with_version_14_only(tree, version, verdict, status):
    script = f'#!/bin/sh\n[ "$1" = --version ] && echo "clang-format version {version}" && exit 0\nexit {verdict}\n'
    root = tree({"engine/base/a.cc": "", "clang-format": script})
    (root / "clang-format").chmod(0o755)
    code, output = run("check_format.py", root / "clang-format", root)
    assert code == status and ("SKIPPED" in output) == (status == 77)


def test_format_says_that_it_is_skipped_without_the_program(tree):
    code, output = run("check_format.py", "no-clang-format", tree({"engine/base/a.cc": ""}))
    assert code == 77 and output.startswith("SKIPPED")


# rejects

CASE = "// A case.\n// Rejected: deleted .*Thing\n"


@pytest.mark.parametrize(
    ("case", "output", "code", "status"),
    [
        (CASE, "a.cc:3:4: error: use of deleted function Thing", 1, 0),
        (CASE, "a.cc:3:4: error: expected a semicolon", 1, 1),
        (CASE, "b.cc:3:4: error: use of deleted function Thing", 1, 1),
        (CASE, "a.cc:3:4: warning: use of deleted function Thing", 0, 1),
        (CASE, "a.cc:3:4: error: use of deleted function Thing", 0, 1),
        ("// A case.\n", "a.cc:3:4: error: use of deleted function Thing", 1, 1),
    ],
)
def test_rejects_wants_the_error_that_the_case_names(tree, case, output, code, status):
    root = tree({"a.cc": case})
    assert run("tests/rejects/check_rejected.py", root / "a.cc", "sh", "-c", f"echo '{output}' >&2; exit {code}")[0] == status
