"""The pipeline runs stages in order, once, and goes on where it failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from euphone_train.pipeline import commands_of, main, read_stages

TRAINING = Path(__file__).resolve().parents[2]


def config_of(folder: Path, *commands: str) -> Path:
    stages = "".join(f'[[stage]]\nname = "s{i}"\ncommand = "{c}"\nminutes = 1\neach = ["a", "b"]\n' for i, c in enumerate(commands))
    file = folder / "run.toml"
    file.write_text(f'[variables]\nwork = "{folder}"\n{stages}')
    return file


def run(config: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    monkeypatch.setattr(sys, "argv", ["pipeline", str(config), *options])
    main()


def append(text: str, fails_without: str = "") -> str:
    need = f"assert pathlib.Path('{{work}}/{fails_without}').exists(); " if fails_without else ""
    return f"{{python}} -c \\\"import pathlib; {need}open('{{work}}/log', 'a').write('{text}{{each}} ')\\\""


def test_stages_run_in_order_once_for_each_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of(tmp_path, append("x"), append("y"))
    run(config, monkeypatch)
    run(config, monkeypatch)
    assert (tmp_path / "log").read_text() == "xa xb ya yb "


def test_a_changed_stage_is_run_again_and_so_are_those_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(config_of(tmp_path, append("x"), append("y"), append("z")), monkeypatch)
    (tmp_path / "log").unlink()
    run(config_of(tmp_path, append("x"), append("Y"), append("z")), monkeypatch)
    assert (tmp_path / "log").read_text() == "Ya Yb za zb "


def test_a_failure_stops_with_its_stage_and_the_next_run_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_of(tmp_path, append("x"), append("y", fails_without="there"))
    with pytest.raises(SystemExit, match="stage s1 failed"):
        run(config, monkeypatch)
    (tmp_path / "there").touch()
    run(config, monkeypatch)
    assert (tmp_path / "log").read_text() == "xa xb ya yb "


def test_one_stage_can_be_run_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(config_of(tmp_path, append("x"), append("y")), monkeypatch, "--only", "s1")
    assert (tmp_path / "log").read_text() == "ya yb "


@pytest.mark.parametrize("name", ["standard", "tiny"])
def test_a_shipped_config_can_be_read_and_says_how_long_it_takes(name: str) -> None:
    variables, stages = read_stages(TRAINING / "configs" / f"{name}.toml")
    assert "work" in variables
    assert all(commands_of(s, variables | {"python": "python"}) for s in stages)
    assert sum(s.minutes for s in stages) > 60


def test_the_config_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["all", "--config", str(config_of(tmp_path, append("x")))])
    main()
    assert (tmp_path / "log").read_text() == "xa xb "
