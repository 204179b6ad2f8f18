"""Programs in processes of their own: watched, killed, of another commit."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from benchmarks.ingesting import command, kills
from benchmarks.ingesting.first_search import FirstSearch
from benchmarks.ingesting.running import HERE, around, watch
from benchmarks.ingesting.trees import lay_out
from pinpoint.settings import VARIABLES

PROGRAM = """
import json, sys, time
for done in range(3):
    print(json.dumps({"step": "read", "done": done, "total": 2}), file=sys.stderr, flush=True)
    time.sleep(0.2)
print(json.dumps({"counts": {"read": 2}, "passages": 7}))
sys.exit(int(sys.argv[1]))
"""


@pytest.mark.parametrize("code", [0, 3], ids=["all read", "some could not be read"])
def test_a_program_is_watched_to_its_end(code):
    run = watch([sys.executable, "-c", PROGRAM, str(code)])
    assert (run.documents, run.report["passages"]) == (2, 7)
    assert [(line.step, line.done) for line in run.lines] == [("read", 0), ("read", 1), ("read", 2)]
    assert run.seconds > 0.6 and run.processor > 0 and run.peak_mb > 1
    assert all(line.at <= run.seconds for line in run.lines)
    assert run.as_json()["steps"][-1]["step"] == "after read"


def test_a_program_that_ends_badly_is_shown_with_its_last_words():
    with pytest.raises(click.ClickException, match=r"ended with 2(.|\n)*no such folder"):
        watch([sys.executable, "-c", "import sys; print('no such folder', file=sys.stderr); sys.exit(2)"])


def test_modules_are_those_of_the_tree(tmp_path):
    assert around(tmp_path)["PYTHONPATH"] == str(tmp_path)


def test_settings_of_the_user_do_not_change_what_is_measured(tmp_path, monkeypatch):
    for variable in VARIABLES:
        monkeypatch.setenv(variable.name, "own")
    monkeypatch.setenv("INDEX_DIRECTORY", "another program's")
    left = around(tmp_path)
    assert not left.keys() & {variable.name for variable in VARIABLES}
    assert left["INDEX_DIRECTORY"] and left["PATH"]


def test_a_commit_is_laid_out(tmp_path):
    if subprocess.run(["git", "rev-parse", "HEAD"], cwd=HERE, capture_output=True, check=False).returncode:
        pytest.skip("this is no checkout")
    assert (lay_out("HEAD", tmp_path) / "pyproject.toml").is_file()
    with pytest.raises(click.ClickException, match="The files of commit f00f00f cannot be had"):
        lay_out("f00f00f", tmp_path)


def test_what_a_program_said_before_it_was_killed_counts():
    program = "import sys, time\n" + PROGRAM.replace("range(3)", "range(300)")
    lines = kills._killed([sys.executable, "-c", program, "0"], 1.5)
    assert lines and lines[-1].step == "read" and lines[-1].done < 20


def test_what_fails_is_told_and_the_rest_is_shown(tmp_path, monkeypatch, tiny_corpus):
    def broken(*_):
        raise click.ClickException("it broke")

    monkeypatch.setattr(command, "watch", broken)
    monkeypatch.setattr(command, "first_search", lambda *_: FirstSearch(1.0, 2.0, 3, lexical_first=False))
    arguments = [str(tiny_corpus), "--part", "cold", "--part", "against", "--against", "f00f00f", "--part", "search"]
    said = CliRunner().invoke(command.ingest, [*arguments, "--json"])
    result = json.loads(said.stdout)
    assert said.exit_code == 1 and {*result["failed"]} == {"f00f00f", "cold"}
    assert result["runs"] == {} and result["search"]["found"] == 2.0


@pytest.mark.slow
def test_parts_are_measured_alone(tmp_path, tiny_corpus):
    into = tmp_path / "written.md"
    arguments = ["--part", "cold", "--part", "unchanged", "--into", str(into), "--json"]
    said = CliRunner().invoke(command.ingest, [str(tiny_corpus), *arguments])
    assert not said.exception, said.output
    runs = json.loads(said.stdout)["runs"]
    assert {*runs} == {"cold", "unchanged"} and runs["unchanged"]["documents"] == runs["cold"]["documents"] > 0
    assert "| cold |" in into.read_text(encoding="utf-8") and into.with_suffix(".svg").is_file()


@pytest.mark.slow
def test_a_killed_ingest_is_started_again(tmp_path, tiny_corpus):
    usual, kill = kills.run_kills(tiny_corpus, tmp_path, 1, seed=1)
    assert usual.documents > 0 and kill.differ == () and 0 < kill.moment < usual.seconds
